from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from softmax_book.hooks.marks import Proof, as_macros, hold, release, reveal
from softmax_book.verify.reading import read_lab

Render = Callable[[str], str]
LEAKS = re.compile(r"<!--|&lt;!--|-->|--&gt;|SECRET|[\U000f1000-\U000fffff]")
NOTE = '<span class="proof-note" data-proof="p[2]"></span>'
PROVEN = f'<span class="proven" data-proof="p[2]">0.66</span>{NOTE}'

# Each place holds the numeral 0.66 with its check, which a reader must not see.
PLACES = {
    "prose": "The last is 0.66<!--= p[2] --> of all.",
    "the end of a line": "The last is 0.66<!--= p[2] -->  \nof all.",
    "a table cell": "| a | b |\n|---|---|\n| 0.66<!--= p[2] --> | c |",
    "a heading": "## The last is 0.66<!--= p[2] --> { #last }",
    "bold": "It is **0.66 %<!--= p[2] -->** of all.",
    "bold, the check behind": "It is **0.66**<!--= p[2] --> of all.",
    "a link": "It is [0.66<!--= p[2] --> of all](#top).",
    "a list": "- one\n- it is 0.66<!--= p[2] -->\n- two",
    "a quotation": "> It is 0.66<!--= p[2] --> of all.",
    "an admonition": "!!! note\n\n    It is 0.66<!--= p[2] --> of all.",
    "an answer that folds": '??? success "Answer"\n\n    It is 0.66<!--= p[2] --> of all.',
    "inline code": "It is `0.66`<!--= p[2] --> of all.",
    "a check over two lines": "It is 0.66<!--= p[\n2] --> of all.",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_proven_numeral_is_marked_and_its_comment_gone_from(place: str, render: Render) -> None:
    page = render(PLACES[place])
    assert len(re.findall(r'<span class="proven" data-proof="p\[ ?2\]">0\.66</span>', page)) == 1
    assert not LEAKS.search(page)


HIDDEN = {
    "a hidden block": "One.\n\n<!-- python\nSECRET = 1\n\nSECRET += 1\n-->\n\nTwo.",
    "a hidden block with empty lines in an admonition": (
        "!!! note\n\n    One.\n\n    <!-- python\n    SECRET = 1\n\n    print(`SECRET`)\n    -->\n\n    Two."
    ),
    "a directive above a fence": "One.\n\n<!-- tol: 1e-4 -->\n```output\nTwo.\n```",
    "a directive in a list": "- One.\n\n    <!-- tol: 1e-4 -->\n    ```output\n    Two.\n    ```",
    "a reason": "One 5.5<!-- ok: SECRET | reason -->.\n\nTwo.",
    "a claim": "One, more than SOME<!--= SECRET > `1` | f[0](x) -->.\nTwo.",
    "a bar in a table": "| One | b |\n|---|---|\n| 7.5<!--= p | 1 --> | Two. |",
    "math": "One $x = 0.66$<!--= p | 1 -->.\n\nTwo.",
    "a figure": "![One](x.svg)<!--= fig -->\n\nTwo.",
    "a figure with attributes": "![One](x.svg){ .narrow }<!--= fig -->\n\nTwo.",
}


@pytest.mark.parametrize("place", HIDDEN)
def test_no_comment_reaches_the_page_from(place: str, render: Render) -> None:
    page = render(HIDDEN[place])
    assert not LEAKS.search(page)
    assert "One" in page
    assert "Two." in page


def test_the_search_for_leaks_finds_one() -> None:
    assert LEAKS.search("a comment --> that was cut badly")
    assert LEAKS.search(hold("0.66", [], [Numeral(0, 4)]).text)


def test_a_bar_in_a_check_splits_no_table_cell(render: Render) -> None:
    page = render("| a | b |\n|---|---|\n| 0.66<!--= p[2] | q --> | c |")
    assert page.count("<td>") == 2
    assert 'data-proof="p[2] | q"' in page


def test_a_comment_on_a_line_of_its_own_does_not_split_the_paragraph(render: Render) -> None:
    assert render("One.\n<!--= a < b -->\nTwo.").count("<p>") == 1


def test_attributes_survive_the_check_of_a_figure(render: Render) -> None:
    assert 'class="narrow"' in render("![One](x.svg){ .narrow }<!--= fig -->")


def test_an_alternative_text_keeps_its_numeral_and_carries_no_mark(render: Render) -> None:
    page = render("![At 0.66<!--= p[2] --> it bends](x.svg)")
    assert 'alt="At 0.66 it bends"' in page
    assert "proven" not in page


def test_a_heading_keeps_an_id_without_marks(render: Render) -> None:
    assert 'id="the-last-is-066"' in render("## The last is 0.66<!--= p[2] -->")


def test_comments_shown_inside_a_longer_fence_are_shown(render: Render) -> None:
    page = render("````markdown\nA third is 0.33<!--= x -->.\n<!-- python\nassert x\n-->\n````")
    assert "&lt;!--= x --&gt;" in page
    assert "&lt;!-- python\nassert x\n--&gt;" in page


def test_a_numeral_that_rounds_a_printed_one_says_so(render: Render) -> None:
    page = render("```python\n0.66524\n```\n\n```output\n0.66524\n```\n\nIt is 0.6652.")
    assert '<span class="proven bound" data-proof="0.66524">0.6652</span>' in page


def notes(page: str) -> list[str]:
    return re.findall(r'(\S+)</span><span class="proof-note[^"]*" data-proof="([^"]*)"></span>', page)


def test_a_check_of_several_numerals_is_shown_behind_the_last_of_them(render: Render) -> None:
    page = render("It is 0.5, then 0.25<!--= a > b -->, then 0.2<!--= a, b, c -->.")
    assert [numeral.rpartition(">")[2] for numeral, _ in notes(page)] == ["0.2"]
    assert page.count('<span class="proven" data-proof="a, b, c">') == 3


def test_two_checks_that_say_the_same_are_both_shown(render: Render) -> None:
    assert len(notes(render("It is 2.72<!--= e -->, and again 2.72<!--= e ; tol 1e-9 -->."))) == 2


def test_a_check_over_lines_of_a_lab_is_shown_once() -> None:
    script = "# %% [markdown]\n# 0.5 and 0.2<!--= a,\n# b -->.\n"
    view = read_lab(script)
    assert [proof.last for proof in hold(script, view.comments, view.numerals).proofs] == [False, True]


def test_a_check_of_several_numerals_in_a_formula_and_behind_it_is_shown_once(render: Render) -> None:
    page = render("It is $x = 0.5$, or 0.2<!--= a, b -->.")
    assert page.count("proof-note") == 1
    assert '0.2</span><span class="proof-note"' in page


def test_a_proof_in_code_is_shown_behind_the_code(render: Render) -> None:
    page = render("It is `-0.66.` and `0.2 or`<!--= a, p[2] --> so.")
    assert f" or</code>{NOTE.replace('p[2]', 'a, p[2]')} so." in page
    assert page.count("proof-note") == 1


def test_a_long_proof_is_shown_short_and_kept_whole_on_its_numeral() -> None:
    proof = Proof(", ".join(f"row[{i}]" for i in range(50)))
    assert 'data-proof="row[0], row[1], row[2], row[3], row[4], ' in proof.note()
    assert 'row[8], …"></span>' in proof.note()
    assert "row[49]" in proof.attributes()
    assert 'data-proof="table.log …"' in Proof(f"table.log({'x' * 90})").note()
    assert f'data-proof="{"x" * 78} …"' in Proof("x" * 90).note()
    assert f'data-proof="{"x" * 80}"' in Proof("x" * 80).note()


def test_a_shown_proof_may_break_behind_a_parenthesis_and_not_behind_a_sign() -> None:
    assert 'data-proof="-\u2060x + f(\u200b-\u2060y) - z"' in Proof("-x + f(-y) - z").note()
    assert 'data-proof="-x + f(-y) - z"' in Proof("-x + f(-y) - z").attributes()


def test_a_proof_is_escaped_and_on_one_line() -> None:
    assert Proof('a < "b"\n  & c').attributes() == (
        'class="proven" data-proof="a &lt; &quot;b&quot; &amp; c"'
    )


@dataclass(frozen=True)
class Numeral:
    start: int
    end: int
    how: str = "checked"
    proof: str = "p[2]"
    last: bool = True


def test_held_numerals_come_back_in_text_and_are_plain_in_tags() -> None:
    held = hold("a 0.66 b", [], [Numeral(2, 6)])
    page = f'<p title="{held.text}">{held.text}</p>'
    assert reveal(page, held.proofs) == f'<p title="a 0.66 b">a {PROVEN} b</p>'
    assert release(held.text) == "a 0.66 b"


def test_a_holder_torn_apart_by_markup_leaves_no_trace() -> None:
    held = hold("0.66", [], [Numeral(0, 4)])
    torn = held.text[:2] + "<b>" + held.text[2:] + "</b>"
    assert reveal(torn, held.proofs) == "<b>0.66</b>"


def test_held_numerals_in_tex_become_macros() -> None:
    held = hold("x = 0.66", [], [Numeral(4, 8)])
    assert as_macros(held.text) == r"x = \proven{0}{0.66}"


def test_a_lab_loses_the_comment_line_with_its_hash() -> None:
    script = "# %% [markdown]\n# One.\n# <!-- ok: SECRET -->\n# Two.\n"
    start = script.index("<!--")
    assert hold(script, [(start, script.index("-->") + 3)], []).text == "# %% [markdown]\n# One.\n# Two.\n"
