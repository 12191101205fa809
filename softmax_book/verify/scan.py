"""Markdown text -> blocks, in the order they stand: code, output, hidden code, checks, directives.

One pass from left to right, so that whatever opens first wins: a fence shown inside a longer fence is text,
so is a comment inside a fence or between backticks, and a fence inside a comment is part of the comment.
"""

from __future__ import annotations

import re

from softmax_book.verify.blocks import SHOWN, Block, Kind
from softmax_book.verify.comments import problem, read_comment, strip_prefix

_OPENING = re.compile(
    r"""^(?P<prefix>[ \t>]*)(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)$
      | ^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+(?P<bullet>`{3,}|~{3,})
      | (?P<comment><!--)
      | (?<!\\)(?P<ticks>`+)""",
    re.MULTILINE | re.VERBOSE,
)
_COMMENTS = re.compile(r"<!--.*?-->", re.DOTALL)


def scan(text: str) -> list[Block]:
    """All blocks of a page. What is malformed becomes a PROBLEM block at its place: never an exception."""
    blocks: list[Block] = []
    position = 0
    while found := _OPENING.search(text, position):
        if found["ticks"]:
            position = _after_inline_code(text, found)
            continue
        block = _fence(text, found) if found["fence"] else _other(text, found)
        blocks.append(block)
        position = max(block.end, found.end())
    _attach_directives(text, blocks)
    _pair_outputs(text, blocks)
    return blocks


def _after_inline_code(text: str, ticks: re.Match[str]) -> int:
    paragraph_end = text.find("\n\n", ticks.end())
    closing = re.compile(rf"(?<!`){ticks['ticks']}(?!`)")
    found = closing.search(text, ticks.end(), paragraph_end if paragraph_end >= 0 else len(text))
    return found.end() if found else ticks.end()


def _fence(text: str, opening: re.Match[str]) -> Block:
    mark, prefix = opening["fence"], opening["prefix"]
    ending = re.compile(rf"^[ \t>]*{mark[0]}{{{len(mark)},}}[ \t]*$", re.MULTILINE)
    closing = ending.search(text, opening.end())
    if closing is None:
        message = f"this fence is never closed; end it with {mark} on a line of its own"
        return problem(opening.start(), len(text), message)
    words = opening["info"].split()
    language = words[0] if words else ""
    kind = {"python": Kind.CODE, "output": Kind.OUTPUT}.get(language, Kind.SHOWN)
    body_start = opening.end() + 1
    body = strip_prefix(text[body_start : closing.start()], prefix)
    block = Block(kind, opening.start(), closing.end(), body, body_start, prefix, language)
    if kind is Kind.SHOWN and language not in SHOWN:
        block.kind, block.message = Kind.PROBLEM, _unknown_language(language)
    return block


def _unknown_language(language: str) -> str:
    named = (
        f"the language {language!r} of this fence is not known"
        if language
        else "this fence names no language"
    )
    return (
        f"{named}; write python for code that runs, output for what it prints, or {', '.join(sorted(SHOWN))}"
    )


def _other(text: str, opening: re.Match[str]) -> Block:
    if opening["bullet"]:
        message = (
            "a fence cannot start on the line of its bullet; put it on the next line, indented by four spaces"
        )
        return problem(opening.start(), opening.end(), message)
    end = text.find("-->", opening.end())
    if end < 0:
        return problem(opening.start(), len(text), "this comment is never closed; end it with -->")
    return read_comment(text, opening.start(), end + 3)


def _attach_directives(text: str, blocks: list[Block]) -> None:
    """Hand each directive to the fence directly below it; one that stands above no fence is a problem."""
    attached: set[int] = set()
    for i, block in enumerate(blocks):
        if block.kind not in (Kind.CODE, Kind.OUTPUT, Kind.SHOWN):
            continue
        below = block
        for j in range(i - 1, -1, -1):
            directive = blocks[j]
            gap = text[directive.end : below.start]
            if not directive.directives or gap.count("\n") != 1 or gap.strip(" \t>\n"):
                break
            block.directives = directive.directives | block.directives
            block.tol = directive.tol if block.tol is None else block.tol
            directive.kind = Kind.COMMENT
            attached.add(j)
            below = directive
        if "listing" in block.directives:
            block.kind = Kind.LISTING
    for j, directive in enumerate(blocks):
        if directive.kind is Kind.COMMENT and directive.directives and j not in attached:
            key = next(iter(directive.directives))
            directive.kind = Kind.PROBLEM
            directive.message = (
                f"the directive {key!r} stands above no fence; put it on the line directly above one"
            )


def _pair_outputs(text: str, blocks: list[Block]) -> None:
    """An output belongs to the code right above it; only directives may stand between."""
    for i, block in enumerate(blocks):
        above = next((b for b in reversed(blocks[:i]) if b.kind is not Kind.COMMENT), None)
        if block.kind is not Kind.OUTPUT or above is None or above.kind is not Kind.CODE:
            continue
        if not _COMMENTS.sub("", text[above.end : block.start]).strip(" \t>\n"):
            block.producer, above.consumer = above, block
