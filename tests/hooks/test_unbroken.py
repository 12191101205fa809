from __future__ import annotations

import pytest

from softmax_book.hooks.marks import Proof, hold, reveal
from softmax_book.hooks.unbroken import join, mend
from softmax_book.verify.reading import read_page

GAP = "\u00a0"


@pytest.mark.parametrize(
    "text", ["p − y", "Q2 → Q1 → Q3", "p = y", "sigmoid(1) = 0.7311", "(14/3 − 2)/8", "log 2"]
)
def test_a_line_does_not_end_within(text: str) -> None:
    assert join(f"so {text} is") == f"so {text.replace(' ', GAP)} is"


@pytest.mark.parametrize(
    "text", ["log in", "a log a day", "the probabilities = something-long", "one - two", "−1 or 2", "2 →"]
)
def test_a_line_may_end_anywhere_in(text: str) -> None:
    assert join(text) == text


@pytest.mark.parametrize(
    "page",
    [
        "<pre><code>p = y</code></pre>",
        '<code class="x">p = y</code>',
        '<span class="formula" data-tex="p = y" data-display="0">p = y</span>',
        '<a title="p = y">p</a>',
    ],
)
def test_code_formulas_and_tags_keep_their_spaces(page: str) -> None:
    assert mend(page) == page


def test_a_sign_before_a_proven_numeral_is_joined() -> None:
    text = "s(1) = 0.73<!--= s(1) -->, ln 2.5<!--= x -->"
    view = read_page(text)
    held = hold(text, view.comments, view.numerals)
    page = reveal(mend(held.text), held.proofs)
    assert f"s(1){GAP}={GAP}<span {Proof('s(1)').attributes()}>0.73</span>" in page
    assert f"ln{GAP}<span" in page


def test_short_code_does_not_break() -> None:
    assert mend("<p><code>--&gt;</code></p>") == '<p><code class="unbroken">--&gt;</code></p>'


def test_long_code_may_break_but_not_within_a_word_with_hyphens() -> None:
    page = "<code>F.cross_entropy(scores, labels, weight=weight)</code>"
    assert mend(page) == page
    assert mend("<code>&lt;!-- raises: ValueError --&gt;</code>").endswith(
        ' raises: ValueError <span class="unbroken">--&gt;</span></code>'
    )
