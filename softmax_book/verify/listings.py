"""Listings: code that a page shows because it is the package's own, and files shown as they are."""

from __future__ import annotations

import ast
import importlib
import inspect
import textwrap
from pathlib import Path
from typing import Any


def listed(target: str, language: str, root: Path) -> str:
    """The source that a listing must equal: an object's, docstring aside, or a file's below the project root.

    Raises ValueError, saying what was looked for, when there is no such object or file.
    """
    if language != "python" or "/" in target:
        path = root / target
        if not path.is_file():
            raise ValueError(f"there is no file {target}, looked for below the project root")
        return path.read_text(encoding="utf-8")
    return _without_docstring(_source(target))


def same_listing(shown: str, source: str) -> bool:
    """Equal but for white space at line ends and blank lines around."""
    return _tidy(shown) == _tidy(source)


def _tidy(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").split("\n")]


def _source(target: str) -> str:
    module, _, name = target.rpartition(".")
    try:
        found: Any = getattr(importlib.import_module(module), name)
        return textwrap.dedent(inspect.getsource(found))
    except (ImportError, AttributeError, TypeError, ValueError, OSError) as error:
        raise ValueError(f"there is no source of {target!r} ({error}); name it package.object") from None


def _without_docstring(source: str) -> str:
    node = ast.parse(source).body[0]
    if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return source
    first = node.body[0]
    if ast.get_docstring(node) is None or len(node.body) == 1:
        return source
    lines = source.split("\n")
    del lines[first.lineno - 1 : first.end_lineno]
    while not lines[first.lineno - 1].strip():
        del lines[first.lineno - 1]
    return "\n".join(lines)
