"""The systems that are measured; each piece of work is a process of its own."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import psutil

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TARGET = HERE / "target"
CLASSES = TARGET / "classes"
DRIVER = TARGET / "driver.jar"
ARCHIVE = TARGET / "driver.jsa"
CACHE = TARGET / "cache"
LIBRARIES = f"{ROOT}/target/retort/cells/*:{TARGET}/jmh/*"
CLASS_PATH = f"{LIBRARIES}:{DRIVER}"
TITLES = {"retort": "Retort", "eager": "PyTorch", "compile": "torch.compile", "torchdistill": "torchdistill"}


class Failed(Exception):
    """A process failed; says how."""


@contextmanager
def neighbour():
    """A process that keeps a core busy, as long as this one lives."""
    process = subprocess.Popen([sys.executable, "-c", f"import os\nwhile os.getppid() == {os.getpid()}: sum(range(10_000))"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


@dataclass(frozen=True)
class Outcome:
    figures: dict
    seconds: float  # from outside, the start included
    peak_mb: float  # resident, of the process itself


def commit():
    """The last one that changed what is measured here."""
    measured = ["pom.xml", "retort", "datasets", "dsl", "kernel/pom.xml", "kernel/src/main", HERE]
    measured += [f":(exclude,top)bench/distil/{told}" for told in ("README.md", "results.md", "results.json")]

    def git(*words):
        return subprocess.run(["git", *words, "--", *measured], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()

    return (git("log", "-1", "--format=%h") or "unknown") + ("-dirty" if git("status", "--porcelain") else "")


def processor():
    """Its name, and what tells apart those of the same name."""
    try:
        told = dict(re.findall(r"^(.+?)\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE))
        return f"{told['model name']}, family {told['cpu family']}, model {told['model']}"
    except (OSError, KeyError):
        return platform.machine()


class Systems:
    """``threads``: of every process, whichever system it belongs to. ``device``: cpu or cuda, likewise."""

    def __init__(self, java, threads, device):
        self.java = java
        self.environment = os.environ | {
            "OMP_NUM_THREADS": str(threads), "RETORT_CACHE": str(CACHE),
            "TORCHINDUCTOR_CACHE_DIR": str(TARGET / "inductor"), "BENCH_DEVICE": device}
        if device == "cuda":  # Retort trains on a GPU when DJL is given PyTorch's own libraries.
            libraries = Path(sysconfig.get_path("purelib")) / "torch/lib"
            self.environment |= {"PYTORCH_LIBRARY_PATH": str(libraries), "PYTORCH_VERSION": "2.7.1", "PYTORCH_FLAVOR": "cu128"}

    def prepare(self, trial):
        """Builds Retort where its sources are newer, fetches JMH, compiles the driver, and has the JVM keep its classes, as the launcher does."""
        subprocess.run([ROOT / "retort", "--help"], stdout=subprocess.DEVNULL, check=True)
        shutil.rmtree(CLASSES, ignore_errors=True)
        jmh = [ROOT / "mvnw", "-q", "-B", "-ntp", "-f", HERE / "pom.xml", "dependency:copy-dependencies"]
        subprocess.run(jmh, cwd=ROOT, env=self.environment | {"JAVA_HOME": str(self.java)}, check=True)
        sources = sorted((HERE / "retort").glob("*.java"))
        processor = "org.openjdk.jmh.generators.BenchmarkProcessor"
        subprocess.run([self.java / "bin/javac", "-processor", processor, "-d", CLASSES, "-cp", LIBRARIES, *sources], check=True)
        subprocess.run([self.java / "bin/jar", "cf", DRIVER, "-C", CLASSES, "."], check=True)
        ARCHIVE.unlink(missing_ok=True)
        self.run("retort", trial, options=[f"-XX:ArchiveClassesAtExit={ARCHIVE}"])

    def conditions(self):
        """The machine and the versions, for people."""
        java = re.search(r'JAVA_VERSION="([^"]+)', (self.java / "release").read_text())[1]
        return {"date": date.today().isoformat(), "Retort": commit(), "java": java,
                "torch": version("torch"), "torchdistill": version("torchdistill"), "python": platform.python_version(),
                "processor": processor(), "cores": os.cpu_count(), "threads": self.environment["OMP_NUM_THREADS"],
                "device": self.environment["BENCH_DEVICE"],
                "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB", "system": platform.platform()}

    def run(self, system, task, beside_busy=False, options=(f"-XX:SharedArchiveFile={ARCHIVE}",)):
        """Runs a task in a fresh process that finds no targets from earlier ones."""
        shutil.rmtree(CACHE, ignore_errors=True)
        with neighbour() if beside_busy else nullcontext(), tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
            began = time.perf_counter()
            process = subprocess.Popen(self._command(system, task, options), env=self._environment(system), stdout=output, stderr=errors)
            try:
                _, status, usage = os.wait4(process.pid, 0)  # Popen's own wait does not tell the peak.
            except BaseException:  # Interrupted: no process stays behind.
                process.kill()
                raise
            seconds = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
            errors.seek(0)
            output.seek(0)
            if process.returncode:
                raise Failed(f"{TITLES[system]} failed at {task}:\n{errors.read()[-3000:]}")
            figures = [line for line in output.read().splitlines() if line.lstrip().startswith("{")][-1]
            return Outcome(json.loads(figures), seconds, usage.ru_maxrss / 1024)

    def _environment(self, system):
        return self.environment | ({"MALLOC_ARENA_MAX": "1"} if system == "retort" else {})  # As its launcher sets it.

    def _command(self, system, task, options):
        if "notebook" in task:
            return [ROOT / "retort", "run", "--output", TARGET / task["notebook"], HERE / task["notebook"]]
        if system == "retort":
            return [self.java / "bin/java", f"@{ROOT}/target/retort/jvm.options", *options, "-cp", CLASS_PATH, "bench.Driver", json.dumps(task)]
        return [sys.executable, HERE / "pytorch/worker.py", system, json.dumps(task)]
