"""The numbers that the explorer of digits loads are those that its page trains."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from softmax_book import SoftmaxClassifier, fit
from softmax_book.plotting import AGAINST
from softmax_book.verify.blocks import Kind
from softmax_book.verify.checks import Checker

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "chapters" / "digits" / "draw.md"
SHIPPED = DOCS / "explorers" / "digits"
NOISE = 1e-7  # far more than two machines differ by in float64


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    """The names that the visible code of the page binds, up to the weights."""
    checker = Checker(PAGE)
    try:
        for block in checker.page.of(Kind.CODE):
            checker.runner.run_to(block)
            if "weights" in checker.runner.namespace:
                return dict(checker.runner.namespace)
    finally:
        checker.close()
    raise AssertionError(f"{PAGE.name} must bind `weights`, which its explorer loads; no block does")


def model_of(page: dict[str, Any]) -> dict[str, Any]:
    ink = (16 * page["x"]).sum(dim=1).long()
    return {
        "weights": page["weights"].tolist(),
        "biases": page["biases"].tolist(),
        "ink": [ink.min().item(), ink.max().item()],
    }


def examples_of(page: dict[str, Any]) -> list[dict[str, Any]]:
    """Of the test images the first two of each digit, and all that are read wrongly."""
    images, labels = page["x_test"], page["y_test"]
    firsts = [i for k in range(10) for i in (labels == k).nonzero().flatten()[:2].tolist()]
    said = (images @ page["weights"].T + page["biases"]).argmax(dim=1)
    wrong = [i for i in (said != labels).nonzero().flatten().tolist() if i not in firsts]
    counts = (16 * images).long()
    return [{"label": labels[i].item(), "counts": counts[i].tolist()} for i in [*firsts, *wrong]]


@pytest.mark.parametrize(("name", "made"), [("weights.json", model_of), ("examples.json", examples_of)])
def test_what_is_shipped_is_what_the_page_trains(
    name: str, made: Any, page: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    path, now = SHIPPED / name, made(page)
    if request.config.getoption("--update"):
        path.write_text(json.dumps(now, separators=(",", ":")) + "\n")
    assert json.loads(path.read_text()) == now


def test_a_little_noise_in_the_first_weights_changes_no_shipped_digit(page: dict[str, Any]) -> None:
    random = torch.Generator().manual_seed(0)
    model = SoftmaxClassifier(64, 10).double()
    for parameter in model.parameters():
        torch.nn.init.uniform_(parameter, -NOISE, NOISE, generator=random)
    fit(model, page["x"], page["y"], epochs=300, lr=2)
    assert rounded(model.linear.weight) == page["weights"].tolist()
    assert rounded(model.linear.bias) == page["biases"].tolist()


def rounded(parameter: Tensor) -> object:
    return parameter.detach().round(decimals=3).tolist()


def test_what_speaks_against_a_digit_has_the_colour_of_the_figures() -> None:
    style = (SHIPPED / "view.css").read_text(encoding="utf-8")
    assert f".against {{ fill: none; stroke: {AGAINST};" in style


def test_the_examples_show_every_digit_and_what_goes_wrong(page: dict[str, Any]) -> None:
    examples = examples_of(page)
    assert {example["label"] for example in examples} == set(range(10))
    inks = torch.tensor([example["counts"] for example in examples]).double() / 16
    said = (inks @ page["weights"].T + page["biases"]).argmax(dim=1).tolist()
    assert any(example["label"] != k for example, k in zip(examples, said, strict=True))
