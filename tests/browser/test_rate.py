"""Gradient descent by keyboard, step by step; what is read back against PyTorch."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

ROOT = Path(__file__).parents[2]
ORACLE = runpy.run_path(str(ROOT / "tests" / "explorers" / "oracles" / "rate.py"))
ROWS, POINTS = "/chapters/learning-rate/", "/chapters/two-bugs/"
NO_BUGS, BOTH_BUGS = {"twice": False, "shared": False}, {"twice": True, "shared": True}

OpenPage = Callable[..., Any]


def start(name: str) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Inputs, labels and the weights drawn by PyTorch, as the explorer has them."""
    training = json.loads(ORACLE["SETS"].read_text(encoding="utf-8").split("SETS = ")[1].rstrip(";\n"))[name]
    inputs = torch.tensor(training["inputs"], dtype=torch.float64)
    return inputs, torch.tensor(training["labels"]), torch.tensor(training["drawn"]).double()


def press(page: Any, name: str, times: int = 1) -> None:
    """Reach a control with Tab, as someone without a mouse does, and press Space."""
    page.locator("rate-explorer input").first.focus()
    for _ in range(20):
        if (
            page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).innerText").strip()
            == name
        ):
            break
        page.keyboard.press("Tab")
    else:
        pytest.fail(f"Tab does not lead to {name!r}")
    for _ in range(times):
        page.keyboard.press("Space")


def turn(page: Any, *keys: str) -> None:
    page.locator("rate-explorer input").first.focus()
    for key in keys:
        page.keyboard.press(key)


def readings(page: Any) -> dict[str, Any]:
    """Once every key that was pressed is answered."""
    found: dict[str, Any] = page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => setTimeout(() =>"
        " done(document.querySelector('rate-explorer').readings))))"
    )
    return found


def test_twenty_steps_are_those_of_pytorch(open_page: OpenPage) -> None:
    page = open_page(ROWS)
    press(page, "Ten steps", times=2)
    read = readings(page)
    x, y, weights = start("eight_rows")
    path = ORACLE["descend"](x, y, weights, NO_BUGS, 0.1, 20)["path"]
    assert read["steps"] == 20
    assert read["reported"] == pytest.approx(path[-1][0], rel=1e-12)
    assert read["change"] == pytest.approx(path[-1][0] - path[-2][0], abs=1e-12)
    assert f"{path[-1][0]:.4f}" in page.locator("rate-explorer table").inner_text()


def test_at_the_left_end_of_the_rates_no_float32_weight_moves(open_page: OpenPage) -> None:
    page = open_page(ROWS)
    turn(page, "Home")
    assert (readings(page)["rate"], readings(page)["moved"]) == (1e-10, 0)
    turn(page, *["PageUp"] * 3)
    rate = readings(page)["rate"]
    x, y, weights = start("eight_rows")
    _, gradient = ORACLE["read"](x, y, weights, NO_BUGS)
    assert readings(page)["moved"] == ORACLE["ahead"](x, y, weights, gradient, NO_BUGS, rate)["moved"] > 0


def test_at_the_right_end_a_run_bounces_and_ends_at_zero(open_page: OpenPage) -> None:
    page = open_page(ROWS, reduced_motion="reduce")
    turn(page, "End")
    press(page, "One step")
    assert readings(page)["change"] > 8e5
    press(page, "Run to 1,000")
    read = readings(page)
    assert (read["rate"], read["steps"], read["reported"], read["right"]) == (1e5, 1000, 0, 8)
    assert read["rises"] > 100


def test_the_second_softmax_can_be_taken_out_of_a_model_that_it_has_ruined(open_page: OpenPage) -> None:
    page = open_page(POINTS, reduced_motion="reduce")
    x, y, drawn = start("eight_points")
    ruined = ORACLE["descend"](x, y, torch.zeros_like(drawn), BOTH_BUGS, 0.1, 1000)
    press(page, "Run to 1,000")
    read = readings(page)
    assert [read["reported"], read["trueLoss"]] == pytest.approx(ruined["path"][-1], rel=1e-9)
    assert read["right"] == 7

    press(page, "softmax twice")
    press(page, "One step")
    weights = torch.tensor(ruined["weights"], dtype=torch.float64)
    mended = ORACLE["descend"](x, y, weights, {"twice": False, "shared": True}, 0.1, 1)
    assert [readings(page)["reported"]] * 2 == pytest.approx(mended["path"][-1], rel=1e-9)


def test_a_run_can_be_paused(open_page: OpenPage) -> None:
    page = open_page(POINTS)
    press(page, "Run to 1,000")
    page.wait_for_function("document.querySelector('rate-explorer').readings.steps > 3")
    press(page, "Pause")
    steps = readings(page)["steps"]
    assert 3 < steps < 1000
    assert readings(page)["steps"] == steps
    press(page, "Back to the start")
    assert readings(page)["steps"] == 0
