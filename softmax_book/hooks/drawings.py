"""SVG files become part of the page: its ink, light or dark, its font, and no id that another figure has.

In the author's Markdown an emphasised line directly below an image is its caption:

    ![What the picture shows, for those who cannot see it](figures/x.svg)
    *What the picture says.*
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable
from functools import lru_cache
from itertools import count

INK = "#737373"  # softmax_book.plotting.INK; a test holds the two together

_IMAGE = r'<img (?:[^>"]|"[^"]*")*\bsrc="(?!https?:|//)[^"]*\.svg"(?:[^>"]|"[^"]*")*>'
_FIGURE = re.compile(
    rf"<p>\s*(?P<image>{_IMAGE})\s*"
    r"(?:(?:</p>\s*<p>)?\s*<em>(?P<caption>(?:(?!</?em>|</p>).)*)</em>\s*)?</p>",
    re.DOTALL,
)
_LONE_IMAGE = re.compile(_IMAGE)

_ROOT = re.compile(r"<svg\b(?P<attributes>[^>]*)>", re.DOTALL)
_DROPPED = re.compile(
    r"<metadata>.*?</metadata>|<style\b.*?</style>|<!--.*?-->|\s(?:xmlns:xlink|version)=\"[^\"]*\"", re.DOTALL
)
_ID = re.compile(r'\sid="([^"]*)"')
_REFERENCE = re.compile(r'(?P<before>url\(#|href="#)(?P<id>[^")]+)')
_INKS = re.compile(rf"(?:{INK}|#000000|#000\b|\bblack\b)(?=[;\"])", re.IGNORECASE)
_COLOURED_TEXT = re.compile(r"(<text\b[^>]*?\bfill: )(#(?!ffffff)[0-9a-f]{6})", re.IGNORECASE)
_FONT = re.compile(r"\s*font-family:[^;\"]*;?")
_FONT_SHORTHAND = re.compile(r"\bfont:\s*(?P<style>[a-z0-9 ]*?)(?P<size>[\d.]+px)[^;\"]*")
_POINTS_TO_PIXELS = 4 / 3


class BadFigure(ValueError):
    """A figure that cannot be shown; the message says which and why."""


def inline(page: str, load: Callable[[str], str]) -> str:
    """Replace the local SVG images of a page by drawings; `load` gives the file that a `src` names.

    An image alone in its paragraph becomes a figure, an emphasised line directly below it its caption.
    Raises BadFigure, and what `load` raises.
    """
    numbers = count(1)

    def drawing(image: str) -> str:
        src, alt = _attribute(image, "src"), _attribute(image, "alt").strip()
        if not alt:
            raise BadFigure(
                f"the figure {posixpath.basename(src)} has no alternative text; "
                "write between its square brackets what it shows, for those who cannot see it"
            )
        return themable(load(src), alt, prefix=f"f{next(numbers)}-")

    def figure(found: re.Match[str]) -> str:
        classes = " ".join(["figure", *_attribute(found["image"], "class").split()])
        caption = f"<figcaption>{found['caption']}</figcaption>" if found["caption"] else ""
        return f'<figure class="{classes}">{drawing(found["image"])}{caption}</figure>'

    page = _FIGURE.sub(figure, page)
    return _LONE_IMAGE.sub(lambda found: drawing(found[0]), page)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


@lru_cache(maxsize=256)
def themable(svg: str, alt: str, prefix: str) -> str:
    """An SVG document as an element of a page: ids prefixed, ink and font the page's own, sized in pixels.

    Raises BadFigure where the document has no <svg> element or no viewBox.
    """
    root = _ROOT.search(svg)
    box = (
        re.search(r'viewBox="\s*[\d.eE+-]+[\s,]+[\d.eE+-]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*"', root[0])
        if root
        else None
    )
    if root is None or box is None:
        raise BadFigure("an SVG file needs an <svg> element with a viewBox; save the figure again")
    # Links stay `xlink:href`: the theme's instant navigation would try to rewrite every `href` of a page.
    body = _DROPPED.sub("", svg[root.end() :])
    body = re.sub(r"\s+", " ", body).replace("> <", "><")
    body = _own_ids(body, prefix)
    body = _FONT_SHORTHAND.sub(r"\g<style>font-size: \g<size>", _FONT.sub("", body))
    # A colour that does for a bar is too faint for small letters: some ink in it, light or dark.
    body = _COLOURED_TEXT.sub(r"\1color-mix(in srgb, \2 70%, currentColor)", _INKS.sub("currentColor", body))
    body = body.replace(' style=""', "").replace("<defs></defs>", "")
    scale = _POINTS_TO_PIXELS if re.search(r'\swidth="[\d.]+pt"', root[0]) else 1
    width, height = (round(float(size) * scale) for size in box.groups())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" role="img" aria-label="{html.escape(alt)}" '
        f'{box[0]} width="{width}" height="{height}" fill="currentColor">{body.strip()}'
    )


def _own_ids(body: str, prefix: str) -> str:
    """Ids that something refers to get the prefix; the others only weigh."""
    used = {found["id"] for found in _REFERENCE.finditer(body)}
    body = _ID.sub(lambda found: f' id="{prefix}{found[1]}"' if found[1] in used else "", body)
    return _REFERENCE.sub(lambda found: f"{found['before']}{prefix}{found['id']}", body)
