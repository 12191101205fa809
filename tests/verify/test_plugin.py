"""The engine switched on in a project that is not this book: any folder of Markdown."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ANOTHER_BOOK = Path(__file__).parent / "another_book"
PAGE = (ANOTHER_BOOK / "manual" / "thirds.md").read_text(encoding="utf-8")


@pytest.fixture
def book(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A foreign project: a folder of Markdown, and the engine switched on."""
    monkeypatch.delenv("CI", raising=False)
    shutil.copytree(ANOTHER_BOOK, pytester.path, dirs_exist_ok=True)
    return pytester


def write(book: pytest.Pytester, name: str, text: str) -> Path:
    path = book.path / "manual" / name
    path.write_text(text, encoding="utf-8")
    return path


def run(book: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return book.runpytest_inprocess("-p", "no:randomly", *arguments)


def test_a_foreign_folder_of_markdown_is_checked(book: pytest.Pytester) -> None:
    result = run(book)
    result.assert_outcomes(passed=7)
    result.stdout.re_match_lines([r"manual/thirds.md\s+2\s+2\s+0\s+0"])


def test_a_wrong_digit_fails_at_its_line(book: pytest.Pytester) -> None:
    write(book, "thirds.md", PAGE.replace("66.7 %", "66.6 %"))
    result = run(book)
    result.assert_outcomes(passed=6, failed=1)
    result.stdout.fnmatch_lines(["manual/thirds.md:12: the text says 66.6, the check gives 66.6666667"])


def test_files_outside_of_the_folder_are_left_alone(book: pytest.Pytester) -> None:
    book.makefile(".md", other=PAGE.replace("0.3333", "0.3334"))
    run(book).assert_outcomes(passed=7)


def test_a_file_may_be_named_beside_a_folder(book: pytest.Pytester) -> None:
    book.makefile(".md", README=PAGE.replace("0.3333", "0.3334"))
    (book.path / "pytest.ini").write_text(
        "[pytest]\naddopts = -p softmax_book.verify.plugin\nverify_docs = manual README.md\n"
    )
    run(book).assert_outcomes(passed=13, failed=1)


def test_one_page_can_be_named(book: pytest.Pytester) -> None:
    write(book, "other.md", PAGE)
    run(book, "manual/other.md").assert_outcomes(passed=7)


def test_the_folder_is_found_from_any_working_folder(
    book: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book.path / "manual")
    run(book, "-c", "../pytest.ini", "thirds.md").assert_outcomes(passed=7)


@pytest.mark.parametrize("item", ["L14-code", "L18-output", "L12-check-c22", "audit"])
def test_a_single_item_runs_what_it_needs(book: pytest.Pytester, item: str) -> None:
    run(book, f"manual/thirds.md::{item}").assert_outcomes(passed=1)


def test_a_single_item_below_broken_code_fails(book: pytest.Pytester) -> None:
    write(book, "thirds.md", PAGE.replace("range(4)", "range(four)"))
    result = run(book, "manual/thirds.md::L18-output")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["manual/thirds.md:18: not checked, because the code at line 3 failed"])


def test_items_of_one_line_have_names_of_their_own(book: pytest.Pytester) -> None:
    listed = run(book, "--collect-only", "-q").outlines
    names = [line for line in listed if "::" in line]
    assert len(names) == len(set(names)) == 7
    assert "manual/thirds.md::L12-check-c22" in names


def test_reported_lines_are_those_of_the_file(book: pytest.Pytester) -> None:
    items, _ = book.inline_genitems("-p", "no:randomly")
    assert [item.reportinfo()[1] for item in items if item.name == "L3-code"] == [2]  # pytest counts from 0


SHUFFLED = """
import random

def pytest_collection_modifyitems(items):
    random.Random({seed}).shuffle(items)
"""


