"""One verdict per block of a page, in words that name the place, and the edits that would accept it."""

from __future__ import annotations

import datetime
import traceback
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from softmax_book.verify.blocks import Block, Kind, fence_around
from softmax_book.verify.claims import Claims
from softmax_book.verify.comments import skip_of
from softmax_book.verify.execute import Ran, Runner, names_bound
from softmax_book.verify.failure import Failure, Skipped
from softmax_book.verify.figures import compare_drawings, draw, is_drawing
from softmax_book.verify.lab import read_script
from softmax_book.verify.listings import listed, same_listing
from softmax_book.verify.output import judge_output
from softmax_book.verify.page import Page, Verdict
from softmax_book.verify.update import Edit, normalise, read_whole
from softmax_book.verify.values import show

JUDGED = (Kind.CODE, Kind.HIDDEN, Kind.OUTPUT, Kind.CHECK, Kind.FIGURE, Kind.LISTING, Kind.PROBLEM)
"""Kinds of block that get a verdict of their own."""


def load_page(path: Path) -> Page:
    """Read a Markdown page or a lab. Raises ValueError for a file that is not UTF-8."""
    return read_as_page(normalise(read_whole(path)), path)


def read_as_page(text: str, path: Path) -> Page:
    """Text of a page or a lab, whichever the path names."""
    return Page(text, str(path), made=read_script(text) if path.suffix == ".py" else None)


