"""A small site built with the book's own mkdocs.yml, and sites that must not build."""

from __future__ import annotations

import base64
import json
import logging
import re
import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

ROOT = Path(__file__).parents[2]
SVG = '<svg viewBox="0 0 9 9"><path style="stroke: #737373"/><text>garbage</text></svg>'

HOME = "# Home\n\nNothing is measured here; [read on](chapters/one/index.md).\n"
GLOSSARY = """# Glossary

### Mass { #mass }

What is shared out; a home has none.

### Home { #home }

A page.
"""
HOW = "# How this book is checked\n\nBy tests.\n"
PAGE = """# One page { #one }

<!-- python
SECRET = "of the author"
-->

```python
p = 0.66524
p
```

```output
0.66524
```

The last takes 66.5 %<!--= 100*p --> of the mass, that is $p = 0.67$<!--= p --> in `0.67`<!--= p -->.

Plain q − r, and `-->`, and [the next lab](../lab/lab.py).

| a | b |
|---|---|
| x | 1 |

![Bars, the last at 0.67<!--= p -->](figures/bars.svg)<!--= fig -->
*The last has 0.67<!--= p -->.*

## The last has 0.67<!--= p -->, not u − v

???+ success "Answer"

    It is 0.67<!--= p -->.

    <!-- python

    SECRET += 1
    -->

````markdown
Shown: 0.33<!--= x -->.
````
"""
ANSWER = """# An answer { #answer }

1. What is left?

    0.3348<!--= 1 - p[2] -->
    0.5777<!--= 1 - twice[2] --> is left by a softmax of a softmax.
    { .answer }

    ??? success "Answer"
        One third.
"""
LAB = """# %% [markdown]
# # A lab of s − t
#
# It prints 0.25<!--= x --> as $x$.
# <!-- ok: SECRET -->

# %%
import sys
from tqdm import tqdm
x = sum(0.125 for _ in tqdm(range(2)))
print(x)

# %% alt="Nothing but paper"
class Paper:
    def _repr_svg_(self):
        return '<svg viewBox="0 0 10 10"><path style="stroke: #737373"/></svg>'
Paper()
"""


def site(folder: Path, pages: dict[str, str], nav: str, command: str = "build") -> Path:
    docs = folder / "docs"
    for name, text in pages.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for folder_of_scripts in ("assets", "answers"):
        (docs / folder_of_scripts).symlink_to(ROOT / "docs" / folder_of_scripts)
    hooks = ROOT / "softmax_book" / "hooks" / "wiring.py"
    settings = f"INHERIT: {ROOT / 'mkdocs.yml'}\nhooks: [{hooks}]\nwatch: []\nnav:\n{nav}"
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    built = folder / "site"
    config = load_config(str(folder / "mkdocs.yml"), site_dir=str(built))
    config.plugins.on_startup(command=command, dirty=False)
    build(config)
    return built


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = {
        "index.md": HOME,
        "glossary.md": GLOSSARY,
        "how-this-book-is-checked.md": HOW,
        "chapters/one/index.md": PAGE,
        "chapters/one/answer.md": ANSWER,
        "chapters/one/index.ko.md": "# KOREAN 0.5\n",
        "chapters/one/figures/bars.svg": SVG,
        "chapters/lab/lab.py": LAB,
    }
    nav = (
        "  - index.md\n"
        "  - Part:\n      - One:\n          - chapters/one/index.md\n          - chapters/lab/lab.py\n"
        "          - chapters/one/answer.md\n"
        "  - glossary.md\n  - how-this-book-is-checked.md\n"
    )
    return site(tmp_path_factory.mktemp("built"), pages, nav)


def article(built: Path, page: str) -> str:
    text = (built / page / "index.html").read_text(encoding="utf-8")
    found = re.search(r"<article.*</article>", text, re.DOTALL)
    assert found
    return found[0]


def published(built: Path, *kinds: str) -> dict[str, str]:
    files = [f for f in built.rglob("*") if f.suffix in kinds]
    assert files
    return {str(f.relative_to(built)): f.read_text(encoding="utf-8") for f in files}


def test_no_comment_and_no_holder_reaches_any_page_or_the_search_index(built: Path) -> None:
    for name, text in published(built, ".html", ".json", ".ipynb").items():
        assert "SECRET" not in text, name
        assert not re.search("[\U000f1000-\U000fffff]", text), name
        assert "<!--" not in text.replace("&lt;!--= x", "").replace("<!--= x", ""), name


