"""Standardising, with the training set's statistics."""

import math
from dataclasses import FrozenInstanceError

import pytest
import torch
from sklearn.preprocessing import StandardScaler

from softmax_book import Standardizer, five_exams, load_wine


def test_the_sources_exams_are_standardized_to_its_numbers():
    inputs, _ = five_exams()
    first = Standardizer.of(inputs)(inputs)[0]
    assert first.tolist() == pytest.approx([-1.0674, -0.3758, -0.8398], abs=5e-5)


def test_dividing_by_n_gives_scikit_learns_numbers_for_the_training_set_and_the_test_set():
    wine = load_wine()
    standardize = Standardizer.of(wine.train_inputs.double(), correction=0)
    scaler = StandardScaler().fit(wine.train_inputs.double().numpy())
    for inputs in (wine.train_inputs.double(), wine.test_inputs.double()):
        torch.testing.assert_close(standardize(inputs), torch.tensor(scaler.transform(inputs.numpy())))


def test_the_correction_changes_five_standardized_exams_by_the_root_of_5_over_4():
    inputs, _ = five_exams()
    ratio = Standardizer.of(inputs, correction=0)(inputs) / Standardizer.of(inputs)(inputs)
    torch.testing.assert_close(ratio, torch.full((5, 3), math.sqrt(5 / 4)))


def test_the_training_set_gets_mean_0_and_deviation_1_and_another_set_does_not():
    wine = load_wine()
    standardize = Standardizer.of(wine.train_inputs)
    train, test = standardize(wine.train_inputs), standardize(wine.test_inputs)
    assert train.mean(0).abs().max() < 1e-5
    assert (train.std(0) - 1).abs().max() < 1e-5
    assert test.mean(0).abs().max() > 0.01
    assert (test.std(0) - 1).abs().max() > 0.01


def test_any_leading_shape_keeps_its_shape_and_dtype():
    standardize = Standardizer(torch.tensor([1.0, 2.0]), torch.tensor([2.0, 4.0]))
    x = torch.tensor([3.0, 10.0])
    assert standardize(x).tolist() == [1.0, 2.0]
    assert standardize(x.expand(5, 3, 2)).equal(torch.tensor([1.0, 2.0]).expand(5, 3, 2))
    assert standardize(x[None]).dtype == torch.float32
    assert standardize(torch.empty(0, 2)).shape == (0, 2)


@pytest.mark.parametrize("value", [0.1, 1 / 3, 1e8 / 3])
@pytest.mark.parametrize("n_features", [1, 2])
def test_a_constant_is_refused_even_if_rounding_gives_it_a_deviation(value, n_features):
    with pytest.raises(ValueError, match=r"same value in all rows of columns \[0"):
        Standardizer.of(torch.full((1000, n_features), value))


def test_the_remedy_for_constant_columns_works():
    inputs = torch.arange(12.0).reshape(4, 3)
    inputs[:, 1] = 7
    kept = inputs[:, (inputs != inputs[0]).any(0)]
    assert Standardizer.of(kept)(kept).shape == (4, 2)


def test_the_inputs_and_the_statistics_stay_as_they_were():
    inputs, _ = five_exams()
    standardize = Standardizer.of(inputs)
    standardize(inputs)
    assert inputs.equal(five_exams().inputs)
    with pytest.raises(FrozenInstanceError):
        standardize.mean = torch.zeros(3)
