"""What of a page is prose: the text with everything else blanked out, at unchanged positions."""

from __future__ import annotations

import re

from softmax_book.verify.blocks import Block, Kind

_NOT_PROSE = [
    re.compile(pattern, re.MULTILINE | re.DOTALL)
    for pattern in (
        r"\A---\n.*?\n---\n",  # front matter
        r"(?<=\])\([^)\n]*\)",  # link targets
        r"^\[[^\]\n]+\]:[^\n]*$",  # link definitions
        r"https?://[^\s>)]+",
        r"\[\^[\w-]+\]",  # footnote marks
        r"\{:?[ ]*(?:[#.][A-Za-z]|[\w-]+=)[^{}\n]*\}",  # attribute lists
        r"</?[A-Za-z][^>\n]*>",  # HTML tags, not what stands between them
        r"&#?\w+;",
        r"^[ \t>]*\d+[.)](?=\s)",  # list numbers
        r"^#+\s+\d+[.)](?=\s)",  # heading numbers
        r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)",  # dates
        r"_\{[^{}\n]*\}",  # subscripts in math are names: p_{12}
        r":[a-z][a-z0-9_+-]*:",  # icons
        r"(?<![\w#])[A-Za-z][\w./-]*#\d+|#\d+(?=\])",  # threads: owner/name#12
    )
]


def mask_prose(text: str, blocks: list[Block]) -> str:
    """The text of a page with blocks, links and markup blanked; same length, same lines."""
    masked = list(text)
    for block in blocks:
        _blank(masked, block.start, block.end)
        if block.kind is Kind.SHOWN and "ok" not in block.directives:
            inside = slice(block.body_start, text.rfind("\n", 0, block.end) + 1)
            masked[inside] = text[inside]
    for pattern in _NOT_PROSE:
        for match in pattern.finditer("".join(masked)):
            _blank(masked, *match.span())
    return "".join(masked)


def _blank(masked: list[str], start: int, end: int) -> None:
    masked[start:end] = [c if c == "\n" else " " for c in masked[start:end]]
