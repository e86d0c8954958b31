"""What a kernel gets right: every check in a kernel of its own that has declared a variable."""

import re

from client import Kernel, KernelEnded
from stopping import keeps

PATIENCE = 5  # seconds
LINE_OF_FAILURE = re.compile(r"(\bline |:|> ?)4\b")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def outlives_a_forged_message(kernel):
    session = kernel.client.session
    key, session.key = session.key, b"another key"
    kernel.execute(kernel.cells.one)
    session.key = key
    return keeps(kernel)


def outlives_a_message_that_is_not_json(kernel):
    frames = [b"{", b"{}", b"{}", b"{}"]
    session = kernel.client.session
    kernel.client.shell_channel.socket.send_multipart([b"<IDS|MSG>", session.sign(frames), *frames])
    return keeps(kernel)


def outlives_an_error_while_showing(kernel):
    showing = kernel.execute(kernel.cells.unprintable)
    return kernel.holds(showing.finished, PATIENCE) and keeps(kernel)


def aborts_what_is_queued_behind_an_error(kernel):
    kernel.execute(kernel.cells.fails)
    queued = kernel.execute(kernel.cells.one)
    kernel.wait(queued.answered, PATIENCE)
    return queued.reply["status"] == "aborted"


def shows_late_output_in_its_cell(kernel):
    starting = kernel.run(kernel.cells.late)
    return kernel.holds(lambda: "late" in starting.printed(), PATIENCE)


def answers_history(kernel):
    content = {"hist_access_type": "tail", "n": 5, "output": False, "raw": True}
    asking = kernel.request("history_request", content)
    return kernel.holds(asking.answered, PATIENCE) and bool(asking.reply.get("history"))


def names_the_failing_line(kernel):
    error = COLOURS.sub("", kernel.run(kernel.cells.fails).error())
    return bool(LINE_OF_FAILURE.search(error))


def inspects_at_the_end_of_a_name(kernel):
    code = kernel.cells.name
    asking = kernel.request("inspect_request", {"code": code, "cursor_pos": len(code), "detail_level": 0})
    return kernel.holds(asking.answered, PATIENCE) and asking.reply.get("found", False)


def answers_control_while_a_cell_runs(kernel):
    kernel.execute(kernel.cells.sleep)
    asking = kernel.request("kernel_info_request", {}, channel="control")
    return kernel.holds(asking.answered, PATIENCE)


def runs_a_subshell_while_a_cell_runs(kernel):
    creating = kernel.request("create_subshell_request", {}, channel="control")
    if not kernel.holds(creating.answered, PATIENCE) or "subshell_id" not in creating.reply:
        return False
    kernel.execute(kernel.cells.sleep)
    reading = kernel.execute(kernel.cells.read, subshell=creating.reply["subshell_id"])
    return kernel.holds(reading.finished, PATIENCE) and reading.result() == "42"


CHECKS = {
    "forged": outlives_a_forged_message,
    "not_json": outlives_a_message_that_is_not_json,
    "unprintable": outlives_an_error_while_showing,
    "queued": aborts_what_is_queued_behind_an_error,
    "late": shows_late_output_in_its_cell,
    "history": answers_history,
    "line": names_the_failing_line,
    "inspect_name": inspects_at_the_end_of_a_name,
    "control": answers_control_while_a_cell_runs,
    "subshell": runs_a_subshell_while_a_cell_runs,
}


def correctness(peer, effort):
    for row, check in CHECKS.items():
        yield row, verdict(peer, check)


def verdict(peer, check):
    try:
        with Kernel(peer) as kernel:
            kernel.connect()
            kernel.run(kernel.cells.keep)
            return check(kernel)
    except TimeoutError:
        return False
    except KernelEnded:
        return "dead"
