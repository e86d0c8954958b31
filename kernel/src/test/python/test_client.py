"""What nbclient does not do: interrupts, questions, restarts, through jupyter_client."""

import pytest
from jupyter_client.manager import start_new_kernel

LIMIT = 60


@pytest.fixture
def kernel(kernel_name):
    manager, client = start_new_kernel(kernel_name=kernel_name, startup_timeout=LIMIT)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel()


def await_message(receive, message_type, request):
    """The content of the next message of a type that answers a request."""
    while True:
        message = receive(timeout=LIMIT)
        if message["msg_type"] == message_type and message["parent_header"].get("msg_id") == request:
            return message["content"]


def await_iopub(client, message_type, request):
    return await_message(client.get_iopub_msg, message_type, request)


def await_reply(client, request):
    return await_message(client.get_shell_msg, "execute_reply", request)


def run(client, code):
    return client.execute_interactive(code, timeout=LIMIT, output_hook=lambda message: None)["content"]


def value(client, expression):
    request = client.execute(expression)
    return await_iopub(client, "execute_result", request)["data"]["text/plain"]


def test_an_interrupted_loop_keeps_the_variables(kernel):
    manager, client = kernel
    assert run(client, "int keep = 42;")["status"] == "ok"
    request = client.execute('System.out.println("running");\nwhile (true) {}')
    await_iopub(client, "stream", request)
    manager.interrupt_kernel()
    assert await_iopub(client, "error", request)["ename"] == "Interrupted"
    assert await_reply(client, request)["status"] == "error"
    assert value(client, "keep") == "42"


def test_an_interrupted_training_keeps_the_student_so_far(kernel):
    manager, client = kernel
    assert run(client, 'var digits = dataset("digits");')["status"] == "ok"
    request = client.execute("var student = mlp(32).fit(digits.train(), epochs(1_000_000).seed(1));\nint unreached = 1;")
    panel = await_iopub(client, "display_data", request)
    await_iopub(client, "update_display_data", request)
    manager.interrupt_kernel()
    last = ""
    while "interrupted" not in last:
        update = await_iopub(client, "update_display_data", request)
        assert update["transient"] == panel["transient"]
        last = update["data"]["text/plain"]
    assert await_iopub(client, "error", request)["ename"] == "Interrupted"
    assert await_reply(client, request)["status"] == "error"  # Until then, what is sent is aborted with the cell.
    assert value(client, "student.provenance().interrupted()") == "true"
    assert value(client, "student.predict(digits.test()).length") == "270"
    assert run(client, "unreached")["status"] == "error"


def test_a_cell_can_ask(kernel):
    _, client = kernel
    request = client.execute("String line = new Scanner(System.in).nextLine();")
    assert client.get_stdin_msg(timeout=LIMIT)["msg_type"] == "input_request"
    client.input("zażółć")
    await_reply(client, request)
    assert value(client, "line") == "zażółć"


def test_a_restarted_kernel_has_forgotten(kernel):
    manager, client = kernel
    assert run(client, "int gone = 1;")["status"] == "ok"
    manager.restart_kernel()
    client.wait_for_ready(timeout=LIMIT)
    assert run(client, "gone")["status"] == "error"


def test_a_restarted_kernel_has_the_history(kernel):
    manager, client = kernel
    run(client, "int before = 1;")
    manager.restart_kernel()
    client.wait_for_ready(timeout=LIMIT)
    reply = await_message(client.get_shell_msg, "history_reply", client.history(hist_access_type="tail", n=1))
    assert [code for _, _, code in reply["history"]] == ["int before = 1;"]
