"""``retort run`` on a real terminal."""

import os
import pty

import nbformat
from conftest import ROOT
from nbformat.v4 import new_code_cell, new_notebook

ERASE_BELOW = b"\x1b[J"


def run_on_terminal(notebook):
    """What the run writes to its terminal, and its status."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(ROOT / "retort", ["retort", "run", str(notebook)], {**os.environ, "TERM": "xterm"})
    written = b""
    try:
        while part := os.read(terminal, 1 << 16):
            written += part
    except OSError:
        pass  # Linux says so that the other end is closed.
    return written, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_progress_is_drawn_in_place(tmp_path):
    source = tmp_path / "x.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell('System.out.println("shown");\nThread.sleep(500);')]), source)
    written, status = run_on_terminal(source)
    assert status == 0
    frames = written.split(ERASE_BELOW)[1:]
    assert len(frames) > 2
    assert all(frame.startswith(b"[1/1]") for frame in frames)
    assert b"shown" in frames[-1]
