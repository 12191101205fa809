"""The overfitting explorer, worked by keyboard alone, against the library's early stopping on its curves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import torch

from softmax_book import EarlyStopping

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PAGE = "/chapters/overfitting/remedies/"
CURVES = Path(__file__).parents[2] / "docs" / "explorers" / "overfitting" / "curves.json"
PATIENCE = 4  # as the explorer begins, with 20 digits, 32 units and no decay


@pytest.fixture(scope="module")
def recorded() -> Any:
    return json.loads(CURVES.read_text(encoding="utf-8"))


@pytest.fixture
def explorer(open_page: Callable[[str], Page]) -> Locator:
    found = open_page(PAGE).locator("overfitting-explorer")
    found.locator(".reading").wait_for()
    return found


def press(explorer: Locator, key: str, times: int = 1) -> None:
    for _ in range(times):
        explorer.page.keyboard.press(key)
    explorer.page.evaluate("() => new Promise(requestAnimationFrame)")


def compare(explorer: Locator, recorded: Any, place: tuple[int, int, int], patience: int) -> None:
    """The places that are read off one curve, and the table, with what the library says."""
    hidden, size, decay = place
    curve = recorded["curves"][hidden][size][decay]
    rule, nobody = EarlyStopping(patience), torch.nn.Identity()
    stopped = next((k for k, loss in enumerate(curve["val"]) if rule.update(loss, nobody)), None)
    places = [curve["val"].index(min(curve["val"])), stopped, rule.best_epoch, len(curve["val"]) - 1]
    steps = [None if k is None else recorded["steps"][k] for k in places]
    readings = explorer.evaluate("element => element.readings")
    assert [found and found["step"] for found in readings.values()] == steps
    assert readings["end"]["gap"] == pytest.approx(curve["val"][-1] - curve["train"][-1], rel=1e-12)
    lines = explorer.locator("tbody tr").all_inner_texts()
    for line, k in zip(lines, places, strict=True):
        assert ("never" if k is None else f"{curve['val'][k]:.3f}") in line


def test_the_explorer_begins_with_a_valley(explorer: Locator, recorded: Any) -> None:
    compare(explorer, recorded, (2, 0, 0), PATIENCE)


def test_the_arrow_keys_choose_digits_units_and_decay(explorer: Locator, recorded: Any) -> None:
    explorer.get_by_label("20", exact=True).focus()
    press(explorer, "ArrowRight", times=3)
    compare(explorer, recorded, (2, 3, 0), PATIENCE)
    press(explorer, "Tab")
    press(explorer, "ArrowLeft", times=2)
    compare(explorer, recorded, (0, 3, 0), PATIENCE)
    press(explorer, "Tab")
    press(explorer, "ArrowRight")
    compare(explorer, recorded, (0, 3, 1), PATIENCE)


def test_patience_stops_early_late_or_never(explorer: Locator, recorded: Any) -> None:
    explorer.get_by_label("patience").focus()
    press(explorer, "Home")
    compare(explorer, recorded, (2, 0, 0), 1)
    press(explorer, "End")
    compare(explorer, recorded, (2, 0, 0), 40)


def test_without_its_curves_the_figure_stays(open_page: Callable[[str], Page]) -> None:
    page = open_page(PAGE)
    page.route("**/curves.json", lambda route: route.fulfill(body="no curves"))
    page.reload()
    page.locator("overfitting-explorer").wait_for(state="detached")
    assert page.locator('[data-name="overfitting"] .drawing').is_visible()
