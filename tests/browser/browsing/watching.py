"""What a page complains of, and what it asks for, from its first request on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Request, Response


@dataclass
class Watch:
    """Fills itself while its page is at work; a page may ask its own host alone."""

    page: Page
    host: str = ""
    complaints: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        self.page.on("request", self._on_request)
        self.page.on("requestfailed", self._on_failure)
        self.page.on("response", self._on_response)

    def taken(self) -> list[str]:
        """The complaints so far, which their taker judges; they are forgotten here, and the requests too."""
        complaints, self.complaints, self.requests = self.complaints, [], []
        return complaints

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console {message.type}: {message.text}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob"):
            return
        self.requests.append(request)
        if parts.netloc != self.host:
            self.complaints.append(f"asks another host: {request.url}")

    def _on_failure(self, request: Request) -> None:
        if request.method != "HEAD":  # whose answer nobody reads: Chromium calls it aborted
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"status {response.status}: {response.url}")
