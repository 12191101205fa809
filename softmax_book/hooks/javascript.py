"""A JavaScript engine for what the site's own scripts, and KaTeX, can do while the site is built."""

from __future__ import annotations

import atexit
import json
import re
from typing import Any

_EXPORT = re.compile(r"^export (?=function|const)", re.MULTILINE)


class Script:
    """The functions of some scripts and modules that import nothing; called with JSON both ways.

    The engine's own objects would keep it busy.
    """

    def __init__(self, *sources: str) -> None:
        from py_mini_racer import MiniRacer

        self._engine = MiniRacer()
        atexit.register(self._close)
        for source in sources:
            self._engine.eval(_EXPORT.sub("", source))

    def call(self, name: str, *arguments: object) -> Any:
        """What the function of that name returns."""
        given = ", ".join(map(json.dumps, arguments))
        return json.loads(str(self._engine.eval(f"JSON.stringify({name}({given}))")))

    def _close(self) -> None:
        """Left to the interpreter's end, the engine's thread may hang, and its last words be an error."""
        del self._engine
