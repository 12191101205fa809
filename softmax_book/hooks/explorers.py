"""Places for explorers in a page: custom elements, which come to life where scripts run.

The author writes the frame, and in it the figure that stands there on paper and without scripts:

    <div class="explorer" data-name="softmax" markdown>

    **Try this:** what to do, and what to expect.

    ![What the picture shows](figures/x.svg)
    *What the picture says.*

    </div>
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection

_OPEN = '<div class="explorer"'
_NAME = re.compile(r'\s+data-name="(?P<name>[^"]*)"(?=[^<>]*>)')
_FIGURE = re.compile(r"<p>\s*<img\b")


class BadExplorer(ValueError):
    """A frame that no explorer can fill; the message says which and why."""


def place(page: str, known: Collection[str], address: Callable[[str], str]) -> str:
    """Put into each frame, before its figure, the explorer it names; and before all, once, what they load.

    `known` are the names of explorers; `address` gives the address, seen from the page, of a file below docs.
    Raises BadExplorer.
    """
    before, *frames = page.split(_OPEN)
    if not frames:
        return page
    names = [_name(frame, known) for frame in frames]
    styles = ["shared/explorer.css", *(f"{name}/view.css" for name in dict.fromkeys(names))]
    loads = [f'<link rel="stylesheet" href="{address(f"explorers/{style}")}">' for style in styles]
    loads += [
        f'<script type="module" src="{address(f"explorers/{name}/view.mjs")}"></script>'
        for name in dict.fromkeys(names)
    ]
    filled = [_filled(frame, name) for frame, name in zip(frames, names, strict=True)]
    return _OPEN.join(["".join([before, *loads]), *filled])


def _name(frame: str, known: Collection[str]) -> str:
    found = _NAME.match(frame)
    name = html.unescape(found["name"]) if found else ""
    if name not in known:
        raise BadExplorer(
            "a frame for an explorer must name in data-name, right after its class, one of docs/explorers: "
            f"{', '.join(sorted(known))}; got {name!r}"
        )
    return name


def _filled(frame: str, name: str) -> str:
    """What follows the opening of a frame, with the explorer in it."""
    figure = _FIGURE.search(frame.partition("</div>")[0])
    if not figure:
        raise BadExplorer(
            f"the frame of the explorer {name!r} must hold a figure, an image in a paragraph of its own, "
            "which readers see on paper and without scripts; got none"
        )
    explorer = f'<{name}-explorer class="explorer-panel"></{name}-explorer>'
    return frame[: figure.start()] + explorer + frame[figure.start() :]
