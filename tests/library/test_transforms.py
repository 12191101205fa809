"""cross_entropy under forward mode, torch.func and torch.func.vmap."""

import itertools

import pytest
import torch
import torch.autograd.forward_ad as forward_ad
import torch.nn.functional as F
from torch.func import grad, grad_and_value, hessian, jacfwd, jacrev, jvp, vmap

import softmax_book as book

# PyTorch's own forward mode still scripts some of its formulas.
pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated:DeprecationWarning")

OPTIONS = [{}, {"reduction": "sum", "ignore_index": 0}, {"label_smoothing": 0.1}, {"reduction": "none"}]
BATCHES = [(0, 0), (0, None), (None, 0)]


def both(function):
    """What ``function`` makes of our loss and of PyTorch's."""
    return function(book.cross_entropy), function(F.cross_entropy)


@pytest.fixture
def moving(example):
    z, y, _, w = example((3, 4))
    return z, y, w, z.flip(0).cos()


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_forward_mode_gives_pytorchs_tangent(options, moving):
    z, y, w, v = moving
    ours, theirs = both(lambda loss: jvp(lambda z: loss(z, y, weight=w, **options), (z,), (v,)))
    torch.testing.assert_close(ours, theirs)


def test_finite_differences_confirm_forward_mode(moving):
    z, y, w, _ = moving
    z.requires_grad_()

    def loss(z):
        return book.cross_entropy(z, y, weight=w)

    assert torch.autograd.gradcheck(loss, z, check_forward_ad=True, check_batched_forward_grad=True)
    assert torch.autograd.gradgradcheck(loss, z, check_fwd_over_rev=True, check_batched_grad=True)


def test_the_forward_over_reverse_hessian_is_diag_p_minus_p_p():
    z, y = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64), torch.tensor(0)
    p = book.softmax(z, 0)
    torch.testing.assert_close(hessian(lambda z: book.cross_entropy(z, y))(z), p.diag() - p.outer(p))


@pytest.mark.parametrize("modes", list(itertools.product([jacfwd, jacrev], repeat=3)))
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_three_derivatives_agree_in_every_order_of_modes(modes, reduction, moving):
    z, y, _, _ = moving

    def third(loss):
        for mode in modes:
            loss = mode(loss)
        return loss(z[:2])

    torch.testing.assert_close(*both(lambda loss: third(lambda z: loss(z, y[:2], reduction=reduction))))


def test_two_forward_modes_over_a_gradient_move_the_value_too(moving):
    z, y, _, v = moving

    def twice(loss):
        inner = grad_and_value(lambda z: loss(z, y))
        return jvp(lambda z: jvp(inner, (z,), (v,))[1], (z,), (v.sin(),))

    torch.testing.assert_close(*both(twice))


@pytest.mark.parametrize("create_graph", [False, True])
def test_a_dual_number_passes_through_backward(create_graph, moving):
    z, y, _, v = moving

    def moved_gradient(loss):
        with forward_ad.dual_level():
            dual = forward_ad.make_dual(z.clone().requires_grad_(), v)
            (slope,) = torch.autograd.grad(loss(dual, y), dual, create_graph=create_graph)
            return forward_ad.unpack_dual(slope).tangent.detach()

    torch.testing.assert_close(*both(moved_gradient))


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("options", OPTIONS[:3], ids=str)
def test_vmap_gives_the_gradient_of_each_example(options, weighted, moving):
    z, y, w, _ = moving
    options = {**options, "weight": w if weighted else None}

    def loss(z, y):
        return book.cross_entropy(z, y, **options)

    expected = torch.stack([grad(loss)(*example) for example in zip(z, y, strict=True)])
    torch.testing.assert_close(vmap(grad(loss))(z, y), expected, equal_nan=True)


@pytest.mark.parametrize("in_dims", BATCHES, ids=str)
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("function", [lambda f: f, grad, hessian], ids=["loss", "grad", "hessian"])
def test_vmap_batches_scores_or_labels_or_both(function, weighted, in_dims, moving):
    z, y, w, v = moving
    inputs = [
        torch.stack(pair) if d == 0 else pair[0]
        for pair, d in zip(((z, v), (y, y.flip(0))), in_dims, strict=True)
    ]
    of_one = function(lambda z, y: book.cross_entropy(z, y, weight=w if weighted else None))
    places = [[x if d is None else x[i] for x, d in zip(inputs, in_dims, strict=True)] for i in range(2)]
    expected = torch.stack([of_one(*place) for place in places])
    torch.testing.assert_close(vmap(of_one, in_dims)(*inputs), expected)


def test_vmap_still_refuses_a_label_out_of_range(moving):
    z, y, _, _ = moving
    y[1] = 4
    with pytest.raises(IndexError, match="from 0 to 3 for 4 classes; got 4"):
        vmap(book.cross_entropy)(z, y)
