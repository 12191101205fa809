"""Single pages of the site, printed as a reader prints them from a page that has come to life."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing.book import SITE_URL, addresses
from browsing.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DOCS = Path(__file__).parents[3] / "docs"
CARDS = sorted(p for p in DOCS.glob("*.md") if ".one-sheet" in p.read_text(encoding="utf-8"))
LINK_WITHIN = re.compile(r"\[([^\]]*)\]\((?!https?:)[^)]*\)")
NARROW = 642  # pixels between the margins of the book's PDF; single pages on A4 and Letter have a few more

# What stands out of the column of text, or would have to be scrolled.
CUT = """[...document.querySelectorAll("article *")].filter((element) => {
  const column = document.querySelector("article").getBoundingClientRect();
  const hidden = element.closest(".katex-mathml, .unseen, svg");
  return !hidden && (element.getBoundingClientRect().right > column.right + 1
    || getComputedStyle(element).overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1);
}).map((element) => element.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, small: Path) -> Iterator[Callable[..., Page]]:
    """Opens a page of the small site, in which everything then comes to life."""
    contexts = {palette: chromium.new_context(color_scheme=palette) for palette in ("light", "dark")}

    def opened(page: str, palette: str = "light") -> Page:
        tab = contexts[palette].new_page()
        tab.goto(f"http://small.localhost/{page}", wait_until="networkidle")
        return tab

    yield opened
    for context in contexts.values():
        context.close()


def printed(page: Page, paper: str = "A4") -> Any:
    import pypdf

    return pypdf.PdfReader(io.BytesIO(page.pdf(format=paper)))


def text_of(document: Any) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in document.pages))


@pytest.fixture(scope="module")
def one(opened: Callable[..., Page]) -> str:
    """The text of a page with all that a page may hold, printed."""
    return text_of(printed(opened("chapters/one/")))


def test_what_lives_on_the_screen_gives_way_to_its_figure(opened: Callable[..., Page], one: str) -> None:
    page = opened("chapters/one/")
    assert page.locator("exercise-answer input").is_visible()
    assert page.locator("softmax-explorer input").first.is_visible()
    assert one.count("a drawing") == 2
    assert "What the triangle says." in one
    for live in ("Your answer", "Check", "Try this", "temperature"):
        assert live not in one


FURNITURE = ["¶", "Show what", "Download", "Search", "Previous", "Skip", "Beginnings", "The Softmax Book"]


@pytest.mark.parametrize("text", FURNITURE)
def test_a_printed_page_is_its_article_alone(text: str, one: str) -> None:
    assert "that is 1.0986 nats" in one
    assert text not in one


def test_what_only_a_screen_has_use_for_is_not_printed(opened: Callable[..., Page]) -> None:
    page = opened("")
    assert page.get_by_text("Keep it.").is_visible()
    assert page.get_by_text("Download the whole book as a PDF").get_attribute("href") == "small-book.pdf"
    text = text_of(printed(page))
    assert "a host" in text
    for screen in ("Take it along", "Keep it.", "Download"):
        assert screen not in text


def test_what_is_folded_is_printed_open(opened: Callable[..., Page], one: str) -> None:
    assert not opened("chapters/one/").get_by_text("What was folded.").is_visible()
    assert "As much as in the corner." in one
    assert "What was folded." in one


def test_from_a_dark_screen_the_same_is_printed(opened: Callable[..., Page]) -> None:
    dark = opened("chapters/one/", palette="dark")
    assert dark.locator("body").get_attribute("data-md-color-scheme") == "slate"
    sheets = [printed(page).pages for page in (opened("chapters/one/"), dark)]
    light, dark_too = ([sheet.get_contents().get_data() for sheet in pages] for pages in sheets)
    assert light == dark_too


def test_what_scrolls_on_a_screen_fits_on_paper(opened: Callable[..., Page]) -> None:
    page = opened("chapters/one/more/")
    page.set_viewport_size({"width": NARROW, "height": 1000})
    assert [tag for tag in ("code", "table") if f"<{tag}" in " ".join(page.evaluate(CUT))] == [
        "code",
        "table",
    ]
    page.emulate_media(media="print")
    assert page.evaluate(CUT) == []


@pytest.fixture(scope="module")
def on_paper(chromium: Browser, site: Path) -> Iterator[Page]:
    """A window that shows the pages of the book as paper does."""
    page = chromium.new_page(viewport={"width": NARROW, "height": 1000})
    page.emulate_media(media="print")
    yield page
    page.close()


@pytest.mark.parametrize("address", addresses())
def test_nothing_of_a_page_is_cut_on_paper(address: str, on_paper: Page) -> None:
    on_paper.goto(SITE_URL.rstrip("/") + address)
    assert on_paper.evaluate(CUT) == []


@pytest.fixture(scope="module", params=CARDS, ids=lambda path: path.stem)
def card(
    request: Any, build: Callable[..., Path], server: Server, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The address of a site of a card, and of the same page without the class that makes it one."""
    folder = tmp_path_factory.mktemp("card")
    text = LINK_WITHIN.sub(r"\1", request.param.read_text(encoding="utf-8"))
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text(text, encoding="utf-8")
    (folder / "docs" / "plain.md").write_text(text.replace(" .one-sheet", ""), encoding="utf-8")
    server.hosts["card.localhost"] = build(folder, "\n  - index.md\n  - plain.md\n")
    return "http://card.localhost/"


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_card_is_one_sheet(paper: str, card: str, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(card)
    assert len(printed(page, paper).pages) == 1
    page.goto(f"{card}plain/")
    assert len(printed(page, paper).pages) > 1
    page.close()


def test_there_is_a_card() -> None:
    assert CARDS
