"""JupyterLab's server, for the tests that need one."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jupyter_server.serverapp import list_running_servers

LIMIT = 60


@dataclass(frozen=True)
class Server:
    url: str
    token: str
    folder: Path  # of the notebooks

    def call(self, path, method="GET", body=None):
        request = urllib.request.Request(
            self.url + path, method=method, data=json.dumps(body).encode() if body else None,
            headers={"Authorization": f"token {self.token}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=LIMIT) as response:
            text = response.read()
        return json.loads(text) if text else None


@contextmanager
def running_server(folder):
    """A JupyterLab that serves a folder of notebooks."""
    set_up()
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    token = "token-of-the-tests"
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0",
        f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={notebooks}", f"--LabApp.workspaces_dir={folder / 'workspaces'}",
    ]
    with (folder / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            yield responding(process, token, notebooks)
        finally:
            process.terminate()


def set_up():
    """JupyterLab without its dialog about news, and patient with the completion of a kernel on a busy machine."""
    folder = Path(os.environ["JUPYTER_CONFIG_DIR"], "lab/user-settings/@jupyterlab")
    for name, settings in (
        ("apputils-extension/notification", {"fetchNews": "false", "checkForUpdates": False}),
        ("completer-extension/manager", {"providerTimeout": 1000 * LIMIT}),
    ):
        file = folder / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings))


def responding(process, token, notebooks):
    """The server of a process, once it answers."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        assert process.poll() is None, "JupyterLab ended"
        for running in list_running_servers():
            if running["pid"] == process.pid:
                server = Server(running["url"], token, notebooks)
                try:
                    server.call("api/status")
                    return server
                except urllib.error.URLError:
                    pass
        time.sleep(0.1)
    raise AssertionError(f"JupyterLab did not answer within {LIMIT} s")
