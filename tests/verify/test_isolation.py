"""Pages take turns in one process and do not see each other."""

from __future__ import annotations

import gc
import os
import random
import sys
from pathlib import Path
from types import ModuleType

import matplotlib
import numpy
import pytest
import torch

from softmax_book.verify.checks import Checker
from softmax_book.verify.isolation import MANY, World

DRAWS = "```python\nimport torch\n\ndrawn = torch.rand(3)\n```\n\nDrawn<!--= drawn.numel() > 0 -->.\n"


def drawn(folder: Path, text: str = DRAWS) -> list[float]:
    path = folder / "page.md"
    path.write_text(text)
    checker = Checker(path)
    assert checker.check() == []
    return checker.runner.namespace["drawn"].tolist()


def test_every_page_starts_from_the_same_random_state(tmp_path: Path) -> None:
    first = drawn(tmp_path)
    torch.manual_seed(5)
    assert drawn(tmp_path) == first


def test_a_page_leaves_the_outside_as_it_was(tmp_path: Path) -> None:
    torch.manual_seed(5)
    random.seed(5)
    numpy.random.seed(5)
    before = torch.get_rng_state(), random.getstate(), numpy.random.get_state()[1].tolist(), os.getcwd()
    settings = (
        "torch.set_default_dtype(torch.float64)\ntorch.set_printoptions(precision=2)\n"
        "torch.set_grad_enabled(False)\nimport os, random, numpy\n"
        "random.random(), numpy.random.rand()\nos.mkdir('a'); os.chdir('a')\n"
    )
    drawn(tmp_path, DRAWS.replace("drawn = ", settings + "drawn = "))
    after = torch.get_rng_state(), random.getstate(), numpy.random.get_state()[1].tolist(), os.getcwd()
    assert torch.equal(before[0], after[0])
    assert before[1:] == after[1:]
    assert torch.get_default_dtype() == torch.float32
    assert torch.is_grad_enabled()
    assert repr(torch.tensor(1 / 3)) == "tensor(0.3333)"


def test_two_pages_that_take_turns_keep_their_own_state() -> None:
    one, two = World("import torch"), World("import torch")
    with one.entered():
        torch.manual_seed(1)
        wanted = [torch.rand(()).item() for _ in range(2)]
        torch.manual_seed(1)
        got = [torch.rand(()).item()]
    with two.entered():
        torch.rand(100)
    with one.entered():
        got.append(torch.rand(()).item())
    assert got == wanted
    one.close()
    two.close()


def test_the_folder_of_a_page_goes_with_it() -> None:
    world = World("")
    with world.entered():
        folder = Path(os.getcwd())
        (folder / "note.txt").write_text("x")
    world.close()
    assert not folder.exists()


def test_what_a_package_brings_along_starts_fresh_too(tmp_path: Path) -> None:
    """The page never says torch; the layer it makes draws its weights from torch's generator."""
    code = (
        "```python\nfrom softmax_book import SoftmaxClassifier\n\n"
        "drawn = SoftmaxClassifier(1, 2).linear.bias\n```\n\nDrawn<!--= drawn.numel() > 0 -->.\n"
    )
    first = drawn(tmp_path, code)
    torch.manual_seed(5)
    assert drawn(tmp_path, code) == first


def test_settings_of_drawings_and_of_the_environment_do_not_leak(tmp_path: Path) -> None:
    code = DRAWS.replace(
        "drawn = ",
        "import os, matplotlib\nmatplotlib.rcParams['lines.linewidth'] = 9\n"
        "os.environ['LEAK'] = '1'\ndrawn = ",
    )
    drawn(tmp_path, code)
    assert matplotlib.rcParams["lines.linewidth"] != 9
    assert "LEAK" not in os.environ


def test_only_what_a_page_imports_in_bulk_is_spared_by_garbage_collections(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World("")
    for many in (1, MANY + 1):
        before = gc.get_freeze_count()
        with world.entered():
            for n in range(many):
                monkeypatch.setitem(sys.modules, f"imported_{many}_{n}", ModuleType("imported"))
        assert (gc.get_freeze_count() > before) == (many > MANY)
    world.close()
