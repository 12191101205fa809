from __future__ import annotations

import io
import re
from pathlib import Path

from fontTools.ttLib import TTFont

from softmax_book.hooks.faces import STYLE, embed, ready_early, subset, used
from softmax_book.hooks.formulas import render

DOCS = Path(__file__).parents[2] / "docs"
FONTS = (DOCS / STYLE).parent / "fonts"
MAIN = "KaTeX_Main-Regular.woff2"


def test_each_character_is_found_in_the_font_that_sets_it() -> None:
    page = render(r"x = 0.5 \in \mathbb{R}, \mathbf{z} \mathcal{L} \textit{i} \texttt{t}", False)
    assert used(page) == {
        "KaTeX_Math-Italic.woff2": {"x"},
        MAIN: set("=0.5∈,"),
        "KaTeX_AMS-Regular.woff2": {"R"},
        "KaTeX_Main-Bold.woff2": {"z"},
        "KaTeX_Caligraphic-Regular.woff2": {"L"},
        "KaTeX_Main-Italic.woff2": {"i"},
        "KaTeX_Typewriter-Regular.woff2": {"t"},
    }


def test_large_operators_and_delimiters_have_fonts_of_their_own() -> None:
    page = render(r"\sum_{k} \big( \Big( \bigg( \Bigg(", True)
    assert used(page)["KaTeX_Size1-Regular.woff2"] == {"("}
    assert used(page)["KaTeX_Size2-Regular.woff2"] == {"∑", "("}
    assert used(page)["KaTeX_Size3-Regular.woff2"] == {"("}
    assert used(page)["KaTeX_Size4-Regular.woff2"] == {"("}


def test_text_outside_of_formulas_is_not_set_in_them() -> None:
    assert used("<p>Text</p>" + render("x", False) + "<p>more</p>") == {"KaTeX_Math-Italic.woff2": {"x"}}


def test_every_font_a_formula_may_ask_for_is_in_the_book() -> None:
    page = render(
        r"\boldsymbol{a} \mathfrak{b} \mathsf{c} \mathscr{D} \textbf{\textit{e}} \mathsf{\mathbf{f}}", False
    )
    missing = [name for name in used(page) if not (FONTS / name).is_file()]
    assert not missing


def test_a_font_keeps_the_characters_used_and_no_others() -> None:
    cut = subset((FONTS / MAIN).read_bytes(), set("0123∑"))
    assert set(TTFont(io.BytesIO(cut)).getBestCmap()) == {ord(c) for c in "0123"}  # ∑ is another font's
    assert len(cut) < 3000


def test_fonts_in_use_are_written_into_the_style_sheet_and_the_others_dropped() -> None:
    style = (DOCS / STYLE).read_text(encoding="utf-8")
    embedded = embed(style, {MAIN: {"1"}}, lambda name: (FONTS / name).read_bytes())
    assert embedded.count("@font-face") == embedded.count("url(data:font/woff2;base64,") == 1
    assert "url(fonts/" not in embedded


def test_only_pages_with_formulas_ask_for_their_fonts_early() -> None:
    page = "<head></head><body>{}</body>"
    assert "font.load()" in ready_early(page.format(render("x", False)))
    assert ready_early(page) == page


def test_the_style_sheet_names_its_fonts_as_they_are_looked_for() -> None:
    style = (DOCS / STYLE).read_text(encoding="utf-8")
    named = set(re.findall(r"url\(fonts/([^)]+)\)", style))
    assert named == {path.name for path in FONTS.iterdir()}
