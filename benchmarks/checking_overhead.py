"""What checking costs: CPU time of `pytest docs` over that of the same code run as one plain script.

    python benchmarks/checking_overhead.py [--pairs 5]

The plain script holds the visible and hidden code of every page and lab, in order, each page in a namespace
of its own, and saves every figure that a page compares, in the same form; it evaluates no inline check. Both
run as whole processes, in turn, with one thread each; the quoted figure is the median of the ratios of pairs.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from softmax_book.verify.blocks import Block, Kind
from softmax_book.verify.checks import load_page
from softmax_book.verify.figures import STYLE
from softmax_book.verify.lab import is_lab

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def pages() -> list[Path]:
    """Every page and lab below docs."""
    labs = [path for path in DOCS.rglob("*.py") if is_lab(path.read_text(encoding="utf-8"))]
    return sorted([*DOCS.rglob("*.md"), *labs])


def statements(block: Block) -> str:
    """What a block does, as plain Python."""
    if block.kind is Kind.FIGURE:
        saved = "savefig('figure.svg', metadata={'Date': None, 'Creator': None}, transparent=True)"
        return f"import matplotlib\nwith matplotlib.rc_context({STYLE!r}):\n    ({block.body}).{saved}"
    if "raises" in block.directives:
        body = "\n".join(f"    {line}" for line in block.body.split("\n"))
        return f"try:\n{body}\nexcept Exception as error:\n    print(error)"
    return block.body


def plain_script() -> str:
    """The code of all pages as one script."""
    bodies = []
    for path in pages():
        blocks = load_page(path).of(Kind.CODE, Kind.HIDDEN, Kind.FIGURE)
        bodies.append("\n".join(statements(b) for b in blocks if b.runs))
    runs = "\n".join(f"exec({body!r}, {{'__name__': '__main__'}})" for body in bodies)
    return f"import os, tempfile\nos.chdir(tempfile.mkdtemp())\n{runs}\n"


def cpu_seconds(command: list[str]) -> float:
    """User and system time of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as for any reader, modules are compiled once
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=5, help="runs of each, after one that is not counted")
    pairs = parser.parse_args().pairs
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "plain.py"
        script.write_text(plain_script(), encoding="utf-8")
        plain = [sys.executable, str(script)]
        checked = [sys.executable, "-m", "pytest", "-q", "docs"]
        runs = [(cpu_seconds(checked), cpu_seconds(plain)) for _ in range(pairs + 1)][1:]
    print(f"{len(pages())} pages and labs, {pairs} pairs of runs")
    print(f"{'':10}{'min':>8}{'median':>8}{'max':>8}")
    for name, values in (("checked", [a for a, _ in runs]), ("plain", [b for _, b in runs])):
        print(f"{name:10}{min(values):8.2f}{statistics.median(values):8.2f}{max(values):8.2f}  CPU s")
    ratios = [a / b for a, b in runs]
    print(f"{'ratio':10}{min(ratios):8.3f}{statistics.median(ratios):8.3f}{max(ratios):8.3f}")


if __name__ == "__main__":
    main()
