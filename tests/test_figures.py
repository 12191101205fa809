"""A figure says the same to those who see it, who see no colours, who see nothing, and who hold a phone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from softmax_book.hooks.labs import parse
from softmax_book.plotting import (
    AGAINST,
    CLASS_COLORS,
    CLASS_DASHES,
    CLASS_HATCHES,
    CLASS_MARKERS,
    INK,
    figure,
)
from softmax_book.verify.figures import draw

DOCS = Path(__file__).parents[1] / "docs"
DRAWN = sorted(DOCS.rglob("figures/*.svg"))
PAGES = sorted(p for p in DOCS.rglob("*.md") if not p.name.endswith(".ko.md"))
LABS = sorted(DOCS.rglob("lab.py"))

PALETTE = {INK, AGAINST, "#ffffff", *CLASS_COLORS}
PHONE = 390 - 2 * 16 + 24  # CSS pixels: a screen, its margins, and what book.css gives a figure of them
LEGIBLE = 9  # CSS pixels of a letter's size
FAINT = 0.5  # what is fainter, a band or a tint, goes with something that is not
WORDS = 8  # fewer can name a figure; they cannot say what it shows

IMAGE = re.compile(r"^ *!\[(?P<alt>.*)\]\((?P<src>\S+?)\).*\n *(?P<below>.*)", re.MULTILINE)
CAPTION = re.compile(r"\*(?![*\s]).*(?<![*\s])\*$")
COMMENT = re.compile(r"<!--.*?-->")
HREF = "{http://www.w3.org/1999/xlink}href"


def faults(svg: str) -> list[str]:
    """What is wrong with a drawing."""
    root = ElementTree.fromstring(svg)
    scale = PHONE / float(root.attrib["viewBox"].split()[2])
    elements = [(tag(element), look(element)) for element in root.iter()]
    used = {style[side] for _, style in elements for side in ("fill", "stroke") if side in style}
    sizes = {size(style) * scale for name, style in elements if name in ("text", "tspan")}
    named = {element.get("id", ""): element for element in root.iter()}
    return [
        *("a bitmap" for name, _ in elements if name == "image"),
        *(f"the colour {c}" for c in sorted(used - PALETTE) if c != "none" and not c.startswith("url(")),
        *(f"letters of {s:.1f} px on a phone" for s in sorted(sizes) if s < LEGIBLE),
        *(fault for key, group in named.items() if key.startswith("axes_") for fault in alike(group, named)),
    ]


def tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def look(element: Element) -> dict[str, str]:
    pairs = (pair.partition(":") for pair in element.get("style", "").split(";"))
    written = {name.strip(): value.strip() for name, _, value in pairs}
    return {**element.attrib, **written}


def size(style: dict[str, str]) -> float:
    found = re.search(r"([\d.]+)px", style.get("font-size", style.get("font", "")))
    return float(found[1]) if found else float("inf")


def alike(axes: Element, named: dict[str, Element]) -> list[str]:
    """Which colours of one panel only a reader who sees colours can tell apart."""
    marks: dict[str, set[Any]] = defaultdict(set)
    hidden = {part for group in axes.iter() if tag(group) == "defs" for part in group.iter()}
    for element in axes.iter():
        if element not in hidden and tag(element) in ("path", "use"):
            colour, mark = signs(element, named)
            marks[colour].add(mark)
    coloured = sorted(marks.keys() - {INK, "none", "#ffffff"})
    return [
        f"{a} and {b} differ by nothing else" for a, b in combinations(coloured, 2) if marks[a] == marks[b]
    ]


def signs(element: Element, named: dict[str, Element]) -> tuple[str, Any]:
    """The colour of a mark, "none" where it is faint, and all else that it can be known by."""
    style = look(element)

    def side(name: str) -> str:
        seen = float(style.get("opacity", 1)) * float(style.get(f"{name}-opacity", 1))
        return style.get(name, "none") if seen >= FAINT else "none"

    fill, stroke = side("fill"), side("stroke")
    shape = named[style[HREF][1:]].get("d") if HREF in style else None
    if fill.startswith("url("):
        ground, lines = list(named[fill[5:-1]])
        return ground.attrib["fill"], lines.attrib["d"]
    if fill != "none":
        return fill, ("filled", shape)
    return stroke, ("drawn", shape, style.get("stroke-dasharray"))


def missing(alt: str, below: str) -> list[str]:
    """What a figure lacks around it."""
    caption = COMMENT.sub("", below).strip()
    return [
        *(["a text that says what it shows"] if len(alt.split()) < WORDS else []),
        *(["a caption"] if not CAPTION.match(caption) or len(caption.split()) < WORDS else []),
    ]


def test_there_are_figures_pages_and_labs() -> None:
    assert len(DRAWN) >= 70
    assert len(PAGES) >= 50
    assert len(LABS) >= 4


@pytest.mark.parametrize("path", DRAWN, ids=lambda p: str(p.relative_to(DOCS)))
def test_a_figure_is_of_lines_in_the_books_colours_told_apart_without_them_and_legible(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


def test_a_figure_of_a_page_has_a_text_that_says_the_same_and_a_caption() -> None:
    found = [
        (str(page.relative_to(DOCS)), image["src"], missing(image["alt"], image["below"]))
        for page in PAGES
        for image in IMAGE.finditer(page.read_text(encoding="utf-8"))
    ]
    assert [lacks for lacks in found if lacks[2]] == []
    assert len(found) >= len(DRAWN)


def test_every_figure_is_shown() -> None:
    shown = {
        (page.parent / image["src"]).resolve()
        for page in PAGES
        for image in IMAGE.finditer(page.read_text(encoding="utf-8"))
    }
    assert [str(path) for path in DRAWN if path.resolve() not in shown] == []


def test_a_figure_of_a_lab_has_both_too() -> None:
    found = [
        (lab.parent.name, cell.metadata.get("alt", ""), after.source.split("\n\n")[0].replace("\n", " "))
        for lab in LABS
        for cell, after in pairwise(parse(lab.read_text(encoding="utf-8")).cells)
        if cell.cell_type == "code" and cell.source.endswith("\nfig")
    ]
    assert {name for name, *_ in found} == {lab.parent.name for lab in LABS}
    assert [name for name in found if missing(*name[1:])] == []


def two_lines(**second: Any) -> str:
    drawing, axes = figure(width=5.0)
    axes.plot([0, 1], [0, 1], color=CLASS_COLORS[0])
    axes.plot([0, 1], [1, 0], **{"color": CLASS_COLORS[1], **second})
    return draw(drawing)


def markers_alike() -> str:
    drawing, axes = figure()
    for k in (0, 1):
        axes.plot([0, 1], [k, k], "o", color=CLASS_COLORS[k])
    return draw(drawing)


def bars(**settings: Any) -> str:
    drawing, axes = figure()
    axes.bar(range(3), [1, 2, 3], color=CLASS_COLORS[:3], **settings)
    return draw(drawing)


def written(size: float, width: float = 6.4) -> str:
    drawing, axes = figure(width=width)
    axes.text(0, 0, "small", fontsize=size)
    return draw(drawing)


def image() -> str:
    drawing, axes = figure()
    axes.imshow([[0, 1], [1, 0]])
    return draw(drawing)


GOOD: dict[str, Callable[[], str]] = {
    "lines with dashes": lambda: two_lines(linestyle=CLASS_DASHES[1]),
    "lines with markers": lambda: two_lines(marker=CLASS_MARKERS[1]),
    "a line and hollow markers": lambda: two_lines(linestyle="", marker="o", fillstyle="none"),
    "a line and a band": lambda: two_lines(alpha=0.2, linewidth=9),
    "a line in ink": lambda: two_lines(color=INK),
    "bars with hatches": lambda: bars(hatch=CLASS_HATCHES[:3]),
    "letters as large as ticks": lambda: written(11),
    "small letters on a narrow figure": lambda: written(9, width=5.0),
}
BAD: dict[str, tuple[Callable[[], str], str]] = {
    "lines without dashes": (two_lines, "#0072b2 and #d55e00 differ by nothing else"),
    "markers alike": (markers_alike, "#0072b2 and #d55e00 differ by nothing else"),
    "bars without hatches": (bars, "#0072b2 and #009e73 differ by nothing else"),
    "a colour of its own": (lambda: two_lines(color="#123456"), "the colour #123456"),
    "small letters": (lambda: written(10), "letters of 8.3 px on a phone"),
    "a bitmap": (image, "a bitmap"),
}


@pytest.mark.parametrize("which", GOOD)
def test_a_drawing_that_tells_all_is_let_pass(which: str) -> None:
    assert faults(GOOD[which]()) == []


@pytest.mark.parametrize("which", BAD)
def test_a_drawing_that_does_not_is_caught(which: str) -> None:
    drawing, told = BAD[which]
    assert told in faults(drawing())


ALT = "![Two lines that cross at three, and a third]"


@pytest.mark.parametrize(
    ("page", "lacks"),
    [
        (f"{ALT}(a.svg)<!--= a -->\n*No caption at all*, only an emphasised start.", "a caption"),
        (f"{ALT}(a.svg)\n\n*Too far below to be the caption of anything.*", "a caption"),
        (f"{ALT}(a.svg)\n*Too short<!--= say(1, 2, 3, 4, 5, 6) -->.*", "a caption"),
        (
            "![Lines](a.svg)\n*They cross<!--= a -->, and nobody here had expected that of them.*",
            "a text that says what it shows",
        ),
    ],
)
def test_what_a_figure_lacks_around_it_is_caught(page: str, lacks: str) -> None:
    (image,) = IMAGE.finditer(page)
    assert missing(image["alt"], image["below"]) == [lacks]
