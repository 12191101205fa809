"""The built site as files, made light. While serving none of this is done, for it takes time."""

from __future__ import annotations

import shutil
from pathlib import Path

from softmax_book.hooks import faces, offline

_OUR_SCRIPTS = ("answers/*", "assets/*", "explorers/*/*")


def finish(site: Path, set_in: dict[str, set[str]]) -> None:
    """Scripts and styles without comments, fonts cut to what the pages set in them, and what keeps the book.

    `set_in` names for each font the characters that formulas set in it.
    """
    for path in (path for pattern in _OUR_SCRIPTS for path in site.glob(pattern)):
        if path.suffix in (".css", ".js", ".mjs"):
            _write(path, minified(_read(path), path.suffix))
    style, fonts = site / faces.STYLE, (site / faces.STYLE).parent / "fonts"
    _write(style, faces.embed(_read(style), set_in, lambda name: (fonts / name).read_bytes()))
    shutil.rmtree(fonts)
    files = {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    _write(site / offline.WORKER, offline.worker(files))


def minified(text: str, suffix: str) -> str:
    """A script or a style sheet without comments and indentation; another file as it is."""
    import rcssmin
    import rjsmin

    if suffix in (".js", ".mjs"):
        return str(rjsmin.jsmin(text))
    return str(rcssmin.cssmin(text)) if suffix == ".css" else text


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
