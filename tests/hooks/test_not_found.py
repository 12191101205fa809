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


ORIGIN = "https://book.example"


def found(page: str, address: str, home: str) -> object:
    """Where the page at an address takes the site to be, of which `home` is the address."""
    engine = MiniRacer()
    engine.eval(f"""
      const base = {{href: null}}, location = {{origin: "{ORIGIN}", pathname: "{address}"}};
      const document = {{querySelector: () => base}};
      const fetch = async (url) => ({{ok: new URL(url, "{ORIGIN}").href === "{home}assets/book.css"}});
      class URL {{
        constructor(url, base) {{
          this.href = url.startsWith("//") ? "https:" + url : url.startsWith("/") ? base + url : url;
        }}
      }}
      {page.partition("<script>")[2].partition("</script>")[0]}
    """)
    said = json.loads(str(engine.eval("JSON.stringify(base.href)")))
    engine.close()
    return said


@pytest.mark.parametrize("home", [f"{ORIGIN}/", f"{ORIGIN}/some/book/"])
def test_it_finds_the_folder_that_holds_the_site(home: str, page: str) -> None:
    assert found(page, "/some/book/no/such/page/", home) == home
    assert found(page, "/some/book/no/such/page/", f"{ORIGIN}/else/") is None


def test_an_address_that_looks_like_another_host_leads_to_none(page: str) -> None:
    assert found(page, "//other.example/x", "https://other.example/") is None


def test_the_style_it_looks_for_is_published() -> None:
    assert (Path(hooks.__file__).parents[2] / "docs" / "assets" / "book.css").is_file()
