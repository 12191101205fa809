"""The verdict on an output block, and the smallest edit that would accept what was printed."""

from __future__ import annotations

from collections.abc import Iterator

from softmax_book.verify.blocks import Block, fence_around
from softmax_book.verify.compare import ELISION, Difference, compare
from softmax_book.verify.execute import Ran
from softmax_book.verify.failure import Failure
from softmax_book.verify.page import Page
from softmax_book.verify.update import Edit
from softmax_book.verify.values import show

MOST = 5
"""Differences of one block that are spelt out."""


def judge_output(page: Page, name: str, block: Block, results: dict[Block, Ran]) -> Iterator[Failure]:
    """Hold a written output against what the code above it printed."""
    if block.producer is None:
        yield Failure(
            name, page.line(block.start), "this output stands below no code; put it right below its block"
        )
        return
    ran = results[block.producer]
    tol = block.tol if block.tol is not None else block.producer.tol
    differences = compare(block.body, ran.printed, ran.ledger, tol)
    if not differences:
        return
    first = differences[0]
    details = [line for difference in differences[:MOST] for line in _spell(difference)]
    if len(differences) > MOST:
        details.append(f"and {len(differences) - MOST} more")
    line = page.line(block.body_start) + first.line
    edits = () if any(d.is_unresolved for d in differences) else _edits(page, block, ran.printed, differences)
    yield Failure(name, line, first.reason, tuple(details), edits)


def _spell(d: Difference) -> list[str]:
    lines = [f"written   {d.written.strip() or '(nothing)'}", f"printed   {d.printed.strip() or '(nothing)'}"]
    if d.number is not None and d.got is not None:
        exact = "" if d.unrounded is None else f", unrounded {show(d.unrounded)}"
        lines.append(f"number    {d.number.text} written, {d.got.text} printed{exact}")
    return lines


def _edits(page: Page, block: Block, printed: str, differences: list[Difference]) -> tuple[Edit, ...]:
    """Only the numbers that moved; whole lines where widths change; the whole block where its text does."""
    lines = block.body.rstrip("\n").split("\n")
    if any(d.number is None for d in differences):
        elided = any(line.strip() == ELISION for line in lines)
        opening = page.text[block.start : block.body_start].lstrip(" \t>")
        fits = opening.startswith(fence_around(printed))
        return (_whole(page, block, printed),) if fits and not elided else ()
    edits: list[Edit] = []
    for index in sorted({d.line for d in differences}):
        here = [d for d in differences if d.line == index]
        start, text = _raw_line(page, block, index)
        if all(len(d.number.text) == len(d.got.text) for d in here if d.number and d.got):
            shift = start + len(text) - len(lines[index])
            edits += [
                Edit(shift + d.number.start, shift + d.number.end, d.got.text)
                for d in here
                if d.number and d.got
            ]
        else:
            edits.append(Edit(start, start + len(text), block.prefix + here[0].printed))
    return tuple(edits)


def _raw_line(page: Page, block: Block, index: int) -> tuple[int, str]:
    """Where a line of the block starts in the page, and that line with its prefix."""
    start = block.body_start
    for _ in range(index):
        start = page.text.index("\n", start) + 1
    end = page.text.find("\n", start)
    return start, page.text[start:end]


def _whole(page: Page, block: Block, printed: str) -> Edit:
    end = page.text.rfind("\n", 0, block.end) + 1
    return Edit(
        block.body_start,
        end,
        "".join(f"{block.prefix}{line}".rstrip() + "\n" for line in printed.split("\n")),
    )
