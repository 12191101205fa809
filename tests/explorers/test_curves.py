"""The curves that the overfitting explorer loads are those that PyTorch trains, on any machine."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

ORACLE = Path(__file__).parent / "oracles" / "overfitting.py"
DIGITS = 3  # recorded, of every loss and share
TOLERANCE = 0.5 * 10**-DIGITS + 1e-6  # rounding, and what a nudge may do
NUDGE = 1e-8  # to every first weight; two machines differ by some 1e-16
NUDGED = 8  # hidden units, of the networks that are nudged: those of one shape, for the sake of time


@pytest.fixture(scope="module")
def oracle() -> dict[str, Any]:
    return runpy.run_path(str(ORACLE))


@pytest.fixture(scope="module")
def shipped(oracle: dict[str, Any], request: pytest.FixtureRequest) -> Any:
    path = oracle["SHIPPED"]
    if request.config.getoption("--update"):
        text = json.dumps(request.getfixturevalue("trained"))
        brief = json.loads(text, parse_float=lambda number: round(float(number), DIGITS))
        path.write_text(json.dumps(brief, separators=(",", ":")) + "\n")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def trained(oracle: dict[str, Any]) -> Any:
    return json.loads(json.dumps(oracle["record"]()))


def numbers(curves: list[Any]) -> list[float]:
    """Of the curves of one shape of network."""
    return [value for row in curves for curve in row for values in curve.values() for value in values]


def near(values: list[float]) -> Any:
    return pytest.approx(values, rel=0, abs=TOLERANCE)


def test_what_is_recorded_is_what_pytorch_trains(shipped: Any, trained: Any) -> None:
    assert {**shipped, "curves": None} == {**trained, "curves": None}
    for recorded, now in zip(shipped["curves"], trained["curves"], strict=True):
        assert numbers(recorded) == near(numbers(now))


def test_a_wrong_digit_in_a_curve_is_caught(shipped: Any) -> None:
    recorded = numbers(shipped["curves"][0])
    wrong = [*recorded[:-1], recorded[-1] + 10**-DIGITS]
    assert wrong != near(recorded)


def test_a_nudge_to_the_first_weights_changes_no_recorded_digit(shipped: Any, oracle: dict[str, Any]) -> None:
    nudged = [
        [oracle["named"](curve) for curve in row] for row in oracle["train"](NUDGED, NUDGE).movedim(0, -1)
    ]
    assert numbers(shipped["curves"][shipped["hidden"].index(NUDGED)]) == near(numbers(nudged))
