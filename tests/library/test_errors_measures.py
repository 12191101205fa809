"""Wrong use of intervals, the calibration gap and the standardizer is refused: wanted, got, remedy."""

import pytest
import torch

import softmax_book as book

P = torch.full((3, 4), 0.25)
Y = torch.tensor([0, 2, 1])
X = torch.arange(12.0).reshape(4, 3).square()
MEAN, STD = torch.zeros(3), torch.ones(3)
HUGE = torch.tensor([[1, 3e38, -3e38], [2, 2.9e38, 3e38]])
NAN, INF = float("nan"), float("inf")


def wrong(error, words, *arguments, **options):
    return error, words, arguments, options


WRONG = {
    "wilson_interval": [
        wrong(ValueError, "successes must be an int from 0 to n = 3; got 4. Pass the count", 4, 3),
        wrong(ValueError, "from 0 to n = 3; got -1", -1, 3),
        wrong(ValueError, "from 0 to n = 450; got 0.9667. Pass the count, not the share", 0.9667, 450),
        wrong(ValueError, "n must be a positive int; got 0", 0, 0),
        wrong(ValueError, "n must be a positive int; got 3.0", 0, 3.0),
        wrong(ValueError, "n must be a positive int; got True", 0, True),
        wrong(ValueError, "from 0 to n = 3; got True", True, 3),
        *(
            wrong(ValueError, "a fraction between 0 and 1; got … Pass 0.95 for 95 %", 1, 3, confidence=c)
            for c in (0, 1, 95, NAN, "0.95")
        ),
    ],
    "expected_calibration_error": [
        wrong(TypeError, "probs must be a torch.Tensor; got list", P.tolist(), Y),
        wrong(TypeError, "probs must have a floating-point dtype … got int64", P.long(), Y),
        wrong(ValueError, "probs must be (N, K) … got (4,). For one example pass probs[None, :]", P[0], Y[0]),
        wrong(ValueError, "at least one example; got (0, 4)", P[:0], Y[:0]),
        wrong(ValueError, "probs must sum to 1 … along dim 1; got 2.0 in shape (3, 4)", 2 * P, Y),
        wrong(ValueError, "probs must not be negative or NaN; got -0.25. Scores become", P - 0.5, Y),
        wrong(ValueError, "probs must be free of NaN", P * NAN, Y),
        wrong(ValueError, "labels must have shape (3,) for probs of shape (3, 4) … (2,)", P, Y[:2]),
        wrong(ValueError, "One-hot rows become labels by labels.argmax(1)", P, P),
        wrong(TypeError, "labels must be int64 or uint8; got float32", P, Y.float()),
        wrong(IndexError, "from 0 to 3 for 4 classes; got 4", P, Y + 2),
        wrong(ValueError, "n_bins must be a positive int; got 0", P, Y, n_bins=0),
        wrong(ValueError, "n_bins must be a positive int; got 1.5", P, Y, n_bins=1.5),
        wrong(ValueError, "n_bins must be a positive int; got True", P, Y, n_bins=True),
        *(
            wrong(ValueError, "n_bins must be at most 1,000,000; got 1", P, Y, n_bins=n)
            for n in (10**6 + 1, 10**30)
        ),
    ],
    "Standardizer": [
        wrong(TypeError, "mean must be a torch.Tensor; got float", 0.0, STD),
        wrong(TypeError, "std must have a floating-point dtype … got int64", MEAN, STD.long()),
        wrong(ValueError, "must both be (D,), … got (3,) and (2,). Take them with", MEAN, STD[:2]),
        wrong(ValueError, "got (1, 3) and (1, 3)", MEAN[None], STD[None]),
        wrong(ValueError, "got () and ()", MEAN[0], STD[0]),
        wrong(ValueError, "mean must be finite; got 3 NaN", MEAN * NAN, STD),
        wrong(ValueError, "std must be finite; got 3 NaN or infinite", MEAN, STD * INF),
        wrong(
            ValueError, "std must be positive; got 0.0 at feature 2. Drop", MEAN, torch.tensor([1.0, 2, 0])
        ),
        wrong(ValueError, "std must be positive; got -1.0 at feature 0", MEAN, -STD),
    ],
    "load_wine": [
        wrong(ValueError, "seed must be an int from 0 … got -1", seed=-1),
        wrong(ValueError, "got None", seed=None),
        wrong(ValueError, "got True", seed=True),
    ],
}


def test_wrong_use_is_refused_with_wanted_got_and_remedy(name, case, refuses):
    refuses(getattr(book, name), case)


@pytest.mark.parametrize(
    "case",
    [
        wrong(TypeError, "inputs must be a torch.Tensor; got list", X.tolist()),
        wrong(TypeError, "inputs must have a floating-point dtype … got int64", X.long()),
        wrong(ValueError, "inputs must be (N, D), a row per example; got (3,). Flatten images", X[0]),
        wrong(ValueError, "got (2, 2, 3)", X.reshape(2, 2, 3)),
        wrong(ValueError, "got (0, 3)", X[:0]),
        wrong(ValueError, "got (4, 0)", X[:, :0]),
        wrong(ValueError, "inputs must be finite; got 12 NaN", X * NAN),
        wrong(ValueError, "0 to N - 1 for inputs of shape (1, 3); got 1. Take more", X[:1]),
        wrong(ValueError, "correction must be an int from 0 … got -1", X, correction=-1),
        wrong(ValueError, "got 0.5", X, correction=0.5),
        wrong(ValueError, "got True", X, correction=True),
        wrong(ValueError, "finite in float32; got inf and … at feature 1, … 3e+38. … inputs.double()", HUGE),
        wrong(ValueError, "got 0.0 and inf at feature 0, whose largest entry is 3e+38. Bring", HUGE[:, 2:]),
        wrong(
            ValueError,
            "must vary among the examples, … got the same value in all rows of columns [0, 1], "
            "in inputs of shape (4, 3). Keep the others",
            X.where(torch.tensor([False, False, True]), 7.0),
        ),
        wrong(ValueError, "columns [0, 1, 2, 3, 4] and 3 more, in inputs of shape (4, 8)", torch.ones(4, 8)),
        wrong(ValueError, "std must be positive; got 0.0 at feature 0. … another unit", X.double() * 1e-200),
    ],
)
def test_a_training_set_without_usable_statistics_is_refused(case, refuses):
    refuses(book.Standardizer.of, case)


@pytest.mark.parametrize(
    "case",
    [
        wrong(TypeError, "inputs must be a torch.Tensor; got list", X.tolist()),
        wrong(TypeError, "inputs must have a floating-point dtype … got int64", X.long()),
        wrong(ValueError, "inputs must be (…, 3), a column per … got (4, 2). Pass the same", X[:, :2]),
        wrong(ValueError, "got ()", X[0, 0]),
    ],
)
def test_the_standardizer_refuses_inputs_with_other_features(case, refuses):
    refuses(book.Standardizer.of(X), case)
