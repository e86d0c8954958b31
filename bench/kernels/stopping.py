"""How a kernel stops: interrupts of several kinds of cells, and shutdown."""

import time

import psutil

from client import Kernel, KernelEnded

SETTLE = 1  # seconds after which an interrupt meets the cell in full run
SETTLE_TRAINING = 8  # the same for a cell that first loads native libraries
INTERRUPT_LIMIT = 10
TRAINING = 'mlp(64).fit(dataset("letter").train(), epochs(10_000).seed(1));'
SHUTDOWN_LIMIT = 65  # seconds; several kernels leave only after a minute


def interrupt(peer, effort):
    for cell in ("spin", "sleep", "ask", "receive"):
        with Kernel(peer) as kernel:
            kernel.connect()
            kernel.run(kernel.cells.keep)
            yield f"{cell}_s", seconds_to_idle(kernel, getattr(kernel.cells, cell))
            if cell == "spin":
                yield "spin_cores", kernel.cores()
                yield "spin_next", keeps(kernel)


def interrupt_training(peer, effort):
    """The others bring nothing to train with."""
    if peer.name != "retort":
        yield "train_s", ""
        return
    with Kernel(peer) as kernel:
        kernel.connect()
        yield "train_s", seconds_to_idle(kernel, TRAINING, SETTLE_TRAINING)


def seconds_to_idle(kernel, code, settle=SETTLE):
    exchange = kernel.execute(code, allow_stdin=True)
    kernel.holds(exchange.finished, settle)
    before = time.perf_counter()
    kernel.interrupt()
    return exchange.idle - before if kernel.holds(exchange.finished, INTERRUPT_LIMIT) else "never"


def keeps(kernel):
    """Whether the next cell runs and sees the variable of an earlier one."""
    try:
        return kernel.run(kernel.cells.read, INTERRUPT_LIMIT).result() == "42"
    except TimeoutError:
        return False
    except KernelEnded:
        return "dead"


def shutdown(peer, effort):
    with Kernel(peer) as kernel:
        kernel.connect()
        kernel.run(kernel.cells.one)
        yield "shutdown_s", seconds_to_exit(kernel)


def seconds_to_exit(kernel):
    """From a shutdown request until no process of the kernel is left."""
    processes = kernel.processes()
    before = time.perf_counter()
    kernel.request("shutdown_request", {"restart": False}, channel="control")
    _, alive = psutil.wait_procs(processes, SHUTDOWN_LIMIT)
    return "never" if alive else time.perf_counter() - before
