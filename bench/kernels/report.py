"""From the figures of all rounds to a Markdown table and JSON."""

import json
import os
import platform
from datetime import date
from statistics import median, mode

import psutil


class Report:
    """Everything measured so far, kernel by kernel and row by row, a value for each round."""

    def __init__(self, peers, missing, measurements, java, rounds):
        self.peers = peers
        self.missing = missing
        self.measurements = measurements
        self.conditions = {"date": date.today().isoformat(), "java": java, "rounds": rounds, **machine()}
        self.values = {peer.name: {} for peer in peers}

    def add(self, peer, figures):
        for row, value in figures.items():
            self.values[peer.name].setdefault(row, []).append(value)

    def is_hopeless(self, peer, measurement):
        """Whether a kernel has left something of a measurement unanswered twice, which took minutes."""
        return any(self.values[peer.name].get(row.key, []).count("no answer") >= 2 for row in measurement.rows)

    def save(self, folder, name):
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / f"{name}.json", json.dumps(self._json(), indent=1, ensure_ascii=False) + "\n")
        write(folder / f"{name}.md", self.markdown())

    def _json(self):
        return {"conditions": self.conditions, "missing": self.missing, "kernels": {
            peer.name: {"title": peer.title, "rows": self.values[peer.name]} for peer in self.peers}}

    def markdown(self):
        head = ["", *(peer.title for peer in self.peers), "best other JVM kernel ÷ Retort", "bar"]
        lines = [head, ["---"] * len(head)]
        lines += [self._line(row) for measurement in self.measurements for row in measurement.rows]
        table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        conditions = ", ".join(f"{key}: {value}" for key, value in self.conditions.items())
        return "\n\n".join([conditions, table, *self.missing.values()]) + "\n"

    def _line(self, row):
        values = {peer: summary(self.values[peer.name].get(row.key, [])) for peer in self.peers}
        return [row.title, *(show(value, row.digits) for value in values.values()), ratio(values), verdict(row, values)]


def summary(values):
    """The median of the numbers, unless most rounds gave none."""
    numbers = [value for value in values if is_number(value)]
    if 2 * len(numbers) > len(values):
        return median(numbers)
    return mode(values) if values else None


def ratio(values):
    """How many times the figure of Retort goes into the best other one on the JVM."""
    own, best = own_and_best(values)
    return f"{best / own:.1f}" if own and best is not None else ""


def verdict(row, values):
    """The bar that Retort sets itself, and whether it is met."""
    own, best = own_and_best(values)
    bar = row.bar if row.share is None else best and row.share * best
    if own is None or bar is None:
        return ""
    return f"≤ {show(bar, row.digits)}: {'met' if own <= bar else 'missed'}"


def own_and_best(values):
    """The figure of Retort and the best other one on the JVM, where there are such."""
    own = [value for peer, value in values.items() if peer.name == "retort" and is_number(value)]
    others = [value for peer, value in values.items() if peer.name != "retort" and peer.on_jvm and is_number(value)]
    return next(iter(own), None), min(others, default=None)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def show(value, digits):
    if is_number(value):
        return f"{value:,.{digits}f}"
    return {None: "", True: "yes", False: "no"}.get(value, value)


def machine():
    processor = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    return {"processor": processor, "cores": os.cpu_count(), "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
            "system": platform.platform()}


def write(file, text):
    temporary = file.with_name(f".{file.name}.tmp")
    temporary.write_text(text)
    temporary.replace(file)
