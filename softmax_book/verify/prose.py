"""What of a page is prose: the text with everything else blanked out, at unchanged positions."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from itertools import accumulate

from softmax_book.verify.blocks import Block, Kind

_ATTRIBUTE = r"""[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_TAG = re.compile(rf"</?[A-Za-z][\w-]*(?:\s+{_ATTRIBUTE})*\s*/?>")
_SEEN_ATTRIBUTE = re.compile(r"""\b(?:alt|title)=(?:"([^"]*)"|'([^']*)')""")

_LISTED = "width|height|align|loading|style|class|id|target|hl_lines|linenums"

_NOT_PROSE = [
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"(?<=\])\(\s*<?[^)\s\"]*>?",  # link targets; a title after them is seen
        r"^\[(?!\^)[^\]\n]+\]:[^\n]*$",  # link definitions
        r"https?://[^\s>)]+",
        r"\[\^[\w-]+\]",  # footnote marks
        rf"\{{:?[ ]*(?:[#.][A-Za-z]|(?:{_LISTED})=)[^{{}}\n]*\}}",  # attribute lists
        r"&#?\w+;",
        r"^[ \t>]*\d+[.)](?=\s)",  # list numbers
        r"^#+\s+\d+[.)](?=\s)",  # heading numbers
        r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)",  # dates
        r"_\{[^{}\n.]*\}",  # subscripts in math are names: p_{12}
        r"(?<![\w}])_{1,3}(?=[^\s_])",  # emphasis
        r"\\(?!(?:times|cdot)\s*10[\^⁻⁰¹²³⁴-⁹])[A-Za-z]+",  # TeX commands: \approx0.9
        r":[a-z]+(?:-[a-z0-9]+)+:",  # icons
        r"[A-Za-z][\w.-]*/[\w.-]+#\d+|[\w./-]*#\d+(?=\])",  # threads: owner/name#12, [name#12]
    )
]


def mask_prose(text: str, blocks: list[Block]) -> str:
    """What a reader reads outside of code and output; the rest is blanked: same length, same lines."""
    masked = list(text)
    for block in blocks:
        _blank(masked, block.start, block.end)
        for start, end in _seen_parts(text, block):
            masked[start:end] = text[start:end]
    for tag in _TAG.finditer("".join(masked)):
        _blank(masked, *tag.span())
        for seen in _SEEN_ATTRIBUTE.finditer(text, *tag.span()):
            masked[seen.start() : seen.end()] = text[seen.start() : seen.end()]
    prose = "".join(masked)
    for pattern in _NOT_PROSE:
        prose = pattern.sub(lambda found: _spaces(found[0]), prose)
    return prose


def _seen_parts(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """What a reader reads of a fence: all of one that is only shown; of code its title and its comments."""
    if "ok" in block.directives:
        return
    if block.kind is Kind.SHOWN:
        yield block.body_start, text.rfind("\n", 0, block.end) + 1
    if block.kind is Kind.CODE:
        for title in re.finditer(r'\btitle="[^"\n]*"', text[block.start : block.body_start]):
            yield block.start + title.start() + len("title="), block.start + title.end()
        yield from _remarks(text, block)


def _remarks(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Comments and docstrings in the code of a block, as spans of the text."""
    lines = text[block.body_start : block.end].splitlines(keepends=True)
    starts = list(accumulate(map(len, lines), initial=block.body_start))

    def at(line: int, column: int) -> int:
        return starts[line - 1] + len(block.prefix) + column

    before = tokenize.NEWLINE
    try:
        for token in tokenize.generate_tokens(io.StringIO(block.body).readline):
            docstring = token.type == tokenize.STRING and before in _BETWEEN_STATEMENTS
            if docstring or token.type == tokenize.COMMENT:
                yield at(*token.start), at(*token.end)
            if token.type not in (tokenize.COMMENT, tokenize.NL):
                before = token.type
    except (SyntaxError, tokenize.TokenError):
        return  # the block fails when it runs


_BETWEEN_STATEMENTS = (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)


def _blank(masked: list[str], start: int, end: int) -> None:
    masked[start:end] = _spaces("".join(masked[start:end]))


def _spaces(text: str) -> str:
    """As many spaces, on the same lines."""
    return "\n".join(" " * len(line) for line in text.split("\n"))
