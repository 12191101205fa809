"""Whether a model is right as often as it says."""

import torch
from torch import Tensor

from softmax_book._check_measures import check_calibration
from softmax_book._precision import in_working_precision


def expected_calibration_error(probs: Tensor, labels: Tensor, *, n_bins: int = 15) -> float:
    """The calibration gap: how far confidence is from accuracy, averaged over examples of like confidence.

    The confidence of an example is its largest probability. The confidences are sorted into n_bins bins of
    equal width, ((b − 1)/n_bins, b/n_bins], and the result is Σ_b (n_b/N)·|accuracy_b − mean confidence_b|
    (Guo et al., "On calibration of modern neural networks", ICML 2017, eq. 3). A calibrated model of few
    examples does not give 0: the gap of a bin has noise, and its sign is lost.

    Args:
        probs: (N, K), a distribution over the K classes in every row, floating point. A tie for the largest
            goes to the first class.
        labels: (N,), 0 … K − 1, int64 or uint8.
        n_bins: how many bins there are, at most a million.

    Returns:
        A fraction from 0 to 1: 0.05 is a gap of 5 percentage points.

    Raises:
        TypeError: a wrong dtype. IndexError: a label out of range.
        ValueError: a wrong shape, no examples, a row that is no distribution, or n_bins out of range.

    Example:
        >>> import torch
        >>> from softmax_book import expected_calibration_error
        >>> probs = torch.tensor([[0.75, 0.25]]).expand(4, 2)
        >>> expected_calibration_error(probs, torch.tensor([0, 0, 0, 1]))
        0.0
        >>> expected_calibration_error(probs, torch.tensor([0, 1, 1, 1]))
        0.5
    """
    check_calibration(probs, labels, n_bins)
    confidence, predicted = in_working_precision(probs.detach()).max(dim=1)
    inner_edges = torch.arange(1, n_bins, dtype=confidence.dtype) / n_bins
    bins = torch.bucketize(confidence, inner_edges)  # an edge belongs to the bin below it
    surplus = (predicted == labels).double() - confidence.double()
    gaps = torch.bincount(bins, weights=surplus, minlength=n_bins).abs()  # each n_b times its bin's gap
    return min(float(gaps.sum()) / len(labels), 1.0)  # rows may sum to a little more than 1
