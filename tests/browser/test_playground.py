"""The playground by keyboard: points, training against PyTorch, and a setting that travels in an address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F

PAGE = "/playground/"
READINGS = (
    "new Promise((done) => requestAnimationFrame(() => setTimeout(() =>"
    " done(document.querySelector('playground-explorer').readings))))"
)


def button(page: Any, name: str) -> Any:
    return page.locator("playground-explorer").get_by_role("button", name=name, exact=True)


def with_three_points(page: Any) -> list[tuple[float, float, int]]:
    """Nothing but a point of each class, placed with keys alone."""
    button(page, "none").press("Enter")
    plane = page.locator("playground-explorer canvas")
    moves = [["ArrowRight"] * 3, ["Shift+ArrowUp"], ["Shift+ArrowLeft", "Shift+ArrowDown", "ArrowDown"]]
    for label, keys in enumerate(moves):
        page.get_by_role("group", name="A click places").get_by_role("radio").nth(label).press("Space")
        for key in [*keys, "Space"]:
            plane.press(key)
    return [(3 / 32, 0, 0), (3 / 32, 8 / 32, 1), (-5 / 32, -1 / 32, 2)]


def test_points_placed_by_keyboard_are_learned_as_pytorch_learns_them(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    points = with_three_points(page)
    for _ in range(5):
        button(page, "One step").press("Enter")
        page.evaluate(READINGS)
    got = page.evaluate(READINGS)
    loss = trained(points, steps=5)
    assert got["steps"] == 5
    assert got["loss"] == pytest.approx(loss, rel=1e-12)
    shown = page.locator("playground-explorer table").first.locator("td").all_inner_texts()
    assert shown == ["5", f"{loss:.4f}", f"{got['right']} of 3"]


def trained(points: list[tuple[float, float, int]], steps: int) -> float:
    """The loss after some steps at rate 1 from zero."""
    x = torch.tensor([[*point[:2], 1] for point in points], dtype=torch.float64)
    y = torch.tensor([point[2] for point in points])
    W = torch.zeros(3, 3, dtype=torch.float64)
    for _ in range(steps):
        W.requires_grad_()
        (gradient,) = torch.autograd.grad(F.cross_entropy(x @ W, y), W)
        W = (W - gradient).detach()
    return F.cross_entropy(x @ W, y).item()


def test_space_on_a_point_takes_it_away(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    with_three_points(page)
    page.locator("playground-explorer canvas").press("Space")
    page.evaluate(READINGS)
    assert "of 2 points" in page.locator("playground-explorer .reading").text_content()


def test_a_setting_travels_in_the_address(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    with_three_points(page)
    for _ in range(3):
        button(page, "One step").press("Enter")
        page.evaluate(READINGS)
    before = page.evaluate(READINGS)
    page.wait_for_url("**/playground/?playground=*n%3D3*")
    after = open_page(page.url).evaluate(READINGS)
    assert after["parameters"] == before["parameters"]
    assert after["loss"] == before["loss"]


def test_an_address_that_holds_nonsense_is_the_first_setting(open_page: Callable[..., Any]) -> None:
    plain = open_page(PAGE).evaluate(READINGS)
    assert open_page(f"{PAGE}?playground=k%3D9").evaluate(READINGS) == plain


def test_running_goes_on_until_it_is_paused(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    button(page, "Run").press("Enter")
    page.wait_for_function("document.querySelector('playground-explorer').readings.steps > 50")
    button(page, "Pause").press("Enter")
    paused = page.evaluate(READINGS)["steps"]
    assert page.evaluate(READINGS)["steps"] == paused
    assert page.evaluate(READINGS)["loss"] < 1


def test_a_link_of_the_page_opens_its_setting(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    page.get_by_role("link", name="Softmax regression on rings").press("Enter")
    page.wait_for_function("document.querySelector('playground-explorer')?.readings?.steps === 300")
    readings = page.evaluate(READINGS)
    assert readings["right"] == 20
