"""The filter of beliefs against exact conjugate updating, where the drift is linear.

With ``advantage_needed`` zero the drift is mobility times the advantage, a straight line, and the
belief after n weeks is the Gaussian posterior: 1/v = 1/v0 + n s^2/sigma^2 and
m = v (m0/v0 + s/sigma^2 sum (y - s seen)), s the slope (any textbook, e.g. Jazwinski 1970, ch. 7).
"""

from __future__ import annotations

import numpy as np
import pytest

import fixtures

SLOPE, SIGMA, SPREAD = 80.0, 60.0, 0.3
LINEAR = {
    "front__advantage_needed": 0.0, "front__mobility": SLOPE, "front__noise": SIGMA,
    "front__fortification_effect": 0.0, "front__breakthrough_rate": 0.0, "front__season": 0.0,
    "front__area_held": 500e3, "information__drift_of_belief": 0.0,
    "information__prior_spread": SPREAD, "information__obscurity": 1.0,
}  # fmt: skip
WEEKS = 40
BENT = 2e-4  # relative: where a belief passes near parity the line's response is not quite linear


@pytest.fixture(scope="module")
def learned():
    # Far from parity, where the slope of the response is floored: the straight line is exact.
    parameters, names = fixtures.numbers(
        **LINEAR, combat__quality=np.array([[2.2], [0.0]]), information__prior_mean=2.0
    )
    push, mean, variance, force = fixtures.only(
        ["front", "information"], parameters, names, WEEKS, double=True,
        keep=lambda s: (s.front.push, s.information.mean, s.information.variance, s.combat.force),
    )  # fmt: skip
    return parameters, push, mean, variance, np.log(force[:, 0] / force[:, 1])


def test_variance_is_that_of_the_posterior(learned):
    _, _, _, variance, _ = learned
    weeks = np.arange(1, WEEKS + 1)[:, None, None]
    exact = 1.0 / (1.0 / np.float64(np.float32(SPREAD)) ** 2 + weeks * SLOPE**2 / SIGMA**2)
    np.testing.assert_allclose(variance, np.broadcast_to(exact, variance.shape), rtol=BENT)


def test_mean_is_that_of_the_posterior(learned):
    parameters, push, mean, variance, seen = learned
    info = parameters.information
    sign = np.array([1.0, -1.0])[:, None]
    prior = np.float64(info.prior_mean) + sign * info.optimism
    told = np.cumsum(push - SLOPE * seen, axis=0)[:, None]
    exact = variance * (prior / np.float64(np.float32(SPREAD)) ** 2 + told * SLOPE / SIGMA**2)
    np.testing.assert_allclose(mean, exact, rtol=BENT, atol=1e-4)


def test_errors_are_as_large_as_the_variance_says():
    """From an unbiased prior, (truth - mean) / deviation is standard normal."""
    worlds = 256
    random = np.random.default_rng(7)
    quality = np.stack([random.normal(0.0, SPREAD, worlds), np.zeros(worlds)])
    parameters, names = fixtures.numbers(
        worlds=worlds, **LINEAR, combat__quality=quality, information__optimism=0.0,
        information__prior_mean=0.0,
    )  # fmt: skip
    mean, variance = fixtures.only(
        ["front", "information"], parameters, names, WEEKS, double=True,
        keep=lambda s: (s.information.mean[0], s.information.variance[0]),
    )  # fmt: skip
    score = (quality[0] - mean[-1]) / np.sqrt(variance[-1])
    assert abs(score.mean()) < 4 / np.sqrt(worlds)
    assert abs(score.std() - 1.0) < 4 / np.sqrt(2 * worlds)


def test_nothing_is_learned_in_a_ceasefire():
    parameters, names = fixtures.numbers(**LINEAR)
    mean = fixtures.only(
        ["front", "information"], parameters, names, 10, keep=lambda s: s.information.mean,
        before=lambda s, week: fixtures.set_part(s, "diplomacy", regime=1),
    )  # fmt: skip
    assert np.all(mean == mean[0])


def test_beliefs_that_start_alike_stay_alike():
    parameters, names = fixtures.numbers(information__optimism=0.0)
    mean = fixtures.only(
        ["front", "information"], parameters, names, 26, keep=lambda s: s.information.mean
    )
    assert np.array_equal(mean[:, 0], mean[:, 1])
