"""PyTorch's side of the benchmark. Reads one task, prints its figures: both JSON. The first argument says how: eager, compile, torchdistill."""

import json
import os
import sys
from time import perf_counter

import torch

from comparing import compare
from learning import Learner, accuracy, answering, distillation_loss, label, learn
from material import Data
from nets import net


class Worker:
    def __init__(self, task, compiler):
        self.task = task
        self.compiler = compiler
        self.data = Data(task["data"], task["folder"], os.environ["BENCH_DEVICE"])
        self.rows = self.data.train.cut(0, task.get("rows"))

    def teacher(self, weights="teacher"):
        return net(self.task["teacher"], self.data, weights)

    def student(self):
        return net(self.task["student"], self.data, self.task["student"])

    def learner(self, module):
        return Learner(module, distillation_loss(self.task), self.compiler)

    def learn(self):
        """Epoch by epoch: of the teacher on labels, or of the student on what the teacher said."""
        rows, asked = self.rows, None
        if self.task.get("student"):
            asked = label(answering(self.teacher()), rows, 512)
        for batch in self.task["batches"]:
            module = self.student() if asked is not None else self.teacher(self.task["teacher"])
            orders = self.data.orders(len(rows))[:self.task["epochs"]]
            yield batch, learn(self.learner(module), rows, orders, batch, self.data.validation, asked=asked)
            torch.compiler.reset()

    def first_epoch(self):
        """The teacher in the loop; an epoch to warm up before the one that counts."""
        rows = self.rows
        orders = self.data.orders(len(rows))[:2]
        for batch in self.task["batches"]:
            teach = answering(self.teacher(), self.compiler)
            figures = learn(self.learner(self.student()), rows, orders, batch, self.data.validation, teach=teach)
            yield batch, {name: values[1:] for name, values in figures.items()}
            torch.compiler.reset()

    def label(self):
        """The teacher's answers for rows that are in memory."""
        rows = self.rows
        for batch in self.task["batches"]:
            answer = answering(self.teacher(), self.compiler)
            speeds = []
            for _ in range(self.task["epochs"]):
                began = perf_counter()
                label(answer, rows, batch).cpu()
                speeds.append(len(rows) / (perf_counter() - began))
            yield batch, {"rows_per_s": speeds, "accuracies": [accuracy(self.teacher(), self.data.test)]}
            torch.compiler.reset()

    def whole(self):
        """From data on disk to a student that is compared with its teacher."""
        rows, validation, batch = self.rows, self.data.validation, self.task["batches"][0]
        orders = self.data.orders(len(rows))
        began = perf_counter()
        teacher = self.teacher(self.task["teacher"])
        learn(self.learner(teacher), rows, orders[:self.task["teacher_epochs"]], batch, validation)
        yield "teacher_s", perf_counter() - began
        student = self.student()
        self.distil(teacher, student, rows, orders[:self.task["epochs"]], batch, validation)
        yield "compared", compare(self.data.test, teacher, student)

    def distil(self, teacher, student, rows, orders, batch, validation):
        learn(self.learner(student), rows, orders, batch, validation, teach=answering(teacher, self.compiler))


def main():
    way, task = sys.argv[1], json.loads(sys.argv[2])
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    if way == "torchdistill":
        from boxed import BoxedWorker
        worker = BoxedWorker(task, lambda function: function)
    else:
        compiler = {"eager": lambda function: function, "compile": lambda function: torch.compile(function, dynamic=False)}[way]
        worker = Worker(task, compiler)
    figures = getattr(worker, task["work"].replace(" ", "_"))()
    print(json.dumps(dict(figures)))


if __name__ == "__main__":
    main()
