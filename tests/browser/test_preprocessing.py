"""The preprocessing explorer, worked by keyboard alone, against PyTorch's own descent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

OpenPage = Callable[[str], Any]

TARGETS = torch.linspace(-0.5, 2.5, 7, dtype=torch.float64)
OFFSET, SPREAD, SHARE, STEPS = 4.0, 2.0, 0.5, 16  # as the explorer begins


def descend(offset: float, spread: float, share: float = SHARE) -> tuple[float, Tensor, float]:
    """The condition number, and weight, bias and loss after the steps."""
    x = torch.stack([offset + spread * (TARGETS - 1), torch.ones(7)], dim=1)
    flat, steep = torch.linalg.eigvalsh(x.T @ x / 7)
    weights = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([weights], lr=share * 2 / steep.item())
    for _ in range(STEPS):
        optimizer.zero_grad()
        (((x @ weights - TARGETS) ** 2).mean() / 2).backward()
        optimizer.step()
    loss = ((x @ weights.detach() - TARGETS) ** 2).mean() / 2
    return (steep / flat).item(), weights.detach(), loss.item()


@pytest.fixture
def explorer(open_page: OpenPage) -> Any:
    found = open_page("/chapters/preprocessing/").locator("preprocessing-explorer")
    found.locator(".reading").wait_for()
    return found


def compare(explorer: Any, offset: float, spread: float, share: float = SHARE) -> None:
    """What is shown, with PyTorch: the unrounded numbers, and the sentences."""
    readings = explorer.evaluate("element => element.readings")
    condition, weights, loss = descend(offset, spread, share)
    assert readings["share"] == share
    assert readings["rows"][readings["chosen"]]["condition"] == pytest.approx(condition, rel=1e-9)
    assert readings["weights"] == pytest.approx(weights.tolist(), rel=1e-9)
    assert readings["loss"] == pytest.approx(loss, rel=1e-9, abs=1e-12)
    assert f"{loss:.4f} at step {STEPS}" in explorer.locator(".reading").inner_text()


def press(explorer: Any, key: str, times: int = 1) -> None:
    for _ in range(times):
        explorer.page.keyboard.press(key)
    explorer.page.evaluate("() => new Promise(requestAnimationFrame)")


def test_the_arrow_keys_choose_a_preparation(explorer: Any) -> None:
    compare(explorer, OFFSET, SPREAD)
    explorer.get_by_label("steps").focus()
    press(explorer, "Tab")
    for feature in ((0.0, SPREAD), (OFFSET / SPREAD, 1.0), (0.0, 1.0)):
        press(explorer, "ArrowDown")
        compare(explorer, *feature)


def test_sliders_make_another_valley_and_the_button_takes_it_back(explorer: Any) -> None:
    explorer.get_by_label("offset of the feature").focus()
    press(explorer, "Home")
    press(explorer, "Tab")
    press(explorer, "End")
    compare(explorer, 0.0, 10.0)
    explorer.get_by_role("button").focus()
    press(explorer, "Enter")
    compare(explorer, OFFSET, SPREAD)


def test_a_rate_at_the_limit_never_settles(explorer: Any) -> None:
    explorer.get_by_label("learning rate").focus()
    press(explorer, "ArrowRight", times=20)
    compare(explorer, OFFSET, SPREAD, share=1.0)
    assert "never settles" in explorer.locator(".reading").inner_text()
