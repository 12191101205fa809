"""A term of the glossary is a link to its entry where a page uses it first."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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


def link(page: str, terms: Iterable[Term], address: str) -> str:
    """A page, its formulas shelved, with the first use of each term linked to its entry at `address`."""
    left = {word: term for term in terms if f'"{address}#{term.id}"' not in page for word in term.words}
    parts, depth = [], 0
    for piece in _PIECE.finditer(page):
        if piece["tag"] in _APART:
            depth += -1 if piece["closes"] else 1
        links = piece["text"] and not depth
        parts.append(_linked(piece[0], left, address) if links else piece[0])
    return "".join(parts)


def _linked(text: str, left: dict[str, Term], address: str) -> str:
    def anchor(found: re.Match[str]) -> str:
        name = " ".join((found["word"] or "").split()).casefold()
        term = next((left[word] for word in left if word.casefold() == name), None)
        if term is None:  # quoted, or linked a few words before
            return found[0]
        for word in term.words:
            left.pop(word, None)
        title = f' title="{html.escape(term.meaning)}"' if term.meaning else ""
        return f'<a class="term" href="{address}#{term.id}"{title}>{found[0]}</a>'

    if not left:
        return text
    longest_first = "|".join(_pattern(word) for word in sorted(left, key=len, reverse=True))
    word = rf"(?<![\w-])(?P<word>{longest_first})(?:e?s)?(?![\w-])"
    return re.sub(rf"{_QUOTED}|{word}", anchor, text)


def _pattern(word: str) -> str:
    """A word of the glossary, also where it begins no sentence; an abbreviation as it is."""
    spaced = re.escape(word).replace(r"\ ", r"\s")
    return f"(?i:{spaced[0]}){spaced[1:]}" if word[1:].islower() else spaced
