"""Every number that the book's source prints, as it prints it."""

import json
from importlib.resources import files


def source_numbers() -> dict[str, list[str]]:
    """The numbers printed by the Korean post "Softmax Classification" (2022), and by the notebook behind it.

    Returns:
        Groups in the order of the post: what is printed, and its numbers as written, row by row, so that the
        decimals are the source's own. Groups named "course, …" are logs of the notebook lab-06_1 in
        deeplearningzerotoall/PyTorch, which the post follows but does not print.

    Example:
        >>> from softmax_book import source_numbers
        >>> numbers = source_numbers()
        >>> numbers["softmax"], numbers["course, softmax twice"][-1]
        (['0.0900', '0.2447', '0.6652'], '0.738749')
    """
    text = files("softmax_book.data").joinpath("source_numbers.json").read_text(encoding="utf-8")
    numbers: dict[str, list[str]] = json.loads(text)
    return numbers
