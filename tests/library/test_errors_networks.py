"""Wrong use of networks, stacks, penalties and early stopping is refused: wanted, got, remedy."""

import pytest
import torch
from torch import nn

import softmax_book as book

MODEL = nn.Linear(4, 3)
W = torch.ones(2, 3)
Z = torch.ones(2, 3, 5)
Y = torch.tensor([0, 2, 1])
NAN, INF = float("nan"), float("inf")
C = torch.tensor(0.4 + 1j)


def wrong(error, words, *arguments, **options):
    return error, words, arguments, options


STACK = [
    wrong(TypeError, "scores must be a torch.Tensor; got list", Z.tolist(), Y),
    wrong(TypeError, "scores must have a floating-point dtype … got int64", Z.long(), Y),
    wrong(ValueError, "(S, N, K) … got (3, 5). For one model pass scores[None]", Z[0], Y),
    wrong(ValueError, "at least one example; got (2, 0, 5)", Z[:, :0], Y[:0]),
    wrong(TypeError, "labels must be a torch.Tensor; got list", Z, Y.tolist()),
    wrong(
        ValueError,
        "labels must have shape (3,) or (2, 3) for scores of shape (2, 3, 5); got int64 … (2,)",
        Z,
        Y[:2],
    ),
    wrong(ValueError, "got int64 of shape (1, 3). Give each example one label", Z, Y[None]),
    wrong(ValueError, "got float32 of shape (2, 3, 5)", Z, Z),
    wrong(TypeError, "labels must be int64 or uint8; got float32 of shape (3,). Convert", Z, Y.float()),
    wrong(IndexError, "from 0 to 4 for 5 classes; got 5", Z, Y + 3),
    wrong(IndexError, "from 0 to 4 for 5 classes; got -1", Z, Y - 1),
]
WRONG = {
    "EarlyStopping": [
        wrong(ValueError, "patience must be a positive int; got 0", 0),
        wrong(ValueError, "patience must be a positive int; got 1.5", 1.5),
        wrong(ValueError, "patience must be a positive int; got True", True),
    ],
    "l2_penalty": [
        wrong(TypeError, "parameters must be tensors; got Linear. Pass model.parameters()", MODEL, 0.1),
        wrong(TypeError, "parameters must be tensors; got Sequential", nn.Sequential(MODEL), 0.1),
        wrong(TypeError, "parameters must be tensors; got int", 3, 0.1),
        wrong(TypeError, "parameters[0] must be a torch.Tensor; got tuple", MODEL.named_parameters(), 0.1),
        wrong(TypeError, "parameters[1] must have a floating-point … got int64", [W, W.long()], 0.1),
        wrong(ValueError, "at least one tensor; got none. model.parameters() is empty after one", [], 0.1),
        *(
            wrong(ValueError, "weight_decay must be a finite number, 0 or more; got", [W], decay)
            for decay in (-0.1, NAN, INF, "0.1", W)
        ),
    ],
    "StackedLinear": [
        wrong(ValueError, "n_models must be a positive int; got 0", 0, 4, 3),
        wrong(ValueError, "in_features must be a positive int; got 4.0", 2, 4.0, 3),
        wrong(ValueError, "out_features must be a positive int; got -3", 2, 4, -3),
    ],
    "StackedBatchNorm": [
        wrong(ValueError, "n_models must be a positive int; got None", None, 4),
        wrong(ValueError, "features must be a positive int; got 0", 2, 0),
    ],
    "stacked_cross_entropy": STACK,
    "stacked_accuracy": [
        *STACK,
        wrong(
            ValueError,
            "free of NaN, which has no order; got NaN from 1 of 2 models, the first is 1. Find",
            torch.stack([Z[0], Z[0] * NAN]),
            Y,
        ),
    ],
    "make_mlp": [
        wrong(ValueError, "in_features must be a positive int; got 0", 0, 3),
        wrong(ValueError, "n_classes must be a positive int; got None", 4, None),
        wrong(TypeError, "a tuple of sizes, one per hidden layer; got 64. … hidden=(64,)", 4, 3, hidden=64),
        wrong(ValueError, "hidden[1] must be a positive int; got 0", 4, 3, hidden=(8, 0)),
        *(
            wrong(ValueError, "a probability below 1; got … 0 turns it off", 4, 3, dropout=p)
            for p in (-0.1, 1, 50, NAN, "0.5", None)
        ),
        wrong(ValueError, "n_models must be a positive int; got 0", 4, 3, n_models=0),
    ],
    "make_cnn": [wrong(ValueError, "n_classes must be a positive int; got 0", 0)],
    "count_parameters": [
        wrong(TypeError, "model must be a torch.nn.Module; got generator", MODEL.parameters())
    ],
}


