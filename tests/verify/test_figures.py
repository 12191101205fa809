"""Drawings: the same bytes for the same drawing, and a comparison that sees what a reader sees."""

from __future__ import annotations

from typing import Any

import pytest
from matplotlib.figure import Figure

from softmax_book.verify.figures import compare_drawings, draw


def line(end: float = 1.0, label: str = "0.6652", color: str = "#0072b2") -> Any:
    fig = Figure(figsize=(2, 1))
    axes = fig.add_axes((0.2, 0.2, 0.7, 0.7))
    axes.plot([0, 1], [0, end], color=color)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.text(0.5, 0.5, label)
    return fig


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert draw(line()) == draw(line())


def test_a_drawing_holds_no_date_and_keeps_its_text() -> None:
    svg = draw(line())
    assert "<dc:date>" not in svg
    assert ">0.6652<" in svg


def test_coordinates_have_one_decimal_and_scales_keep_theirs() -> None:
    assert ".123456" not in draw(line(0.123456))


def test_noise_in_a_coordinate_passes() -> None:
    assert compare_drawings(draw(line(0.5)), draw(line(0.5 + 1e-6))) == []


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (line(0.9), "<path d> is"),
        (line(label="0.6653"), "the file says '0.6652', the drawing says '0.6653'"),
        (line(color="#d55e00"), "<path style> is"),
    ],
    ids=["a line that moved", "another digit", "another colour"],
)
def test_what_a_reader_would_see_fails(other: Any, said: str) -> None:
    faults = compare_drawings(draw(line()), draw(other))
    assert len(faults) == 1
    assert faults[0].startswith(said)


def test_a_file_that_is_no_svg_is_said_to_be_none() -> None:
    assert compare_drawings("not a drawing", draw(line()))[0].startswith("the file is not an SVG")


def test_names_inside_a_drawing_do_not_count() -> None:
    svg = draw(line())
    first = svg.split('clip-path="url(#')[1].split(")")[0]
    assert compare_drawings(svg.replace(first, "other"), svg) == []


def marked() -> str:
    """A drawing with two kinds of marker, which an SVG defines once and refers to by name."""
    fig = Figure(figsize=(2, 1))
    axes = fig.add_axes((0.2, 0.2, 0.7, 0.7))
    axes.plot([0.2], [0.5], marker="o", linestyle="")
    axes.plot([0.8], [0.5], marker="^", linestyle="")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    return draw(fig)


def test_markers_are_compared_by_what_they_refer_to() -> None:
    svg = marked()
    disc, triangle = [m.split('"')[0] for m in svg.split('xlink:href="#')[1:] if 'y="' in m][-2:]
    assert disc != triangle
    swapped = svg.replace(f'href="#{disc}"', 'href="#swap"').replace(f'href="#{triangle}"', f'href="#{disc}"')
    assert compare_drawings(swapped.replace('href="#swap"', f'href="#{triangle}"'), svg)
    assert compare_drawings(svg.replace(f'href="#{disc}"', 'href="#gone"'), svg)


def test_a_style_that_hides_text_is_seen() -> None:
    svg = draw(line())
    assert compare_drawings(svg.replace("</style>", "text{display:none}</style>"), svg)


def test_text_behind_an_element_is_seen() -> None:
    svg = draw(line())
    assert compare_drawings(svg.replace("</text>", "</text>9.99"), svg)
