"""TeX becomes HTML and MathML while the site is built: no script in the page, and nothing moves.

Two steps, because the search index is taken between them and should see the formula as it was written.
"""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

from softmax_book.hooks.javascript import Script
from softmax_book.hooks.marks import Proof, as_macros, release

_KATEX = Path(__file__).parent / "vendor" / "katex.min.js"

_FORMULA = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">\\(?P<open>[(\[])(?P<tex>.*?)\\[)\]]</(?P=tag)>', re.DOTALL
)
_SHELVED = re.compile(
    r'<span class="formula" data-tex="(?P<tex>[^"]*)" data-display="(?P<display>[01])">[^<]*</span>'
    r"(?P<joined>[.,;:!?)\]’”]+)?"
)
_UNRENDERED = re.compile(r"\$\$")
_NEXT_PART = re.compile(r'</span>(?=<span class="katex-base">)')
_INVISIBLE = re.compile(r"<[^>]*>|\s|\u200b")
_SHORT = 22  # letters that fit on a line of a phone, in an answer too, and are not parted
_CODE = re.compile(r"<(?P<tag>code|pre)\b.*?</(?P=tag)>", re.DOTALL)
_MACRO = re.compile(r"\\proven\{(?P<index>\d+)\}\{(?P<numeral>[^{}]*)\}")
_NUMERAL = re.compile(r'class="enclosing" data-proof="(?P<index>\d+)"')
_SOURCE = re.compile(r'(<annotation encoding="application/x-tex">).*?(</annotation>)', re.DOTALL)

# Only our own macro may write attributes. A character that no font has is an error, the rest is taste.
_RENDER = r"""
function render(tex, display) {
  try {
    return {html: katex.renderToString(tex, {
      displayMode: display, output: "htmlAndMathml", throwOnError: true,
      macros: {"\\proven": "{\\htmlData{proof=#1}{#2}}"},
      trust: (context) => context.command === "\\htmlData",
      strict: (code) => code === "unknownSymbol" ? "error" : "ignore",
    })};
  } catch (error) { return {error: String(error.message)}; }
}
"""


class BadFormula(ValueError):
    """A formula that cannot be rendered; the message holds the TeX and what is wrong with it."""


def shelve(page: str) -> str:
    """Formulas as Markdown left them -> elements that hold their TeX, and show it to the search index."""
    if _UNRENDERED.search(_CODE.sub("", page)):
        raise BadFormula(
            "a $$ stands in the text of the page: display math stands in a paragraph of its own, "
            "with an empty line before and after"
        )
    return _FORMULA.sub(_shelf, page)


def _shelf(formula: re.Match[str]) -> str:
    tex = html.unescape(formula["tex"].strip())
    held = html.escape(as_macros(tex))
    shown = html.escape(release(tex))
    return (
        f'<span class="formula" data-tex="{held}" data-display="{int(formula["open"] == "[")}">{shown}</span>'
    )


def without_delimiters(title: str) -> str:
    r"""A title without the `\(` and `\)` that Markdown leaves around its formulas."""
    return re.sub(r"\\[()]", "", title)


def typeset(page: str, proofs: tuple[Proof, ...]) -> str:
    """Shelved formulas -> KaTeX's HTML and MathML, their proven numerals marked. Raises BadFormula."""
    return _SHELVED.sub(lambda shelf: _typeset(shelf, proofs), page)


def _typeset(shelf: re.Match[str], proofs: tuple[Proof, ...]) -> str:
    tex, display = html.unescape(shelf["tex"]), shelf["display"] == "1"
    page = _NUMERAL.sub(lambda found: proofs[int(found["index"])].attributes(), render(tex, display))
    # The visible formula is hidden from screen readers, so what proves its numerals also stands behind it.
    behind = dict.fromkeys(proofs[int(found["index"])] for found in _MACRO.finditer(tex))
    notes = "".join(proof.note() for proof in behind)
    if display:
        return f'<div class="formula-block">{page}{notes}</div>'
    is_short = _length(page) <= _SHORT
    if is_short:
        page = f'<span class="unbroken">{page}</span>'
    if not shelf["joined"]:
        return page + notes
    # A line may end behind a formula even before a full stop. A word joiner forbids it by Unicode's rules,
    # the style of `joined` where a browser has its own; at <wbr> a long formula may still break.
    parts = page if is_short else _NEXT_PART.sub(r"\g<0><wbr>", page)
    return f'<span class="joined">{parts}{notes}\u2060{shelf["joined"]}</span>'


def _length(page: str) -> float:
    """About how many letters wide a formula is; the space around a sign is half a letter."""
    shown = page.partition('class="katex-html"')[2].partition(">")[2]
    return len(_INVISIBLE.sub("", shown)) + shown.count('class="mspace"') / 2


@cache
def render(tex: str, display: bool) -> str:
    r"""KaTeX's HTML and MathML of one formula, numerals in `\proven` carrying `data-proof="index"`.

    Where TeX takes no macro in a numeral's place the formula is rendered without marks.
    Raises BadFormula.
    """
    plain = _MACRO.sub(r"\g<numeral>", tex)
    result = _katex().call("render", tex, display)
    if "error" in result and tex != plain:
        result = _katex().call("render", plain, display)
    if "error" in result:
        raise BadFormula(f"{plain!r} is not a formula KaTeX can render: {result['error']}")
    source = html.escape(plain, quote=False)
    return _SOURCE.sub(lambda found: found[1] + source + found[2], str(result["html"]))


@cache
def _katex() -> Script:
    """KaTeX in a JavaScript engine, started by the first formula and kept."""
    return Script(_KATEX.read_text(encoding="utf-8"), _RENDER)
