"""What the README promises of the project, and what keeps it from drifting."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from mkdocs.config import load_config

from softmax_book.verify.blocks import Kind
from softmax_book.verify.checks import load_page

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = 84  # letters of code that a line of the site shows without scrolling, on a desktop
SHOWING_CODE = sorted(p for pattern in ("*.md", "lab.py") for p in (ROOT / "docs").rglob(pattern))


def requirements() -> list[str]:
    listed = [*PROJECT["project"]["dependencies"], *(r for extra in EXTRAS.values() for r in extra)]
    return [r for r in listed if not r.startswith("softmax-book[")]


def test_every_direct_dependency_is_pinned() -> None:
    """The engine stands on private names of pytest, and a loose range of torch brings GPU libraries."""
    assert requirements()
    assert [r for r in requirements() if not re.fullmatch(r"[\w-]+==[\w.]+", r)] == []


def test_the_base_install_is_what_the_library_imports() -> None:
    assert {r.partition("==")[0] for r in PROJECT["project"]["dependencies"]} == {"torch", "tqdm"}


def test_the_readme_gives_two_commands_that_do_all_their_set_up() -> None:
    commands = re.findall(r"^pip install -e .*$", README, re.MULTILINE)
    assert commands == ['pip install -e ".[book]" && mkdocs serve', 'pip install -e ".[test]" && pytest']
    assert {"book", "test"} <= EXTRAS.keys()


def test_ci_runs_the_command_of_the_readme_and_holds_no_copy_of_it() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    assert '".[test]"' not in script


def test_the_site_is_built_only_after_the_tests() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.index('eval "$tests"') < script.index("mkdocs build")
    assert "set -euo pipefail" in script


def test_every_page_is_in_the_navigation_and_no_chapter_has_a_number() -> None:
    named = set(_leaves(load_config(str(ROOT / "mkdocs.yml"))["nav"]))
    docs = ROOT / "docs"
    pages = {str(p.relative_to(docs)) for p in docs.rglob("*.md") if not p.name.endswith(".ko.md")}
    labs = {str(p.relative_to(docs)) for p in docs.rglob("lab.py")}
    assert pages | labs == named
    assert [p for p in pages if re.search(r"chapters/\d", p)] == []


def _leaves(nav: object) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    parts = nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else []
    return [leaf for part in parts for leaf in _leaves(part)]


def test_every_heading_of_a_page_has_an_id() -> None:
    for path in (ROOT / "docs").rglob("*.md"):
        text = re.sub(
            r"^(`{3,}).*?^\1`*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
        )
        bare = [
            h
            for h in re.findall(r"^#{1,6} .*$", text, re.MULTILINE)
            if not re.search(r"\{ #[\w-]+[^}]* \}", h)
        ]
        assert bare == [], path


def test_the_readme_names_the_pinned_torch() -> None:
    (pinned,) = (r for r in requirements() if r.startswith("torch=="))
    assert set(re.findall(r"torch==[\d.]+", README)) == {pinned}


def too_wide(path: Path) -> list[str]:
    lines = (line for block in load_page(path).of(Kind.CODE) for line in block.body.split("\n"))
    return [line for line in lines if len(line) > SHOWN]


@pytest.mark.parametrize("path", SHOWING_CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_code_fits_the_measure_of_the_page(path: Path) -> None:
    assert too_wide(path) == []


def test_a_line_of_code_that_would_scroll_is_caught(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"```python\n{'x' * SHOWN}\n{'y' * (SHOWN + 1)}\n```\n", encoding="utf-8")
    assert too_wide(page) == ["y" * (SHOWN + 1)]
