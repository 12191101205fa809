"""The source's numbers come out of PyTorch's own functions, in the source's order of random draws."""

import hashlib
import re
from importlib.resources import files
from itertools import chain
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from softmax_book import eight_points, eight_rows, five_exams, source_numbers

ROUNDINGS = 16
# SHA-256 of the file of numbers, as it was compared with the post.
AS_PRINTED = "67117f0c2069a3e341b58b91ff3346d68a99cef01c28d4826555b907b0aacd6a"
PAGE = Path(__file__).parents[2] / "docs" / "the-source-number-by-number.md"


def trained(model, inputs, targets, lr, loss=F.cross_entropy, epochs=20):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        value = loss(model(inputs), targets)
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        losses.append(value.item())
    return losses


def by_hand(loss):
    inputs, labels = eight_points()
    weights, bias = torch.zeros(4, 3, requires_grad=True), torch.zeros(1, requires_grad=True)
    losses = []
    for epoch in range(1001):
        value = loss(inputs @ weights + bias, labels)
        gradients = torch.autograd.grad(value, (weights, bias))
        with torch.no_grad():
            weights -= 0.1 * gradients[0]
            bias -= 0.1 * gradients[1]
        losses += [value.item()] if epoch % 100 == 0 else []
    return losses


def first_notebook():
    torch.manual_seed(1)
    scores, labels = torch.rand(3, 5), torch.randint(5, (3,))
    yield "softmax", torch.tensor([1.0, 2.0, 3.0]).softmax(0)
    yield "probabilities", scores.softmax(1)
    yield "labels", labels
    yield "one-hot", F.one_hot(labels, 5)
    yield "cost", F.cross_entropy(scores, labels)
    yield "log of softmax", scores.softmax(1).log()
    yield "log_softmax", scores.log_softmax(1)
    yield "course, softmax twice", by_hand(lambda z, y: F.cross_entropy(z.softmax(1), y))
    yield "course, cross-entropy", by_hand(F.cross_entropy)
    yield "course, nn.Module", trained(nn.Linear(4, 3), *eight_points(), 0.1, epochs=1001)[::100]


def second_notebook():
    torch.manual_seed(1)
    data = eight_rows()
    model = nn.Linear(3, 3)
    yield "first run", trained(model, data.train_inputs, data.train_labels, 0.1)
    scores = model(data.test_inputs).detach()
    right = (scores.argmax(1) == data.test_labels).float().mean()
    yield "first run, test", [100 * right.item(), F.cross_entropy(scores, data.test_labels).item()]
    for rate in ("1e5", "1e-10", "1e-1"):
        losses = trained(nn.Linear(3, 3), data.train_inputs, data.train_labels, float(rate))
        yield f"rate {rate}", losses
    inputs, targets = five_exams()
    inputs = (inputs - inputs.mean(0)) / inputs.std(0)
    yield "standardised exams", inputs
    yield "exams", trained(nn.Linear(3, 1), inputs, targets, 0.1, F.mse_loss)
    model = nn.Linear(3, 1)

    def with_norms(outputs, wanted):
        return F.mse_loss(outputs, wanted) + sum(parameter.norm() for parameter in model.parameters())

    yield "exams with a penalty", trained(model, inputs, targets, 0.1, with_norms)


OURS = {
    name: torch.as_tensor(values, dtype=torch.float64).detach().flatten()
    for name, values in chain(first_notebook(), second_notebook())
}


def half_a_digit(text):
    return 0.5 * 10.0 ** -len(text.partition(".")[2]) if "." in text else 0.0


def roundings(ours, text):
    """How far a value is from a printed one, its last digit's rounding aside, in float32 roundings."""
    printed = float(text)
    return max(0.0, abs(ours - printed) - half_a_digit(text)) / (2**-23 * max(1.0, abs(printed)))


def test_the_numbers_are_still_those_that_were_compared_with_the_post():
    """Not even a digit that no tolerance would notice may change in them."""
    text = files("softmax_book.data").joinpath("source_numbers.json").read_bytes()
    assert hashlib.sha256(text.replace(b"\r\n", b"\n")).hexdigest() == AS_PRINTED


def test_the_page_shows_them_as_the_source_prints_them():
    shown = "\n".join(re.findall(r"^```output\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE))
    words = set(shown.split())
    assert [n for group in source_numbers().values() for n in group if n not in words] == []


def test_every_group_of_the_source_is_reproduced():
    assert source_numbers().keys() == OURS.keys()


@pytest.mark.parametrize("group", OURS)
def test_every_number_is_within_sixteen_roundings(group):
    printed = source_numbers()[group]
    assert len(printed) == len(OURS[group])
    assert all(roundings(a, b) < ROUNDINGS for a, b in zip(OURS[group].tolist(), printed, strict=True))


@pytest.mark.parametrize("group", OURS)
def test_another_digit_would_be_noticed(group):
    """One unit in the last digit, at least 16 roundings and half a unit away, is another number."""
    for value, text in zip(OURS[group].tolist(), source_numbers()[group], strict=True):
        unit = 2 * half_a_digit(text) or 1.0
        away = max(unit, unit / 2 + 2 * ROUNDINGS * 2**-23 * max(1.0, abs(float(text))))
        decimals = len(text.partition(".")[2])
        assert roundings(value, f"{float(text) + 2 * away:.{decimals}f}") >= ROUNDINGS
