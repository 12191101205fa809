"""Three scores moved by keyboard; what they become, against PyTorch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F

PAGE = "/chapters/softmax/temperature/"
DRAWN = (
    "new Promise((done) => requestAnimationFrame(() => setTimeout(() =>"
    " done(document.querySelector('softmax-explorer').readings))))"
)


def agrees(page: Any, scores: list[float], temperature: float, label: int) -> None:
    """What is shown, and what it is before rounding, is what PyTorch computes."""
    readings = page.evaluate(DRAWN)
    scaled = (torch.tensor(scores, dtype=torch.float64) / temperature).requires_grad_()
    loss = F.cross_entropy(scaled, torch.tensor(label))
    (gradient,) = torch.autograd.grad(loss, scaled)
    probs = scaled.detach().softmax(dim=0)
    assert readings["probs"] == pytest.approx(probs.tolist(), rel=1e-12)
    assert readings["residual"] == pytest.approx(gradient.tolist(), rel=1e-12, abs=1e-12)
    assert readings["crossEntropy"] == pytest.approx(loss.item(), rel=1e-12)
    rows = page.locator("softmax-explorer tbody tr")
    cells = [rows.nth(k).locator("td").all_inner_texts() for k in range(3)]
    shown = [[f"{p:.4f}", "", f"{r:.4f}".replace("-", "−")] for p, r in zip(probs, gradient, strict=True)]
    assert cells == shown
    assert f"{loss:.4f} nats" in page.locator("softmax-explorer .reading").text_content()


def test_scores_and_temperature_moved_by_keyboard_give_what_pytorch_gives(
    open_page: Callable[..., Any],
) -> None:
    page = open_page(PAGE)
    agrees(page, [1, 2, 3], 1, 2)
    page.locator("softmax-explorer input[type=range]").first.focus()
    for key in ["End", "Tab", *["ArrowRight"] * 8, "Tab", "ArrowLeft"]:
        page.keyboard.press(key)
    agrees(page, [5, 2.8, 2.9], 1, 2)
    for key in ["Tab", "Home"]:
        page.keyboard.press(key)
    agrees(page, [5, 2.8, 2.9], 0.1, 2)
    for key in ["End", "Tab", "ArrowLeft"]:
        page.keyboard.press(key)
    agrees(page, [5, 2.8, 2.9], 10, 1)
    for key in ["Tab", "Enter"]:
        page.keyboard.press(key)
    agrees(page, [1, 2, 3], 1, 2)


def test_a_screen_reader_hears_where_a_movement_ended(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    explorer = page.locator("softmax-explorer")
    explorer.locator("input[type=range]").first.press("End")
    heard = explorer.get_by_role("status")
    heard.get_by_text("scissors leads").wait_for(state="attached")
    assert heard.text_content() == explorer.locator(".reading").text_content()