def test_wrong_use_is_refused_with_wanted_got_and_remedy(name, case, refuses):
    refuses(getattr(book, name), case)


def test_a_generator_of_parameters_that_was_used_up_is_refused(refuses):
    parameters = MODEL.parameters()
    book.l2_penalty(parameters, 0.1)
    refuses(book.l2_penalty, wrong(ValueError, "got none", parameters, 0.1))


@pytest.mark.parametrize(
    "case",
    [
        wrong(TypeError, "x must be a torch.Tensor; got list", [[1.0] * 4]),
        wrong(ValueError, "x must be (N, 4), or (2, N, 4) … got (3, 5). Reshape", torch.ones(3, 5)),
        wrong(ValueError, "got (3, 6, 4)", torch.ones(3, 6, 4)),
        wrong(ValueError, "got (4,)", torch.ones(4)),
        wrong(ValueError, "got ()", torch.tensor(1.0)),
        wrong(TypeError, "dtype, float32; got float64 of shape (3, 4). … x.to(", torch.ones(3, 4).double()),
    ],
)
def test_a_stack_of_layers_refuses_inputs_of_another_kind(case, refuses):
    refuses(book.StackedLinear(2, 4, 3), case)


@pytest.mark.parametrize(
    "case",
    [
        wrong(TypeError, "x must be a torch.Tensor; got list", [[1.0] * 4]),
        wrong(
            ValueError, "x must be (2, N, 4), the features of each model; got (3, 4). Pass", torch.ones(3, 4)
        ),
        wrong(ValueError, "got (3, 6, 4)", torch.ones(3, 6, 4)),
        wrong(ValueError, "at least 2 examples in train() mode … got (2, 1, 4). Take", torch.ones(2, 1, 4)),
        wrong(TypeError, "dtype, float32; got float64 of shape (2, 3, 4)", torch.ones(2, 3, 4).double()),
    ],
)
def test_a_stack_of_batch_norms_refuses_inputs_of_another_kind(case, refuses):
    refuses(book.StackedBatchNorm(2, 4), case)


@pytest.mark.parametrize(
    "case",
    [
        wrong(
            TypeError,
            "loss must be one number; got a float32 tensor of shape (3,). Pass its mean",
            Y / 3,
            MODEL,
        ),
        wrong(TypeError, "loss must be one number; got str", "0.5", MODEL),
        wrong(ValueError, "that can be compared; got nan. Lower the learning rate", NAN, MODEL),
        wrong(ValueError, "got nan", torch.tensor(NAN), MODEL),
        wrong(TypeError, "model must be a torch.nn.Module; got OrderedDict", 0.5, MODEL.state_dict()),
        wrong(TypeError, "loss must be one number; got a complex64 tensor of shape (). Pass", C, MODEL),
        wrong(TypeError, "loss must be one number; got complex", 0.4j, MODEL),
    ],
)
def test_a_refused_update_leaves_early_stopping_as_it_was(case, refuses):
    stopping = book.EarlyStopping(patience=1)
    stopping.update(0.5, MODEL)
    refuses(stopping.update, case)
    assert (stopping.best_loss, stopping.best_epoch) == (0.5, 0)
    assert stopping.update(0.4, MODEL) is False
    assert stopping.best_epoch == 1


@pytest.mark.parametrize(
    "case",
    [
        wrong(ValueError, "at least one update(loss, model) before it; got none. Call update", MODEL),
        wrong(TypeError, "model must be a torch.nn.Module; got dict", {}),
    ],
)
def test_there_is_nothing_to_restore_before_an_update(case, refuses):
    refuses(book.EarlyStopping(patience=1).restore, case)
