"""Scikit-learn's wines, as the book hands them out."""

import sys

import pytest
import torch
from sklearn import datasets
from sklearn.model_selection import train_test_split

from softmax_book import WINE_FEATURES, load_wine


def test_the_wines_are_split_by_class_and_left_in_their_units():
    wine = load_wine()
    assert [tuple(x.shape) for x in wine] == [(133, 13), (133,), (45, 13), (45,)]
    assert wine.train_inputs.dtype == wine.test_inputs.dtype == torch.float32
    assert wine.train_labels.dtype == wine.test_labels.dtype == torch.int64
    assert (wine.train_labels.bincount() + wine.test_labels.bincount()).tolist() == [59, 71, 48]
    assert wine.test_labels.bincount().tolist() == [15, 18, 12]
    assert wine.train_inputs.max() > 1000


def test_the_split_is_the_one_of_scikit_learn_with_the_same_seed():
    inputs, labels = datasets.load_wine(return_X_y=True)
    parts = train_test_split(inputs, labels, test_size=0.25, random_state=3, stratify=labels)
    wine = load_wine(seed=3)
    ours = (wine.train_inputs, wine.test_inputs, wine.train_labels, wine.test_labels)
    for mine, its in zip(ours, parts, strict=True):
        assert mine.equal(torch.tensor(its, dtype=mine.dtype))
    assert not wine.test_inputs.equal(load_wine().test_inputs)


def test_the_features_have_the_names_that_scikit_learn_gives_them():
    assert list(WINE_FEATURES) == datasets.load_wine().feature_names


def test_without_scikit_learn_the_error_names_the_function_and_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(ModuleNotFoundError, match=r'load_wine needs .*pip install "softmax-book\[data\]"'):
        load_wine()
