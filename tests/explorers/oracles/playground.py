"""What PyTorch says of softmax regression and of a small network on points of the plane."""

from __future__ import annotations

from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Case = tuple[str, list[object], object]

X = [[0.5, 0.25], [-0.5, 0.75], [-0.25, -0.875], [0.0, 0.0], [1.0, -1.0], [-1.0, 0.125], [0.375, 0.5]]
Y = [0, 1, 2, 0, 1, 2, 2]
POINTS = [[*x, y] for x, y in zip(X, Y, strict=True)]
SHAPES = [(0, 3), (0, 5), (4, 3), (8, 4)]  # hidden units, classes


def cases() -> Iterator[Case]:
    for seed in (0, 1, 123456789, 2**32 - 1):
        yield "uniform", [seed, 6], uniform(seed, 6)
    for shape in SHAPES:
        yield "start", [list(shape), 5], start(shape, 5)
        theta = [4 * u - 2 for u in uniform(3, len(start(shape, 1)))]
        for x, y in ((0.0, 0.0), (0.3, -0.9), (1.0, 1.0)):
            yield "probabilities", [theta, list(shape), x, y], probabilities(theta, shape, x, y)
        for decay in (0.0, 0.03):
            yield "measure", [theta, list(shape), POINTS, decay], measure(theta, shape, decay)
        for rate, decay, steps in ((1.0, 0.0, 30), (0.3, 0.01, 40)):
            yield (
                "descend",
                [theta, list(shape), POINTS, rate, decay, steps],
                descend(theta, shape, rate, decay, steps),
            )


def uniform(seed: int, count: int) -> list[float]:
    """The generator mulberry32 in 64-bit integers."""

    def times(a: int, b: int) -> int:
        return a * b % 2**32

    numbers = []
    for _ in range(count):
        seed = (seed + 0x6D2B79F5) % 2**32
        bits = times(seed ^ (seed >> 15), seed | 1)
        bits ^= (bits + times(bits ^ (bits >> 7), bits | 61)) % 2**32
        numbers.append((bits ^ (bits >> 14)) / 2**32)
    return numbers


def start(shape: tuple[int, int], seed: int) -> list[float]:
    """Zero, or what bounds PyTorch's own start of a Linear: within one over the root of its inputs."""
    hidden, classes = shape
    if not hidden:
        return [0.0] * 3 * classes
    bounds = [nn.init.calculate_gain("linear") / fan**0.5 for fan in (2, hidden)]
    draws = uniform(seed, 3 * hidden + (hidden + 1) * classes)
    return [(2 * u - 1) * bounds[i >= 3 * hidden] for i, u in enumerate(draws)]


def double(values: object) -> Tensor:
    return torch.tensor(values, dtype=torch.float64)


def layers(theta: Tensor, shape: tuple[int, int]) -> list[Tensor]:
    """Each layer as a matrix of its units' weights and, in the last column, biases."""
    hidden, classes = shape
    first, last = theta[: 3 * hidden], theta[3 * hidden :]
    return [*([first.reshape(hidden, 3)] if hidden else []), last.reshape(classes, -1)]


def logits(theta: Tensor, shape: tuple[int, int], x: Tensor) -> Tensor:
    *before, last = layers(theta, shape)
    for layer in before:
        x = torch.tanh(F.linear(x, layer[:, :-1], layer[:, -1]))
    return F.linear(x, last[:, :-1], last[:, -1])


def probabilities(theta: list[float], shape: tuple[int, int], x: float, y: float) -> list[float]:
    scores = logits(double(theta), shape, double([[x, y]]))
    return scores.softmax(dim=1)[0].tolist()


def measured(theta: Tensor, shape: tuple[int, int], decay: float) -> tuple[float, int, Tensor]:
    theta = theta.detach().requires_grad_()
    scores, labels = logits(theta, shape, double(X)), torch.tensor(Y)
    loss = F.cross_entropy(scores, labels)
    penalty = sum((layer[:, :-1] ** 2).sum() for layer in layers(theta, shape)) * decay / 2
    (gradient,) = torch.autograd.grad(loss + penalty, theta)
    return loss.item(), int((scores.argmax(dim=1) == labels).sum()), gradient


def measure(theta: list[float], shape: tuple[int, int], decay: float) -> dict[str, object]:
    loss, right, gradient = measured(double(theta), shape, decay)
    return {"loss": loss, "right": right, "gradient": gradient.tolist()}


def descend(
    theta: list[float], shape: tuple[int, int], rate: float, decay: float, steps: int
) -> dict[str, object]:
    parameters, losses = double(theta), []
    for _ in range(steps):
        loss, _, gradient = measured(parameters, shape, decay)
        losses.append(loss)
        parameters = parameters - rate * gradient
    return {"parameters": parameters.tolist(), "losses": losses}
