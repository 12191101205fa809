from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from softmax_book.hooks.tables import align

Render = Callable[[str], str]
RIGHT = "text-align: right;"


def styles(page: str) -> list[str]:
    """The style of each cell of the last row, "" where it has none."""
    return re.findall(r'<td(?: style="([^"]*)")?>', align(page).rpartition("<tr>")[2])


def test_columns_of_numbers_are_aligned_at_the_right_and_words_are_not(render: Render) -> None:
    page = render(
        "| who | price | share |\n|---|---|---|\n| Q1 | −1.0986<!--= x --> | 12 % |\n| P | | 1,033 |"
    )
    assert styles(page) == ["", RIGHT, RIGHT]
    assert align(page).count(f'<th style="{RIGHT}">') == 2


@pytest.mark.parametrize("cell", ["1 or 2", "Q1", "right", "3 × 4"])
def test_a_column_with_one_cell_of_words_is_left_alone(cell: str, render: Render) -> None:
    page = render(f"| a | b |\n|---|---|\n| 1 | {cell} |\n| x | 2 |")
    assert align(page) == page


def test_an_empty_column_is_left_alone(render: Render) -> None:
    assert styles(render("| a | b |\n|---|---|\n| x | |")) == ["", ""]


def test_what_the_author_says_of_a_column_holds(render: Render) -> None:
    assert styles(render("| a | b |\n|:-:|---|\n| 1 | 2 |")) == ["text-align: center;", RIGHT]
