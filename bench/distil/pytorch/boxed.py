"""The same distillation through torchdistill: its box, its loss, its data loader; only the order of the rows is given."""

import logging
from time import perf_counter

import torch
from torch.utils.data import Sampler, TensorDataset
from torchdistill.core.distillation import get_distillation_box

from learning import LEARNING_RATE, accuracy
from worker import Worker


class Ordered(Sampler):
    """Goes through the rows in the orders of Retort's epochs, one after the other."""

    def __init__(self, dataset, orders):
        self.orders = iter(orders)
        self.size = len(dataset)

    def __iter__(self):
        return iter(next(self.orders).tolist())

    def __len__(self):
        return self.size


class BoxedWorker(Worker):
    def __init__(self, task, compiler):
        super().__init__(task, compiler)
        logging.getLogger("torchdistill").setLevel(logging.WARNING)

    def learn(self):
        rows = self.rows
        orders = self.data.orders(len(rows))[:self.task["epochs"]]
        for batch in self.task["batches"]:
            yield batch, self.distil(self.teacher(), self.student(), rows, orders, batch, self.data.validation)

    def first_epoch(self):
        rows = self.rows
        orders = self.data.orders(len(rows))[:2]
        for batch in self.task["batches"]:
            figures = self.distil(self.teacher(), self.student(), rows, orders, batch, self.data.validation)
            yield batch, {name: values[1:] for name, values in figures.items()}

    def distil(self, teacher, student, rows, orders, batch, validation):
        box = get_distillation_box(
            teacher.eval(), student, {"train": TensorDataset(rows.features, rows.labels)}, self.configuration(orders, batch),
            self.data.device, None, False, 1)
        figures = {"rows_per_s": [], "losses": [], "accuracies": []}
        for epoch in range(box.num_epochs):
            began = perf_counter()
            box.pre_epoch_process(epoch=epoch)
            total = 0
            for features, labels, extra in box.train_data_loader:
                loss = box.forward_process(features, labels, extra)
                box.post_forward_process(loss)
                total += loss.detach() * len(labels)
            box.post_epoch_process()
            figures["losses"].append(total.item() / len(rows))
            figures["rows_per_s"].append(len(rows) / (perf_counter() - began))
            figures["accuracies"].append(accuracy(student, validation))
        return figures

    def configuration(self, orders, batch):
        logits = {f"{role}_module_{part}": value for role in ("student", "teacher") for part, value in (("path", "."), ("io", "output"))}
        loss = {"key": "KDLoss", "kwargs": logits | {"temperature": self.task["temperature"], "alpha": 1 - self.task["soft"]}}
        return {
            "num_epochs": len(orders),
            "train_data_loader": {"dataset_id": "train", "kwargs": {"batch_size": batch},
                                  "sampler": {"class_or_func": Ordered, "kwargs": {"orders": orders}}},
            "teacher": {"forward_proc": "forward_batch_only", "requires_grad": False},
            "student": {"forward_proc": "forward_batch_only"},
            "optimizer": {"key": "Adam", "kwargs": {"lr": LEARNING_RATE}},
            "criterion": {"key": "WeightedSumLoss", "kwargs": {"sub_terms": {"kd": {"criterion": loss, "weight": 1}}}},
        }