def test_proven_numerals_are_marked_on_pages_and_labs(built: Path) -> None:
    assert '<span class="proven" data-proof="100*p">66.5</span>' in article(built, "chapters/one")
    assert '<span class="proven" data-proof="x">0.25</span>' in article(built, "chapters/lab/lab")


def test_a_page_says_how_many_of_its_numbers_are_checked_and_how(built: Path) -> None:
    foot = '<a href="../../how-this-book-is-checked/">8 numbers on this page are checked by pytest</a>'
    assert foot in article(built, "chapters/one")
    assert "1 number on this page is checked by pytest" in article(built, "chapters/lab/lab")
    assert "checked by pytest" not in article(built, "")


def test_only_pages_with_proven_numerals_have_the_switch(built: Path) -> None:
    assert article(built, "chapters/one").count('id="show-proofs"') == 1
    assert "show-proofs" not in article(built, "")


def test_titles_are_clean_wherever_they_stand(built: Path) -> None:
    page = (built / "chapters/one/index.html").read_text(encoding="utf-8")
    toc = re.search(r'<nav class="md-nav md-nav--secondary".*?</nav>', page, re.DOTALL)
    assert toc
    assert "The last has 0.67" in re.sub(r"\s+", " ", toc[0])
    assert "proven" not in toc[0]
    assert 'id="the-last-has-067-not-u--v"' in page
    assert "not u\u00a0−\u00a0v" in toc[0]
    assert "A lab of s\u00a0−\u00a0t" in page.partition('class="md-footer')[2]


def test_the_search_index_holds_text_and_no_drawing(built: Path) -> None:
    index = json.loads((built / "search/search_index.json").read_text(encoding="utf-8"))
    text = " ".join(entry["text"] + entry["title"] for entry in index["docs"])
    assert "The last takes 66.5 % of the mass, that is p = 0.67 in" in text
    assert "garbage" not in text
    assert "katex" not in text
    assert "checked by pytest" not in text
    assert "Download" not in text


def test_an_answer_to_type_is_on_its_page_and_not_in_the_search_index(built: Path) -> None:
    page = article(built, "chapters/one/answer")
    assert '<exercise-answer data-answer="0.3348"' in page
    assert '<answer-progress data-page="chapters/one/answer">' in page
    assert '<script type="module" src="../../../answers/view.mjs">' in page
    assert (built / "answers/view.mjs").is_file()
    assert "2 numbers on this page are checked by pytest" in page
    index = (built / "search/search_index.json").read_text(encoding="utf-8")
    assert "What is left?" in index
    assert not re.search(r"0\.3348|0\.5777|left by", index)
    assert "answer-progress" not in article(built, "chapters/one")


def test_figures_and_their_captions_are_part_of_the_page(built: Path) -> None:
    page = article(built, "chapters/one")
    assert '<figure class="figure"><svg' in page
    assert 'aria-label="Bars, the last at 0.67"' in page
    assert '<figcaption>The last has <span class="proven" data-proof="p">0.67</span><span' in page
    assert (built / "chapters/one/figures/bars.svg").is_file()


def test_what_belongs_together_stays_on_one_line_and_numbers_are_aligned(built: Path) -> None:
    page = article(built, "chapters/one")
    assert "q\u00a0−\u00a0r" in page
    assert '<code class="unbroken">--&gt;</code>' in page
    assert '<td style="text-align: right;">' in page


def test_a_term_of_the_glossary_is_a_link_where_a_chapter_uses_it(built: Path) -> None:
    link = '<a class="term" href="../../glossary/#mass" title="What is shared out; a home has none.">mass</a>'
    assert article(built, "chapters/one").count(link) == 1
    assert 'class="term"' not in article(built, "glossary")


def test_a_front_page_of_a_chapter_has_its_contents_in_the_drawer(built: Path) -> None:
    page = (built / "chapters/one/index.html").read_text(encoding="utf-8")
    drawer = page.partition('data-md-type="navigation"')[2].partition('data-md-type="toc"')[0]
    assert "#the-last-has-067-not-u--v" in drawer.partition("front-page")[2]
    assert "front-page" not in (built / "chapters/lab/lab/index.html").read_text(encoding="utf-8")


