"""From the figures of all rounds to a Markdown table, with the bars that are met and those that are not, and JSON."""

import json
import sys
from statistics import median

from systems import TITLES


class Report:
    """Everything measured so far: for each row and system a value for each round, and the accuracy that belongs to it."""

    def __init__(self, works, systems, conditions):
        self.rows = [row for work in works for row in work.rows]
        self.systems = systems
        self.conditions = conditions
        self.losses = []
        self.values = {row.key: {} for row in self.rows}
        self.accuracies = {row.key: {} for row in self.rows}

    def resume(self, saved):
        """Takes over what an earlier run of the same left."""
        then, now = ({key: value for key, value in all_.items() if key != "date"} for all_ in (saved["conditions"], self.conditions))
        if then != now:
            sys.exit(f"the saved results have other conditions: {then} instead of {now}; begin a new run without --resume")
        if lost := saved["rows"].keys() - self.values.keys():
            sys.exit(f"the saved results have rows that this run would leave out: {', '.join(sorted(lost))}")
        self.losses = saved["first_losses"]
        for key, row in saved["rows"].items():
            self.values[key], self.accuracies[key] = row["values"], row["accuracies"]

    def rounds(self, row):
        """How many rounds of a row there are."""
        return max(map(len, self.values[row.key].values()), default=0)

    def _most_rounds(self):
        return max(map(self.rounds, self.rows))

    def add(self, system, work, outcome):
        """What a system made of a work; None where it failed."""
        for row, value, accuracy in work.figures(outcome) if outcome else [(row.key, None, None) for row in work.rows]:
            self.values[row].setdefault(system, []).append(value)
            if accuracy is not None:
                self.accuracies[row][system] = accuracy

    def save(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / "results.md", self.markdown())
        write(folder / "results.json", json.dumps(self._json(), indent=1, ensure_ascii=False) + "\n")

    def markdown(self):
        others = self.systems[1:] if self.systems[0] == "retort" else []
        head = ["", *(TITLES[name] for name in self.systems), *(f"× {TITLES[name]}" for name in others)]
        lines = [head, ["---"] * len(head), *(self._line(row, others) for row in self.rows)]
        table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        conditions = ", ".join(f"{key}: {value}" for key, value in (self.conditions | {"rounds": self._most_rounds()}).items())
        losses = "\n".join(f"- {line}" for line in self.losses)
        return "\n\n".join([conditions, "First losses, three epochs of five batches:", losses, table, self._verdict()]) + "\n"

    def _line(self, row, others):
        rounds = self.rounds(row)
        fewer = "" if rounds in (0, self._most_rounds()) else f" ({rounds} round{'' if rounds == 1 else 's'})"
        return [row.title + fewer, *(self._cell(row, name) for name in self.systems), *(self._ratio(row, name) for name in others)]

    def _cell(self, row, system):
        values = [value for value in self.values[row.key].get(system, []) if value is not None]
        if not values:
            return "failed" if self.values[row.key].get(system) else ""
        accuracy = self.accuracies[row.key].get(system)
        figure = row.scale * median(values)
        bar = f" (≤ {row.most:.4g} {'met' if figure <= row.most else '**not met**'})" if row.most else ""
        return f"{figure:,.{row.digits}f}" + (f" ({accuracy:.3f})" if accuracy else "") + bar

    def _ratio(self, row, other):
        ratio, bar = self.ratio(row, other), row.bars.get(other)
        if ratio is None:
            return ""
        return f"{ratio:.2f}" + (f" (≥ {bar:.4g} {'met' if ratio >= bar else '**not met**'})" if bar else "")

    def ratio(self, row, other):
        """How many times as good as another system Retort is: the median of the rounds, each round compared within itself."""
        values = self.values[row.key]
        rounds = [pair for pair in zip(values.get("retort", []), values.get(other, [])) if None not in pair]
        return median(own / its if row.more_is_better else its / own for own, its in rounds) if rounds else None

    def _verdict(self):
        ratios = [(f"{row.title}, × {TITLES[other]} {ratio:.2f} instead of {bar:.4g}", ratio >= bar)
                  for row in self.rows for other, bar in row.bars.items() if (ratio := self.ratio(row, other)) is not None]
        watched = [row for row in self.rows if row.most and None not in self.values[row.key].get("retort", [None])]
        for row in watched:
            value = median(self.values[row.key]["retort"])
            ratios.append((f"{row.title}: {value:.2f} instead of {row.most:.4g}", value <= row.most))
        missed = [f"- {text}" for text, met in ratios if not met]
        return "\n".join([f"{len(ratios) - len(missed)} of {len(ratios)} bars are met." + (" Not met:\n" if missed else ""), *missed])

    def _json(self):
        return {"conditions": self.conditions, "first_losses": self.losses, "rows": {
            row.key: {"title": row.title, "bars": row.bars, "values": self.values[row.key], "accuracies": self.accuracies[row.key],
                      "ratios": {other: self.ratio(row, other) for other in self.systems if other != "retort"}}
            for row in self.rows}}


def earlier(folder):
    """What a run has saved there; None if nothing."""
    file = folder / "results.json"
    return json.loads(file.read_text()) if file.exists() else None


def write(file, text):
    temporary = file.with_name(f".{file.name}.tmp")
    temporary.write_text(text)
    temporary.replace(file)
