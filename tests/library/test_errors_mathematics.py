"""Wrong use of probabilities, surprise and losses is refused: wanted, got, remedy."""

import torch

import softmax_book as book

Z = torch.ones(3, 5)
Y = torch.tensor([0, 2, 1])
P = torch.full((3, 4), 0.25)
NAN, INF = float("nan"), float("inf")


def wrong(error, words, *arguments, **options):
    return error, words, arguments, options


SCORES_AND_DIM = [
    wrong(TypeError, "input must be a torch.Tensor; got list. Pass torch.tensor(...)", Z.tolist(), 1),
    wrong(IndexError, "from -2 to 1 for input of shape (3, 5); got 2. The last dimension is dim=-1", Z, 2),
    wrong(IndexError, "from -2 to 1 … got -3", Z, -3),
    wrong(IndexError, "from -1 to 0 for input of shape ()", Z.sum(), 1),
    wrong(TypeError, "dim must be an int; got 1.0", Z, 1.0),
    wrong(TypeError, "dim must be an int; got None", Z, None),
    wrong(TypeError, "got complex64 of shape (3, 5)", Z + 1j, 1),
]
SOFTMAX = [
    *SCORES_AND_DIM,
    wrong(
        TypeError, "floating-point dtype … got int64 of shape (3, 5). Convert it: input.float()", Z.long(), 1
    ),
    wrong(TypeError, "dtype must be a floating-point … got int64. Leave it out", Z, 1, dtype=torch.int64),
    *(
        wrong(ValueError, "temperature must be a positive finite number … use hardmax", Z, 1, temperature=t)
        for t in (0, -1.0, NAN, INF, "1", torch.tensor(0.0))
    ),
    wrong(ValueError, "one number; got a tensor of shape (5,)", Z, 1, temperature=torch.ones(5)),
]
DISTRIBUTION = [
    (TypeError, "must have a floating-point dtype … got int64 of shape (3, 4)", P.long()),
    (ValueError, "must not be negative or NaN; got -0.25. Scores become probabilities by softmax", P - 0.5),
    (ValueError, "must not be negative or NaN; got nan", P * NAN),
    (ValueError, "must sum to 1 within … (float32) along dim -1; got 2.0 in shape (3, 4). Check dim", 2 * P),
]
TWO_DISTRIBUTIONS = [
    *(wrong(error, f"p {words}", p, P) for error, words, p in DISTRIBUTION),
    *(wrong(error, f"q {words}", P, q) for error, words, q in DISTRIBUTION),
    wrong(ValueError, "shapes that broadcast; got (3, 4) and (3, 3). Give both the same", P, P[:, :3]),
    wrong(ValueError, "q must sum to 1 … got 4.0", P, torch.ones(1)),
    wrong(IndexError, "got 2", P, P, 2),
]
LABELS = [
    wrong(TypeError, "input must have a floating-point dtype … got int64", Z.long(), Y),
    wrong(ValueError, "(N, K), … or (K,) with K at least 1; got ()", torch.tensor(1.0), Y),
    wrong(ValueError, "got (3, 0). Give each example one score per class", torch.ones(3, 0), Y),
    wrong(TypeError, "target must be a torch.Tensor; got list", Z, Y.tolist()),
    wrong(TypeError, "int64 or uint8; got int32 of shape (3,). Convert them: target.long()", Z, Y.int()),
    wrong(TypeError, "got bool", Z, Y.bool()),
    wrong(IndexError, "from 0 to 4 for 5 classes; got 5. Labels that count from 1 need labels - 1", Z, Y + 3),
    wrong(IndexError, "from 0 to 4 for 5 classes; got -1", Z, Y - 1),
    wrong(
        ValueError,
        "(3,) for input of shape (3, 5) (classes in dim 1); got int64 of shape (2,)",
        Z,
        Y[:2],
    ),
    wrong(ValueError, "got int64 of shape (3, 1). Pass target.reshape(3,)", Z, Y[:, None]),
    wrong(ValueError, "() for input of shape (5,) (classes in dim 0) … target.squeeze()", Z[0], Y[:1, None]),
    wrong(ValueError, "One-hot rows become labels by target.argmax(1); … target.float()", Z, Z.long()),
    wrong(ValueError, "come last, pass input.movedim(-1, 1)", torch.ones(2, 3, 5), torch.ones(2, 3).long()),
]
WEIGHTS = [
    wrong(TypeError, "weight must be a torch.Tensor; got list", Z, Y, [1.0] * 5),
    wrong(ValueError, "weight must be (5,), … got (3,). Weights of single examples", Z, Y, torch.ones(3)),
    wrong(TypeError, "input's dtype, float32; got float64. Convert it", Z, Y, torch.ones(5).double()),
    wrong(TypeError, "ignore_index must be an int … got 'a'", Z, Y, ignore_index="a"),
    wrong(ValueError, "'mean', 'sum' or 'none'; got 'avg'", Z, Y, reduction="avg"),
]

