from __future__ import annotations

import base64
import re

import pytest

from softmax_book.hooks.portable import anchors, held, pieces, targets

CODE = held(0)


def plain(markdown: str, **references: str) -> str:
    (text,) = pieces(markdown, references)
    assert isinstance(text, str)
    return text


def test_text_and_code_take_turns() -> None:
    assert pieces(f"Before:\n\n{CODE}\n\nbetween\n\n{held(1)}\n\nafter\n", {}) == [
        "Before:",
        0,
        "between",
        1,
        "after",
    ]


def test_a_cell_starts_at_each_heading_and_loses_its_id() -> None:
    assert pieces("# Title { #title }\n\nText.\n\n## Next { #next }\n\nMore.\n", {}) == [
        "# Title\n\nText.",
        "## Next\n\nMore.",
    ]


def test_a_box_is_a_quote_under_its_title() -> None:
    box = '!!! question "Predict, then run"\n\n    How many?\n\n    At least two?\n\nAfter.\n'
    assert plain(box) == "> **Predict, then run**\n>\n> How many?\n>\n> At least two?\n\nAfter."


def test_a_box_without_a_title_has_that_of_its_kind() -> None:
    assert plain("!!! note\n    Text.\n") == "> **Note**\n>\n> Text."


def test_an_answer_stays_folded() -> None:
    folded = '??? success "A < B"\n    Yes.\n'
    assert plain(folded) == "<details>\n<summary>A &lt; B</summary>\n\nYes.\n\n</details>"
    assert plain(folded.replace("???", "???+")) == plain(folded)


def test_an_answer_in_a_box_is_folded_in_the_quote() -> None:
    box = '!!! question "Why?"\n\n    Say.\n\n    ??? success "Answer"\n        So.\n'
    assert plain(box).endswith(
        "> Say.\n>\n> <details>\n> <summary>Answer</summary>\n>\n> So.\n>\n> </details>"
    )


def test_code_in_an_answer_stands_between_question_and_answer() -> None:
    box = (
        '!!! question "Why?"\n\n    Say.\n\n    ??? success "Answer"\n\n'
        f"        {CODE}\n\n        So.\n\nAfter.\n"
    )
    question, code, answer = pieces(box, {})
    assert (question, code) == ("> **Why?**\n>\n> Say.", 0)
    assert str(answer).startswith("> <details>\n> <summary>Answer</summary>\n>\n> So.")
    assert str(answer).endswith("</details>\n\nAfter.")


def test_a_list_that_code_cuts_goes_on_at_its_number() -> None:
    one = f'1. One:\n\n    {CODE}\n\n    Which?\n\n    ??? success "Answer"\n        It.\n\n'
    listed = f"{one}2. Two.\n\n    Deep.\n"
    first, code, rest = pieces(listed, {})
    assert (first, code) == ("1. One:", 0)
    assert rest == (
        "Which?\n\n<details>\n<summary>Answer</summary>\n\nIt.\n\n</details>\n\n2. Two.\n\n    Deep."
    )


def test_details_of_a_lab_do_not_hold_its_code() -> None:
    run = f"<details markdown><summary>The run</summary>\n\n{CODE}\n\n</details>\n\n"
    answer = "<details markdown><summary>Answer</summary>\n\nSo.\n\n</details>\n"
    assert pieces(run + answer, {}) == [0, "<details>\n<summary>Answer</summary>\n\nSo.\n\n</details>"]


def test_a_link_leads_where_the_page_is_published() -> None:
    there = {"../b.md#c": "https://book.example/b/#c"}
    assert plain("See [`b`, *here*](../b.md#c).", **there) == "See [`b`, *here*](https://book.example/b/#c)."


def test_a_link_that_would_lead_nowhere_is_its_text() -> None:
    assert plain("See [the\nnext page](../b.md), and [a](#b).") == "See the\nnext page, and a."


def test_a_link_to_another_site_stays() -> None:
    assert plain("[a](https://a.example/b.md)") == "[a](https://a.example/b.md)"


def test_a_figure_is_in_the_text_with_what_it_shows_and_its_caption_below() -> None:
    figure = '![Bars, "a" < b](figures/bars.svg)\n*A caption.*\n'
    data = base64.b64encode(b"<svg/>").decode()
    assert plain(figure, **{"figures/bars.svg": "<svg/>"}) == (
        f'<img alt="Bars, &quot;a&quot; &lt; b" src="data:image/svg+xml;base64,{data}">\n\n*A caption.*'
    )


def test_an_explorer_is_named_and_its_text_and_figure_stay() -> None:
    explorer = (
        '<div class="explorer" data-name="softmax" markdown>\n\n**Try this:** move it.\n\n</div>\n\nAfter.'
    )
    text = plain(explorer)
    assert (
        re.sub("\n+", "|", text)
        == "*The site has an explorer here, to be moved.*|**Try this:** move it.|After."
    )


def test_what_only_the_site_can_do_is_left_out() -> None:
    question = "How many?\n\nYour answer:\n{ .answer data-expects=3 }\n\nAfter.\n{ .wide }\n"
    assert plain(question) == "How many?\n\nAfter."


@pytest.mark.parametrize(
    "text",
    [
        "`models[0](x.md)`",
        "``a ` [b](c)``",
        "$p_{[0](1)}$",
        "$$\n[a](b) { .c }\n$$",
        "```text\n# { #a }\n[a](b)\n```",
        'f`"{x:.4f}"`',
        "the interval [0, 1) and {1, 2}",
    ],
)
def test_code_formulas_and_brackets_stay_as_they_are(text: str) -> None:
    assert plain(text) == text


def test_links_within_a_page_lead_to_the_ids_that_jupyter_makes() -> None:
    text = "# A title { #first }\n\n## Two classes, and one\n\n## Of $x$ { #formula }\n"
    assert anchors(text) == {"#first": "#A-title", "#two-classes-and-one": "#Two-classes,-and-one"}


def test_what_a_page_names_within_the_site_is_found() -> None:
    text = "[a](b.md#c) ![d](figures/e.svg) [f](#g) [h](https://i.example/)"
    assert targets(text) == ["b.md#c", "figures/e.svg"]
