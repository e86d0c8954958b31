"""How fast: start, cells, what a front end asks while one types, output, a long session."""

import time
from statistics import median, quantiles

from cells import LINES
from client import START_LIMIT, Kernel

OUTPUT_LIMIT = 10  # seconds; a kernel that keeps its messages needs two or three
SESSION_CELLS = 10_000


def milliseconds(exchanges):
    return [1000 * exchange.seconds for exchange in exchanges]


def start(peer, effort):
    with Kernel(peer) as kernel:
        yield "info_s", kernel.greet().replied - kernel.started
        first = kernel.execute(kernel.cells.one)
        kernel.wait(first.answered, START_LIMIT)
        yield "first_s", first.replied - kernel.started
        yield "start_mb", kernel.megabytes()


def cells(peer, effort):
    with Kernel(peer) as kernel:
        kernel.connect()
        for _ in range(10):
            kernel.run(kernel.cells.one)
        times = milliseconds([kernel.run(kernel.cells.one) for _ in range(effort.cells)])
        yield "cell_ms", median(times)
        yield "cell_p95_ms", quantiles(times, n=20)[-1]
        burst = [kernel.execute(kernel.cells.one) for _ in range(50)]
        kernel.wait(burst[-1].finished)
        yield "burst_ms", 1000 * (burst[-1].idle - burst[0].sent) / len(burst)


def assistance(peer, effort):
    with Kernel(peer) as kernel:
        kernel.connect()
        kernel.run(kernel.cells.one)
        for name, kind, code, warm in (
            ("complete", "complete_request", kernel.cells.member, 10),
            ("inspect", "inspect_request", kernel.cells.documented, 5),
        ):
            times = [ask(kernel, kind, code) for _ in range(1 + warm)]
            known = None not in times
            yield f"{name}_cold_ms", times[0] if known else "nothing"
            yield f"{name}_ms", median(times[1:]) if known else "nothing"


def ask(kernel, kind, code):
    """How long the answer to a question about the end of a cell takes, or None where the kernel knows nothing."""
    exchange = kernel.request(kind, {"code": code, "cursor_pos": len(code), "detail_level": 0})
    kernel.wait(exchange.answered)
    if exchange.reply.get("matches") or exchange.reply.get("found"):
        return 1000 * (exchange.replied - exchange.sent)
    return None


def loop(peer, effort):
    """Whether cells run at full speed although they can be interrupted."""
    with Kernel(peer) as kernel:
        kernel.connect()
        kernel.run(kernel.cells.one)
        yield "loop_s", kernel.run(kernel.cells.loop).seconds


def output(peer, effort):
    with Kernel(peer) as kernel:
        kernel.connect()
        kernel.run(kernel.cells.one)
        printing = kernel.execute(kernel.cells.lines)
        ended = kernel.holds(printing.finished, OUTPUT_LIMIT)
        yield "lines_s", printing.seconds if ended else "idle lost"
        kernel.holds(lambda: printing.printed().count("\n") == LINES, 1)  # What comes late is not lost.
        yield "lines_lost", LINES - printing.printed().count("\n")


def session(peer, effort):
    """Ends at the effort's limit; a kernel that does not come so far tells how far it came."""
    with Kernel(peer) as kernel:
        kernel.connect()
        end = time.perf_counter() + effort.session_s
        times = []
        while len(times) < SESSION_CELLS and time.perf_counter() < end:
            times += milliseconds([kernel.run(kernel.cells.one)])
            if len(times) == 560:
                yield "mb_560", kernel.megabytes()
        resident = kernel.megabytes()
        yield "mb_10000", resident if len(times) == SESSION_CELLS else f"{resident:.0f} after {len(times):,}"
        yield "cell_10000_ms", median(times[-100:])
