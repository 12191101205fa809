"""The whole book as a PDF, made of a small site by the command, and read by another library than wrote it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

COMMAND = [sys.executable, "-m", "softmax_book.hooks.pdf"]


@dataclass(frozen=True)
class Book:
    reader: Any

    @cached_property
    def texts(self) -> list[str]:
        """The text of each sheet, as it is drawn."""
        return [re.sub(r"\s+", " ", page.extract_text()) for page in self.reader.pages]

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    @cached_property
    def tags(self) -> list[Any]:
        return list(_below(self.reader.trailer["/Root"]["/StructTreeRoot"]))

    def links(self) -> Iterator[Any]:
        for page in self.reader.pages:
            yield from (
                a.get_object() for a in page.get("/Annots", []) if a.get_object()["/Subtype"] == "/Link"
            )


def _below(tag: Any) -> Iterator[Any]:
    kids = tag.get("/K")
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if kid is not None else None
        if isinstance(found, dict) and "/S" in found:
            yield found
            yield from _below(found)


@pytest.fixture(scope="module")
def book(small: Path) -> Book:
    import pypdf

    out = small / "small-book.pdf"
    ran = subprocess.run([*COMMAND, small, out], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    made = Book(pypdf.PdfReader(out))
    assert ran.stdout.startswith(f"{out}: {len(made.reader.pages)} pages, ")
    return made


def test_it_is_tagged_and_says_its_language_and_its_title(book: Book) -> None:
    root = book.reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert book.reader.metadata.title == "The Softmax Book"
    assert {tag["/S"] for tag in book.tags} >= {"/H1", "/P", "/Code", "/Table", "/TH", "/L", "/Link"}


def test_every_drawing_and_every_formula_has_its_text(book: Book) -> None:
    figures = [tag.get("/Alt") for tag in book.tags if tag["/S"] == "/Figure"]
    assert figures == ["Bars that fall", "A triangle"]
    formulas = [tag.get("/Alt") for tag in book.tags if tag["/S"] == "/Formula"]
    assert formulas == [r"\ln 3", r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}"]


def test_bookmarks_nest_part_chapter_page_and_section(book: Book) -> None:
    def titles(outline: Any) -> list[Any]:
        return [titles(item) if isinstance(item, list) else item.title for item in outline]

    one = ["One, and p < q", ["Answers", "More", ["A corner"]]]
    assert titles(book.reader.outline) == ["Contents", "The small book", "Part I. Beginnings", one]


def test_every_link_within_the_book_leads_to_the_sheet_of_its_target(book: Book) -> None:
    heading = {
        ":": "The small book",
        "part:Part-I-Beginnings": "Part I. Beginnings",
        "chapters/one/:": "One, and p < q",
        "chapters/one/:one": "One, and p < q",
        "chapters/one/more/:": "More",
        "chapters/one/more/:corner": "A corner",
        "chapters/one/:answer-1": "Answers",
        "chapters/one/:question-1": "Predict",
    }
    found = [str(link["/Dest"]).removeprefix("/") for link in book.links() if "/Dest" in link]
    assert set(found) == set(heading)
    for target in found:
        place = book.reader.named_destinations[f"/{target}"]
        assert heading[target] in book.texts[book.reader.get_destination_page_number(place)]


def test_links_to_other_hosts_stay(book: Book) -> None:
    assert [str(link["/A"]["/URI"]) for link in book.links() if "/A" in link] == ["https://example.org/"]


def test_the_contents_name_the_number_of_each_sheet(book: Book) -> None:
    contents = re.findall(r"(The small book|Part I\. Beginnings|One, and p < q|More) (\d+)", book.texts[1])
    assert len(contents) == 4
    for title, number in contents:
        assert title in book.texts[int(number) - 1]


def test_text_code_output_captions_formulas_and_what_was_folded_are_there(book: Book) -> None:
    for text in ("that is 1.0986 nats", "from math import log", "What the bars say.", "What was folded."):
        assert text in book.text
    assert "a drawing" in book.text
    assert "ln 3" in book.text.replace("\u2009", " ") or "ln3" in book.text


def test_an_answer_follows_the_text_of_its_page(book: Book) -> None:
    assert book.text.index("How much? Answer 1") < book.text.index("What was folded")
    assert book.text.index("What was folded") < book.text.index("Answers 1 As much as in the corner.")


FURNITURE = ["¶", "Show what", "checked by pytest", "log(3)]", "Download", "Keep it", "Search", "Previous"]
FURNITURE += ["Your answer", "Check", "is that of two", "Try this", "Copy"]


@pytest.mark.parametrize("text", FURNITURE)
def test_what_only_a_screen_has_use_for_is_not_there(text: str, book: Book) -> None:
    assert text not in book.text


def test_sheets_are_a4_and_name_their_page_and_number(book: Book) -> None:
    for page in book.reader.pages:
        assert (page.mediabox.width, page.mediabox.height) == pytest.approx((595.3, 841.9), abs=1)
    (at,) = (i for i, text in enumerate(book.texts) if "A corner" in text and "Contents" not in text)
    assert book.texts[at].startswith(f"{at + 1}More")


def test_wide_code_and_wide_tables_are_whole(book: Book) -> None:
    page = next(text for text in book.texts if "A corner" in text)
    assert re.sub(r"\s", "", page).count("+a") == 39
    assert (
        page.count("some_code_that_is_long") == 3
        or re.sub(r"\s", "", page).count("some_code_that_is_long") == 4
    )


def printing(site: Path, **environment: str) -> str:
    """What the command says of a site that it cannot print."""
    out = site.parent / "out.pdf"
    ran = subprocess.run(
        [*COMMAND, site, out], capture_output=True, text=True, env={**os.environ, **environment}
    )
    assert ran.returncode == 1
    assert not out.exists()
    return ran.stderr


@pytest.fixture
def site_with(tmp_path: Path) -> Any:
    def made(text: str) -> Path:
        site = tmp_path / "site"
        site.mkdir()
        (site / "404.html").write_text('<nav aria-label="Pages"><li><a href="./">Home</a></li></nav>')
        (site / "index.html").write_text(
            f'<meta charset="utf-8"><title>Book</title><article><h1>Home</h1>{text}</article>',
            encoding="utf-8",
        )
        return site

    return made


def test_a_letter_that_no_font_has_is_named(site_with: Any) -> None:
    said = printing(site_with("<p>\U0001e4d0, known</p>"))
    assert said.startswith("no font of this machine has \U0001e4d0, which the book prints; install one")


def test_a_program_that_is_no_chromium_is_named(site_with: Any) -> None:
    assert printing(site_with(""), CHROMIUM="/bin/true").startswith("/bin/true broke off: ")


def test_a_chromium_that_is_too_old_is_named() -> None:
    code = (
        "from softmax_book.hooks import chromium\n"
        "chromium.OLDEST = 10_000\n"
        "try:\n    chromium.chromium().__enter__()\n"
        "except chromium.NoBrowser as fault:\n    print(fault)\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
    assert re.match(r"Chromium 10000 or newer is needed; got \d+\.", said)
