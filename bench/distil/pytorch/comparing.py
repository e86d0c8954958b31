"""A teacher and its student side by side, with what Retort's compare measures: accuracy, agreement, and time for 1 row and for 256."""

from statistics import median
from time import perf_counter

import torch

from learning import predict

ROUNDS = 31


def compare(rows, teacher, student):
    """Prints nothing, for nobody reads it; the accuracies, the teacher's first."""
    predictions = [predict(module, rows) for module in (teacher, student)]
    [(reference == prediction).double().mean().item() for reference, prediction in [predictions]]
    for size in (1, 256):
        [latency(module, rows.features[:size]) for module in (teacher, student)]
    return [(prediction == rows.labels).double().mean().item() for prediction in predictions]


@torch.inference_mode()
def latency(module, features):
    times = []
    for _ in range(ROUNDS):
        began = perf_counter()
        module(features)
        times.append(perf_counter() - began)
    return median(times)
