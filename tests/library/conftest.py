"""One example of everything a loss takes, and the test that wrong use is refused."""

import re

import pytest
import torch


def draw(seed):
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def example():
    """A function of (shape, dtype): scores, labels, target probabilities, class weights."""

    def make(shape, dtype=torch.float64):
        dim = min(len(shape) - 1, 1)
        z = 3 * torch.randn(shape, generator=draw(0), dtype=torch.float64)
        y = torch.randint(shape[dim], shape[:dim] + shape[dim + 1 :], generator=draw(1))
        t = torch.randn(shape, generator=draw(2), dtype=torch.float64).softmax(dim)
        w = 0.1 + torch.rand(shape[dim], generator=draw(3), dtype=torch.float64)
        return z.to(dtype), y, t.to(dtype), w.to(dtype)

    return make


def pytest_generate_tests(metafunc):
    """A test of (name, case) is run on every case of its module's WRONG: name of a function → cases."""
    if {"name", "case"} <= set(metafunc.fixturenames):
        cases = [(name, case) for name, cases in metafunc.module.WRONG.items() for case in cases]
        metafunc.parametrize(("name", "case"), cases, ids=[name for name, _ in cases])


@pytest.fixture
def refuses():
    """A function of (function, case): it must refuse in these words, in order; ' … ' skips some."""

    def check(function, case):
        error, words, arguments, options = case
        pattern = ".*".join(re.escape(part) for part in words.split(" … "))
        with pytest.raises(error, match=pattern) as refusal:
            function(*arguments, **options)
        wanted, got = str(refusal.value).split("; got ", maxsplit=1)
        assert wanted
        assert ". " in got, "no remedy after what came"

    return check
