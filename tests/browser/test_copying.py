"""The copy button gives code that runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import faults
from browsing.book import ROOT
from browsing.opening import Opener

from softmax_book.verify.blocks import Block, Kind
from softmax_book.verify.checks import load_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

CLIPBOARD = ["clipboard-read", "clipboard-write"]
CHAPTERS = ("softmax", "gradient")


def blocks(chapter: str) -> list[Block]:
    """The code that a reader sees on a chapter's first page."""
    return load_page(ROOT / "docs" / "chapters" / chapter / "index.md").of(Kind.CODE, Kind.LISTING)


def copied(page: Page) -> list[str]:
    """What each button puts into the clipboard; it leaves out the end of the last line."""
    faults.unfold(page)
    texts = []
    for button in page.locator("article button.md-code__button").all():
        button.click()
        texts.append(page.evaluate("navigator.clipboard.readText()") + "\n")
        page.evaluate("navigator.clipboard.writeText('')")
    return texts


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_what_is_copied_is_the_code_and_it_runs(chapter: str, open_page: Opener, tmp_path: Path) -> None:
    texts = copied(open_page(f"/chapters/{chapter}/", permissions=CLIPBOARD))
    assert texts == [block.body for block in blocks(chapter)]
    script = tmp_path / "copied.py"
    script.write_text("\n".join(texts), encoding="utf-8")
    ran = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


def test_a_page_whose_code_was_changed_is_caught(open_page: Opener) -> None:
    chapter = CHAPTERS[0]
    page = open_page(f"/chapters/{chapter}/", permissions=CLIPBOARD)
    page.evaluate("document.querySelector('article .highlight code').prepend('x')")
    assert copied(page) != [block.body for block in blocks(chapter)]
