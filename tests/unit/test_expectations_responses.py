"""The rules by which sides respond: what they must not depend on, and what they must."""

from __future__ import annotations

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ripeness.bargaining.expectations.responses import (
    answer,
    choice,
    hazard,
    sigmoid,
    updated,
)

ITEMS, ATOMS, WORLDS = 5, 4, 7
PRECISION = jnp.float32(30.0)
TYPES = jnp.linspace(-0.1, 0.1, ATOMS)[:, None]
SEEDS = some.integers(0, 2**32 - 1)
quick = settings(max_examples=25, deadline=None)

hazards = jax.jit(hazard, static_argnums=3)
choices, updates = jax.jit(choice), jax.jit(updated)


def random_of(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def beliefs(draw: np.random.Generator, *shape: int) -> jnp.ndarray:
    """Return beliefs ``(*shape, atom, world)``, some atoms at zero."""
    weight = draw.exponential(1.0, (*shape, ATOMS, WORLDS)) * (draw.random((ATOMS, WORLDS)) < 0.8)
    weight[..., 0, :] += 1e-3
    return jnp.asarray(weight / weight.sum(axis=-2, keepdims=True), jnp.float32)


def values(draw: np.random.Generator, *shape: int, scale: float = 0.1) -> jnp.ndarray:
    return jnp.asarray(draw.normal(0.0, scale, shape), jnp.float32)


def is_distribution(belief: jnp.ndarray) -> bool:
    return bool((belief >= 0).all()) and np.allclose(belief.sum(axis=-2), 1.0, atol=1e-5)


# -------------------------------------------------------------------------------------- choice


@quick
@given(SEEDS, some.sampled_from((2, 4)))
def test_copies_that_share_the_weight_of_an_item_change_nothing(seed, copies):
    draw = random_of(seed)
    value, weight = values(draw, ITEMS, WORLDS), draw.dirichlet(np.ones(ITEMS), WORLDS).T
    weight = jnp.asarray(weight, jnp.float32)
    whole = choices(value, weight, PRECISION)
    many = jnp.concatenate([value, *(value[:1],) * (copies - 1)])
    shares = jnp.concatenate(
        [weight[:1] / copies, weight[1:], *(weight[:1] / copies,) * (copies - 1)]
    )
    split = choices(many, shares, PRECISION)
    assert np.allclose(split[1:ITEMS], whole[1:], atol=1e-6)
    assert np.allclose(split[0] + split[ITEMS:].sum(axis=0), whole[0], atol=1e-6)


@quick
@given(SEEDS, some.floats(0.0, 1e4))
def test_an_item_without_weight_is_never_chosen_though_worth_more(seed, better):
    draw = random_of(seed)
    value, weight = values(draw, ITEMS, WORLDS), jnp.full((ITEMS, WORLDS), 0.25).at[2].set(0.0)
    odds = choices(value.at[2].add(better), weight, PRECISION)
    assert (odds[2] == 0).all()
    left = np.array([0, 1, 3, 4])
    assert np.allclose(odds[left], choices(value[left], weight[left], PRECISION), atol=1e-6)


def test_odds_at_indifference_are_the_weights():
    weight = jnp.array([[0.5], [0.3], [0.2]])
    assert np.allclose(choice(jnp.full((3, 1), 0.7), weight, PRECISION), weight, atol=1e-6)


@pytest.mark.parametrize("level", [-1e6, 0.0, 1e6])
def test_odds_are_finite_however_large_the_values(level):
    value = level + jnp.array([[0.0], [100.0], [-100.0]])
    odds = choice(value, jnp.full((3, 1), 1 / 3), jnp.float32(1e3))
    assert np.allclose(odds, [[0.0], [1.0], [0.0]], atol=1e-6)


def test_only_the_one_item_with_weight_is_chosen_however_bad():
    odds = choice(jnp.array([[-1e4], [1e4]]), jnp.array([[1.0], [0.0]]), PRECISION)
    assert odds.tolist() == [[1.0], [0.0]]


# -------------------------------------------------------------------------------------- hazard


@quick
@given(SEEDS, some.sampled_from((2, 7)))
def test_hazards_do_not_depend_on_the_length_of_the_month(seed, pieces):
    draw = random_of(seed)
    gain, rate = values(draw, WORLDS), jnp.asarray(draw.uniform(0, 1, WORLDS), jnp.float32)
    whole = hazards(gain, PRECISION, rate, 1.0 / 12.0)
    piece = np.asarray(hazards(gain, PRECISION, rate, 1.0 / 12.0 / pieces), np.float64)
    assert np.allclose(whole, 1.0 - (1.0 - piece) ** pieces, rtol=1e-4, atol=1e-6)


@quick
@given(SEEDS)
def test_hazards_are_chances_that_rise_with_the_gain(seed):
    gain = jnp.sort(values(random_of(seed), 50, scale=1.0))
    chance = np.asarray(hazards(gain, PRECISION, jnp.float32(0.3), 1.0 / 12.0))
    assert (chance >= 0).all()
    assert (chance <= 1).all()
    assert (np.diff(chance) >= 0).all()


def test_at_indifference_an_act_comes_as_often_as_it_is_considered():
    assert float(hazard(jnp.float32(0), PRECISION, jnp.float32(0.3), 1.0)) == pytest.approx(
        1.0 - np.exp(-0.3)
    )


def test_nothing_is_done_that_is_never_considered():
    assert float(hazard(jnp.float32(10.0), PRECISION, jnp.float32(0.0), 1.0)) == 0.0


# -------------------------------------------------------------------------------------- belief


@quick
@given(SEEDS, some.sampled_from(["random", "certain", "impossible"]))
def test_beliefs_stay_distributions(seed, kind):
    draw = random_of(seed)
    likelihood = {
        "random": draw.random((ITEMS, ATOMS, WORLDS)),
        "certain": draw.integers(0, 2, (ITEMS, ATOMS, WORLDS)),
        "impossible": np.zeros((ITEMS, ATOMS, WORLDS)),
    }[kind]
    belief = beliefs(draw)
    after = updates(belief, jnp.asarray(likelihood, jnp.float32))
    assert is_distribution(after)
    assert (np.asarray(after)[:, np.asarray(belief) == 0] == 0).all()


@quick
@given(SEEDS, some.floats(0.01, 1.0))
def test_what_all_types_do_alike_teaches_nothing(seed, chance):
    belief = beliefs(random_of(seed))
    assert np.allclose(updates(belief, jnp.full_like(belief, chance)), belief, atol=1e-6)


@quick
@given(SEEDS)
def test_the_order_of_what_is_seen_does_not_matter(seed):
    draw = random_of(seed)
    belief = beliefs(draw)
    one, two = (jnp.asarray(draw.uniform(0.01, 1, (ATOMS, WORLDS)), jnp.float32) for _ in range(2))
    first = updates(updates(belief, one), two)
    assert np.allclose(first, updates(updates(belief, two), one), atol=1e-5)


# -------------------------------------------------------------------------------------- answers


@partial(jax.jit, static_argnames=("sweeps", "damping"))
def answers(accept, belief, *, weight=0.0, sweeps=2, start=None, damping=0.5):
    """Return answers where a refusal is worth ``weight`` times the belief's mean type."""

    def refuse(after: jnp.ndarray) -> jnp.ndarray:
        return (weight * jnp.sum(after * TYPES, axis=-2))[:, None]

    return answer(accept, refuse, belief, PRECISION, sweeps, start, damping)


@quick
@given(SEEDS)
def test_a_copy_of_an_offer_changes_no_answer(seed):
    draw = random_of(seed)
    accept, belief = values(draw, ITEMS, ATOMS, WORLDS), beliefs(draw)
    more = jnp.concatenate([accept, accept[:2]])
    one, two = answers(accept, belief, weight=0.5), answers(more, belief, weight=0.5)
    for before, after in zip(one, two, strict=True):
        assert np.allclose(after[:ITEMS], before, atol=1e-6)
        assert np.allclose(after[ITEMS:], before[:2], atol=1e-6)


@quick
@given(SEEDS, some.floats(-2.0, 2.0), some.sampled_from((0, 2)))
def test_odds_are_chances_and_beliefs_after_a_refusal_distributions(seed, weight, sweeps):
    draw = random_of(seed)
    accept, belief = values(draw, ITEMS, ATOMS, WORLDS, scale=1.0), beliefs(draw)
    said = answers(accept, belief, weight=weight, sweeps=sweeps)
    assert (said.odds >= 0).all()
    assert (said.odds <= 1).all()
    assert is_distribution(said.after_refusal)
    assert np.allclose(said.expected, (belief * said.odds).sum(axis=-2), atol=1e-6)


@quick
@given(SEEDS, some.floats(-2.0, 2.0))
def test_on_average_an_answer_moves_no_belief(seed, weight):
    draw = random_of(seed)
    accept, belief = values(draw, ITEMS, ATOMS, WORLDS), beliefs(draw)
    said = answers(accept, belief, weight=weight)
    after_acceptance = updates(belief, said.odds)
    chance = said.expected[:, None]
    average = chance * after_acceptance + (1.0 - chance) * said.after_refusal
    assert np.allclose(average, jnp.broadcast_to(belief, average.shape), atol=1e-5)


@quick
@given(SEEDS)
def test_an_offer_worth_more_is_accepted_more_often(seed):
    draw = random_of(seed)
    belief, value = beliefs(draw), jnp.sort(values(draw, ITEMS), axis=0)
    accept = jnp.broadcast_to(value[:, None, None], (ITEMS, ATOMS, WORLDS))
    accept = accept + values(draw, ATOMS, WORLDS)
    said = answers(accept, belief)
    assert (jnp.diff(said.odds, axis=0) >= 0).all()
    assert (jnp.diff(said.expected, axis=0) >= -1e-7).all()


@quick
@given(SEEDS)
def test_a_type_that_gains_more_accepts_more_often_and_its_refusal_is_told(seed):
    draw = random_of(seed)
    accept = jnp.sort(values(draw, ITEMS, ATOMS, WORLDS), axis=1)
    said = answers(accept, jnp.full((ATOMS, WORLDS), 1.0 / ATOMS))
    assert (jnp.diff(said.odds, axis=1) >= 0).all()
    assert (jnp.diff(said.after_refusal, axis=1) <= 1e-6).all()


@quick
@given(SEEDS, some.floats(-0.5, 0.5))
def test_the_fixed_point_of_answers_is_one(seed, weight):
    draw = random_of(seed)
    accept, belief = values(draw, ITEMS, ATOMS, WORLDS, scale=0.03), beliefs(draw)
    found = answers(accept, belief, weight=weight, sweeps=200, damping=0.3)
    again = answers(accept, belief, weight=weight, sweeps=1, start=found.odds, damping=1.0)
    assert np.allclose(again.odds, found.odds, atol=1e-4)
    refuse = weight * (updated(belief, 1.0 - found.odds) * TYPES).sum(axis=-2, keepdims=True)
    assert np.allclose(found.odds, sigmoid(PRECISION * (accept - refuse)), atol=1e-4)


def test_without_sweeps_a_refusal_moves_no_belief_before_the_answer():
    draw = random_of(1)
    accept, belief = values(draw, ITEMS, ATOMS, WORLDS), beliefs(draw)
    said = answers(accept, belief, weight=1.0, sweeps=0)
    refuse = (belief * TYPES).sum(axis=0)
    assert np.allclose(said.odds, sigmoid(PRECISION * (accept - refuse)), atol=1e-5)


def test_the_sweeps_that_are_written_out_are_those_of_the_loop():
    """Up to two sweeps are unrolled; more go through a loop."""
    draw = random_of(2)
    accept, belief = values(draw, ITEMS, ATOMS, WORLDS), beliefs(draw)
    two = answers(accept, belief, weight=0.5, sweeps=2)
    four = answers(accept, belief, weight=0.5, sweeps=2, start=two.odds)
    assert np.allclose(four.odds, answers(accept, belief, weight=0.5, sweeps=4).odds, atol=1e-6)


@pytest.mark.parametrize("exponent", [-1e9, -40.0, 0.0, 40.0, 1e9])
def test_odds_stay_inside_zero_and_one(exponent):
    odds = float(sigmoid(jnp.float32(exponent)))
    assert odds == pytest.approx(1.0 / (1.0 + np.exp(-np.clip(exponent, -30, 30))), abs=1e-6)
