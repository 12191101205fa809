"""The page for unknown addresses, which a host serves at any depth, of a site that stands below any path."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from py_mini_racer import MiniRacer

from softmax_book import hooks

TEMPLATES = Path(hooks.__file__).parent / "templates" / "theme"


def entry(title: str, url: str = "", children: list[Any] | None = None) -> SimpleNamespace:
    is_index = url.count("/") == 2
    return SimpleNamespace(title=title, url=url, children=children, is_page=not children, is_index=is_index)


@pytest.fixture(scope="module")
def page() -> str:
    pages = [entry("Front", "chapters/surprise/"), entry("KL", "chapters/surprise/kl/")]
    chapter = entry("Surprise", children=pages)
    items = [entry("Home"), entry("Part", children=[chapter])]
    template = Environment(loader=FileSystemLoader(TEMPLATES)).get_template("404.html")
    config = SimpleNamespace(site_name="The Book")
    return template.render(base_url="/book", config=config, nav=SimpleNamespace(items=items))


def test_it_links_to_home_and_every_page_and_searches(page: str) -> None:
    links = dict(re.findall(r'<li><a href="([^"]*)">([^<]*)</a>', re.sub(r"\s*\n\s*", "", page)))
    assert links == {"./": "Home", "chapters/surprise/": "Surprise", "chapters/surprise/kl/": "KL"}
    assert '<form action="./" role="search">' in page
    assert '<input id="q" name="q"' in page


def test_it_needs_no_file_and_its_links_start_from_where_the_site_is_said_to_be(page: str) -> None:
    assert page.index('<base href="/book/">') < page.index("href=", page.index("<base") + 20)
    assert not re.search(r'rel="stylesheet"|\ssrc=|url\(', page)


@pytest.mark.parametrize(("home", "found"), [("/", "/"), ("/some/book/", "/some/book/"), ("/else/", None)])
def test_it_finds_the_folder_that_holds_the_site(home: str, found: str | None, page: str) -> None:
    engine = MiniRacer()
    engine.eval(f"""
      const base = {{href: null}}, location = {{pathname: "/some/book/no/such/page/"}};
      const document = {{querySelector: () => base}};
      const fetch = async (url) => ({{ok: url === "{home}assets/book.css"}});
      {page.partition("<script>")[2].partition("</script>")[0]}
    """)
    assert engine.eval("JSON.stringify(base.href)") == json.dumps(found)
    engine.close()


def test_the_style_it_looks_for_is_published() -> None:
    assert (Path(hooks.__file__).parents[2] / "docs" / "assets" / "book.css").is_file()
