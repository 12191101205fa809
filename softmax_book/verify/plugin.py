"""Switches the engine on in pytest: `-p softmax_book.verify.plugin` and the option `verify_docs`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sybil import Document, Example, Region
from sybil.integration.pytest import SybilFile

from softmax_book.verify.checks import Checker, load_page
from softmax_book.verify.docstrings import DocstringChecker
from softmax_book.verify.failure import Failure, Skipped
from softmax_book.verify.items import Labelled, ProofError, make_item
from softmax_book.verify.lab import is_lab
from softmax_book.verify.page import expected_count
from softmax_book.verify.report import counts_of, summary
from softmax_book.verify.update import Updates

UPDATES = pytest.StashKey[Updates]()
ROOTS = pytest.StashKey[dict[str, list[Path]]]()
REPORT = pytest.StashKey[list[str]]()
COUNTS = "numbers of this page"
AUDIT = "audit"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("verify", "numbers in documents")
    group.addoption("--update", action="store_true", help="rewrite outputs, checked numerals and drawings")
    parser.addini("verify_docs", "folders and files whose Markdown and labs are checked", "args", [])
    parser.addini("verify_docstrings", "packages whose docstring examples are checked", "args", [])


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.set_blocked("doctest")  # it would run the same examples by its own rule
    config.stash[UPDATES] = Updates()
    if hasattr(config, "workerinput"):  # two threads each on two busy cores cost twenty times the CPU
        os.environ["OMP_NUM_THREADS"] = os.environ.get("OMP_NUM_THREADS") or "1"
    if config.getoption("--update"):
        _refuse_update(config)
    options = ("verify_docs", "verify_docstrings")
    config.stash[ROOTS] = {o: [(config.rootpath / n).resolve() for n in config.getini(o)] for o in options}
    for name in (name for option in options for name in config.getini(option)):
        if not (config.rootpath / name).exists():
            message = f"verify_docs or verify_docstrings names {name!r}, which is not in {config.rootpath}"
            raise pytest.UsageError(message)


def _refuse_update(config: pytest.Config) -> None:
    if os.environ.get("CI"):
        raise pytest.UsageError(
            "--update rewrites files and never runs in CI; run it where you can read the change"
        )
    if getattr(config.option, "numprocesses", None) or hasattr(config, "workerinput"):
        raise pytest.UsageError("--update rewrites files and runs in one process; leave out -n")


# collecting ----------------------------------------------------------------------------------------------


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.File | None:
    config = parent.config
    if _below(file_path, config, "verify_docs") and (file_path.suffix == ".md" or _is_lab(file_path)):
        return ProofFile.from_parent(parent, path=file_path, sybils=[])
    if _below(file_path, config, "verify_docstrings") and file_path.suffix == ".py":
        return DocstringFile.from_parent(parent, path=file_path, sybils=[])
    return None


class _Elsewhere(pytest.File):
    """Stands in for the module that pytest would import of a lab named on its command line."""

    def collect(self) -> Iterable[pytest.Item]:
        return []


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> Any:
    if _below(module_path, parent.config, "verify_docs") and _is_lab(module_path):
        return _Elsewhere.from_parent(parent, path=module_path)
    return None


def _below(path: Path, config: pytest.Config, option: str) -> bool:
    return any(path == root or path.is_relative_to(root) for root in config.stash[ROOTS][option])


def _is_lab(path: Path) -> bool:
    return path.suffix == ".py" and is_lab(path.read_text(encoding="utf-8", errors="replace"))


class ProofFile(SybilFile):
    """A page: its blocks are Sybil regions of one document, judged by one Checker."""

    def collect(self) -> Iterator[pytest.Item]:
        self.left = 0
        try:
            self.checker = Checker(self.path, name=_shown(self), root=self.config.rootpath)
        except ValueError as error:
            raise self.CollectError(str(error)) from None
        document = Document(self.checker.page.text, str(self.path))
        for block in self.checker.blocks():
            document.add(Region(block.start, block.end, parsed=block, evaluator=self._judge))
        end = Region(document.end, document.end, evaluator=self._audit)
        for _, region in document.regions:
            line, column = self.checker.page.line_column(region.start)
            yield make_item(self, Labelled(document, line, region, f"L{line}-{region.parsed.kind}", column))
        yield make_item(self, Labelled(document, 1, end, AUDIT))

    def _judge(self, example: Example) -> None:
        try:
            failures = self.checker.judge(example.parsed)
        except Skipped as reason:
            pytest.skip(str(reason))
        _accept_or_raise(self.config, self.path, failures)

    def _audit(self, example: Example) -> None:
        _accept_or_raise(self.config, self.path, self.checker.audit_failures())

    def counts(self) -> dict[str, int]:
        """How many numbers of the page are proven, and how."""
        return counts_of(self.checker.page, self.checker.audit)

    def close(self) -> None:
        """Let go of the page once its last item has run."""
        self.checker.close()


class DocstringFile(SybilFile):
    """A Python file: each docstring with examples is one item."""

    def collect(self) -> Iterator[pytest.Item]:
        checker = DocstringChecker(self.path, name=_shown(self))
        document = Document(checker.source, str(self.path))
        for start, text in checker.docstrings():
            region = Region(start, start + len(text), parsed=(checker, start, text), evaluator=self._judge)
            line = checker.line(start)
            yield make_item(self, Labelled(document, line, region, f"L{line}-docstring"))

    def _judge(self, example: Example) -> None:
        checker, start, text = example.parsed
        _accept_or_raise(self.config, self.path, checker.check(start, text))


def _shown(node: pytest.File) -> str:
    """How failures call a file: as the user would, from the folder where pytest was called."""
    return os.path.relpath(node.path, node.config.invocation_params.dir)


def _accept_or_raise(config: pytest.Config, path: Path, failures: list[Failure]) -> None:
    """With --update, remember what can be accepted; raise what is left."""
    left = list(failures)
    if config.getoption("--update"):
        left = [f for f in failures if not f.can_be_accepted]
        for failure in failures:
            config.stash[UPDATES].accept(path, failure.edits, failure.drawing)
    if left:
        raise ProofError("\n".join(map(str, left)))


# running and reporting -----------------------------------------------------------------------------------


def pytest_collection_finish(session: pytest.Session) -> None:
    for item in session.items:
        if isinstance(item.parent, ProofFile):
            item.parent.left += 1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    try:
        return (yield)
    finally:
        if item.name == AUDIT and isinstance(item.parent, ProofFile):
            item.user_properties.append((COUNTS, (_shown(item.parent), item.parent.counts())))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    page = item.parent
    if isinstance(page, ProofFile):
        page.left -= 1
        if page.left == 0:
            page.close()
    return (yield)


def pytest_sessionfinish(session: pytest.Session) -> None:
    for page in {item.parent for item in session.items if isinstance(item.parent, ProofFile)}:
        page.close()
    if session.config.getoption("--update"):
        updates = session.config.stash[UPDATES]
        lines = updates.write()
        session.config.stash[REPORT] = lines + [n for path in updates.edits for n in _unproven(path)]


def _unproven(path: Path) -> list[str]:
    """Numerals that an update left behind, such as those bound to a number that is no longer printed."""
    if path.suffix != ".md":
        return []
    page = load_page(path)
    lost = [v.number for v in page.audit(page.bind(expected_count)) if v.how is None]
    return [
        f"{path}:{page.line(n.start)}: nothing proves the number {n.text}; read its sentence again"
        for n in lost
    ]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    reports = [r for kind in ("passed", "failed") for r in terminalreporter.stats.get(kind, [])]
    counts = dict(value for r in reports for key, value in r.user_properties if key == COUNTS)
    if counts:
        terminalreporter.section("numbers a reader sees, by what proves them")
        for line in summary(counts):
            terminalreporter.line(line)
    for line in config.stash.get(REPORT, []):
        terminalreporter.line(line)
