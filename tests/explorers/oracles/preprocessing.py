"""What PyTorch says of a line through seven points: bends, and the way down by its own gradients."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from itertools import product

import torch
from torch import Tensor

from softmax_book import Standardizer

Case = tuple[str, list[object], object]
Feature = dict[str, float]

PLACES = torch.tensor([-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5], dtype=torch.float64)
TARGETS = 1 + PLACES
DATA = ((4.0, 2.0), (0.0, 10.0), (0.0, 0.3), (10.0, 0.5), (7.3, 3.1))
STEPS = 12


def cases() -> Iterator[Case]:
    features = set()
    for (offset, spread), centre, divide in product(DATA, (False, True), (False, True)):
        data = {"offset": offset, "spread": spread}
        feature = prepared(data, centre=centre, divide=divide)
        yield "prepare", [data, {"centre": centre, "divide": divide}], feature
        features.add(tuple(feature.items()))
    for items in sorted(features):
        yield from descents(dict(items))


def descents(feature: Feature) -> Iterator[Case]:
    shape = bowl(feature)
    yield "bowl", [feature], shape
    yield "points", [feature], torch.stack([rows(feature)[:, 0], TARGETS], dim=1).tolist()
    for share in (0.05, 0.5, 1.0, 1.3):
        weights, losses = descend(feature, share, STEPS)
        yield "kept", [shape, share], kept(feature, share)
        yield "path", [shape, share, STEPS], weights
        for step in (0, 1, STEPS):
            yield "loss", [shape, share, step], losses[step]
        yield "stepsNeeded", [shape, share], steps_needed(feature, share)


def rows(feature: Feature) -> Tensor:
    """The design matrix: the feature, and a column of ones for the bias."""
    x = feature["offset"] + feature["spread"] * PLACES
    return torch.stack([x, torch.ones_like(x)], dim=1)


def prepared(data: Feature, *, centre: bool, divide: bool) -> Feature:
    column = rows(data)[:, :1]
    full = Standardizer.of(column, correction=0)
    mean = full.mean if centre else torch.zeros_like(full.mean)
    after = Standardizer(mean, full.std if divide else torch.ones_like(full.std))(column)
    measured = after.mean().item(), after.std(correction=0).item()
    offset, spread = (round(value, 14) + 0.0 for value in measured)  # what is meant to be 0 is 0
    return {"offset": offset, "spread": spread}


def hessian(feature: Feature) -> Tensor:
    x = rows(feature)

    def loss(weights: Tensor) -> Tensor:
        return ((x @ weights - TARGETS) ** 2).mean() / 2

    return torch.autograd.functional.hessian(loss, torch.zeros(2, dtype=torch.float64))


def bowl(feature: Feature) -> dict[str, object]:
    x = rows(feature)
    _, singular, directions = torch.linalg.svd(x / len(x) ** 0.5)
    bends = singular**2  # of XᵀX / N, more exactly than from its eigenvalues
    assert torch.allclose(bends, torch.linalg.eigvalsh(hessian(feature)).flip(0), rtol=1e-9, atol=1e-9)
    is_round = bends[0] < bends[1] * (1 + 1e-9)  # then all directions are equal, and the axes will do
    across, up = [1.0, 0.0] if is_round else directions[0].abs().tolist()
    return {
        "bends": bends.tolist(),
        "directions": [[across, up], [-up, across]],
        "bottom": torch.linalg.lstsq(x, TARGETS[:, None]).solution[:, 0].tolist(),
        "condition": (torch.linalg.cond(x) ** 2).item(),
    }


def rate(feature: Feature, share: float) -> float:
    return share * 2 / torch.linalg.svdvals(rows(feature))[0].item() ** 2 * len(PLACES)


def kept(feature: Feature, share: float) -> list[float]:
    singular = torch.linalg.svdvals(rows(feature)) / len(PLACES) ** 0.5
    return (1 - rate(feature, share) * singular**2).tolist()


def descend(feature: Feature, share: float, steps: int) -> tuple[list[list[float]], list[float]]:
    """Weight and bias, and the loss, after 0, 1, … steps of torch.optim.SGD."""
    x, weights = rows(feature), torch.zeros(2, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([weights], lr=rate(feature, share))
    path, losses = [], []
    for _ in range(steps + 1):
        loss = ((x @ weights - TARGETS) ** 2).mean() / 2
        path.append(weights.tolist())
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return path, losses


def steps_needed(feature: Feature, share: float) -> int | None:
    """The first step at which powers of the step's matrix have brought the loss to a thousandth."""
    if share >= 1:
        return None
    bends = hessian(feature)
    step = torch.eye(2, dtype=torch.float64) - rate(feature, share) * bends
    error = -torch.linalg.solve(bends, rows(feature).T @ TARGETS / len(TARGETS))

    def is_down(steps: int) -> bool:
        rest = torch.linalg.matrix_power(step, steps) @ error
        return bool(rest @ bends @ rest <= 1e-3 * (error @ bends @ error))

    last = next(2**k for k in range(40) if is_down(2**k))
    return bisect.bisect_left(range(last + 1), True, key=is_down)
