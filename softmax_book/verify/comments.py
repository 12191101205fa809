"""What the engine's HTML comments say: hidden code, checks and directives."""

from __future__ import annotations

import ast
import datetime
import re
from functools import lru_cache

from softmax_book.verify.blocks import Block, Kind

DIRECTIVES = {
    "raises": "raises: ExceptionName",
    "tol": "tol: 1e-4",
    "skip": "skip: REASON until YYYY-MM-DD",
    "listing": "listing: package.object, or listing: path/of/file.md",
    "ok": "ok: REASON",
}


_DIRECTIVE = re.compile(r"(?P<key>[a-z][a-z_-]*):(?P<value>.*)", re.DOTALL)
_IMAGE_BEFORE = re.compile(r"!\[[^\]]*\]\((?P<target>[^)\s]+)[^)\n]*\)(?:\{[^}\n]*\})?\s*\Z")
_TOL_OPTION = re.compile(r"(?P<expr>.*?)\s+;\s*(?P<option>.*)", re.DOTALL)
_SKIP = re.compile(r"(?P<reason>\S.*?)\s+until\s+(?P<day>\S+)")


def read_comment(text: str, start: int, end: int) -> Block:
    """The block that the comment at text[start:end] is; what is malformed becomes a PROBLEM."""
    inner = text[start + 4 : end - 3]
    stripped = inner.strip()
    if inner.startswith("="):
        return _check(text, start, end, inner[1:])
    first_line, newline, rest = inner.partition("\n")
    if first_line.strip() == "python" and newline:
        prefix_end = text.rfind("\n", 0, start) + 1
        prefix = text[prefix_end:start]
        body = strip_prefix(rest, prefix if not prefix.strip(" \t>") else "")
        return Block(Kind.HIDDEN, start, end, body, start + 4 + len(first_line) + 1, language="python")
    if stripped.startswith("="):
        return problem(
            start, end, "a check is written <!--= expression -->, with no space before the equals sign"
        )
    if found := _DIRECTIVE.fullmatch(stripped):
        return _directive(start, end, found["key"], found["value"].strip())
    word = re.match(r"\s*([\w-]*)", inner)
    named = word[1].lower() if word else ""
    if named in DIRECTIVES or (named == "python" and stripped.lower() != "python"):
        return problem(
            start, end, f"this comment looks like {named!r} and is not read as one; {_spelling(named)}"
        )
    if newline and re.fullmatch(r"\w+", first_line.strip()):
        message = f"{first_line.strip()!r} opens no block that is known; hidden code starts with <!-- python"
        return problem(start, end, message)
    return Block(Kind.COMMENT, start, end, inner)


def _spelling(named: str) -> str:
    if named == "python":
        return "hidden code starts on the line below <!-- python"
    return f"write <!-- {DIRECTIVES[named]} -->"


def _directive(start: int, end: int, key: str, value: str) -> Block:
    if key not in DIRECTIVES:
        known = " | ".join(DIRECTIVES.values())
        return problem(start, end, f"unknown directive {key!r}; known: {known}")
    block = Block(Kind.OK if key == "ok" else Kind.COMMENT, start, end, value, directives={key: value})
    if fault := _directive_fault(key, value):
        return problem(start, end, fault)
    if key == "tol":
        block.tol = float(value)
    return block


def _directive_fault(key: str, value: str) -> str | None:
    if not value:
        return f"this directive lacks its value; write <!-- {DIRECTIVES[key]} -->"
    if key == "tol":
        return _tol_fault(value)
    if key == "skip":
        found = _SKIP.fullmatch(value)
        if not found or _day(found["day"]) is None:
            return f"a skip needs a reason and the day it ends; write <!-- {DIRECTIVES['skip']} -->"
    if key == "raises" and not value.isidentifier():
        return f"raises names one exception class, got {value!r}; write <!-- raises: ValueError -->"
    return None


def _tol_fault(value: str) -> str | None:
    try:
        good = 0 < float(value) < 1
    except ValueError:
        good = False
    return None if good else f"a tolerance is a number between 0 and 1, got {value!r}; write tol 1e-4"


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def skip_of(block: Block) -> tuple[str, datetime.date] | None:
    """The reason and the last day of a skipped block, or None."""
    found = _SKIP.fullmatch(block.directives.get("skip", ""))
    day = _day(found["day"]) if found else None
    return (found["reason"], day) if found and day else None


def _check(text: str, start: int, end: int, inner: str) -> Block:
    expression, tol = inner.strip(), None
    if found := _TOL_OPTION.fullmatch(expression):
        expression, option = found["expr"].strip(), found["option"].split()
        if len(option) != 2 or option[0] != "tol":
            return problem(start, end, f"unknown option {found['option']!r} of a check; known: ; tol 1e-12")
        if fault := _tol_fault(option[1]):
            return problem(start, end, fault)
        tol = float(option[1])
    try:
        parse_check(expression)
    except SyntaxError as error:
        return problem(start, end, f"the check {expression!r} is not a Python expression: {error.msg}")
    block = Block(Kind.CHECK, start, end, expression, start + 5, tol=tol)
    if image := _IMAGE_BEFORE.search(text, text.rfind("\n\n", 0, start) + 1, start):
        block.kind, block.image = Kind.FIGURE, image["target"]
    return block


@lru_cache(maxsize=4096)
def parse_check(expression: str) -> ast.Expression:
    """The syntax tree of a check, which may run over several lines."""
    return ast.parse(f"({expression}\n)", mode="eval")


def problem(start: int, end: int, message: str) -> Block:
    """A block that fails at its place, saying what to write instead."""
    return Block(Kind.PROBLEM, start, end, message=message)


def strip_prefix(body: str, prefix: str) -> str:
    """The body of a block without the indentation or quote marks of its first line."""
    if not prefix:
        return body
    blank = " \t>" if prefix.strip() else " \t"
    lines = body.splitlines(keepends=True)
    return "".join(
        line[len(prefix) :] if line.startswith(prefix) else line.lstrip(blank) or "\n" for line in lines
    )
