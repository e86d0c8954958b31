"""The data from disk and the conditions that Retort wrote down: the same rows, order and initial weights for all."""

import gzip
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

DATASETS = Path(__file__).resolve().parents[3] / "datasets/src/main/resources/dev/retort/datasets"


@dataclass(frozen=True)
class Rows:
    features: torch.Tensor  # rows × …
    labels: torch.Tensor

    def __len__(self):
        return len(self.labels)

    def cut(self, start, end):
        return Rows(self.features[start:end], self.labels[start:end])


class Data:
    """A data set, standardised with the figures of its training rows as Retort does: one for all pixels, one for each column."""

    def __init__(self, name, folder, device):
        self.folder = Path(folder)
        self.device = torch.device(device)
        self._features, self._labels = map(torch.from_numpy, READERS[name]())
        self.classes = int(self._labels.max()) + 1
        self.shape = self._features.shape[1:]
        train = self._raw("train")
        self._deviation, self._mean = torch.std_mean(train.features, None if len(self.shape) > 1 else 0, correction=0)
        self.train = self._standardised(train)

    @property
    def validation(self):
        return self._standardised(self._raw("validation"))

    @property
    def test(self):
        return self._standardised(self._raw("test"))

    def orders(self, rows):
        """The order of the rows in each epoch."""
        return self.numbers(f"order-{rows}").to(self.device).split(rows)

    def weights(self, name):
        """The arrays of a classifier that Retort saved, flat, in the order of its layers."""
        with zipfile.ZipFile(self.folder / f"{name}.retort") as file:
            return list(arrays(file.read("content.bin")))

    def numbers(self, name):
        return torch.from_numpy(np.fromfile(self.folder / f"{name}.int32", dtype=">i4").astype(np.int64))

    def _raw(self, part):
        ids = self.numbers(part)
        return Rows(self._features[ids].to(self.device, torch.float32), self._labels[ids].to(self.device, torch.int64))

    def _standardised(self, raw):
        raw.features.sub_(self._mean).div_(self._deviation)
        return raw


def arrays(content):
    """What DJL wrote: each array is «FLOAT32», its shape, a layout letter for each dimension, «<», and its little-endian bytes."""
    at = 0
    while (at := content.find(b"FLOAT32", at)) >= 0:
        dimensions = int.from_bytes(content[at + 7:at + 11], "big")
        at += 11 + 8 * dimensions + 4 + 2 * dimensions + 1
        length = int.from_bytes(content[at:at + 4], "big")
        yield torch.from_numpy(np.frombuffer(content, dtype="<f4", count=length // 4, offset=at + 4).copy())
        at += 4 + length


def fashion_mnist():
    parts = [[idx(f"{part}-{kind}-ubyte.gz") for part in ("train", "t10k")] for kind in ("images-idx3", "labels-idx1")]
    images, labels = (np.concatenate(part) for part in parts)
    return images[:, None], labels


def idx(name):
    content = gzip.decompress((DATASETS / "fashion-mnist" / name).read_bytes())
    shape = np.frombuffer(content, dtype=">i4", count=content[3], offset=4)
    return np.frombuffer(content, dtype=np.uint8, offset=4 + 4 * len(shape)).reshape(shape)


def letter():
    lines = gzip.decompress((DATASETS / "letter/letter.csv.gz").read_bytes()).decode().split()[1:]
    rows = [line.split(",") for line in lines]
    return np.array([row[1:] for row in rows], dtype=np.uint8), np.array([ord(row[0]) - ord("A") for row in rows])


READERS = {"fashion-mnist": fashion_mnist, "letter": letter}
