"""An answer that a reader can try: a paragraph of numbers becomes a field that judges what is typed into it.

In the author's Markdown it stands between a question and its folded answer, one line for each value. The
first is right: a number, or several with commas between them, and perhaps a unit. Every other is a sentence
that begins with the value of a mistake and names it:

    0.6652<!--= p[2] -->
    0.4223<!--= twice[2] --> is a softmax of a softmax: it was applied to probabilities.
    { .answer }
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from softmax_book.hooks.javascript import Script
from softmax_book.hooks.marks import PLACE
from softmax_book.verify.reading import View

CORE = "answers/core.mjs"
"""What judges, here and in the reader's browser; below the docs folder, as is VIEW."""
VIEW = "answers/view.mjs"

_MARK = re.compile(r"^(?P<before>.*?)\{:?[ ]*\.answer[ ]*\}[ \t]*$", re.MULTILINE)
_BLANK_LINE = re.compile(r"^[ \t]*\n", re.MULTILINE)
_BETWEEN = " \t\n,"  # what may stand between the numbers of a line
_MARKUP = re.compile(r"[`$*<\[]")  # a verdict is plain text
_FIELD = re.compile(rf"<p>{PLACE}</p>|{PLACE}")


class BadAnswer(ValueError):
    """An answer that no field can be made of; the message says on which line, and what to write."""


@dataclass(frozen=True)
class Field:
    """A field for an answer, and the span of the page's text in whose place it stands."""

    start: int
    end: int
    element: str


@dataclass(frozen=True)
class _Line:
    """A line of an answer's paragraph: the numbers that it begins with, and the words behind them."""

    number: int
    values: tuple[str, ...]
    words: str

    @property
    def value(self) -> str:
        return " ".join(value.replace(",", "").replace("−", "-") for value in self.values)

    def fault(self, message: str) -> BadAnswer:
        return BadAnswer(f"line {self.number}: {message}")


def find(text: str, view: View, core: str) -> tuple[Field, ...]:
    """The fields of a page, first to last; `core` is the module that judges. Raises BadAnswer."""
    return tuple(_fields(text, view, core))


def _fields(text: str, view: View, core: str) -> Iterator[Field]:
    apart = [*view.comments, *view.fences]
    for mark in _MARK.finditer(text):
        if any(start <= mark.start() < end for start, end in apart):
            continue
        top = max((blank.end() for blank in _BLANK_LINE.finditer(text, 0, mark.start())), default=0)
        lines = [_read(text, view, *span) for span in _lines(text, view, top, mark.start())]
        if mark["before"].strip() or not lines:
            line = 1 + text.count("\n", 0, mark.start())
            raise BadAnswer(f"line {line}: {{ .answer }} stands on a line of its own, below the numbers")
        right, *mistakes = lines
        yield Field(top + _indentation(text, top), mark.end(), _element(right, mistakes, core))


def _indentation(text: str, start: int) -> int:
    return len(text[start:]) - len(text[start:].lstrip(" \t"))


def _lines(text: str, view: View, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines between two positions, as spans; a comment that runs over several does not end one."""
    for newline in re.compile(r"\n").finditer(text, start, end):
        if not any(a <= newline.start() < z for a, z in view.comments):
            yield start, newline.start()
            start = newline.end()


def _read(text: str, view: View, start: int, end: int) -> _Line:
    numerals = {(numeral.start, numeral.end) for numeral in view.numerals}
    values: list[str] = []
    words, at = "", start
    for a, z in sorted(span for span in {*numerals, *view.comments} if start <= span[0] < end):
        words += text[at:a]
        if (a, z) in numerals and not words.strip(_BETWEEN):
            values.append(text[a:z])
            words = ""
        elif (a, z) in numerals:
            words += text[a:z]
        at = z
    words = " ".join((words + text[at:end]).split())
    line = _Line(1 + text.count("\n", 0, start), tuple(values), words.lstrip(",: "))
    if not values:
        raise line.fault("it begins with no proven number; write the number, and right behind it its check")
    if _MARKUP.search(line.words):
        raise line.fault(f"{line.words!r} is shown as it is; write it without markup and formulas")
    return line


def _element(right: _Line, mistakes: list[_Line], core: str) -> str:
    unit = right.words
    named = [(line.value, line.words.removeprefix(unit).strip()) for line in mistakes]
    _check(right, mistakes, {"answer": right.value, "unit": unit, "mistakes": named}, core)
    data = {"answer": right.value, "unit": unit, "mistakes": json.dumps(named, ensure_ascii=False)}
    attributes = "".join(f' data-{name}="{html.escape(value)}"' for name, value in data.items())
    return f"<exercise-answer{attributes}></exercise-answer>"


def _check(right: _Line, mistakes: list[_Line], field: dict[str, Any], core: str) -> None:
    """Each value has to be judged as what it is, by the script that judges in the browser."""
    judge = _script(core)
    if judge.call("judge", right.value, field)["kind"] != "right":
        raise right.fault(f"a reader cannot type {right.value!r}; write a decimal or a whole number")
    for i, (line, (value, sentence)) in enumerate(zip(mistakes, field["mistakes"], strict=True)):
        if len(line.values) != len(right.values):
            counts = f"{len(right.values)} numbers are asked for, {len(line.values)} given"
            raise line.fault(f"{counts}; a mistake has as many as the answer")
        if not re.search(r"[a-z].*\.$", sentence, re.DOTALL):
            raise line.fault("behind the value, say in a sentence what went wrong, with a full stop")
        if any(re.search(rf"(?<![\d.]){re.escape(v)}(?!\.?\d)", sentence) for v in right.values):
            raise line.fault("this sentence gives the answer away")
        verdict = judge.call("judge", value, field)
        if (verdict["kind"], verdict.get("index")) != ("mistake", i):
            taken_for = f"line {mistakes[verdict['index']].number}" if "index" in verdict else verdict["kind"]
            raise line.fault(f"{value!r} would be judged as {taken_for!r}; give more digits, or leave it out")


@lru_cache(maxsize=2)  # while serving, an edited core is a new one
def _script(core: str) -> Script:
    if not core:
        raise BadAnswer(f"docs/{CORE}, which judges answers, is missing")
    return Script(core)


def fill(page: str, fields: tuple[Field, ...]) -> str:
    """The page with its fields where Markdown has kept their places."""
    elements = iter(fields)
    return _FIELD.sub(lambda _: next(elements).element, page)


def with_progress(page: str, name: str, script: str) -> str:
    """A page that has fields, with the script that brings them to life, and a place for what is answered.

    The reader's browser keeps that under `name`. It stands below the heading over the last field.
    """
    heading_end = page.rfind("</h2>", 0, page.rfind("<exercise-answer"))
    at = heading_end + len("</h2>") if heading_end >= 0 else 0
    progress = f'<answer-progress data-page="{html.escape(name)}"></answer-progress>'
    module = f'<script type="module" src="{html.escape(script)}"></script>'
    return page[:at] + progress + page[at:] + module
