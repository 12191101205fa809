"""All that can be used is within reach of the keyboard, and one sees where it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from browsing import faults
from browsing.opening import DESKTOP, PHONE, Opener

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAMPLE = ("/", "/chapters/softmax/", "/chapters/digits/lab/")


def walk(page: Page) -> list[str]:
    """Tab through the page, once around; what is wrong with where one comes, and what is left out."""
    faults.probe(page, "markUsable")
    found: list[str] = []
    while (stop := press(page, "Tab")) is not None:
        found += stop
    return [*found, *faults.probe(page, "unreached")]


def press(page: Page, key: str) -> list[str] | None:
    """What is wrong with where the key leads; None at the end of the page, and where it has been before."""
    page.keyboard.press(key)
    stop: list[str] | None = faults.probe(page, "stop")
    return stop


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("address", SAMPLE)
def test_tab_reaches_all_that_can_be_used(address: str, width: int, open_page: Opener) -> None:
    assert walk(open_page(address, width=width, reduced_motion="reduce")) == []


def test_the_first_stop_skips_to_the_text(open_page: Opener) -> None:
    page = open_page("/chapters/softmax/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to content"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement === document.body")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_drawer_of_a_phone_opens_and_closes_by_the_space_bar(scripts: bool, open_page: Opener) -> None:
    page = open_page("/chapters/softmax/", width=PHONE, java_script_enabled=scripts, reduced_motion="reduce")
    inside = page.locator(".md-nav--primary a[href$='twice/']")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    for opens in (True, False, True):
        page.keyboard.press("Space")
        assert page.locator("#__drawer").is_checked() == inside.is_visible() == opens
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert walk(page) == []


def test_the_switch_shows_what_a_pointer_would(open_page: Opener) -> None:
    page = open_page("/chapters/softmax/")
    note = page.locator(".proof-note").first
    page.locator("#show-proofs").focus()
    page.keyboard.press("Space")
    proof = note.get_attribute("data-proof")
    assert proof in note.evaluate("(note) => getComputedStyle(note, '::after').content")


BROKEN = {
    "a button that Tab passes by": ('<button tabindex="-1">Press</button>', "out of reach: <button"),
    "a stop that one does not see": ('<button style="outline: 0">Press</button>', "no outline: <button"),
    "a stop outside of the window": (
        '<a href="#" style="position: fixed; left: -99px">Away</a>',
        "outside of the window: <a",
    ),
    "the label of a box that is not there": (
        '<label for="x">Menu</label><input id="x" type="checkbox" hidden>',
        "out of reach: <label",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_page_that_fails_the_keyboard_is_caught(
    case: str, open_page: Opener, sample: Callable[[str], str]
) -> None:
    body, expected = BROKEN[case]
    assert expected in "\n".join(walk(open_page(sample(f"<button>First</button>{body}"))))


def test_nothing_is_wrong_with_a_plain_page(open_page: Opener, sample: Callable[[str], str]) -> None:
    body = '<a href="#a">A link</a><label>Name <input></label>'
    folded = '<details><summary>More</summary><a href="#b">Folded</a></details>'
    assert walk(open_page(sample(body + folded))) == []
