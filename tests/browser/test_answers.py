"""Answers typed by keyboard: what is said of them, what is kept of them, and what gives nothing away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

PAGE = "/chapters/softmax/temperature/"
REFUSING = """
  const real = localStorage; // for the theme, which stumbles without one
  const get = (_, name) => {
    if (name.startsWith("softmax-book")) throw Error("refused");
    return typeof real[name] === "function" ? real[name].bind(real) : real[name];
  };
  const set = (_, name) => { throw Error(`refused: ${name}`); };
  Object.defineProperty(window, "localStorage", { value: new Proxy({}, { get, set }) });
"""
OTHER = "/chapters/softmax/twice/"


def field(page: Any, at: int = 0) -> Any:
    return page.locator("exercise-answer").nth(at)


def answer(page: Any, typed: str, at: int = 0) -> str:
    """Type an answer, press Enter, and read the verdict."""
    box = field(page, at).locator("input")
    box.fill("")
    box.press_sequentially(typed)
    box.press("Enter")
    assert box.evaluate("box => box === document.activeElement")
    return str(field(page, at).get_by_role("status").text_content())


def expected(page: Any, at: int = 0) -> str:
    return str(field(page, at).get_attribute("data-answer"))


def count(page: Any) -> str:
    return str(page.locator("answer-progress").get_by_role("status").text_content()).partition(" of ")[0]


def test_every_field_of_a_page_is_judged_at_once(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    fields = page.locator("exercise-answer").count()
    assert fields > 2
    for at in range(fields):
        assert answer(page, "123456", at).startswith("✗ ")
        for value, sentence in field(page, at).evaluate("field => field.exercise.mistakes"):
            assert sentence in answer(page, value, at)
        assert answer(page, expected(page, at), at).startswith("✓ ")
    assert count(page) == str(fields)


def test_a_rounded_answer_is_right_but_for_rounding(open_page: Callable[..., Any]) -> None:
    page = open_page("/chapters/rock-paper-scissors/")
    assert expected(page) == "0.6652"
    assert answer(page, "0.67").startswith("≈ ")
    assert "0.6652" not in field(page).text_content()


def test_a_verdict_goes_when_the_answer_is_edited(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    answer(page, "7")
    page.keyboard.press("Backspace")
    assert field(page).get_by_role("status").text_content() == ""


def test_answers_are_kept_until_the_reader_erases_them(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    answer(page, expected(page))
    page.goto(page.url.replace(PAGE, OTHER))
    answer(page, expected(page))
    page.goto(page.url.replace(OTHER, PAGE))
    assert field(page).get_by_role("status").text_content() == "✓ Answered."
    assert count(page) == "1"
    page.get_by_role("button", name="Erase my answers").press("Enter")
    assert count(page) == "0"
    page.reload()
    assert count(page) == "0"
    page.goto(page.url.replace(PAGE, OTHER))
    assert count(page) == "1"
    page.get_by_role("button", name="Erase all pages").press("Enter")
    page.reload()
    assert count(page) == "0"


def test_where_storage_is_refused_a_page_judges_and_forgets(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    page.add_init_script(REFUSING)
    page.reload()
    assert answer(page, expected(page)).startswith("✓ ")
    assert count(page) == "1"
    page.reload()
    assert count(page) == "0"


def test_the_page_and_the_search_hold_no_answer_before_it_is_unfolded(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    assert field(page).inner_text().strip().startswith("Your answer")
    index = page.evaluate("fetch('/search/search_index.json').then((answer) => answer.text())")
    sentences = field(page).evaluate("field => field.exercise.mistakes.map(([, sentence]) => sentence)")
    assert sentences
    assert [sentence for sentence in sentences if sentence in index] == []


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_a_field_is_seen_on_a_screen_alone(medium: str, open_page: Callable[..., Any]) -> None:
    page = open_page(PAGE)
    page.emulate_media(media=medium)
    assert field(page).is_visible() == (medium == "screen")
