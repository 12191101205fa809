from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from softmax_book.hooks.notebooks import of_lab, of_page
from softmax_book.hooks.portable import targets
from softmax_book.verify.blocks import Kind
from softmax_book.verify.compare import compare
from softmax_book.verify.page import Page

ROOT = Path(__file__).parents[2]
CHAPTERS = ROOT / "docs" / "chapters"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PAGES = sorted(p for p in CHAPTERS.rglob("*.md") if not p.name.endswith(".ko.md"))
RUN = CHAPTERS / "softmax" / "temperature.md"  # it raises, it has code in boxes, and it takes no time

PAGE = """# A page { #page }

<!-- python
SECRET = 1
-->

It takes 0.67<!--= SECRET --> of all:

```python
p = 0.67

p
```

```output
0.67
```

!!! question "Predict"

    ??? success "Answer"

        <!-- raises: ZeroDivisionError -->
        ```python
        if p:
            1 / 0
        ```

        ```output
        ZeroDivisionError: division by zero
        ```
"""
LAB = """# %% [markdown]
# # A lab
#
# Text with $x$<!--= 1 -->.

# %% alt="A line that rises"
1 + 1

# %% [markdown]
# *A caption.*

# %%
print("two")
"""


def read(notebook: str) -> Any:
    found = nbformat.reads(notebook, as_version=4)
    nbformat.validate(found)
    return found


def sources(notebook: str, kind: str) -> list[str]:
    return [cell.source for cell in read(notebook).cells if cell.cell_type == kind]


def test_there_are_pages() -> None:
    assert len(PAGES) >= 49


@pytest.fixture(params=PAGES, ids=lambda p: str(p.relative_to(CHAPTERS)))
def page(request: pytest.FixtureRequest) -> Page:
    return Page(request.param.read_text(encoding="utf-8"), str(request.param))


def taken_along(page: Page) -> str:
    folder = Path(page.path).parent
    figures = [t for t in targets(page.text) if t.endswith(".svg")]
    return of_page(page.text, [(f, (folder / f).read_text(encoding="utf-8")) for f in figures])


# Engine comments, holders, attribute lists, boxes, outputs, links that are dead on a reader's disk.
LEFT_OVER = re.compile(
    r"<!--|[\U000f1000-\U000fffff]|\{ [#.]|^ *(?:!!!|\?\?\?)|```output|\]\([^):\s]+\.(?:md|py|svg)",
    re.MULTILINE,
)
WORD = re.compile(r"[^\W_]{2,}")
ANSWER = re.compile(r"(?:^ *\S.*\n)+? *\{ \.answer \}", re.MULTILINE)
BOX = re.compile(r'^ *(?:!!! \w+|\?\?\? \w+ "[^"\n]*")', re.MULTILINE)


def faults(page: Page, notebook: str) -> list[str]:
    """What is wrong with a page's notebook: one word or more for each kind of fault."""
    code, text = sources(notebook, "code"), "\n\n".join(sources(notebook, "markdown"))
    found = [] if [f"{c}\n" for c in code] == [b.body for b in page.of(Kind.CODE)] else ["other code"]
    found += [f"hidden: {b.body}" for b in page.of(Kind.HIDDEN) if b.body.strip() in text]
    found += [f"left over: {left}" for left in LEFT_OVER.findall(text)]
    prose = page.prose
    for answer in ANSWER.finditer(page.text):  # a field on the site, nothing in a notebook
        prose = prose[: answer.start()] + " " * len(answer[0]) + prose[answer.end() :]
    said = iter(WORD.findall("\n".join(cell.source for cell in read(notebook).cells)))
    lost = [word for word in WORD.findall(BOX.sub("", prose)) if word not in said]
    return found + [f"lost: {word}" for word in lost[:1]]


def test_a_notebook_has_the_visible_code_and_all_the_text_of_its_page(page: Page) -> None:
    assert faults(page, taken_along(page)) == []


