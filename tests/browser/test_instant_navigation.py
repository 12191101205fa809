"""From page to page without loading anew: links, and the browser's back and forward."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

from browsing import faults
from browsing.book import addresses
from browsing.opening import PHONE, Opener

if TYPE_CHECKING:
    from playwright.sync_api import Page

NEXT = "a.md-footer__link--next"


def title(site: Path, address: str) -> str:
    text = (site / address.lstrip("/") / "index.html").read_text(encoding="utf-8")
    return html.unescape(text.partition("<title>")[2].partition("</title>")[0])


def heading(site: Path, address: str) -> str:
    text = (site / address.lstrip("/") / "index.html").read_text(encoding="utf-8")
    found = re.search(r'<h1 id="(.*?)"', text)
    assert found
    return found[1]


def arrived(page: Page, site: Path, address: str) -> list[str]:
    """What is wrong with the page that a step led to; the document must be the one that was opened."""
    page.wait_for_function("(title) => document.title === title", arg=title(site, address))
    faults.settle(page)
    found = faults.unfinished(page)
    if not page.evaluate("() => window.opened === true"):
        found.append("the page was loaded anew")
    if (shown := page.locator("article h1").get_attribute("id")) != heading(site, address):
        found.append(f"{address} shows {shown}")
    return found


def opened(page: Page) -> Page:
    page.evaluate("() => { window.opened = true; }")
    return page


def test_the_book_reads_from_first_to_last_by_its_next_links(open_page: Opener, site: Path) -> None:
    first, *others = addresses()
    page = opened(open_page(first))
    for address in others:
        page.locator(NEXT).click()
        assert arrived(page, site, address) == []
    assert page.locator(NEXT).count() == 0


def test_back_and_forward_bring_working_pages(open_page: Opener, site: Path) -> None:
    path = ["/chapters/softmax/", "/chapters/softmax/temperature/", "/chapters/softmax/twice/"]
    page = opened(open_page(path[0]))
    for address in path[1:]:
        page.locator(NEXT).click()
        assert arrived(page, site, address) == []
    for step, address in [("back", path[1]), ("back", path[0]), ("forward", path[1])]:
        page.evaluate(f"() => history.{step}()")
        assert arrived(page, site, address) == []
        assert shows_proofs(page)


def test_a_link_in_the_drawer_closes_it(open_page: Opener, site: Path) -> None:
    page = opened(open_page("/chapters/softmax/", width=PHONE))
    page.locator("label[for=__drawer].md-header__button").click()
    page.locator(".md-nav--primary a[href$='/temperature/']").click()
    assert arrived(page, site, "/chapters/softmax/temperature/") == []
    assert not page.locator("#__drawer").is_checked()


def shows_proofs(page: Page) -> bool:
    """Whether the switch works on the page as it stands."""
    switch, note = page.locator("#show-proofs"), page.locator(".proof-note").first
    contents = []
    for state in (False, True):
        switch.set_checked(state)
        contents.append(note.evaluate("(note) => getComputedStyle(note, '::after').content"))
    switch.set_checked(False)
    return contents[0] == "none" and "[" in contents[1]


def test_a_page_that_is_loaded_anew_is_caught(open_page: Opener, site: Path) -> None:
    page = opened(open_page("/"))
    page.goto(page.url + addresses()[1].lstrip("/"))
    assert arrived(page, site, addresses()[1]) == ["the page was loaded anew"]
