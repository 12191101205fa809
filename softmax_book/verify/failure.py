"""What a failed check says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from softmax_book.verify.update import Edit


class Skipped(Exception):
    """A block is skipped, for a reason and until a day."""


@dataclass(frozen=True)
class Failure:
    """What is wrong, where, and what would accept it: edits of the page, or a drawing to write."""

    path: str
    line: int
    message: str
    details: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    drawing: tuple[Path, str] | None = None

    @property
    def can_be_accepted(self) -> bool:
        """Whether --update would rewrite this place."""
        return bool(self.edits) or self.drawing is not None

    def __str__(self) -> str:
        lines = [f"{self.path}:{self.line}: {self.message}", *(f"    {detail}" for detail in self.details)]
        if self.can_be_accepted:
            lines.append("    if the new value is right, accept it: pytest --update")
        return "\n".join(lines)
