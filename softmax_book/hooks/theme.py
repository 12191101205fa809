"""Repairs of the theme's HTML and scripts: names to be read out, stops for the keyboard, no other host."""

from __future__ import annotations

import re

_NAMELESS_SEARCH = 'data-md-component="search" role="dialog">'
_NAMED_SEARCH = 'data-md-component="search" role="dialog" aria-label="Search">'

# The theme would ask the code host for stars and forks; the link to the repository stays.
_ASKS_CODE_HOST = ' data-md-component="source"'

# Polyfills, diagrams, facts on repositories: the theme's script would fetch them, the book does not use them.
_FOREIGN = re.compile(r"https://(?:unpkg\.com|api\.github\.com|gitlab\.com|api\.gitlab\.com)/")

# A section with a page of its own unfolds by a label beside its link, which has an icon and no name.
_NAMELESS_SECTION = re.compile(
    r'<span class="md-ellipsis">\s*(?P<title>[^<]+?)\s*</span>\s*</a>\s*'
    r'<label class="md-nav__link[^"]*" for="(?P<id>__nav_\w+)" id="(?P=id)_label"[^>]*>'
)

# What unfolds a section is a hidden box. The book's style gives it to the keyboard, in place of its label,
# which would need a script; of its two labels the first is its name.
_SECTION_BOX = re.compile(r'(?P<box><input class="md-nav__toggle[^>]*? id="(?P<id>__nav_\w+)")')
_FOCUSABLE_LABEL = re.compile(r'(<label class="md-nav__link[^>]*?) tabindex="0?"')

# What opens the drawer is a hidden box, too, outside of the page's landmarks; its label is in the header.
_DRAWER_BOX = re.compile(r'<input class="md-toggle" data-md-toggle="drawer"[^>]*>')
_DRAWER_LABEL = '<label class="md-header__button md-icon" for="__drawer">'

# A chapter's front page has no entry in the drawer: the chapter's own opens the list of its other pages.
_FRONT_PAGE = re.compile(
    r'<div class="md-nav__link md-nav__container">\s*'
    r'<a href="(?P<url>[^"]*)" class="md-nav__link md-nav__link--active">(?P<title>.*?)</a>'
    r'(?:(?!<ul\b).)*<ul class="md-nav__list" data-md-scrollfix>',
    re.DOTALL,
)
_CONTENTS = re.compile(r'<nav class="md-nav md-nav--secondary".*?</nav>(?=\s*</div>)', re.DOTALL)


def repair_page(page: str) -> str:
    """A page of the theme with search and sections named, and with nothing that asks another host.

    A front page of a chapter stands in the drawer with its table of contents, as any other page.
    """
    page = _with_boxes(_with_front_page(page))
    page = page.replace(_NAMELESS_SEARCH, _NAMED_SEARCH).replace(_ASKS_CODE_HOST, "")
    return _NAMELESS_SECTION.sub(
        lambda section: f'{section[0]}<span class="unseen">{section["title"]}</span>', page
    )


def _with_boxes(page: str) -> str:
    """The page with its hidden boxes named, the drawer's beside its label, and no label a stop."""
    page = _FOCUSABLE_LABEL.sub(r"\1", _SECTION_BOX.sub(r'\g<box> aria-labelledby="\g<id>_label"', page))
    box = _DRAWER_BOX.search(page)
    if not box:
        return page
    named = box[0].replace(">", ' aria-label="Navigation">')
    return page.replace(box[0], "", 1).replace(_DRAWER_LABEL, named + _DRAWER_LABEL, 1)


def _with_front_page(page: str) -> str:
    front, contents = _FRONT_PAGE.search(page), _CONTENTS.search(page)
    if not front or not contents:
        return page
    link = 'class="md-nav__link md-nav__link--active"'
    label = f'<label {link} for="__toc">{front["title"]}<span class="md-nav__icon md-icon"></span></label>'
    entry = (
        '<li class="md-nav__item md-nav__item--active front-page">'
        '<input class="md-nav__toggle md-toggle" type="checkbox" id="__toc">'
        f'{label}<a href="{front["url"]}" {link}>{front["title"]}</a>{contents[0]}</li>'
    )
    return page[: front.end()] + entry + page[front.end() :]


def without_foreign_hosts(script: str) -> str:
    """The theme's script with no address of another host left in it to fetch from."""
    return _FOREIGN.sub("data:,", script)
