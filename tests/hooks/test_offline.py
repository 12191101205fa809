"""The service worker that keeps the book: what it keeps, and when it is another."""

from __future__ import annotations

import json
import re

from softmax_book.hooks.offline import worker

SITE = {
    "index.html": b"home",
    "chapters/a b/index.html": b"page",
    "assets/book.css": b"style",
    "search/search_index.json": b"{}",
    "explorers/softmax/core.mjs": b"core",
    "404.html": b"not found",
    "chapters/a b/figures/x.svg": b"drawn in the page",
    "figures/x.svg": b"drawn in the page",
    "chapters/a b/a.ipynb": b"a download",
    "assets/javascripts/lunr/min/lunr.ko.min.js": b"a language",
}


def kept(script: str) -> dict[str, str]:
    listed = re.search(r"precacheAndRoute\((\[.*?\])", script)
    assert listed
    return {entry["url"]: entry["revision"] for entry in json.loads(listed[1])}


def test_all_that_pages_need_is_kept_and_nothing_else() -> None:
    assert list(kept(worker(SITE))) == [
        "assets/book.css",
        "chapters/a%20b/index.html",
        "explorers/softmax/core.mjs",
        "index.html",
        "search/search_index.json",
    ]


def test_a_changed_page_is_fetched_anew_and_no_other() -> None:
    before, after = kept(worker(SITE)), kept(worker({**SITE, "index.html": b"edited"}))
    assert {url for url in before if before[url] != after[url]} == {"index.html"}


def test_the_same_site_has_the_same_worker() -> None:
    assert worker(SITE) == worker(dict(reversed(SITE.items())))
