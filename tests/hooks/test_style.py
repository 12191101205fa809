from __future__ import annotations

import re
from pathlib import Path

import pytest

from softmax_book import plotting

DOCS = Path(__file__).parents[2] / "docs"
CSS = (DOCS / "assets" / "book.css").read_text(encoding="utf-8")
GROUNDS = ["--md-default-bg-color", "--md-code-bg-color", "--book-output-bg"]


def rgba(name: str, palette: int) -> tuple[float, float, float, float]:
    found = re.findall(rf"{name}: #([0-9a-f]{{6}})([0-9a-f]{{2}})?;", CSS)
    digits, alpha = found[palette]
    red, green, blue = bytes.fromhex(digits)
    return red / 255, green / 255, blue / 255, int(alpha or "ff", 16) / 255


def luminance(colour: list[float]) -> float:
    """WCAG 2's relative luminance of an sRGB colour."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_what_goes_on_stands_out_from(ground: str, palette: int) -> None:
    *edge, alpha = rgba("--book-edge", palette)
    *under, _ = rgba(ground, palette)
    mixed = [alpha * e + (1 - alpha) * u for e, u in zip(edge, under, strict=True)]
    dark, light = sorted([luminance(mixed), luminance(under)])
    assert (light + 0.05) / (dark + 0.05) >= 3, "WCAG 2.1, 1.4.11"


def test_explorers_paint_the_classes_as_figures_do() -> None:
    style = (DOCS / "explorers" / "shared" / "explorer.css").read_text(encoding="utf-8")
    assert tuple(re.findall(r"--class-\d: (#[0-9a-f]{6});", style)) == plotting.CLASS_COLORS
