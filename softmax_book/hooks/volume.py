"""The pages of a built site as one HTML document, in the order of its navigation, to be printed as a book."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from softmax_book.hooks.article import BadPage, Page, Site, anchor, article

_TEMPLATES = Path(__file__).parent / "templates" / "volume"
_LIST = re.compile(r'<nav aria-label="Pages">(?P<list>.*?)</nav>', re.DOTALL)
_LANGUAGE = re.compile(r'<html lang="([^"]*)"')
_PUBLISHED = re.compile(r'<link rel="canonical" href="([^"]*)"')
_NAME = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
_RIGHTS = re.compile(r'<div class="md-copyright__highlight">\s*(.*?)\s*</div>', re.DOTALL)
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]*)"')


@dataclass
class Entry:
    """A line of the table of contents: a page, or a part, which has no page of its own."""

    title: str = ""
    url: str | None = None
    children: list[Entry] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """The id of its place in the document."""
        return "part:" + re.sub(r"\W+", "-", self.title) if self.url is None else anchor(self.url)


def contents(not_found: str) -> list[Entry]:
    """The tree of the site's pages, which its page for unknown addresses lists. Raises BadPage."""
    found = _LIST.search(not_found)
    reader = _Contents()
    reader.feed(found["list"] if found else "")
    if not reader.top.children:
        raise BadPage('404.html: it lists the pages of the site in <nav aria-label="Pages">; got none')
    return reader.top.children


class _Contents(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top = Entry()
        self._open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            entry = Entry()
            self._open[-1].children.append(entry)
            self._open.append(entry)
        elif tag == "a":
            self._open[-1].url = (dict(attrs)["href"] or "").removeprefix("./")

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].title += data.strip()


@dataclass(frozen=True)
class Volume:
    """A site to be printed: the HTML of its front page, its contents, and its pages."""

    home: str
    entries: Sequence[Entry]
    site: Site

    @classmethod
    def of(cls, folder: Path) -> Volume:
        """The site in a folder. Raises BadPage, and OSError for a page that is not there."""

        def read(path: str) -> str:
            return (folder / path).read_text(encoding="utf-8")

        home, entries = read("index.html"), contents(read("404.html"))
        urls = [entry.url for entry, _ in _walk(entries) if entry.url is not None]
        pages = {url: Page.read(url, read(f"{url}index.html")) for url in urls}
        published = _first(_PUBLISHED, home)
        return cls(home, entries, Site(pages, lambda path: (folder / path).is_file(), published))

    @cached_property
    def inner(self) -> dict[str, str]:
        """The articles by the addresses of their pages. Raises BadPage."""
        return {
            entry.url: article(self.site.pages[entry.url], depth, self.site)
            for entry, depth in _walk(self.entries)
            if entry.url is not None
        }

    def title(self, entry: Entry) -> str:
        """A page's own heading, which may say more than the navigation has room for."""
        return entry.title if entry.url is None else self.site.pages[entry.url].title

    def document(self, root: str, numbers: Mapping[str, int]) -> str:
        """The whole as HTML. `root` is the address of the site, for its style; `numbers` those of the sheets
        on which what has an id begins, as far as they are known. Raises BadPage.
        """
        return _template().render(
            language=_first(_LANGUAGE, self.home),
            name=html.unescape(_first(_NAME, self.home)),
            description=html.unescape(_first(_DESCRIPTION, self.home)),
            rights=Markup(_first(_RIGHTS, self.home)),
            styles=[root + address for address in _STYLE.findall(self.home)],
            own_style=Markup((_TEMPLATES / "book.css").read_text(encoding="utf-8")),
            entries=self.entries,
            places=list(_walk(self.entries)),
            title=self.title,
            inner=self.inner,
            numbers=numbers,
        )


def _walk(entries: Sequence[Entry], depth: int = 1) -> Iterator[tuple[Entry, int]]:
    for entry in entries:
        yield entry, depth
        yield from _walk(entry.children, depth + 1)


def _first(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    return found[1] if found else ""


def _css_string(text: str) -> Markup:
    return Markup(json.dumps(text, ensure_ascii=False).replace("<", r"\3c "))


def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.filters["css_string"] = _css_string
    return environment.get_template("book.html.j2")
