"""What PyTorch says of three scores, a temperature and the class that came."""

from __future__ import annotations

from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor

Case = tuple[str, list[object], object]


def cases() -> Iterator[Case]:
    for scores in ([1.0, 2.0, 3.0], [0.0, 0.0, 0.0], [-5.0, 5.0, 0.3], [4.9, 5.0, -0.1], [0.0, -3.0, 2.0]):
        for temperature in (0.1, 0.5, 1.0, 2.3, 10.0):
            for label in range(3):
                yield "read", [scores, temperature, label], read(scores, temperature, label)
        yield "temperaturePath", [scores, 0.05, 50, 6], path(scores, 0.05, 50, 6)


def read(scores: list[float], temperature: float, label: int) -> dict[str, object]:
    scaled = (torch.tensor(scores, dtype=torch.float64) / temperature).requires_grad_()
    loss = F.cross_entropy(scaled, torch.tensor(label))
    (gradient,) = torch.autograd.grad(loss, scaled)
    probs = scaled.detach().softmax(dim=0)
    return {
        "probs": probs.tolist(),
        "entropy": torch.distributions.Categorical(probs=probs).entropy().item(),
        "crossEntropy": loss.item(),
        "residual": gradient.tolist(),
    }


def place(probs: Tensor) -> Tensor:
    corners = torch.tensor([[0, 0], [1, 0], [0.5, 0.75**0.5]], dtype=torch.float64)
    return probs @ corners


def path(scores: list[float], coldest: float, hottest: float, steps: int) -> list[list[float]]:
    steps_up = torch.linspace(0, 1, steps + 1, dtype=torch.float64)
    heats = coldest * torch.pow(torch.tensor(hottest / coldest, dtype=torch.float64), steps_up)
    return place(torch.softmax(torch.tensor(scores, dtype=torch.float64) / heats[:, None], dim=1)).tolist()
