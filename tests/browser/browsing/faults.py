"""What is wrong with a page as it stands: a line for every fault."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

_PROBES = (Path(__file__).parent / "probes.js").read_text(encoding="utf-8")


def probe(page: Page, name: str) -> Any:
    """The answer of one of the functions of probes.js."""
    return page.evaluate(f"{_PROBES}.{name}()")


def settle(page: Page) -> None:
    """Wait until the fonts are there and the page is drawn."""
    probe(page, "settled")


def unfold(page: Page) -> None:
    """Open every answer and show what proves each number."""
    probe(page, "unfold")
    settle(page)


def overflow(page: Page) -> list[str]:
    """What makes the page wider than the window."""
    found: list[str] = probe(page, "overflow")
    return found


def unfinished(page: Page) -> list[str]:
    """Elements that no script has made, code that none has given a button."""
    found: list[str] = probe(page, "unfinished")
    return found


def hidden(page: Page) -> list[str]:
    """Text of the article that cannot be seen."""
    found: list[str] = probe(page, "hidden")
    return found


def unset(page: Page) -> list[str]:
    """Formulas that are not drawn."""
    found: list[str] = probe(page, "unset")
    return found


def movements(page: Page) -> list[str]:
    """Transitions and animations that a reader who asked for less motion would see."""
    found: list[str] = probe(page, "movements")
    return found


def violations(page: Page) -> list[str]:
    """What axe-core objects to, by all of its rules."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    found: list[str] = probe(page, "violations")
    return found


@cache
def _axe() -> str:
    from axe_playwright_python.base import AXE_SCRIPT

    return str(AXE_SCRIPT)
