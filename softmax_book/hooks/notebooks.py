"""What a reader takes along: a page or a lab as a notebook, to be run from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import nbformat

from softmax_book.hooks import labs, portable
from softmax_book.hooks.furniture import below_title
from softmax_book.hooks.marks import rewrite
from softmax_book.verify.blocks import Block, Kind
from softmax_book.verify.reading import read_lab
from softmax_book.verify.scan import scan

References = Iterable[tuple[str, str]]
"""What the addresses in a page name: where they lead from a reader's disk, or the SVG of a figure."""

_KERNEL = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}
_NOTE = (
    "> {this} of The Softmax Book (text CC BY 4.0, code MIT) runs here as a notebook, from top to bottom.\n"
    "> It imports the book's package, which is on no package index: in a copy of the book's repository, run "
    '`pip install -e ".[data]"` with the Python of this kernel.'
)


def of_page(markdown: str, references: References = (), address: str = "") -> str:
    """The notebook of a page, as JSON: its text, its visible code in cells, no output.

    `address` is where the page is published, where that is known.
    """
    blocks = scan(markdown)
    code = [b for b in blocks if b.kind is Kind.CODE and not b.is_skipped]
    edits = [(b.start, b.end, b.prefix + portable.held(i)) for i, b in enumerate(code)]
    edits += [(b.start, b.end, "") for b in blocks if _vanishes(b, markdown)]
    edits += [(b.end, b.end, _origin(b)) for b in blocks if b.kind is Kind.LISTING]
    cells = [_code(b.body.removesuffix("\n"), raises="raises" in b.directives) for b in code]
    return _notebook(rewrite(markdown, edits), cells, references, _note("page", address))


def of_lab(script: str, references: References = (), address: str = "") -> str:
    """The notebook of a lab, as `of_page`."""
    code: list[Any] = []
    parts: list[str] = []
    for cell in labs.parse(rewrite(script, [(a, z, "") for a, z in read_lab(script).comments])).cells:
        if cell.cell_type == "code":
            parts.append(portable.held(len(code)))
            code.append(_code(cell.source))
        else:
            parts.append(cell.source)
    return _notebook("\n\n".join(parts), code, references, _note("lab", address))


def _vanishes(block: Block, markdown: str) -> bool:
    """Whether a block is a comment of the engine's, or an output that the notebook prints itself."""
    if block.kind is Kind.OUTPUT:
        return block.producer is None or not block.producer.is_skipped
    return markdown.startswith("<!--", block.start)


def _origin(listing: Block) -> str:
    """A sentence on how to call what a listing shows; nothing where it shows a file."""
    module, _, name = listing.directives["listing"].rpartition(".")
    if listing.language != "python" or "/" in name:
        return ""
    return f"\n\n{listing.prefix}*This listing is for reading. To call it:* `from {module} import {name}`."


def _note(what: str, address: str) -> str:
    return _NOTE.format(this=f"[This {what}]({address})" if address else f"This {what}")


def _notebook(markdown: str, code: list[Any], references: References, note: str) -> str:
    """JSON of the text and of the code that it holds."""
    known = {**portable.anchors(markdown), **dict(references)}
    pieces = portable.pieces(below_title(markdown, note), known)
    cells = [_text(piece) if isinstance(piece, str) else code[piece] for piece in pieces]
    for number, cell in enumerate(cells, start=1):
        cell["id"] = f"cell-{number}"  # by default random, and then no two builds are the same
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=_KERNEL)
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook))


def _text(source: str) -> Any:
    return nbformat.v4.new_markdown_cell(source)


def _code(source: str, *, raises: bool = False) -> Any:
    """A cell of code; tagged where it is to raise, so that a run goes on behind it."""
    return nbformat.v4.new_code_cell(source, metadata={"tags": ["raises-exception"]} if raises else {})
