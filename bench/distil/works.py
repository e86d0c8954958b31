"""What is measured: the pairs of nets, the works with their sizes, and the bars: how many times as good Retort has to be."""

from dataclasses import dataclass, field, replace
from statistics import median
from typing import Callable

from systems import TARGET

CONDITIONS = TARGET / "conditions"  # a folder for each pair
BATCHES = [32, 128, 1024]
LOSS = {"temperature": 4, "soft": 0.9}  # softTargets(4).times(0.9).plus(hardLabels().times(0.1))
ALL = ("retort", "eager", "compile", "torchdistill")
MODULES = ALL[:3]


@dataclass(frozen=True)
class Pair:
    name: str
    data: str
    teacher: str
    student: str
    train_rows: int
    student_rows: int  # enough to time an epoch of the student
    slow_rows: int  # enough to time an epoch of the teacher
    teacher_epochs: int  # enough to time its training
    student_epochs: int  # enough to time the student's
    passes: int  # over twice those rows, enough to time labelling

    @property
    def third(self):
        """So many rows that each batch size finds some that nobody has labelled."""
        return self.student_rows // len(BATCHES)

    @property
    def taught(self):
        return f"{self.data}, {self.teacher} → {self.student}"

    @property
    def alone(self):
        return f"{self.data}, {self.teacher}"


PAIRS = {pair.name: pair for pair in (
    Pair("fashion-mlp", "fashion-mnist", "cnn(32, 64)", "mlp(64)", 55_000, 55_000, 6_000, 3, 5, 3),
    Pair("fashion-cnn", "fashion-mnist", "cnn(32, 64)", "cnn(8, 16)", 55_000, 24_000, 6_000, 3, 3, 3),
    Pair("letter-mlp", "letter", "mlp(256, 256)", "mlp(32)", 14_000, 14_000, 7_000, 11, 21, 101))}


@dataclass(frozen=True)
class Effort:
    rounds: int
    batches: list
    epochs: int = 10  # of a whole run
    teacher_epochs: int = 6


@dataclass(frozen=True)
class Row:
    """``bars``: by system, how many times as good Retort has to be; ``most``: what its own figure may be."""

    key: str
    title: str
    bars: dict = field(default_factory=dict)
    scale: float = 1e-3  # thousand rows a second
    digits: int = 1
    more_is_better: bool = True
    most: float | None = None


@dataclass(frozen=True)
class Work:
    """``figures(outcome)`` yields a row's key, its value and the accuracy that belongs to it, or None."""

    name: str
    task: dict
    rows: list
    systems: tuple
    figures: Callable
    beside_busy: bool = False  # whether another process keeps a core busy meanwhile

    @property
    def kind(self):
        return self.name.split()[0]


def training(pair, effort):
    if pair.name != "fashion-cnn":  # Its teacher is that of fashion-mlp.
        task = {"work": "learn", "rows": pair.slow_rows, "epochs": pair.teacher_epochs}
        yield speeds("training", f"teacher training, {pair.alone}", pair, effort, task, {"eager": 1.5, "compile": 1.0}, student=None)


def labelling(pair, effort):
    if pair.name != "fashion-cnn":
        task = {"work": "label", "rows": 2 * pair.slow_rows, "epochs": pair.passes}
        yield speeds("labelling", f"teacher labelling, {pair.alone}", pair, effort, task, {"eager": 4.0, "compile": 2.0}, student=None)


def loop(pair, effort):
    task = {"work": "first epoch", "rows": pair.third}
    yield speeds("loop", f"student, teacher in the loop, {pair.taught}", pair, effort, task, {}, systems=ALL, warm_up=0)


def cached(pair, effort):
    eager = 1.6 if pair.student.startswith("cnn") else 1.5
    task = {"work": "learn", "rows": pair.student_rows, "epochs": pair.student_epochs}
    yield speeds("cached", f"student, cached targets, {pair.taught}", pair, effort, task, {"eager": eager, "compile": 1.2})


def busy(pair, effort):
    """Threads that wait for each other suffer most where another process has a core."""
    if pair.name == "fashion-cnn":
        task = {"work": "learn", "rows": pair.slow_rows, "epochs": pair.student_epochs}
        title = f"student, cached targets, beside a busy process, {pair.taught}"
        yield replace(speeds("busy", title, pair, replace(effort, batches=[128]), task, {}), beside_busy=True)


def whole(pair, effort):
    key = f"whole {pair.name}"
    rows = [
        Row(f"{key} s", f"whole run, {pair.taught}, s", {"eager": 3.0, "compile": 2.0, "torchdistill": 3.0}, 1, 1, False),
        Row(f"{key} taught", "– without the teacher's training, s", {}, 1, 1, False),
        Row(f"{key} mb", "– peak memory, MB", {"eager": 1 / 0.8}, 1, 0, False)]

    def figures(outcome):
        yield rows[0].key, outcome.seconds, outcome.figures["compared"][-1]["accuracy"]
        yield rows[1].key, outcome.seconds - outcome.figures["teacher_s"], None
        yield rows[2].key, outcome.peak_mb, None

    task = {"work": "whole", "epochs": effort.epochs, "teacher_epochs": effort.teacher_epochs, "batches": [128]}
    yield Work(key, described(pair, task), rows, ALL, figures)


def growth(pair, effort):
    if pair.name == "letter-mlp":
        for size in (1_000, 10_000, 100_000, 600_000):
            row = Row(f"growth {size}", f"labelled once, 2 epochs, {pair.taught}, {size:,} rows")
            task = described(pair, {"work": "growth", "rows": size, "epochs": 2})
            yield Work(row.key, task, [row], ("retort",), lambda outcome, row=row: [(row.key, outcome.figures["rows_per_s"], None)])


def panel(pair, effort):
    if pair.name == "fashion-mlp":
        row = Row("panel", f"live panel, its part of training {pair.student} for 10 epochs, %", scale=1, digits=2, more_is_better=False, most=1)
        yield Work("panel", {"notebook": "panel.ipynb"}, [row], ("retort",), lambda outcome: [(row.key, outcome.figures["percent"], None)])


KINDS = {"training": training, "labelling": labelling, "loop": loop, "cached": cached, "busy": busy, "whole": whole, "growth": growth, "panel": panel}


def speeds(kind, title, pair, effort, task, bars, systems=MODULES, warm_up=1, **changed):
    """A row for each batch; the first figures of a process are warm-up."""
    rows = {str(batch): Row(f"{kind} {pair.name} {batch}", f"{title}, batch {batch}", bars) for batch in effort.batches}

    def figures(outcome):
        for batch, values in outcome.figures.items():
            yield rows[batch].key, median(values["rows_per_s"][warm_up:]), values.get("accuracies", [None])[-1]

    task = described(pair, task | {"batches": effort.batches} | changed)
    return Work(f"{kind} {pair.name}", task, list(rows.values()), systems, figures)


def described(pair, task):
    names = {"folder": str(CONDITIONS / pair.name), "data": pair.data, "teacher": pair.teacher, "student": pair.student}
    return LOSS | names | task


# Short, and does most of what the driver does.
TRIAL = described(PAIRS["letter-mlp"], {"work": "whole", "epochs": 1, "teacher_epochs": 1, "batches": [128]})
