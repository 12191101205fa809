"""What the site adds to a page: a switch and a download at its head, at its foot how much is checked."""

from __future__ import annotations

import html
import re

_TITLE = re.compile(r"^# .*\n?", re.MULTILINE)
_TAKE_ALONG = re.compile(r'<h2\b[^>]*\bid="take-along".*?</h2>', re.DOTALL)
_SWITCH = (
    '<p class="proof-switch"><input type="checkbox" id="show-proofs" autocomplete="off"> '
    '<label for="show-proofs">Show what proves each number</label></p>'
)


class NoPlace(ValueError):
    """A page that lacks the place of what is to be added to it; the message names the place."""


def below_title(markdown: str, paragraph: str) -> str:
    """Markdown with a paragraph more, below its title, or at its top where it has none."""
    title = _TITLE.search(markdown)
    at = title.end() if title else 0
    return f"{markdown[:at]}\n{paragraph}\n{markdown[at:]}"


def with_download(markdown: str, what: str, address: str) -> str:
    """The Markdown of a page with a link to its notebook, which the search is not to find on every page."""
    link = f"[Download this {what} as a notebook]({address}){{ .download download data-search-exclude }}"
    return below_title(markdown, link)


def with_book(page: str, address: str) -> str:
    """The page with a link to the file that holds the whole book. Raises NoPlace."""
    heading = _TAKE_ALONG.search(page)
    if not heading:
        raise NoPlace(f"the link to {address} stands below a heading with the id take-along; got none")
    link = f'<a class="download" download href="{html.escape(address)}">Download the whole book as a PDF</a>'
    return f"{page[: heading.end()]}<p>{link}</p>{page[heading.end() :]}"


def with_switch(page: str) -> str:
    """The page with the switch below its title, or at its top where it has none."""
    head, title_end, rest = page.partition("</h1>")
    return f"{head}{title_end}{_SWITCH}{rest}" if title_end else _SWITCH + page


def with_count(page: str, proven: int, how: str | None) -> str:
    """The page with its count at the foot, linked to the address `how`: of the page that says how, if any."""
    if not proven:
        return page
    subject = "1 number on this page is" if proven == 1 else f"{proven:,} numbers on this page are"
    text = f"{subject} checked by pytest"
    linked = f'<a href="{html.escape(how)}">{text}</a>' if how else text
    return f'{page}<p class="proof-count">{linked}.</p>'
