"""What must hold of expectations in the whole war, whatever was learnt: a small war, solved once."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import fixtures
from learning import POOL, SEED, narrow_chunks, small_game, sweeps, template, with_lever
from ripeness.bargaining.expectations import library
from ripeness.bargaining.expectations.diagnostics import REGIMES, diagnose, held_out
from ripeness.bargaining.expectations.features import resting_features, types_of
from ripeness.bargaining.expectations.month import (
    expectation_of,
    going_on,
    talk_of,
    unilateral,
)
from ripeness.bargaining.expectations.offers import deals_at, find_offers
from ripeness.bargaining.expectations.prepare import QUARTERS, Effort, Learnt, game_of
from ripeness.bargaining.expectations.solver import Solution, Status, solve
from ripeness.bargaining.expectations.training import prior_weights
from ripeness.bargaining.expectations.values import (
    CEASEFIRE_BLOCK,
    FEATURES,
    RESTING_BLOCK,
    SETTLED_BLOCK,
    WAR_BLOCK,
    breach_of,
    ceasefire_baseline,
    fight_out,
    fighting_features,
    ratified,
    settled_baseline,
    settled_features,
    settled_value,
    waiting,
)
from ripeness.bargaining.expectations.war_game import PROBED, WarGame, programs
from ripeness.bargaining.packages import enumerate_packages
from ripeness.bargaining.play import situation_of
from ripeness.errors import InputError
from ripeness.outcomes.engine import LANES, run_chunks
from ripeness.war.process import Moment
from ripeness.war.simulate import start_of
from ripeness.war.state import ATOMS
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds, draw_worlds
from ripeness.worlds.streams import Luck, seed_words

COSTS = (0.0, 0.04, 0.3)
"""Own costs of war at which the two ways to a value are compared."""

OWN = ("war", "ceasefire", "settled", "resume", "breach")
"""What each side expects and does by itself."""

LOOKED = PROBED
"""Worlds whose situations are looked at."""


# ------------------------------------------------------------------------- one solve for all


@dataclass(frozen=True)
class Small:
    """The small war, its solution, and worlds in which both sides act on it."""

    game: WarGame
    solution: Solution
    states: dict[str, Bundle]  # at the start, and after two years of play

    def parameters(self, coefficients: np.ndarray | None = None, **learnt: Any) -> Bundle:
        """Return the parameters of the first worlds with what their sides have learnt."""
        found = self.solution.coefficients if coefficients is None else coefficients
        both = self.game.with_coefficients(found)
        cut = jax.tree.map(partial(first_of, self.game), self.game.worlds.parameters)
        return strong(Bundle(cut, expectations=Bundle({**both, **learnt})))

    @property
    def table(self) -> Bundle:
        return strong(jax.tree.map(partial(first_of, self.game), self.game.table))


def first_of(game: WarGame, leaf: np.ndarray) -> np.ndarray:
    return leaf[..., :LOOKED] if leaf.shape[-1] == game.worlds.count else leaf


def strong(tree: Any) -> Any:
    return jax.tree.map(lambda leaf: jnp.asarray(np.asarray(leaf)), tree)


@pytest.fixture(scope="module", autouse=True)
def chunks():
    with narrow_chunks():
        yield


@pytest.fixture(scope="module")
def small(chunks) -> Small:
    game = small_game()
    solution = solve(game, sweeps(4))
    start, later = start_of(strong(game.worlds.parameters.replace())), game.probes[1]
    start = jax.tree.map(partial(first_of, game), strong(start))
    return Small(game, solution, {"start": start, "later": at_quarter(later, 2)})


def at_quarter(states: Bundle, place: int) -> Bundle:
    return strong(jax.tree.map(lambda leaf: leaf[place], states))


@pytest.fixture(scope="module")
def random_coefficients() -> np.ndarray:
    return np.random.default_rng(4).normal(0.0, 0.03, (2, FEATURES))


# ------------------------------------------------------------------------- what sides expect


@partial(jax.jit, static_argnames="names")
def look(state, parameters, table, first, seed, *, names) -> dict[str, Any]:
    """Return what both sides expect and do in these situations; ``first``: who may propose."""
    luck = Luck(seed, jnp.arange(LOOKED, dtype=jnp.uint32))
    moment = Moment(jnp.int32(0), luck, names)
    situation = situation_of(state, parameters, table)
    e = expectation_of(situation, parameters, moment)
    cost, stay = parameters.diplomacy.war_cost, going_on(situation, e)
    at = (stay.value.at(e.standing.cost_seen), stay.value.at(cost))
    menu, _ = find_offers(e.standing, e.form, e.war.value, at, situation, parameters, first)
    talk = talk_of(situation, parameters, moment, e, stay, menu, first)
    resume, breach, _ = unilateral(situation, parameters, e)
    return {
        "war": e.war.value.at(cost), "ceasefire": e.ceasefire.value.at(cost),
        "settled": e.settled.at(cost), "resume": resume, "breach": breach,
        "item": talk.item, "accepted": talk.accepted, "belief": talk.belief,
        "deal": talk.deal, "pause": talk.pause,
        "menu": jnp.stack([menu.line, menu.point, menu.available.astype(jnp.int32)]),
        "values": terms_values(situation, parameters, e, menu), "forms": forms(situation, parameters, e),
    }  # fmt: skip


def terms_values(situation, parameters, e, menu) -> Any:
    """Return what each side expects of the terms on the menu: ``(2, item, world)``."""
    deals = deals_at(menu.line, menu.point, situation, parameters)
    waits = jnp.ones_like(parameters.diplomacy.precision)
    value = settled_value(e.standing, e.form, deals, waits, e.war.value, parameters)
    return value.at(parameters.diplomacy.war_cost[:, None])


def forms(situation, parameters, e) -> dict[str, Any]:
    """Return each value in the two ways in which it is computed: to act on, and as rows to learn."""
    s, pending = e.standing, situation.pending.astype(jnp.float32)
    types, coefficients = types_of(parameters.expectations, parameters), parameters.expectations
    mean = jnp.sum(situation.belief * types, axis=1)
    theta = coefficients.coefficients[:, :, 0]
    value = lambda rows, block: jnp.einsum("fsw,sf->sw", rows, theta[:, block])  # noqa: E731
    breach = breach_of(s, e.signed, parameters)
    sure = settled_baseline(s, e.signed, breach, parameters)
    chance = ratified(e.signed, parameters)
    unsure = waiting(sure, fight_out(s), chance)
    fails = jnp.where(situation.pending, 1.0 - chance, 0.0)
    found = {"acts": [], "rows": [], "moved": []}
    for number in COSTS:
        cost = jnp.full_like(mean, number)
        rows = fighting_features(s, e.public, mean, cost)
        war, rest = value(rows, WAR_BLOCK), value(rows, CEASEFIRE_BLOCK)
        rest = rest + value(jnp.stack(resting_features(situation)), RESTING_BLOCK)
        peace = jnp.where(situation.pending, unsure.at(cost), sure.at(cost))
        settled = settled_features(s, e.signed, breach, cost, pending, parameters)
        found["rows"] += [
            fight_out(s).at(cost) + war,
            ceasefire_baseline(s, parameters).at(cost) + war + rest,
            peace + value(settled, SETTLED_BLOCK) + fails * war,
        ]
        found["acts"] += [e.war.value.at(cost), e.ceasefire.value.at(cost), e.settled.at(cost)]
        # The same with a belief that expects more of both sides' costs.
        shift = jnp.array([[0.01], [0.02]])
        more = value(fighting_features(s, e.public, mean + shift, cost) - rows, WAR_BLOCK)
        found["moved"] += [more - shift * e.war.by_own - shift[::-1] * e.war.by_enemy]
    return jax.tree.map(jnp.asarray, {name: jnp.stack(list_) for name, list_ in found.items()})


def looked(small: Small, state: Bundle, parameters: Bundle, **more: Any) -> dict[str, Any]:
    first = more.get("first", jnp.arange(LOOKED) % 2 == 0)
    seed = jnp.asarray(seed_words(more.get("seed", 1)))
    table = more.get("table", small.table)
    found = look(state, parameters, table, first, seed, names=small.game.worlds.names)
    return jax.tree.map(np.asarray, found)


def close(one: np.ndarray, two: np.ndarray, tolerance: float = 2e-4) -> bool:
    return bool(np.abs(one - two).max() < tolerance)


def with_cost(parameters: Bundle, side: int, factor: float) -> Bundle:
    cost = parameters.diplomacy.war_cost.at[side].multiply(factor)
    return parameters.replace(diplomacy=parameters.diplomacy.replace(war_cost=cost))


def same_menu(one: dict[str, Any], two: dict[str, Any]) -> np.ndarray:
    return (one["menu"] == two["menu"]).all(axis=(0, 1))


@pytest.mark.parametrize("when", ["start", "later"])
@pytest.mark.parametrize("enemy", [0, 1])
def test_nothing_a_side_expects_or_does_depends_on_the_enemys_private_cost(small, when, enemy):
    state, true = small.states[when], small.parameters()
    for seed in range(4):
        one = looked(small, state, true, seed=seed)
        two = looked(small, state, with_cost(true, enemy, 3.0), seed=seed)
        for name in OWN:
            assert close(one[name][1 - enemy], two[name][1 - enemy]), name
        proposer = (np.arange(LOOKED) % 2 == 0) == (enemy == 1)  # the other side may propose
        assert same_menu(one, two)[proposer].mean() > 0.98
        own = (1 - enemy, slice(None), same_menu(one, two))
        assert close(one["values"][own], two["values"][own], 1e-3)
        assert (one["item"] == two["item"])[proposer].mean() > 0.98
        # Where the enemy proposes, the same offer gets the same answer and teaches the same.
        alike = (one["item"] == two["item"]) & ~proposer
        assert alike.sum() > 5
        assert (one["accepted"] == two["accepted"])[alike].mean() > 0.95
        assert close(one["belief"][..., alike & (one["accepted"] == two["accepted"])],
                     two["belief"][..., alike & (one["accepted"] == two["accepted"])], 1e-3)  # fmt: skip


@pytest.mark.parametrize("enemy", [0, 1])
def test_it_does_where_information_is_public(small, enemy):
    state = small.states["start"]
    true = small.parameters(public=jnp.ones(1, jnp.float32))
    one, two = (looked(small, state, each) for each in (true, with_cost(true, enemy, 3.0)))
    assert not close(one["war"][1 - enemy], two["war"][1 - enemy], 1e-3)
    assert not same_menu(one, two).all()


@pytest.mark.parametrize("side", [0, 1])
def test_a_sides_own_cost_does_matter_to_itself(small, side):
    """The tests above would pass on values that depend on nothing."""
    state, true = small.states["start"], small.parameters()
    one, two = (looked(small, state, each) for each in (true, with_cost(true, side, 3.0)))
    assert (two["war"][side] < one["war"][side] - 0.01).mean() > 0.9
    assert np.abs(one["deal"] - two["deal"]).max() > 0.05


@pytest.mark.parametrize("when", ["start", "later"])
def test_nothing_depends_on_the_hidden_quality_of_the_forces(small, when):
    true = small.parameters()
    quality = jnp.asarray(np.random.default_rng(1).normal(0, 1, (2, LOOKED)), jnp.float32)
    changed = true.replace(combat=true.combat.replace(quality=quality))
    one, two = (looked(small, small.states[when], each) for each in (true, changed))
    assert fixtures.same(one, two)


def test_what_is_learnt_from_is_weighted_by_hidden_quality_under_each_sides_prior(small):
    """Optimism alone enters here: without it each world counts once."""
    true = small.parameters()
    none = true.information.replace(optimism=jnp.zeros((2, LOOKED)))
    assert close(prior_weights(true.replace(information=none)), np.ones((2, LOOKED)), 1e-6)
    weight = np.asarray(prior_weights(true))
    assert (weight > 0).all()
    assert np.allclose(weight.mean(axis=1), 1.0, atol=0.25)


# ------------------------------------------------------------------------- forms and symmetry


@pytest.mark.parametrize("when", ["start", "later"])
def test_values_acted_on_are_those_that_are_learnt_and_linear_in_the_own_cost(
    small, when, random_coefficients
):
    found = looked(small, small.states[when], small.parameters(random_coefficients))["forms"]
    assert np.isfinite(found["rows"]).all()
    assert close(found["acts"], found["rows"], 1e-3)
    acts = found["acts"].reshape(len(COSTS), 3, 2, LOOKED)
    share = (COSTS[1] - COSTS[0]) / (COSTS[2] - COSTS[0])
    assert close(acts[1], (1.0 - share) * acts[0] + share * acts[2], 1e-3)
    assert close(found["moved"], np.zeros_like(found["moved"]), 1e-4)


def test_relabelled_sides_expect_and_do_the_same(small, random_coefficients):
    """The same worlds with the sides in the other order, each with its own coefficients."""
    war, names = template(), small.game.worlds.names
    turned = war.model_copy(update={"belligerents": dict(reversed(war.belligerents.items()))})
    worlds = draw_worlds(turned, POOL, small.game.worlds.seed)
    assert worlds.names.sides == names.sides[::-1]
    swap = lambda leaf: np.asarray(leaf)[::-1] if leaf.shape[0] == 2 else leaf  # noqa: E731
    learnt = jax.tree.map(swap, small.parameters(random_coefficients).expectations)
    cut = partial(first_of, small.game)
    parameters = strong(Bundle(jax.tree.map(cut, worlds.parameters), expectations=learnt))
    table = strong(jax.tree.map(cut, enumerate_packages(turned, worlds).table))
    first = jnp.arange(LOOKED) % 3 == 0
    ours = looked(small, small.states["start"], small.parameters(random_coefficients), first=first)
    state = strong(start_of(parameters))
    theirs = looked(small, state, parameters, first=~first, table=table)
    for name in OWN:
        assert close(ours[name], theirs[name][::-1], 1e-3), name
    same_item = ours["item"] == theirs["item"]
    assert same_item.mean() > 0.95
    assert np.median(np.abs(ours["deal"] - theirs["deal"])) < 1e-3
    assert (np.abs(ours["deal"] - theirs["deal"]) < 5e-3).mean() > 0.9  # ties on the frontier
    alike = same_item & (ours["accepted"] == theirs["accepted"])
    assert alike.mean() > 0.9
    gap = np.abs(ours["belief"] - theirs["belief"][::-1]).max(axis=(0, 1))
    assert (gap[alike] < 5e-3).mean() > 0.9


# ------------------------------------------------------------------------- the same again


def test_the_same_seed_gives_the_same_coefficients_and_another_others(small):
    again = solve(small_game(), sweeps(4))
    np.testing.assert_array_equal(again.coefficients, small.solution.coefficients)
    other = solve(small_game(seed=SEED + 1), sweeps(2))
    assert not np.array_equal(other.coefficients, small.solution.coefficients)


def test_nothing_is_compiled_anew_when_a_lever_moves_or_coefficients_change(small):
    """Nor when types are certain or information is public: all of these are numbers."""
    each = programs(small.game.worlds.names, QUARTERS)
    before = [program._cache_size() for program in each]
    other = small_game(template().with_levers(aid_level=3.0, sanctions=0.9), public=True)
    solve(other, sweeps(2), start=small.solution.coefficients)
    assert programs(other.worlds.names, QUARTERS) is each
    assert [program._cache_size() for program in each] == before
    assert before[0] == before[1] == before[2] == 1


def test_what_is_stored_is_what_was_learnt(small):
    learnt = Learnt(small.game.with_coefficients(small.solution.coefficients), small.solution, "x")
    text = library.as_text(learnt, moments=True)
    assert "NaN" not in text
    json.loads(text)
    found = library.from_text(text)
    for name, array in learnt.arrays.items():
        np.testing.assert_allclose(found.arrays[name], array, rtol=1e-7, err_msg=name)
    assert found.solution.status is small.solution.status
    assert [s.number for s in found.solution.sweeps] == [0, 1, 2, 3]
    one, two = (solve(small_game(), sweeps(1), start=s) for s in (small.solution, found.solution))
    np.testing.assert_allclose(one.coefficients, two.coefficients, atol=1e-4)
    assert two.sweeps[-1].number == 4


@pytest.fixture(scope="module")
def run() -> fixtures.War:
    """``ukraine`` as it runs, both sides acting on what is shipped with it."""
    return fixtures.fight(theory="expectations")


def test_beliefs_add_to_one_through_a_whole_run(small, run):
    probes = np.asarray(small.game.probes[1].diplomacy.belief)
    for belief in (probes, run.final("diplomacy", "belief")):
        assert (belief > 0).all()
        np.testing.assert_allclose(belief.sum(axis=-2), 1.0, atol=1e-5)
    assert np.abs(belief - 1.0 / ATOMS).max() > 0.05  # they have moved


def test_a_run_ends_wars_and_holds_no_nonsense(run):
    assert 0.05 < (run.final("diplomacy", "signatures") > 0).mean() < 1.0
    for name in ("reservation", "resume_chance", "breach_chance", "zone_width"):
        assert np.isfinite(run.month(name)).all(), name
    for name in ("resume_chance", "breach_chance"):
        assert (run.month(name) >= 0).all()
        assert (run.month(name) <= 1).all()
    assert np.abs(run.month("reservation")).max() < 3.0


def test_a_run_does_not_depend_on_which_worlds_share_a_chunk(run):
    """A chunk of its own for worlds that lay in the halves of two."""
    told, part = run.worlds, slice(LANES // 2, 3 * LANES // 2)
    cut = lambda leaf: leaf[..., part] if leaf.shape[-1] == told.count else leaf  # noqa: E731
    middle = replace(
        told,
        parameters=jax.tree.map(cut, told.parameters),
        values={path: value[part] for path, value in told.values.items()},
        theory=told.theory[part],
        identity=told.identity[part],
    )
    table = jax.tree.map(cut, run.packages.table)
    (alone,) = run_chunks(middle, table, fixtures.MONTHS, chunk=LANES)
    among = jax.tree.map(lambda leaf: leaf[..., part], run.state())
    assert fixtures.same(alone.final, among)


@pytest.mark.slow  # another width is another program
def test_a_run_does_not_depend_on_the_width_of_a_chunk(run):
    wide = fixtures.fight(theory="expectations", chunk=2 * LANES)
    assert len(wide.parts) == 1
    assert fixtures.same(wide.state(), run.state())


def test_sides_expect_what_comes_in_worlds_they_have_not_learnt_from(small):
    fresh = held_out(small.game, template(), POOL, SEED)
    # In four sweeps the value of ceasefires that seldom last has not come to rest.
    judged = diagnose(fresh, solve(small.game, sweeps(10)), ("a", "b"), probes=False)
    assert judged.worlds == POOL
    assert set(judged.bias) == set(REGIMES)
    for regime in REGIMES:
        assert judged.rows[regime] > 500, regime
        for side in ("a", "b"):
            assert abs(judged.bias[regime][side]) < 0.05, (regime, side)
            assert judged.explained[regime][side] > 0.3, (regime, side)


# ------------------------------------------------------------------------- hard cases


def sane(solution: Solution) -> None:
    assert solution.status in (Status.STILL_MOVING, Status.CONVERGED), solution.message
    assert np.isfinite(solution.coefficients).all()
    for sweep in solution.sweeps:
        assert all(0.0 <= share <= 1.0 for share in sweep.shares.values())


def test_no_uncertainty_about_costs_is_no_trouble(small):
    certain = with_lever(template(), "belligerents.*.diplomacy.war_cost", "set", 0.08)
    game = small_game(certain)
    assert np.ptp(np.asarray(game.learnt.atoms)) == 0.0
    sane(solve(game, sweeps(2), start=small.solution.coefficients))


def test_no_uncertainty_about_quality_is_no_trouble(small):
    certain = with_lever(template(), "belligerents.*.combat.quality", "set", 0.0)
    game = small_game(certain)
    assert float(game.learnt.quality_spread[0]) == 0.0
    sane(solve(game, sweeps(2), start=small.solution.coefficients))


def test_a_frontier_of_one_point_is_no_trouble(small):
    border = template().issues["border"]
    bare = template().model_copy(update={"issues": {"border": border}})
    game = small_game(bare)
    assert (np.asarray(game.table.value[0]) > -1e8).sum(axis=0).max() == 1
    solution = solve(game, sweeps(2))
    sane(solution)


def test_a_frontier_with_nothing_to_sign_but_a_ceasefire_is_no_trouble(small):
    """All levels of the line are ruled out in every world."""
    game = small_game()
    game.table = game.table.replace(line_allowed=np.zeros_like(game.table.line_allowed))
    solution = solve(game, sweeps(2), start=small.solution.coefficients)
    sane(solution)


def with_nan(worlds: Worlds) -> Worlds:
    quality = worlds.parameters.combat.quality.copy()
    quality[0, 5] = np.nan
    combat = worlds.parameters.combat.replace(quality=quality)
    return replace(worlds, parameters=worlds.parameters.replace(combat=combat))


def test_a_number_that_is_none_stops_the_solve_and_is_named(small):
    game = small_game()
    game.worlds = with_nan(game.worlds)
    solution = solve(game, sweeps(2), start=small.solution.coefficients)
    assert solution.status is Status.NOT_FINITE
    assert "(sweep 0)" in solution.message
    np.testing.assert_array_equal(solution.coefficients, small.solution.coefficients)


def test_a_number_that_is_none_from_the_start_is_refused():
    with pytest.raises(InputError) as caught:
        small_game(change=with_nan)
    (problem,) = caught.value.problems
    assert problem.where == "combat.quality"
    assert "undefined 1 times" in problem.what


@pytest.mark.slow  # one world at a time is another program
def test_one_world_is_enough_to_run():
    game = game_of(template(), Effort(1, 1, sweeps(2)), SEED)
    sane(solve(game, sweeps(2)))


@pytest.mark.slow  # another horizon is another program
def test_a_war_of_one_month_runs():
    war = fixtures.fight(theory="expectations", months=1)
    assert np.isfinite(war.month("reservation")).all()
