"""Half types: computed in float32, rounded once."""

import pytest
import torch
import torch.nn.functional as F

import softmax_book as book

HALVES = [torch.float16, torch.bfloat16]


def half_scores(dtype, n=50, k=1000, scale=8.0):
    z = torch.randn(n, k, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    return (scale * z).to(dtype)


def assert_one_rounding(value, exact, float32_noise=0.0):
    assert value.dtype in HALVES
    finfo = torch.finfo(value.dtype)
    bound = 0.5001 * finfo.eps * exact.abs() + finfo.smallest_normal * finfo.eps + float32_noise
    assert ((value.double() - exact).abs() <= bound).all()


@pytest.mark.parametrize("dtype", HALVES)
@pytest.mark.parametrize("name", ["softmax", "log_softmax", "logsumexp"])
def test_a_half_type_is_off_by_one_rounding_of_the_exact_value(name, dtype):
    z = half_scores(dtype)
    assert_one_rounding(getattr(book, name)(z, 1), getattr(book, name)(z.double(), 1))


@pytest.mark.parametrize("dtype", HALVES)
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_the_loss_of_half_types_is_off_by_one_rounding(dtype, smoothing):
    z, y = half_scores(dtype), torch.arange(50)
    ours = book.cross_entropy(z, y, reduction="none", label_smoothing=smoothing)
    exact = book.cross_entropy(z.double(), y, reduction="none", label_smoothing=smoothing)
    assert_one_rounding(ours, exact)
    theirs = F.cross_entropy(z, y, label_smoothing=smoothing)
    mean = book.cross_entropy(z, y, label_smoothing=smoothing)
    true = exact.mean()
    assert (mean - true).abs() <= (theirs - true).abs() + torch.finfo(dtype).eps * true


@pytest.mark.parametrize("dtype", HALVES)
def test_the_gradient_of_a_half_type_is_off_by_one_rounding(dtype):
    z, y = half_scores(dtype, k=10).requires_grad_(), torch.arange(50) % 10
    (grad,) = torch.autograd.grad(book.cross_entropy(z, y, reduction="sum"), z)
    exact = 50 * book.cross_entropy_gradient(z.detach().double(), y)
    assert (grad.double() - exact).abs().max() <= torch.finfo(dtype).eps
    closed = book.cross_entropy_gradient(z.detach(), y)
    assert_one_rounding(closed, exact / 50, float32_noise=1e-7 / 50)


@pytest.mark.parametrize("dtype", HALVES)
def test_surprise_in_half_types_is_off_by_one_rounding(dtype):
    p, q = (book.softmax(half_scores(dtype, k=8, scale=s), 1) for s in (1.0, 0.5))
    p64, q64 = p.double(), q.double()
    assert_one_rounding(book.entropy(p), -(p64 * p64.log()).sum(1))
    assert_one_rounding(book.cross_entropy_between(p, q), -(p64 * q64.log()).sum(1))


@pytest.mark.parametrize("dtype", HALVES)
def test_nll_loss_sums_half_types_in_float32(dtype):
    log_probs, y = book.log_softmax(half_scores(dtype), 1), torch.arange(50)
    assert_one_rounding(book.nll_loss(log_probs, y), book.nll_loss(log_probs.double(), y))


def test_float16_scores_beyond_the_range_of_exp_do_not_overflow():
    z = torch.tensor([60000.0, 59000.0, -60000.0], dtype=torch.float16)
    assert book.softmax(z, 0).tolist() == [1.0, 0.0, 0.0]
    assert book.logsumexp(z, 0) == 60000


def test_a_thousand_float32_scores_lose_no_more_digits_than_in_pytorch():
    z = half_scores(torch.float32)
    exact = torch.log_softmax(z.double(), 1)
    ours, theirs = ((f(z, 1).double() - exact).abs().max() for f in (book.log_softmax, torch.log_softmax))
    assert ours <= 1.5 * theirs
