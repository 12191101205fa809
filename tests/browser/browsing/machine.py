"""What the browser tests take from the machine: packages, and Chromium, found as the PDF finds it."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from softmax_book.hooks import chromium

PACKAGES = ("playwright", "axe_playwright_python", "pikepdf", "pypdf")


@cache
def missing() -> str | None:
    """What has to be installed before a browser can be worked, in one line."""
    wanted = []
    if not all(find_spec(name) for name in PACKAGES):
        wanted.append('packages: pip install -e ".[browser]"')
    try:
        chromium.find()
    except chromium.NoBrowser as fault:
        wanted.append(str(fault))
    return "; ".join(wanted) or None


def arguments(port: int) -> list[str]:
    """Names below .localhost lead to the tests' own server, all others nowhere.

    A container's root has no sandbox, and the pages are the book's own.
    """
    names = f"MAP *.localhost 127.0.0.1:{port} , MAP * ~NOTFOUND"
    return ["--no-sandbox", "--disable-gpu", f"--host-resolver-rules={names}"]
