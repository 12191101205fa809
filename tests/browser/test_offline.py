"""The book kept on a reader's device: pages never visited open without a network, until it is removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


def test_the_book_opens_without_a_network_until_it_is_removed(open_page: Callable[..., Any]) -> None:
    from playwright.sync_api import Error

    page = open_page("/")
    page.get_by_role("button", name="Keep the book on this device").press("Enter")
    page.locator("offline-copy").get_by_text("is on this device").wait_for()
    page.context.set_offline(True)
    page.goto(f"{page.url}chapters/gradient/")
    assert page.locator("softmax-explorer table").is_visible()
    page.goto(f"{page.url}../../playground/?playground=k%3D3")
    assert page.locator("playground-explorer canvas").is_visible()

    page.context.set_offline(False)
    page.goto(f"{page.url.partition('playground')[0]}")
    page.get_by_role("button", name="Remove it from this device").press("Enter")
    page.locator("offline-copy").get_by_text("Removed").wait_for()
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{page.url}chapters/gradient/")
    open_page.watch(page).taken()  # the failed request was on purpose
