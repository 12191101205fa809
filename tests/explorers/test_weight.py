"""What an explorer adds to a page that a reader loads."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from softmax_book.hooks.finish import minified

EXPLORERS = Path(__file__).parents[2] / "docs" / "explorers"
VIEWS = sorted(EXPLORERS.glob("*/view.mjs"))
BYTES = 10 * 1024


def loaded(script: Path) -> set[Path]:
    """A script with all that it imports, and all that these fetch."""
    text = script.read_text(encoding="utf-8")
    imported = re.findall(r'from "(\.[^"]+)"|new URL\("([^"]+)", import\.meta\.url\)', text)
    beside = [script.parent.joinpath(first or second).resolve() for first, second in imported]
    scripts = [path for path in beside if path.suffix == ".mjs"]
    return {script, *beside}.union(*(loaded(path) for path in scripts))


def compressed(files: set[Path]) -> int:
    """Bytes over the wire, of the files as a built site has them."""
    published = (minified(path.read_text(encoding="utf-8"), path.suffix) for path in files)
    return sum(len(gzip.compress(text.encode(), 6)) for text in published)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.parent.name)
def test_an_explorer_adds_at_most_ten_kilobytes(view: Path) -> None:
    files = loaded(view)
    assert view.with_name("core.mjs") in files
    assert EXPLORERS / "shared" / "explorer.mjs" in files
    styles = {EXPLORERS / "shared" / "explorer.css", view.with_name("view.css")}
    data = {path for path in files if path.suffix == ".json"}
    assert compressed(files - data | styles) <= BYTES
    assert compressed(data) <= BYTES


def test_what_a_script_imports_is_weighed_too(tmp_path: Path) -> None:
    (tmp_path / "a.mjs").write_text(
        'import { b } from "./b.mjs";\nconst c = new URL("c.json", import.meta.url);'
    )
    (tmp_path / "b.mjs").write_text("export const b = 1;")
    (tmp_path / "c.json").write_text("{}")
    assert {path.name for path in loaded(tmp_path / "a.mjs")} == {"a.mjs", "b.mjs", "c.json"}
