"""What a reader takes along: a lab as a notebook, ready to be run."""

from __future__ import annotations

from typing import Any

import nbformat

from softmax_book.hooks.labs import parse

_KERNEL = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}


def of_lab(script: str) -> str:
    """The notebook of a lab, as JSON: text and code, no output."""
    return _written(
        [_text(c.source) if c.cell_type == "markdown" else _code(c.source) for c in parse(script).cells]
    )


def _text(source: str) -> Any:
    return nbformat.v4.new_markdown_cell(source)


def _code(source: str) -> Any:
    return nbformat.v4.new_code_cell(source)


def _written(cells: list[Any]) -> str:
    for number, cell in enumerate(cells, start=1):
        cell["id"] = f"cell-{number}"  # by default random, and then no two builds are the same
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=_KERNEL)
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook))