class Checker:
    """Judges the blocks of one page. `name` is how failures call the file, `root` where listings look."""

    def __init__(
        self, path: Path, *, text: str | None = None, name: str | None = None, root: Path | None = None
    ) -> None:
        self.path, self.name, self.root = path, name or str(path), root or path.parent
        self.is_lab = path.suffix == ".py"
        self.page = load_page(path) if text is None else read_as_page(text, path)
        self.runner = Runner(self.page)
        self.claims = Claims(self.page, self.name, self.runner)
        self.today = datetime.date.today()

    def blocks(self) -> list[Block]:
        """The blocks that get a verdict, first to last."""
        return self.page.of(*JUDGED)

    def judge(self, block: Block) -> list[Failure]:
        """What is wrong with a block; runs what stands before it. Raises Skipped for a skipped one."""
        if expired := self._expired(block):
            return [expired]
        self.runner.run_to(block)
        if (broken := self.runner.broken) and broken is not block and broken.start < block.start:
            if block.kind in (Kind.PROBLEM, Kind.LISTING):
                return list(self._judgement(block))
            line = self.page.line(broken.start)
            return [self._failure(block, f"not checked, because the code at line {line} failed")]
        return list(self._judgement(block))

    def check(self) -> list[Failure]:
        """Everything that is wrong with the page."""
        failures = []
        for block in self.blocks():
            try:
                failures += self.judge(block)
            except Skipped:
                continue
        return failures + self.audit_failures()

    def _judgement(self, block: Block) -> Iterator[Failure]:
        if block.kind is Kind.PROBLEM:
            yield self._failure(block, block.message)
        elif block.kind is Kind.LISTING:
            yield from self._listing(block)
        elif block.kind is Kind.OUTPUT:
            yield from judge_output(self.page, self.name, block, self.runner.results)
        else:
            ran = self.runner.results[block]
            if block.kind is not Kind.CODE:
                yield from self._meddling(block, ran)
            judges = {Kind.CODE: self._code, Kind.HIDDEN: self._hidden, Kind.FIGURE: self._figure}
            yield from judges.get(block.kind, self.claims.judge)(block, ran)

    def _failure(self, block: Block, message: str, *details: str, edits: tuple[Edit, ...] = ()) -> Failure:
        return Failure(self.name, self.page.line(block.start), message, details, edits)

    def _expired(self, block: Block) -> Failure | None:
        """The failure of a block whose skip has ended. Raises Skipped while it lasts."""
        skip = skip_of(block) or (block.producer and skip_of(block.producer))
        if skip and self.today > skip[1]:
            return self._failure(
                block, f"this skip ended on {skip[1]}: {skip[0]}; mend the code or set a new day"
            )
        if skip:
            raise Skipped(f"{skip[0]} (until {skip[1]})")
        return None

    def close(self) -> None:
        """Let go of what the page built."""
        self.runner.close()

    # code ------------------------------------------------------------------------------------------------

    def _code(self, block: Block, ran: Ran) -> Iterator[Failure]:
        wanted = block.directives.get("raises")
        if ran.error is not None and type(ran.error).__name__ != wanted:
            yield self._raised(block, ran.error, wanted)
        elif ran.error is None and wanted:
            yield self._failure(block, f"{wanted} was to be raised, but the code ran to its end")
        elif ran.printed and block.consumer is None and not self.is_lab:
            yield self._unshown(block, ran.printed)

    def _raised(self, block: Block, error: BaseException, wanted: str | None = None) -> Failure:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [f.lineno for f in frames if f.filename == self.page.path and f.lineno]
        if isinstance(error, SyntaxError) and error.filename == self.page.path and error.lineno:
            lines = [error.lineno]
        said = error.msg if isinstance(error, SyntaxError) else str(error)
        expected = f" where {wanted} was expected" if wanted else ""
        message = f"the code raised {type(error).__name__}{expected}: {said}"
        return Failure(self.name, lines[-1] if lines else self.page.line(block.start), message)

    def _unshown(self, block: Block, printed: str) -> Failure:
        body = "".join(f"{block.prefix}{line}\n" for line in printed.split("\n"))
        fence = fence_around(printed)
        new = f"\n\n{block.prefix}{fence}output\n{body}{block.prefix}{fence}"
        details = [f"printed   {line}" for line in printed.split("\n")[:8]]
        message = "this code prints what no output block shows"
        return self._failure(block, message, *details, edits=(Edit(block.end, block.end, new),))

    # hidden code -------------------------------------------------------------------------------------

    def _meddling(self, block: Block, ran: Ran) -> Iterator[Failure]:
        """Only visible code may draw random numbers or bind what visible code reads."""
        what = "hidden code" if block.kind is Kind.HIDDEN else "this check"
        if ran.meddled:
            yield self._failure(block, f"{what} {ran.meddled}")
            return
        bound = names_bound(block.body) if block.kind is Kind.HIDDEN else set()
        if shared := bound & self.runner.read_in_the_open:
            name = min(shared)
            yield self._failure(block, f"{what} binds {name!r}, which visible code reads; use another name")

    def _hidden(self, block: Block, ran: Ran) -> Iterator[Failure]:
        if self.is_lab:
            yield self._failure(
                block, "a lab has no hidden code: its cells run in a notebook; make it a cell"
            )
        if ran.error is not None:
            yield self._raised(block, ran.error)
        if ran.printed:
            yield self._failure(
                block, "hidden code prints; show code that prints", f"printed   {ran.printed}"
            )

    # figures and listings --------------------------------------------------------------------------------

    def _figure(self, block: Block, ran: Ran) -> Iterator[Failure]:
        if ran.error is not None:
            yield self.claims.raised(block, ran.error)
        elif not is_drawing(ran.value):
            gives = f"{block.body} gives {show(ran.value)}, not a matplotlib Figure"
            yield self._failure(
                block, f"the check after an image compares the drawing with its file: {gives}"
            )
        else:
            yield from self._drawing(block, draw(ran.value))

    def _drawing(self, block: Block, drawn: str) -> Iterator[Failure]:
        path = self.path.parent / block.image
        faults = (
            compare_drawings(path.read_text("utf-8"), drawn) if path.is_file() else ["there is no such file"]
        )
        if faults:
            message, line = f"{block.image} is not what the code draws", self.page.line(block.start)
            yield Failure(self.name, line, message, tuple(faults), drawing=(path, drawn))

    def _listing(self, block: Block) -> Iterator[Failure]:
        target = block.directives["listing"]
        try:
            source = listed(target, block.language, self.root)
        except ValueError as error:
            yield self._failure(block, f"this listing cannot be compared: {error}")
            return
        if not same_listing(block.body, source):
            lines = source.strip("\n").split("\n")
            new = "".join(f"{block.prefix}{line}".rstrip() + "\n" for line in lines)
            end = self.page.text.rfind("\n", 0, block.end) + 1
            edit = Edit(block.body_start, end, new)
            yield self._failure(block, f"this listing is not the source of {target}", edits=(edit,))

    # the page as a whole ---------------------------------------------------------------------------------

    @cached_property
    def audit(self) -> list[Verdict]:
        """What proves each numeral of the page, once all of it has run."""
        self.runner.run_to(None)
        return self.page.audit(self.page.bind(self.claims.count))

    def audit_failures(self) -> list[Failure]:
        """Numerals that nothing proves, drawings that nothing compares, a page that checks nothing."""
        failures = [
            Failure(
                self.name,
                self.page.line(v.number.start),
                f"nothing proves the number {v.number.text}",
                REMEDY,
            )
            for v in self.audit
            if v.how is None
        ]
        for position, target in self.page.unchecked_figures():
            message = (
                f"no check compares {target} with what the code draws; write <!--= fig --> after the image"
            )
            failures.append(Failure(self.name, self.page.line(position), message))
        if not self._checks_something() and self.runner.broken is None:
            failures.append(Failure(self.name, 1, "this page checks nothing; give it an output or a check"))
        return failures

    def _checks_something(self) -> bool:
        expected = any("raises" in block.directives for block in self.page.of(Kind.CODE))
        return expected or bool(
            self.page.of(Kind.OUTPUT, Kind.CHECK, Kind.FIGURE, Kind.LISTING, Kind.PROBLEM)
        )


REMEDY = ("write <!--= expression --> after it, or <!-- ok: REASON --> if nothing can prove it",)


def check_page(name: str, text: str) -> list[Failure]:
    """Everything that is wrong with a page given as text; `name` is how failures call it."""
    checker = Checker(Path(name), text=text)
    try:
        return checker.check()
    finally:
        checker.close()
