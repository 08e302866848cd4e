"""The pool and the front against the mixing law and closed forms."""

from __future__ import annotations

import numpy as np

import fixtures

YEAR = 365.25 / 7
CALM = {
    "combat__casualties": 0.0, "manpower__desertion": 0.0, "manpower__discharge": 0.0,
    "manpower__newly_eligible": 0.0,
}  # fmt: skip


def test_mean_age_follows_the_mixing_law():
    parameters, names = fixtures.numbers(
        manpower__mobilisation_age=20.0, manpower__reference_age=25.0
    )
    troops, age, training = fixtures.only(
        ["manpower"], parameters, names, 52, double=True,
        keep=lambda s: (s.manpower.troops, s.manpower.mean_age, s.manpower.training[1]),
    )  # fmt: skip
    p = parameters.manpower
    leaving = training * np.minimum(2.0 / p.training_weeks, 1.0)
    renewal = p.intake * YEAR / p.troops
    recruits = p.mean_age - 1.0 / renewal - 0.5 * 5.0
    # arrivals of week t + 1 are what leaves the second stage, as it was at the end of week t
    arrivals, before, now, n = leaving[:-1], age[:-1], age[1:], troops[1:]
    person_years = (n - arrivals) * before + arrivals * recruits + n / YEAR
    np.testing.assert_allclose(now * n, person_years, rtol=1e-6)
    assert np.all(age[-1] < age[0]), "younger recruits lower the mean age"


def test_mean_age_is_constant_while_the_army_renews_itself_as_at_the_start():
    """Nobody is lost but those whom recruits replace: then nobody gets older on average."""
    parameters, names = fixtures.numbers(
        manpower__desertion=0.0, manpower__newly_eligible=0.0, manpower__depletion=0.0,
        manpower__pool=1e9, combat__killed_share=1.0, combat__disabled_share=0.0,
        combat__casualties=lambda old: fixtures.numbers()[0].manpower.intake,
        manpower__discharge=0.0, manpower__largest_force=2.0,
    )  # fmt: skip
    troops, age = fixtures.only(
        ["manpower"], parameters, names, 52, double=True,
        keep=lambda s: (s.manpower.troops, s.manpower.mean_age),
    )  # fmt: skip
    np.testing.assert_allclose(
        troops, np.broadcast_to(parameters.manpower.troops, troops.shape), rtol=1e-6
    )
    np.testing.assert_allclose(
        age, np.broadcast_to(parameters.manpower.mean_age, age.shape), rtol=1e-6
    )


def test_wounded_come_back_after_their_mean_time():
    parameters, names = fixtures.numbers(
        **CALM, manpower__intake=0.0, combat__killed_share=0.0, combat__disabled_share=0.0,
        combat__recovery_weeks=14.0,
    )  # fmt: skip
    recovering = fixtures.only(
        ["manpower"], parameters, names, 52, double=True, keep=lambda s: s.manpower.recovering[0],
        start=lambda s: fixtures.set_part(s, "manpower", recovering=1000.0),
    )  # fmt: skip
    weeks = np.arange(1, 53)[:, None]
    exact = np.broadcast_to(1000.0 * (1.0 - 1.0 / 14.0) ** weeks, recovering.shape)
    np.testing.assert_allclose(recovering, exact, rtol=1e-6)


def test_pool_runs_down_by_what_is_taken():
    """With depletion 1 and effort 1 the pool falls geometrically."""
    parameters, names = fixtures.numbers(
        **CALM, manpower__depletion=1.0, manpower__pool=1e6, manpower__intake=5000.0,
        manpower__largest_force=1e6, manpower__mobilisation_age=25.0, manpower__reference_age=25.0,
    )  # fmt: skip
    pool = fixtures.only(
        ["manpower"], parameters, names, 100, double=True, keep=lambda s: s.manpower.pool
    )
    weeks = np.arange(1, 101)[:, None, None]
    exact = np.broadcast_to(1e6 * (1.0 - 5000.0 / 1e6) ** weeks, pool.shape)
    np.testing.assert_allclose(pool, exact, rtol=1e-6)


def test_desertion_and_discharge_at_constant_morale():
    parameters, names = fixtures.numbers(
        **{**CALM, "manpower__desertion": 0.2, "manpower__discharge": 0.1}, manpower__intake=0.0,
        manpower__desertion_effect=0.0,
    )  # fmt: skip
    men = fixtures.only(
        ["manpower"], parameters, names, 52, double=True,
        keep=lambda s: (s.manpower.troops, s.manpower.deserted),
    )  # fmt: skip
    stay = (1 - 0.2 / YEAR) * (1 - 0.1 / YEAR)
    weeks = np.arange(1, 53)[:, None, None]
    exact = np.float64(parameters.manpower.troops) * stay**weeks
    np.testing.assert_allclose(men[0], exact, rtol=1e-6)
