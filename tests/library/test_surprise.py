"""Entropy, cross-entropy and KL divergence of distributions."""

import math

import pytest
import torch

import softmax_book as book

P = torch.tensor([0.1, 0.2, 0.7])
BELIEFS = {  # the source's table: H(P, Q) and D(P‖Q), measured in advance for P = (.1, .2, .7)
    "uniform": ([1 / 3, 1 / 3, 1 / 3], 1.0986, 0.2968),
    "close": ([0.2, 0.2, 0.6], 0.8404, 0.0386),
    "equal": ([0.1, 0.2, 0.7], 0.8018, 0.0),
    "reversed": ([0.7, 0.2, 0.1], 1.9694, 1.1675),
}


def some_probs(*shape, seed=0):
    z = torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    return torch.softmax(z, -1)


@pytest.mark.parametrize("belief", BELIEFS)
def test_the_table_of_beliefs_comes_out(belief):
    q, cross, divergence = BELIEFS[belief]
    q = torch.tensor(q)
    assert book.cross_entropy_between(P, q).item() == pytest.approx(cross, abs=5e-5)
    assert book.kl_divergence(P, q).item() == pytest.approx(divergence, abs=5e-5)


@pytest.mark.parametrize("k", [1, 2, 10, 1000])
def test_guessing_among_k_costs_log_k(k):
    assert book.entropy(torch.full((k,), 1 / k, dtype=torch.float64)).item() == pytest.approx(math.log(k))


def test_a_certain_outcome_does_not_surprise():
    certain = torch.tensor([0.0, 1.0, 0.0], requires_grad=True)
    value = book.entropy(certain)
    (grad,) = torch.autograd.grad(value, certain)
    assert value == 0
    assert grad.isfinite().all()


def test_cross_entropy_is_entropy_plus_divergence():
    p, q = some_probs(20, 5), some_probs(20, 5, seed=1)
    total = book.entropy(p) + book.kl_divergence(p, q)
    torch.testing.assert_close(book.cross_entropy_between(p, q), total)


def test_divergence_is_never_negative_and_not_symmetric():
    p, q = some_probs(200, 5), some_probs(200, 5, seed=1)
    assert (book.kl_divergence(p, q) > 0).all()
    assert book.kl_divergence(p, p).abs().max() == 0
    assert not torch.allclose(book.kl_divergence(p, q), book.kl_divergence(q, p))


def test_what_was_thought_impossible_and_happens_surprises_without_end():
    p, q = torch.tensor([0.5, 0.5]), torch.tensor([1.0, 0.0])
    assert book.cross_entropy_between(p, q) == math.inf
    assert book.kl_divergence(p, q) == math.inf


def test_what_never_happens_costs_nothing_whatever_was_believed():
    p = torch.tensor([0.5, 0.5, 0.0, 0.0], requires_grad=True)
    q = torch.tensor([0.25, 0.5, 0.25, 0.0], requires_grad=True)
    for function in (book.cross_entropy_between, book.kl_divergence):
        value = function(p, q)
        assert value.isfinite()
        for grad in torch.autograd.grad(value, (p, q)):
            assert grad.isfinite().all()


@pytest.mark.parametrize("dim", [0, 1, 2, -1])
def test_dim_names_the_distribution(dim):
    p, q = some_probs(2, 3, 4).movedim(-1, dim), some_probs(2, 3, 4, seed=1).movedim(-1, dim)
    torch.testing.assert_close(book.entropy(p, dim), -(p * p.log()).sum(dim))
    torch.testing.assert_close(book.cross_entropy_between(p, q, dim), -(p * q.log()).sum(dim))
    torch.testing.assert_close(book.kl_divergence(p, q, dim), (p * (p / q).log()).sum(dim))


def test_one_world_can_be_held_against_many_beliefs():
    p, q = some_probs(5), some_probs(7, 5, seed=1)
    expected = torch.stack([book.kl_divergence(p, row) for row in q])
    torch.testing.assert_close(book.kl_divergence(p, q), expected)
    expected = torch.stack([book.cross_entropy_between(row, p) for row in q])
    torch.testing.assert_close(book.cross_entropy_between(q, p), expected)


def test_gradients_flow_through_softmax_into_surprise():
    a, b = (
        torch.randn(3, 4, generator=torch.Generator().manual_seed(s), dtype=torch.float64) for s in (0, 1)
    )
    a.requires_grad_(), b.requires_grad_()
    for function in (
        lambda a, b: book.entropy(a.softmax(1)),
        lambda a, b: book.cross_entropy_between(a.softmax(1), b.softmax(1)),
        lambda a, b: book.kl_divergence(a.softmax(1), b.softmax(1)),
    ):
        assert torch.autograd.gradcheck(function, (a, b))
        assert torch.autograd.gradgradcheck(function, (a, b))


def test_the_gradient_of_entropy_is_minus_log_p_minus_one():
    p = some_probs(4).requires_grad_()
    (grad,) = torch.autograd.grad(book.entropy(p), p)
    torch.testing.assert_close(grad, -p.detach().log() - 1)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
@pytest.mark.parametrize("k", [2, 1000, 50257])
@pytest.mark.parametrize("scale", [0.0, 5.0])
def test_whatever_a_softmax_returns_counts_as_a_distribution(dtype, k, scale):
    z = (scale * torch.randn(8, k, generator=torch.Generator().manual_seed(0))).to(dtype)
    for p in (z.softmax(1), z.log_softmax(1).exp(), book.softmax(z, 1)):
        assert book.entropy(p, 1).shape == (8,)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_a_sum_that_rounding_cannot_explain_is_refused(dtype):
    with pytest.raises(ValueError, match=r"must sum to 1 within .* got 1\."):
        book.entropy(torch.tensor([0.5, 0.5 + 32 * torch.finfo(dtype).eps], dtype=dtype))
