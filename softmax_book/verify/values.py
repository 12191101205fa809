"""What a check gives, as plain numbers and truths."""

from __future__ import annotations

from typing import Any


def flatten(value: Any) -> list[int | float | bool]:
    """The numbers and bools in a value: tensors, arrays, tuples and lists are taken apart, in order.

    Raises TypeError for anything else.
    """
    if isinstance(value, bool | int | float):
        return [value]
    if hasattr(value, "detach"):
        value = value.detach()
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, bool | int | float):
        return [value]
    if isinstance(value, tuple | list):
        return [number for part in value for number in flatten(part)]
    raise TypeError(f"a {type(value).__name__}")


def show(value: Any) -> str:
    """A value in a failure text: nine digits, at most one short line."""
    if hasattr(value, "item") and getattr(value, "ndim", 1) == 0:
        value = value.item()
    text = f"{value:.9g}" if isinstance(value, float) else repr(value)
    text = " ".join(text.split())
    return text if len(text) <= 90 else text[:87] + "..."
