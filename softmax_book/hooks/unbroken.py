"""What no line ends within: short code, short words of long code, a sign between two symbols, as in p − y."""

from __future__ import annotations

import html
import re

from softmax_book.hooks.marks import release

_CODE = 24  # letters of code that fit on a line of a phone, in an answer too
_SYMBOL = 10  # letters of a symbol or number beside a sign

# What is no text; of it only code is changed.
_APART = re.compile(
    r"<code>(?P<code>.*?)</code>"
    r"|<(?P<tag>code|pre|svg)\b.*?</(?P=tag)>"
    r'|<span class="formula"[^>]*>[^<]*</span>'
    r"|<[^>]*>",
    re.DOTALL,
)
_SIGN = re.compile(r"(?P<left>\S+) (?P<sign>[−→=]) (?=(?P<right>\S+))")
_HYPHENED = re.compile(r"[^\s<>]*-[^\s<>]*")
# Of a number, or of a letter that is no word.
_LOGARITHM = re.compile(r"\b(log|ln) (?=\W{0,3}\d|[b-zB-HJ-Z]\b)")


def mend(page: str) -> str:
    """A page, its formulas shelved and its numerals held, with what belongs together kept on one line."""
    parts, end = [], 0
    for apart in _APART.finditer(page):
        parts += [join(page[end : apart.start()]), _unbroken(apart)]
        end = apart.end()
    return "".join([*parts, join(page[end:])])


def _unbroken(apart: re.Match[str]) -> str:
    code = apart["code"]
    if code is None:
        return apart[0]
    if _is_short(code):
        return f'<code class="unbroken">{code}</code>'
    return f"<code>{_HYPHENED.sub(_unbroken_word, code)}</code>"


def _unbroken_word(word: re.Match[str]) -> str:
    return f'<span class="unbroken">{word[0]}</span>' if _is_short(word[0]) else word[0]


def _is_short(code: str) -> bool:
    return len(html.unescape(release(code))) <= _CODE


def join(text: str) -> str:
    """Text with the spaces around a minus sign, arrow or equals sign between short symbols made no-break."""

    def joined(found: re.Match[str]) -> str:
        longest = max(len(release(found["left"])), len(release(found["right"])))
        return f"{found['left']}\u00a0{found['sign']}\u00a0" if longest <= _SYMBOL else found[0]

    return _LOGARITHM.sub("\\1\u00a0", _SIGN.sub(joined, text))
