"""`>>>` examples of docstrings, read as the code and output blocks of a page and held to the same rule."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sybil.document import PythonDocStringDocument
from sybil.python import import_path

from softmax_book.verify.blocks import Kind
from softmax_book.verify.execute import Runner
from softmax_book.verify.failure import Failure
from softmax_book.verify.lab import FENCE
from softmax_book.verify.made import MadeText
from softmax_book.verify.output import judge_output
from softmax_book.verify.page import Page
from softmax_book.verify.update import Edit, normalise, read_whole

_TRACEBACK = re.compile(
    r"Traceback \(most recent call last\):\n(?:[ \t].*\n)*(?P<said>(?P<name>\w+)\b.*)", re.DOTALL
)


class DocstringChecker:
    """The docstrings of one Python file."""

    def __init__(self, path: Path, *, name: str | None = None) -> None:
        self.path, self.name = path, name or str(path)
        self.source = normalise(read_whole(path))

    def docstrings(self) -> list[tuple[int, str]]:
        """Position and source text of each docstring with examples."""
        found = PythonDocStringDocument.extract_docstrings(self.source)
        return sorted(
            (start, self.source[start:end]) for start, end, _ in found if ">>>" in self.source[start:end]
        )

    def line(self, position: int) -> int:
        """The line of the file, counted from 1."""
        return self.source.count("\n", 0, position) + 1

    def check(self, start: int, text: str) -> list[Failure]:
        """What is wrong with the examples of one docstring."""
        page = Page(self.source, str(self.path), made=_as_markdown(text, start))
        runner = Runner(page, {**vars(import_path(self.path)), "__name__": "__main__"})
        try:
            runner.run_to(None)
            return [_with_number_edits(f, page) for f in self._failures(page, runner)]
        finally:
            runner.close()

    def _failures(self, page: Page, runner: Runner) -> Iterator[Failure]:
        for block in page.of(Kind.CODE):
            ran = runner.results.get(block)
            line = page.line(block.body_start)
            if ran is None:
                yield Failure(self.name, line, "not checked, because an example above it failed")
            elif ran.error is not None and type(ran.error).__name__ != block.directives.get("raises"):
                yield Failure(self.name, line, f"the example raised {type(ran.error).__name__}: {ran.error}")
            elif block.consumer is not None:
                yield from judge_output(page, self.name, block.consumer, runner.results)
            elif ran.printed:
                yield Failure(
                    self.name, line, "this example prints what is not written", (f"printed   {ran.printed}",)
                )


def _as_markdown(text: str, start: int) -> MadeText:
    made = MadeText()
    lines = text.splitlines(keepends=True)
    offsets = [start + sum(map(len, lines[:i])) for i in range(len(lines) + 1)]
    for example in doctest.DocTestParser().get_examples(text):
        indent, at = example.indent, example.lineno
        count = example.source.count("\n")
        error = _TRACEBACK.match(example.want)
        if error:
            made.add(f"<!-- raises: {error['name']} -->\n", offsets[at])
        made.add(f"{FENCE}python\n", offsets[at])
        for i in range(at, at + count):
            made.add(lines[i][indent + 4 :] or "\n", offsets[i] + indent + 4)
        made.add(f"{FENCE}\n\n", offsets[at + count])
        if example.want:
            _add_want(made, example.want, error, lines, offsets, at + count, indent)
    return made


def _add_want(
    made: MadeText,
    want: str,
    error: re.Match[str] | None,
    lines: list[str],
    offsets: list[int],
    at: int,
    indent: int,
) -> None:
    """The written output of an example; of a traceback only what was said."""
    count = want.count("\n")
    skipped = want[: error.start("said")].count("\n") if error else 0
    made.add(f"{FENCE}output\n", offsets[at])
    for i in range(at + skipped, at + count):
        line = lines[i] if i < len(lines) else "\n"
        made.add(line[indent:].rstrip("\n") + "\n", offsets[i] + indent)
    made.add(f"{FENCE}\n\n", offsets[min(at + count, len(lines))])


def _with_number_edits(failure: Failure, page: Page) -> Failure:
    """Edits in place of numbers only, at their origin: a docstring's other text is its author's."""
    edits = tuple(
        Edit(page.origin(e.start), page.origin(e.end - 1) + 1, e.new)
        for e in failure.edits
        if e.end > e.start and "\n" not in page.text[e.start : e.end]
    )
    return replace(failure, edits=edits)
