"""The blocks that a page is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

SHOWN = frozenset(
    {"markdown", "bash", "console", "toml", "yaml", "ini", "json", "html", "css", "javascript", "text"}
)
"""Languages that a page may show and that the engine does not run; their numerals are audited like prose."""


class Kind(StrEnum):
    """What a block is, and so what is asked of it."""

    CODE = "code"
    HIDDEN = "hidden"
    OUTPUT = "output"
    CHECK = "check"
    FIGURE = "figure"
    LISTING = "listing"
    SHOWN = "shown"
    OK = "ok"
    COMMENT = "comment"
    PROBLEM = "problem"


RUNS = (Kind.CODE, Kind.HIDDEN, Kind.CHECK, Kind.FIGURE)


@dataclass(eq=False)
class Block:
    """A stretch of a page; `start`, `end` and `body_start` are offsets into the page's text."""

    kind: Kind
    start: int
    end: int
    body: str = ""
    body_start: int = 0
    prefix: str = ""
    language: str = ""
    directives: dict[str, str] = field(default_factory=dict)
    tol: float | None = None
    image: str = ""
    message: str = ""
    producer: Block | None = None
    consumer: Block | None = None

    @property
    def runs(self) -> bool:
        """Whether the runner has something to do here."""
        return self.kind in RUNS and "skip" not in self.directives

    @property
    def is_skipped(self) -> bool:
        """Whether nothing holds this block to anything: it, or the code that prints it, is skipped."""
        return "skip" in self.directives or (self.producer is not None and self.producer.is_skipped)


def fence_around(text: str) -> str:
    """A fence longer than any run of backticks in the text it is to hold."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(3, longest + 1)
