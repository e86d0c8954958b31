"""The script that a user of PyTorch would write, lean: tensors made once, rows selected by index, the loss read once an epoch."""

from time import perf_counter

import torch
from torch.nn.functional import cross_entropy, kl_div, log_softmax, softmax

EVALUATION_BATCH = 1024
LEARNING_RATE = 0.001


def distillation_loss(task):
    """T² · KL with the teacher beside the cross-entropy with the labels, weighted; the cross-entropy alone without a teacher."""
    temperature, soft = task["temperature"], task["soft"]

    def loss(student, labels, teacher):
        hard = cross_entropy(student, labels)
        if teacher is None:
            return hard
        divergence = kl_div(log_softmax(student / temperature, 1), softmax(teacher / temperature, 1), reduction="batchmean")
        return soft * temperature ** 2 * divergence + (1 - soft) * hard
    return loss


class Learner:
    """A net in training: ``step`` moves its weights by one batch. ``compiler`` is torch.compile, or what leaves functions alone."""

    def __init__(self, module, loss, compiler):
        self.module = module
        self.optimizer = torch.optim.Adam(module.parameters(), lr=LEARNING_RATE)
        self.loss = compiler(lambda features, labels, teacher: loss(module(features), labels, teacher))

    def step(self, features, labels, teacher):
        value = self.loss(features, labels, teacher)
        self.optimizer.zero_grad()
        value.backward()
        self.optimizer.step()
        return value.detach()


def learn(learner, rows, orders, batch, validation, asked=None, teach=None):
    """
    Trains for as many epochs as there are orders; the figures of each epoch.

    asked: what the teacher said of all rows; teach: the teacher itself, to be asked batch by batch.
    """
    figures = {"rows_per_s": [], "losses": [], "accuracies": []}
    for order in orders:
        began = perf_counter()
        total = 0
        for places in order.split(batch):
            features = rows.features.index_select(0, places)
            teacher = teach(features) if teach else None if asked is None else asked.index_select(0, places)
            total += learner.step(features, rows.labels.index_select(0, places), teacher) * len(places)
        figures["losses"].append(total.item() / len(rows))
        figures["rows_per_s"].append(len(rows) / (perf_counter() - began))
        figures["accuracies"].append(accuracy(learner.module, validation))
    return figures


def answering(module, compiler=lambda function: function):
    """The module's answers, without gradients. (What inference_mode gives, compiled training cannot take.)"""
    forward = compiler(module.eval().requires_grad_(False))

    def answer(features):
        with torch.no_grad():
            return forward(features)
    return answer


def label(answer, rows, batch):
    """What a teacher says of all rows."""
    return torch.cat([answer(features) for features in rows.features.split(batch)])


def predict(module, rows):
    with torch.no_grad():
        return torch.cat([module(features).argmax(1) for features in rows.features.split(EVALUATION_BATCH)])


def accuracy(module, rows):
    return (predict(module, rows) == rows.labels).double().mean().item()
