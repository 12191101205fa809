"""nll_loss and cross_entropy in PyTorch's exact conventions."""

import itertools

import pytest
import torch
import torch.nn.functional as F

import softmax_book as book

LOSSES = [(book.nll_loss, F.nll_loss), (book.cross_entropy, F.cross_entropy)]
SHAPES = [(5,), (1, 3), (6, 4), (6, 1), (3, 4, 5), (2, 3, 4, 2), (2, 3, 1, 1, 2)]
REDUCTIONS = ["mean", "sum", "none"]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_labels_cost_what_they_cost_in_pytorch(shape, reduction, weighted, dtype, example):
    z, y, _, w = example(shape, dtype)
    for (ours, theirs), ignore in itertools.product(LOSSES, (-100, 0, 2)):
        arguments = {"weight": w if weighted else None, "ignore_index": ignore, "reduction": reduction}
        torch.testing.assert_close(ours(z, y, **arguments), theirs(z, y, **arguments), equal_nan=True)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("smoothing", [0.1, 0.5, 1.0, 1])
def test_smoothed_labels_cost_what_they_cost_in_pytorch(shape, reduction, weighted, smoothing, example):
    z, y, _, w = example(shape)
    for ignore in (-100, 0):
        arguments = {
            "weight": w if weighted else None,
            "ignore_index": ignore,
            "reduction": reduction,
            "label_smoothing": smoothing,
        }
        ours, theirs = book.cross_entropy(z, y, **arguments), F.cross_entropy(z, y, **arguments)
        torch.testing.assert_close(ours, theirs, equal_nan=True)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("smoothing", [0.0, 0.3])
def test_probabilities_cost_what_they_cost_in_pytorch(shape, reduction, weighted, smoothing, example):
    z, _, t, w = example(shape)
    arguments = {"weight": w if weighted else None, "reduction": reduction, "label_smoothing": smoothing}
    torch.testing.assert_close(book.cross_entropy(z, t, **arguments), F.cross_entropy(z, t, **arguments))


@pytest.mark.parametrize("loss", [f for f, _ in LOSSES], ids=["nll_loss", "cross_entropy"])
def test_byte_labels_count_as_labels(loss, example):
    z, y, _, _ = example((6, 4))
    assert loss(z, y.byte()).equal(loss(z, y))


@pytest.mark.parametrize("loss", [f for f, _ in LOSSES], ids=["nll_loss", "cross_entropy"])
def test_with_every_label_ignored_the_mean_is_nan_and_the_sum_zero(loss):
    z, y = torch.ones(2, 3), torch.tensor([-100, -100])
    assert loss(z, y).isnan()
    assert loss(z, y, reduction="sum") == 0
    assert loss(z, y, reduction="none").equal(torch.zeros(2))


def test_the_weighted_mean_divides_by_weights_for_labels_and_by_examples_for_probabilities(example):
    z, y, _, w = example((6, 4))
    labels = book.cross_entropy(z, y, weight=w)
    probs = book.cross_entropy(z, book.one_hot(y, 4).double(), weight=w)
    torch.testing.assert_close(labels * w[y].sum(), probs * 6)


@pytest.mark.parametrize("other", [torch.float16, torch.float32, torch.float64])
@pytest.mark.parametrize("dtype", [torch.float16, torch.float32, torch.float64])
def test_mixed_dtypes_of_scores_and_probabilities_promote_as_in_pytorch(dtype, other, example):
    z, _, t, _ = example((6, 4))
    ours, theirs = (f(z.to(dtype), t.to(other)) for f in (book.cross_entropy, F.cross_entropy))
    torch.testing.assert_close(ours, theirs, atol=2e-3, rtol=2e-3)


def test_five_ways_to_the_same_cost(example):
    z, y, _, _ = example((3, 5), torch.float32)
    ways = [
        (book.one_hot(y, 5) * -book.softmax(z, 1).log()).sum(1).mean(),
        (book.one_hot(y, 5) * -book.log_softmax(z, 1)).sum(1).mean(),
        book.nll_loss(book.log_softmax(z, 1), y),
        book.cross_entropy(z, y),
        F.cross_entropy(z, y),
    ]
    assert max(ways) - min(ways) < 1e-6


def test_a_loss_does_not_write_into_scores_labels_or_weights(example):
    z, y, t, w = example((6, 4))
    kept = [x.clone() for x in (z, y, t, w)]
    z.requires_grad_()
    for target in (y, t):
        book.cross_entropy(z, target, weight=w, label_smoothing=0.1).backward()
    assert all(x.equal(k) for x, k in zip((z.detach(), y, t, w), kept, strict=True))


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_one_label_may_have_the_shape_of_a_list_of_one(reduction):
    z, y = torch.randn(3), torch.tensor([2])
    for ours, theirs in ((book.cross_entropy, F.cross_entropy), (book.nll_loss, F.nll_loss)):
        torch.testing.assert_close(ours(z, y, reduction=reduction), theirs(z, y, reduction=reduction))
    assert torch.equal(book.cross_entropy_gradient(z, y), book.cross_entropy_gradient(z, y[0]))
