"""JupyterLab's server lists the kernel, starts it and runs a cell in it."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from jupyter_client import BlockingKernelClient, find_connection_file
from jupyter_server.serverapp import list_running_servers

TOKEN = "token-of-the-tests"
LIMIT = 60


def await_value(ask):
    """What ``ask`` gives, as soon as it gives something."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        value = ask()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f"nothing within {LIMIT} s")


def call(server, path, method="GET", body=None):
    request = urllib.request.Request(
        server + path, method=method, data=json.dumps(body).encode() if body else None,
        headers={"Authorization": f"token {TOKEN}", "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=LIMIT) as response:
        text = response.read()
    return json.loads(text) if text else None


def responding(process):
    """The address of the server of a process, once it answers."""
    assert process.poll() is None, "JupyterLab ended"
    for server in list_running_servers():
        if server["pid"] == process.pid:
            try:
                call(server["url"], "api/status")
                return server["url"]
            except urllib.error.URLError:
                return None
    return None


@pytest.fixture(scope="module")
def server(kernel_name, tmp_path_factory):
    """The address of a JupyterLab that runs for these tests."""
    folder = tmp_path_factory.mktemp("lab")
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0",
        f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}",
    ]
    with (folder / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            yield await_value(lambda: responding(process))
        finally:
            process.terminate()


def test_lab_lists_the_kernel_with_its_logos(server, kernel_name):
    spec = call(server, "api/kernelspecs")["kernelspecs"][kernel_name]
    assert spec["spec"]["display_name"] == "Retort (Java)"
    assert set(spec["resources"]) == {"logo-32x32", "logo-64x64", "logo-svg"}


def test_lab_starts_the_kernel_and_runs_a_cell(server, kernel_name):
    kernel = f"api/kernels/{call(server, 'api/kernels', 'POST', {'name': kernel_name})['id']}"
    client = BlockingKernelClient(connection_file=find_connection_file(kernel.split("/")[-1]))
    client.load_connection_file()
    client.start_channels()
    try:
        client.kernel_info()
        assert client.get_shell_msg(timeout=LIMIT)["content"]["language_info"]["name"] == "java"
        reply = client.execute_interactive("1 + 1", timeout=LIMIT, output_hook=lambda message: None)
        assert reply["content"]["status"] == "ok"
    finally:
        client.stop_channels()
        call(server, kernel, "DELETE")
    assert call(server, "api/kernels") == []
