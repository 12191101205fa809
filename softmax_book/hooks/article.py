"""A page of the built site as one article of the printed book, which is a single document.

Ids and links become those of the document, headings sink to the page's depth in the contents, answers go to
the end of the page. What only a screen has use for is hidden by the style for paper, docs/assets/print.css.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from urllib.parse import unquote, urljoin, urlsplit

_ARTICLE = re.compile(r"<article\b[^>]*>(?P<inner>.*)</article>", re.DOTALL)
_TITLE = re.compile(r"<h1\b[^>]*>(?P<title>.*?)(?:<a class=\"headerlink\".*?)?</h1>", re.DOTALL)
_LOADS = re.compile(
    r"<(?P<tag>script|style)\b.*?</(?P=tag)>|<link\b[^>]*>|"
    r'<p>\s*<a\b(?=[^>]*\sclass="download")[^>]*>[^<]*</a>\s*</p>',
    re.DOTALL,
)
_TAG = re.compile(r"<[a-zA-Z/](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_NAMED = re.compile(r'\sid="(?P<id>[^"]*)"')
_HREF = re.compile(r'\s(?:xlink:)?href="(?P<href>[^"]*)"')
_NAMES_OTHERS = re.compile(r'(?P<before>\s(?:for|aria-\w+by)="|\bxlink:href="#|\burl\(#)(?P<id>[^")]+)')
_HEADING = re.compile(r"<(?P<end>/?)h(?P<depth>[1-6])\b")
_FOLDED = re.compile(r"<details\b(?![^>]*\sopen\b)")
_ANSWER = re.compile(
    r"<details\b[^>]*>\s*<summary>Answer</summary>(?P<answer>(?:(?!<details\b).)*?)</details>", re.DOTALL
)

# A screen reader is given the TeX: of KaTeX's two versions the drawn one says nothing to it, and Chromium
# leaves out of a PDF the one in MathML, which is not drawn.
FORMULA = "Formula: "
_FORMULA = re.compile(
    r'<span class="katex"><span class="katex-mathml">(?:(?!</math>).)*?'
    r'<annotation encoding="application/x-tex">(?P<tex>[^<]*)</annotation></semantics></math></span>'
    r'<span class="katex-html" aria-hidden="true">',
    re.DOTALL,
)


class BadPage(ValueError):
    """A page that cannot become an article of the book; the message names it and says why."""


@dataclass(frozen=True)
class Page:
    """A page of the site: its address from the root, as in "chapters/softmax/", and its article."""

    url: str
    inner: str

    @classmethod
    def read(cls, url: str, page: str) -> Page:
        """The page of this HTML, its answers last. Raises BadPage."""
        found = _ARTICLE.search(page)
        if not found:
            raise BadPage(f"{_name(url)}: a page of the site holds an <article>; got none")
        return cls(url, _answers_last(_LOADS.sub("", found["inner"])))

    @cached_property
    def ids(self) -> frozenset[str]:
        tags = _TAG.finditer(self.inner)
        return frozenset(html.unescape(name["id"]) for tag in tags for name in _NAMED.finditer(tag[0]))

    @cached_property
    def title(self) -> str:
        """The text of its first heading. Raises BadPage."""
        found = _TITLE.search(self.inner)
        if not found:
            raise BadPage(f"{_name(self.url)}: a page of the book begins with a heading; got none")
        return html.unescape(_TAG.sub("", found["title"]))


@dataclass(frozen=True)
class Site:
    """What links of a page lead to: pages of the book, other files, the address where all is published."""

    pages: Mapping[str, Page]
    is_file: Callable[[str], bool]
    published: str = ""


def _name(url: str) -> str:
    """What errors call a page."""
    return url or "index.html"


def anchor(url: str, name: str = "") -> str:
    """The id, in the document, of what has the id `name` on a page; of the whole page without one."""
    return f"{url}:{name}"


def article(page: Page, depth: int, site: Site) -> str:
    """The inner HTML of a page's article, at this depth of the contents: 1 for a page in no part.

    Links to pages lead to their place in the document, and those to other hosts stay. Files, and pages in a
    certain state, are on the site alone, if it is known where. Raises BadPage for a dead link.
    """

    def tag(found: re.Match[str]) -> str:
        text = _NAMED.sub(lambda name: f' id="{anchor(page.url, name["id"])}"', found[0])
        text = _NAMES_OTHERS.sub(lambda name: name["before"] + anchor(page.url, name["id"]), text)
        text = _HEADING.sub(lambda heading: _lowered(heading, depth), text)
        text = _FOLDED.sub("<details open", text)
        if text.startswith("<a "):
            text = _HREF.sub(lambda link: _link(html.unescape(link["href"]), page, site), text)
        return text

    inner = _FORMULA.sub(_spoken, page.inner)
    return _TAG.sub(tag, inner.replace("<figure ", '<figure role="group" '))


def _lowered(heading: re.Match[str], depth: int) -> str:
    tag = f"<{heading['end']}h{min(int(heading['depth']) + depth - 1, 6)}"
    return tag if heading["end"] else f'{tag} data-depth="{heading["depth"]}"'


def _spoken(formula: re.Match[str]) -> str:
    label = FORMULA + html.escape(html.unescape(formula["tex"]))
    return f'<span class="katex" role="img" aria-label="{label}"><span class="katex-html">'


def _link(href: str, page: Page, site: Site) -> str:
    """The attribute for a link, or nothing for what cannot be reached from paper."""
    parts = urlsplit(urljoin("/" + page.url, href))
    if parts.scheme or parts.netloc:
        return f' href="{html.escape(href)}"'
    path, name = unquote(parts.path).removeprefix("/").removesuffix("index.html"), unquote(parts.fragment)
    target = site.pages.get(path)
    if (target and parts.query) or (not target and site.is_file(path)):
        address = urljoin(site.published, parts._replace(path=parts.path.removeprefix("/")).geturl())
        return f' href="{html.escape(address)}"' if site.published else ""
    if target and (not name or name in target.ids):
        return f' href="#{html.escape(anchor(path, name))}"'
    wanted = f"the heading #{name} of {_name(target.url)}" if target else path
    raise BadPage(f"{_name(page.url)}: a link leads to {wanted}, which the site does not have; got {href!r}")


def _answers_last(inner: str) -> str:
    """Who reads on paper cannot fold an answer: it stands at the end of its page, a link at its question."""
    numbers, answers = count(1), []

    def link(found: re.Match[str]) -> str:
        number = next(numbers)
        back = f'<a class="number" id="answer-{number}" href="#question-{number}">{number}</a>'
        answers.append(f"<li>{back}<div>{found['answer'].strip()}</div></li>")
        to = f'<a id="question-{number}" href="#answer-{number}">Answer {number}</a>'
        return f'<p class="to-answer">{to}</p>'

    inner = _ANSWER.sub(link, inner)
    if not answers:
        return inner
    heading = '<h2 id="answers-of-this-page">Answers</h2>'
    return f'{inner}<section>{heading}<ul class="answers">{"".join(answers)}</ul></section>'
