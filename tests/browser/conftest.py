"""The book's site in Chromium. What a test of a page needs is `open_page`:

    def test_a_page_has_a_heading(open_page):
        page = open_page("/chapters/softmax/", palette="dark", width=390)
        assert page.locator("h1").count() == 1

Such a test fails, too, if the page asks another host, misses a file or complains in the console.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import book, machine
from browsing.opening import Opener
from browsing.server import Server
from browsing.weight import WEIGHT, Weight, table

from softmax_book.hooks.chromium import find

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--site", type=Path, metavar="DIR", help=f"a site built with SITE_URL={book.SITE_URL}")


def pytest_runtest_setup() -> None:
    """Skip here, and not in a fixture: so one line tells it for all tests. In CI nothing may be missing."""
    if missing := machine.missing():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"not installed: {missing}")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Serves the folder `server.hosts["name.localhost"]` at http://name.localhost/, in the browser alone."""
    server = Server()
    yield server
    server.close()


@pytest.fixture(scope="session")
def chromium(server: Server) -> Iterator[Browser]:
    """The browser of this run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=machine.arguments(server.port))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(
    chromium: Browser,
    server: Server,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The folder of the built site, served at book.SITE_URL."""
    given = request.config.getoption("--site")
    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent  # that of the run, which all workers share
    server.hosts[book.HOST] = book.built_before(given.resolve()) if given else book.build_once(folder)
    return server.hosts[book.HOST]


@pytest.fixture
def open_page(chromium: Browser, site: Path) -> Iterator[Opener]:
    """Opens a page of the site as a reader does for the first time: see browsing/opening.py."""
    opener = Opener(chromium)
    yield opener
    assert opener.close() == []


@pytest.fixture
def sample(server: Server, tmp_path: Path) -> Callable[[str], str]:
    """Takes the body of a page, sound or broken on purpose, and gives its URL."""
    server.hosts["sample.localhost"] = tmp_path
    numbers = itertools.count()

    def serve(body: str) -> str:
        name = f"{next(numbers)}.html"
        (tmp_path / name).write_text(
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A sample</title>'
            '<link rel="icon" href="data:,"></head>'
            f"<body><main><h1>A sample</h1><article>{body}</article></main></body></html>",
            encoding="utf-8",
        )
        return f"http://sample.localhost/{name}"

    return serve


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = [r for kind in ("passed", "failed") for r in terminalreporter.stats.get(kind, [])]
    weights = {a: Weight(*w) for r in reports for key, (a, w) in r.user_properties if key == WEIGHT}
    if weights:
        terminalreporter.section(f"what a first visit brings: {len(weights)} pages")
        for row in table(weights):
            terminalreporter.line(row)
