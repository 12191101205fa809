"""Runs the blocks of a page in order, lazily and once: asking for one runs what stands before it."""

from __future__ import annotations

import ast
import contextlib
import io
import re
import symtable
from dataclasses import dataclass, field
from typing import Any

from softmax_book.verify.blocks import Block, Kind
from softmax_book.verify.comments import parse_check
from softmax_book.verify.isolation import World
from softmax_book.verify.page import Page
from softmax_book.verify.taps import TAP, Ledger, TapFormats, tap, tapped_tensors

_FORMATS = re.compile(r"""\b[fF][rR]?["']|\b[rR][fF]["']|\bformat\b""")
"""Code without any of these formats nothing."""

Watched = tuple[list[Any], dict[str, tuple[int, int]]]
"""Random states and settings; the identity and the version (tensors count their changes) of names."""


def _version(value: Any) -> int:
    try:
        return int(value._version)
    except (AttributeError, RuntimeError, TypeError, ValueError):  # no tensor, or one that keeps no count
        return 0


def _meddling(before: Watched, after: Watched) -> str:
    """What hidden code or a check changed that only visible code may change; empty if nothing."""
    if len(before[0]) == len(after[0]) and before[0] != after[0]:
        return "moves the random state or a setting; draw and set in visible code"
    changed = sorted(n for n in after[1] if after[1][n] != before[1].get(n))
    if changed:
        return f"binds or changes {changed[0]!r}, which visible code reads; use another name"
    return ""


@dataclass
class Ran:
    """What became of a block: what it printed, what a check gave, what went wrong."""

    printed: str = ""
    ledger: Ledger = field(default_factory=list)
    value: Any = None
    error: BaseException | None = None
    meddled: str = ""


class Runner:
    """One page, one namespace, one world."""

    def __init__(self, page: Page, names: dict[str, Any] | None = None) -> None:
        self.page = page
        self.namespace: dict[str, Any] = {"__name__": "__main__", **(names or {})}
        self.results: dict[Block, Ran] = {}
        self.broken: Block | None = None
        self._queue = [b for b in page.blocks if b.runs]
        self.read_in_the_open = set().union(*(names_read(b.body) for b in page.of(Kind.CODE)))
        self._watched: Watched | None = None  # as the last check left it
        self._world = World("\n".join(b.body for b in self._queue))

    def run_to(self, block: Block | None) -> None:
        """Run everything up to a block, it included, and the checks that follow it; None runs the whole page.

        Checks change nothing, so that running them ahead of time is safe, and the page is entered less often.
        """
        if not self._due(block):
            return
        with self.world():
            while self._due(block):
                self._step(self._queue.pop(0))

    def world(self) -> contextlib.AbstractContextManager[None]:
        """Enter the page's surroundings."""
        return self._world.entered()

    def _due(self, block: Block | None) -> bool:
        if not self._queue or self.broken is not None:
            return False
        following = self._queue[0]
        return block is None or following.start <= block.start or following.kind is not Kind.CODE

    def _step(self, block: Block) -> None:
        if block.kind is Kind.CODE:
            ran = self._execute(block)
            self._watched = None
        else:
            before = self._watched or self._watch()
            ran = self._execute(block) if block.kind is Kind.HIDDEN else self._evaluate(block)
            self._watched = self._watch()
            ran.meddled = _meddling(before, self._watched)
        self.results[block] = ran
        if block.kind in (Kind.CODE, Kind.HIDDEN) and ran.error and "raises" not in block.directives:
            self.broken = block

    def _watch(self) -> Watched:
        """What only visible code may change: random states, settings, and what the names it reads hold."""
        held = {name: self.namespace[name] for name in self.read_in_the_open if name in self.namespace}
        return self._world.watched(), {n: (id(v), _version(v)) for n, v in held.items()}

    def _execute(self, block: Block) -> Ran:
        ran, out = Ran(), io.StringIO()
        self.namespace[TAP] = lambda value: tap(value, ran.ledger)
        try:
            statements, last = self._compiled(block)
            with tapped_tensors(ran.ledger), contextlib.redirect_stdout(out):
                exec(statements, self.namespace)
                if last is not None:
                    value = eval(last, self.namespace)
                    if value is not None:
                        print(repr(value))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # code that exits is code that fails
            ran.error = error
            if "raises" in block.directives:
                out.write(f"{type(error).__name__}: {error}\n")
        ran.printed = out.getvalue().rstrip("\n")
        return ran

    def _compiled(self, block: Block) -> tuple[Any, Any]:
        """The statements of a block, and its last expression apart, as a notebook shows it."""
        above = "\n" * (self.page.line(block.body_start) - 1)  # tracebacks count the lines of the page
        tree = ast.parse(above + block.body, self.page.path)
        if _FORMATS.search(block.body):
            TapFormats().visit(tree)
            ast.fix_missing_locations(tree)
        last = None
        shows = block.kind is Kind.CODE and not block.body.rstrip().endswith(";")
        if shows and tree.body and isinstance(tree.body[-1], ast.Expr):
            shown = tree.body.pop()
            assert isinstance(shown, ast.Expr)
            last = compile(ast.Expression(shown.value), self.page.path, "eval")
        return compile(tree, self.page.path, "exec"), last

    def _evaluate(self, block: Block) -> Ran:
        ran = Ran()
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                ran.value = eval(compile(parse_check(block.body), self.page.path, "eval"), self.namespace)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            ran.error = error
        return ran

    def close(self) -> None:
        """Let go of everything that the page built."""
        self.namespace.clear()
        self.results.clear()
        self._world.close()


def names_bound(source: str) -> set[str]:
    """The names that code binds at its top level."""
    return {s.get_name() for s in _symbols(source) if s.is_assigned() or s.is_imported()}


def names_read(source: str) -> set[str]:
    """The page-level names that code reads, inside functions too."""
    table = _table(source)
    return set() if table is None else _reads(table)


def _reads(table: symtable.SymbolTable) -> set[str]:
    top = table.get_type() == "module"
    here = {s.get_name() for s in table.get_symbols() if s.is_referenced() and (top or s.is_global())}
    return here.union(*(_reads(child) for child in table.get_children()))


def _symbols(source: str) -> list[symtable.Symbol]:
    table = _table(source)
    return [] if table is None else table.get_symbols()


def _table(source: str) -> symtable.SymbolTable | None:
    try:
        return symtable.symtable(source, "<block>", "exec")
    except SyntaxError:
        return None
