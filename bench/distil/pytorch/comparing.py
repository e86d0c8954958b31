"""A teacher and its student side by side, with what Retort's compare measures."""

from statistics import median
from time import perf_counter

import torch

from learning import predict

ROUNDS = 31


def compare(rows, teacher, student):
    """For each of the two: the accuracy, the agreement with the teacher, milliseconds for 1 row and for 256."""
    reference = predict(teacher, rows)
    return [measure(module, rows, reference) for module in (teacher, student)]


def measure(module, rows, reference):
    predicted = predict(module, rows)
    return {"accuracy": (predicted == rows.labels).double().mean().item(),
            "agreement": (predicted == reference).double().mean().item(),
            "ms": [1000 * latency(module, rows.features[:size]) for size in (1, 256)]}


@torch.inference_mode()
def latency(module, features):
    times = []
    for _ in range(ROUNDS):
        began = perf_counter()
        module(features).cpu()
        times.append(perf_counter() - began)
    return median(times)
