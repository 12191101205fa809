"""Serves built sites as a static host would: compressed, each under a host name of its own."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

_COMPRESSED = ("text/", "application/json", "application/xml", "image/svg+xml")


class Server:
    """Answers for each name in `hosts` from its folder; port 0 is any that is free."""

    def __init__(self) -> None:
        self.hosts: dict[str, Path] = {}
        handler = type("Handler", (_Handler,), {"hosts": self.hosts})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.port = self._http.server_port
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hosts: dict[str, Path]

    def do_GET(self) -> None:
        folder = self.hosts[self.headers["Host"]]
        address = unquote(urlsplit(self.path).path)
        file = folder / (address.lstrip("/") + ("index.html" if address.endswith("/") else ""))
        if file.is_file():
            self._answer(200, file)
        elif (folder / "404.html").is_file():
            self._answer(404, folder / "404.html")
        else:
            self.send_error(404)

    def _answer(self, status: int, file: Path) -> None:
        kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
        packed = kind.startswith(_COMPRESSED)
        body = _compressed(file) if packed else file.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the tests watch from the browser."""


@lru_cache
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 6)  # the level that servers take by default
