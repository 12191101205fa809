"""Accepted changes, written so that a file is whole at every moment and untouched bytes stay."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Edit:
    """Replace text[start:end] of a file, offsets counted with every line end as one character."""

    start: int
    end: int
    new: str


@dataclass
class Updates:
    """What `--update` is to write: edits of pages and whole files for drawings."""

    edits: dict[Path, list[Edit]] = field(default_factory=dict)
    files: dict[Path, str] = field(default_factory=dict)

    def accept(self, path: Path, edits: tuple[Edit, ...], drawing: tuple[Path, str] | None) -> None:
        """Remember what a failure would have written."""
        if edits:
            self.edits.setdefault(path, []).extend(edits)
        if drawing is not None:
            self.files[drawing[0]] = drawing[1]

    def write(self) -> list[str]:
        """Write everything; one line of report per file."""
        report = []
        for path, edits in sorted(self.edits.items()):
            write_whole(path, apply_edits(read_whole(path), edits).encode())
            report.append(f"updated {path}: {len(edits)} place{'s' if len(edits) > 1 else ''}")
        for path, text in sorted(self.files.items()):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text.encode())
            report.append(f"drew {path}")
        return report


def read_whole(path: Path) -> str:
    """The text of a UTF-8 file with its line ends as they are."""
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ValueError(f"{path}:{line}: not UTF-8 ({error.reason}); save the file as UTF-8") from None


def normalise(text: str) -> str:
    """The text with every line end as one character, and without a byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def apply_edits(text: str, edits: list[Edit]) -> str:
    """Apply edits whose offsets count a Windows line end as one character; all other bytes stay."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix(mark)
    newline = "\r\n" if "\r\n" in body else "\n"
    offsets = _offsets(body)
    for edit in sorted(set(edits), key=lambda e: e.start, reverse=True):
        new = edit.new.replace("\n", newline)
        body = body[: offsets[edit.start]] + new + body[offsets[edit.end] :]
    return mark + body


def _offsets(text: str) -> list[int]:
    """For each offset of the normalised text, the offset in the text as it is."""
    offsets, i = [], 0
    while i < len(text):
        offsets.append(i)
        i += 2 if text.startswith("\r\n", i) else 1
    return [*offsets, len(text)]


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step: whoever looks finds the old bytes or the new ones, never half of them."""
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o644
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
