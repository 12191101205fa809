from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from softmax_book import plotting
from softmax_book.hooks import drawings
from softmax_book.hooks.drawings import BadFigure, inline, themable

SVG = """<?xml version="1.0"?>
<!DOCTYPE svg>
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="288pt" height="144pt" viewBox="0 0 288 144" xmlns="http://www.w3.org/2000/svg" version="1.1">
 <metadata><x>noise</x></metadata>
 <defs>
  <style type="text/css">*{stroke-linejoin: round}</style>
  <clipPath id="clip"><rect width="1" height="1"/></clipPath>
 </defs>
 <g id="figure_1">
  <path d="M 0 0
L 1 1" clip-path="url(#clip)" style="fill: none; stroke: #737373"/>
  <use xlink:href="#tick" style="stroke: #0072b2"/>
  <text style="font-size: 10px; font-family: 'DejaVu Sans'; fill: #737373">0.5</text>
  <text style="font: 10px 'DejaVu Sans', sans-serif; fill: black">1</text>
 </g>
 <path id="tick"/>
</svg>
"""  # noqa: E501
IMAGE = '<img alt="A line" src="figures/a.svg" />'


def load(src: str) -> str:
    return SVG


def test_a_drawing_takes_the_ink_and_the_font_of_the_page() -> None:
    drawing = themable(SVG, "A line", "f1-")
    assert "#737373" not in drawing
    assert "black" not in drawing
    assert "DejaVu" not in drawing
    assert drawing.count("currentColor") == 4
    assert "#0072b2" in drawing


def test_coloured_letters_take_some_ink_and_white_ones_none() -> None:
    coloured = SVG.replace("fill: black", "fill: #0072b2").replace("fill: #737373", "fill: #ffffff")
    drawing = themable(coloured, "A line", "f1-")
    assert "fill: color-mix(in srgb, #0072b2 70%, currentColor)" in drawing
    assert "fill: #ffffff" in drawing
    assert "stroke: #0072b2" in drawing


def test_the_ink_replaced_is_the_ink_drawn_with() -> None:
    assert drawings.INK == plotting.INK


def test_a_drawing_brings_no_rule_that_holds_for_the_whole_page() -> None:
    assert "<style" not in themable(SVG, "A line", "f1-")


def test_two_drawings_on_a_page_share_no_id() -> None:
    page = inline(f"<p>{IMAGE}</p><p>{IMAGE}</p>", load)
    ids = re.findall(r'id="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids)) == ["f1-clip", "f1-tick", "f2-clip", "f2-tick"]
    assert set(re.findall(r"(?:url\(|xlink:href=\")#([^)\"]+)", page)) == set(ids)


def test_a_drawing_has_its_size_and_its_text_for_those_who_cannot_see_it() -> None:
    drawing = themable(SVG, 'A "line"', "f1-")
    assert 'role="img" aria-label="A &quot;line&quot;"' in drawing
    assert 'viewBox="0 0 288 144" width="384" height="192"' in drawing


CAPTIONED: dict[str, Callable[[str], str]] = {
    "the next line": lambda image: f"<p>{image}\n<em>It <code>rises</code>.</em></p>",
    "the next paragraph": lambda image: f"<p>{image}</p>\n<p><em>It <code>rises</code>.</em></p>",
}


@pytest.mark.parametrize("place", CAPTIONED)
def test_an_emphasised_line_is_the_caption_when_it_stands_in(place: str) -> None:
    page = inline(CAPTIONED[place](IMAGE), load)
    assert page.startswith('<figure class="figure"><svg')
    assert page.endswith("<figcaption>It <code>rises</code>.</figcaption></figure>")


def test_a_paragraph_that_only_starts_emphasised_is_no_caption() -> None:
    page = inline(f"<p>{IMAGE}</p>\n<p><em>Note</em> that it rises.</p>", load)
    assert page.endswith("</figure>\n<p><em>Note</em> that it rises.</p>")


def test_classes_of_the_image_become_the_figures() -> None:
    image = '<img alt="A line" class="narrow" src="figures/a.svg" />'
    assert '<figure class="figure narrow">' in inline(f"<p>{image}</p>", load)


def test_an_image_in_a_sentence_stays_in_it() -> None:
    page = inline(f"<p>See {IMAGE} here.</p>", load)
    assert page.startswith("<p>See <svg")
    assert "<figure" not in page


def test_bitmaps_and_images_elsewhere_are_left_alone() -> None:
    page = '<p><img alt="A" src="a.png" /></p><p><img alt="A" src="https://example.org/a.svg" /></p>'
    assert inline(page, load) == page


def test_a_figure_without_alternative_text_is_refused() -> None:
    with pytest.raises(BadFigure, match=r"a\.svg has no alternative text"):
        inline('<p><img alt="" src="figures/a.svg" /></p>', load)


def test_a_drawing_without_a_viewbox_is_refused() -> None:
    with pytest.raises(BadFigure, match="viewBox"):
        themable('<svg width="1"></svg>', "A", "f1-")


def test_what_plotting_draws_is_transparent_and_in_ink() -> None:
    fig, axes = plotting.figure(width=3.0, height=2.0)
    axes.plot([0, 1], [0, 1], color=plotting.CLASS_COLORS[0], label="class")
    axes.legend()
    axes.set_title("title")
    drawing = themable(fig._repr_svg_(), "A line", "f1-")  # type: ignore[attr-defined]
    colours = {c.lower() for c in re.findall(r"#[0-9a-fA-F]{6}\b", drawing)}
    assert colours == {plotting.CLASS_COLORS[0]}