WRONG = {
    "logsumexp": [
        *SCORES_AND_DIM,
        wrong(ValueError, "at least one dimension; got ()", Z, ()),
        wrong(ValueError, "name each dimension once; got (0, -2) for input of shape (3, 5)", Z, (0, -2)),
        wrong(IndexError, "got 2", Z, (0, 2)),
        wrong(ValueError, "at least one dimension; got []", Z, []),
        wrong(ValueError, "name each dimension once; got [1, 1] for input of shape (3, 5)", Z, [1, 1]),
        wrong(TypeError, "dim must be an int; got range(0, 2)", Z, range(2)),
        wrong(TypeError, "dim must be an int; got True", Z, [True]),
    ],
    "softmax": SOFTMAX,
    "log_softmax": SOFTMAX,
    "hardmax": [
        *SCORES_AND_DIM,
        wrong(TypeError, "must hold numbers; got bool. Convert it: input.int()", Z.bool(), 1),
        wrong(ValueError, "must have a score to choose; got shape (3, 0)", Z[:, :0], 1),
        wrong(ValueError, "free of NaN, which has no order; got NaN. Find where", Z * NAN, 1),
    ],
    "one_hot": [
        wrong(TypeError, "must be a torch.Tensor; got list", Y.tolist()),
        wrong(TypeError, "must be int64; got int32. Convert it: tensor.long()", Y.int()),
        wrong(IndexError, "from 0 to 1 for 2 classes; got 2", Y, 2),
        wrong(IndexError, "0 or more; got -1", Y - 1),
        wrong(ValueError, "positive, or -1 to infer it; got 0", Y, 0),
        wrong(ValueError, "got -2", Y, -2),
        wrong(ValueError, "got 3.0", Y, 3.0),
        wrong(ValueError, "cannot be inferred from no labels; … Pass num_classes", Y[:0]),
    ],
    "entropy": [
        *(wrong(error, f"probs {words}", p) for error, words, p in DISTRIBUTION),
        wrong(ValueError, "must sum to 1 … got 0.0 in shape (2, 0)", torch.ones(2, 0)),
        wrong(IndexError, "from -2 to 1 for probs of shape (3, 4); got 2", P, 2),
        wrong(ValueError, "along dim 0; got 0.75", P, 0),
    ],
    "cross_entropy_between": TWO_DISTRIBUTIONS,
    "kl_divergence": TWO_DISTRIBUTIONS,
    "nll_loss": [
        *LABELS,
        *WEIGHTS,
        wrong(ValueError, "labels must have shape (3,)", Z, Z),
        wrong(TypeError, "labels must be int64 or uint8; got float32", Z, Y.float()),
    ],
    "cross_entropy": [
        *LABELS,
        *WEIGHTS,
        wrong(ValueError, "got float32 of shape (3,). For labels pass target.long()", Z, Y.float()),
        *(
            wrong(ValueError, "from 0 to 1; got … 0 turns it off", Z, Y, label_smoothing=s)
            for s in (-0.1, 1.1, NAN, "a", None)
        ),
        wrong(TypeError, "ignore_index must be an int … got None", Z, Z, ignore_index=None),
        wrong(ValueError, "ignore_index works on labels only; got 1", Z, Z, ignore_index=1),
        wrong(ValueError, "got 'avg'", Z, Z, reduction="avg"),
        wrong(ValueError, "weight must be (5,)", Z, Z, torch.ones(4)),
        wrong(TypeError, "input must have a floating-point dtype", Z.long(), Z),
    ],
    "cross_entropy_gradient": [
        *LABELS,
        wrong(ValueError, "target must sum to 1 … got 5.0", Z, Z),
        wrong(ValueError, "input's shape (3, 5); got float32 of shape (3, 4)", Z, P),
        wrong(IndexError, "got -100", Z, Y - 100),
    ],
}


def test_wrong_use_is_refused_with_wanted_got_and_remedy(name, case, refuses):
    refuses(getattr(book, name), case)


def test_every_function_of_these_modules_is_tried():
    modules = ("probabilities", "surprise", "losses")
    assert set(WRONG) == {name for name, module in book._HOME.items() if module in modules}
