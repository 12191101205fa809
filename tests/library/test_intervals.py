"""Wilson's interval."""

import math
from statistics import NormalDist

import pytest

from softmax_book import wilson_interval

N = 50
SHARES = [i / 200 for i in range(1, 200)]


def wald_interval(k, n):
    """What most people write first, and what Wilson's interval replaces."""
    half_width = 1.959964 * math.sqrt(k / n * (1 - k / n) / n)
    return k / n - half_width, k / n + half_width


def mean_coverage(interval):
    """How often the interval of N trials holds the true share, over all shares: exact, by the binomial."""
    ends = [interval(k, N) for k in range(N + 1)]

    def coverage(p):
        chances = [math.comb(N, k) * p**k * (1 - p) ** (N - k) for k in range(N + 1)]
        return sum(chance for chance, (low, high) in zip(chances, ends, strict=True) if low <= p <= high)

    return sum(map(coverage, SHARES)) / len(SHARES)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"), [(0, 3, 0, 0.5615), (435, 450, 0.9457, 0.9797), (3, 3, 0.4385, 1)]
)
def test_the_books_intervals_come_out(k, n, low, high):
    assert wilson_interval(k, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.999])
@pytest.mark.parametrize(("k", "n"), [(0, 7), (1, 7), (7, 7), (435, 450), (1, 10**6)])
def test_the_true_share_would_lie_z_standard_errors_from_what_was_seen_at_each_end(k, n, confidence):
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    for end in wilson_interval(k, n, confidence=confidence):
        if end not in (0, 1):
            assert abs(k / n - end) == pytest.approx(z * math.sqrt(end * (1 - end) / n), rel=1e-6)


def test_the_interval_holds_the_truth_as_often_as_it_says_where_the_usual_one_does_not():
    assert mean_coverage(wilson_interval) == pytest.approx(0.95, abs=0.005)
    assert mean_coverage(wald_interval) < 0.94


@pytest.mark.parametrize("n", [1, 3, 30, 10**9])
def test_the_ends_are_exact_when_every_trial_or_none_succeeds(n):
    assert wilson_interval(0, n)[0] == 0.0
    assert wilson_interval(n, n)[1] == 1.0
    assert wilson_interval(0, n)[1] == pytest.approx(1 - wilson_interval(n, n)[0])


@pytest.mark.parametrize("n", range(1, 40))
def test_the_interval_stays_within_0_and_1_and_around_the_share(n):
    for k in range(n + 1):
        low, high = wilson_interval(k, n)
        assert 0 <= low <= k / n <= high <= 1
        assert low < high


def test_no_rounding_takes_an_end_out_of_0_to_1():
    for n in (10**6, 10**15, 10**16, 10**17, 10**18):
        for confidence in (1e-12, 0.5, 0.95, 1 - 1e-16):
            for k in (1, 2, n - 2, n - 1):
                low, high = wilson_interval(k, n, confidence=confidence)
                assert 0 <= low <= high <= 1


def test_counts_beyond_the_range_of_floats_give_their_share():
    n = 10**400
    assert wilson_interval(n // 4, n) == pytest.approx((0.25, 0.25))
    assert wilson_interval(1, n) == (0.0, 0.0)


def test_more_confidence_takes_a_wider_interval_up_to_confidence_just_below_1():
    widths = [
        high - low
        for confidence in (1e-3, 0.5, 0.95, 1 - 1e-16)
        for low, high in [wilson_interval(8, 9, confidence=confidence)]
    ]
    assert widths == sorted(widths)
    assert widths[-1] < 1
