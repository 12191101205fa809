"""The arrows of the design: docs -> library, pytest -> verify, mkdocs -> hooks -> verify, and no others."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "softmax_book"
ROOMS = {
    "library": sorted([*PACKAGE.glob("*.py"), *(PACKAGE / "data").glob("*.py")]),
    "verify": sorted((PACKAGE / "verify").glob("*.py")),
    "hooks": sorted((PACKAGE / "hooks").glob("*.py")),
}
MAY_IMPORT = {"library": {"library"}, "verify": {"verify"}, "hooks": {"hooks", "verify"}}


def room_of(module: str) -> str | None:
    """The room that a dotted name belongs to; None outside of the package."""
    parts = module.split(".")
    if parts[0] != "softmax_book":
        return None
    return parts[1] if len(parts) > 1 and parts[1] in ("verify", "hooks") else "library"


def rooms_imported(source: str) -> set[str]:
    imported = set()
    for node in ast.walk(ast.parse(source)):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        imported |= {room for name in names if (room := room_of(name))}
    return imported


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    assert ROOMS[room]
    for path in ROOMS[room]:
        assert rooms_imported(path.read_text(encoding="utf-8")) <= MAY_IMPORT[room], path


@pytest.mark.parametrize("line", ["import softmax_book", "from softmax_book.losses import cross_entropy"])
def test_an_arrow_the_wrong_way_is_seen(line: str) -> None:
    assert not rooms_imported(line) <= MAY_IMPORT["verify"]


def test_the_site_and_the_engine_start_without_torch() -> None:
    """The hooks import the engine each time the site is served; torch would cost seconds."""
    code = (
        "import sys, softmax_book.verify.reading, softmax_book.hooks.wiring;"
        "sys.exit(int('torch' in sys.modules or 'matplotlib' in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
