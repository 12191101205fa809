"""What each explorer computes, against values that PyTorch wrote: in float64, within 1e-12."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
EXPLORERS = HERE.parents[1] / "docs" / "explorers"
CORES = sorted(EXPLORERS.glob("*/core.mjs"))
TOLERANCE = 1e-13  # between two machines that run PyTorch

Differences = Callable[[Path, Path], list[dict[str, Any]]]


def vectors_of(core: Path) -> Path:
    return HERE / "vectors" / f"{core.parent.name}.json"


def computed(core: Path) -> list[dict[str, Any]]:
    """The cases of a core's oracle, computed by PyTorch now."""
    path = HERE / "oracles" / f"{core.parent.name}.py"
    spec = importlib.util.spec_from_file_location(f"oracle_of_{path.stem}", path)
    assert spec
    assert spec.loader
    oracle = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(oracle)
    return [{"call": call, "given": given, "gives": gives} for call, given, gives in oracle.cases()]


def flat(value: Any) -> list[Any]:
    """All leaves of nested lists and dictionaries, in order, keys included."""
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in [key, *flat(item)]]
    return [leaf for item in value for leaf in flat(item)] if isinstance(value, list) else [value]


def test_there_are_explorers() -> None:
    assert CORES


@pytest.mark.parametrize("core", CORES, ids=lambda core: core.parent.name)
def test_the_vectors_are_what_pytorch_writes(core: Path, request: pytest.FixtureRequest) -> None:
    path, now = vectors_of(core), computed(core)
    assert now
    if request.config.getoption("--update"):
        path.write_text(json.dumps(now, separators=(",", ":")).replace('},{"call"', '},\n{"call"') + "\n")
    expected = [close(leaf) if isinstance(leaf, float) else leaf for leaf in flat(now)]
    assert flat(json.loads(path.read_text())) == expected


def close(number: float) -> Any:
    return pytest.approx(number, rel=TOLERANCE, abs=TOLERANCE)


@pytest.mark.parametrize("core", CORES, ids=lambda core: core.parent.name)
def test_an_explorer_computes_what_pytorch_computes(core: Path, differences: Differences) -> None:
    assert differences(core, vectors_of(core)) == []


@pytest.mark.parametrize("core", CORES, ids=lambda core: core.parent.name)
def test_every_function_of_a_core_is_in_its_vectors(core: Path) -> None:
    exported = set(re.findall(r"^export (?:function|const) (\w+)", core.read_text(), re.MULTILINE))
    called = {case["call"] for case in json.loads(vectors_of(core).read_text())}
    assert exported == called


@pytest.mark.parametrize("core", CORES, ids=lambda core: core.parent.name)
def test_a_core_knows_no_page(core: Path) -> None:
    assert re.findall(r"\b(?:document|window|HTMLElement|customElements|navigator)\b", core.read_text()) == []


@pytest.mark.parametrize(
    ("gives", "path"),
    [
        ([0.25, 0.75 + 1e-11], "/1"),
        ([0.25], ""),
        ([0.25, 0.75, 0.0], ""),
        ("text", ""),
        ([0.25, "Infinity"], "/1"),
    ],
)
def test_a_core_that_computes_something_else_is_caught(
    gives: object, path: str, tmp_path: Path, differences: Differences
) -> None:
    core, vectors = tmp_path / "core.mjs", tmp_path / "vectors.json"
    core.write_text("export const halves = () => [0.25, 0.75];\n")
    vectors.write_text(json.dumps([{"call": "halves", "given": [], "gives": gives}]))
    assert [found["path"] for found in differences(core, vectors)] == [path]


def test_an_infinite_number_is_one_of_its_sign(tmp_path: Path, differences: Differences) -> None:
    core, vectors = tmp_path / "core.mjs", tmp_path / "vectors.json"
    core.write_text("export const ends = () => [-Infinity, Infinity, Infinity];\n")
    vectors.write_text('[{"call": "ends", "given": [], "gives": ["-Infinity", "Infinity", "-Infinity"]}]')
    assert [found["path"] for found in differences(core, vectors)] == ["/2"]


def test_a_function_that_is_not_there_is_caught(tmp_path: Path, differences: Differences) -> None:
    core, vectors = tmp_path / "core.mjs", tmp_path / "vectors.json"
    core.write_text("export const other = 1;\n")
    vectors.write_text('[{"call": "missing", "given": [], "gives": 1}]')
    assert [found["got"] for found in differences(core, vectors)] == ["no such function"]


def test_an_argument_may_be_a_file_beside_the_core(tmp_path: Path, differences: Differences) -> None:
    core, vectors = tmp_path / "core.mjs", tmp_path / "vectors.json"
    core.write_text("export const twice = ({ number }) => 2 * number;\n")
    vectors.write_text('[{"call": "twice", "given": [{"file": "data.json"}], "gives": 6}]')
    for number, wrong in ((3, []), (4, [8])):
        (tmp_path / "data.json").write_text(json.dumps({"number": number}))
        assert [found["got"] for found in differences(core, vectors)] == wrong
