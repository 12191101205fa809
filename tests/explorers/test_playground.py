"""The playground's settings as addresses, and what its page says of those that it links."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "explorers" / "playground"
LINKS = re.compile(r'<a target="_self" href="\?(?P<query>[^"]+)">(?P<text>[^<]+)</a>')
SETTING = {"classes": 3, "hidden": 4, "rate": 0.5, "decay": -2.5, "seed": 7, "steps": 20}
POINTS = [[-1, 1, 0], [0.03125, -0.5, 1], [1, 0, 2]]

Evaluate = Callable[..., Any]


@pytest.fixture
def evaluate(node: Callable[..., str]) -> Evaluate:
    """The value of a JavaScript expression over the playground's modules, `given` among its names."""

    def run(expression: str, given: object = None) -> Any:
        imports = "".join(f"import * as {name} from '{FOLDER / name}.mjs';" for name in ("core", "sets"))
        script = (
            f"{imports}const given = {json.dumps(given)};console.log(JSON.stringify({expression}) ?? null);"
        )
        return json.loads(node("--input-type=module", "--eval", script))

    return run


def test_a_setting_survives_its_address(evaluate: Evaluate) -> None:
    setting = {**SETTING, "points": POINTS}
    assert evaluate("sets.decode(sets.encode(given))", setting) == setting


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ("k=3", "k=6"),
        ("k=3", "k="),
        ("h=4", "h=5"),
        ("r=0.5", "r=3"),
        ("r=0.5", "r=x"),
        ("d=-2.5", "d=1"),
        ("s=7", "s=-1"),
        ("s=7", "s=1.5"),
        ("n=20", "n=5001"),
        ("p=", "p=a"),
        ("p=", "p=ab9"),
        ("p=", "p=a!0"),
        ("p=", "p=" + 400 * "aa0"),
    ],
)
def test_what_is_no_setting_is_refused(change: str, to: str, evaluate: Evaluate) -> None:
    text = evaluate("sets.encode(given)", {**SETTING, "points": POINTS})
    assert change in text
    assert evaluate("sets.decode(given)", text.replace(change, to, 1)) is None


@pytest.mark.parametrize("classes", [3, 4, 5])
def test_every_set_has_all_classes_and_stays_in_the_square(classes: int, evaluate: Evaluate) -> None:
    sets = evaluate("Object.values(sets.SETS).map((make) => make(given))", classes)
    assert sets
    for points in sets:
        assert {label for _, _, label in points} == set(range(classes))
        assert all(-1 <= value <= 1 and (32 * value) % 1 == 0 for x, y, _ in points for value in (x, y))


TRAINED = """(() => {
  const { classes, hidden, rate, decay, seed, steps, points } = sets.decode(given);
  const [shape, shrink] = [[hidden, classes], decay === -5 ? 0 : 10 ** decay];
  const first = core.start(shape, seed);
  const { parameters, losses } = core.descend(first, shape, points, 10 ** rate, shrink, steps);
  const last = points.at(-1);
  const share = core.probabilities(parameters, shape, last[0], last[1])[last[2]];
  return { ...core.measure(parameters, shape, points, shrink), of: points.length, losses, share };
})()"""


@pytest.fixture
def linked(evaluate: Evaluate) -> Callable[[str], dict[str, Any]]:
    """What comes of the setting that the playground's page links with some words."""
    page = (DOCS / "playground.md").read_text(encoding="utf-8")
    found = {
        link["text"]: parse_qs(html.unescape(link["query"]))["playground"][0] for link in LINKS.finditer(page)
    }
    return lambda words: evaluate(TRAINED, found[words])


def test_the_page_says_of_rings_what_is_so(linked: Callable[[str], dict[str, Any]]) -> None:
    line, network = linked("Softmax regression on rings"), linked("Four hidden units")
    assert line["right"] == line["of"] / 3
    assert network["right"] == network["of"]


def test_the_page_says_of_a_stray_point_what_is_so(linked: Callable[[str], dict[str, Any]]) -> None:
    free, decayed = linked("One point of class 1 within class 0"), linked("With weight decay")
    assert free["right"] == free["of"]
    assert free["share"] > 0.5 > decayed["share"]
    assert decayed["right"] == decayed["of"] - 1


def test_the_page_says_of_stripes_what_is_so(linked: Callable[[str], dict[str, Any]]) -> None:
    stripes = linked("Five stripes")
    assert stripes["right"] == stripes["of"]


@pytest.mark.parametrize("words", ["Five arms and sixteen units", "A learning rate of a hundred"])
def test_what_a_reader_is_to_run_has_not_begun(words: str, linked: Callable[[str], dict[str, Any]]) -> None:
    assert linked(words)["losses"] == []


def test_a_plateau_comes_before_the_arms_part(evaluate: Evaluate) -> None:
    run = "core.descend(core.start([16, 5], 1), [16, 5], sets.SETS.spiral(5), 1, 0, 3000).losses"
    losses = evaluate(run)
    assert losses[20] - losses[120] < 0.1 < 0.9 < losses[120] - losses[600]


def test_a_rate_of_a_hundred_jumps_and_does_not_run_off(evaluate: Evaluate) -> None:
    run = "core.descend(core.start([0, 5], 1), [0, 5], sets.SETS.clouds(5), 100, 0, 1000).losses"
    losses = evaluate(run)
    assert sum(after > before for before, after in pairwise(losses)) > 100
    assert max(losses) < 100
