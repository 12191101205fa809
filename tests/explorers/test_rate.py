"""What the explorer of the learning rate starts from: the source's points, and PyTorch's weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from softmax_book import SoftmaxClassifier, eight_points, eight_rows

SETS = Path(__file__).parents[2] / "docs" / "explorers" / "rate" / "sets.mjs"
HEAD = """\
// Written by a test: the source's two training sets, and with each the weights that PyTorch draws after
// torch.manual_seed(1): for the rows those of the source's first model, for the points the course's module's.
export const SETS = """
ULP = 2.0**-23  # the last bit of a drawn weight depends on the processor


def drawn_now() -> dict[str, Any]:
    rows, points = eight_rows(), eight_points()
    torch.manual_seed(1)
    first_model = SoftmaxClassifier(3, 3)
    torch.manual_seed(1)
    torch.rand(3, 5), torch.randint(5, (3,))  # before the course's module, as the page on the bias says
    module = SoftmaxClassifier(4, 3)
    return {
        "eight_rows": training_set(rows.train_inputs, rows.train_labels, first_model),
        "eight_points": training_set(points.inputs, points.labels, module),
    }


def training_set(x: Tensor, y: Tensor, model: SoftmaxClassifier) -> dict[str, Any]:
    """Inputs with a 1 behind each for the bias, and weights with the bias as their last row."""
    inputs = torch.cat([x, torch.ones(len(x), 1)], dim=1)
    weights = torch.cat([model.linear.weight.detach().T, model.linear.bias.detach()[None]])
    return {
        "inputs": inputs.long().tolist(),
        "labels": y.tolist(),
        "drawn": [[float(f"{w:.9g}") for w in row] for row in weights.tolist()],
    }


def test_the_explorer_starts_where_the_source_starts(request: pytest.FixtureRequest) -> None:
    now = drawn_now()
    if request.config.getoption("--update"):
        text = json.dumps(now, separators=(",", ":")).replace(',"', ',\n"')
        SETS.write_text(f"{HEAD}{text};\n", encoding="utf-8")
    stored = json.loads(SETS.read_text(encoding="utf-8").removeprefix(HEAD).rstrip(";\n"))
    assert stored.keys() == now.keys()
    for name, given in now.items():
        weights = stored[name].pop("drawn")
        assert torch.tensor(weights) == pytest.approx(torch.tensor(given.pop("drawn")), abs=ULP)
        assert stored[name] == given
