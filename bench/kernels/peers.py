"""The kernels that are measured, and how they are obtained: each becomes a kernelspec of the benchmark's own."""

import hashlib
import json
import os
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from cells import JAVA, KOTLIN, PYTHON, Cells

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TARGET = HERE / "target"
CONSTRAINTS = ROOT / "kernel/src/test/python/constraints.txt"
RAPAIO = "https://repo1.maven.org/maven2/io/github/padreati/rapaio-jupyter-kernel/3.0.1/rapaio-jupyter-kernel-3.0.1.jar"
RAPAIO_SHA256 = "cffac185dafff9a4d62ffdbeb357822b56931c41421c576314a84d3605addd09"
IJAVA = "https://github.com/SpencerPark/IJava/releases/download/v1.3.0/ijava-1.3.0.zip"


class Unavailable(Exception):
    """A kernel cannot be measured here; says why and what would help."""


@dataclass(frozen=True)
class Peer:
    name: str
    title: str
    cells: Cells
    folder: Path  # of its kernelspec

    @property
    def on_jvm(self):
        return self.cells is not PYTHON


@dataclass(frozen=True)
class Setting:
    """What the kernelspecs are made for."""

    java_home: Path
    ijava: Path | None

    @property
    def java(self):
        return str(self.java_home / "bin/java")

    @property
    def specs(self):
        return TARGET / self.java_home.name / "kernels"


def retort(setting):
    prefix = TARGET / setting.java_home.name / "retort"
    installed = subprocess.run(
        [ROOT / "retort", "install", "--prefix", prefix], env=os.environ | {"RETORT_JAVA": str(setting.java_home)},
        capture_output=True, text=True, check=False)
    if installed.returncode:
        raise Unavailable(installed.stderr)
    return prefix / "share/jupyter/kernels/retort"


def ijava(setting):
    if not setting.ijava:
        raise Unavailable(f"IJava is in no package registry: unpack {IJAVA} and pass --ijava …/java/ijava-1.3.0.jar")
    return spec(setting, "ijava", [setting.java, "-jar", str(setting.ijava.resolve()), "{connection_file}"])


def jjava(setting):
    pip("jjava==1.0a8")
    folder = Path(sys.prefix) / "share/jupyter/kernels/java"
    return spec(setting, "jjava", [
        setting.java, "-jar", str(folder / "jjava-launcher.jar"), str(folder / "jjava.jar"), "{connection_file}"])


def rapaio(setting):
    jar = download(RAPAIO, RAPAIO_SHA256)
    return spec(setting, "rapaio", [setting.java, "-jar", str(jar), "{connection_file}"])


def kotlin(setting):
    pip("kotlin-jupyter-kernel==0.19.0.944")
    return spec(setting, "kotlin", [sys.executable, "-m", "run_kotlin_kernel", "{connection_file}"])


def ipykernel(setting):
    pip("ipykernel==7.4.0")
    return spec(setting, "ipykernel", [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"], interrupts="signal")


PEERS = {
    "retort": ("Retort", JAVA, retort),
    "ijava": ("IJava 1.3.0", JAVA, ijava),
    "jjava": ("JJava 1.0-a8", JAVA, jjava),
    "rapaio": ("rapaio 3.0.1", JAVA, rapaio),
    "kotlin": ("Kotlin 0.19.0", KOTLIN, kotlin),
    "ipykernel": ("ipykernel 7.4.0", PYTHON, ipykernel),
}


def obtain(name, setting):
    title, cells, install = PEERS[name]
    return Peer(name, title, cells, install(setting))


def spec(setting, name, argv, interrupts="message"):
    """Writes a kernelspec whose kernel finds the JDK of this run however it looks for one."""
    folder = setting.specs / name
    folder.mkdir(parents=True, exist_ok=True)
    path = os.pathsep.join([str(setting.java_home / "bin"), os.environ["PATH"]])
    (folder / "kernel.json").write_text(json.dumps({
        "argv": argv, "display_name": name, "language": name, "interrupt_mode": interrupts,
        "env": {"JAVA_HOME": str(setting.java_home), "PATH": path}}))
    return folder


def pip(requirement):
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(CONSTRAINTS), requirement]
    installed = subprocess.run(command, capture_output=True, text=True, check=False)
    if installed.returncode:
        raise Unavailable(installed.stderr)


def download(address, sha256):
    """The file of an address, kept in the target folder."""
    file = TARGET / address.rsplit("/", 1)[1]
    if not file.exists():
        try:
            with urllib.request.urlopen(address, timeout=60) as response:
                content = response.read()
        except OSError as failure:
            raise Unavailable(f"{address}: {failure}") from failure
        found = hashlib.sha256(content).hexdigest()
        if found != sha256:
            raise Unavailable(f"{address} has SHA-256 {found} instead of {sha256}")
        temporary = file.with_suffix(".tmp")
        temporary.write_bytes(content)
        temporary.replace(file)
    return file
