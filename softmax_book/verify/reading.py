"""A page as the site sees it: which comments vanish and which numerals are proven. Nothing is executed."""

from __future__ import annotations

from dataclasses import dataclass

from softmax_book.verify.lab import read_script
from softmax_book.verify.page import Page, expected_count


@dataclass(frozen=True)
class Numeral:
    """A proven numeral as the site shows it: a span of the file and the expression that proves it.

    A check may prove several; `last` is the one that it stands behind.
    """

    start: int
    end: int
    how: str
    proof: str
    last: bool


@dataclass(frozen=True)
class View:
    """What the site needs to know of a page; all spans are offsets into its file."""

    comments: list[tuple[int, int]]
    fences: list[tuple[int, int]]
    numerals: list[Numeral]
    printed: int

    @property
    def proven(self) -> int:
        """Numbers on this page that pytest checks."""
        return self.printed + len(self.numerals)


def read_page(text: str, path: str = "<page>") -> View:
    """How the site shows a Markdown page: which comments vanish, which numerals are proven."""
    return _view(Page(text, path))


def read_lab(text: str, path: str = "<lab>") -> View:
    """How the site shows a percent-format script; spans are offsets into the script."""
    return _view(Page(text, path, made=read_script(text)))


def _view(page: Page) -> View:
    comments: list[tuple[int, int]] = []
    fences: list[tuple[int, int]] = []
    for block in page.blocks:
        span = (page.origin(block.start), page.origin(block.end - 1) + 1)
        (comments if page.text.startswith("<!--", block.start) else fences).append(span)
    bindings = page.bind(expected_count)
    # Those that another numeral of the same check follows.
    followed = {n.start for numbers in bindings.values() for n in numbers[:-1]}
    numerals = [
        Numeral(
            page.origin(v.number.start),
            page.origin(v.number.end - 1) + 1,
            v.how,
            v.proof,
            last=v.number.start not in followed,
        )
        for v in page.audit(bindings)
        if v.how in ("checked", "bound")
    ]
    return View(comments, fences, numerals, page.printed)
