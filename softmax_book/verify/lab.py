"""Percent-format scripts read as Markdown: text cells lose their `# `, code cells become fences.

Every position in that Markdown has its origin in the script, so failures name the script's own lines.
"""

from __future__ import annotations

import re

from softmax_book.verify.made import MadeText

_CELL = re.compile(r"^#[ ]?%%(?P<title>[^\n]*)$", re.MULTILINE)
_TEXT = re.compile(r"\[(?:markdown|md|raw)\]")
_HEADER = re.compile(r"\A# ---\n(?:#[^\n]*\n)*?# ---\n")
_ALT = re.compile(r"""\balt=(["'])(.*?)\1""")  # what a figure of this cell says to those who cannot see it
FENCE = "``````"


def is_lab(text: str) -> bool:
    """Whether a Python file is a percent-format script."""
    return _CELL.search(text) is not None


def read_script(script: str) -> MadeText:
    """The cells of a script as one Markdown text, jupytext's header aside; code above them is a cell."""
    lab = MadeText()
    cells = list(_CELL.finditer(script))
    header = _HEADER.match(script)
    start = header.end() if header else 0
    _add_code(lab, script[start : cells[0].start() if cells else len(script)], start)
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        start = cell.end() + 1
        body = script[start : following.start() if following else len(script)]
        if _TEXT.search(cell["title"]):
            _add_text(lab, body, start)
        else:
            if alt := _ALT.search(cell["title"]):
                lab.add(alt[2] + "\n\n", cell.start("title") + alt.start(2))
            _add_code(lab, body, start)
    return lab


def _add_text(lab: MadeText, body: str, start: int) -> None:
    for line in body.splitlines(keepends=True):
        prefix = 2 if line.startswith("# ") else 1 if line.startswith("#") else 0
        lab.add(line[prefix:], start + prefix)
        start += len(line)
    lab.add("\n", start)


def _add_code(lab: MadeText, body: str, start: int) -> None:
    if body.strip():
        lab.add(f"{FENCE}python\n", start)
        lab.add(body.rstrip("\n") + "\n", start)
        lab.add(f"{FENCE}\n\n", start + len(body.rstrip("\n")))
