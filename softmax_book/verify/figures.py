"""Drawings as outputs: deterministic SVG, and the comparison of two of them."""

from __future__ import annotations

import io
import re
import sys
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from softmax_book.verify.compare import compare

NEAR = 0.2
"""Points by which a coordinate may differ."""

SHADES = 4
"""Levels of 255 by which a colour channel may differ: one step of a colour map."""

STYLE: Any = {"svg.hashsalt": "figure", "svg.fonttype": "none", "path.simplify": False}
"""Settings under which a drawing gives the same bytes on every machine."""

_COORDINATES = (
    "d",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "width",
    "height",
    "points",
    "cx",
    "cy",
    "r",
    "transform",
)
_COORDINATE_ATTRIBUTE = re.compile(rf'(?<=\s)(?:{"|".join(_COORDINATES)})="[^"]*"')
_SCALE = re.compile(r"(?:scale|matrix)\([^)]*\)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_COLOUR = re.compile(r"#[0-9a-f]{6}\b")


def is_drawing(value: Any) -> bool:
    """Whether a value is a matplotlib Figure."""
    module = sys.modules.get("matplotlib.figure")
    return module is not None and isinstance(value, module.Figure)


def draw(figure: Any) -> str:
    """The SVG of a matplotlib Figure: the same bytes for the same drawing, coordinates to 0.1 pt."""
    import matplotlib

    out = io.StringIO()
    with matplotlib.rc_context(STYLE):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    svg = _COORDINATE_ATTRIBUTE.sub(_round_attribute, out.getvalue())
    return re.sub(r"[ \t]+(?=\n)", "", svg)


def _round_attribute(found: re.Match[str]) -> str:
    if _SCALE.search(found[0]):
        return found[0]
    name, _, value = found[0].partition("=")
    return f"{name}={_NUMBER.sub(_tenth, value)}"


def _tenth(found: re.Match[str]) -> str:
    text = f"{float(found[0]):.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def compare_drawings(committed: str, drawn: str) -> list[str]:
    """How two SVG texts part: other elements, other text, or coordinates more than 0.2 pt away."""
    if committed == drawn:
        return []
    try:
        old = list(ElementTree.fromstring(committed).iter())
    except ElementTree.ParseError as error:
        return [f"the file is not an SVG: {error}"]
    new = list(ElementTree.fromstring(drawn).iter())
    if [e.tag for e in old] != [e.tag for e in new]:
        return [f"the file has {len(old)} elements and the drawing {len(new)}, or their order differs"]
    names: dict[str, str] = {}
    return [fault for a, b in zip(old, new, strict=True) for fault in _element(a, b, names)][:5]


def _element(old: Element, new: Element, names: dict[str, str]) -> list[str]:
    tag = old.tag.rpartition("}")[2]
    if old.attrib.keys() != new.attrib.keys():
        return [f"<{tag}> has other attributes: {sorted(old.attrib.keys() ^ new.attrib.keys())}"]
    faults = []
    for says, said in ((new.text, old.text), (new.tail, old.tail)):
        if (said := (said or "").strip()) != (says := (says or "").strip()) and compare(said, says, []):
            faults.append(f"the file says {said!r}, the drawing says {says!r}")
    for name, value in old.attrib.items():
        if not _same(name.rpartition("}")[2], value, new.attrib[name], names):
            faults.append(
                f"<{tag} {name}> is {value[:60]!r} in the file, {new.attrib[name][:60]!r} in the drawing"
            )
    return faults


def _same(name: str, old: str, new: str, names: dict[str, str]) -> bool:
    if name in ("id", "href", "clip-path") and not old.startswith("data:"):
        a, b = old.strip("url(#)"), new.strip("url(#)")
        return names.setdefault(f"file {a}", b) == b and names.setdefault(f"drawing {b}", a) == a
    if old == new:
        return True
    if name in _COORDINATES:
        return _near(old, new)
    return _COLOUR.sub("#", old) == _COLOUR.sub("#", new) and all(
        _same_shade(a, b) for a, b in zip(_COLOUR.findall(old), _COLOUR.findall(new), strict=True)
    )


def _near(old: str, new: str) -> bool:
    if _NUMBER.sub("#", old) != _NUMBER.sub("#", new):
        return False
    pairs = zip(_NUMBER.findall(old), _NUMBER.findall(new), strict=True)
    return all(abs(float(a) - float(b)) <= NEAR + 1e-9 for a, b in pairs)


def _same_shade(old: str, new: str) -> bool:
    a, b = bytes.fromhex(old[1:]), bytes.fromhex(new[1:])
    return all(abs(x - y) <= SHADES for x, y in zip(a, b, strict=True))
