"""What the data sets check before they start."""

from typing import Any

import torch

from softmax_book._check import check_distribution, check_floating, shape_of


def check_throws(n: Any, transition: Any, start: Any, generator: Any) -> None:
    if not isinstance(n, int) or n < 0:
        raise ValueError(f"n must be a number of throws, 0 or more; got {n!r}. Pass an int.")
    check_floating("transition", transition)
    if transition.shape != (3, 3):
        raise ValueError(
            f"transition must be (3, 3), a row for each last throw; got {shape_of(transition)}. "
            "For one row of probabilities pass row.expand(3, 3)."
        )
    check_distribution("transition", transition, 1)
    if start not in (0, 1, 2):
        raise IndexError(
            f"start must be 0 (scissors), 1 (rock) or 2 (paper); got {start!r}. Pass one of them."
        )
    if not isinstance(generator, torch.Generator):
        raise TypeError(
            f"generator must be a torch.Generator; got {type(generator).__name__}. "
            "Pass torch.Generator().manual_seed(0)."
        )


def check_seed(seed: Any) -> None:
    if not isinstance(seed, int) or not 0 <= seed < 2**32:
        raise ValueError(
            f"seed must be an int from 0 to 2**32 - 1; got {seed!r}. Pass seed=0 for the book's split."
        )
