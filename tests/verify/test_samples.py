"""Every way of being wrong has a small document here, and beside it what the engine must say of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from softmax_book.verify.checks import Checker
from softmax_book.verify.compare import compare

SAMPLES = Path(__file__).parent / "samples"
DOCUMENTS = sorted([*SAMPLES.glob("*.md"), *SAMPLES.glob("*.py")])


def said_of(document: Path) -> str:
    checker = Checker(document, name=document.name, root=SAMPLES.parent)
    try:
        return "\n".join(map(str, checker.check()))
    finally:
        checker.close()


def test_there_are_samples_of_both_kinds() -> None:
    assert [d for d in DOCUMENTS if d.stem.startswith("right")]
    assert [d for d in DOCUMENTS if not d.stem.startswith("right")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.stem)
def test_a_sample_fails_with_the_text_beside_it(document: Path) -> None:
    expected = document.with_suffix(".txt").read_text(encoding="utf-8").rstrip("\n")
    said = said_of(document)
    assert expected == said or compare(expected, said, []) == [], (
        f"the engine says of {document.name}:\n{said}"
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.stem)
def test_only_right_samples_pass(document: Path) -> None:
    expected = document.with_suffix(".txt").read_text(encoding="utf-8")
    assert (expected == "") == document.stem.startswith("right")


@pytest.mark.parametrize(
    "document", [d for d in DOCUMENTS if not d.stem.startswith("right")], ids=lambda d: d.stem
)
def test_every_failure_names_its_line(document: Path) -> None:
    said = document.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    heads = [line for line in said if not line.startswith("    ")]
    assert heads
    lines = len(document.read_text(encoding="utf-8").splitlines())
    for head in heads:
        name, line, _ = head.split(":", 2)
        assert name == document.name
        assert 1 <= int(line) <= lines
