"""logsumexp, softmax, log_softmax, hardmax and one_hot against PyTorch and against their own laws."""

import pytest
import torch
import torch.nn.functional as F

import softmax_book as book

PAIRS = [
    (book.softmax, torch.softmax),
    (book.log_softmax, torch.log_softmax),
    (book.logsumexp, torch.logsumexp),
]
IDS = ["softmax", "log_softmax", "logsumexp"]
SHAPES = [(), (1,), (5,), (3, 4), (2, 3, 4), (2, 1, 3, 2), (0,), (2, 0), (0, 3), (4, 1000)]
PLACES = [(shape, dim) for shape in SHAPES for dim in range(-max(len(shape), 1), max(len(shape), 1))]


def scores(*shape, seed=0, dtype=torch.float64, scale=3.0):
    return (
        scale * torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    ).to(dtype)


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=IDS)
@pytest.mark.parametrize(("shape", "dim"), PLACES)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_every_shape_and_dim_gives_what_pytorch_gives(ours, theirs, shape, dim, dtype):
    z = scores(*shape, dtype=dtype)
    torch.testing.assert_close(ours(z, dim), theirs(z, dim))


@pytest.mark.parametrize("dim", [(0,), (0, 1), (-1, 0), (0, 1, 2), [1], [0, -1]], ids=str)
@pytest.mark.parametrize("keepdim", [False, True])
def test_logsumexp_sums_over_several_dims(dim, keepdim):
    z = scores(2, 3, 4)
    torch.testing.assert_close(book.logsumexp(z, dim, keepdim), torch.logsumexp(z, dim, keepdim))


@pytest.mark.parametrize("dtype", [torch.int64, torch.uint8, torch.bool])
def test_logsumexp_takes_integers_in_the_default_dtype_as_pytorch_does(dtype):
    z = torch.tensor([3, 0, 1]).to(dtype)
    torch.testing.assert_close(book.logsumexp(z, 0), torch.logsumexp(z, 0))


def test_memory_layout_does_not_matter():
    z = scores(4, 5).t()
    torch.testing.assert_close(book.softmax(z, 1), torch.softmax(z, 1))


def test_adding_a_constant_to_every_score_changes_nothing():
    z = torch.tensor([1.0, 2.0, 3.0])
    assert book.softmax(z + 100, 0).equal(book.softmax(z, 0))
    assert book.log_softmax(z + 2**20, 0).equal(book.log_softmax(z, 0))


def test_scores_of_a_hundred_million_keep_their_differences():
    assert book.log_softmax(torch.tensor([1e8, 1e8]), 0)[0].item() == pytest.approx(-0.693147, abs=1e-6)


def test_log_softmax_stays_finite_where_softmax_is_zero():
    z = torch.tensor([0.0, 200.0])
    assert book.softmax(z, 0)[0] == 0
    assert book.log_softmax(z, 0)[0] == -200


def test_log_softmax_is_idempotent_and_softmax_is_not():
    z = scores(5)
    torch.testing.assert_close(book.log_softmax(book.log_softmax(z, 0), 0), book.log_softmax(z, 0))
    assert not torch.allclose(book.softmax(book.softmax(z, 0), 0), book.softmax(z, 0))


@pytest.mark.parametrize("temperature", [0.01, 0.5, 1, 2.0, 1000.0])
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_temperature_divides_the_scores(name, temperature):
    z = scores(3, 4)
    expected = getattr(torch, name)(z / temperature, 1)
    torch.testing.assert_close(getattr(book, name)(z, 1, temperature=temperature), expected)


def test_a_tiny_temperature_does_not_overflow():
    assert book.softmax(torch.tensor([1e38, 0.0]), 0, temperature=1e-3).tolist() == [1.0, 0.0]


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_gradients_flow_to_scores_and_to_temperature(name):
    z, t = scores(3, 4).requires_grad_(), torch.tensor(1.7, dtype=torch.float64, requires_grad=True)

    def function(z, t):
        return getattr(book, name)(z, 1, temperature=t)

    assert torch.autograd.gradcheck(function, (z, t))
    assert torch.autograd.gradgradcheck(function, (z, t))


def test_logsumexp_has_the_softmax_as_its_gradient():
    z = scores(3, 4).requires_grad_()
    assert torch.autograd.gradgradcheck(lambda z: book.logsumexp(z, 1), z)
    (grad,) = torch.autograd.grad(book.logsumexp(z, 1).sum(), z)
    torch.testing.assert_close(grad, book.softmax(z, 1))


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
@pytest.mark.parametrize("dtype", [torch.float16, torch.float32, torch.float64])
def test_dtype_casts_before_it_computes(name, dtype):
    for z in (torch.tensor([1, 2, 3]), torch.tensor([True, False]), scores(4)):
        ours, theirs = getattr(book, name)(z, 0, dtype=dtype), getattr(F, name)(z, dim=0, dtype=dtype)
        torch.testing.assert_close(ours, theirs, atol=torch.finfo(dtype).eps, rtol=1e-6)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.int64])
def test_hardmax_is_the_one_hot_of_the_argmax_and_keeps_the_dtype(dtype):
    z = torch.tensor([[1, 3, 2], [5, 5, 0]]).to(dtype)
    assert book.hardmax(z, 1).equal(torch.tensor([[0, 1, 0], [1, 0, 0]]).to(dtype))
    assert book.hardmax(z, 0).equal(torch.tensor([[0, 0, 1], [1, 1, 0]]).to(dtype))


def test_hardmax_is_where_softmax_goes_as_the_temperature_falls():
    z = scores(6, 4)
    torch.testing.assert_close(book.softmax(z, 1, temperature=1e-3), book.hardmax(z, 1), atol=1e-12, rtol=0)


@pytest.mark.parametrize(
    ("labels", "n_classes"),
    [([0, 2, 1], -1), ([0, 2, 1], 5), (2, 4), (2, -1), ([[0, 1], [2, 0]], 3), ([], 3), ([[], []], 3)],
)
def test_one_hot_gives_what_pytorch_gives(labels, n_classes):
    labels = torch.tensor(labels, dtype=torch.int64)
    assert book.one_hot(labels, n_classes).equal(F.one_hot(labels, n_classes))
    assert book.one_hot(labels, n_classes).dtype == torch.int64


def test_no_function_writes_into_its_input():
    z = scores(3, 4)
    before = z.clone()
    for function in (book.softmax, book.log_softmax, book.logsumexp, book.hardmax):
        function(z, 1)
    assert z.equal(before)
