"""A reader who asked for less motion sees none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browsing import faults
from browsing.opening import PHONE, Opener

SAMPLE = ("/", "/chapters/softmax/", "/chapters/digits/lab/")


@pytest.mark.parametrize("address", SAMPLE)
def test_nothing_moves_where_less_motion_is_wanted(address: str, open_page: Opener) -> None:
    page = open_page(address, width=PHONE, reduced_motion="reduce")
    assert faults.movements(page) == []


@pytest.mark.parametrize("style", ["transition: opacity 1s", "animation: turn 1s", "scroll-behavior: smooth"])
def test_what_moves_all_the_same_is_caught(
    style: str, open_page: Opener, sample: Callable[[str], str]
) -> None:
    page = open_page(sample(f'<p style="{style}">Text.</p>'), reduced_motion="reduce")
    assert "<p style" in faults.movements(page)[0]
