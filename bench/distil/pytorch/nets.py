"""Retort's blueprints as PyTorch modules."""

import re
from itertools import pairwise

import torch
from torch import nn


def net(blueprint, data, weights):
    """The net of a blueprint such as ``mlp(64)`` for the rows of some data, with the weights that Retort saved under a name."""
    kind, sizes = re.fullmatch(r"(mlp|cnn)\(([\d, ]+)\)", blueprint).groups()
    layers = {"mlp": mlp, "cnn": cnn}[kind](data.shape, [int(size) for size in sizes.split(",")], data.classes)
    module = nn.Sequential(*layers).to(data.device)
    with torch.no_grad():
        for parameter, values in zip(module.parameters(), data.weights(weights), strict=True):
            parameter.copy_(values.view_as(parameter))
    return module


def mlp(shape, widths, classes):
    yield nn.Flatten()
    for inputs, outputs in pairwise([shape.numel(), *widths]):
        yield from (nn.Linear(inputs, outputs), nn.ReLU())
    yield nn.Linear(widths[-1], classes)


def cnn(shape, channels, classes):
    for inputs, outputs in pairwise([shape[0], *channels]):
        yield from (nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
    halved = 2 ** len(channels)
    yield nn.Flatten()
    yield nn.Linear(channels[-1] * (shape[1] // halved) * (shape[2] // halved), 2 * channels[-1])
    yield from (nn.ReLU(), nn.Linear(2 * channels[-1], classes))
