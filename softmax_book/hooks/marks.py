"""Engine comments vanish before Markdown sees them; proven numerals are marked after it has run.

Between the two, a numeral is held by private-use characters: Markdown passes them through everywhere, they
split no table cell, close no formula and end up in no heading id.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

_OPEN, _CLOSE, _GONE = "\U000f1000", "\U000f1001", "\U000f1002"
_INDEX = 0xF2000
PLACE = "\U000f1003"
"""Keeps the place of what is put into the page after Markdown has run."""

_HELD = re.compile(rf"{_OPEN}(?P<index>[\U000f2000-\U000fffff])(?P<numeral>[^{_CLOSE}]*){_CLOSE}")
_HOLDERS = re.compile(rf"{_OPEN}[\U000f2000-\U000fffff]|{_CLOSE}")
_TAG = re.compile(r"<[a-zA-Z/](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_CODE_OPENS = re.compile(r"<code\b")
_OPERAND = re.compile(r"(?<![\w)\]])-(?=\S)")  # a minus sign that a line must not end behind

# As much of a proof as the switch puts into the line, cut before a space or parenthesis where there is one;
# the whole stands on hover and tap.
_SHOWN = 80
_HEAD = re.compile(rf".{{1,{_SHOWN - 2}}}(?=[ (])|.{{{_SHOWN - 2}}}")

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
    @property
    def last(self) -> bool: ...


@dataclass(frozen=True)
class Proof:
    """What proves a numeral: an expression, or (`bound`) the printed number that it rounds.

    A check may prove several numerals: `last` is the one behind which the switch shows it.
    """

    text: str
    bound: bool = False
    last: bool = True

    def attributes(self) -> str:
        """The class and data of a numeral that this proves."""
        return self._attributes("proven", self._line)

    def note(self) -> str:
        """The element behind the numeral, in which the switch shows the proof; nothing but for the last."""
        head = _HEAD.match(self._line) if len(self._line) > _SHOWN else None
        text = _OPERAND.sub("-\u2060", f"{head[0]} …" if head else self._line)
        text = text.replace("(", "(\u200b")  # where a line may end, rather than within a number
        return f"<span {self._attributes('proof-note', text)}></span>" if self.last else ""

    @property
    def _line(self) -> str:
        return " ".join(self.text.split())

    def _attributes(self, kind: str, text: str) -> str:
        return f'class="{kind}{" bound" if self.bound else ""}" data-proof="{html.escape(text)}"'


@dataclass(frozen=True)
class Marked:
    """A text without engine comments, its proven numerals held; `proofs` in the order of their indices."""

    text: str
    proofs: tuple[Proof, ...]


def hold(
    text: str,
    comments: Iterable[tuple[int, int]],
    numerals: Iterable[Numeral],
    places: Sequence[tuple[int, int]] = (),
) -> Marked:
    """Drop the comments (spans of `text`) and hold the numerals, ready for Markdown.

    `places` are spans of which only the place is kept, with nothing that stands in them.
    """

    def stays(position: int) -> bool:
        return not any(start <= position < end for start, end in places)

    numerals = [n for n in numerals if stays(n.start)]
    edits = [(start, end, "") for start, end in comments if stays(start)]
    edits += [(start, end, PLACE) for start, end in places]
    for i, numeral in enumerate(numerals):
        held = f"{_OPEN}{chr(_INDEX + i)}{text[numeral.start : numeral.end]}{_CLOSE}"
        edits.append((numeral.start, numeral.end, held))
    return Marked(rewrite(text, edits), tuple(Proof(n.proof, n.how == "bound", n.last) for n in numerals))


def rewrite(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Replace spans of a text, which do not overlap; a line that loses all it has goes wholly."""
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + (replacement or _GONE) + text[end:]
    return _EMPTIED_TAIL.sub("", _EMPTIED_LINE.sub("", text)).replace(_GONE, "")


def release(text: str) -> str:
    """Plain text again: titles, attributes, whatever cannot carry a mark."""
    return _HOLDERS.sub("", text)


def reveal(page: str, proofs: tuple[Proof, ...]) -> str:
    """Turn held numerals into marked ones, each proof in a note behind its last numeral, or behind its code.

    Inside a tag (an alternative text) they are only released.
    """
    parts: list[str] = []
    waiting: list[str] | None = None  # the notes of the code that is open
    end = 0
    for tag in _TAG.finditer(page):
        parts += [_reveal_text(page[end : tag.start()], proofs, waiting), release(tag[0])]
        end = tag.end()
        if _CODE_OPENS.match(tag[0]):
            waiting = []
        elif tag[0] == "</code>" and waiting is not None:
            parts += waiting
            waiting = None
    return "".join([*parts, _reveal_text(page[end:], proofs, waiting)])


def _reveal_text(text: str, proofs: tuple[Proof, ...], waiting: list[str] | None) -> str:
    def marked(held: re.Match[str]) -> str:
        proof = proofs[_index(held)]
        mark = f"<span {proof.attributes()}>{held['numeral']}</span>"
        if waiting is None:
            return mark + proof.note()
        waiting.append(proof.note())
        return mark

    return release(_HELD.sub(marked, text))


def as_macros(tex: str) -> str:
    r"""Held numerals in TeX as `\proven{index}{numeral}`, a macro of the formulas' renderer."""
    return release(_HELD.sub(lambda held: rf"\proven{{{_index(held)}}}{{{held['numeral']}}}", tex))


def _index(held: re.Match[str]) -> int:
    return ord(held["index"]) - _INDEX
