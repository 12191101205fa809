from __future__ import annotations

from pathlib import Path

import pytest

from softmax_book.hooks.terms import Term, link, read

GLOSSARY = """\
# Glossary { #glossary }

### Loss { #loss }

The price of a *forecast*, in [nats](#nat) or `bits`<!--= 1 > 0 -->; lower is better.
More of it.
→ [Here](chapters/loss.md#price)

### Maximum likelihood { #maximum-likelihood }

The largest $\\prod p$.

### Negative log-likelihood (NLL) { #nll }

A loss.

### Likelihood { #likelihood }

A product.

### Bit { #bit data-words="bits" }

One of two.

## Words { #words }
"""
TERMS = read(GLOSSARY)
ROOT = Path(__file__).parents[2]


def linked(page: str) -> str:
    return link(page, tuple(Term(t.id, t.words, t.home, "") for t in TERMS), "../glossary/")


def anchor(id: str, text: str) -> str:
    return f'<a class="term" href="../glossary/#{id}">{text}</a>'


def test_an_entry_has_an_id_names_a_home_and_its_first_sentence() -> None:
    assert TERMS[0] == Term(
        "loss", ("Loss",), "chapters/loss.md", "The price of a forecast, in nats or bits; lower is better."
    )
    assert [t.words for t in TERMS[1:3]] == [("Maximum likelihood",), ("Negative log-likelihood", "NLL")]
    assert (TERMS[1].home, TERMS[1].meaning) == ("", "")  # a tooltip sets no formula
    assert TERMS[-1].words == ("bits",)


def test_the_first_use_of_a_term_becomes_a_link_and_no_other() -> None:
    assert (
        linked("<p>A loss, the loss.</p><p>Loss</p>")
        == f"<p>A {anchor('loss', 'loss')}, the loss.</p><p>Loss</p>"
    )


@pytest.mark.parametrize("text", ["Losses", "loss", "losses"])
def test_a_term_is_found_in_the_plural_and_within_a_sentence(text: str) -> None:
    assert linked(text) == anchor("loss", text)


def test_the_longest_term_wins_and_leaves_the_shorter_to_its_own_first_use() -> None:
    longest, shorter = anchor("maximum-likelihood", "maximum likelihood"), anchor("likelihood", "likelihood")
    assert linked("the maximum likelihood is a likelihood") == f"the {longest} is a {shorter}"


def test_a_longer_term_that_was_linked_before_is_no_use_of_the_shorter() -> None:
    page = "maximum likelihood, maximum likelihood"
    assert linked(page) == f"{anchor('maximum-likelihood', 'maximum likelihood')}, maximum likelihood"


def test_a_page_does_not_link_what_it_treats_itself() -> None:
    term = Term("loss", ("Loss",), "chapters/loss.md", "")
    assert link("<p>loss</p>", (term,), "g/", here="chapters/loss.md") == "<p>loss</p>"
    assert link("<p>loss</p>", (term,), "g/", here="chapters/gain.md") != "<p>loss</p>"


def test_either_name_of_a_term_is_its_first_use() -> None:
    assert (
        linked("NLL, the negative log-likelihood") == f"{anchor('nll', 'NLL')}, the negative log-likelihood"
    )


@pytest.mark.parametrize(
    "page",
    [
        "<h2>Loss</h2>",
        "<p><code>loss</code></p>",
        "<pre><code>loss</code></pre>",
        '<p><a href="x">a loss</a></p>',
        "<table><tr><td>loss</td></tr></table>",
        "<details><summary>Answer</summary><p>a loss</p></details>",
        '<span class="formula" data-tex="loss" data-display="0">loss</span>',
        '<img alt="a loss">',
        '<p>the paper "On the loss of everything"</p>',
        "<p>lossless, cross-loss, nll</p>",
        "<p>bit for bit</p>",
        '<p><img src="x.svg"><em>A loss grows.</em></p>',
    ],
)
def test_nothing_is_linked_in(page: str) -> None:
    assert linked(page) == page


def test_a_page_that_links_an_entry_itself_is_not_linked_again() -> None:
    page = '<p>A loss (see <a href="../glossary/#loss">there</a>)</p>'
    assert linked(page) == page


def test_a_heading_of_the_same_name_is_no_link_to_the_entry() -> None:
    page = '<h2 id="loss">Loss<a class="headerlink" href="#loss">¶</a></h2><p>a loss</p>'
    assert linked(page).endswith(f"<p>a {anchor('loss', 'loss')}</p>")


def test_the_tooltip_is_escaped() -> None:
    term = Term("loss", ("Loss",), "", 'a "price" < 1')
    assert 'title="a &quot;price&quot; &lt; 1"' in link("<p>loss</p>", (term,), "g/")


def test_every_entry_of_the_books_glossary_is_read() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    terms = read(text)
    assert len(terms) == text.count("\n### ") > 40
    assert all((ROOT / "docs" / t.home).is_file() and t.home for t in terms)


def test_every_entry_of_the_books_glossary_is_used_in_a_chapter() -> None:
    terms = read((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))
    chapters = [p.read_text(encoding="utf-8") for p in (ROOT / "docs" / "chapters").glob("*/*.md")]
    unused = [t.id for t in terms if t.words and all(link(text, (t,), "") == text for text in chapters)]
    assert chapters
    assert unused == []
