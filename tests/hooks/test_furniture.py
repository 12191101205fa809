from __future__ import annotations

import pytest

from softmax_book.hooks.furniture import NoPlace, with_book, with_count, with_download, with_switch
from softmax_book.hooks.outputs import output_block
from softmax_book.hooks.theme import repair_page, without_foreign_hosts


def test_the_switch_is_a_labelled_checkbox_below_the_title() -> None:
    page = with_switch("<h1>Title</h1><p>Text</p>")
    assert page.startswith('<h1>Title</h1><p class="proof-switch"><input type="checkbox" id="show-proofs"')
    assert '<label for="show-proofs">Show what proves each number</label>' in page
    assert page.endswith("<p>Text</p>")


def test_a_page_without_a_title_has_the_switch_at_its_top() -> None:
    assert with_switch("<p>Text</p>").startswith('<p class="proof-switch">')


def test_the_foot_counts_the_numbers_and_links_to_how() -> None:
    assert with_count("", 1234, "../how/") == (
        '<p class="proof-count"><a href="../how/">1,234 numbers on this page are checked by pytest</a>.</p>'
    )


def test_one_number_is_counted_in_the_singular() -> None:
    assert "1 number on this page is checked by pytest" in with_count("", 1, None)


def test_a_page_without_numbers_has_no_foot() -> None:
    assert with_count("<p>Text</p>", 0, "../how/") == "<p>Text</p>"


def test_a_notebook_is_offered_below_the_title() -> None:
    link = "[Download this page as a notebook](a.ipynb){ .download download data-search-exclude }"
    assert with_download("# Title\n\nText.\n", "page", "a.ipynb") == f"# Title\n\n{link}\n\nText.\n"


def test_a_page_without_a_title_offers_its_notebook_at_its_top() -> None:
    assert with_download("Text.\n", "lab", "a.ipynb").startswith("\n[Download this lab as a notebook]")


def test_the_whole_book_is_offered_where_the_page_speaks_of_taking_it_along() -> None:
    heading = '<h2 class="a" id="take-along">Take it <em>along</em></h2>'
    page = with_book(f"<h2>One</h2>{heading}<p>Text</p>", "book.pdf")
    link = '<a class="download" download href="book.pdf">Download the whole book as a PDF</a>'
    assert page == f"<h2>One</h2>{heading}<p>{link}</p><p>Text</p>"


def test_a_page_that_does_not_speak_of_it_has_no_place_for_the_link() -> None:
    with pytest.raises(NoPlace, match=r"book\.pdf stands below a heading with the id take-along; got none"):
        with_book('<h2 id="take">Take</h2>', "book.pdf")


def test_output_is_escaped_and_has_nothing_to_copy() -> None:
    block = output_block("a < b", "output", "output", {}, None)
    assert block == '<div class="output no-copy"><pre><code>a &lt; b</code></pre></div>'


def test_the_search_dialog_has_a_name() -> None:
    page = repair_page('<div class="md-search" data-md-component="search" role="dialog">')
    assert 'role="dialog" aria-label="Search"' in page


def test_the_box_that_unfolds_a_section_has_its_name_and_the_keyboard_stops_at_it_alone() -> None:
    page = repair_page(
        '<input class="md-nav__toggle md-toggle " type="checkbox" id="__nav_2_1" checked> '
        '<a href="x/"> <span class="md-ellipsis"> Surprise </span> </a> '
        '<label class="md-nav__link " for="__nav_2_1" id="__nav_2_1_label" tabindex="0"><i></i></label>'
    )
    assert 'id="__nav_2_1" aria-labelledby="__nav_2_1_label" checked>' in page
    assert page.endswith('id="__nav_2_1_label"><span class="unseen">Surprise</span><i></i></label>')


def test_the_box_that_opens_the_drawer_stands_beside_its_label_in_the_header() -> None:
    label = '<label class="md-header__button md-icon" for="__drawer">'
    page = repair_page(
        f'<input class="md-toggle" data-md-toggle="drawer" id="__drawer"><header>{label}</label></header>'
    )
    box = '<input class="md-toggle" data-md-toggle="drawer" id="__drawer" aria-label="Navigation">'
    assert page == f"<header>{box}{label}</label></header>"


CHAPTER = """<li><div class="md-nav__link md-nav__container">
  <a href="./" class="md-nav__link {active}"> <b>Surprise</b> </a> </div>
  <nav><label>Surprise</label>
  <ul class="md-nav__list" data-md-scrollfix><li>KL divergence</li></ul></nav></li>
<div><nav class="md-nav md-nav--secondary"><li>One<nav>Nested</nav></li></nav> </div>"""
FRONT, OTHER = CHAPTER.format(active="md-nav__link--active"), CHAPTER.format(active="")


def test_a_front_page_stands_in_the_drawer_with_its_contents() -> None:
    drawer = repair_page(FRONT).partition("data-md-scrollfix>")[2].partition("<li>KL divergence")[0]
    assert drawer.startswith('<li class="md-nav__item md-nav__item--active front-page">')
    assert '<label class="md-nav__link md-nav__link--active" for="__toc"> <b>Surprise</b>' in drawer
    assert '<a href="./" class="md-nav__link md-nav__link--active"> <b>Surprise</b> </a>' in drawer
    assert drawer.endswith("<li>One<nav>Nested</nav></li></nav></li>")


def test_only_a_front_page_is_added_to_the_drawer() -> None:
    assert repair_page(OTHER) == OTHER


def test_the_link_to_the_repository_asks_no_code_host() -> None:
    assert "component" not in repair_page('<a href="https://example.org" data-md-component="source">')


def test_the_themes_script_names_no_host_to_fetch_from() -> None:
    script = 'load("https://unpkg.com/mermaid@11/x.js"); fetch(`https://api.github.com/repos/${a}`)'
    assert without_foreign_hosts(script) == 'load("data:,mermaid@11/x.js"); fetch(`data:,repos/${a}`)'
