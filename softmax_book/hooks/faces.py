"""Which of KaTeX's fonts a formula is set in, and each font cut down to the characters the book uses."""

from __future__ import annotations

import base64
import io
import re
from collections import defaultdict
from collections.abc import Callable
from html.parser import HTMLParser

STYLE = "assets/vendor/katex/katex.css"
"""Where KaTeX's style sheet stands, below the docs folder and below the site; its fonts are beside it."""

# KaTeX's style sheet in short: the classes that change the family, the weight or the slant of what is inside.
_FAMILIES = {
    **dict.fromkeys(("textrm", "mainrm", "mathit", "mathbf"), "Main"),
    **dict.fromkeys(("mathnormal", "boldsymbol"), "Math"),
    **dict.fromkeys(("amsrm", "mathbb", "textbb"), "AMS"),
    **dict.fromkeys(("mathtt", "texttt"), "Typewriter"),
    **dict.fromkeys(("mathscr", "textscr"), "Script"),
    **dict.fromkeys(("mathfrak", "textfrak", "mathboldfrak", "textboldfrak"), "Fraktur"),
    **dict.fromkeys(("mathsf", "textsf", "mathboldsf", "textboldsf"), "SansSerif"),
    **dict.fromkeys(("mathitsf", "mathsfit", "textitsf"), "SansSerif"),
    "mathcal": "Caligraphic",
    "small-op": "Size1",
    "large-op": "Size2",
    "delim-size1": "Size1",
    "delim-size4": "Size4",
}
_BOLD = {"textbf", "mathbf", "boldsymbol", "mathboldfrak", "textboldfrak", "mathboldsf", "textboldsf"}
_ITALIC = {"textit", "mathit", "mathnormal", "boldsymbol", "mathitsf", "mathsfit", "textitsf"}
_UPRIGHT = {"mathrm", "mainrm"}
_STYLES = {
    "Main": ("Regular", "Bold", "Italic", "BoldItalic"),
    "Math": ("Italic", "BoldItalic"),
    "SansSerif": ("Regular", "Bold", "Italic"),
    "Caligraphic": ("Regular", "Bold"),
    "Fraktur": ("Regular", "Bold"),
}
_EMPTY = {"br", "img", "input", "hr", "path", "wbr"}


def used(page: str) -> dict[str, set[str]]:
    """The characters that KaTeX's HTML in `page` sets in each font file."""
    walk = _Walk()
    walk.feed(page)
    return dict(walk.used)


class _Walk(HTMLParser):
    """Keeps, for each open element, the font in force in it; outside of visible formulas that is None."""

    def __init__(self) -> None:
        super().__init__()
        self.used: dict[str, set[str]] = defaultdict(set)
        self._open: list[tuple[str, bool, bool] | None] = [None]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _EMPTY:
            classes = (dict(attrs).get("class") or "").split()
            self._open.append(_font(self._open[-1], classes))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY and len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        font = self._open[-1]
        characters = set(data) - {"\u200b", "\n"}
        if font and characters:
            self.used[_file(*font)] |= characters


def _font(outside: tuple[str, bool, bool] | None, classes: list[str]) -> tuple[str, bool, bool] | None:
    if "katex-html" in classes:
        return ("Main", False, False)
    if outside is None:
        return None
    family, bold, italic = outside
    for name in classes:
        family = _FAMILIES.get(name, family)
        bold = bold or name in _BOLD
        italic = (italic or name in _ITALIC) and name not in _UPRIGHT
        if name.startswith("size") and "delimsizing" in classes:
            family = name.capitalize()
    return (family, bold, italic)


def _file(family: str, bold: bool, italic: bool) -> str:
    styles = _STYLES.get(family, ("Regular",))
    wanted = ("Bold" if bold else "") + ("Italic" if italic else "") or "Regular"
    return f"KaTeX_{family}-{wanted if wanted in styles else styles[0]}.woff2"


def embed(style: str, characters: dict[str, set[str]], load: Callable[[str], bytes]) -> str:
    """KaTeX's style sheet with each font in use cut to its characters and written into it, the rest gone.

    So the fonts cost no request. `load` gives the file that a `url()` of the sheet names.
    """

    def data(face: re.Match[str]) -> str:
        used = characters.get(face["name"])
        if not used:
            return ""
        font = base64.b64encode(subset(load(face["name"]), used)).decode()
        return face[0].replace(face["url"], f"url(data:font/woff2;base64,{font})")

    return re.sub(r"@font-face\{[^{}]*(?P<url>url\(fonts/(?P<name>[^)]+)\))[^{}]*\}", data, style)


def ready_early(page: str) -> str:
    """The page with its fonts unpacked before its first line is set, or its formulas would move a little."""
    if 'class="katex"' not in page:
        return page
    script = "<script>document.fonts.forEach((font) => font.load())</script>"
    return page.replace("</head>", script + "</head>", 1)


def subset(font: bytes, characters: set[str]) -> bytes:
    """The font with these characters alone, and without hints."""
    from fontTools import subset as cutting

    options = cutting.Options(hinting=False, flavor="woff2", notdef_outline=True, layout_features=["*"])
    loaded = cutting.load_font(io.BytesIO(font), options)
    cutter = cutting.Subsetter(options)
    cutter.populate(text="".join(sorted(characters)))
    cutter.subset(loaded)
    cut = io.BytesIO()
    cutting.save_font(loaded, cut, options)
    return cut.getvalue()
