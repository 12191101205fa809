"""What a first visit costs: bytes on the wire, requests, and how far the page moves while it loads."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from browsing.faults import probe
from browsing.watching import Watch

BYTES = 160_000
REQUESTS = 20
SHIFT = 0.01

WEIGHT = "weight of a first visit"
"""The name under which a test's report carries it."""


class Weight(NamedTuple):
    """Heads and compressed bodies; what the search brings is counted apart."""

    bytes: int
    requests: int
    search_bytes: int
    shift: float

    def faults(self) -> list[str]:
        said = []
        if self.bytes > BYTES:
            said.append(f"a first visit brings {self.bytes:,} bytes, more than {BYTES:,}")
        if self.requests > REQUESTS:
            said.append(f"a first visit asks {self.requests} times, more than {REQUESTS}")
        if self.shift > SHIFT:
            said.append(f"the page moves while it loads: {self.shift:.3f}, more than {SHIFT}")
        return said


def weigh(watch: Watch) -> Weight:
    """The weight of what the page asked for, once all of it has come."""
    page, search = [], []
    for request in watch.requests:
        sizes = request.sizes()
        share = search if _is_search(request.url) else page
        share.append(sizes["responseHeadersSize"] + sizes["responseBodySize"])
    return Weight(sum(page), len(page), sum(search), probe(watch.page, "layoutShift"))


def _is_search(url: str) -> bool:
    path = urlsplit(url).path
    return path.startswith("/search/") or "/workers/" in path or "/lunr/" in path


def table(weights: dict[str, Weight]) -> list[str]:
    """The heaviest, the median and the lightest page, and the one that moves most."""
    ranked = sorted(weights, key=lambda address: weights[address].bytes)
    named = {
        "heaviest": ranked[-1],
        "median": ranked[len(ranked) // 2],
        "lightest": ranked[0],
        "moves most": max(weights, key=lambda address: weights[address].shift),
    }
    rows = [f"{'':10}{'KB':>7}{'requests':>10}{'shift':>8}{'search KB':>11}"]
    for name, address in named.items():
        kilobytes, requests, search, shift = weights[address]
        figures = f"{kilobytes / 1000:7.1f}{requests:10}{shift:8.4f}{search / 1000:11.1f}"
        rows.append(f"{name:10}{figures}  {address}")
    return rows
