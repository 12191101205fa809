"""A term of the glossary is a link to its entry where a page uses it first."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# `### Surprise (surprisal) { #surprise data-words="Surprises" }`: what stands in parentheses is another name;
# `data-words`, where given, replaces the names that are looked for.
_ENTRY = re.compile(
    r"^### (?P<name>[^({\n]+?)(?: \((?P<other>[^)]+)\))? "
    r'\{ #(?P<id>[\w-]+)(?: data-words="(?P<words>[^"]*)")? \}\n'
    r"(?P<body>.*?)(?=^#|\Z)",
    re.MULTILINE | re.DOTALL,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<target>[^)#]*)[^)]*\)")
_MARKUP = re.compile(r"[*`$]")

# What is no running text, or (`em`) a word as such, a title, a caption: it is passed over with all it holds.
_APART = ("a", "code", "em", "pre", "svg", "table", "details", "h1", "h2", "h3", "h4")
_PIECE = re.compile(
    r'(?P<formula><span class="formula"[^>]*>[^<]*</span>)'
    r"|<(?P<closes>/?)(?P<tag>[a-zA-Z][\w-]*)[^>]*>"
    r"|(?P<text>[^<]+)"
)
_QUOTED = r'"[^"]*"'  # somebody else's words, such as the title of a paper


@dataclass(frozen=True)
class Term:
    """An entry: its id, the words that name it, the page that treats it, its first sentence as plain text."""

    id: str
    words: tuple[str, ...]
    home: str
    meaning: str


def read(glossary: str) -> tuple[Term, ...]:
    """The terms of a glossary, from its Markdown."""
    return tuple(_terms(_COMMENT.sub("", glossary)))


def _terms(glossary: str) -> Iterator[Term]:
    for entry in _ENTRY.finditer(glossary):
        names = (entry["name"], entry["other"]) if entry["words"] is None else entry["words"].split(", ")
        links = [link["target"] for link in _LINK.finditer(entry["body"].rpartition("→")[2])]
        meaning = _LINK.sub(r"\g<text>", entry["body"].strip().split("\n")[0])
        plain = "" if "\\" in meaning else _MARKUP.sub("", meaning)  # a tooltip sets no formula
        yield Term(entry["id"], tuple(filter(None, names)), links[0] if links else "", plain)


def link(page: str, terms: tuple[Term, ...], address: str, here: str | None = None) -> str:
    """A page, its formulas shelved, with the first use of each term linked to its entry at `address`.

    Not linked are the terms that this page, `here`, treats itself, and those that it links already.
    """
    left = {t for t in terms if t.home != here and f'"{address}#{t.id}"' not in page}
    finder = _finder(terms)

    def anchor(found: re.Match[str]) -> str:
        term = finder.named.get(" ".join((found["word"] or "").split()).casefold())
        if term not in left:  # quoted, or linked before
            return found[0]
        left.remove(term)
        title = f' title="{html.escape(term.meaning)}"' if term.meaning else ""
        return f'<a class="term" href="{address}#{term.id}"{title}>{found[0]}</a>'

    parts, depth = [], 0
    for piece in _PIECE.finditer(page):
        if piece["tag"] in _APART:
            depth += -1 if piece["closes"] else 1
        links = piece["text"] and not depth
        parts.append(finder.pattern.sub(anchor, piece[0]) if links else piece[0])
    return "".join(parts)


@dataclass(frozen=True)
class _Finder:
    """Finds the names of terms: the group `word` of a match, casefolded, is a key of `named`."""

    pattern: re.Pattern[str]
    named: dict[str, Term]


@lru_cache(maxsize=8)
def _finder(terms: tuple[Term, ...]) -> _Finder:
    words = {word: term for term in terms for word in term.words}
    # The longest first: "maximum likelihood" is no use of "likelihood".
    names = "|".join(_pattern(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"
    pattern = rf"{_QUOTED}|(?<![\w-])(?P<word>{names})(?:e?s)?(?![\w-])"
    return _Finder(re.compile(pattern), {word.casefold(): term for word, term in words.items()})


def _pattern(word: str) -> str:
    """A word of the glossary, also where it begins no sentence; an abbreviation as it is."""
    spaced = re.escape(word).replace(r"\ ", r"\s")
    return f"(?i:{spaced[0]}){spaced[1:]}" if word[1:].islower() else spaced
