"""What is measured, and the rows of the table that it fills."""

from dataclasses import dataclass
from typing import Callable

import speed
import stopping
from correctness import correctness


@dataclass(frozen=True)
class Row:
    """``bar``: the most that Retort allows itself; ``share``: the most, of the best other JVM kernel's figure."""

    key: str
    title: str
    digits: int = 0
    bar: float | None = None
    share: float | None = None


@dataclass(frozen=True)
class Measurement:
    """``figures(peer, effort)`` yields pairs of a row's key and a number, whether something holds, or a word."""

    figures: Callable
    rows: tuple
    once: bool = False  # instead of in every round


MEASUREMENTS = {
    "start": Measurement(speed.start, (
        Row("info_s", "process start → kernel_info, s", 2),
        Row("first_s", "process start → first `1+1`, s", 2, share=0.5),
        Row("start_mb", "resident after it, MB"))),
    "cells": Measurement(speed.cells, (
        Row("cell_ms", "`1+1`, request → idle, median, ms", 1, bar=15),
        Row("cell_p95_ms", "the same, 95th percentile, ms", 1),
        Row("burst_ms", "each of 50 `1+1` sent at once, ms", 1))),
    "assistance": Measurement(speed.assistance, (
        Row("complete_cold_ms", "completion of a member, the first, ms", 1),
        Row("complete_ms", "completion, warm, ms", 1, bar=20),
        Row("inspect_cold_ms", "inspection of a method, the first, ms", 1),
        Row("inspect_ms", "inspection, warm, ms", 1))),
    "interrupt": Measurement(stopping.interrupt, (
        Row("spin_s", "interrupted `while(true){}` → idle, s", 3, bar=0.1),
        Row("spin_cores", "cores that burn afterwards", 1),
        Row("spin_next", "the next cell runs and sees its variables"),
        Row("sleep_s", "interrupted sleep → idle, s", 3, bar=0.1),
        Row("ask_s", "interrupted question → idle, s", 3, bar=0.1),
        Row("receive_s", "interrupted read of a socket → idle, s", 3, bar=0.1))),
    "training": Measurement(stopping.interrupt_training, (
        Row("train_s", "interrupted training → idle, s", 3, bar=0.1),)),
    "loop": Measurement(speed.loop, (
        Row("loop_s", "a billion turns of a loop (Python: ten million), s", 2),)),
    "shutdown": Measurement(stopping.shutdown, (
        Row("shutdown_s", "shutdown request → no process left, s", 2),), once=True),
    "output": Measurement(speed.output, (
        Row("lines_s", "200,000 printed lines → idle, s", 1, bar=1),
        Row("lines_lost", "lines of them that were lost", bar=0))),
    "session": Measurement(speed.session, (
        Row("mb_560", "resident after 560 cells, MB"),
        Row("mb_10000", "resident after 10,000 cells, MB", bar=300),
        Row("cell_10000_ms", "`1+1` at the end of them, ms", 1)), once=True),
    "correctness": Measurement(correctness, (
        Row("forged", "outlives a badly signed message"),
        Row("not_json", "outlives a message that is not JSON"),
        Row("unprintable", "outlives an `Error` in a result's `toString()`"),
        Row("queued", "aborts the cells queued behind an error"),
        Row("late", "shows a thread's output after its cell has ended"),
        Row("history", "answers history"),
        Row("line", "names the cell's line in a runtime error"),
        Row("inspect_name", "inspects at the end of a name"),
        Row("control", "answers on control while a cell runs"),
        Row("subshell", "runs a subshell while a cell runs")), once=True),
}
