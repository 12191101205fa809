from __future__ import annotations

from collections.abc import Callable

import pytest

from softmax_book.hooks import formulas
from softmax_book.hooks.formulas import BadFormula, render, shelve, typeset, without_delimiters
from softmax_book.hooks.marks import Proof

Render = Callable[[str], str]
PROOFS = (Proof("p[2]"), Proof("H"))


def test_a_formula_is_html_and_mathml(render: Render) -> None:
    page = render(r"Here $p_i = \frac{1}{2}$ stands.")
    assert '<span class="katex-html" aria-hidden="true">' in page
    assert "<math" in page
    assert "$" not in page


def test_display_math_stands_in_a_block_that_can_scroll(render: Render) -> None:
    page = render("One.\n\n$$\na + b\n$$\n\nTwo.")
    assert '<div class="formula-block"><span class="katex-display">' in page


def test_display_math_may_stand_in_an_admonition(render: Render) -> None:
    assert "formula-block" in render("!!! note\n\n    One.\n\n    $$\n    a + b\n    $$\n")


def test_a_proven_numeral_in_math_is_marked_and_its_proof_stands_behind(render: Render) -> None:
    page = render(r"It is $-\log 0.66 = 0.41$<!--= p[2], H --> nats.")
    assert page.count('<span class="proven" data-proof=') == 2
    assert '<span class="proof-note" data-proof=' in page
    assert r'<annotation encoding="application/x-tex">-\log 0.66 = 0.41</annotation>' in page


def test_a_proof_of_display_math_stands_within_its_block(render: Render) -> None:
    page = render("$$\nx = 0.66\n$$<!--= p[2] -->")
    assert '<span class="proof-note" data-proof="p[2]"></span></div>' in page


@pytest.mark.parametrize(
    "tex", [r"\frac{\proven{0}{1}}{2}", r"x^\proven{0}{2}", r"\text{at \proven{0}{0.5}}"]
)
def test_a_numeral_may_be_marked_in(tex: str) -> None:
    assert 'data-proof="0"' in render(tex, False)


def test_where_no_mark_can_stand_the_formula_is_rendered_plain_and_its_proof_stays() -> None:
    shelf = '<span class="formula" data-tex="\\hspace{\\proven{0}{1}em} x" data-display="0">x</span>'
    page = typeset(shelf, PROOFS)
    assert "enclosing" not in page
    assert '<span class="proof-note" data-proof="p[2]"></span>' in page


def test_a_proof_shared_by_several_numerals_stands_once() -> None:
    shelf = (
        '<span class="formula" data-tex="\\proven{0}{1} + \\proven{0}{2} = \\proven{1}{3}" '
        'data-display="0">x</span>'
    )
    assert typeset(shelf, PROOFS).count("proof-note") == 2


def test_a_full_stop_is_not_parted_from_the_formula_before_it(render: Render) -> None:
    page = render("It is $x$.")
    assert '<span class="joined">' in page
    assert "\u2060.</span>" in page
    assert "joined" not in render("It is $x$ and.")


SHORT, LONG = "e / (1 + \\sqrt e + e) = 0.5", "a = b + c + d + e + f + g + h + k + l"


def test_a_short_formula_does_not_break(render: Render) -> None:
    assert '<span class="unbroken"><span class="katex">' in render(f"It is ${SHORT}$ here.")
    assert "unbroken" not in render(f"It is ${LONG}$ here.")


def test_a_long_joined_formula_may_still_break_between_its_parts(render: Render) -> None:
    assert "<wbr>" in render(f"It is ${LONG}$.")
    assert "<wbr>" not in render(f"It is ${SHORT}$.")


def test_the_search_index_sees_the_formula_as_written() -> None:
    shelf = shelve(r'<p><span class="arithmatex">\(a &lt; b\)</span></p>')
    assert ">a &lt; b</span>" in shelf


def test_a_macro_that_does_not_exist_is_refused_with_its_formula() -> None:
    with pytest.raises(BadFormula, match=r"nosuch.*Undefined control sequence"):
        render(r"\nosuch{1}", False)


def test_only_our_macro_may_write_attributes() -> None:
    assert "href=" not in render(r"\href{javascript:alert(1)}{x}", False)


def test_display_math_within_a_line_is_refused() -> None:
    with pytest.raises(BadFormula, match="a paragraph of its own"):
        shelve("<p>One $$x$$ two.</p>")
    assert shelve("<pre><code>$$x$$</code></pre>") == "<pre><code>$$x$$</code></pre>"


def test_a_title_loses_the_delimiters_of_its_formula() -> None:
    assert without_delimiters(r"The gradient \(p - y\)") == "The gradient p - y"


def test_a_formula_is_rendered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    render("z_{cached}", False)
    monkeypatch.setattr(formulas, "_katex", lambda: pytest.fail("rendered again"))
    render("z_{cached}", False)
