"""What the site is told of a page: which comments vanish, which numerals are proven and by what."""

from __future__ import annotations

from pathlib import Path

import pytest

from softmax_book.verify.blocks import Block, Kind
from softmax_book.verify.lab import read_script
from softmax_book.verify.page import Page, expected_count
from softmax_book.verify.reading import View, read_lab, read_page

SAMPLES = Path(__file__).parent / "samples"


def proofs(text: str, view: View) -> list[tuple[str, str]]:
    return [(text[n.start : n.end], n.proof) for n in view.numerals]


def test_proven_numerals_are_named_with_what_proves_them() -> None:
    text = (SAMPLES / "right-whole-page.md").read_text()
    view = read_page(text)
    assert proofs(text, view)[:4] == [
        ("66.5", "100 * p[2]"),
        ("0.0900", "0.0900"),
        ("0.6652", "p[2], -p[2].log()"),
        ("0.4076", "p[2], -p[2].log()"),
    ]
    assert [n.how for n in view.numerals[:2]] == ["checked", "bound"]


def test_a_page_counts_what_it_printed_and_what_it_proves() -> None:
    view = read_page((SAMPLES / "right-whole-page.md").read_text())
    assert view.printed == 8
    assert view.proven == view.printed + len(view.numerals)


def test_every_comment_of_the_engine_vanishes_and_no_fence_does() -> None:
    text = (SAMPLES / "right-shown-fences.md").read_text()
    view = read_page(text)
    spans = [text[a:z] for a, z in view.comments]
    assert all(span.startswith("<!--") and span.endswith("-->") for span in spans)
    assert not any("66.4" in span for span in spans)
    assert "`<!--= 1 / 0 -->`" in text
    assert "<!--= 1 / 0 -->" not in spans


def test_spans_of_a_lab_are_those_of_its_script() -> None:
    text = (SAMPLES / "right-lab.py").read_text()
    view = read_lab(text)
    assert proofs(text, view) == [("66.5", "100 * p[2]")]
    assert [text[a:z] for a, z in view.comments] == ["<!--= 100 * p[2] -->"]


def test_a_comment_that_runs_over_lines_of_a_lab_is_found_whole() -> None:
    text = "# %%\nx = 1 / 3\n\n# %% [markdown]\n# Small<!--= x\n#     < 1 -->.\n"
    assert [text[a:z] for a, z in read_lab(text).comments] == ["<!--= x\n#     < 1 -->"]


@pytest.mark.parametrize(
    ("expression", "count"),
    [
        ("p[2]", 1),
        ("p[2], -p[2].log()", 2),
        ("[a, (b, c)]", 3),
        ("a < b", 0),
        ("400 < rises < 700", 0),
        ("not a", 0),
        ("a and b < c", 0),
        ("torch.equal(a, b)", 0),
        ("(a == b).all()", 0),
        ("x, x > 1", 1),
        ("-x", 1),
    ],
)
def test_the_form_of_a_check_tells_how_many_numerals_it_proves(expression: str, count: int) -> None:
    assert expected_count(Block(Kind.CHECK, 0, 0, expression)) == count


def unproven(text: str) -> list[str]:
    page = Page(text)
    return [v.number.text for v in page.audit(page.bind(expected_count)) if v.how is None]


@pytest.mark.parametrize(
    "prose",
    [
        "three scores, 10 of them",
        "in 2022 and (2019)",
        "1. a list\n12. of numbers",
        "## 12. A heading",
        "see [here](notes-12.html#p34) and <https://a.example/56>",
        "[page]: notes-12.html",
        "a footnote[^12]",
        "{ #id-12 .wide width=34 }",
        '<div style="width: 12px">x</div>',
        "on 2027-01-31",
        "$p_{12}$",
        ":material-numeric-12:",
        "torch 2.13.0",
        "[pytorch#107680](https://a.example/107680) and [#12](https://a.example)",
    ],
)
def test_what_states_no_result_needs_no_proof(prose: str) -> None:
    assert unproven(f"# Page\n\n{prose}\n") == []


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("of 2000 steps", ["2000"]),
        ("## 12 ways", ["12"]),
        ("[0.25](#x)", ["0.25"]),
        ("`lr=0.1`", ["0.1"]),
        ("$x^{0.5}$ and $10^{-12}$", ["0.5", "10^{-12}"]),
        ("| 0.5 | 12 |", ["0.5", "12"]),
        ('!!! note "About 0.5"', ["0.5"]),
        ("![a bar 0.5 high](https://a.example/x.png)", ["0.5"]),
        ("11 apples", ["11"]),
        ("-11 apples", ["-11"]),
    ],
)
def test_what_states_a_result_needs_a_proof(prose: str, expected: list[str]) -> None:
    assert unproven(f"# Page\n\n{prose}\n") == expected


CODE = "# Page\n\n```python\nsteps = 1_000\nx = 1 / 3\nx\n```\n\n```output\n0.3333333333333333\n```\n\n"


def test_integers_of_the_code_nearby_need_no_proof() -> None:
    assert (
        unproven("# Page\n\nAfter 1,000 steps:\n\n" + CODE.split("\n\n", 1)[1] + "1000 steps are few.\n")
        == []
    )
    assert unproven(CODE + "## Later\n\nAfter 1,000 steps.\n") == ["1,000"]


def test_four_digits_bind_to_the_nearest_output_above_and_three_do_not() -> None:
    assert unproven(CODE + "It is 0.3333.\n") == []
    assert unproven(CODE + "It is 0.333.\n") == ["0.333"]
    assert unproven(CODE + "It is 0.3334.\n") == ["0.3334"]
    assert unproven(CODE + "```output\n0.5000\n```\n\nIt is 0.3333.\n") == ["0.3333"]


def test_alternative_texts_of_a_lab_are_read_like_prose() -> None:
    page = Page(text := '# %% alt="A bar of 37 percent"\nx = 1\n', made=read_script(text))
    assert [v.number.text for v in page.audit({}) if v.how is None] == ["37"]
    assert page.line(page.numerals[0].start) == 1


def test_what_stands_behind_a_docstring_is_no_prose() -> None:
    """Columns are characters: a docstring of long letters must not reach into the code after it."""
    assert (
        unproven('# Page\n\n```python\ndef f():\n    """가위 바위 보."""\n    return 0.125, 2.5\n```\n') == []
    )
