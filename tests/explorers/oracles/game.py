"""What PyTorch says of a game against Cheolsu, pair by pair, and of the model that learns from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor

from softmax_book import softmax

Case = tuple[str, list[object], object]
HIS = softmax(torch.tensor([[1, 2, 3], [0, 0, 0], [1, 0, 0]], dtype=torch.float64), dim=1)
BEATS = {(0, 2), (1, 0), (2, 1)}  # scissors cut paper, rock blunts scissors, paper wraps rock
UNSEEN = [[4, 0, 0], [0, 0, 0], [1, 2, 3]]


def cases() -> Iterator[Case]:
    for state in (0, 1, 2, 2**31, 2**32 - 1):
        number, after = mulberry32(state)
        yield "random", [state], {"number": number, "state": after}
    yield "begin", [1], Game(1).seen()
    yield "read", [Game(1).seen()], Game(1).reading()
    for seed, steps, rounds in ((1, 20, 30), (7, 1, 12)):
        game = Game(seed)
        for turn in range(rounds):
            before, yours = game.seen(), turn * turn % 3
            game.play(yours, steps)
            if turn < 4 or turn == rounds - 1:
                yield "play", [before, yours, steps], game.seen()
                yield "read", [game.seen()], game.reading()
    start = torch.tensor([[0.5, -1.0, 0.5], [0.0, 0.0, 0.0], [2.0, 0.1, -2.1]], dtype=torch.float64)
    yield "gradient", [start.tolist(), UNSEEN], gradient(start, pairs_of(UNSEEN)).tolist()
    for steps in (0, 1, 50):
        yield "learn", [start.tolist(), UNSEEN, steps], learned(start, pairs_of(UNSEEN), steps).tolist()
    for probs in ([1 / 3, 1 / 3, 1 / 3], [0.4, 0.25, 0.35], [0.0, 1.0, 0.0], [0.1, 0.2, 0.7]):
        yield "advice", [probs], advice(probs)


class Game:
    """Kept as the list of his throws, from which everything else is made anew."""

    def __init__(self, seed: int) -> None:
        self.state = seed
        self.throws = [0]
        self.score = [0, 0, 0]
        self.weights = torch.zeros(3, 3, dtype=torch.float64)

    def play(self, yours: int, steps: int) -> None:
        number, self.state = mulberry32(self.state)
        his = bisect_right(HIS[self.throws[-1]].cumsum(0)[:2].tolist(), number)
        self.score[0 if yours == his else 1 if (yours, his) in BEATS else 2] += 1
        self.throws.append(his)
        self.weights = learned(self.weights, self.pairs(), steps)

    def pairs(self) -> Tensor:
        throws = torch.tensor(self.throws)
        return torch.stack([throws[:-1], throws[1:]])

    def counts(self) -> Tensor:
        last, following = self.pairs()
        return torch.bincount(3 * last + following, minlength=9).reshape(3, 3)

    def seen(self) -> dict[str, object]:
        return {
            "state": self.state,
            "last": self.throws[-1],
            "counts": self.counts().tolist(),
            "W": self.weights.tolist(),
            "score": list(self.score),
        }

    def reading(self) -> dict[str, object]:
        counts, (last, following) = self.counts(), self.pairs()
        shares = counts.double() / counts.sum(dim=1, keepdim=True)  # NaN where nothing was seen
        learned = self.weights.softmax(dim=1)
        return {
            "shares": [[None] * 3 if row.isnan().any() else row.tolist() for row in shares],
            "learned": learned.tolist(),
            "his": HIS.tolist(),
            "entropy": -shares[last, following].log().mean().item() if len(last) else None,
            "loss": F.cross_entropy(self.weights[last], following).item() if len(last) else None,
            "apart": (shares - learned).abs().nan_to_num().max().item(),
            "lead": self.score[1] - self.score[2],
            **advice(learned[self.throws[-1]].tolist()),
        }


def mulberry32(state: int) -> tuple[float, int]:
    """Bryc's generator, in integers without bounds."""
    state = (state + 0x6D2B79F5) % 2**32
    mixed = (state ^ state >> 15) * (state | 1) % 2**32
    mixed ^= (mixed + (mixed ^ mixed >> 7) * (mixed | 61)) % 2**32
    return (mixed ^ mixed >> 14) / 2**32, state


def pairs_of(counts: list[list[int]]) -> Tensor:
    """A sequence of pairs with these counts."""
    return torch.tensor(
        [(i, k) for i, row in enumerate(counts) for k, n in enumerate(row) for _ in range(n)]
    ).T


def gradient(weights: Tensor, pairs: Tensor) -> Tensor:
    weights = weights.clone().requires_grad_()
    last, following = pairs
    (slopes,) = torch.autograd.grad(F.cross_entropy(weights[last], following), weights)
    return slopes


def learned(weights: Tensor, pairs: Tensor, steps: int) -> Tensor:
    weights = weights.clone().requires_grad_()
    optimizer = torch.optim.SGD([weights], lr=1.0)
    for _ in range(steps):
        weights.grad = gradient(weights, pairs)
        optimizer.step()
    return weights.detach()


def advice(probs: list[float]) -> dict[str, object]:
    gains = [
        sum(p * (((k, his) in BEATS) - ((his, k) in BEATS)) for his, p in enumerate(probs)) for k in range(3)
    ]
    return {"gains": gains, "best": next(k for k in range(3) if gains[k] > max(gains) - 1e-9)}
