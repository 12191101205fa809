from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from softmax_book.hooks.answers import CORE, BadAnswer, Field, find, with_progress
from softmax_book.verify.reading import read_page

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(p for p in DOCS.rglob("*.md") if not p.name.endswith(".ko.md"))
JUDGE = (DOCS / CORE).read_text(encoding="utf-8")
Render = Callable[[str], str]

RIGHT = "0.6652<!--= p[2] -->"
MISTAKE = "0.4223<!--= twice[2] --> is a softmax of a softmax: it was applied to probabilities."
PARAGRAPH = f"{RIGHT}\n{MISTAKE}\n{{ .answer }}"


def fields(text: str) -> tuple[Field, ...]:
    return find(text, read_page(text), JUDGE)


def data(element: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in re.findall(r'data-(\w+)="([^"]*)"', element)}


def only(text: str) -> dict[str, str]:
    (field,) = fields(text)
    return data(field.element)


def indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.split("\n"))


ANSWER = '    ??? success "Answer"\n        The third takes the most.\n'
PLACES = {
    "a paragraph": f"What?\n\n{PARAGRAPH}\n\nNext.",
    "an item of a list": f"1. What?\n\n{indented(PARAGRAPH)}\n{ANSWER}\n2. Next.",
    "a question that folds nothing": f'!!! question "Predict"\n\n    What?\n\n{indented(PARAGRAPH)}\nNext.',
    "a question": f'!!! question "Predict"\n\n    What?\n\n{indented(PARAGRAPH)}\n{ANSWER}\nNext.',
    "a quotation": "> What?\n\n" + PARAGRAPH + "\n\nNext.",
    "the end of a page": f"Next.\n\nWhat?\n\n{PARAGRAPH}",
    "the older spelling": f"What?\n\n{PARAGRAPH.replace('{ .answer', '{: .answer')}\n\nNext.",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_paragraph_of_numbers_becomes_a_field_in(place: str, render: Render) -> None:
    page = render(PLACES[place])
    assert page.count("<exercise-answer ") == 1
    assert not re.search(r"<p>\s*<exercise-answer|</exercise-answer>\s*</p>", page)
    assert "What?" in page
    assert "Next." in page


@pytest.mark.parametrize("place", PLACES)
def test_nothing_of_a_field_is_to_be_read_without_its_script_in(place: str, render: Render) -> None:
    seen = re.sub(r"<[^>]*>", "", render(PLACES[place]))
    assert not re.search("0\\.6652|0\\.4223|softmax of|answer|[\U000f1000-\U000fffff]", seen)
    assert "proven" not in render(PLACES[place])


def test_a_field_knows_the_answer_its_unit_and_the_mistakes() -> None:
    found = only(f"{RIGHT} nats\n{MISTAKE}\n{{ .answer }}")
    assert (found["answer"], found["unit"]) == ("0.6652", "nats")
    assert json.loads(found["mistakes"]) == [["0.4223", MISTAKE.partition("--> ")[2]]]


def test_an_answer_may_be_several_numbers_with_signs_and_thousands() -> None:
    found = only("−0.91<!--= g[0] -->, 1,033<!--= n -->\n{ .answer }")
    assert found["answer"] == "-0.91 1033"


def test_one_check_may_prove_all_numbers_of_a_line() -> None:
    assert (
        only("0.09, 0.2447, 0.6652<!--= p[0], p[1], p[2] -->\n{ .answer }")["answer"] == "0.09 0.2447 0.6652"
    )


def test_the_percent_sign_stands_before_its_check_and_is_the_unit() -> None:
    found = only(
        "66.5 %<!--= 100 * p[2] -->\n42.2 %<!--= 100 * twice[2] --> is a softmax of a softmax.\n{ .answer }"
    )
    assert found["unit"] == "%"
    assert json.loads(found["mistakes"]) == [["42.2", "is a softmax of a softmax."]]


def test_a_number_bound_to_an_output_needs_no_check() -> None:
    assert only("```python\np\n```\n\n```output\n0.66524\n```\n\n0.6652\n{ .answer }")["answer"] == "0.6652"


def test_a_check_may_run_over_lines_and_a_sentence_may_hold_numbers() -> None:
    text = f"{RIGHT}\n0.4223<!--= twice[\n2] --> is for 0.09<!--= p[0] -->, once more.\n{{ .answer }}"
    assert json.loads(only(text)["mistakes"]) == [["0.4223", "is for 0.09, once more."]]


def test_an_answer_that_is_only_shown_is_no_field() -> None:
    shown = f"Shown:\n\n````markdown\n{PARAGRAPH}\n````\n\nInline, `{{ .answer }}` is code."
    assert fields(shown) == ()
    assert fields("<!-- python\nx = 1\n\n{ .answer }\n-->\n") == ()


WRONG = {
    "a line without a number": (
        f"{RIGHT}\nThe logarithm is missing.\n{{ .answer }}",
        4,
        "begins with no proven",
    ),
    "an answer without a number": ("the third\n{ .answer }", 3, "begins with no proven number"),
    "a number that nothing proves": ("6\n{ .answer }", 3, "begins with no proven number"),
    "a question in the same paragraph": (f"What?\n{PARAGRAPH}", 3, "begins with no proven number"),
    "a mark without numbers": ("{ .answer }", 3, "stands on a line of its own, below the numbers"),
    "a mark behind the number": (f"{RIGHT} {{ .answer }}", 3, "stands on a line of its own"),
    "a mistake without a sentence": (f"{RIGHT}\n0.4223<!--= q -->\n{{ .answer }}", 4, "say in a sentence"),
    "a sentence without an end": (f"{RIGHT}\n0.4223<!--= q --> is it\n{{ .answer }}", 4, "with a full stop"),
    "a sentence with markup": (f"{RIGHT}\n0.4223<!--= q --> is $p$.\n{{ .answer }}", 4, "without markup"),
    "a unit with markup": (f"{RIGHT} *nats*\n{{ .answer }}", 3, "without markup"),
    "a sentence that tells the answer": (
        f"{RIGHT}\n0.4223<!--= q --> is not 0.6652<!--= p -->.\n{{ .answer }}",
        4,
        "gives the answer away",
    ),
    "a mistake that is the answer": (
        f"{RIGHT}\n0.66521<!--= q --> is it.\n{{ .answer }}",
        4,
        "judged as 'right'",
    ),
    "a mistake next to the answer": (
        f"{RIGHT}\n0.67<!--= q --> is it.\n{{ .answer }}",
        4,
        "judged as 'rounding'",
    ),
    "two mistakes that are alike": (
        f"{RIGHT}\n{MISTAKE}\n0.42231<!--= q --> is it.\n{{ .answer }}",
        5,
        "judged as 'line 4'",
    ),
    "several numbers of differing count": (
        "0.2<!--= p -->, 0.8<!--= q -->\n0.4223<!--= r --> is it.\n{ .answer }",
        4,
        "2 numbers are asked for, 1 given",
    ),
    "a number that nobody types": ("½<!--= p -->\n{ .answer }", 3, "a reader cannot type '½'"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_no_field_is_made_of(fault: str) -> None:
    paragraph, line, message = WRONG[fault]
    with pytest.raises(BadAnswer, match=f"^line {line}: .*{re.escape(message)}"):
        fields(f"# Page\n\n{paragraph}\n")


def test_a_site_without_the_judge_says_so() -> None:
    with pytest.raises(BadAnswer, match=r"docs/answers/core\.mjs, which judges answers, is missing"):
        find(PARAGRAPH, read_page(PARAGRAPH), "")


def test_what_is_answered_is_shown_once_below_the_heading_of_the_last_field() -> None:
    page = (
        "<h2>A</h2><exercise-answer></exercise-answer><h2>B</h2><exercise-answer></exercise-answer><h2>C</h2>"
    )
    filled = with_progress(page, "chapters/a", "../view.mjs")
    assert '<h2>B</h2><answer-progress data-page="chapters/a"></answer-progress><exercise-answer>' in filled
    assert filled.count("answer-progress") == 2
    assert filled.endswith('<script type="module" src="../view.mjs"></script>')
    assert with_progress("<exercise-answer>", "a", "v").startswith("<answer-progress")


def test_some_pages_have_fields() -> None:
    assert any(fields(p.read_text(encoding="utf-8")) for p in PAGES)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(DOCS)))
def test_every_answer_of_the_book_can_be_typed_and_every_mistake_is_told_from_it(path: Path) -> None:
    fields(path.read_text(encoding="utf-8"))
