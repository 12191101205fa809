"""The unrounded value behind each printed number, caught at the moment it is formatted.

f-strings, `"…".format(…)`, `format(…)` and tensor reprs all write a rounded number. At a rounding edge a
written number has to be held against the value that was rounded.
"""

from __future__ import annotations

import ast
import contextlib
import sys
from collections.abc import Iterator
from typing import Any

from softmax_book.verify.numbers import find_numbers

Ledger = list[tuple[str, list[float]]]
"""What was formatted, in order: the text and the values behind its numbers."""

TAP = "__tap__"
LARGEST_TENSOR = 1000
"""PyTorch summarises tensors with more entries."""


class _Tapped:
    """Stands for a number about to be formatted."""

    def __init__(self, value: Any, ledger: Ledger) -> None:
        self._value, self._ledger = value, ledger

    def __format__(self, spec: str) -> str:
        text = format(self._value, spec)
        percent = 100 if spec.endswith("%") else 1
        value = self._value.detach() if hasattr(self._value, "detach") else self._value
        with contextlib.suppress(OverflowError):  # an integer beyond float64 is compared digit by digit
            self._ledger.append((text, [percent * float(value)]))
        return text

    def __str__(self) -> str:
        return str(self._value)

    def __repr__(self) -> str:
        return repr(self._value)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._value, name)


def tap(value: Any, ledger: Ledger) -> Any:
    """The value itself, or a stand-in that notes how it is formatted when the value is one real number."""
    if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
        return _Tapped(value, ledger)
    torch = sys.modules.get("torch")
    if (
        torch is not None
        and isinstance(value, torch.Tensor)
        and value.ndim == 0
        and value.is_floating_point()
    ):
        return _Tapped(value, ledger)
    return value


class TapFormats(ast.NodeTransformer):
    """Puts `__tap__(…)` around everything that is about to be formatted."""

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        self.generic_visit(node)
        if node.conversion == -1:
            node.value = _tapped(node.value)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        function = node.func
        if isinstance(function, ast.Name) and function.id == "format" and node.args:
            node.args[0] = _tapped(node.args[0])
        if (
            isinstance(function, ast.Attribute)
            and function.attr == "format"
            and isinstance(function.value, ast.Constant)
            and isinstance(function.value.value, str)
        ):
            node.args = [a if isinstance(a, ast.Starred) else _tapped(a) for a in node.args]
            for keyword in node.keywords:
                if keyword.arg is not None:
                    keyword.value = _tapped(keyword.value)
        return node


def _tapped(node: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Call(ast.Name(TAP, ast.Load()), [node], []), node)


@contextlib.contextmanager
def tapped_tensors(ledger: Ledger) -> Iterator[None]:
    """Inside, every tensor that shows itself notes its unrounded entries."""
    torch = sys.modules.get("torch")
    if torch is None:
        yield
        return
    plain = torch.Tensor.__repr__

    def noted(self: Any, *args: Any, **kwargs: Any) -> str:
        text = str(plain(self, *args, **kwargs))
        if self.is_floating_point() and 0 < self.numel() <= LARGEST_TENSOR:
            ledger.append((text, self.detach().double().flatten().tolist()))
        return text

    torch.Tensor.__repr__ = noted
    try:
        yield
    finally:
        torch.Tensor.__repr__ = plain


def unrounded(printed: str, ledger: Ledger) -> list[float | None]:
    """For each number of the printed text, first to last, the value behind it where it is known."""
    tokens = [n.text for n in find_numbers(printed)]
    values: list[float | None] = [None] * len(tokens)
    position = 0
    for text, behind in ledger:
        piece = [n.text for n in find_numbers(text)]
        if len(piece) != len(behind):
            continue
        for i in range(position, len(tokens) - len(piece) + 1):
            if tokens[i : i + len(piece)] == piece:
                values[i : i + len(piece)] = behind
                position = i + len(piece)
                break
    return values
