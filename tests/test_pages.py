"""What a reader may rely on, page by page: the visible blocks alone do what is shown."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from softmax_book.verify import isolation
from softmax_book.verify.blocks import Block, Kind
from softmax_book.verify.checks import Checker, load_page
from softmax_book.verify.page import Page, expected_count

ROOT = Path(__file__).parents[1]
PAGES = sorted(p for p in (ROOT / "docs").rglob("*.md") if not p.name.endswith(".ko.md"))


def test_there_are_pages() -> None:
    assert len(PAGES) >= 8


def visible(page: Page) -> str:
    """The text of a page without what a reader cannot see; listings become code that a reader would copy."""
    text = page.text
    for block in page.blocks:
        listing = block.kind is Kind.COMMENT and "listing" in block.directives
        if block.kind in (Kind.HIDDEN, Kind.FIGURE) or listing:
            blank = "".join(c if c == "\n" else " " for c in text[block.start : block.end])
            text = text[: block.start] + blank + text[block.end :]
    return text


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_visible_blocks_alone_print_what_is_shown(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "SEED", 7)  # a page that relies on where the engine starts it must fail
    page = load_page(path)
    checker = Checker(path, text=visible(page), name=str(path.relative_to(ROOT)), root=ROOT)
    try:
        failures = [f for b in checker.page.of(Kind.CODE, Kind.OUTPUT) for f in checker.judge(b)]
        assert failures == [], "\n".join(map(str, failures))
        surprising = [b.body for b in checker.page.of(Kind.CHECK) if not says_its_count(checker, b)]
        assert surprising == [], (
            "the form of a check must tell how many numerals it proves (the site goes by it)"
        )
    finally:
        checker.close()


def says_its_count(checker: Checker, block: Block) -> bool:
    ran = checker.runner.results.get(block)
    if ran is None or isinstance(ran.error, NameError):  # it reads what a hidden block drew
        return True
    return checker.claims.count(block) == expected_count(block)


def test_a_page_that_needs_its_hidden_code_is_caught(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(
        "<!-- python\nx = []\nx.append(1)\n-->\n\n```python\nprint(len(x))\n```\n\n```output\n1\n```\n"
    )
    checker = Checker(path, text=visible(load_page(path)))
    assert [f for b in checker.page.of(Kind.CODE) for f in checker.judge(b)]


def test_a_page_copied_into_an_empty_file_runs(tmp_path: Path) -> None:
    page = load_page(ROOT / "docs" / "chapters" / "rock-paper-scissors" / "index.md")
    blocks = [b.body for b in page.of(Kind.CODE, Kind.LISTING) if "raises" not in b.directives]
    assert blocks
    script = tmp_path / "copied.py"
    script.write_text("\n".join(blocks), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
