from __future__ import annotations

import json
from typing import Any

from softmax_book.hooks.notebooks import of_lab

LAB = """# %% [markdown]
# # A lab
#
# Text with $x$.

# %% alt="A line that rises"
1 + 1

# %% [markdown]
# *A caption.*

# %%
print("two")
"""


def notebook() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(of_lab(LAB))
    return loaded


def test_the_notebook_holds_the_cells_and_no_output() -> None:
    assert ["".join(c["source"]) for c in notebook()["cells"]] == [
        "# A lab\n\nText with $x$.",
        "1 + 1",
        "*A caption.*",
        'print("two")',
    ]
    assert all(cell.get("outputs", []) == [] for cell in notebook()["cells"])


def test_the_same_script_gives_the_same_notebook() -> None:
    assert of_lab(LAB) == of_lab(LAB)
