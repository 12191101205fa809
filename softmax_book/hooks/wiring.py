"""The one file that knows MkDocs. Its events, in the order in which they come to a page:

on_page_markdown    engine comments vanish, proven numerals and answers are held; labs become Markdown
on_page_content     marks and links to terms appear, formulas are shelved: what the search index is made of
on_page_context     after the index: figures, formulas, the switch, the count, what answers need
on_post_page        repairs of the theme
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

from jinja2 import FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from softmax_book.hooks import (
    answers,
    drawings,
    explorers,
    faces,
    formulas,
    furniture,
    labs,
    marks,
    notebooks,
    portable,
    runs,
    tables,
    terms,
    theme,
    unbroken,
)
from softmax_book.hooks.finish import finish
from softmax_book.verify.reading import View, read_lab, read_page

_THEME = Path(__file__).parent / "templates" / "theme"
_HOW = "how-this-book-is-checked.md"
_GLOSSARY = "glossary.md"
_CHAPTERS = "chapters/"
_FAULTS = (
    answers.BadAnswer,
    formulas.BadFormula,
    drawings.BadFigure,
    explorers.BadExplorer,
    furniture.NoPlace,
    labs.BadLab,
    runs.LabRaised,
)

# All of these are functions of text alone: while serving, an edit costs no more than the page it changes.
_remembered = lru_cache(maxsize=128)
_read_lab = _remembered(read_lab)
_reveal = _remembered(marks.reveal)
_typeset = _remembered(formulas.typeset)
_read_terms = _remembered(terms.read)
_code_of = _remembered(labs.code_of)
_notebook_of_page = _remembered(notebooks.of_page)
_notebook_of_lab = _remembered(notebooks.of_lab)


@_remembered
def _read_page(markdown: str, uri: str, core: str) -> tuple[View, tuple[answers.Field, ...]]:
    view = read_page(markdown, uri)
    return view, answers.find(markdown, view, core)


@dataclass
class _Known:
    """What is known of a page from its text until it is written."""

    proofs: tuple[marks.Proof, ...]
    proven: int
    how: str | None
    fields: tuple[answers.Field, ...] = ()
    drawings: dict[str, str] = field(default_factory=dict)


_known: dict[str, _Known] = {}
_renders: dict[str, Callable[..., None]] = {}
_set_in: dict[str, set[str]] = {}  # the characters that this build sets in each font
_command = ["build"]


def on_startup(command: str, dirty: bool) -> None:
    _command[0] = command


def on_config(config: MkDocsConfig) -> None:
    """The book's own 404 page; instant navigation, which works only where the site knows its address."""
    config.theme.dirs.insert(0, str(_THEME))
    if config.site_url:
        config.theme["features"] = [*config.theme["features"], "navigation.instant"]
    from mkdocs_jupyter.config import settings

    settings.templates_dir = str(runs.TEMPLATES)
    _set_in.clear()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Beside each page of a chapter, and each lab, its notebook."""
    pages = [f for f in files.documentation_pages() if f.src_uri.startswith(_CHAPTERS)]
    notebooks_of = {_notebook(page): _to_notebook(page, files, config) for page in pages}
    for uri, notebook in notebooks_of.items():
        files.append(File.generated(config, uri, content=notebook))
    return files


def _notebook(page: File) -> str:
    """softmax/softmax-twice.ipynb for softmax/twice.md: on a reader's disk the name has to say what it is."""
    folder, name = posixpath.split(posixpath.splitext(page.src_uri)[0])
    chapter = posixpath.basename(folder)
    return f"{folder}/{chapter if name == 'index' else f'{chapter}-{name}'}.ipynb"


def _to_notebook(page: File, files: Files, config: MkDocsConfig) -> str:
    text = page.content_string
    make = _notebook_of_lab if page.src_uri.endswith(".py") else _notebook_of_page
    found = ((target, _reference(target, page, files, config)) for target in portable.targets(text))
    known = tuple((target, there) for target, there in found if there)
    return make(text, known, urljoin(config.site_url, page.url) if config.site_url else "")


def _reference(target: str, page: File, files: Files, config: MkDocsConfig) -> str | None:
    """What an address in a page names: a figure's SVG, or the address where another page is published."""
    path, mark, anchor = target.partition("#")
    there = posixpath.join(posixpath.dirname(page.src_uri), path)
    found = files.get_file_from_path(posixpath.normpath(there))
    if found and path.endswith(".svg"):
        return found.content_string
    return urljoin(config.site_url, found.url) + mark + anchor if found and config.site_url else None


@event_priority(-100)  # after mkdocs-jupyter
def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """mkdocs-jupyter replaces a lab's `render` by one that runs it; keep that for on_page_markdown."""
    _known.pop(page.file.src_uri, None)
    if render := page.__dict__.pop("render", None):
        _renders[page.file.src_uri] = render
    return page


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    uri = page.file.src_uri
    how_page = files.get_file_from_path(_HOW)
    how = how_page.url_relative_to(page.file) if how_page else None
    if uri in _renders:
        with _naming(page):
            return _lab_markdown(page, config, files, how)
    core = files.get_file_from_path(answers.CORE)
    with _naming(page):
        view, fields = _read_page(markdown, uri, core.content_string if core else "")
    held = _hold(page, markdown, view, how, fields)
    return _with_download(held, "page", page, files)


