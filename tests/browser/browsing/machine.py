"""Chromium is taken from the machine and never downloaded."""

from __future__ import annotations

import os
import shutil
from functools import cache
from importlib.util import find_spec

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("playwright", "axe_playwright_python")


def program() -> str | None:
    """The browser that the variable CHROMIUM names, or else the first of PROGRAMS on the path."""
    names = (os.environ["CHROMIUM"],) if os.environ.get("CHROMIUM") else PROGRAMS
    return next((found for name in names if (found := shutil.which(name))), None)


@cache
def missing() -> str | None:
    """What has to be installed before a browser can be worked, in one line."""
    wanted = []
    if not all(find_spec(name) for name in PACKAGES):
        wanted.append('Playwright and axe-core: pip install -e ".[browser]"')
    if not program():
        wanted.append("Chromium: apt-get install chromium, or name one in the variable CHROMIUM")
    return "; ".join(wanted) or None


def arguments(port: int) -> list[str]:
    """Names below .localhost lead to the tests' own server, all others nowhere.

    A container's root has no sandbox, and the pages are the book's own.
    """
    names = f"MAP *.localhost 127.0.0.1:{port} , MAP * ~NOTFOUND"
    return ["--no-sandbox", "--disable-gpu", f"--host-resolver-rules={names}"]
