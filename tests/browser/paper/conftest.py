"""Small sites made by the book's own mkdocs.yml, whose pages hold all that may be printed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing.server import Server

ROOT = Path(__file__).parents[3]
SMALL = Path(__file__).with_name("small")
SCRIPTS = ("answers", "assets", "explorers")  # folders of docs/ whose files pages load
NAV = """
  - Home: index.md
  - Part I. Beginnings:
      - One:
          - chapters/one/index.md
          - More: chapters/one/more.md
"""


@pytest.fixture(scope="session")
def build() -> Callable[..., Path]:
    """Builds the site of the pages in folder/docs, in a process with an environment of its own."""

    def build(folder: Path, nav: str, **environment: str) -> Path:
        for scripts in SCRIPTS:
            (folder / "docs" / scripts).symlink_to(ROOT / "docs" / scripts)
        hooks = ROOT / "softmax_book" / "hooks" / "wiring.py"
        settings = f"INHERIT: {ROOT / 'mkdocs.yml'}\nhooks: [{hooks}]\nwatch: []\nnav:{nav}"
        (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", folder / "mkdocs.yml"]
        ran = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        return folder / "site"

    return build


@pytest.fixture(scope="session")
def small(build: Callable[..., Path], server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small site, served at http://small.localhost/."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copytree(SMALL, folder / "docs")
    server.hosts["small.localhost"] = build(folder, NAV, BOOK_PDF="small-book.pdf")
    return server.hosts["small.localhost"]
