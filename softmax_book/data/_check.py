"""What the data sets check before they start."""

import os
from typing import Any

import torch
from torch import Tensor

from softmax_book._check import check_distribution, check_floating, is_int, name_of, shape_of


def check_throws(n: Any, transition: Any, start: Any, generator: Any) -> None:
    if not is_int(n) or n < 0:
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
    if not is_int(seed) or not 0 <= seed < 2**32:
        raise ValueError(
            f"seed must be an int from 0 to 2**32 - 1; got {seed!r}. Pass seed=0 for the book's split."
        )


def check_path(name: str, path: Any) -> None:
    """``open`` takes more: an int there is a file descriptor, which would be read and closed."""
    text = os.fspath(path) if isinstance(path, str | os.PathLike) else None
    if not isinstance(text, str):
        raise TypeError(f"{name} must be a str or a pathlib.Path; got {path!r}. Pass the path as text.")
    if "\0" in text:
        raise ValueError(f"{name} must be free of NUL characters; got {text!r}. Correct the path.")


def check_images_and_labels(part: str, images: Tensor, labels: Tensor) -> None:
    if images.shape[1:] != (28, 28) or images.dtype != torch.uint8:
        raise ValueError(
            f"{part} images must be uint8 of shape (N, 28, 28); got {name_of(images.dtype)} of shape "
            f"{shape_of(images)}. Check that this file holds MNIST's images."
        )
    if labels.shape != images.shape[:1] or labels.dtype != torch.uint8:
        raise ValueError(
            f"{part} labels must be uint8 of shape ({len(images)},), one for each image; got "
            f"{name_of(labels.dtype)} of shape {shape_of(labels)}. Check that both files belong together."
        )
