"""Every page reads in full without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import faults
from browsing.book import addresses
from browsing.opening import PHONE, Opener, Window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def window(chromium: Browser, site: Path) -> Iterator[Window]:
    window = Window(chromium, java_script_enabled=False)
    yield window
    window.close()


def unfold_natively(page: Page) -> None:
    """Open the first answer by a click, and the others at once."""
    first = page.locator("article details:not([open]) > summary").first
    if first.count():
        first.click()
        assert page.evaluate("document.querySelector('article details').open")
    faults.probe(page, "unfold")


@pytest.mark.parametrize("address", addresses())
def test_a_page_without_javascript_reads_in_full(address: str, window: Window) -> None:
    page = window.visit(address)
    unfold_natively(page)
    assert len(page.locator("article").inner_text()) > 200
    found = [*faults.hidden(page), *faults.unset(page), *faults.overflow(page)]
    page.set_viewport_size({"width": PHONE, "height": 900})
    assert [*found, *faults.hidden(page), *faults.overflow(page), *window.watch.taken()] == []


HIDDEN = {
    "text that a script would show": '<p style="opacity: 0">Not yet</p>',
    "text that is not displayed": "<div hidden><p>Not yet</p></div>",
    "a folded answer": "<details><summary>More</summary><p>Not yet</p></details>",
}


@pytest.mark.parametrize("case", HIDDEN)
def test_text_that_cannot_be_seen_is_caught(
    case: str, open_page: Opener, sample: Callable[[str], str]
) -> None:
    page = open_page(sample(f"<p>Text.</p>{HIDDEN[case]}"), java_script_enabled=False)
    assert faults.hidden(page) == ["cannot be seen: Not yet"]


def test_a_formula_that_waits_for_a_script_is_caught(open_page: Opener, sample: Callable[[str], str]) -> None:
    page = open_page(sample('<p><span class="arithmatex">\\(x^2\\)</span></p>'), java_script_enabled=False)
    assert faults.unset(page) == ["no formula yet: \\(x^2\\)"]
