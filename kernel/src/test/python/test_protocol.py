"""The protocol's own conformance tests."""

import jupyter_kernel_test


class ProtocolTest(jupyter_kernel_test.KernelTests):
    kernel_name = "retort"
    language_name = "java"
    file_extension = ".jshell"

    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    code_generate_error = 'throw new Exception("meant");'
    code_inspect_sample = "String.valueOf"
    code_execute_result = [
        {"code": "6*7", "result": "42"},
        {"code": "6 - 7", "result": "-1"},
        {"code": "List.of(1, 2)", "result": "[1, 2]"},
    ]
    code_clear_output = "clear();"
    code_page_something = "%doc String.valueOf"
    code_display_data = [{"code": 'display("x");', "mime": "text/plain"}]

    completion_samples = [{"text": "System.out.printl", "matches": {"println("}}]
    complete_code_samples = ["1 + 1", "int x = 1;", "class A {}"]
    incomplete_code_samples = ["for (int i = 0; i < 3; i++) {", 'String s = """', "int x = "]
    invalid_code_samples = ["int x = = 3;", "class 1 {}"]
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6?7"


class WelcomeTest(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "retort"
    support_iopub_welcome = True
