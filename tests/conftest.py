"""The browser tests have a budget of their own: only who names them runs them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

BROWSER = Path(__file__).parent / "browser"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return True if collection_path == BROWSER and _left_out(config) else None


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if _left_out(config):
        terminalreporter.line(
            "tests/browser: left out; `pytest tests/browser` works the built site in a browser"
        )


def _left_out(config: pytest.Config) -> bool:
    """Whether the command line holds the folder of the browser tests without naming it or anything in it."""
    named = [config.invocation_params.dir / argument.partition("::")[0] for argument in config.args]
    within = any(path.resolve().is_relative_to(BROWSER) for path in named)
    return not within and any(BROWSER.is_relative_to(path.resolve()) for path in named)
