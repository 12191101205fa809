"""The curves that the overfitting explorer shows, trained by PyTorch, and what is read off them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from softmax_book import EarlyStopping, load_digits, make_mlp, stacked_cross_entropy

Case = tuple[str, list[object], object]

SHIPPED = Path(__file__).parents[3] / "docs" / "explorers" / "overfitting" / "curves.json"
SIZES, HIDDEN, DECAYS = (20, 50, 100, 300), (2, 8, 32), (0.0, 0.1, 1.0)
DRAWS = 4  # networks behind one curve, each with its own digits, batches and first weights
VALIDATION = 200  # digits, different ones for each draw
EVERY, LAST, BATCH, RATE = 5, 200, 20, 0.02
QUANTITIES = ("train", "val", "right")


# what is recorded ----------------------------------------------------------------------------------------


def record() -> dict[str, Any]:
    """The content of curves.json, unrounded: curves[hidden][size][decay] holds three lists over the steps."""
    return {
        "examples": SIZES,
        "hidden": HIDDEN,
        "decays": DECAYS,
        "steps": list(range(0, LAST + 1, EVERY)),
        "curves": [[[named(c) for c in row] for row in train(h).movedim(0, -1)] for h in HIDDEN],
    }


def named(curve: Tensor) -> dict[str, list[float]]:
    return dict(zip(QUANTITIES, curve.tolist(), strict=True))


def train(hidden: int, nudge: float = 0.0) -> Tensor:
    """Mean training and validation loss in nats, and share of right answers: (times, sizes, decays, 3).

    All networks of one shape train at once, by AdamW; `nudge` is added to their first weights.
    """
    torch.manual_seed(0)
    images, digit, _, _ = load_digits()
    rows = torch.rand(DRAWS, len(images)).argsort(dim=1)[:, : SIZES[-1] + VALIDATION]
    x, y = images.double()[rows], digit[rows]
    first = make_mlp(x.shape[2], 10, hidden=(hidden,), n_models=DRAWS).double().parameters()
    grid = len(SIZES), len(DECAYS), 1, 1, 1
    weights = [(p.detach() + nudge).repeat(grid).requires_grad_() for p in first]
    shrink = 1 - RATE * torch.tensor(DECAYS).double().view(-1, 1, 1, 1)
    optimizer = torch.optim.Adam(weights, lr=RATE)  # with `shrink`, AdamW: it takes one decay for all
    times = []
    for step in range(LAST + 1):
        if step % EVERY == 0:
            times.append(measure(weights, x, y))
        of = torch.rand(len(SIZES), 1, DRAWS, BATCH) * torch.tensor(SIZES).view(-1, 1, 1, 1)
        batch = torch.arange(DRAWS)[:, None], of.long()
        optimizer.zero_grad()
        losses(scores(weights, x[batch]), y[batch]).sum().backward()
        with torch.no_grad():
            for p in weights:
                p.mul_(shrink)
        optimizer.step()
    return torch.stack(times)


def scores(weights: list[Tensor], x: Tensor) -> Tensor:
    """(…, N, K) of x (…, N, D), by networks of one hidden layer; what stands for … is broadcast."""
    w, b, v, c = weights
    return torch.einsum("...nh,...hk->...nk", (torch.einsum("...nd,...dh->...nh", x, w) + b).relu(), v) + c


def losses(z: Tensor, y: Tensor) -> Tensor:
    n, k = z.shape[-2:]
    return stacked_cross_entropy(z.reshape(-1, n, k), y.expand(z.shape[:-1]).reshape(-1, n)).view(
        z.shape[:-2]
    )


@torch.no_grad()
def measure(weights: list[Tensor], x: Tensor, y: Tensor) -> Tensor:
    """Means over the draws, (sizes, decays, 3)."""
    own = [losses(scores([p[k] for p in weights], x[:, :n]), y[:, :n]) for k, n in enumerate(SIZES)]
    z, labels = scores(weights, x[:, -VALIDATION:]), y[:, -VALIDATION:]
    right = (z.argmax(dim=-1) == labels).double().mean(dim=-1)
    return torch.stack([torch.stack(own), losses(z, labels), right], dim=-1).mean(dim=2)


# what is read off it -------------------------------------------------------------------------------------


def cases() -> Iterator[Case]:
    shipped = json.loads(SHIPPED.read_text(encoding="utf-8"))
    for k, chosen in enumerate(((0, 0, 0), (2, 3, 1), (1, 1, 2), (2, 0, 1), (2, 0, 0))):
        hidden, size, decay = chosen
        curve = {"steps": shipped["steps"], **shipped["curves"][hidden][size][decay]}
        yield "pick", [{"file": SHIPPED.name}, *chosen], curve
        for patience in (1, 2, 3, 5, 10, 36, 40):
            yield "stop", [curve["val"], patience], stop(curve["val"], patience)
        yield "read", [curve, 2 + k], read(curve, 2 + k)
    paper = [0.9, 0.6, 0.7, 0.5, 0.55, 0.52, 0.4, 0.8]
    for losses_by_epoch in (paper, [0.5, 0.5, 0.5, 0.4], [0.3], [3.0, 2.0, 1.0]):
        for patience in (1, 2, 3, 4):
            yield "stop", [losses_by_epoch, patience], stop(losses_by_epoch, patience)


def stop(val: list[float], patience: int) -> dict[str, int | None]:
    """Where the rule ends the training, if it does, and where it goes back to."""
    rule, nobody = EarlyStopping(patience), nn.Identity()
    stops = (place for place, loss in enumerate(val) if rule.update(loss, nobody))
    stopped = next(stops, None)
    return {"stopped": stopped, "kept": rule.best_epoch}


def read(curve: dict[str, list[float]], patience: int) -> dict[str, Any]:
    at = {
        "valley": torch.tensor(curve["val"], dtype=torch.float64).argmin().item(),
        **stop(curve["val"], patience),
    }
    at["end"] = len(curve["val"]) - 1
    table = torch.tensor([curve[name] for name in ("steps", *QUANTITIES)], dtype=torch.float64)
    return {name: None if k is None else line(table[:, int(k)]) for name, k in at.items()}


def line(values: Tensor) -> dict[str, float]:
    step, train, val, right = values.tolist()
    return {
        "step": int(step),
        "train": train,
        "val": val,
        "right": right,
        "gap": (values[2] - values[1]).item(),
    }
