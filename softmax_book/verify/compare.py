"""Printed output against written output: the text between the numbers equal, the numbers by the rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from softmax_book.verify.numbers import (
    Number,
    agrees_with_output,
    find_numbers,
    is_unresolved,
    why_unresolved,
)
from softmax_book.verify.taps import Ledger, unrounded

ELISION = "..."
"""Alone on a line of written output it stands for any lines."""

_FILLER = "\0"
_UNSTABLE = re.compile(r"(?<=Backward)0(?!\d)|(?<=\b0x)[0-9a-fA-F]+")


@dataclass(frozen=True)
class Difference:
    """One way in which written and printed output part; `line` counts from 0 in the written block."""

    line: int
    written: str
    printed: str
    number: Number | None = None
    got: Number | None = None
    unrounded: float | None = None
    reason: str = ""
    is_unresolved: bool = False


@dataclass(frozen=True)
class _Line:
    """A line taken apart: its numbers and the text between them."""

    text: str
    between: tuple[str, ...]
    numbers: tuple[Number, ...]
    behind: tuple[float | None, ...] = ()


def compare(written: str, printed: str, ledger: Ledger, tol: float | None = None) -> list[Difference]:
    """How the written output parts from the printed one; an empty list means that it is right."""
    wanted = [_take_apart(line) for line in written.rstrip("\n").split("\n")]
    got = _printed_lines(printed, ledger)
    cuts = [i for i, line in enumerate(wanted) if line.text.strip() == ELISION]
    if not cuts:
        return _whole(wanted, got, tol)
    return _elided(wanted, got, cuts, tol)


def _take_apart(text: str, behind: tuple[float | None, ...] = ()) -> _Line:
    stable = _UNSTABLE.sub(lambda found: _FILLER * len(found[0]), text)
    numbers = tuple(find_numbers(stable))
    edges = [0, *(edge for n in numbers for edge in (n.start, n.end)), len(stable)]
    between = tuple(_collapse(stable[a:z]) for a, z in zip(edges[::2], edges[1::2], strict=True))
    return _Line(text, between, numbers, behind)


def _collapse(text: str) -> str:
    """White space counts for nothing beside brackets, and once elsewhere; what is unstable is left out."""
    text = re.sub(r"\s+", " ", text.replace(_FILLER, ""))
    return re.sub(r" ?([\[\]()]) ?", r"\1", text).strip()


def _printed_lines(printed: str, ledger: Ledger) -> list[_Line]:
    values = unrounded(printed, ledger)
    lines = []
    for text in printed.split("\n"):
        count = len(list(find_numbers(text)))
        lines.append(_take_apart(text, tuple(values[:count])))
        values = values[count:]
    return lines


def _whole(wanted: list[_Line], got: list[_Line], tol: float | None) -> list[Difference]:
    differences: list[Difference] = []
    for i, line in enumerate(wanted):
        if i >= len(got):
            return [*differences, Difference(i, line.text, "", reason="this line is not printed")]
        differences += _line(i, line, got[i], tol)
    if len(got) > len(wanted):
        reason = f"{len(got)} lines are printed, {len(wanted)} are written"
        differences.append(Difference(len(wanted) - 1, "", got[len(wanted)].text, reason=reason))
    return differences


def _line(i: int, wanted: _Line, got: _Line, tol: float | None) -> list[Difference]:
    if wanted.between != got.between:
        return [Difference(i, wanted.text, got.text, reason="the text differs")]
    behind = got.behind or (None,) * len(got.numbers)
    differences = []
    for w, g, raw in zip(wanted.numbers, got.numbers, behind, strict=True):
        too_small = is_unresolved(w, tol)
        if too_small or not agrees_with_output(w, g, raw, tol):
            reason = f"{why_unresolved(w, tol)}: <!-- tol: 1e-12 -->" if too_small else "the number differs"
            differences.append(Difference(i, wanted.text, got.text, w, g, raw, reason, too_small))
    return differences


def _elided(wanted: list[_Line], got: list[_Line], cuts: list[int], tol: float | None) -> list[Difference]:
    """The parts between elisions are printed in this order, the first at the start, the last at the end."""
    head, tail = cuts[0], len(wanted) - cuts[-1] - 1
    if len(got) < head + tail:
        return [Difference(0, wanted[0].text, "", reason=f"only {len(got)} lines are printed")]
    differences = [d for i in range(head) for d in _line(i, wanted[i], got[i], tol)]
    position, last = head, len(got) - tail
    for start, stop in pairwise(cuts):
        part = range(start + 1, stop)
        found = _find(wanted, part, got, position, last, tol)
        if found is None and part:
            differences.append(
                Difference(start + 1, wanted[start + 1].text, "", reason="no such lines are printed")
            )
        elif found is not None:
            position = found + len(part)
    offset = len(got) - len(wanted)
    return differences + [
        d for i in range(cuts[-1] + 1, len(wanted)) for d in _line(i, wanted[i], got[i + offset], tol)
    ]


def _find(
    wanted: list[_Line], part: range, got: list[_Line], start: int, stop: int, tol: float | None
) -> int | None:
    for at in range(start, stop - len(part) + 1):
        if not any(_line(i, wanted[i], got[at + k], tol) for k, i in enumerate(part)):
            return at
    return None
