"""A belief moved by keyboard and by pointer; what it costs, against the library."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, log
from typing import Any

import pytest
import torch

from softmax_book import cross_entropy_between, entropy, kl_divergence

PAGE = "/chapters/surprise/divergence/"
P = (0.1, 0.2, 0.7)


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def drawn(page: Any) -> Any:
    """The readings, once every key that was pressed is answered."""
    return page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => setTimeout(() =>"
        " done(document.querySelector('surprise-explorer').readings))))"
    )


def shown(page: Any) -> list[str]:
    rows = page.locator("surprise-explorer table tr")
    return [rows.nth(k).locator("td").first.inner_text() for k in range(4)]


def prices(p: torch.Tensor, q: torch.Tensor, size: float = 1.0) -> list[float]:
    measured = entropy(p), kl_divergence(p, q), cross_entropy_between(p, q), kl_divergence(q, p)
    return [value.item() / size for value in measured]


def agrees(page: Any, p: list[float], q: list[float], size: float = 1.0) -> None:
    readings = drawn(page)
    expected = prices(*torch.tensor([p, q], dtype=torch.float64), size)
    assert readings["q"] == pytest.approx(q, rel=1e-12, abs=1e-12)
    assert [readings[key] for key in ("entropy", "divergence", "crossEntropy", "reverse")] == pytest.approx(
        expected, rel=1e-12, abs=1e-12
    )
    assert shown(page) == ["∞" if price == inf else f"{price:.4f}" for price in expected]


def test_a_belief_moved_by_keyboard_costs_what_the_library_says(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    agrees(page, [*P], [1 / 3, 1 / 3, 1 / 3])
    page.locator("surprise-explorer input[type=range]").first.focus()
    press(page, "Home")
    agrees(page, [*P], [0, 0.5, 0.5])
    assert "Q rules out scissors" in page.locator("surprise-explorer .reading").text_content()
    press(page, "Tab", *["ArrowLeft"] * 10)
    agrees(page, [*P], [0, 0.4, 0.6])
    press(page, "Tab", "Tab", "Enter")  # Q = P
    agrees(page, [*P], [*P])
    press(page, "Tab", "Tab", "Space")  # P backwards
    agrees(page, [*P], [*reversed(P)])
    press(page, "Tab", "Tab", "ArrowRight")  # bits
    agrees(page, [*P], [*reversed(P)], size=log(2))
    press(page, *["Shift+Tab"] * 8, *["ArrowDown"] * 3)  # P never has scissors
    agrees(page, [0, 0.3, 0.7], [*reversed(P)], size=log(2))


def test_a_slider_tells_the_exact_share_between_its_steps(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    slider = page.locator("surprise-explorer input[type=range]").first
    slider.focus()
    press(page, "ArrowRight")
    drawn(page)
    texts = [slider.get_attribute("aria-valuetext") for slider in page.locator("input[type=range]").all()]
    assert texts == ["0.3400", "0.3300", "0.3300"]
    press(page, *["Tab"] * 3, "Space")
    drawn(page)
    assert slider.get_attribute("aria-valuetext") == "0.1000"


def test_q_is_dragged_into_p_and_beyond_the_edge(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    handle, happens = (page.locator(f"surprise-explorer {what}") for what in (".handle .point", ".happens"))
    handle.scroll_into_view_if_needed()
    end = middle(happens)
    page.mouse.move(*middle(handle))
    page.mouse.down()
    page.mouse.move(*end, steps=5)
    readings = drawn(page)
    assert readings["q"] == pytest.approx(P, abs=1e-6)
    page.mouse.move(end[0] + 300, end[1], steps=5)
    page.mouse.up()
    readings = drawn(page)
    assert readings["q"][0] == 0
    assert sum(readings["q"]) == pytest.approx(1, abs=1e-12)
    assert readings["divergence"] == inf
    page.mouse.move(*end)
    assert drawn(page)["q"] == readings["q"]  # it was let go


def test_a_click_in_the_triangle_puts_q_there(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    happens = page.locator("surprise-explorer .happens")
    happens.scroll_into_view_if_needed()
    page.mouse.click(*middle(happens))
    assert drawn(page)["q"] == pytest.approx(P, abs=0.01)  # a click comes in whole pixels


def middle(mark: Any) -> tuple[float, float]:
    box = mark.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
