"""A page as the hooks render it, without MkDocs: the extensions of the book's mkdocs.yml, the real engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import markdown
import pytest
from mkdocs.config import load_config

from softmax_book.hooks import answers, formulas, marks
from softmax_book.verify.reading import read_page

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def render() -> Callable[[str], str]:
    config = load_config(str(ROOT / "mkdocs.yml"))
    core = (ROOT / "docs" / answers.CORE).read_text(encoding="utf-8")

    def render(text: str) -> str:
        view = read_page(text)
        fields = answers.find(text, view, core)
        held = marks.hold(text, view.comments, view.numerals, [(f.start, f.end) for f in fields])
        converter = markdown.Markdown(
            extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"]
        )
        page = marks.reveal(formulas.shelve(converter.convert(held.text)), held.proofs)
        return formulas.typeset(answers.fill(page, fields), held.proofs)

    return render
