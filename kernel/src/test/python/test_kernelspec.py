"""``retort install`` and ``retort uninstall``, as Jupyter sees them."""

import sys

import pytest
from conftest import retort
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel


def test_jupyter_finds_the_installed_kernel(kernel_name):
    spec = KernelSpecManager().get_kernel_spec(kernel_name)
    assert (spec.display_name, spec.language, spec.interrupt_mode) == ("Retort (Java)", "java", "message")
    assert spec.argv[-1] == "{connection_file}"


def test_uninstall_takes_away_what_install_wrote():
    assert retort("install", "--name", "retort-again").returncode == 0
    assert KernelSpecManager().get_kernel_spec("retort-again")
    assert retort("uninstall", "--name", "retort-again").returncode == 0
    with pytest.raises(NoSuchKernel):
        KernelSpecManager().get_kernel_spec("retort-again")


def test_sys_prefix_is_the_active_environment(monkeypatch):
    monkeypatch.setenv("VIRTUAL_ENV", sys.prefix)
    assert retort("install", "--sys-prefix", "--name", "retort-env").returncode == 0
    try:
        found = KernelSpecManager().find_kernel_specs()["retort-env"]
        assert found.startswith(sys.prefix)
    finally:
        assert retort("uninstall", "--sys-prefix", "--name", "retort-env").returncode == 0


def test_another_kernel_of_the_name_is_left_alone(jupyter_folders):
    foreign = jupyter_folders / "data" / "kernels" / "foreign" / "kernel.json"
    foreign.parent.mkdir(parents=True)
    foreign.write_text('{"argv": [], "display_name": "Foreign", "language": "none"}')
    for command in ("install", "uninstall"):
        refused = retort(command, "--name", "foreign")
        assert refused.returncode == 2
        assert "is not Retort's" in refused.stderr
    assert "Foreign" in foreign.read_text()