def _with_download(markdown: str, what: str, page: Page, files: Files) -> str:
    notebook = _notebook(page.file)
    if files.get_file_from_path(notebook) is None:
        return markdown
    return furniture.with_download(markdown, what, posixpath.basename(notebook))


def _cache(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or ".").parent / ".cache"


def _hold(page: Page, text: str, view: View, how: str | None, fields: tuple[answers.Field, ...] = ()) -> str:
    places = [(f.start, f.end) for f in fields]
    held = marks.hold(text, view.comments, view.numerals, places)
    _known[page.file.src_uri] = _Known(held.proofs, view.proven, how, fields)
    return held.text


def _lab_markdown(page: Page, config: MkDocsConfig, files: Files, how: str | None) -> str:
    uri, script = page.file.src_uri, page.file.content_string
    held = _hold(page, script, _read_lab(script, uri), how)

    def run() -> str:
        _renders[uri](config, files)
        return str(page.content)

    given = runs.outputs(uri.replace("/", "-"), _code_of(script), _cache(config) / "labs", run)
    lab = labs.to_markdown(held, given)
    _known[uri].drawings = lab.drawings
    return _with_download(lab.markdown, "lab", page, files)


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """What the search index is made of: marked text, formulas as TeX, captions but no drawings."""
    _clean_titles(page.toc)
    if isinstance(page.title, str):
        page.title = unbroken.join(marks.release(page.title))
    with _naming(page):
        held = unbroken.mend(tables.align(formulas.shelve(content)))
        known = _known[page.file.src_uri]
        return answers.fill(_reveal(_with_terms(held, page, files), known.proofs), known.fields)


def _with_terms(content: str, page: Page, files: Files) -> str:
    uri, glossary = page.file.src_uri, files.get_file_from_path(_GLOSSARY)
    if glossary is None or not uri.startswith(_CHAPTERS):
        return content
    known = _read_terms(glossary.content_string)
    return terms.link(content, known, glossary.url_relative_to(page.file), here=uri)


def _clean_titles(items: Any) -> None:
    for item in items:
        item.title = unbroken.join(formulas.without_delimiters(marks.release(item.title)))
        _clean_titles(item.children)


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """While serving, the theme's templates are compiled once, not at every edit."""
    if _command[0] == "serve":
        folder = _cache(config) / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = FileSystemBytecodeCache(str(folder))
    return env


@event_priority(-100)  # after the search index was taken
def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    known = _known[page.file.src_uri]

    def load(src: str) -> str:
        if src in known.drawings:
            return known.drawings[src]
        published = posixpath.normpath(posixpath.join(posixpath.dirname(page.url), src))
        path = Path(config.site_dir, unquote(published))
        if not path.is_file():
            raise drawings.BadFigure(f"there is no figure {src}; `pytest --update` draws it")
        return path.read_text(encoding="utf-8")

    with _naming(page):
        content = explorers.place(
            page.content or "", _explorers(config), lambda uri: get_relative_url(uri, page.url)
        )
        content = drawings.inline(content, load)
        content = _typeset(content, known.proofs)
        if page.is_homepage and config.extra.get("pdf"):
            content = furniture.with_book(content, config.extra["pdf"])
    if _command[0] != "serve":
        for font, characters in faces.used(content).items():
            _set_in.setdefault(font, set()).update(characters)
    if known.proofs:
        content = furniture.with_switch(content)
    if known.fields:
        name = posixpath.splitext(page.file.src_uri)[0]
        content = answers.with_progress(content, name, get_relative_url(answers.VIEW, page.url))
    page.content = furniture.with_count(content, known.proven, known.how)
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    output = theme.repair_page(output)
    return output if _command[0] == "serve" else faces.ready_early(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    return theme.repair_page(output_content)


def on_post_build(config: MkDocsConfig) -> None:
    site = Path(config.site_dir)
    for script in site.glob("assets/javascripts/bundle.*.js"):
        script.write_text(theme.without_foreign_hosts(script.read_text(encoding="utf-8")), encoding="utf-8")
    if _command[0] != "serve":
        finish(site, _set_in)


def _explorers(config: MkDocsConfig) -> list[str]:
    """Their names: the folders below docs/explorers that have a view."""
    return [view.parent.name for view in Path(config.docs_dir).glob("explorers/*/view.mjs")]


@contextmanager
def _naming(page: Page) -> Iterator[None]:
    """Faults name the page they were found on."""
    try:
        yield
    except _FAULTS as fault:
        raise PluginError(f"{page.file.src_uri}: {fault}") from fault