def test_the_page_for_unknown_addresses_is_the_books_own(built: Path) -> None:
    page = (built / "404.html").read_text(encoding="utf-8")
    assert '<base href="/">' in page
    assert '<a href="chapters/one/">One</a>' in page


def test_a_lab_page_is_made_like_a_chapter(built: Path) -> None:
    page = article(built, "chapters/lab/lab")
    assert '<div class="language-python highlight">' in page
    assert '<div class="output no-copy"><pre><code>0.25</code></pre></div>' in page
    assert 'class="katex"' in page
    assert "stroke: currentColor" in page
    assert not re.search(r"<style|<script|jp-|cdnjs", page)
    assert len(page) < 10_000


def test_pages_of_a_chapter_and_labs_can_be_downloaded_as_notebooks(built: Path) -> None:
    notebooks = {"chapters/one": "chapters/one/one.ipynb", "chapters/lab/lab": "chapters/lab/lab-lab.ipynb"}
    for page, notebook in notebooks.items():
        link = re.search(
            r'href="([^"]*)"[^>]*>Download this (?:page|lab) as a notebook', article(built, page)
        )
        assert link
        assert (built / page / link[1]).resolve() == built / notebook
    assert "notebook" not in article(built, "")


def test_a_notebook_stands_alone(built: Path) -> None:
    notebook = (built / "chapters/one/one.ipynb").read_text(encoding="utf-8")
    drawing = base64.b64encode(SVG.encode()).decode()
    assert f'src=\\"data:image/svg+xml;base64,{drawing}\\"' in notebook
    assert "and the next lab" in notebook
    assert "It prints 0.25 as $x$." in (built / "chapters/lab/lab-lab.ipynb").read_text(encoding="utf-8")


def test_a_korean_twin_is_not_published_as_english(built: Path) -> None:
    assert not any("KOREAN" in text for text in published(built, ".html", ".json", ".ipynb").values())
    assert not list((built / "chapters").rglob("*ko*"))


FETCHES = [
    r'<(?:link|script|img|iframe|source|image|use)\b[^>]*?\b(?:href|src)="(?:https?:)?//(?P<host>[^"/]+)',
    r'url\(\s*["\']?(?:https?:)?//(?P<host>[^"\'/)]+)',
    r'@import\s+["\'](?:https?:)?//(?P<host>[^"\'/]+)',
    r'(?:fetch|import|\b_t|open)\(\s*["\'`](?:https?:)?//(?P<host>[^"\'`/]+)',
]


def foreign(text: str) -> set[str]:
    return {found["host"] for pattern in FETCHES for found in re.finditer(pattern, text)}


def test_no_page_style_or_script_fetches_from_another_host(built: Path) -> None:
    for name, text in published(built, ".html", ".css", ".js").items():
        assert not foreign(text), name


@pytest.mark.parametrize(
    "text",
    [
        '<link rel="stylesheet" href="https://fonts.example/a.css">',
        '<script src="//cdn.example/a.js"></script>',
        "a { background: url(https://img.example/a.png) }",
        'fetch("https://api.example/x")',
    ],
)
def test_the_search_for_foreign_hosts_finds_one(text: str) -> None:
    assert foreign(text)
    assert not foreign('<a href="https://example.org/">a link that a reader may follow</a>')


def test_nothing_is_said_of_where_the_site_is_published(built: Path) -> None:
    page = (built / "chapters/one/index.html").read_text(encoding="utf-8")
    assert not re.search(r'rel="canonical"|md-source|rel="edit"|navigation\.instant', page)


def test_the_style_sheet_brings_the_fonts_that_the_pages_use(built: Path) -> None:
    style = (built / "assets/vendor/katex/katex.css").read_text(encoding="utf-8")
    assert style.count("data:font/woff2") == style.count("@font-face") == 2  # p, x in italic; 0.67 upright
    assert len(style) < 32_000
    assert not list(built.rglob("*.woff2"))


