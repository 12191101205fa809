"""Wrong use of the classifier, fit, accuracy and the data sets is refused: wanted, got, remedy."""

import pytest
import torch
from torch import nn

import softmax_book as book

X = torch.ones(8, 4)
LABELS = torch.zeros(8, dtype=torch.int64)
MODEL = nn.Linear(4, 3)
Z = torch.ones(3, 5)
Y = torch.tensor([0, 2, 1])
EVEN = torch.full((3, 3), 1 / 3)
DRAW = torch.Generator()
NAN, INF = float("nan"), float("inf")


def wrong(error, words, *arguments, **options):
    return error, words, arguments, options


def wrong_fit(error, words, **options):
    return wrong(error, words, **{"model": MODEL, "inputs": X, "labels": LABELS, "epochs": 1} | options)


def wrong_throws(error, words, **options):
    return wrong(error, words, **{"n": 1, "transition": EVEN, "generator": DRAW} | options)


WRONG = {
    "SoftmaxClassifier": [
        wrong(ValueError, "in_features must be a positive int; got 0", 0, 3),
        wrong(ValueError, "n_classes must be a positive int; got 3.0", 4, 3.0),
        wrong(ValueError, "n_classes must be a positive int; got True", 4, True),
    ],
    "fit": [
        wrong_fit(TypeError, "must be a torch.nn.Module; got function", model=lambda x: x),
        wrong_fit(TypeError, "inputs must be a torch.Tensor; got list", inputs=X.tolist()),
        wrong_fit(TypeError, "labels must be a torch.Tensor; got list", labels=LABELS.tolist()),
        wrong_fit(ValueError, "at least one example … got shapes (0, 4) and (8,)", inputs=X[:0]),
        wrong_fit(ValueError, "at least one example … got shapes () and (8,)", inputs=X.sum()),
        wrong_fit(ValueError, "same length; got 8 and 5 (shapes (8, 4) and (5,))", labels=LABELS[:5]),
        wrong_fit(ValueError, "got 4 NaN … first in row 2. Drop", inputs=X.where(X.cumsum(0) != 3, NAN)),
        wrong_fit(ValueError, "inputs must be finite; got 32 NaN or inf … shape (8, 4)", inputs=X / 0),
        wrong_fit(ValueError, "labels must be finite", labels=LABELS / 0),
        wrong_fit(ValueError, "epochs must be a positive int; got 0", epochs=0),
        wrong_fit(ValueError, "epochs must be a positive int; got 1.5", epochs=1.5),
        *(wrong_fit(ValueError, "lr must be a positive finite", lr=lr) for lr in (0, -1, NAN, INF, "1")),
        wrong_fit(ValueError, "batch_size must be a positive int; got 0", batch_size=0, generator=DRAW),
        wrong_fit(TypeError, "got None. Pass generator=torch.Generator().manual_seed(0)", batch_size=2),
        wrong_fit(ValueError, "a tensor of shape (); got (8, 3). Take its mean", loss=lambda z, y: z),
        wrong_fit(TypeError, "loss must be a torch.Tensor; got float", loss=lambda z, y: 1.0),
        wrong_fit(FloatingPointError, "after 0 updates. Lower lr", loss=lambda z, y: z.sum() * INF),
    ],
    "accuracy": [
        wrong(TypeError, "scores must have a floating-point dtype … got int64", Z.long(), Y),
        wrong(ValueError, "(N, K) … got (5,). For one example pass scores[None, :]", Z[0], Y[0]),
        wrong(ValueError, "at least one example; got (0, 5)", Z[:0], Y[:0]),
        wrong(ValueError, "labels must have shape (3,) for scores of shape (3, 5)", Z, Y[:2]),
        wrong(IndexError, "from 0 to 4 for 5 classes; got 5", Z, Y + 3),
        wrong(TypeError, "labels must be int64 or uint8; got float32 … labels.long()", Z, Y.float()),
        wrong(ValueError, "scores must be free of NaN", Z * NAN, Y),
    ],
    "make_throws": [
        wrong_throws(ValueError, "n must be a number of throws, 0 or more; got -1", n=-1),
        wrong_throws(ValueError, "got 1.5", n=1.5),
        wrong_throws(ValueError, "got True", n=True),
        wrong_throws(ValueError, "must be (3, 3), … got (3,). … row.expand(3, 3)", transition=EVEN[0]),
        wrong_throws(TypeError, "transition must have a floating-point dtype", transition=EVEN.long()),
        wrong_throws(ValueError, "transition must sum to 1 … along dim 1; got 2", transition=2 * EVEN),
        wrong_throws(IndexError, "0 (scissors), 1 (rock) or 2 (paper); got 3", start=3),
        wrong_throws(TypeError, "a torch.Generator; got int. Pass torch.Generator()", generator=7),
    ],
    "load_digits": [
        wrong(ValueError, "seed must be an int from 0 … got -1", seed=-1),
        wrong(ValueError, "got None", seed=None),
        wrong(ValueError, "got True", seed=True),
    ],
}


def test_wrong_use_is_refused_with_wanted_got_and_remedy(name, case, refuses):
    refuses(getattr(book, name), case)


@pytest.mark.parametrize("method", ["forward", "predict_probs", "predict"])
@pytest.mark.parametrize(
    "case",
    [
        wrong(ValueError, "x must be (N, 4), … got (2, 3). Reshape it", torch.ones(2, 3)),
        wrong(ValueError, "got ()", torch.tensor(1.0)),
        wrong(TypeError, "weights' dtype, float32; got float64. Convert one", torch.ones(2, 4).double()),
        wrong(TypeError, "x must be a torch.Tensor; got list", [[1.0] * 4]),
    ],
)
def test_the_classifier_refuses_examples_of_another_kind(method, case, refuses):
    refuses(getattr(book.SoftmaxClassifier(4, 3), method), case)


def test_a_refused_run_leaves_the_parameters_alone():
    before = MODEL.weight.detach().clone()
    with pytest.raises(FloatingPointError):
        book.fit(MODEL, X, LABELS, epochs=1, loss=lambda z, y: z.sum() * NAN)
    assert MODEL.weight.equal(before)
