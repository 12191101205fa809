"""The author's Markdown as any notebook shows it, cut at its headings and where code stands.

Boxes become quotes, what is folded stays folded, figures become part of the text. What an address in the page
names is given from outside: another that leads there from a reader's disk, or the SVG of a figure.
"""

from __future__ import annotations

import base64
import html
import re
import textwrap
from collections.abc import Callable, Mapping
from functools import partial
from itertools import takewhile

from pymdownx.slugs import slugify

_CUT, _HELD = "\U000f1003", "\U000f1004"
_HELD_LINE = re.compile(rf"^[ >]*({_HELD}\d+)[ ]*\n?", re.MULTILINE)

_LOCAL = re.compile(r"\]\((?![a-z]+:|#)([^)\s]+)")
_HEADING = re.compile(r"^#{1,6}[ ]+(?P<text>.*?)[ ]*(?:\{[ ]*#(?P<id>[\w-]+)[^}\n]*\}[ ]*)?$", re.MULTILINE)

# Whichever opens first wins, so that code and formulas are passed over; only what is named is changed.
_MARKUP = re.compile(
    r"""(?<!`)(`+)(?!`).+?(?<!`)\1(?!`) | \$\$.+?\$\$ | \$[^$\n]+\$
      | (?P<answer>^[ ]*\S[^\n]*\n(?:[ ]*\S[^\n]*\n)*?[ ]*\{[ ]*\.answer\b[^}\n]*\}[ ]*\n*)
      | (?P<division>^[ ]*</?div\b[^>]*>[ ]*\n)
      | (?P<heading>^\#{1,6}[ ])
      | (?P<attributes>[ ]*\{:?[ ]*[#.][A-Za-z][^{}\n]*\})
      | (?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?![a-z]+:)(?P<target>[^)\s]+)[^)]*\)
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_BOX = re.compile(
    r'^(?P<indent>[ ]*)(?P<mark>!!!|\?\?\?\+?)[ ]+(?P<kind>\w[\w -]*?)(?:[ ]+"(?P<title>[^\n]*)")?[ ]*\n'
    r"(?P<body>(?:(?P=indent)[ ]{4}[^\n]*\n|[ ]*\n)+)",
    re.MULTILINE,
)
_DETAILS = re.compile(
    r"^<details markdown><summary>(?P<summary>.*?)</summary>\n(?P<body>.*?)^</details>\n",
    re.DOTALL | re.MULTILINE,
)
_EXPLORER = "*The site has an explorer here, to be moved.*\n"


def held(number: int) -> str:
    """What stands in the Markdown, on a line of its own, for code that is to be a cell."""
    return f"{_HELD}{number}"


def targets(markdown: str) -> list[str]:
    """What the links and figures of a page name within the site."""
    return _LOCAL.findall(markdown)


def anchors(markdown: str) -> dict[str, str]:
    """Where a link within the page leads in a notebook, whose headings have ids made of their own words."""
    made = slugify(case="lower")
    return {
        f"#{heading['id'] or made(heading['text'], '-')}": "#" + heading["text"].replace(" ", "-")
        for heading in _HEADING.finditer(markdown)
        if not re.search(r"[$`*_\\]", heading["text"])
    }


def pieces(markdown: str, references: Mapping[str, str]) -> list[str | int]:
    """A page's text cells and, between them, the numbers of the code held in it.

    A link or a figure whose target is not among the references gives way to its text.
    """
    text = _MARKUP.sub(lambda found: _plain(found, references), markdown + "\n")
    text = _unboxed(_DETAILS.sub(_details, text))
    parts = (part for cut in text.split(_CUT) for part in _HELD_LINE.split(cut))
    cells = (int(part[1:]) if part.startswith(_HELD) else _at_the_left(part) for part in parts)
    return [cell for cell in cells if cell != ""]


def _plain(found: re.Match[str], references: Mapping[str, str]) -> str:
    if found["heading"]:
        return _CUT + found[0]
    if found["division"]:
        return _EXPLORER if 'class="explorer"' in found["division"] else ""
    if found["answer"] or found["attributes"]:
        return ""
    if found["target"] is None:
        return found[0]
    there = references.get(found["target"])
    if there is None:
        return found["text"]
    return _drawn(there, found["text"]) if found["image"] else f"[{found['text']}]({there})"


def _drawn(svg: str, alt: str) -> str:
    """A figure as part of the text, its caption apart. JupyterLab shows no SVG that is attached to a cell."""
    data = base64.b64encode(svg.encode()).decode()
    return f'<img alt="{html.escape(alt)}" src="data:image/svg+xml;base64,{data}">\n'


def _unboxed(text: str) -> str:
    return _BOX.sub(_box, text)


def _box(found: re.Match[str]) -> str:
    """A box as a quote under its title, a folded one as <details>."""
    title = found["title"] or found["kind"].capitalize()
    inner = re.sub(rf"^[ ]{{{len(found['indent']) + 4}}}", "", found["body"], flags=re.MULTILINE)
    body = _unboxed(inner).strip("\n")
    if found["mark"] == "!!!":
        boxed = _around_code(_quote, f"**{title}**\n\n{body}")
    else:
        boxed = _around_code(partial(_fold, html.escape(title)), body)
    return textwrap.indent(boxed, found["indent"])


def _details(found: re.Match[str]) -> str:
    return _around_code(partial(_fold, found["summary"]), found["body"])


def _around_code(wrap: Callable[[str], str], body: str) -> str:
    """Each stretch of text is wrapped; code between them stays bare, for a box cannot hold a cell."""
    parts = _HELD_LINE.split(body)
    parts[::2] = [wrap(text.strip("\n")) if text.strip() else "" for text in parts[::2]]
    return "\n\n".join(part for part in parts if part) + "\n\n"


def _quote(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _fold(summary: str, text: str) -> str:
    return f"<details>\n<summary>{summary}</summary>\n\n{text}\n\n</details>"


def _at_the_left(text: str) -> str:
    """What followed code in a list, and is now cut off from it, without its indentation."""
    text = text.strip("\n")
    indent = text[: len(text) - len(text.lstrip(" "))]
    lines = text.split("\n")
    cut_off = list(takewhile(lambda line: not line or line.startswith(indent), lines))
    return "\n".join([*(line.removeprefix(indent) for line in cut_off), *lines[len(cut_off) :]])
