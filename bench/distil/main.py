"""Measures distilling in Retort beside PyTorch; README.md tells how."""

import argparse
import shutil
import signal
import sys
import time
from pathlib import Path

import psutil

import conditions
from report import Report, earlier
from systems import TITLES, Failed, Systems
from works import BATCHES, KINDS, PAIRS, TRIAL, Effort


def main():
    arguments = parse()
    if "compile" in arguments.systems and not shutil.which("g++"):
        arguments.systems.remove("compile")
        print("torch.compile is left out: it compiles with g++, which is not installed", file=sys.stderr)
    effort = effort_of(arguments)
    pairs = [PAIRS[name] for name in arguments.pairs]
    chosen = {work.name for work in all_works(pairs, effort) if {work.kind, work.name} & set(arguments.only)}
    saved = earlier(arguments.out) if arguments.resume else None
    shown = [work for work in all_works(PAIRS.values(), effort) if work.name in chosen or saved and work.rows[0].key in saved["rows"]]
    works = [work for work in shown if work.name in chosen]
    systems = Systems(arguments.java, arguments.threads, arguments.device)
    systems.prepare(TRIAL)
    epochs = {"epochs of a whole run": f"{effort.teacher_epochs} and {effort.epochs}"}
    report = Report(shown, arguments.systems, systems.conditions() | epochs)
    if saved:
        report.resume(saved)
    for pair in pairs:
        for line in conditions.check(systems, pair, arguments.systems, report.losses):
            report.losses.append(line)
            print(line, file=sys.stderr)
        conditions.write(systems, pair, effort)
    for round_ in range(1, effort.rounds + 1):
        for work in [each for each in works if report.rounds(each.rows[0]) < round_]:
            for system in [name for name in work.systems if name in arguments.systems]:
                report.add(system, work, measure(f"round {round_}", work, systems, system))
            report.save(arguments.out)
    print(report.markdown(), end="")


def all_works(pairs, effort):
    return [work for kind in KINDS.values() for pair in pairs for work in kind(pair, effort)]


def measure(round_, work, systems, system):
    """The outcome of one work; None where the system failed, which costs its own rows, never the run."""
    began = time.perf_counter()
    try:
        return systems.run(system, work.task, work.beside_busy)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return None
    finally:
        print(f"{round_}, {work.name}, {system}: {time.perf_counter() - began:.0f} s", file=sys.stderr)


def parse():
    parser = argparse.ArgumentParser(description="Measures distilling in Retort beside PyTorch.")
    names = [work.name for work in all_works(PAIRS.values(), Effort(5, BATCHES))]
    parser.add_argument("--only", type=among([*KINDS, *names]), default=list(KINDS), help=f"{','.join(KINDS)}, or one work such as '{names[0]}'")
    parser.add_argument("--pairs", type=among(PAIRS), default=list(PAIRS), help=",".join(PAIRS))
    parser.add_argument("--systems", type=among(TITLES), default=list(TITLES), help=",".join(TITLES))
    parser.add_argument("--batches", type=lambda text: [int(batch) for batch in text.split(",")], default=None, help="32,128,1024")
    parser.add_argument("--rounds", type=int, help="5; the table shows medians")
    parser.add_argument("--fast", action="store_true", help="one round, batch 128 and whole runs of one epoch, to try something")
    parser.add_argument("--threads", type=int, default=psutil.cpu_count(logical=False), help="of every process; the physical cores")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu", help="where nets train and answer")
    parser.add_argument("--java", type=Path, default=java_on_path(), metavar="HOME", help="the JDK that runs Retort")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "target", metavar="FOLDER", help="for results.md and .json")
    parser.add_argument("--resume", action="store_true", help="go on where a run was cut off, or add other work to it; it left its results in --out")
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


def effort_of(arguments):
    if arguments.fast:
        return Effort(arguments.rounds or 1, arguments.batches or [128], epochs=1, teacher_epochs=1)
    return Effort(arguments.rounds or 5, arguments.batches or BATCHES)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    main()
