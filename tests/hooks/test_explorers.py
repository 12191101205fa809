"""Frames for explorers: what is put into them, and what stops the build."""

from __future__ import annotations

import pytest

from softmax_book.hooks.explorers import BadExplorer, place

KNOWN = ["digits", "softmax"]
FIGURE = '<p><img alt="a" src="a.svg"></p>'
FRAME = f'<div class="explorer" data-name="softmax">\n<p>Try this.</p>\n{FIGURE}\n</div>'


def placed(page: str) -> str:
    return place(page, KNOWN, lambda uri: f"../{uri}")


def test_a_frame_holds_its_explorer_before_its_figure() -> None:
    explorer = '<softmax-explorer class="explorer-panel"></softmax-explorer>'
    assert f"<p>Try this.</p>\n{explorer}<p><img" in placed(FRAME)


def test_what_explorers_load_is_named_once_per_page() -> None:
    page = placed(f"<h1>Page</h1>{FRAME}{FRAME}")
    assert page.count("<softmax-explorer") == 2
    assert page.count('<script type="module" src="../explorers/softmax/view.mjs"></script>') == 1
    assert page.count('<link rel="stylesheet" href="../explorers/shared/explorer.css">') == 1
    assert page.count('<link rel="stylesheet" href="../explorers/softmax/view.css">') == 1
    assert "digits" not in page


def test_a_page_without_a_frame_is_left_alone() -> None:
    page = '<p>A frame is written <code>&lt;div class="explorer"&gt;</code>.</p>'
    assert placed(page) == page


@pytest.mark.parametrize("data", ['data-name="sofmax"', "", 'id="x" data-name="softmax"'])
def test_a_frame_that_names_no_explorer_stops_the_build(data: str) -> None:
    with pytest.raises(BadExplorer, match="one of docs/explorers: digits, softmax; got"):
        placed(FRAME.replace('data-name="softmax"', data))


def test_a_frame_without_a_figure_of_its_own_stops_the_build() -> None:
    bare = FRAME.replace(FIGURE, "")
    for after in (FRAME, FIGURE):
        with pytest.raises(BadExplorer, match="'softmax' must hold a figure"):
            placed(bare + after)
