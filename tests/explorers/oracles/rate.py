"""What PyTorch says of gradient descent on the source's two sets of eight, with and without its two bugs."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

Case = tuple[str, list[object], object]
Bugs = dict[str, bool]

SETS = Path(__file__).parents[3] / "docs" / "explorers" / "rate" / "sets.mjs"
BUGS = [{"twice": twice, "shared": shared} for twice in (False, True) for shared in (False, True)]
# Above the promised rate a run multiplies its roundings, so there few steps are compared.
STEPS = {1e-10: 3, 0.1: 20, 1.0: 3, 1e5: 5}


def cases() -> Iterator[Case]:
    for position in range(-200, 101):
        yield "rateAt", [position / 20], float(f"{10 ** (position / 20):.1e}")
    sets = SETS.read_text(encoding="utf-8").split("SETS = ")[1].rstrip(";\n")
    for training in json.loads(sets).values():
        yield from cases_of(training)


def cases_of(training: dict[str, list[object]]) -> Iterator[Case]:
    x = torch.tensor(training["inputs"], dtype=torch.float64)
    y = torch.tensor(training["labels"])
    drawn = torch.tensor(training["drawn"]).double()  # float32 numbers, as PyTorch drew them
    for bugs in BUGS:
        zero, weights = begin(drawn, True, bugs), begin(drawn, False, bugs)
        yield "promised", [training, bugs], promised(x, bugs)
        yield "begin", [training, True, bugs], zero.tolist()
        yield "begin", [training, False, bugs], weights.tolist()
        yield "descend", [training, zero.tolist(), bugs, 0.1, 20], descend(x, y, zero, bugs, 0.1, 20)
        seen, gradient = read(x, y, weights, bugs)
        yield "read", [training, weights.tolist(), bugs], seen
        yield "stepped", [weights.tolist(), gradient.tolist(), 0.1], (weights - 0.1 * gradient).tolist()
        for rate, steps in STEPS.items():
            given = [training, weights.tolist(), gradient.tolist(), bugs, rate]
            yield "ahead", given, ahead(x, y, weights, gradient, bugs, rate)
            path = descend(x, y, weights, bugs, rate, steps)
            yield "descend", [training, weights.tolist(), bugs, rate, steps], path
    for seed in range(4):
        weights = torch.randn(drawn.shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
        yield "picture", [training, weights.tolist()], picture(x, weights)
    yield "picture", [training, torch.zeros_like(drawn).tolist()], picture(x, torch.zeros_like(drawn))


def descend(x: Tensor, y: Tensor, weights: Tensor, bugs: Bugs, rate: float, steps: int) -> dict[str, object]:
    _, gradient = read(x, y, weights, bugs)
    path = []
    for _ in range(steps):
        weights = weights - rate * gradient
        seen, gradient = read(x, y, weights, bugs)
        path.append([seen["reported"], seen["trueLoss"]])
    return {"weights": weights.tolist(), "path": path}


def begin(drawn: Tensor, from_zero: bool, bugs: Bugs) -> Tensor:
    linear = torch.nn.Linear(len(drawn) - 1, 3, bias=not bugs["shared"], dtype=torch.float64)
    linear.weight.data = drawn[:-1].T.clone()
    bias = torch.zeros(3, dtype=torch.float64) if bugs["shared"] else drawn[-1]
    weights = torch.cat([linear.weight.detach().T, bias[None]])
    return torch.zeros_like(drawn) if from_zero else weights


def read(x: Tensor, y: Tensor, weights: Tensor, bugs: Bugs) -> tuple[dict[str, object], Tensor]:
    """What autograd gives, with a bias of one entry where it is shared; and the gradient to go on with.

    That of a shared bias is 0 but for rounding, and steps in exact zeros is what the explorer does.
    """
    table = weights[:-1].clone().requires_grad_()
    bias = weights[-1, : 1 if bugs["shared"] else 3].clone().requires_grad_()
    scores = x[:, :-1] @ table + bias
    reported = loss(scores, y, bugs)
    slopes = torch.autograd.grad(reported, (table, bias))
    gradient = torch.cat([slopes[0], slopes[1].expand(1, 3)])
    seen = {
        "reported": reported.item(),
        "trueLoss": F.cross_entropy(scores, y).item(),
        "isRight": (scores.argmax(dim=1) == y).tolist(),
        "gradient": gradient.tolist(),
        "steepest": gradient.abs().max().item(),
        "parameters": table.numel() + bias.numel(),
    }
    return seen, torch.cat([slopes[0], 0 * gradient[-1:]]) if bugs["shared"] else gradient


def loss(scores: Tensor, y: Tensor, bugs: Bugs) -> Tensor:
    return F.cross_entropy(scores.softmax(dim=1) if bugs["twice"] else scores, y)


def ahead(
    x: Tensor, y: Tensor, weights: Tensor, gradient: Tensor, bugs: Bugs, rate: float
) -> dict[str, object]:
    narrow = weights.float()
    moved = (narrow.double() - rate * gradient).float() != narrow
    return {"reported": loss(x @ (weights - rate * gradient), y, bugs).item(), "moved": int(moved.sum())}


def promised(x: Tensor, bugs: Bugs) -> float:
    rows = x[:, :-1] if bugs["shared"] else x
    return 4 / torch.linalg.eigvalsh(rows.T @ rows / len(rows))[-1].item()


def picture(x: Tensor, weights: Tensor) -> dict[str, object]:
    if x.shape[1] == 4:
        return {"regions": [region(weights, k) for k in range(3)], "places": (x[:, 1:3] / 8).tolist()}
    corners = torch.tensor([[0, 0], [1, 0], [0.5, 0.75**0.5]], dtype=torch.float64)
    one = torch.eye(3, dtype=torch.float64)
    centre = torch.full((3,), 1 / 3, dtype=torch.float64)
    kites = [
        torch.stack([one[k], (one[k] + one[(k + 1) % 3]) / 2, centre, (one[k] + one[(k + 2) % 3]) / 2])
        @ corners
        for k in range(3)
    ]
    return {
        "regions": [kite.tolist() for kite in kites],
        "places": ((x @ weights).softmax(dim=1) @ corners).tolist(),
    }


def region(weights: Tensor, k: int) -> list[list[float]]:
    """Where class k leads in the unit square: where two of six lines meet and no line is broken.

    They go round against the clock and begin with the first on the rim, seen from (0, 0).
    """
    if not weights.any():
        return [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]] if k == 0 else []
    rim = [[0.0, 1, 0], [1, -1, 0], [0, 0, 1], [1, 0, -1]]  # each at least 0: constant, across, up
    borders = []
    for j in range(3):
        if j != k:
            lead = weights[:, k] - weights[:, j]
            borders.append([lead[0] + lead[3], 8 * lead[1], 8 * lead[2]])
    lines = torch.tensor([*rim, *borders], dtype=torch.float64)
    corners = []
    for pair in itertools.combinations(lines, 2):
        both = torch.stack(pair)
        if both[:, 1:].det().abs() > 1e-9:
            corner = torch.linalg.solve(both[:, 1:], -both[:, 0])
            if bool((lines[:, 0] + lines[:, 1:] @ corner > -1e-9).all()):
                corners.append(corner)
    if not corners:
        return []
    middle = torch.stack(corners).mean(dim=0)
    corners.sort(key=lambda corner: torch.atan2(*(corner - middle).flip(0)).item())
    first = min(range(len(corners)), key=lambda i: along_rim(corners[i]))
    return [corner.tolist() for corner in corners[first:] + corners[:first]]


def along_rim(corner: Tensor) -> float:
    across, up = corner.tolist()
    if abs(up) < 1e-9:
        return across
    if abs(across - 1) < 1e-9:
        return 1 + up
    if abs(up - 1) < 1e-9:
        return 3 - across
    return 4 - up if abs(across) < 1e-9 else 5