@pytest.mark.parametrize("seed", range(3))
def test_any_order_passes_and_runs_each_block_once(book: pytest.Pytester, seed: int) -> None:
    log = book.path / "ran.txt"
    noted = f'with open({str(log)!r}, "a") as f:\n    f.write("x")\n'
    write(book, "thirds.md", PAGE.replace("thirds = [", noted + "thirds = [", 1))
    write(book, "other.md", PAGE)
    book.makeconftest(SHUFFLED.format(seed=seed))
    run(book).assert_outcomes(passed=14)
    assert log.read_text() == "x"


def test_two_processes_pass(book: pytest.Pytester) -> None:
    write(book, "other.md", PAGE)
    result = book.runpytest_subprocess("-p", "no:randomly", "-n", "2")
    result.assert_outcomes(passed=14)


@pytest.mark.parametrize("threads", [None, "", "2"])
def test_each_of_several_processes_computes_with_one_thread_unless_told_otherwise(
    book: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, threads: str | None
) -> None:
    if threads is None:
        monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    else:
        monkeypatch.setenv("OMP_NUM_THREADS", threads)
    write(
        book,
        "thirds.md",
        '# Threads\n\n```python\nimport os\n\nos.environ["OMP_NUM_THREADS"]\n```\n\n```output\n'
        f"'{threads or 1}'\n```\n",
    )
    result = book.runpytest_subprocess("-p", "no:randomly", "-n", "1")
    result.assert_outcomes(passed=3)


def test_last_failed_runs_only_what_failed(book: pytest.Pytester) -> None:
    write(book, "thirds.md", PAGE.replace("66.7 %", "66.6 %"))
    run(book)
    run(book, "--lf").assert_outcomes(failed=1)


def test_fixtures_do_not_reach_into_a_page(book: pytest.Pytester) -> None:
    book.makeconftest("import pytest\n\n@pytest.fixture(autouse=True)\ndef thirds():\n    return None\n")
    run(book).assert_outcomes(passed=7)


def test_pages_do_not_see_each_other(book: pytest.Pytester) -> None:
    write(book, "a.md", "# A\n\n```python\nname = 1\nprint(name)\n```\n\n```output\n1\n```\n")
    write(book, "b.md", "# B\n\n```python\nprint(name)\n```\n\n```output\n1\n```\n")
    result = run(book, "manual/a.md", "manual/b.md")
    result.stdout.fnmatch_lines(["manual/b.md:4: the code raised NameError: name 'name' is not defined"])


def test_every_page_has_a_name_and_a_folder_of_its_own(book: pytest.Pytester) -> None:
    code = 'import os\n\nopen("note.txt", "x").close()\nprint(__name__, os.listdir())'
    page = f"# Here\n\n```python\n{code}\n```\n\n"
    for name in ("a.md", "b.md"):
        write(book, name, page + "```output\n__main__ ['note.txt']\n```\n")
    run(book, "manual/a.md", "manual/b.md").assert_outcomes(passed=6)
    assert not list(book.path.rglob("note.txt"))


def test_a_skip_is_reported_as_skipped(book: pytest.Pytester) -> None:
    skipped = "<!-- skip: no network here until 2999-01-01 -->\n```python\n1 / 0\n```\n\n```output\n2\n```\n"
    write(book, "thirds.md", PAGE + "\n" + skipped)
    run(book).assert_outcomes(passed=7, skipped=2)


def test_a_file_that_is_not_text_is_named_with_its_line(book: pytest.Pytester) -> None:
    (book.path / "manual" / "thirds.md").write_bytes(b"# Thirds\n\n\xff\xfe\n")
    result = run(book)
    assert result.ret != 0
    result.stdout.fnmatch_lines(["*thirds.md:3: not UTF-8*save the file as UTF-8*"])


def test_a_folder_that_is_not_there_is_a_usage_error(book: pytest.Pytester) -> None:
    (book.path / "pytest.ini").write_text(
        "[pytest]\naddopts = -p softmax_book.verify.plugin\nverify_docs = manul\n"
    )
    result = run(book)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*names 'manul', which is not in*"])


def test_the_doctest_plugin_is_off(book: pytest.Pytester) -> None:
    write(book, "thirds.md", PAGE + "\n    >>> 1 + 1\n    3\n")
    run(book, "--doctest-glob=*.md").assert_outcomes(passed=7)


