"""Every page, as it opens and with all of it unfolded, in light and dark, on a desktop and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import faults
from browsing.book import addresses
from browsing.opening import DESKTOP, PHONE, Opener, Window
from browsing.weight import BYTES, REQUESTS, SHIFT, WEIGHT, weigh

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = [*addresses(), "/404.html"]
LOOKS = {DESKTOP: ("light", "dark"), PHONE: ("dark", "light")}
"""The palette in which a page opens at a width, and the one to which it is switched before all is unfolded.

So each palette, each width and each state meets each of the others; all eight would take twice the time.
"""


@pytest.fixture(scope="module")
def window(chromium: Browser, site: Path) -> Iterator[Window]:
    """One window for all visits, since a new one costs as much as a visit."""
    window = Window(chromium)
    window.keep_no_files()
    yield window
    window.close()


def test_every_page_of_the_site_is_visited(site: Path) -> None:
    built = {f"/{p.relative_to(site).as_posix()}".removesuffix("index.html") for p in site.rglob("*.html")}
    assert built == set(PAGES)


@pytest.mark.parametrize("width", LOOKS)
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_sound(
    address: str, width: int, window: Window, record_property: Callable[..., None]
) -> None:
    palette, other = LOOKS[width]
    page = window.visit(address, palette, width)
    weight = weigh(window.watch)
    record_property(WEIGHT, (address, tuple(weight)))
    found = [*weight.faults(), *faults.overflow(page), *faults.unfinished(page)]
    found += faults.violations(page)
    page.emulate_media(color_scheme=other)
    faults.unfold(page)
    found += [*faults.overflow(page), *faults.violations(page), *window.watch.taken()]
    assert found == []


SOUND = '<p>Text. <a href="#more">A link</a>.</p><details id="more"><summary>More</summary>Text.</details>'
COMPLAINTS = {
    "an error in the console": ("<script>console.error('on purpose')</script>", "console error: on purpose"),
    "a warning": ("<script>console.warn('on purpose')</script>", "console warning: on purpose"),
    "an exception": ("<script>throw Error('on purpose')</script>", "uncaught: on purpose"),
    "a file that is not there": (
        '<img src="none.png" alt="None">',
        "status 404: http://sample.localhost/none",
    ),
    "another host": ('<img src="https://cdn.example/a.png" alt="One">', "asks another host: https://cdn.ex"),
}
FAULTS: dict[str, tuple[Callable[..., list[str]], str, str]] = {
    "a wide table": (faults.overflow, '<div style="width: 200vw">Wide</div>', "wider than the window: <div"),
    "an element without its script": (faults.unfinished, "<no-such></no-such>", "stays undefined: <no-such>"),
    "code without a button": (
        faults.unfinished,
        '<div class="highlight"><pre><code>1 + 1</code></pre></div>',
        "no button: 1 + 1",
    ),
    "pale text": (faults.violations, '<p style="color: #ccc">Pale</p>', "axe color-contrast: <p"),
    "pale text in an answer": (
        faults.violations,
        '<details><summary>More</summary><p style="color: #ccc">Pale</p></details>',
        "axe color-contrast: <p",
    ),
    "a field without a name": (faults.violations, "<input>", "axe label: <input>"),
}


def test_nothing_is_found_on_a_sound_page(open_page: Opener, sample: Callable[[str], str]) -> None:
    page = open_page(sample(SOUND))
    faults.unfold(page)
    assert weigh(open_page.watch(page)).faults() == []
    assert [*faults.overflow(page), *faults.unfinished(page), *faults.violations(page)] == []


@pytest.mark.parametrize("case", COMPLAINTS)
def test_a_page_that_complains_is_caught(case: str, open_page: Opener, sample: Callable[[str], str]) -> None:
    body, expected = COMPLAINTS[case]
    page = open_page(sample(SOUND + body))
    assert expected in "\n".join(open_page.watch(page).taken())


@pytest.mark.parametrize("case", FAULTS)
def test_a_page_with_a_fault_is_caught(case: str, open_page: Opener, sample: Callable[[str], str]) -> None:
    find, body, expected = FAULTS[case]
    page = open_page(sample(SOUND + body))
    faults.unfold(page)
    assert expected in "\n".join(find(page))


def test_a_heavy_page_that_moves_is_caught(
    open_page: Opener, sample: Callable[[str], str], tmp_path: Path
) -> None:
    (tmp_path / "heavy.bin").write_bytes(bytes(BYTES))
    asks = "".join(f"fetch('heavy.bin?{i}');" for i in range(REQUESTS))
    page = open_page(sample(f"<div></div>{SOUND}<script>{asks}</script>"))
    page.evaluate("document.querySelector('div').style.height = '300px'")
    faults.settle(page)
    said = weigh(open_page.watch(page)).faults()
    assert [line.partition(", more than ")[2] for line in said] == [f"{BYTES:,}", str(REQUESTS), str(SHIFT)]


def test_the_search_is_weighed_apart(open_page: Opener, sample: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "index.bin").write_bytes(bytes(BYTES))
    page = open_page(sample(f"{SOUND}<script>fetch('/search/index.bin')</script>"))
    weight = weigh(open_page.watch(page))
    assert (weight.requests, weight.faults()) == (1, [])
    assert weight.search_bytes > BYTES
