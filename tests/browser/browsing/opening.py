"""A page opened as a reader opens it, in a window that is watched from its first request on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from browsing.book import SITE_URL
from browsing.faults import settle
from browsing.watching import Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESKTOP, PHONE = 1280, 390
HEIGHT = 900


class Window:
    """A window with an empty cache and an empty storage; `context` goes to Playwright's `new_context`."""

    def __init__(self, chromium: Browser, **context: Any) -> None:
        self.page = chromium.new_context(**context).new_page()
        self.watch = Watch(self.page)
        self._scripts = context.get("java_script_enabled", True)

    def visit(self, address: str, palette: str = "light", width: int = DESKTOP) -> Page:
        """Go to an address of the site, or to a whole URL, and wait until it is drawn."""
        url = urljoin(SITE_URL, address)
        self.watch.taken()  # what an earlier visit has left
        self.watch.host = urlsplit(url).netloc
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.emulate_media(color_scheme=palette)
        self.page.goto(url)
        if self._scripts:  # without them Chromium calls no probe back
            settle(self.page)
        return self.page

    def keep_no_files(self) -> None:
        """Every visit from now on asks for all that a first one asks for."""
        network = self.page.context.new_cdp_session(self.page)
        network.send("Network.enable")
        network.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def close(self) -> None:
        self.page.context.close()


class Opener:
    """Called with an address it gives the page, each in a window of its own: see `Window`."""

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self._windows: dict[Page, Window] = {}

    def __call__(self, address: str, palette: str = "light", width: int = DESKTOP, **context: Any) -> Page:
        window = Window(self._chromium, **context)
        self._windows[window.page] = window
        return window.visit(address, palette, width)

    def watch(self, page: Page) -> Watch:
        """What the page has complained of and asked for so far."""
        return self._windows[page].watch

    def close(self) -> list[str]:
        """Close all windows; the complaints that no test has taken."""
        for window in self._windows.values():
            window.close()
        return [complaint for window in self._windows.values() for complaint in window.watch.complaints]
