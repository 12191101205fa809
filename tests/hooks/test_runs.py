from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from nbclient.exceptions import CellExecutionError

from softmax_book.hooks.runs import LabRaised, key, outputs

CODE = ["1 + 1"]
EXECUTED = json.dumps(
    {"cells": [{"cell_type": "markdown"}, {"cell_type": "code", "outputs": [{"output_type": "stream"}]}]}
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    package = tmp_path / "package"
    (package / "data").mkdir(parents=True)
    (package / "inner.py").write_text("x = 1")
    (package / "data" / "table.csv").write_text("1,2")
    return package


def test_what_was_kept_is_not_run_again(tmp_path: Path) -> None:
    first = outputs("lab", CODE, tmp_path, lambda: EXECUTED)
    again = outputs("lab", CODE, tmp_path, lambda: pytest.fail("run again"))
    assert first == again == [[{"output_type": "stream"}]]


def test_other_code_is_run_and_replaces_what_was_kept(tmp_path: Path) -> None:
    outputs("lab", CODE, tmp_path, lambda: EXECUTED)
    outputs("lab", ["2 + 2"], tmp_path, lambda: EXECUTED)
    assert len(list(tmp_path.glob("lab-*.json"))) == 1


@pytest.mark.parametrize("name", ["inner.py", "data/table.csv"])
def test_a_change_in_the_package_makes_what_was_kept_stale(package: Path, name: str) -> None:
    before = key(CODE, package)
    (package / name).write_text("changed")
    assert key(CODE, package) != before


def test_a_new_module_makes_what_was_kept_stale(package: Path) -> None:
    before = key(CODE, package)
    (package / "new.py").touch()
    assert key(CODE, package) != before


def test_a_new_version_makes_what_was_kept_stale(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key(CODE, package)
    monkeypatch.setattr("softmax_book.hooks.runs.metadata.version", lambda name: f"{name} 99")
    assert key(CODE, package) != before


def test_nothing_else_makes_it_stale(package: Path) -> None:
    before = key(CODE, package)
    (package / "notes.txt").write_text("not code")
    assert key(CODE, package) == before


def test_a_lab_that_raises_is_an_error_and_is_not_kept(tmp_path: Path) -> None:
    def run() -> str:
        raise CellExecutionError("\x1b[31mValueError\x1b[0m: wrong", "ValueError", "wrong")

    with pytest.raises(LabRaised, match=r"^ValueError: wrong"):
        outputs("lab", CODE, tmp_path, run)
    assert not list(tmp_path.glob("lab-*"))


def test_a_lab_runs_without_progress_bars_and_leaves_the_environment_as_it_was(tmp_path: Path) -> None:
    before = dict(os.environ)
    seen: list[str | None] = []

    def run() -> str:
        seen.append(os.environ.get("TQDM_DISABLE"))
        return EXECUTED

    outputs("lab", CODE, tmp_path, run)
    assert seen == ["1"]
    assert dict(os.environ) == before
