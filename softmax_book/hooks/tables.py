"""Numbers in a table stand under each other: columns of numbers alone are aligned at their right."""

from __future__ import annotations

import html
import re

from softmax_book.hooks.marks import release

_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(?P<tag>t[hd])(?P<style>[^>]*)>(?P<text>.*?)</(?P=tag)>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"[-−+]?(?:[\d.,]*\d[\d.,]*(?:e[-+]?\d+)?\s?%?|∞|inf)|nan")


def align(page: str) -> str:
    """A page whose columns of numbers are aligned at the right where their author says nothing else."""
    return _TABLE.sub(lambda table: _aligned(table[0]), page)


def _aligned(table: str) -> str:
    rows = [list(_CELL.finditer(row[0])) for row in _ROW.finditer(table)]
    columns = {i for i, column in enumerate(zip(*rows, strict=False)) if _is_of_numbers(column[1:])}

    def row(found: re.Match[str]) -> str:
        cells = enumerate(_CELL.finditer(found[0]))
        aligned = [_at_right(cell) if i in columns else cell[0] for i, cell in cells]
        return "<tr>" + "".join(aligned) + "</tr>"

    return _ROW.sub(row, table) if columns else table


def _at_right(cell: re.Match[str]) -> str:
    style = cell["style"] or ' style="text-align: right;"'
    return f"<{cell['tag']}{style}>{cell['text']}</{cell['tag']}>"


def _is_of_numbers(cells: tuple[re.Match[str], ...]) -> bool:
    texts = [html.unescape(_TAG.sub("", release(cell["text"]))).strip() for cell in cells]
    return any(texts) and all(not text or _NUMBER.fullmatch(text) for text in texts)
