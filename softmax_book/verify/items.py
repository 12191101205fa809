"""What Sybil lacks for this engine: names of items, lines counted as pytest wants, plain failures."""

from __future__ import annotations

import os
from typing import Any

import pytest
from sybil import Document, Example, Region, Sybil
from sybil.integration.pytest import SybilFile, SybilItem


class ProofError(AssertionError):
    """What is written is not what the code gives."""


class Labelled(Example):
    """A Sybil example that knows what its item is called; columns tell blocks of one line apart."""

    def __init__(self, document: Document, line: int, region: Region, label: str, column: int = 1) -> None:
        super().__init__(document, line, column, region, {})
        self.label = label if column == 1 else f"{label}-c{column}"


class _Labels(Sybil):
    """Names items by their labels; where files are found is the plugin's business, not Sybil's."""

    def __init__(self) -> None:
        self.fixtures = ()  # Sybil's own looks for its caller's folder, which takes longer than a page

    def identify(self, example: Example) -> str:
        assert isinstance(example, Labelled)
        return example.label


_LABELS = _Labels()


class ProofItem(SybilItem):
    """One block of a page, its audit, or one docstring."""

    def request_fixtures(self, names: Any) -> None:
        """Fixtures take no part: a page is a plain script."""

    def setup(self) -> None:
        """Nothing to set up: the page's own runner does it, once."""

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        return self.path, self.example.line - 1, self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        is_proof = isinstance(excinfo.value, ProofError)
        return str(excinfo.value) if is_proof else super().repr_failure(excinfo, style)

    def _traceback_filter(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:
        return excinfo.traceback


def make_item(parent: SybilFile, example: Labelled) -> ProofItem:
    """The pytest item of an example."""
    return ProofItem.from_parent(parent, sybil=_LABELS, example=example)
