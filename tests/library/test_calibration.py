"""The calibration gap."""

import warnings

import pytest
import torch
from sklearn.calibration import calibration_curve

from softmax_book import expected_calibration_error


def draw(n, n_classes=5, seed=0):
    generator = torch.Generator().manual_seed(seed)
    probs = (2 * torch.randn(n, n_classes, generator=generator, dtype=torch.float64)).softmax(1)
    return probs, torch.randint(n_classes, (n,), generator=generator)


def two_classes(*confidences, dtype=torch.float32):
    return torch.tensor([[c, 1 - c] for c in confidences], dtype=dtype)


@pytest.mark.parametrize("n_bins", [1, 2, 10, 15, 1000])
def test_the_gap_is_the_weighted_one_of_scikit_learns_reliability_curve(n_bins):
    probs, labels = draw(400)
    confidence, predicted = probs.max(1)
    accuracies, confidences = calibration_curve(predicted == labels, confidence, n_bins=n_bins)
    counts = torch.histc(confidence, n_bins, 0, 1)
    gaps = torch.tensor(abs(accuracies - confidences))
    expected = (counts[counts > 0] * gaps).sum() / 400
    assert expected_calibration_error(probs, labels, n_bins=n_bins) == pytest.approx(expected.item())


def test_a_model_that_is_right_as_often_as_it_says_has_no_gap():
    probs = two_classes(*[0.75] * 4, *[0.5] * 2)
    labels = torch.tensor([0, 0, 0, 1, 0, 1])
    assert expected_calibration_error(probs, labels) == 0.0


def test_certainty_that_is_right_half_of_the_time_is_off_by_a_half():
    probs = two_classes(1.0, 1.0, 1.0, 1.0)
    assert expected_calibration_error(probs, torch.tensor([0, 1, 0, 1])) == 0.5


def test_too_much_doubt_is_a_gap_as_well():
    assert expected_calibration_error(two_classes(0.6, 0.6), torch.tensor([0, 0])) == pytest.approx(0.4)


def test_gaps_of_different_bins_do_not_cancel():
    probs, labels = two_classes(0.75, 0.55), torch.tensor([1, 0])
    assert expected_calibration_error(probs, labels) == pytest.approx((0.75 + 0.45) / 2)
    assert expected_calibration_error(probs, labels, n_bins=1) == pytest.approx((0.75 - 0.45) / 2)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("n_bins", [5, 10, 15, 20])
def test_a_confidence_on_an_edge_belongs_to_the_bin_below(dtype, n_bins):
    just_above = 0.6 + 1e-6
    probs, labels = two_classes(0.6, just_above, dtype=dtype), torch.tensor([0, 1])
    apart, together = (0.4 + 0.6) / 2, (0.6 - 0.4) / 2
    assert expected_calibration_error(probs, labels, n_bins=n_bins) == pytest.approx(apart, abs=1e-5)
    inside = two_classes(0.59, 0.6, dtype=dtype)
    assert expected_calibration_error(inside, labels, n_bins=n_bins) == pytest.approx(together, abs=0.01)


def test_the_order_of_examples_and_of_classes_does_not_matter():
    probs, labels = draw(200)
    gap = expected_calibration_error(probs, labels)
    assert expected_calibration_error(probs.flip(0), labels.flip(0)) == pytest.approx(gap)
    assert expected_calibration_error(probs.flip(1), 4 - labels) == pytest.approx(gap)
    assert expected_calibration_error(probs, labels.byte()) == gap


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
def test_every_floating_dtype_is_taken(dtype):
    probs, labels = draw(2000)
    gap = expected_calibration_error(probs, labels)
    assert expected_calibration_error(probs.to(dtype), labels) == pytest.approx(gap, abs=0.01)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_types_are_sorted_into_bins_with_edges_of_float32(dtype):
    confidence = torch.arange(129, 256) / 256  # exact in half types, and so is 1 minus it
    probs, labels = torch.stack([confidence, 1 - confidence], 1), torch.arange(127) % 2
    for n_bins in (10, 15, 50, 1000):
        exact = expected_calibration_error(probs, labels, n_bins=n_bins)
        assert expected_calibration_error(probs.to(dtype), labels, n_bins=n_bins) == exact


def test_rows_that_rounding_takes_above_1_give_no_gap_above_1():
    probs = torch.tensor([[1 + 1e-7, 0.0]]).expand(3, 2)
    assert probs[0, 0] > 1
    assert expected_calibration_error(probs, torch.tensor([1, 1, 1])) == 1.0


def test_probabilities_with_a_gradient_are_taken_without_a_warning():
    probs, labels = draw(50)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gap = expected_calibration_error(probs.requires_grad_(), labels)
    assert gap == expected_calibration_error(probs.detach(), labels)


def test_the_gap_of_a_calibrated_model_is_noise_that_falls_with_the_number_of_examples():
    def gap(n):
        probs, _ = draw(n)
        labels = torch.multinomial(probs, 1, generator=torch.Generator().manual_seed(1)).squeeze(1)
        return expected_calibration_error(probs, labels)

    assert gap(100_000) < 0.01 < gap(500) < 0.08
