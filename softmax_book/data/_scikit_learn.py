"""The data sets that come with scikit-learn, split in two."""

from collections.abc import Callable
from functools import cache
from typing import Any

import torch
from torch import Tensor

from softmax_book.data._check import check_seed


def split_in_two(loader: str, seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Training inputs and labels, test inputs and labels; a quarter of each class is set apart for the test.

    ``loader`` is the name that the data set's function has in scikit-learn and in this book.
    """
    check_seed(seed)
    datasets, split = _scikit_learn(loader)
    inputs, labels = _table(getattr(datasets, loader))
    parts = split(inputs, labels, test_size=0.25, random_state=seed, stratify=labels)
    train_inputs, test_inputs, train_labels, test_labels = (torch.tensor(part) for part in parts)
    return train_inputs.float(), train_labels.long(), test_inputs.float(), test_labels.long()


@cache  # scikit-learn reads the digits from text: ten times what the rest takes
def _table(load: Callable[..., Any]) -> Any:
    return load(return_X_y=True)


def _scikit_learn(loader: str) -> tuple[Any, Any]:
    """Scikit-learn's data sets and its splitter, asked for only here: the library runs without it."""
    try:
        from sklearn import datasets
        from sklearn.model_selection import train_test_split
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(
            f"{loader} needs scikit-learn, which holds the data; got {missing}. "
            'Install it: pip install "softmax-book[data]".'
        ) from missing
    return datasets, train_test_split
