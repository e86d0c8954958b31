"""Equal conditions: Retort writes down what it starts from, and all systems have to show the same first losses."""

import shutil
from pathlib import Path

from systems import TITLES
from works import ALL, CONDITIONS, MODULES, described

CHECKED = {"rows": 640, "epochs": 3, "batches": [128]}  # Five batches an epoch.
TEACHER_EPOCHS = 2
TOLERANCE = 1e-4  # relative: four digits


class Unequal(Exception):
    """First losses differ, so that times would not compare."""


def write(systems, pair, effort):
    """The rows' ids and orders, the initial weights and a teacher."""
    epochs = max(effort.epochs, pair.teacher_epochs, pair.student_epochs)
    _write(systems, pair, {"rows": pair.train_rows, "epochs": epochs, "orders": sorted({pair.slow_rows, pair.third, pair.student_rows, pair.train_rows})})


def check(systems, pair, names, checked):
    """Compares the losses of the first epochs, but of nets already checked; yields lines that show them side by side."""
    small = CHECKED | {"folder": str(CONDITIONS / f"{pair.name}-check")}
    _write(systems, pair, small | {"orders": [CHECKED["rows"]]})
    for net, changed, able in (pair.teacher, {"student": None}, MODULES), (pair.student, {}, ALL):
        title = f"{pair.data}, {net}: "
        if any(line.startswith(title) for line in checked):
            continue
        task = described(pair, small | {"work": "learn"} | changed)
        losses = {name: systems.run(name, task).figures["128"]["losses"] for name in names if name in able}
        yield title + "; ".join(f"{TITLES[name]} {' '.join(f'{loss:.4f}' for loss in own)}" for name, own in losses.items())
        first = next(iter(losses.values()))
        for name, own in losses.items():
            if any(abs(a - b) > TOLERANCE * abs(b) for a, b in zip(own, first, strict=True)):
                raise Unequal(f"{TITLES[name]} starts elsewhere: its first losses are {own} instead of {first}")


def _write(systems, pair, task):
    task = described(pair, {"work": "conditions", "teacher_epochs": TEACHER_EPOCHS} | task)
    folder = Path(task["folder"])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    systems.run("retort", task)
