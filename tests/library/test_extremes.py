"""Infinities and NaN: the functions with PyTorch's names answer as PyTorch does, in value and in gradient."""

import itertools

import pytest
import torch
import torch.nn.functional as F

import softmax_book as book

INF, NAN = float("inf"), float("nan")
ROWS = list(itertools.product([-INF, INF, NAN, -2.0, 1.0], repeat=3))
DTYPES = [torch.float16, torch.bfloat16, torch.float32, torch.float64]


def with_gradient(function, z, *args, **kwargs):
    z = z.clone().requires_grad_()
    value = function(z, *args, **kwargs)
    value.sum().backward()
    return value.detach(), z.grad


def same(ours, theirs):
    for mine, its in zip(ours, theirs, strict=True):
        tolerance = 4 * torch.finfo(mine.dtype).eps
        torch.testing.assert_close(mine, its, equal_nan=True, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "logsumexp"])
@pytest.mark.parametrize("dtype", DTYPES)
def test_every_row_of_extremes_gives_pytorchs_value_and_gradient(name, dtype):
    z = torch.tensor(ROWS, dtype=dtype)
    same(with_gradient(getattr(book, name), z, 1), with_gradient(getattr(torch, name), z, 1))


@pytest.mark.parametrize("options", [{}, {"label_smoothing": 0.2}, {"weight": torch.tensor([1.0, 0.0, 2.0])}])
@pytest.mark.parametrize("label", [0, 1, 2])
def test_every_row_of_extremes_costs_what_it_costs_in_pytorch(label, options):
    z, y = torch.tensor(ROWS), torch.full((len(ROWS),), label)
    ours, theirs = (f(z, y, reduction="none", **options) for f in (book.cross_entropy, F.cross_entropy))
    torch.testing.assert_close(ours, theirs, equal_nan=True)
    ours, theirs = (f(z, y, options.get("weight"), reduction="none") for f in (book.nll_loss, F.nll_loss))
    torch.testing.assert_close(ours, theirs, equal_nan=True)
    for row in z[:20]:
        ours, theirs = (f(row[None], y[:1], **options) for f in (book.cross_entropy, F.cross_entropy))
        torch.testing.assert_close(ours, theirs, equal_nan=True)


@pytest.mark.parametrize("label", [0, 1, 2])
def test_every_row_of_extremes_has_pytorchs_gradient(label):
    z, y = torch.tensor(ROWS), torch.full((len(ROWS),), label)
    ours, theirs = (with_gradient(f, z, y, reduction="sum") for f in (book.cross_entropy, F.cross_entropy))
    same(ours, theirs)


@pytest.mark.parametrize("target", [[1.0, 0.0, 0.0], [0.2, 0.3, 0.5], [NAN, 0.0, 1.0]])
def test_every_row_of_extremes_against_probabilities_costs_what_it_costs_in_pytorch(target):
    z, y = torch.tensor(ROWS), torch.tensor([target] * len(ROWS))
    ours, theirs = (f(z, y, reduction="none") for f in (book.cross_entropy, F.cross_entropy))
    torch.testing.assert_close(ours, theirs, equal_nan=True)


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_an_ignored_row_of_nan_costs_nothing(smoothing):
    z, y = torch.tensor([[NAN, -INF], [1.0, 2.0]]), torch.tensor([-100, 0])
    ours = book.cross_entropy(z, y, label_smoothing=smoothing)
    torch.testing.assert_close(ours, F.cross_entropy(z, y, label_smoothing=smoothing))


def test_a_masked_class_gets_probability_zero_and_a_finite_gradient():
    value, grad = with_gradient(book.cross_entropy, torch.tensor([-INF, 1.0, 2.0]), torch.tensor(1))
    assert value.isfinite()
    assert grad[0] == 0


@pytest.mark.parametrize("shape", [(0, 3), (0, 3, 2), (2, 3, 0)])
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_no_examples_give_what_pytorch_gives(shape, reduction):
    z, y = torch.ones(shape), torch.ones(shape[:1] + shape[2:], dtype=torch.int64)
    for target in (y, z):
        ours, theirs = (f(z, target, reduction=reduction) for f in (book.cross_entropy, F.cross_entropy))
        torch.testing.assert_close(ours, theirs, equal_nan=True)
