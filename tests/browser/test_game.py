"""Rock, paper, scissors, played by keyboard; what is shown against PyTorch."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

ORACLE = Path(__file__).parents[1] / "explorers" / "oracles" / "game.py"
PAGE = "/chapters/rock-paper-scissors/learning/"


def numbers(values: Any) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def drawn(page: Any) -> Any:
    """The readings, once every key that was pressed is answered."""
    return page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => setTimeout(() =>"
        " done(document.querySelector('game-explorer').readings))))"
    )


def test_a_game_played_by_keyboard_is_the_one_that_pytorch_plays(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE, reduced_motion="reduce")
    page.locator("game-explorer button").first.focus()
    press(page, "Enter", "3", "Tab", "Space")  # scissors, paper, rock
    press(page, *["Tab"] * 5, "ArrowRight")  # one step of descent after each throw
    press(page, *["Shift+Tab"] * 3, "Enter")  # the model plays a hundred

    game = runpy.run_path(str(ORACLE))["Game"](1)
    for yours in (0, 2, 1):
        game.play(yours, 20)
    for _ in range(100):
        game.play(game.reading()["best"], 1)

    readings, reading = drawn(page), game.reading()
    for key in ("counts", "score", "last"):
        assert readings[key] == game.seen()[key]
    for key, value in reading.items():
        torch.testing.assert_close(numbers(readings[key]), numbers(value), rtol=1e-12, atol=1e-12)
    shown = page.locator("game-explorer table").nth(1).inner_text()
    assert all(f"{p:.4f}" in shown for row in reading["learned"] for p in row)
    assert f"cross-entropy: {reading['loss']:.4f} nats" in shown


def test_the_same_seed_brings_the_same_throws(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    page.locator("game-explorer button").first.focus()
    press(page, *"123123123")
    first = drawn(page)["counts"]
    press(page, *["Tab"] * 4, "Enter")  # start again
    assert drawn(page)["score"] == [0, 0, 0]
    press(page, *"123123123")
    assert drawn(page)["counts"] == first


def test_where_a_game_stands_is_said_to_who_listens(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    page.locator("game-explorer button").first.focus()
    press(page, "2")
    page.wait_for_timeout(600)
    heard = page.locator("game-explorer [role=status]").text_content()
    assert heard.startswith("You threw rock, he threw ")
    assert heard == page.locator("game-explorer .reading").text_content()


def test_his_own_table_is_shown_on_request(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    box = page.locator("game-explorer input[type=checkbox]")
    dashes = page.locator("game-explorer .dash[visibility=visible]")
    assert dashes.count() == 0
    box.focus()
    press(page, "Space")
    drawn(page)
    assert dashes.count() == 9
