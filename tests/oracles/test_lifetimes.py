"""Lifetimes of peace against figures worked out by hand, published tables and SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from ripeness.outcomes.lifetimes import Lifetimes, broken_within, kaplan_meier, rate_ratio, wilson


def seen(*spans: float | int) -> Lifetimes:
    """Make lifetimes from years; a negative one left sight unbroken after so many years."""
    years = np.array(spans, dtype=float)
    return Lifetimes(np.abs(years), years > 0)


# Remission of leukaemia in weeks under 6-MP (Freireich and others 1963), as in every textbook:
# negative = still in remission when last seen.
FREIREICH = seen(
    6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35
)


def test_survival_against_the_textbook():
    # Kalbfleisch and Prentice 1980: S(t) at 6, 7, 10, 13, 16, 22, 23 weeks
    times, survival, variance = kaplan_meier(FREIREICH)
    assert times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    known = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    np.testing.assert_allclose(survival, known, atol=5e-5)
    errors = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    np.testing.assert_allclose(np.sqrt(variance), errors, atol=5e-5)


def test_survival_against_scipy():
    random = np.random.default_rng(4)
    years = np.round(random.exponential(3.0, 200), 1) + 0.1
    broken = random.random(200) < 0.5
    censored = stats.CensoredData(uncensored=years[broken], right=years[~broken])
    theirs = stats.ecdf(censored).sf
    times, survival, variance = kaplan_meier(Lifetimes(years, broken))
    np.testing.assert_allclose(survival, theirs.evaluate(times), rtol=1e-12)
    low = theirs.confidence_interval(method="linear").low.evaluate(times)
    z = stats.norm.ppf(0.975)
    np.testing.assert_allclose(
        np.clip(survival - z * np.sqrt(variance), 0, 1), np.clip(low, 0, 1), atol=1e-9
    )


def test_by_hand_with_one_that_left_sight():
    # of 4: one breaks after a year (3/4 hold), one leaves sight, one of 2 breaks after three (3/8 hold)
    peaces = seen(1, -2, 3, -4)
    after_two, after_three = broken_within(peaces, 2), broken_within(peaces, 3)
    assert after_two is not None
    assert after_three is not None
    assert (after_two.share, after_two.watched) == (0.25, 3)
    assert (after_three.share, after_three.watched) == (0.625, 2)
    assert broken_within(peaces, 5) is None, "nobody was watched for five years"


def test_without_censoring_it_is_a_share_with_wilsons_interval():
    found = broken_within(seen(*[0.5] * 81, *[-9] * 182), 1)
    assert found is not None
    assert found.share == pytest.approx(81 / 263)
    # Newcombe 1998, table I: 81 of 263
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    assert wilson(found.share, 263.0) == pytest.approx((found.low, found.high), abs=1e-9)


def test_nothing_broken_is_not_certainty():
    found = broken_within(seen(*[-2] * 20), 1)
    assert found is not None
    assert (found.share, found.low, round(found.high, 4)) == (0.0, 0.0, 0.1611)


def test_all_that_broke_are_known_to_be_broken():
    found = broken_within(seen(*[0.5] * 20), 2)
    assert found is not None
    assert (round(found.low, 4), found.share, found.high, found.watched) == (0.8389, 1.0, 1.0, 0)
    assert broken_within(seen(*[0.5] * 20, -1), 2) is None, "one may still hold"


def test_too_few_say_nothing():
    assert broken_within(seen(-2, -2, 0.5), 1, fewest=4) is None
    assert broken_within(seen(-2, -2, 0.5), 1, fewest=3) is not None


def test_rates():
    # 2 breaks in 8 years over 1 break in 8 years; the logarithm has the variance 1/2 + 1/1
    first, second = seen(1, 3, -4), seen(2, -6)
    ratio, low, high = rate_ratio(first, second) or (0.0, 0.0, 0.0)
    assert ratio == pytest.approx(2.0)
    assert (high / ratio, ratio / low) == pytest.approx((np.exp(1.959964 * np.sqrt(1.5)),) * 2)
    assert rate_ratio(first, seen(-3)) is None
