"""The explorer of digits, worked by keyboard alone; what it shows is what PyTorch computes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import torch
from torch import Tensor

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHIPPED = Path(__file__).parents[2] / "docs" / "explorers" / "digits"
EXPLORER = "digits-explorer"
FOCUSED = "() => document.activeElement.ariaLabel || document.activeElement.textContent"
READINGS = f"() => document.querySelector('{EXPLORER}').readings"


@pytest.fixture
def page(open_page: Callable[[str], Page]) -> Page:
    page = open_page("/chapters/digits/draw/")
    page.wait_for_selector(f"{EXPLORER} .pad")
    page.locator("#pen .headerlink").focus()
    tab_to(page, "row 1, column 1: ink 0 of 16")
    return page


def tab_to(page: Page, name: str) -> None:
    for _ in range(60):
        if page.evaluate(FOCUSED) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no press of Tab comes to {name!r}")


def press(page: Page, *keys: str) -> dict[str, Any]:
    """The numbers that the explorer shows after these keys."""
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_function(f"() => document.querySelector('{EXPLORER}').frame === undefined")
    readings: dict[str, Any] = page.evaluate(READINGS)
    return readings


def probs_of(counts: list[int]) -> Tensor:
    model = json.loads((SHIPPED / "weights.json").read_text(encoding="utf-8"))
    weights, biases = (torch.tensor(model[name], dtype=torch.float64) for name in ("weights", "biases"))
    return torch.softmax(weights @ torch.tensor(counts, dtype=torch.float64) / 16 + biases, dim=0)


def agrees(readings: dict[str, Any]) -> bool:
    got = torch.tensor(readings["probs"], dtype=torch.float64)
    return torch.allclose(got, probs_of(readings["counts"]), rtol=1e-12, atol=1e-12)


def test_a_pixel_is_found_and_filled_by_keyboard(page: Page) -> None:
    before = press(page)
    assert agrees(before)
    after = press(page, *["ArrowDown"] * 3, "ArrowRight", " ", "-", "-", "-")
    assert page.evaluate(FOCUSED) == "row 4, column 2: ink 13 of 16"
    changed = [i for i in range(64) if before["counts"][i] != after["counts"][i]]
    assert changed == [25]
    assert agrees(after)


def test_the_numbers_on_the_page_are_the_rounded_ones(page: Page) -> None:
    tab_to(page, "Clear")
    readings = press(page, "Enter")
    assert set(readings["counts"]) == {0}
    shown = page.locator(f"{EXPLORER} .bars tbody td:nth-child(2)").all_text_contents()
    assert [float(text) for text in shown] == pytest.approx(probs_of([0] * 64).tolist(), abs=5.1e-5)
    said = page.locator(f"{EXPLORER} .reading").first.text_content() or ""
    assert re.match(r"The classifier says 4 with 0\.1371, though no training image has so little ink", said)


def test_a_move_and_another_image_are_a_press_away(page: Page) -> None:
    first = press(page)["counts"]
    tab_to(page, "left")
    moved = press(page, " ")
    rows = torch.tensor(first).reshape(8, 8)
    assert moved["counts"] == torch.nn.functional.pad(rows, (-1, 1)).flatten().tolist()
    assert agrees(moved)
    tab_to(page, "one it gets wrong")
    wrong = press(page, "Enter")
    assert agrees(wrong)
    assert re.search(r"labelled (\d); the classifier says (?!\1)\d", page.locator(EXPLORER).inner_text())
