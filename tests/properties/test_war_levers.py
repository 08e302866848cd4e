"""Levers that must move something one way only, in the same worlds with the same luck."""

from __future__ import annotations

from functools import partial

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import fixtures
from ripeness.bargaining.conduct import breach_chance, gain_from_breach
from ripeness.bargaining.play import situation_of
from ripeness.bargaining.prospects import fighting_value, prospect

RUSSIA, UKRAINE = 0, 1


def both_at_war(first, second, month):
    return (first.month("regime")[month] == 0) & (second.month("regime")[month] == 0)


def test_more_aid_to_one_side_lowers_the_expected_advantage_of_the_other():
    little, much = fixtures.fight(aid_level=0.0), fixtures.fight(aid_level=3.0)
    for month in (6, 12, 24):
        where = both_at_war(little, much, month)
        change = (much.month("expected_advantage") - little.month("expected_advantage"))[month]
        for believer in (RUSSIA, UKRAINE):  # both in terms of the first side
            difference, error = fixtures.mean(change[believer][where])
            assert difference < -4 * error, (month, believer)


def test_a_lower_age_of_mobilisation_gives_more_people_and_no_fewer_recruits():
    high, low = fixtures.fight(mobilisation_age=27.0), fixtures.fight(mobilisation_age=18.0)
    people = [war.final("manpower", "pool")[UKRAINE] for war in (high, low)]
    # A world may take another turn and fight longer: hardly any does so by enough.
    assert np.mean(people[1] > people[0]) > 0.98
    gained = (low.month("intake") - high.month("intake"))[:, UKRAINE]
    first = both_at_war(high, low, 3)
    assert np.mean(gained[3][first] > -1.0) > 0.98  # later more troops may mean less alarm
    for month in (3, 12, 24):
        where = both_at_war(high, low, month)
        difference, error = fixtures.mean(gained[month][where])
        assert difference > 4 * error, month
    assert np.all(low.month("mean_age")[6, UKRAINE] <= high.month("mean_age")[6, UKRAINE])


def test_harder_sanctions_are_felt_no_less():
    soft, hard = fixtures.base(), fixtures.fight(sanctions_intensity=0.2)
    kept = (soft.month("regime") < 2) & (hard.month("regime") < 2)
    more = hard.month("sanctions_felt")[:, RUSSIA] - soft.month("sanctions_felt")[:, RUSSIA]
    assert more[kept].min() > -1e-6
    assert more[kept].max() > 0
    later = kept[24]
    strain = (hard.month("strain") - soft.month("strain"))[24, RUSSIA][later]
    difference, error = fixtures.mean(strain)
    assert difference > 4 * error


def test_without_optimism_both_sides_start_with_the_same_belief():
    none = fixtures.fight(optimism=0.0).month("expected_advantage")
    assert np.array_equal(none[0, RUSSIA], none[0, UKRAINE])
    much = fixtures.fight(optimism=3.0).month("expected_advantage")
    gap = much[0, RUSSIA] - much[0, UKRAINE]
    assert np.all(gap > 0), "each side thinks better of itself"


def test_beliefs_come_nearer_the_truth_in_battle():
    war = fixtures.fight(optimism=2.0)
    error = np.abs(war.month("expected_advantage") - war.month("force_ratio")[:, None])
    fought = (war.month("regime")[:13] == 0).all(axis=0)
    for side in (RUSSIA, UKRAINE):
        means = error[[0, 3, 6, 12], side][:, fought].mean(axis=1)
        assert np.all(np.diff(means) < 0.005), means
        assert means[-1] < 0.4 * means[0]


@pytest.fixture(scope="module")
def situation():
    """The talks of all worlds at the horizon, as the sides see them."""
    war = fixtures.base()
    state, parameters = jax.jit(lambda *both: both)(war.state(), war.worlds.parameters)
    table = jax.tree.map(jnp.asarray, war.packages.table)
    return jax.jit(situation_of)(state, parameters, table), parameters


@pytest.fixture(scope="module")
def gains(situation):
    """Expected gains from a breach, ``(credibility, capacity, side, world)``."""
    talks, parameters = situation
    like = talks.view.enemy_credibility

    @jax.jit
    def gain(credibility, capacity):
        view = eqx.tree_at(
            lambda view: (view.enemy_credibility, view.enemy_protection), talks.view,
            (jnp.full_like(like, credibility), jnp.full_like(like, jnp.log1p(capacity))),
        )  # fmt: skip
        guarded = eqx.tree_at(lambda talks: talks.view, talks, view)
        fight = prospect(guarded.view, parameters, guarded.table).fight
        return gain_from_breach(guarded, parameters, fight, talks.peace)[0]

    grid = (np.linspace(0, 1, 5), np.linspace(0, 3, 7))
    return np.array([[np.asarray(gain(c, k)) for k in grid[1]] for c in grid[0]])


def test_a_more_credible_guarantee_never_makes_a_breach_pay_more(gains):
    assert np.diff(gains, axis=0).max() < 1e-5
    assert np.diff(gains, axis=0).min() < -0.01


def test_a_stronger_guarantee_never_makes_a_breach_pay_more(gains):
    assert np.diff(gains, axis=1).max() < 1e-5


def test_the_value_of_fighting_rises_with_the_believed_advantage(situation):
    talks, parameters = situation
    value = jax.jit(
        lambda more: fighting_value(
            talks.view, parameters, talks.table, talks.view.advantage + more
        )[0]
    )
    found = np.array([np.asarray(value(more)) for more in np.linspace(-2, 2, 21)])
    assert np.diff(found, axis=0).min() > -1e-5


def test_breach_chance_rises_with_the_gain(situation):
    _, parameters = situation
    gains = np.linspace(-1, 1, 41, dtype=np.float32)
    shape = parameters.diplomacy.attack_cost.shape
    chance = partial(breach_chance, parameters=parameters)
    found = np.array([np.asarray(chance(jnp.full(shape, gain))) for gain in gains])
    assert np.all(np.diff(found, axis=0) >= 0)
    assert found.min() >= 0
    assert found.max() <= 1


def test_a_ceasefire_freezes_the_front_and_lets_troops_grow():
    found = {}
    for regime in (0, 1):
        parameters, names = fixtures.numbers()
        found[regime] = fixtures.only(
            ["calendar", "manpower", "combat", "front"], parameters, names, 26,
            keep=lambda s: (s.front.area, s.manpower.troops, s.manpower.morale),
            before=lambda s, week, r=regime: fixtures.set_part(s, "diplomacy", regime=r),
        )  # fmt: skip
    area, troops, morale = found[1]
    assert np.all(area == area[0])
    assert np.all(found[0][0][-1] != found[0][0][0])
    assert np.all(troops[-1] > found[0][1][-1]), "in every world more than had the war gone on"
    assert np.all(morale[-1] >= found[0][2][-1])
    difference, error = fixtures.mean((troops[-1] - troops[0]).ravel())
    assert difference > 4 * error
