"""What a plain run leaves out, it says; what the machine lacks, the browser tests say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAYS = "tests/browser: left out; `pytest tests/browser` works the built site in a browser"


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """The book's rule for what is left out, in a project of two tests."""
    pytester.makepyprojecttoml("[tool.pytest.ini_options]\ntestpaths = ['tests']")
    for name in ("tests/test_number.py", "tests/browser/test_page.py"):
        path = pytester.path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("def test_passes(): pass\n", encoding="utf-8")
    rule = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    (pytester.path / "tests" / "conftest.py").write_text(rule, encoding="utf-8")
    return pytester


@pytest.mark.parametrize("arguments", [[], ["tests"], ["."], ["-n", "2"], ["--lf"]], ids=" ".join)
def test_a_run_that_does_not_name_the_browser_tests_leaves_them_out(
    arguments: list[str], project: pytest.Pytester
) -> None:
    result = project.runpytest_inprocess(*arguments)
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines([SAYS])


@pytest.mark.parametrize("argument", ["tests/browser", "tests/browser/test_page.py::test_passes"])
def test_a_run_that_names_them_runs_them(argument: str, project: pytest.Pytester) -> None:
    result = project.runpytest_inprocess(argument)
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*left out*")


def test_a_run_of_something_else_says_nothing_of_them(project: pytest.Pytester) -> None:
    result = project.runpytest_inprocess("tests/test_number.py")
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*left out*")


def browser_tests(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Some of the browser tests on a machine with no browser on its path."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/browser/test_search.py"],
        cwd=ROOT,
        env={"PATH": str(tmp_path), **environment},
        capture_output=True,
        text=True,
    )


def test_without_a_browser_its_tests_are_skipped_with_one_line_that_says_why(tmp_path: Path) -> None:
    ran = browser_tests(tmp_path)
    (line,) = (line for line in ran.stdout.splitlines() if line.startswith("SKIPPED"))
    assert "not installed: " in line
    assert "apt-get install chromium" in line
    assert ran.returncode == 0


def test_in_ci_a_missing_browser_is_a_failure(tmp_path: Path) -> None:
    ran = browser_tests(tmp_path, CI="true")
    assert "not installed: " in ran.stdout
    assert ran.returncode == 1
