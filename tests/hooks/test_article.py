from __future__ import annotations

import pytest

from softmax_book.hooks.article import FORMULA, BadPage, Page, Site, article

OTHER = Page.read("chapters/two/", '<article><h1 id="two">Two</h1><h2 id="dial">Dial</h2></article>')


def printed(inner: str, depth: int = 1, published: str = "", url: str = "chapters/one/") -> str:
    page = Page.read(url, f"<html><article class='md'>{inner}</article></html>")
    site = Site({url: page, OTHER.url: OTHER}, {"chapters/one.ipynb"}.__contains__, published)
    return article(page, depth, site)


def test_ids_are_those_of_the_document_and_what_names_them_follows() -> None:
    assert printed('<label for="a"></label><input id="a">') == (
        '<label for="chapters/one/:a"></label><input id="chapters/one/:a">'
    )
    drawn = printed('<svg aria-labelledby="t"><g id="t" clip-path="url(#t)"><use xlink:href="#t"/></g></svg>')
    assert drawn.count("chapters/one/:t") == 4


def test_text_that_looks_like_an_attribute_stays() -> None:
    assert printed('<code>a id="x" &lt;h1 id="x"&gt;</code>') == '<code>a id="x" &lt;h1 id="x"&gt;</code>'


@pytest.mark.parametrize(
    ("href", "there"),
    [
        ("#a", "#chapters/one/:a"),
        ("../two/", "#chapters/two/:"),
        ("../two/#dial", "#chapters/two/:dial"),
        ("../two/index.html#dial", "#chapters/two/:dial"),
        ("https://example.org/a?b&amp;c#d", "https://example.org/a?b&amp;c#d"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_a_link_leads_to_its_place_in_the_document(href: str, there: str) -> None:
    assert f'<a href="{there}">' in printed(f'<p id="a"><a href="{href}">x</a></p>')


@pytest.mark.parametrize("href", ["../one.ipynb", "?playground=k%3D3"])
def test_what_is_only_on_the_site_is_linked_there_or_is_plain_text(href: str) -> None:
    assert printed(f'<a href="{href}">x</a>') == "<a>x</a>"
    there = {"../one.ipynb": "one.ipynb", "?playground=k%3D3": "one/?playground=k%3D3"}[href]
    online = printed(f'<a href="{href}">x</a>', published="https://book.example/s/")
    assert online == f'<a href="https://book.example/s/chapters/{there}">x</a>'


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("../three/", "chapters/three/"),
        ("../two/#no", "the heading #no of chapters/two/"),
        ("#no", "the heading #no of chapters/one/"),
    ],
)
def test_a_dead_link_is_an_error_that_names_the_page(href: str, wanted: str) -> None:
    with pytest.raises(BadPage, match=rf"^chapters/one/: a link leads to {wanted}, which .* got '{href}'"):
        printed(f'<a href="{href}">x</a>')


def test_headings_sink_to_their_depth_and_keep_their_rank_for_the_style() -> None:
    assert printed('<h1 id="a">A</h1><h2>B</h2>', depth=3) == (
        '<h3 data-depth="1" id="chapters/one/:a">A</h3><h4 data-depth="2">B</h4>'
    )
    assert printed("<h5>A</h5>", depth=3) == '<h6 data-depth="5">A</h6>'


def test_a_formula_is_spoken_as_tex() -> None:
    katex = (
        '<span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi>'
        '<annotation encoding="application/x-tex">a &lt; "b"</annotation></semantics></math></span>'
        '<span class="katex-html" aria-hidden="true"><b>x</b></span></span>'
    )
    label = f'role="img" aria-label="{FORMULA}a &lt; &quot;b&quot;"'
    drawn = '<span class="katex-html"><b>x</b></span></span>'
    assert printed(katex + katex) == f'<span class="katex" {label}>{drawn}' * 2


def test_answers_stand_at_the_end_of_their_page_with_links_both_ways() -> None:
    question = '<li>Why?<details class="success">\n<summary>Answer</summary><p>{}</p></details></li>'
    page = printed(f"<ol>{question.format('So.')}{question.format('Thus.')}</ol><h2>End</h2>")
    questions, _, answers = page.partition("<h2")
    assert "So." not in questions
    assert '<a id="chapters/one/:question-2" href="#chapters/one/:answer-2">Answer 2</a>' in questions
    assert '<h2 data-depth="2" id="chapters/one/:answers-of-this-page">Answers</h2>' in answers
    assert '<a class="number" id="chapters/one/:answer-2" href="#chapters/one/:question-2">2</a>' in answers
    assert answers.index("So.") < answers.index("Thus.")


def test_what_is_folded_and_no_answer_is_open_where_it_stands() -> None:
    run = "<details><summary>The run</summary>x</details>"
    assert printed(run) == run.replace("<details>", "<details open>")
    opened = '<details class="a" open="open"><summary>The run</summary>x</details>'
    assert printed(opened) == opened


def test_nothing_is_loaded_and_nothing_downloaded_from_paper() -> None:
    assert printed('<link rel="stylesheet" href="a.css"><script src="a.mjs"></script>Text') == "Text"
    link = '<p><a class="download" download href="not-yet-there.pdf">Download the whole book</a></p>'
    assert printed(link + "Text") == "Text"


def test_a_figure_is_a_group_whose_drawing_has_the_text() -> None:
    assert printed('<figure class="figure"></figure>') == '<figure role="group" class="figure"></figure>'


def test_the_title_of_a_page_is_its_first_heading_as_text() -> None:
    page = Page.read("", '<article><h1 id="a">p &lt; <em>q</em><a class="headerlink">¶</a></h1></article>')
    assert page.title == "p < q"


@pytest.mark.parametrize(("html", "wanted"), [("<p>", "an <article>"), ("<article></article>", "a heading")])
def test_a_page_without_article_or_heading_is_named(html: str, wanted: str) -> None:
    with pytest.raises(BadPage, match=f"^a/: .* {wanted}; got none"):
        _ = Page.read("a/", html).title
