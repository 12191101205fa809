"""What the command that prints the book says where it cannot; a browser prints in tests/browser."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from softmax_book.hooks.chromium import PROGRAMS, NoBrowser, find
from softmax_book.hooks.pdf import main


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """As little as is taken for a site."""
    page = "<title>Book</title><article><h1>Home</h1></article>"
    (tmp_path / "404.html").write_text('<nav aria-label="Pages"><li><a href="./">Home</a></li></nav>')
    (tmp_path / "index.html").write_text(page)
    return tmp_path


def test_both_folder_and_file_have_to_be_named() -> None:
    assert main([]) == "usage: python -m softmax_book.hooks.pdf SITE OUT.pdf"


@pytest.mark.parametrize("module", ["pikepdf", "playwright.sync_api"])
def test_a_package_that_is_missing_is_named_with_the_command_that_installs_it(
    module: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if module != "pikepdf":
        pytest.importorskip("pikepdf", reason='not installed: pip install -e ".[browser]"')
    monkeypatch.setitem(sys.modules, module, None)
    message = main([str(site), str(site / "book.pdf")])
    assert message is not None
    assert module in message
    assert message.endswith('pip install -e ".[browser]"')


def test_a_folder_without_a_site_is_named_with_the_command_that_builds_one(tmp_path: Path) -> None:
    message = main([str(tmp_path), str(tmp_path / "book.pdf")])
    assert message == f"{tmp_path} must hold a site; got none there: mkdocs build --site-dir {tmp_path}"


def test_a_dead_link_ends_in_one_line_and_leaves_the_old_file(site: Path) -> None:
    (site / "index.html").write_text('<article><h1>Home</h1><a href="none/">x</a></article>')
    (site / "book.pdf").write_text("old")
    message = main([str(site), str(site / "book.pdf")])
    assert message == "index.html: a link leads to none/, which the site does not have; got 'none/'"
    assert (site / "book.pdf").read_text() == "old"
    assert sorted(p.name for p in site.iterdir()) == ["404.html", "book.pdf", "index.html"]


def program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_chromium_is_the_one_that_the_variable_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = program(tmp_path, "another")
    program(tmp_path, PROGRAMS[0])
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CHROMIUM", str(named))
    assert find() == str(named)


@pytest.mark.parametrize("name", PROGRAMS)
def test_chromium_is_found_on_the_path(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = program(tmp_path, name)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert find() == str(found)


@pytest.mark.parametrize(
    ("named", "got"), [("", "none of chromium, "), ("/no/such", "CHROMIUM=/no/such, no program")]
)
def test_without_chromium_the_remedy_is_named(
    named: str, got: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CHROMIUM", named)
    with pytest.raises(NoBrowser, match=rf"got {got}.*apt-get install chromium.* variable CHROMIUM"):
        find()