@pytest.mark.parametrize(
    ("wanted", "other", "fault"),
    [
        ("p = 0.67", "p = 0.68", "other code"),
        ("        if p", "         if p", "other code"),
        ("all:", "all: SECRET = 1", "hidden: SECRET = 1\n"),
        ("all:", "all: `<!--`", "left over: <!--"),
        ("all:", "all: `[a](b.md)`", "left over: ](b.md"),
        ("all:", "all: \U000f1234", "left over: \U000f1234"),
        ("It takes", "It gives", "lost: takes"),
        ("Predict", "Answer", "lost: Predict"),
    ],
)
def test_each_fault_of_a_notebook_is_found(wanted: str, other: str, fault: str) -> None:
    page = Page(PAGE)
    assert faults(page, of_page(PAGE)) == []
    assert faults(page, of_page(PAGE.replace(wanted, other))) == [fault]


def test_code_that_is_to_raise_does_not_end_the_run() -> None:
    cells = [cell for cell in read(of_page(PAGE)).cells if cell.cell_type == "code"]
    assert [cell.metadata.get("tags", []) for cell in cells] == [[], ["raises-exception"]]


def test_a_listing_is_shown_and_says_how_to_call_it() -> None:
    page = "<!-- listing: package.module.solve -->\n```python\ndef solve():\n    ...\n```\n\nAfter.\n"
    (text,) = sources(of_page(page), "markdown")
    assert "```python\ndef solve():\n    ...\n```\n\n*This listing" in text
    assert text.endswith("`from package.module import solve`.\n\nAfter.")
    assert sources(of_page(page), "code") == []


def test_a_listing_of_a_file_is_only_shown() -> None:
    text = sources(of_page("# A\n\n<!-- listing: a/b.md -->\n```markdown\n# B\n```\n"), "markdown")[0]
    assert text.endswith("```markdown\n# B\n```")


def test_code_that_is_skipped_is_shown_with_its_output_and_not_run() -> None:
    page = "<!-- skip: no net until 2999-01-01 -->\n```python\nfetch()\n```\n\n```output\n1\n```\n"
    (text,) = sources(of_page(page), "markdown")
    assert text.endswith("```python\nfetch()\n```\n\n```output\n1\n```")


def test_the_first_cell_says_where_the_notebook_comes_from_and_what_it_needs() -> None:
    first = sources(of_page(PAGE, address="https://book.example/page/"), "markdown")[0]
    assert first.startswith("# A page\n\n> [This page](https://book.example/page/) of The Softmax Book")
    assert '`pip install -e ".[data]"`' in first
    assert "data" in PROJECT["optional-dependencies"]
    assert sources(of_page(PAGE), "markdown")[0].startswith("# A page\n\n> This page of The Softmax Book")


def test_the_same_page_gives_the_same_notebook() -> None:
    assert of_page(PAGE) == of_page(PAGE)


def test_the_notebook_of_a_lab_holds_its_cells_and_no_output() -> None:
    cells = read(of_lab(LAB)).cells
    assert cells[0].source.endswith("\n\nText with $x$.")
    assert [cell.source for cell in cells[1:]] == ["1 + 1", "*A caption.*", 'print("two")']
    assert [cell.outputs for cell in cells if cell.cell_type == "code"] == [[], []]


def printed(cell: Any) -> str:
    """What a cell printed, as a page shows it."""
    parts = []
    for output in cell.outputs:
        if output.output_type == "error":
            parts.append(f"{output.ename}: {output.evalue}")
        else:
            parts.append(output.text if output.output_type == "stream" else output.data["text/plain"])
    return "".join(parts).rstrip("\n")


def unlike(page: Page, cells: list[Any]) -> list[str]:
    """The outputs of a page that its cells did not print."""
    outputs = [block.consumer.body if block.consumer else "" for block in page.of(Kind.CODE)]
    return [o for o, cell in zip(outputs, cells, strict=True) if compare(o, printed(cell), [])]


def test_a_notebook_runs_from_top_to_bottom_and_prints_what_the_page_shows(tmp_path: Path) -> None:
    page = Page(RUN.read_text(encoding="utf-8"))
    notebook = read(of_page(page.text))
    ran = NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}, timeout=300).execute()
    cells = [cell for cell in ran.cells if cell.cell_type == "code"]
    assert any(output.output_type == "error" for cell in cells for output in cell.outputs)
    assert unlike(page, cells) == []
    cells[0].outputs[0].data["text/plain"] += " and more"
    assert len(unlike(page, cells)) == 1
