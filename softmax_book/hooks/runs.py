"""What the code cells of a lab gave, kept until its code, the package or a version changes.

mkdocs-jupyter runs the labs; its cache knows nothing of the code they import, so it is off and this is on.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from softmax_book.hooks.labs import ANSI, Output
from softmax_book.verify.update import write_whole

TEMPLATES = Path(__file__).parent / "templates"
"""Where mkdocs-jupyter finds the template that hands back the executed notebook."""

_PACKAGE = Path(__file__).parents[1]
_DISTRIBUTIONS = ("torch", "numpy", "scikit-learn", "matplotlib", "ipykernel", "nbclient", "tqdm")


class LabRaised(RuntimeError):
    """A cell of a lab raised; the message shows the cell and the error."""


def key(code: list[str], package: Path = _PACKAGE) -> str:
    """A digest of all that decides what the code gives: itself, the text of the package, the versions."""
    digest = hashlib.sha256()
    for path in sorted([*package.rglob("*.py"), *_data(package)]):
        digest.update(f"{path.relative_to(package)}\0".encode() + path.read_bytes() + b"\0")
    versions = {name: _version(name) for name in _DISTRIBUTIONS}
    digest.update(json.dumps([code, platform.python_version(), versions]).encode())
    return digest.hexdigest()[:32]


def _data(package: Path) -> list[Path]:
    return [p for p in (package / "data").rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")]


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "absent"


def outputs(name: str, code: list[str], folder: Path, run: Callable[[], str]) -> list[list[Output]]:
    """What each code cell gave: kept in `folder`, or fresh from `run`.

    `run` executes the lab and returns its notebook as JSON. Raises LabRaised.
    """
    kept = folder / f"{name}-{key(code)}.json"
    if not kept.exists():
        cells = _executed(folder, run)
        for stale in folder.glob(f"{name}-*.json"):
            stale.unlink()
        write_whole(kept, json.dumps(cells).encode())
    found: list[list[Output]] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def _executed(folder: Path, run: Callable[[], str]) -> list[list[Output]]:
    from nbclient.exceptions import CellExecutionError

    profile = folder / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text("c.Application.log_level = 'ERROR'\n", encoding="utf-8")
    with _environment(IPYTHONDIR=str(profile.parent), TQDM_DISABLE="1"):
        try:
            notebook = json.loads(run())
        except CellExecutionError as error:
            raise LabRaised(ANSI.sub("", str(error)).strip()) from error
    return [cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code"]


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """No start-up files of the one who builds, no progress bars: what the kernel is to inherit."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
