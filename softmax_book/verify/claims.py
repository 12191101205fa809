"""The verdict on an inline check: its numbers against the numerals before it, its truths against True."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from softmax_book.verify.blocks import Block, Kind
from softmax_book.verify.comments import parse_check
from softmax_book.verify.execute import Ran, Runner
from softmax_book.verify.failure import Failure
from softmax_book.verify.numbers import (
    Number,
    agrees_with_value,
    is_unresolved,
    parse_number,
    rewrite,
    why_unresolved,
)
from softmax_book.verify.page import Page, expected_count
from softmax_book.verify.update import Edit
from softmax_book.verify.values import flatten, show


class Claims:
    """Judges the checks of one page."""

    def __init__(self, page: Page, name: str, runner: Runner) -> None:
        self.page, self.name, self.runner = page, name, runner

    def judge(self, block: Block, ran: Ran) -> Iterator[Failure]:
        """What is wrong with a check that has run."""
        if not _reads_a_name(block.body):
            yield self._failure(
                block, f"the check {block.body} reads no name, so it cannot fail; compute the value"
            )
        elif ran.error is not None:
            yield self.raised(block, ran.error)
        else:
            yield from self._values(block, ran)

    def raised(self, block: Block, error: BaseException) -> Failure:
        """The failure of a check, of a number or of a drawing, whose expression raised."""
        return self._failure(block, f"the check {block.body} raised {type(error).__name__}: {error}")

    def _values(self, block: Block, ran: Ran) -> Iterator[Failure]:
        try:
            values = flatten(ran.value)
        except TypeError as error:
            yield self._failure(block, f"the check {block.body} gives {error}; a check gives numbers or True")
            return
        if not values:
            yield self._failure(block, f"the check {block.body} gives no value, so it cannot fail")
        if not all(v for v in values if isinstance(v, bool)):
            yield self._failure(block, f"the claim is false: {block.body}", *self._operands(block))
        numbers = [v for v in values if not isinstance(v, bool)]
        numerals = self.page.before(block, len(numbers), self._end_of_check_before(block))
        if len(numerals) != len(numbers):
            found = f"numbers: {len(numbers)}, numerals before it in its paragraph: {len(numerals)}"
            yield self._failure(block, f"the check {block.body} cannot be matched; {found}")
            return
        for numeral, value in zip(numerals, numbers, strict=True):
            yield from self._numeral(block, numeral, value)

    def _numeral(self, block: Block, numeral: Number, value: float) -> Iterator[Failure]:
        line = self.page.line(numeral.start)
        if is_unresolved(numeral, block.tol):
            yield Failure(self.name, line, f"{why_unresolved(numeral, block.tol)}: ; tol 1e-12")
        elif not agrees_with_value(numeral, value, block.tol):
            message = f"the text says {numeral.text}, the check gives {show(value)}"
            edits = self._rewritten(block, numeral, value)
            by_hand = () if edits else (f"no numeral in the form of {numeral.text} says it; write another",)
            yield Failure(self.name, line, message, (f"check     {block.body}", *by_hand), edits)

    def _rewritten(self, block: Block, numeral: Number, value: float) -> tuple[Edit, ...]:
        """The edit that makes the numeral right; none where its digits cannot: 0 for 0.3, ½ for 0.3."""
        try:
            new = rewrite(numeral, value)
        except ValueError:
            return ()
        if not agrees_with_value(parse_number(new), value, block.tol):
            return ()
        start = self.page.origin(numeral.start)
        return (Edit(start, start + len(numeral.text), new),)

    def _operands(self, block: Block) -> list[str]:
        """The values on both sides of a comparison that turned out false."""
        node = parse_check(block.body).body
        if not isinstance(node, ast.Compare):
            return []
        sides = [ast.unparse(side) for side in (node.left, *node.comparators)]
        with self.runner.world():
            return [f"{side} = {show(eval(side, self.runner.namespace))}" for side in sides]

    def count(self, block: Block) -> int:
        """How many numerals a check speaks of: by its values where it has run, else by its form."""
        ran = self.runner.results.get(block)
        if ran is None or ran.error is not None:
            return expected_count(block)
        try:
            return sum(not isinstance(v, bool) for v in flatten(ran.value))
        except TypeError:
            return 0

    def _end_of_check_before(self, block: Block) -> int:
        before = [b for b in self.page.of(Kind.CHECK) if b.start < block.start]
        return next((b.end for b in reversed(before) if self.count(b)), 0)

    def _failure(self, block: Block, message: str, *details: str) -> Failure:
        return Failure(self.name, self.page.line(block.start), message, details)


def _reads_a_name(expression: str) -> bool:
    """Whether a check depends on anything but constants, builtins and what it binds itself."""
    names = [n for n in ast.walk(parse_check(expression)) if isinstance(n, ast.Name)]
    own = {n.id for n in names if isinstance(n.ctx, ast.Store)}
    return any(n.id not in own and not hasattr(builtins, n.id) for n in names)
