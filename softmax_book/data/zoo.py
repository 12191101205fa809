"""The animals of a zoo: sixteen traits each, and what kind of animal it is."""

import csv
from importlib.resources import files

import torch

from softmax_book.data.toys import Examples

ZOO_KINDS = ("mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate")


def load_zoo() -> Examples:
    """101 animals with sixteen traits and seven kinds, the second data set of the course behind the source.

    "Zoo", R. Forsyth, UCI Machine Learning Repository, 1990, licensed under CC BY 4.0: one row per animal, in
    the order of their names, which are left out. Fifteen traits are yes (1) or no (0), such as feathers and
    milk; the thirteenth counts the legs. The columns are named in the first line of zoo.csv beside this file.

    Returns:
        inputs (101, 16), float32, and labels (101,), int64, the kind as ``ZOO_KINDS`` numbers it. New tensors
        every time.

    Example:
        >>> from softmax_book import ZOO_KINDS, load_zoo
        >>> inputs, labels = load_zoo()
        >>> inputs.shape, labels.bincount()
        (torch.Size([101, 16]), tensor([41, 20,  5, 13,  4,  8, 10]))
        >>> ZOO_KINDS[labels[2]], inputs[2, 12]  # a bass, which has no legs
        ('fish', tensor(0.))
    """
    text = files("softmax_book.data").joinpath("zoo.csv").read_text(encoding="utf-8")
    rows = [[int(cell) for cell in row] for row in list(csv.reader(text.splitlines()))[1:]]
    table = torch.tensor(rows)
    return Examples(table[:, :-1].float(), table[:, -1])
