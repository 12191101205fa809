"""The gradient p − y: closed form, autograd, finite differences, and once more for the Hessian."""

from itertools import accumulate

import pytest
import torch
import torch.nn.functional as F

import softmax_book as book

SHAPES = [(5,), (6, 4), (6, 1), (3, 4, 5), (2, 3, 4, 2)]
OPTIONS = {
    "plain": {},
    "sum": {"reduction": "sum"},
    "none": {"reduction": "none"},
    "smoothed": {"label_smoothing": 0.1},
    "ignoring": {"ignore_index": 0},
    "weighted": {"weight": True},
    "everything": {"weight": True, "label_smoothing": 0.2, "ignore_index": 1},
}


def grad_of(function, z):
    z = z.detach().clone().requires_grad_()
    return torch.autograd.grad(function(z).sum(), z)[0]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("options", OPTIONS)
def test_the_gradient_is_pytorchs(shape, options, example):
    z, y, _, w = example(shape)
    options = dict(OPTIONS[options])
    if options.get("weight"):
        options["weight"] = w
    ours = grad_of(lambda z: book.cross_entropy(z, y, **options), z)
    theirs = grad_of(lambda z: F.cross_entropy(z, y, **options), z)
    torch.testing.assert_close(ours, theirs, equal_nan=True)


@pytest.mark.parametrize("options", OPTIONS)
def test_finite_differences_confirm_the_first_and_the_second_derivative(options, example):
    z, y, t, w = example((3, 4))
    options = dict(OPTIONS[options])
    if options.get("weight"):
        options["weight"] = w
    z.requires_grad_(), t.requires_grad_()
    assert torch.autograd.gradcheck(lambda z: book.cross_entropy(z, y, **options), z)
    assert torch.autograd.gradgradcheck(lambda z: book.cross_entropy(z, y, **options), z)
    options.pop("ignore_index", None)
    assert torch.autograd.gradcheck(lambda z, t: book.cross_entropy(z, t, **options), (z, t))
    assert torch.autograd.gradgradcheck(lambda z, t: book.cross_entropy(z, t, **options), (z, t))


def test_nll_loss_is_differentiable_twice(example):
    z, y, _, w = example((3, 4))
    z.requires_grad_()
    assert torch.autograd.gradgradcheck(lambda z: book.nll_loss(z.log_softmax(1), y, w), z)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_closed_form_is_what_autograd_finds(shape, example):
    z, y, t, _ = example(shape)
    for target in (y, t, y.byte()):
        closed = book.cross_entropy_gradient(z, target)
        label = target.long() if target is not t else t
        torch.testing.assert_close(closed, grad_of(lambda z, y=label: F.cross_entropy(z, y), z))
        torch.testing.assert_close(closed, grad_of(lambda z, y=label: book.cross_entropy(z, y), z))


def test_the_gradient_of_three_scores_is_p_with_one_taken_from_the_label():
    grad = book.cross_entropy_gradient(torch.tensor([1.0, 2.0, 3.0]), torch.tensor(0))
    torch.testing.assert_close(grad, torch.tensor([-0.909969, 0.244728, 0.665241]), atol=1e-6, rtol=0)
    assert grad.sum().abs() < 1e-6


def test_the_hessian_of_one_example_is_diag_p_minus_p_p():
    z, y = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64), torch.tensor(0)
    p = book.softmax(z, 0)
    expected = p.diag() - p.outer(p)
    hessian = torch.autograd.functional.hessian(lambda z: book.cross_entropy(z, y), z)
    torch.testing.assert_close(hessian, expected)
    torch.testing.assert_close(
        torch.func.jacrev(torch.func.grad(lambda z: book.cross_entropy(z, y)))(z), expected
    )
    assert torch.linalg.eigvalsh(expected).tolist() == pytest.approx([0, 0.1186, 0.3709], abs=5e-5)


def test_a_third_derivative_is_right_too(example):
    z, y, _, _ = example((3, 4))

    def slope_squared(loss, z):
        return torch.autograd.grad(loss(z, y), z, create_graph=True)[0].square().sum()

    ours, theirs = (
        torch.autograd.functional.hessian(lambda z, f=f: slope_squared(f, z), z)
        for f in (book.cross_entropy, F.cross_entropy)
    )
    torch.testing.assert_close(ours, theirs)


def test_the_jacobian_of_many_losses_can_be_taken_in_one_batch(example):
    z, y, _, _ = example((3, 4))
    ours, theirs = (
        torch.autograd.functional.jacobian(lambda z, f=f: f(z, y, reduction="none"), z, vectorize=True)
        for f in (book.cross_entropy, F.cross_entropy)
    )
    torch.testing.assert_close(ours, theirs)


def test_the_graph_can_be_walked_twice_with_the_same_result(example):
    z, y, _, _ = example((3, 4))
    z.requires_grad_()
    loss = book.cross_entropy(z, y)
    first, second = (torch.autograd.grad(loss, z, retain_graph=True)[0] for _ in range(2))
    assert first.equal(second)


def test_backward_and_forward_never_hold_more_memory_than_pytorchs():
    z, y = torch.randn(256, 1000, requires_grad=True), torch.zeros(256, dtype=torch.int64)

    def peak_bytes(loss):
        cpu = [torch.profiler.ProfilerActivity.CPU]
        with torch.profiler.profile(activities=cpu, profile_memory=True) as run:
            torch.autograd.grad(loss(z, y), z)
        events = run.profiler.kineto_results.events()
        changes = [event.nbytes() for event in events if event.name() == "[memory]"]
        assert changes
        return max(accumulate(changes))

    assert peak_bytes(book.cross_entropy) <= peak_bytes(F.cross_entropy)
