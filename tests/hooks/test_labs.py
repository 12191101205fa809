from __future__ import annotations

import pytest

from softmax_book.hooks.labs import BadLab, Output, code_of, to_markdown

SCRIPT = """# %% [markdown]
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


def result(**data: str) -> Output:
    kinds = {"plain": "text/plain", "html": "text/html", "svg": "image/svg+xml", "png": "image/png"}
    return {"output_type": "execute_result", "data": {kinds[k]: v for k, v in data.items()}}


def stream(text: str, name: str = "stdout") -> Output:
    return {"output_type": "stream", "name": name, "text": text}


def markdown(*outputs: list[Output]) -> str:
    return to_markdown(SCRIPT, list(outputs)).markdown


def test_cells_become_text_code_and_output_in_their_order() -> None:
    page = markdown([result(plain="2")], [stream("two\n")])
    assert page.index("# A lab") < page.index("```python\n1 + 1\n```\n\n```output\n2\n```")
    assert page.index("*A caption.*") < page.index('```python\nprint("two")\n```\n\n```output\ntwo\n```')


def test_printed_text_and_the_value_of_a_cell_are_one_output() -> None:
    assert "```output\none\n2\n```" in markdown([stream("one\n"), result(plain="2")], [])


def test_warnings_and_progress_bars_are_not_shown() -> None:
    page = markdown([stream(" 10%|#   |\r100%|####|", "stderr")], [])
    assert "output" not in page


def test_colours_for_terminals_are_removed() -> None:
    assert "```output\nred\n```" in markdown([stream("\x1b[31mred\x1b[0m\n")], [])


def test_an_output_that_holds_a_fence_is_fenced_longer() -> None:
    assert "````output\n```x```\n````" in markdown([stream("```x```\n")], [])


def test_a_drawing_is_an_image_with_the_text_of_its_cell() -> None:
    lab = to_markdown(SCRIPT, [[result(svg="<svg/>", plain="<Figure>")], []])
    assert "![A line that rises](drawing:1.svg)\n\n*A caption.*" in lab.markdown
    assert lab.drawings == {"drawing:1.svg": "<svg/>"}
    assert "<Figure>" not in lab.markdown


def test_a_drawing_without_a_text_is_refused_with_its_cell() -> None:
    with pytest.raises(BadLab, match=r'cell 4 draws.*# %% alt="…"'):
        markdown([], [result(svg="<svg/>")])


def test_a_bitmap_is_refused() -> None:
    with pytest.raises(BadLab, match=r"cell 2 draws a bitmap.*softmax_book\.plotting\.figure"):
        markdown([result(png="…")], [])


def test_a_table_keeps_its_cells_and_loses_its_looks() -> None:
    html = '<style>td{color:black}</style><table border="1" class="x"><tr><td style="x">1</td></tr></table>'
    page = markdown([result(html=html, plain="1")], [])
    assert "<table><tr><td>1</td></tr></table>" in page
    assert "style" not in page


def test_other_html_gives_way_to_its_text() -> None:
    assert "```output\nModel()\n```" in markdown([result(html="<div>…</div>", plain="Model()")], [])


def test_empty_cells_are_not_shown() -> None:
    page = to_markdown("# %%\n\n# %%\n1\n", [[], [result(plain="1")]]).markdown
    assert page.count("```python") == 1


def test_only_code_cells_decide_what_a_lab_prints() -> None:
    assert code_of(SCRIPT) == ["1 + 1", 'print("two")']
    assert code_of(SCRIPT.replace("Text", "Other text")) == code_of(SCRIPT)
