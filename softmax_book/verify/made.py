"""Markdown made of another kind of file, with the origin of each character."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass
class MadeText:
    """Markdown made of a script or a docstring, and where each piece of it came from."""

    text: str = ""
    _made: list[int] = field(default_factory=list)
    _from: list[int] = field(default_factory=list)

    def add(self, piece: str, origin: int) -> None:
        """Append a piece that starts at `origin` in the file."""
        self._made.append(len(self.text))
        self._from.append(origin)
        self.text += piece

    def origin(self, position: int) -> int:
        """Where in the file the character at `position` of the Markdown stands."""
        i = bisect_right(self._made, position) - 1
        return self._from[i] + position - self._made[i]
