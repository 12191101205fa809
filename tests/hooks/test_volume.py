"""The document that is printed as the book, from a site of four pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from softmax_book.hooks.article import BadPage
from softmax_book.hooks.volume import Entry, Volume, contents

NOT_FOUND = """<ul><li>no page</li></ul><nav aria-label="Pages"><ul>
  <li><a href="./">Home</a></li>
  <li>Part I. A &amp; B<ul>
    <li><a href="one/">One</a><ul><li><a href="one/more/">More</a></li></ul></li>
  </ul></li>
  <li><a href="last/">Last</a></li>
</ul></nav>"""
HEAD = """<html lang="en" class="no-js"><head><title>The Book</title>
<meta name="description" content="A &quot;book&quot;.">
<link rel="stylesheet" href="{up}a/main.css"><link rel="stylesheet" href="{up}a/print.css"></head>"""
PAGES = {
    "": ("The Book", '<p><a href="one/more/#x">there</a></p>'),
    "one/": ("One, and its long title", "<h2>Section</h2>"),
    "one/more/": ("More", '<h2 id="x">X</h2>'),
    "last/": ('Last "words"', '<p><a href="../">back</a></p>'),
}
RIGHTS = '<div class="md-copyright__highlight">\n Text under CC BY 4.0.\n</div>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "404.html").write_text(NOT_FOUND, encoding="utf-8")
    for url, (title, text) in PAGES.items():
        folder = tmp_path / url
        folder.mkdir(parents=True, exist_ok=True)
        article = f"<article><h1>{title}</h1>{text}</article>"
        head = HEAD.format(up="../" * url.count("/"))
        (folder / "index.html").write_text(f"{head}<body>{article}{RIGHTS}</body>", encoding="utf-8")
    return tmp_path


@pytest.fixture
def document(site: Path) -> str:
    return Volume.of(site).document("file:///site/", {"one/more/:": 7})


def test_the_contents_are_the_tree_of_the_navigation() -> None:
    one = Entry("One", "one/", [Entry("More", "one/more/")])
    assert contents(NOT_FOUND) == [
        Entry("Home", ""),
        Entry("Part I. A & B", None, [one]),
        Entry("Last", "last/"),
    ]


def test_pages_follow_in_the_order_of_the_navigation_below_their_parts(document: str) -> None:
    assert re.findall(r"<h\d.*?</h\d>", document) == [
        "<h1>Contents</h1>",
        '<h1 data-depth="1">The Book</h1>',
        "<h1>Part I. A &amp; B</h1>",
        '<h2 data-depth="1">One, and its long title</h2>',
        '<h3 data-depth="2">Section</h3>',
        '<h3 data-depth="1">More</h3>',
        '<h4 data-depth="2" id="one/more/:x">X</h4>',
        '<h1 data-depth="1">Last "words"</h1>',
    ]


def test_the_table_of_contents_names_pages_by_their_headings_and_the_sheets_that_are_known(
    document: str,
) -> None:
    table = re.sub(r"\s+", " ", document.partition("<nav")[2].partition("</nav>")[0])
    assert '<a href="#one/more/:"><span>More</span> <span class="sheet">7</span></a>' in table
    assert '<a href="#one/:"><span>One, and its long title</span> <span class="sheet"></span></a>' in table
    assert '<a href="#part:Part-I-A-B"><span>Part I. A &amp; B</span>' in table


def test_every_link_within_the_document_leads_to_an_id_that_stands_there_once(document: str) -> None:
    ids = re.findall(r'\sid="([^"]*)"', document)
    links = re.findall(r'href="#([^"]*)"', document)
    assert len(links) == 7
    assert set(links) <= set(ids)
    assert len(ids) == len(set(ids))


def test_sheets_name_the_page_they_belong_to_in_their_foot(document: str) -> None:
    last = re.search(r'data-sheets="(\d+)"[^>]*>(?=<h1 data-depth="1">Last)', document)
    assert last
    assert rf'@page of-{last[1]} {{ @bottom-left {{ content: "Last \"words\""; }} }}' in document


def test_language_title_and_styles_are_those_of_the_site(document: str) -> None:
    assert '<html lang="en">' in document
    assert "<title>The Book</title>" in document
    assert '<p class="rights">Text under CC BY 4.0.</p>' in document
    assert 'href="file:///site/a/main.css"' in document
    assert document.index("a/print.css") < document.index("<style>")


def test_a_site_whose_pages_are_not_listed_is_no_book(site: Path) -> None:
    (site / "404.html").write_text("<p>Not found</p>", encoding="utf-8")
    with pytest.raises(BadPage, match=r"404\.html.*got none"):
        Volume.of(site)


def test_a_page_that_is_listed_and_not_there_is_named(site: Path) -> None:
    (site / "last" / "index.html").unlink()
    with pytest.raises(OSError, match=r"last/index\.html"):
        Volume.of(site)


def test_a_dead_link_is_an_error(site: Path) -> None:
    with (site / "one" / "index.html").open("a", encoding="utf-8") as page:
        page.write('<article><a href="../none/">x</a></article>')
    with pytest.raises(BadPage, match=r"^one/: a link leads to none/"):
        Volume.of(site).document("", {})
