"""JupyterLab's server lists the kernel, starts it and runs a cell in it."""

from jupyter_client import BlockingKernelClient, find_connection_file
from lab import LIMIT


def test_lab_lists_the_kernel_with_its_logos(server, kernel_name):
    spec = server.call("api/kernelspecs")["kernelspecs"][kernel_name]
    assert spec["spec"]["display_name"] == "Retort (Java)"
    assert set(spec["resources"]) == {"logo-32x32", "logo-64x64", "logo-svg"}


def test_lab_starts_the_kernel_and_runs_a_cell(server, kernel_name):
    kernel = f"api/kernels/{server.call('api/kernels', 'POST', {'name': kernel_name})['id']}"
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
        server.call(kernel, "DELETE")
    assert server.call("api/kernels") == []
