"""What PyTorch says of drawings, and of the scores that the shipped weights give them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

Case = tuple[str, list[object], object]
SHIPPED = Path(__file__).parents[3] / "docs" / "explorers" / "digits"
MODEL = {"file": "weights.json"}


def cases() -> Iterator[Case]:
    yield from drawings()
    examples = [example["counts"] for example in shipped("examples.json")]
    invented = torch.randint(17, (8, 64), generator=torch.Generator().manual_seed(0)).tolist()
    model = shipped("weights.json")
    weights, biases = (torch.tensor(model[name], dtype=torch.float64) for name in ("weights", "biases"))
    for counts in [*examples, *invented, [0] * 64, [16] * 64]:
        yield "read", [counts, MODEL], read(counts, weights, biases)
    for counts, one, other in (
        *((example, k, (3 * k + 1) % 10) for k, example in enumerate(examples[:20:2])),
        *((drawing, 9 - k, k) for k, drawing in enumerate(invented)),
        ([0] * 64, 3, 8),
    ):
        yield "versus", [counts, MODEL, one, other], versus(counts, weights, biases, one, other)


def shipped(name: str) -> Any:
    return json.loads((SHIPPED / name).read_text(encoding="utf-8"))


# drawings ------------------------------------------------------------------------------------------------


def drawings() -> Iterator[Case]:
    random = torch.Generator().manual_seed(0)
    for counts in torch.randint(17, (3, 64), generator=random):
        drawing = dots(counts)
        yield "dots", [counts.tolist()], flat(drawing)
        yield "blocks", [flat(drawing)], counts.tolist()
    scribble = (torch.rand(32, 32, generator=random) < 0.3).int()
    yield "blocks", [flat(scribble)], flat(blocks(scribble))
    for right, down in ((1, 0), (-1, 0), (0, 1), (2, -3)):
        yield "moved", [flat(scribble), right, down], flat(moved(scribble, 4 * right, 4 * down))
    for start, end, width in (
        ([1.1, 2.2], [6.3, 5.4], 1.27),
        ([7.0, 0.3], [2.0, 7.7], 0.53),
        ([4.2, 4.3], [4.2, 4.3], 2.39),
        ([-1.0, 3.1], [9.0, 3.1], 1.13),
    ):
        yield "stroke", [start, end, width], stroke(start, end, width)
    for box in ((3, 12, 5, 14), (20, 32, 1, 30), (10, 13, 4, 31), (0, 32, 0, 32), (17, 18, 17, 18)):
        drawing = torch.zeros_like(scribble)
        top, bottom, left, right = box
        drawing[top:bottom, left:right] = scribble[top:bottom, left:right]
        drawing[top, left] = drawing[bottom - 1, right - 1] = 1
        yield "fitted", [flat(drawing)], flat(fitted(drawing, *box))
    nothing = [0] * 1024
    yield "fitted", [nothing], nothing


def flat(image: Tensor) -> list[int]:
    numbers: list[int] = image.flatten().int().tolist()
    return numbers


def blocks(drawing: Tensor) -> Tensor:
    return 16 * F.avg_pool2d(drawing[None, None].double(), kernel_size=4)


def dots(counts: Tensor) -> Tensor:
    """The order in which dots fill a pixel is Bayer's, whose matrices grow out of each other."""
    two, ones = torch.tensor([[0, 2], [3, 1]]), torch.ones(2, 2, dtype=torch.int64)
    order = torch.kron(ones, 4 * two) + torch.kron(two, ones)
    pixels = torch.kron(counts.reshape(8, 8), torch.ones(4, 4, dtype=torch.int64))
    return (order.tile(8, 8) < pixels).int()


def moved(drawing: Tensor, right: int, down: int) -> Tensor:
    return F.pad(drawing, (right, -right, down, -down))


def stroke(start: list[float], end: list[float], width: float) -> list[int]:
    """Dots that lie within half a width of some point of the way, tried one after the other."""
    middles = (torch.arange(32, dtype=torch.float64) + 0.5) / 4
    places = torch.cartesian_prod(middles, middles).flip(dims=[1])  # (x, y), row by row
    ends = torch.tensor([start, end], dtype=torch.float64)
    way = torch.lerp(*ends, torch.linspace(0, 1, 20_001, dtype=torch.float64)[:, None])
    distances = torch.cdist(places, way).amin(dim=1)
    assert (distances - width / 2).abs().min() > 1e-4  # no dot is so near the edge that the steps decide
    return flat(distances < width / 2)


def fitted(drawing: Tensor, top: int, bottom: int, left: int, right: int) -> Tensor:
    """Sampled at the nearest dot of a square around the middle of the box, as long as its longer side."""
    length, corner = (
        max(bottom - top, right - left) / 32,
        torch.tensor([[left + right, top + bottom]]) / 32 - 1,
    )
    theta = torch.cat([length * torch.eye(2), corner.T], dim=1).double()
    grid = F.affine_grid(theta[None], [1, 1, 32, 32], align_corners=False)
    image = drawing[None, None].double()
    return F.grid_sample(image, grid, mode="nearest", align_corners=False)


# scores --------------------------------------------------------------------------------------------------


def read(counts: list[object], weights: Tensor, biases: Tensor) -> dict[str, object]:
    scores = F.linear(torch.tensor(counts, dtype=torch.float64) / 16, weights, biases)
    spread = torch.distributions.Categorical(logits=scores)
    return {
        "scores": scores.tolist(),
        "probs": spread.probs.tolist(),
        "entropy": spread.entropy().item(),
        "ranked": scores.argsort(descending=True).tolist(),
    }


def versus(counts: list[object], weights: Tensor, biases: Tensor, one: int, other: int) -> dict[str, object]:
    """The parts of a linear score are its gradient times its input; what is left is the biases'."""
    ink = (torch.tensor(counts, dtype=torch.float64) / 16).requires_grad_()
    log_probs = F.linear(ink, weights, biases).log_softmax(dim=0)
    total = log_probs[one] - log_probs[other]
    (slope,) = torch.autograd.grad(total, ink)
    parts = slope * ink.detach()
    return {
        "parts": parts.tolist(),
        "bias": (total - parts.sum()).item(),
        "gain": parts.clamp(min=0).sum().item(),
        "loss": parts.clamp(max=0).sum().item(),
        "total": total.item(),
    }
