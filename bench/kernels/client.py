"""One kernel process and the client that talks to it."""

import os
import subprocess
import time
from dataclasses import dataclass, field

import psutil
import zmq
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager

from peers import TARGET

START_LIMIT = 60
LIMIT = 30
USER = TARGET / "user"  # what kernels keep for their user, such as the history
FOLDERS = {"JUPYTER_DATA_DIR": str(USER), "IPYTHONDIR": str(USER)}


class KernelEnded(Exception):
    """The kernel's process ended although nobody asked it to."""


@dataclass
class Exchange:
    """A request and what has come of it so far; moments are those of time.perf_counter()."""

    sent: float
    reply: dict | None = None
    replied: float | None = None
    idle: float | None = None
    outputs: list = field(default_factory=list)  # the messages of iopub but for status

    def add(self, channel, message):
        now = time.perf_counter()
        if channel in ("shell", "control"):
            self.reply, self.replied = message["content"], now
        elif message["msg_type"] != "status":
            self.outputs.append(message)
        elif message["content"]["execution_state"] == "idle":
            self.idle = now

    def answered(self):
        return self.reply is not None

    def finished(self):
        """Both, since iopub and the shell are sent on different sockets and may overtake one another."""
        return self.reply is not None and self.idle is not None

    @property
    def seconds(self):
        """From the request until it was finished."""
        return max(self.replied, self.idle) - self.sent

    def printed(self):
        return "".join(m["content"]["text"] for m in self.outputs if m["msg_type"] == "stream")

    def result(self):
        data = [m["content"]["data"] for m in self.outputs if m["msg_type"] == "execute_result"]
        return "".join(d.get("text/plain") or d.get("text/html", "") for d in data)

    def error(self):
        return "".join("\n".join(m["content"]["traceback"]) for m in self.outputs if m["msg_type"] == "error")


class Kernel:
    """A kernel from its start until close(). Whoever waits for it, waits with a limit in seconds."""

    def __init__(self, peer):
        self.cells = peer.cells
        specs = KernelSpecManager(kernel_dirs=[str(peer.folder.parent)], ensure_native_kernel=False)
        self.manager = KernelManager(kernel_name=peer.folder.name, kernel_spec_manager=specs)
        self.exchanges = {}
        self.started = time.perf_counter()
        self.manager.start_kernel(env=os.environ | FOLDERS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.process = psutil.Process(self.manager.provisioner.pid)
        self.client = self.manager.blocking_client()
        self.client.start_channels(hb=False)
        self.sockets = {getattr(self.client, f"{name}_channel").socket: name for name in ("shell", "control", "iopub")}
        self.poller = zmq.Poller()
        for socket in self.sockets:
            self.poller.register(socket, zmq.POLLIN)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def close(self):
        """Ends the kernel and whatever it started, without asking."""
        processes = self.processes()
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        for process in processes:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                pass

    def request(self, kind, content, channel="shell", subshell=None):
        """Sends a request and waits for nothing."""
        message = self.client.session.msg(kind, content)
        if subshell:
            message["header"]["subshell_id"] = subshell
        exchange = self.exchanges[message["header"]["msg_id"]] = Exchange(time.perf_counter())
        getattr(self.client, f"{channel}_channel").send(message)
        return exchange

    def execute(self, code, allow_stdin=False, subshell=None):
        return self.request("execute_request", {
            "code": code, "silent": False, "store_history": True, "user_expressions": {},
            "allow_stdin": allow_stdin, "stop_on_error": True}, subshell=subshell)

    def run(self, code, limit=LIMIT):
        """Executes a cell and waits until it is finished."""
        exchange = self.execute(code)
        self.wait(exchange.finished, limit)
        return exchange

    def wait(self, done, limit=LIMIT):
        """Receives until ``done()``; raises TimeoutError, or KernelEnded."""
        end = time.perf_counter() + limit
        while not done():
            left = end - time.perf_counter()
            if left < 0:
                raise TimeoutError(f"nothing within {limit} s")
            ready = self.poller.poll(min(left, 0.2) * 1000)
            for socket, _ in ready:
                self._receive(socket)
            if not ready and not self.lives():
                raise KernelEnded

    def holds(self, done, limit=LIMIT):
        """Whether ``done()`` becomes true within the limit."""
        try:
            self.wait(done, limit)
        except (TimeoutError, KernelEnded):
            return False
        return True

    def _receive(self, socket):
        _, message = self.client.session.recv(socket)
        exchange = message and self.exchanges.get(message["parent_header"].get("msg_id"))
        if exchange:
            exchange.add(self.sockets[socket], message)

    def greet(self):
        """The first answer to kernel_info. Asks again each second, as front ends do, since some kernels lose what comes too early."""
        asked = []
        end = time.perf_counter() + START_LIMIT
        while time.perf_counter() < end and self.lives():
            asked.append(self.request("kernel_info_request", {}))
            if self.holds(lambda: any(request.answered() for request in asked), 1):
                return next(request for request in asked if request.answered())
        raise TimeoutError(f"no answer within {START_LIMIT} s") if self.lives() else KernelEnded

    def connect(self):
        """Waits until the kernel answers and what it publishes arrives, for the subscription may come late."""
        end = time.perf_counter() + START_LIMIT
        while not self.holds(self.greet().finished, 1):
            if time.perf_counter() > end:
                raise TimeoutError(f"no status within {START_LIMIT} s")

    def interrupt(self):
        self.manager.interrupt_kernel()

    def lives(self):
        return self.manager.provisioner.process.poll() is None

    def processes(self):
        """The kernel's process and those below it: some kernels are started by a launcher that stays."""
        try:
            return [self.process, *self.process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def megabytes(self):
        """What is resident."""
        return sum(process.memory_info().rss for process in self.processes()) / 2**20

    def cores(self, seconds=2):
        """How many cores it keeps busy."""
        before = self._cpu_seconds()
        time.sleep(seconds)
        return (self._cpu_seconds() - before) / seconds

    def _cpu_seconds(self):
        times = [process.cpu_times() for process in self.processes()]
        return sum(t.user + t.system for t in times)