def test_where_the_site_is_published_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://book.example/softmax/")
    monkeypatch.setenv("REPO_URL", "https://code.example/book")
    monkeypatch.setenv("EDIT_URI", "edit/main/docs/")
    pages = {"index.md": HOW, "chapters/one/index.md": "# One\n\nGo [home](../../index.md).\n"}
    built = site(tmp_path, pages, "  - index.md\n  - chapters/one/index.md\n")
    page = (built / "index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://book.example/softmax/">' in page
    assert '<base href="/softmax/">' in (built / "404.html").read_text(encoding="utf-8")
    assert 'href="https://code.example/book/edit/main/docs/index.md"' in page
    assert "navigation.instant" in page
    assert not re.search(r'data-md-component="source"', page)
    notebook = (built / "chapters/one/one.ipynb").read_text(encoding="utf-8")
    assert "[This page](https://book.example/softmax/chapters/one/) of" in notebook
    assert "Go [home](https://book.example/softmax/)." in notebook


def test_while_serving_fonts_are_left_whole_and_templates_are_kept_compiled(tmp_path: Path) -> None:
    pages = {"index.md": "# Home\n\nHere is $x$.\n"}
    built = site(tmp_path, pages, "  - index.md\n", command="serve")
    assert (built / "assets/vendor/katex/fonts/KaTeX_Math-Italic.woff2").is_file()
    assert 'class="katex"' in article(built, "")
    assert list((tmp_path / ".cache" / "templates").iterdir())


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "a macro that does not exist": (
        {"bad.md": "# Bad\n\nHere is $\\nosuch{1}$.\n"},
        r"bad\.md: '\\\\nosuch\{1\}' is not a formula",
    ),
    "a figure that does not exist": (
        {"bad.md": "# Bad\n\n![Bars](figures/none.svg)\n"},
        r"bad\.md: there is no figure figures/none\.svg",
    ),
    "a figure without a text": (
        {"bad.md": "# Bad\n\n![](a.svg)\n", "a.svg": SVG},
        r"bad\.md: the figure a\.svg has no alternative text",
    ),
    "an answer without a number": (
        {"bad.md": "# Bad\n\nHow many?\n\nthree\n{ .answer }\n"},
        r"bad\.md: line 5: it begins with no proven number",
    ),
    "a lab that raises": (
        {"chapters/bad/lab.py": "# %% [markdown]\n# # Bad\n\n# %%\nraise ValueError('on purpose')\n"},
        r"chapters/bad/lab\.py: (?s:.*)ValueError: on purpose",
    ),
}


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What MkDocs says."""
    said: list[str] = []
    handler = logging.Handler()
    monkeypatch.setattr(handler, "emit", lambda record: said.append(record.getMessage()))
    monkeypatch.setattr(logging.getLogger("mkdocs"), "handlers", [handler])
    return said


@pytest.mark.parametrize("fault", WRONG)
def test_the_build_fails_naming_the_page_of(fault: str, tmp_path: Path, said: list[str]) -> None:
    pages, message = WRONG[fault]
    page = next(iter(pages))
    with pytest.raises(Abort):
        site(tmp_path, {"index.md": HOW, **pages}, f"  - index.md\n  - {page}\n")
    assert re.search(message, "\n".join(said))


def test_a_pdf_is_offered_where_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOK_PDF", "book.pdf")
    home = "# Home\n\n## Take it along { #take-along }\n"
    built = site(tmp_path, {"index.md": home, "other.md": home}, "  - index.md\n  - other.md\n")
    assert 'href="book.pdf">' in article(built, "")
    assert "book.pdf" not in article(built, "other")


def test_without_a_pdf_nothing_is_said_of_one(built: Path) -> None:
    assert "PDF" not in article(built, "")


def test_a_home_page_without_a_place_for_the_pdf_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    monkeypatch.setenv("BOOK_PDF", "book.pdf")
    with pytest.raises(Abort):
        site(tmp_path, {"index.md": HOME.replace("[read on](chapters/one/index.md)", "x")}, "  - index.md\n")
    assert re.search(r"index\.md: the link to book\.pdf", "\n".join(said))


def test_an_edit_of_a_labs_text_does_not_run_it_again(
    tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(built.parent / ".cache", tmp_path / ".cache")
    monkeypatch.setattr("softmax_book.hooks.runs._executed", lambda *_: pytest.fail("run again"))
    edited = LAB.replace("It prints", "Edited: it prints")
    page = article(site(tmp_path, {"index.md": HOW, "chapters/lab/lab.py": edited}, NAV), "chapters/lab/lab")
    assert "Edited: it prints" in page


NAV = "  - index.md\n  - chapters/lab/lab.py\n"
