"""The browser that prints: Chromium, taken from the machine and never downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
OLDEST = 131  # the first that prints what a style sheet writes into the margins of a sheet


class NoBrowser(RuntimeError):
    """No browser that prints; the message says what is missing, or what it said."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, driven by Playwright. Raises NoBrowser and ModuleNotFoundError."""
    from playwright.sync_api import Error, sync_playwright

    program = find()
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=["--disable-gpu"])
            if int(browser.version.partition(".")[0]) < OLDEST:
                raise NoBrowser(f"Chromium {OLDEST} or newer is needed; got {browser.version}, {program}")
            yield browser
            browser.close()
        except Error as fault:
            raise NoBrowser(f"{program} broke off: {fault.message.splitlines()[0]}") from None


def find() -> str:
    """The program that the variable CHROMIUM names, or else the first of PROGRAMS. Raises NoBrowser."""
    named = os.environ.get("CHROMIUM")
    for name in [named] if named else PROGRAMS:
        if found := shutil.which(name):
            return found
    got = f"CHROMIUM={named}, no program" if named else f"none of {', '.join(PROGRAMS)} on the path"
    raise NoBrowser(
        f"Chromium is needed to print; got {got}: apt-get install chromium, "
        "or name its program in the variable CHROMIUM"
    )
