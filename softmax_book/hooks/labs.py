"""A lab, a script in percent format, as the Markdown of a page.

The page is made like any other from then on: same headings, formulas, code blocks, figures and marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import jupytext

from softmax_book.verify.blocks import fence_around

Output = dict[str, Any]

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_CELL_ATTRIBUTES = re.compile(r"<(table|thead|tbody|tr|th|td)\b[^>]*>")


class BadLab(ValueError):
    """A lab that cannot be shown; the message says which cell and why."""


@dataclass
class LabPage:
    """The Markdown of a lab's page, and the drawings that its images name."""

    markdown: str = ""
    drawings: dict[str, str] = field(default_factory=dict)


def parse(script: str) -> Any:
    """The cells of a script, as a notebook without outputs."""
    return jupytext.reads(script, fmt="py:percent")


def code_of(script: str) -> list[str]:
    """The sources of a script's code cells: all that decides what it prints, the package aside."""
    return [cell.source for cell in parse(script).cells if cell.cell_type == "code"]


def to_markdown(script: str, outputs: list[list[Output]]) -> LabPage:
    """The page of a script whose code cells gave `outputs`.

    Raises BadLab for what cannot be shown: a drawing without text for those who cannot see it, a bitmap.
    """
    page = LabPage()
    given = iter(outputs)
    parts = []
    for number, cell in enumerate(parse(script).cells, start=1):
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        elif cell.cell_type == "code" and cell.source.strip():
            parts += [_fence("python", cell.source), *_shown(next(given), cell.metadata, number, page)]
        elif cell.cell_type == "code":
            next(given)
    page.markdown = "\n\n".join(parts) + "\n"
    return page


def _fence(language: str, body: str) -> str:
    ticks = fence_around(body)
    return f"{ticks}{language}\n{body.rstrip()}\n{ticks}"


def _shown(outputs: list[Output], metadata: Any, number: int, page: LabPage) -> list[str]:
    """The outputs of one cell as Markdown; text that follows text is one block."""
    shown: list[str] = []
    text = ""
    for output in outputs:
        data = output.get("data", {})
        if "image/svg+xml" in data:
            shown += [_output(text), _figure(_joined(data["image/svg+xml"]), metadata, number, page)]
            text = ""
        elif any(kind.startswith("image/") for kind in data):
            raise BadLab(
                f"cell {number} draws a bitmap; draw with softmax_book.plotting.figure, which gives SVG"
            )
        elif table := _TABLE.search(_joined(data.get("text/html", ""))):
            shown += [_output(text), _CELL_ATTRIBUTES.sub(r"<\1>", table[0])]
            text = ""
        else:
            text += _printed(output)
    return [part for part in [*shown, _output(text)] if part]


def _printed(output: Output) -> str:
    """The text of an output. Warnings and progress, on stderr, speak of the machine and are not shown."""
    if output["output_type"] == "stream":
        return _joined(output["text"]) if output["name"] == "stdout" else ""
    text = _joined(output.get("data", {}).get("text/plain", ""))
    return text + "\n" if text else ""


def _output(text: str) -> str:
    plain = ANSI.sub("", text)
    return _fence("output", plain) if plain.strip() else ""


def _figure(svg: str, metadata: Any, number: int, page: LabPage) -> str:
    alt = metadata.get("alt", "").strip()
    if not alt:
        raise BadLab(
            f'cell {number} draws, so it needs a text that says the same: start it with # %% alt="…"'
        )
    name = f"drawing:{len(page.drawings) + 1}.svg"  # a scheme of its own: MkDocs looks for no such file
    page.drawings[name] = svg
    return f"![{_escaped(alt)}]({name})"


def _escaped(text: str) -> str:
    return re.sub(r"([\\\[\]*_`$<])", r"\\\1", text)


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
