"""The pipeline of aid against the third-order delay in closed form.

A parcel leaves each of three stages with chance q = 3 / delay a week, the week after it came at the
earliest. So its delay is the sum of three geometric waits (negative binomial), on average ``delay``
weeks; for a long delay it tends to Erlang's distribution with three stages (Forrester 1961, ch. 9).
"""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

import fixtures

WEEKS = 160
DELAYS = np.array([4.0, 9.0, 20.0, 40.0])


@pytest.fixture(scope="module")
def response():
    """Deliveries ``(week, world)`` after one parcel in week 0; worlds differ in their delay."""
    delay = np.resize(DELAYS, fixtures.LANES)
    parameters, names = fixtures.numbers(
        patrons__delay_weeks=delay, patrons__military=0.0, patrons__fit=1.0,
        patrons__absorption=1e9,
    )  # fmt: skip

    def parcel(state, week):
        return fixtures.set_part(state, "patrons", military=jnp.where(week == 0, 1.0, 0.0))

    used, pipeline, pledged = fixtures.only(
        ["aid"], parameters, names, WEEKS, before=parcel, double=True,
        keep=lambda s: (
            s.aid.used_total[0], s.aid.pipeline[:, 0].sum(axis=0), s.aid.pledged_total[0]
        ),
    )  # fmt: skip
    delivered = np.diff(used, axis=0, prepend=0.0)
    return delay, delivered, used, pipeline, pledged


def test_impulse_is_a_sum_of_three_geometric_waits(response):
    delay, delivered, *_ = response
    weeks = np.arange(WEEKS)[:, None]
    # scipy counts failures before the third success; the parcel can leave stage one in week 1.
    exact = stats.nbinom.pmf(weeks - 3, 3, 3.0 / delay)
    np.testing.assert_allclose(delivered, exact, rtol=1e-6, atol=1e-9)


def test_mean_delay_is_the_number_stated(response):
    delay, delivered, *_ = response
    short = delay <= 20  # within the weeks simulated all has arrived
    mean = (np.arange(WEEKS)[:, None] * delivered).sum(axis=0) / delivered.sum(axis=0)
    np.testing.assert_allclose(mean[short], delay[short], rtol=1e-4)


def test_step_tends_to_erlang(response):
    delay, _, used, *_ = response
    # The sum of impulses is the step response; error of the weekly step: at most 2 q.
    weeks = np.arange(WEEKS)[:, None]
    erlang = stats.gamma.cdf(weeks, 3, scale=delay / 3.0)
    assert np.all(np.abs(used - erlang).max(axis=0) <= 3.0 / delay)
    worst = [np.abs(used - erlang)[:, place].max() for place in range(len(DELAYS))]
    assert np.all(np.diff(worst) < 0), "the longer the delay, the nearer to continuous time"


def test_nothing_is_lost(response):
    _, _, used, pipeline, pledged = response
    np.testing.assert_allclose(used + pipeline, pledged, rtol=1e-6)


def test_a_steady_pledge_starts_in_its_steady_state():
    parameters, names = fixtures.numbers(patrons__fit=1.0, patrons__absorption=1e9)
    before = lambda state, week: fixtures.set_part(  # noqa: E731
        state, "patrons", military=parameters.patrons.military * 12.0 * 7 / 365.25
    )
    pipeline = fixtures.only(
        ["aid"], parameters, names, 60, before=before, keep=lambda s: s.aid.pipeline, double=True
    )
    real = parameters.patrons.military > 0
    spread = np.ptp(pipeline, axis=0)[:, real] / pipeline[0][:, real]
    assert spread.max() < 1e-6


def test_absorption_saturates_and_the_rest_is_wasted():
    cap = 2.0
    rate = np.linspace(0.01, 40.0, fixtures.LANES)
    parameters, names = fixtures.numbers(
        patrons__military=rate, patrons__fit=0.8, patrons__absorption=cap, patrons__delay_weeks=10.0
    )
    weekly = 12.0 * 7 / 365.25
    used, wasted = fixtures.only(
        ["aid"], parameters, names, 1, double=True,
        before=lambda s, week: fixtures.set_part(s, "patrons", military=rate * weekly),
        keep=lambda s: (s.aid.used_total[0], s.aid.wasted_total[0]),
    )  # fmt: skip
    exact = 0.8 * cap * weekly * -np.expm1(-rate / cap)
    np.testing.assert_allclose(used[-1], exact, rtol=1e-6)
    np.testing.assert_allclose(used[-1] + wasted[-1], rate * weekly, rtol=1e-6)
    assert used[-1, 0] / (rate[0] * weekly) > 0.79
    assert used[-1, -1] / (rate[-1] * weekly) < 0.05