def test_a_lab_named_on_the_command_line_is_not_imported(book: pytest.Pytester) -> None:
    write(book, "lab.py", "# %%\nthird = 1 / 3\n\n# %% [markdown]\n# It is 0.33<!--= third -->.\n")
    run(book, "manual/lab.py").assert_outcomes(passed=3)
    run(book, "manual").assert_outcomes(passed=10)


MODULE = '''\
"""Thirds."""


def third():
    """A third.

    >>> f"{third():.4f}"
    '0.3333'
    >>> third() / 0
    Traceback (most recent call last):
    ZeroDivisionError: float division by zero
    """
    return 1 / 3
'''


def test_docstrings_are_held_to_the_same_rule(book: pytest.Pytester) -> None:
    (book.path / "pytest.ini").write_text(
        "[pytest]\naddopts = -p softmax_book.verify.plugin\nverify_docstrings = maths\n"
    )
    book.mkpydir("maths")
    module = book.path / "maths" / "thirds.py"
    module.write_text(MODULE)
    run(book, "maths").assert_outcomes(passed=1)
    module.write_text(MODULE.replace("'0.3333'", "'0.3343'"))
    result = run(book, "maths")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["maths/thirds.py:8: the number differs", "*written   '0.3343'"])


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="file modes are those of POSIX")
def test_update_leaves_an_untouched_tree_byte_for_byte(book: pytest.Pytester) -> None:
    path = book.path / "manual" / "thirds.md"
    path.write_bytes(PAGE.replace("\n", "\r\n").encode())
    before, stamp = path.read_bytes(), path.stat()
    run(book, "--update").assert_outcomes(passed=7)
    assert path.read_bytes() == before
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (stamp.st_mtime_ns, stamp.st_ino)


def test_update_rewrites_what_moved_and_nothing_else(book: pytest.Pytester) -> None:
    moved = PAGE.replace("k / 3", "k / 3.5")
    path = write(book, "thirds.md", "")
    path.write_bytes(b"\xef\xbb\xbf" + moved.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    run(book, "--update").assert_outcomes(passed=7)
    wanted = (
        moved.replace("0.3333", "0.2857")
        .replace("0.67", "0.57")
        .replace("66.7", "57.1")
        .replace("2.0000", "1.7143")
    )
    assert path.read_bytes() == b"\xef\xbb\xbf" + wanted.replace("\n", "\r\n").encode()
    assert path.stat().st_mode & 0o777 == 0o640
    run(book).assert_outcomes(passed=7)


def test_update_writes_outputs_that_are_not_there_yet(book: pytest.Pytester) -> None:
    path = write(book, "new.md", "# New\n\n```python\nprint(1)\nprint(2)\n```\n\nDone.\n")
    run(book, "manual/new.md", "--update")
    assert (
        path.read_text() == "# New\n\n```python\nprint(1)\nprint(2)\n```\n\n```output\n1\n2\n```\n\nDone.\n"
    )


def test_update_says_which_numerals_it_left_unproven(book: pytest.Pytester) -> None:
    text = PAGE.replace("Two of them", "One is 0.3333, two of them").replace("k / 3", "k / 3.5")
    write(book, "thirds.md", text)
    result = run(book, "--update")
    result.stdout.fnmatch_lines(["*thirds.md:12: nothing proves the number 0.3333*"])


def test_update_refuses_to_run_in_ci(book: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    result = run(book, "--update")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*never runs in CI*"])


def test_update_refuses_several_processes(book: pytest.Pytester) -> None:
    result = book.runpytest_subprocess("--update", "-n", "2")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*runs in one process; leave out -n*"])


def test_update_writes_a_fence_that_holds_what_was_printed(book: pytest.Pytester) -> None:
    path = write(book, "new.md", "# New\n\n```python\nprint('```')\n```\n")
    run(book, "manual/new.md", "--update")
    assert path.read_text() == "# New\n\n```python\nprint('```')\n```\n\n````output\n```\n````\n"
    run(book, "manual/new.md").assert_outcomes(passed=3)
