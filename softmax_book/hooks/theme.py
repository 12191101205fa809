"""Repairs of the theme's HTML and scripts: names that screen readers need, and no other host."""

from __future__ import annotations

import re

_NAMELESS_SEARCH = 'data-md-component="search" role="dialog">'
_NAMED_SEARCH = 'data-md-component="search" role="dialog" aria-label="Search">'

# The theme would ask the code host for stars and forks; the link to the repository stays.
_ASKS_CODE_HOST = ' data-md-component="source"'

# Polyfills, diagrams, facts on repositories: the theme's script would fetch them, the book does not use them.
_FOREIGN = re.compile(r"https://(?:unpkg\.com|api\.github\.com|gitlab\.com|api\.gitlab\.com)/")


# A section with a page of its own unfolds by a button beside its link, which has an icon and no name.
_NAMELESS_SECTION = re.compile(
    r'<span class="md-ellipsis">\s*(?P<title>[^<]+?)\s*</span>\s*</a>\s*'
    r'<label class="md-nav__link[^"]*" for="(?P<id>__nav_\w+)" id="(?P=id)_label"[^>]*>'
)


def repair_page(page: str) -> str:
    """A page of the theme with search and sections named, and with nothing that asks another host."""
    page = page.replace(_NAMELESS_SEARCH, _NAMED_SEARCH).replace(_ASKS_CODE_HOST, "")
    return _NAMELESS_SECTION.sub(
        lambda section: f'{section[0]}<span class="unseen">{section["title"]}</span>', page
    )


def without_foreign_hosts(script: str) -> str:
    """The theme's script with no address of another host left in it to fetch from."""
    return _FOREIGN.sub("data:,", script)
