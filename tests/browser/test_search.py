"""What a reader types finds the page that treats it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from browsing.opening import Opener

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIRST = 3
"""Among so many pages the wanted one has to be: what a reader sees without scrolling."""

WANTED = {
    "temperature": "/chapters/softmax/temperature/",
    "softmax twice": "/chapters/softmax/twice/",
    "KL divergence": "/chapters/surprise/divergence/",
    "p − y": "/chapters/gradient/",
    "p - y": "/chapters/gradient/",
    "scatter_": "/chapters/cross-entropy/",
    "ignore_index": "/chapters/cross-entropy/mean/",
    "label smoothing": "/chapters/cross-entropy/mean/",
    "early stopping": "/chapters/overfitting/lab/",
    "weight decay": "/chapters/regularisation/decay/",
    "log-sum-exp": "/glossary/",
    "perceptron": "/glossary/",
    "trap card": "/trap-card/",
}


def found(page: Page, query: str) -> list[str]:
    """The pages that the search lists, best first."""
    page.locator("[data-md-component=search-query]").click()
    page.keyboard.type(query)
    page.locator(".md-search-result__meta").filter(has_text="match").or_(
        page.locator(".md-search-result__meta").filter(has_text="No matching")
    ).wait_for()
    links = page.locator(".md-search-result__item > a").all()
    return list(dict.fromkeys(urlsplit(str(link.get_attribute("href"))).path for link in links))


@pytest.mark.parametrize("query", WANTED)
def test_a_query_finds_the_page_that_treats_it(query: str, open_page: Opener) -> None:
    assert WANTED[query] in found(open_page("/"), query)[:FIRST]


def test_a_query_that_no_page_treats_finds_nothing(open_page: Opener) -> None:
    assert found(open_page("/"), "photosynthesis") == []
