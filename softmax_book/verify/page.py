"""The numerals of a page and what proves each of them. Nothing is executed here."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from softmax_book.verify.blocks import Block, Kind
from softmax_book.verify.comments import parse_check
from softmax_book.verify.made import MadeText
from softmax_book.verify.numbers import (
    GLUED,
    WRITTEN,
    Number,
    decimals,
    find_numbers,
    is_padded,
    is_unresolved,
    rounds,
    significant_digits,
)
from softmax_book.verify.prose import mask_prose
from softmax_book.verify.scan import scan

BINDING_DIGITS = 4
"""Digits from which a numeral binds to an output by its looks; with fewer, too many bind by accident."""

_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ ]", re.MULTILINE)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Yy]ear|January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\s+|[(©]\s*)\Z"
)
_YEARS = range(1900, 2100)


@dataclass(frozen=True)
class Verdict:
    """What becomes of a numeral. `how`: checked, bound, literal, small, year, ok; None: nothing proves it."""

    number: Number
    how: str | None
    proof: str = ""


class Page:
    """A page as read: its blocks, its prose, its numerals."""

    def __init__(self, text: str, path: str = "<page>", *, made: MadeText | None = None) -> None:
        self.path, self.made = path, made
        self.text = made.text if made else text
        self.blocks = scan(self.text)
        self._lines = [0, *(m.end() for m in re.finditer("\n", text))]

    def origin(self, position: int) -> int:
        """Where in the file the character at `position` of the text stands."""
        return self.made.origin(position) if self.made else position

    def line(self, position: int) -> int:
        """The line of the file, counted from 1."""
        return bisect_right(self._lines, self.origin(position))

    def line_column(self, position: int) -> tuple[int, int]:
        """The line and column of the file, both counted from 1."""
        line = self.line(position)
        return line, self.origin(position) - self._lines[line - 1] + 1

    def of(self, *kinds: Kind) -> list[Block]:
        """The blocks of these kinds, first to last."""
        return [b for b in self.blocks if b.kind in kinds]

    @cached_property
    def prose(self) -> str:
        """The text with all that is not prose blanked."""
        return mask_prose(self.text, self.blocks)

    @cached_property
    def numerals(self) -> list[Number]:
        """The numerals that a reader meets outside of code and output."""
        found = [*find_numbers(self.prose, WRITTEN), *find_numbers(self.prose, GLUED)]
        return sorted(found, key=lambda n: n.start)

    @property
    def printed(self) -> int:
        """How many numbers stand in outputs that are held to something."""
        outputs = (b for b in self.of(Kind.OUTPUT) if not b.is_skipped)
        return sum(1 for block in outputs for _ in find_numbers(block.body))

    def section(self, position: int) -> tuple[int, int]:
        """Where the section around a position starts and ends: from heading to heading."""
        heads = self._heads
        i = bisect_right(heads, position)
        return (heads[i - 1] if i else 0, heads[i] if i < len(heads) else len(self.text))

    @cached_property
    def _heads(self) -> list[int]:
        return [m.start() for m in _HEADING.finditer(self.prose)]

    def bind(self, count: Callable[[Block], int]) -> dict[Block, list[Number]]:
        """The numerals that each check speaks of, given how many values each has."""
        bound: dict[Block, list[Number]] = {}
        taken = 0
        for block in self.of(Kind.CHECK):
            wanted = count(block)
            bound[block] = self.before(block, wanted, taken)
            taken = block.end if wanted else taken
        return bound

    def before(self, block: Block, wanted: int, taken: int = 0) -> list[Number]:
        """The last numerals before a block, as many as wanted.

        They are looked for back to the start of the paragraph (in a table or heading: of the line) and no
        further than `taken`, where the check before ended.
        """
        low = max(taken, self._scope(block.start))
        first, last = (bisect_left(self.numerals, at, key=lambda n: n.start) for at in (low, block.start))
        return self.numerals[max(first, last - wanted) : last]

    def _scope(self, position: int) -> int:
        line_start = self.text.rfind("\n", 0, position) + 1
        if self.text[line_start:position].lstrip(" \t>").startswith(("|", "#")):
            return line_start
        i = bisect_right(self._blank_lines, position)
        return self._blank_lines[i - 1] if i else 0

    @cached_property
    def _blank_lines(self) -> list[int]:
        return [m.end() for m in re.finditer(r"\n[ \t>]*(?=\n)", self.text)]

    def audit(self, bindings: dict[Block, list[Number]]) -> list[Verdict]:
        """What proves each numeral of the prose, or why it needs no proof."""
        proofs = {n.start: block.body for block, numbers in bindings.items() for n in numbers}
        excused = self._excused()
        return [self._verdict(n, proofs, excused) for n in self.numerals]

    def _verdict(self, n: Number, proofs: dict[int, str], excused: dict[int, str]) -> Verdict:
        if n.start in proofs:
            return Verdict(n, "checked", proofs[n.start])
        if n.start in excused:
            return Verdict(n, "ok", excused[n.start])
        if (printed := self._bound_to(n)) is not None:
            return Verdict(n, "bound", printed.text)
        if not n.is_integer or is_padded(n):
            return Verdict(n, None)
        if n.value in self._literals_near(n.start):
            return Verdict(n, "literal")
        if abs(n.value) <= 10:
            return Verdict(n, "small")
        if self._is_year(n):
            return Verdict(n, "year")
        return Verdict(n, None)

    def _excused(self) -> dict[int, str]:
        """Numerals that carry `<!-- ok: reason -->`: the one before each such comment."""
        pairs = ((block.body, self.before(block, 1)) for block in self.of(Kind.OK))
        return {numbers[0].start: reason for reason, numbers in pairs if numbers}

    def _bound_to(self, n: Number) -> Number | None:
        """The number that this numeral rounds, in the nearest output above it in the section."""
        if decimals(n) < BINDING_DIGITS and significant_digits(n) < BINDING_DIGITS:
            return None
        low, _ = self.section(n.start)
        outputs = [b for b in self.of(Kind.OUTPUT) if low <= b.start < n.start and not b.is_skipped]
        if not outputs or is_unresolved(n):
            return None
        return next((p for p in find_numbers(outputs[-1].body) if rounds(n, p.value)), None)

    def _literals_near(self, position: int) -> set[int]:
        """Integers written in the visible code nearest above and nearest below, in the same section."""
        low, high = self.section(position)
        code = [b for b in self.of(Kind.CODE, Kind.LISTING) if low <= b.start < high]
        above = [b for b in code if b.start < position][-1:]
        below = [b for b in code if b.start > position][:1]
        return {value for block in above + below for value in _integers(block.body)}

    def _is_year(self, n: Number) -> bool:
        if len(n.text) != 4 or not n.is_integer or int(n.value) not in _YEARS:
            return False
        return _YEAR_BEFORE.search(self.prose, max(0, n.start - 16), n.start) is not None

    def unchecked_figures(self) -> list[tuple[int, str]]:
        """Position and target of each local picture that no check compares with what the code draws."""
        checked = {b.start for b in self.of(Kind.FIGURE)} | {b.start for b in self.of(Kind.OK)}
        found = [
            (picture.start(), picture["inline"] or picture["tag"] or picture["named"])
            for picture in _PICTURE.finditer(self.text)
            if not any(b.start <= picture.start() < b.end for b in self.blocks)
            and picture.end() not in checked
            and not _in_backticks(self.text, picture.start())
        ]
        return found


_PICTURE = re.compile(
    r"""!\[(?:[^\[\]]|\[[^\[\]]*\])*\]
        (?:\(\s*<?(?!https?:|data:)(?P<inline>[^)\s>]+)[^)\n]*\)|\[(?P<named>[^\]\n]+)\])(?:\{[^}\n]*\})?\s*
      | <img\b[^>]*\bsrc=["'](?!https?:|data:)(?P<tag>[^"']+)["'][^>]*>\s*""",
    re.VERBOSE,
)


def _in_backticks(text: str, position: int) -> bool:
    line_start = text.rfind("\n", 0, position) + 1
    return text.count("`", line_start, position) % 2 == 1


@lru_cache(maxsize=256)
def _integers(source: str) -> frozenset[int]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return frozenset()
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return frozenset(value for value in constants if type(value) is int)


def expected_count(block: Block) -> int:
    """How many numerals a check speaks of, judged by its form alone: a tuple gives several, a claim none."""
    return _count(parse_check(block.body).body)


_CLAIMS = frozenset(
    {"bool", "all", "any", "isinstance", "callable", "hasattr", "equal", "allclose", "isfinite"}
)


def _count(node: ast.expr) -> int:
    if isinstance(node, ast.Tuple | ast.List):
        return sum(_count(element) for element in node.elts)
    if isinstance(node, ast.Compare) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)):
        return 0
    if isinstance(node, ast.BoolOp):
        return min(_count(value) for value in node.values)
    if isinstance(node, ast.Call):
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        return 0 if name in _CLAIMS else 1
    return 1
