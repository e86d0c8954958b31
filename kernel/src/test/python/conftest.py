"""Retort's kernelspec, installed by the launcher into a data folder of the tests' own."""

import os
import subprocess
from pathlib import Path

import pytest
from lab import running_server

ROOT = Path(__file__).resolve().parents[4]


def retort(*arguments):
    """Runs the launcher."""
    return subprocess.run([ROOT / "retort", *arguments], capture_output=True, text=True, check=False)


@pytest.fixture(scope="session", autouse=True)
def jupyter_folders(tmp_path_factory):
    """Keeps the user's own Jupyter out of the tests, and the tests out of it."""
    folder = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("DATA", "CONFIG", "RUNTIME"):
            patch.setenv(f"JUPYTER_{variable}_DIR", str(folder / variable.lower()))
        patch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
        yield folder


@pytest.fixture(scope="session", autouse=True)
def kernel_name(jupyter_folders):
    """The name of the installed kernel."""
    installed = retort("install")
    assert installed.returncode == 0, installed.stderr
    return "retort"


@pytest.fixture(scope="module")
def server(kernel_name, tmp_path_factory):
    """A JupyterLab that runs for the tests of a module."""
    with running_server(tmp_path_factory.mktemp("lab")) as running:
        yield running
