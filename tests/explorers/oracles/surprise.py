"""What PyTorch says of a world P and a belief Q, and of the places where Q has a given price."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, log, pi

import torch
import torch.nn.functional as F
from torch import Tensor

from softmax_book import cross_entropy_between, entropy, kl_divergence

Case = tuple[str, list[object], object]
CORNERS = torch.tensor([[0, 0], [1, 0], [0.5, 0.75**0.5]], dtype=torch.float64)
THIRD = 1 / 3
WORLDS = [[0.1, 0.2, 0.7], [THIRD, THIRD, THIRD], [0.98, 0.01, 0.01], [0.0, 0.3, 0.7]]
BELIEFS = [*WORLDS, [0.2, 0.2, 0.6], [0.7, 0.2, 0.1], [0.0, 0.0, 1.0]]


def cases() -> Iterator[Case]:
    for world in WORLDS:
        for belief in BELIEFS:
            for unit in ("nats", "bits"):
                yield "read", [world, belief, unit], read(tensor(world), tensor(belief), unit)
        for level in (0.05, 1.0):
            yield "ring", [world, level, 8], ring(tensor(world), level, 8)
    for belief in BELIEFS:
        for k in range(3):
            for share in (0.0, 0.25, 1.0):
                yield "withShare", [belief, k, share], with_share(tensor(belief), k, share).tolist()
        yield "sharesAt", [(tensor(belief) @ CORNERS).tolist()], belief
    for place in ([0.5, -0.3], [-1.0, 0.4], [0.9, 0.8], [0.4, 2.0]):
        yield "sharesAt", [place], shares_at(place)


def tensor(values: list[float]) -> Tensor:
    return torch.tensor(values, dtype=torch.float64)


def read(p: Tensor, q: Tensor, unit: str) -> dict[str, object]:
    measured = {
        "entropy": entropy(p),
        "divergence": kl_divergence(p, q),
        "crossEntropy": cross_entropy_between(p, q),
        "reverse": kl_divergence(q, p),
    }
    size = {"nats": 1, "bits": log(2)}[unit]
    return {name: value.item() / size if value < inf else "Infinity" for name, value in measured.items()}


def with_share(q: Tensor, k: int, share: float) -> Tensor:
    """Given that it is not k, the outcome is drawn as before."""
    others = torch.ones(3, dtype=torch.float64)
    others[k] = 0
    kept = q * others if (q * others).sum() > 0 else others
    return share * (1 - others) + (1 - share) * F.normalize(kept, p=1, dim=0)


def shares_at(place: list[float]) -> list[float]:
    """Barycentric coordinates: weights of the corners that sum to 1 and meet at the place."""
    system = torch.cat([CORNERS.T, torch.ones(1, 3, dtype=torch.float64)])
    weights = torch.linalg.solve(system, tensor([*place, 1.0]))
    return F.normalize(weights.clamp(min=0), p=1, dim=0).tolist()


def ring(p: Tensor, level: float, directions: int) -> list[list[float]]:
    angles = torch.arange(directions, dtype=torch.float64) * 2 * pi / directions
    steps = torch.stack([angles.cos(), angles.sin()], dim=1)
    ways = steps @ torch.linalg.pinv(CORNERS - CORNERS.mean(dim=0))  # they sum to 0
    reach = torch.where(ways < 0, -p / ways, inf).min(dim=1).values
    near, far = torch.zeros_like(reach), reach
    for _ in range(60):
        middle = (near + far) / 2
        beliefs = p + middle[:, None] * ways
        inside = F.kl_div(beliefs.log(), p.expand_as(beliefs), reduction="none").sum(dim=1) < level
        near, far = torch.where(inside, middle, near), torch.where(inside, far, middle)
    return ((p + near[:, None] * ways) @ CORNERS).tolist()
