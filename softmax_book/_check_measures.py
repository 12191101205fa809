"""What intervals, the calibration gap and the standardizer check before they start."""

from typing import Any

from torch import Tensor

from softmax_book._check import check_distribution, check_floating, is_int, name_of, shape_of
from softmax_book._check_training import check_accuracy, check_finite, check_sizes

COLUMNS_NAMED = 5  # of those at fault, in one message
MOST_BINS = 1_000_000


def check_wilson(successes: Any, n: Any, confidence: Any) -> None:
    check_sizes(n=n)
    if not is_int(successes) or not 0 <= successes <= n:
        raise ValueError(
            f"successes must be an int from 0 to n = {n}; got {successes!r}. Pass the count, not the share."
        )
    if not isinstance(confidence, int | float) or not 0 < confidence < 1:
        raise ValueError(
            f"confidence must be a fraction between 0 and 1; got {confidence!r}. Pass 0.95 for 95 %."
        )


def check_calibration(probs: Any, labels: Any, n_bins: Any) -> None:
    check_accuracy(probs, labels, name="probs")
    check_distribution("probs", probs, 1)
    check_sizes(n_bins=n_bins)
    if n_bins > MOST_BINS:
        raise ValueError(
            f"n_bins must be at most {MOST_BINS:,}; got {n_bins}. "
            "A bin needs several examples to have an accuracy: take fewer."
        )


def check_statistics(mean: Any, std: Any) -> None:
    check_floating("mean", mean)
    check_floating("std", std)
    if mean.ndim != 1 or mean.shape != std.shape:
        raise ValueError(
            "mean and std must both be (D,), a number per feature; "
            f"got {shape_of(mean)} and {shape_of(std)}. Take them with Standardizer.of(inputs)."
        )
    check_finite("mean", mean)
    check_finite("std", std)
    if not (std > 0).all():
        raise ValueError(
            f"std must be positive; got {float(std.min())} at feature {int(std.argmin())}. "
            "Drop features that do not vary; bring those of tiny values to another unit."
        )


def check_to_measure(inputs: Any, correction: Any) -> None:
    check_floating("inputs", inputs)
    if inputs.ndim != 2 or 0 in inputs.shape:
        raise ValueError(
            f"inputs must be (N, D), a row per example; got {shape_of(inputs)}. "
            "Flatten images by inputs.flatten(start_dim=1)."
        )
    check_finite("inputs", inputs)
    if not is_int(correction) or not 0 <= correction < len(inputs):
        raise ValueError(
            f"correction must be an int from 0 to N - 1 for inputs of shape {shape_of(inputs)}; "
            f"got {correction!r}. Take more examples; 1 is usual, and 0 gives scikit-learn's."
        )
    check_varies(inputs)


def check_measured(inputs: Tensor, mean: Tensor, std: Tensor) -> None:
    """Finite inputs may have a sum, or a sum of squares, that their dtype cannot hold."""
    overflowed = ~(mean.isfinite() & std.isfinite())
    if overflowed.any():
        feature = int(overflowed.nonzero()[0, 0])
        raise ValueError(
            f"the mean and the deviation of every feature must be finite in {name_of(inputs.dtype)}; got "
            f"{float(mean[feature])} and {float(std[feature])} at feature {feature}, whose largest entry is "
            f"{float(inputs[:, feature].abs().max()):.4g}. Bring it to another unit, or pass inputs.double()."
        )


def check_varies(inputs: Tensor) -> None:
    """Compares entries: the standard deviation of 1,000 times 0.1 was measured as 7e-9, not 0."""
    constant = (inputs == inputs[0]).all(dim=0).nonzero().flatten().tolist()
    if constant:
        more = f" and {len(constant) - COLUMNS_NAMED} more" if len(constant) > COLUMNS_NAMED else ""
        raise ValueError(
            f"every feature must vary among the examples, to have a scale; got the same value in all rows of "
            f"columns {constant[:COLUMNS_NAMED]}{more}, in inputs of shape {shape_of(inputs)}. "
            "Keep the others, inputs[:, (inputs != inputs[0]).any(0)], in every set; "
            "or, if all features have one unit, as pixels do, divide by one number instead."
        )


def check_to_standardize(inputs: Any, mean: Tensor) -> None:
    check_floating("inputs", inputs)
    if inputs.ndim == 0 or inputs.shape[-1] != len(mean):
        raise ValueError(
            f"inputs must be (…, {len(mean)}), a column per feature of the training set; "
            f"got {shape_of(inputs)}. Pass the same features in the same order."
        )
