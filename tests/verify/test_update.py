"""Files are whole at every moment, and only what was accepted changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from softmax_book.verify.update import Edit, Updates, apply_edits, write_whole


def test_edits_count_a_windows_line_end_as_one_character() -> None:
    assert apply_edits("a\r\nb\r\nc", [Edit(2, 3, "B\nB")]) == "a\r\nB\r\nB\r\nc"


def test_mixed_line_ends_stay_as_they_are() -> None:
    assert apply_edits("a\nb\r\nc\n", [Edit(4, 5, "C")]) == "a\nb\r\nC\n"


def test_a_byte_order_mark_stays() -> None:
    assert apply_edits("\ufeffab", [Edit(0, 1, "A")]) == "\ufeffAb"


def test_an_interrupted_write_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.md"
    path.write_text("old")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["page.md"]


def test_the_same_edit_twice_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("0.2448")
    updates = Updates()
    for _ in range(2):
        updates.accept(path, (Edit(5, 6, "7"),), None)
    updates.write()
    assert path.read_text() == "0.2447"


def test_a_drawing_is_written_with_its_folder(tmp_path: Path) -> None:
    updates = Updates()
    updates.accept(tmp_path / "page.md", (), (tmp_path / "figures" / "a.svg", "<svg/>"))
    assert updates.write() == [f"drew {tmp_path / 'figures' / 'a.svg'}"]
    assert (tmp_path / "figures" / "a.svg").read_text() == "<svg/>"
