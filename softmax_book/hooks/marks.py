"""Engine comments vanish before Markdown sees them; proven numerals are marked after it has run.

Between the two, a numeral is held by private-use characters: Markdown passes them through everywhere, they
split no table cell, close no formula and end up in no heading id.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

_OPEN, _CLOSE, _GONE = "\U000f1000", "\U000f1001", "\U000f1002"
_INDEX = 0xF2000
_HELD = re.compile(rf"{_OPEN}(?P<index>[\U000f2000-\U000fffff])(?P<numeral>[^{_CLOSE}]*){_CLOSE}")
_HOLDERS = re.compile(rf"{_OPEN}[\U000f2000-\U000fffff]|{_CLOSE}")
_TAG = re.compile(r"<[a-zA-Z/](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")

# A line that held only comments goes wholly (in a lab: `# ` and comments), so does space before a line's end.
_EMPTIED_LINE = re.compile(rf"^(?:#[ \t]*)?[ \t]*{_GONE}[ \t{_GONE}]*(?:\r?\n|\Z)", re.MULTILINE)
_EMPTIED_TAIL = re.compile(rf"[ \t]*{_GONE}[ \t{_GONE}]*$", re.MULTILINE)


class Numeral(Protocol):
    """A proven numeral, as the checking engine reads it off a page: a span of the text and its proof."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def how(self) -> str: ...
    @property
    def proof(self) -> str: ...


@dataclass(frozen=True)
class Proof:
    """What proves a numeral: an expression, or (`bound`) the printed number that it rounds."""

    text: str
    bound: bool = False

    def attributes(self, kind: str = "proven") -> str:
        """The class and data of the element that shows this proof."""
        text = html.escape(" ".join(self.text.split()))
        return f'class="{kind}{" bound" if self.bound else ""}" data-proof="{text}"'


@dataclass(frozen=True)
class Marked:
    """A text without engine comments, its proven numerals held; `proofs` in the order of their indices."""

    text: str
    proofs: tuple[Proof, ...]


def hold(text: str, comments: Iterable[tuple[int, int]], numerals: Iterable[Numeral]) -> Marked:
    """Drop the comments (spans of `text`) and hold the numerals, ready for Markdown."""
    numerals = list(numerals)
    edits = [(start, end, _GONE) for start, end in comments]
    for i, numeral in enumerate(numerals):
        held = f"{_OPEN}{chr(_INDEX + i)}{text[numeral.start : numeral.end]}{_CLOSE}"
        edits.append((numeral.start, numeral.end, held))
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    text = _EMPTIED_TAIL.sub("", _EMPTIED_LINE.sub("", text)).replace(_GONE, "")
    return Marked(text, tuple(Proof(n.proof, n.how == "bound") for n in numerals))


def release(text: str) -> str:
    """Plain text again: titles, attributes, whatever cannot carry a mark."""
    return _HOLDERS.sub("", text)


def reveal(page: str, proofs: tuple[Proof, ...]) -> str:
    """Turn held numerals into marked ones; inside a tag (an alternative text) they are only released."""
    parts, end = [], 0
    for tag in _TAG.finditer(page):
        parts += [_reveal_text(page[end : tag.start()], proofs), release(tag[0])]
        end = tag.end()
    return "".join([*parts, _reveal_text(page[end:], proofs)])


def _reveal_text(text: str, proofs: tuple[Proof, ...]) -> str:
    return release(_HELD.sub(lambda held: _span(held, proofs), text))


def _span(held: re.Match[str], proofs: tuple[Proof, ...]) -> str:
    return f"<span {proofs[_index(held)].attributes()}>{held['numeral']}</span>"


def as_macros(tex: str) -> str:
    r"""Held numerals in TeX as `\proven{index}{numeral}`, a macro of the formulas' renderer."""
    return release(_HELD.sub(lambda held: rf"\proven{{{_index(held)}}}{{{held['numeral']}}}", tex))


def _index(held: re.Match[str]) -> int:
    return ord(held["index"]) - _INDEX
