"""What is said of a typed answer, by the script that the reader's browser runs."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from softmax_book.hooks.finish import minified

CORE = Path(__file__).parents[2] / "docs" / "answers" / "core.mjs"
RUN = (
    "const { judge } = await import(process.argv[1]);"
    "const given = JSON.parse(process.argv[2]);"
    "process.stdout.write(JSON.stringify(given.map(([typed, field]) => judge(typed, field))));"
)

Verdict = dict[str, Any]
Judge = Callable[..., Verdict]


@pytest.fixture(scope="module")
def judge(node: Callable[..., str]) -> Judge:
    def judge(typed: str, **field: Any) -> Verdict:
        given = [typed, {"unit": "", "mistakes": [], **field}]
        (verdict,) = json.loads(node("--input-type=module", "-e", RUN, CORE, json.dumps([given])))
        return dict(verdict)

    return judge


# What is asked for, and what is typed with the verdict on it.
SHARE = {"answer": "0.6652", "mistakes": [["0.4223", "is a softmax of a softmax."], ["0.7345", "is old."]]}
COUNT = {"answer": "1033"}
SMALL = {"answer": "6", "mistakes": [["5", "is the sum of the two, not their product."]]}
NATS = {
    "answer": "1.0986",
    "unit": "nats",
    "mistakes": [["1.5850", "is in bits."], ["-1.0986", "lacks a minus."]],
}
PERCENT = {"answer": "66.5", "unit": "%"}
THREE = {"answer": "-0.9100 0.2447 0.6652", "mistakes": [["0.0900 0.2447 0.6652", "are p, not p − y."]]}
LITTLE = {"answer": "1.5e-8"}
HALF = {"answer": "0.5000"}
QUARTER = {"answer": "0.25"}

VERDICTS: dict[str, tuple[dict[str, Any], dict[str, list[str]]]] = {
    "a share": (
        SHARE,
        {
            "right": [
                "0.6652",
                ".6652",
                "+0.6652",
                " 0.6652 ",
                "0.66524",
                "6.652e-1",
                "[0.6652]",
                "6652/10000",
            ],
            "rounding": ["0.665", "66.5 %", "67%", "0.67", "0.66", "0.6651", "0.6653", "0.66528"],
            "mistake": ["0.4223", "0.42233", "0.422", "0.42", "0.7345", "0.73"],
            "sign": ["-0.6652", "−0.6652", "–0.6652", "- 0.67"],
            "percent": ["66.52"],
            "not-yet": ["0.6654", "0.7", "0.4", "2/3", "0", "1", "0.3348"],
            "unreadable": [
                "",
                " ",
                "foo",
                "0,6652",
                "0.66.52",
                "1 2",
                "1/0",
                "1/2/3",
                "0x1",
                "NaN",
                "e",
                "-",
            ],
        },
    ),
    "a count": (
        COUNT,
        {
            "right": ["1033", "1,033", "1 033", "1033.0", "1.033e3", "2066/2"],
            "not-yet": ["1032", "1034", "1000", "1033.4", "0.1033"],
            "sign": ["-1,033"],
            "unreadable": ["1,03", "1,0333"],
        },
    ),
    "a small number": (
        SMALL,
        {"right": ["6", "6.0", "12/2"], "mistake": ["5"], "percent": ["600"], "not-yet": ["5.9", "7"]},
    ),
    "nats": (
        NATS,
        {
            "right": ["1.0986", "1.0986 nats", "1.0986nats", "1.09861"],
            "rounding": ["1.1", "1.09", "1.099"],
            "mistake": ["1.585", "1.58", "-1.0986"],
            "not-yet": ["109.86", "1"],
            "unreadable": ["1.0986 bits", "40 %"],
        },
    ),
    "percent": (
        PERCENT,
        {
            "right": ["66.5", "66.5%", "66.52", "133/2"],
            "rounding": ["67", "66", "66.4"],
            "percent": ["0.665", "0.67"],
            "not-yet": ["70", "6650"],
        },
    ),
    "three numbers": (
        THREE,
        {
            "right": [
                "-0.9100, 0.2447, 0.6652",
                "(−0.91 0.2447 0.6652)",
                "-0.91;0.2447;0.6652",
                "-91/100 .2447 .6652",
            ],
            "rounding": ["-0.91, 0.24, 0.67"],
            "mistake": ["0.0900 0.2447 0.6652", "0.09 0.24 0.67"],
            "sign": ["0.91 -0.2447 -0.6652"],
            "not-yet": ["-0.91 0.2447 0.5", "1 2 3"],
            "unreadable": ["-0.91", "1 2", "1 2 3 4", "-0,91 0,24 0,67", "a b c"],
        },
    ),
    "a power": (LITTLE, {"right": ["1.5e-8", "0.000000015", "1.52E-8"], "not-yet": ["1.5e-7", "2e-8", "0"]}),
    "a half": (HALF, {"right": ["0.5", "1/2", ".50"], "rounding": ["0.4999"], "not-yet": ["0.4", "1"]}),
    "a quarter": (
        QUARTER,
        {"right": ["0.25", "1/4", "25 %"], "percent": ["25"], "not-yet": ["0.25 %", "0.24", "0.26", "0.3"]},
    ),
}


@pytest.mark.parametrize("asked", VERDICTS)
def test_the_verdict_on(asked: str, node: Callable[..., str]) -> None:
    field, wanted = VERDICTS[asked]
    cases = [(typed, kind) for kind, typings in wanted.items() for typed in typings]
    given = [(typed, {"unit": "", "mistakes": [], **field}) for typed, _ in cases]
    said = json.loads(node("--input-type=module", "-e", RUN, CORE, json.dumps(given)))
    got = [(typed, verdict["kind"]) for (typed, _), verdict in zip(cases, said, strict=True)]
    assert got == cases
    for (typed, _), verdict in zip(cases, said, strict=True):
        told = re.findall(r"[\d.]*\d", verdict["say"].replace(typed.strip(), ""))
        assert not set(told) & set(str(field["answer"]).split()), "no verdict gives the number away"


def test_a_mistake_is_told_in_the_words_of_its_author(judge: Judge) -> None:
    assert judge("0.42", **SHARE)["say"] == "Not yet: 0.42 is a softmax of a softmax."
    assert judge("0.42", **SHARE)["index"] == 0


def test_a_mistake_that_is_met_is_told_rather_than_one_that_is_near(judge: Judge) -> None:
    mistakes = [["0.4223", "is one."], ["0.4200", "is another."]]
    assert judge("0.42", answer="0.6652", mistakes=mistakes)["index"] == 1


def test_a_verdict_says_how_many_decimals_are_asked_for(judge: Judge) -> None:
    assert "it takes 4 decimals, the last one rounded" in judge("0.67", **SHARE)["say"]
    assert "it takes 1 decimal, the last one" in judge("67", **PERCENT)["say"]


def test_no_verdict_says_larger_or_smaller(judge: Judge) -> None:
    assert judge("0.1", **SHARE)["say"] == judge("0.9", **SHARE)["say"] == "Not yet."


def test_of_several_numbers_it_is_told_how_many_are_right(judge: Judge) -> None:
    assert judge("-0.91 0.2447 0.5", **THREE)["say"] == "Not yet. 2 of 3 are right."


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("0,6652", "Decimals take a point, as in 0.25."),
        ("two thirds", "Write a number, such as 0.25."),
        ("0.1 0.2", "Numbers asked for: 1, written: 2."),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_to_write(typed: str, problem: str, judge: Judge) -> None:
    assert judge(typed, **SHARE) == {"kind": "unreadable", "say": problem}


def test_fields_add_at_most_three_kilobytes_to_a_page() -> None:
    scripts = [minified(path.read_text(encoding="utf-8"), ".mjs") for path in CORE.parent.glob("*.mjs")]
    assert len(scripts) == 2
    assert sum(len(gzip.compress(script.encode(), 6)) for script in scripts) <= 3 * 1024


def test_a_wrong_verdict_would_be_noticed(judge: Judge) -> None:
    assert judge("0.6652", answer="0.6662")["kind"] != "right"
    assert "index" not in judge("0.4223", answer="0.6652")
