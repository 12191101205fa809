from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

import pytest
import torch
from matplotlib.colors import to_hex

from softmax_book import plotting
from softmax_book.plotting import (
    AGAINST,
    CLASS_COLORS,
    CLASS_DASHES,
    CLASS_HATCHES,
    CLASS_MARKERS,
    INK,
    SERIES_COLORS,
    draw_image,
    draw_weights,
    figure,
    panels,
)

LIGHT, DARK, THEME_DARK = "#ffffff", "#16191d", "#1e2129"  # paper, our dark paper, the theme's own


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("paper", [LIGHT, DARK, THEME_DARK])
@pytest.mark.parametrize("colour", [*CLASS_COLORS, INK, AGAINST])
def test_every_colour_can_be_seen_on_light_and_dark(colour: str, paper: str) -> None:
    assert contrast(colour, paper) >= 3


def test_ten_classes_differ_in_colour_marker_hatch_and_dash() -> None:
    for signs in (CLASS_COLORS, CLASS_MARKERS, CLASS_HATCHES, CLASS_DASHES):
        assert len(signs) == len(set(signs)) == 10


def test_what_is_no_class_has_no_colour_of_the_first_four() -> None:
    assert set(SERIES_COLORS) <= set(CLASS_COLORS[4:])
    assert len(SERIES_COLORS) == len(set(SERIES_COLORS)) == 4


def test_a_figure_leaves_the_global_settings_alone() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    fig, axes = figure()
    axes.plot([0, 1], [0, 1])
    fig._repr_svg_()  # type: ignore[attr-defined]
    assert dict(matplotlib.rcParams) == before


def test_the_same_drawing_is_the_same_text() -> None:
    def draw() -> str:
        fig, axes = figure()
        axes.bar([0, 1], [1, 2], hatch=CLASS_HATCHES[1])
        return str(fig._repr_svg_())  # type: ignore[attr-defined]

    assert draw() == draw()


def test_panels_are_of_equal_size_and_within_the_margins() -> None:
    _, axes = panels(2, 3, width=6.0, height=4.0, left=0.5, right=0.1, bottom=0.4, top=0.2, gap=0.1)
    boxes = [a.get_position() for row in axes for a in row]
    assert len({(round(b.width, 9), round(b.height, 9)) for b in boxes}) == 1
    assert min(b.x0 for b in boxes) == pytest.approx(0.5 / 6)
    assert max(b.y1 for b in boxes) == pytest.approx(1 - 0.2 / 4)
    assert axes[0][0].get_position().y0 > axes[1][0].get_position().y0


def test_margins_that_leave_no_room_are_refused() -> None:
    with pytest.raises(ValueError, match=r"1 x 9 axes in 2\.0 x 3\.2 inches would be -0\.\d+"):
        panels(1, 9, width=2.0)


def test_an_image_is_ink_and_where_there_is_none_nothing() -> None:
    _, axes = figure()
    draw_image(axes, torch.tensor([2.0, 0.0, 0.0, 1.0]), largest=2.0)
    (mesh,) = axes.collections
    colours = [to_hex(c, keep_alpha=True) for c in mesh.to_rgba(mesh.get_array()).reshape(-1, 4)]
    assert colours[0] == INK + "ff"
    assert int(colours[1][-2:], 16) <= 1
    assert colours[3].startswith(INK)
    assert 0x7C <= int(colours[3][-2:], 16) <= 0x84


def test_an_image_with_negative_pixels_is_sent_to_the_weights() -> None:
    _, axes = figure()
    with pytest.raises(ValueError, match=r"at least 0; got -2\..*draw_weights"):
        draw_image(axes, torch.tensor([1.0, 0.0, -2.0, 1.0]))


def test_weights_are_filled_above_zero_hollow_below_and_nothing_at_zero() -> None:
    _, axes = figure()
    draw_weights(axes, torch.tensor([2.0, 0.0, -2.0, 1.0]), largest=2.0)
    filled, hollow = axes.collections
    assert filled.get_offsets().tolist() == [[0.5, 0.5], [1.5, 1.5]]
    assert hollow.get_offsets().tolist() == [[0.5, 1.5]]
    assert len(hollow.get_facecolor()) == 0
    assert to_hex(hollow.get_edgecolor()[0]) == AGAINST
    large, small = filled.get_sizes()
    assert large == hollow.get_sizes()[0] == pytest.approx(2 * small)


def test_the_largest_weight_stays_in_its_place() -> None:
    _, axes = figure(width=2.0, height=3.0, left=0.5, right=0.5, bottom=0.5, top=0.5)
    draw_weights(axes, torch.ones(64))
    assert 0.8 * 72 / 8 < axes.collections[0].get_sizes()[0] ** 0.5 < 72 / 8


@pytest.mark.parametrize("draw", [draw_image, draw_weights])
@pytest.mark.parametrize("shape", [(63,), (8, 8), (2, 64), ()])
def test_what_is_no_row_of_a_square_is_refused(shape: tuple[int, ...], draw: Callable[..., None]) -> None:
    _, axes = figure()
    with pytest.raises(ValueError, match=r"square number D.*flatten"):
        draw(axes, torch.zeros(shape))


def test_without_matplotlib_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("matplotlib"):
            raise ModuleNotFoundError(name)
        return real(name, *args, **kwargs)

    plotting._classes.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ImportError, match=r'pip install "softmax-book\[data\]"'):
        figure()
