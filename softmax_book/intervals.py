"""How far a proportion of few examples can be trusted."""

import math
from statistics import NormalDist

from softmax_book._check_measures import check_wilson


def wilson_interval(successes: int, n: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """The proportions that k successes in n independent trials do not rule out: Wilson's score interval.

    Its ends are the p with |k/n − p| = z·√(p(1 − p)/n) (E. B. Wilson, "Probable inference, the law of
    succession, and statistical inference", JASA 22, 1927). Unlike k/n ± two standard errors it stays within
    0 … 1 and keeps a width when every trial, or none, succeeds.

    Args:
        successes: k, how many trials succeeded, 0 … n; right answers, for an accuracy.
        n: how many trials there were, at least 1.
        confidence: how often such intervals hold the true proportion, about; between 0 and 1.

    Returns:
        (low, high), fractions from 0 to 1. low is exactly 0 if k = 0, high exactly 1 if k = n.

    Raises:
        ValueError: successes or n is not an int in its range, or confidence is not between 0 and 1.

    Example:
        >>> from softmax_book import wilson_interval
        >>> low, high = wilson_interval(435, 450)
        >>> f"{low:.4f} {high:.4f}"
        '0.9457 0.9797'
        >>> low, high = wilson_interval(0, 3)
        >>> f"{low} {high:.4f}"
        '0.0 0.5615'
    """
    check_wilson(successes, n, confidence)
    z = -NormalDist().inv_cdf((1 - confidence) / 2)
    p, per_trial = successes / n, 1 / n  # from here on floats: an int may be too large for one
    shrink = 1 + z**2 * per_trial
    centre = (p + z**2 * per_trial / 2) / shrink
    half_width = z / shrink * math.sqrt(p * (1 - p) * per_trial + (z * per_trial / 2) ** 2)
    low = 0.0 if successes == 0 else max(centre - half_width, 0.0)
    high = 1.0 if successes == n else min(centre + half_width, 1.0)
    return low, high
