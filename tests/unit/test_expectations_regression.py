"""The regression against what is known exactly, and the iteration around it on a game of one number."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from ripeness.bargaining.expectations.regression import Moments, Ridges, moments_of, solved
from ripeness.bargaining.expectations.solver import (
    Game,
    Played,
    Settings,
    Status,
    Sweep,
    settled_down,
    solve,
)

ROWS, FEATURES = 400, 4
FREE = Ridges(pooled=0.0, previous=0.0, baseline=0.0)
ALONE = ((0,),)

gather = jax.jit(moments_of)


def moments(feature, target, weight=None, following=None, instrument=None) -> Moments:
    """Return the moments of rows given as ``(head, row, ...)`` arrays."""
    turned = [
        None if part is None else jnp.asarray(np.swapaxes(part, 1, 2), jnp.float32)
        for part in (feature, following, instrument)
    ]
    weight = np.ones(target.shape) if weight is None else weight
    ahead = jnp.zeros_like(turned[0]) if turned[1] is None else turned[1]
    reward, counts = jnp.asarray(target, jnp.float32), jnp.asarray(weight, jnp.float32)
    return gather(turned[0], ahead, reward, counts, turned[2]).on_host()


@pytest.fixture
def rows():
    """Features, targets and weights of two heads."""
    draw = np.random.default_rng(1)
    feature = draw.normal(0, 1, (2, ROWS, FEATURES))
    truth = draw.normal(0, 1, (2, FEATURES, 1))
    target = (feature @ truth)[..., 0] + draw.normal(0, 0.3, (2, ROWS))
    return feature, target, draw.uniform(0.2, 2.0, (2, ROWS))


def nothing(heads: int = 1, features: int = FEATURES) -> np.ndarray:
    return np.zeros((heads, features))


def least_squares(feature, target, weight) -> np.ndarray:
    root = np.sqrt(weight)
    return np.linalg.lstsq(feature * root[:, None], target * root, rcond=None)[0]


# ------------------------------------------------------------------------------- the regression


def test_without_ridges_it_is_weighted_least_squares(rows):
    feature, target, weight = rows
    found = solved(moments(*rows), nothing(2), FREE, ((0,), (1,)))
    for head in (0, 1):
        exact = least_squares(feature[head], target[head], weight[head])
        np.testing.assert_allclose(found[head], exact, atol=1e-4)


def test_rows_of_no_weight_do_not_count(rows):
    feature, target, weight = rows
    idle = weight.copy()
    idle[:, ROWS // 2 :] = 0.0
    target = target + 1e3 * (idle == 0)
    cut = (part[:, : ROWS // 2] for part in (feature, target, weight))
    with_them, without = moments(feature, target, idle), moments(*cut)
    for one, two in zip(jax.tree.leaves(with_them), jax.tree.leaves(without), strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-4, atol=1e-3)


def test_control_variates_take_out_noise_and_are_left_out(rows):
    feature, target, weight = (part[:1] for part in rows)
    noise = np.random.default_rng(2).normal(0, 1, (1, ROWS, 1))
    loud = target + 5.0 * noise[..., 0]
    both = np.concatenate([feature, noise], axis=2)
    found = solved(moments(both, loud, weight), nothing(), FREE, ALONE)
    assert found.shape == (1, FEATURES)
    exact = least_squares(both[0], loud[0], weight[0])
    np.testing.assert_allclose(found[0], exact[:FEATURES], atol=1e-4)
    loudly = solved(moments(feature, loud, weight), nothing(), FREE, ALONE)
    quiet = solved(moments(feature, target, weight), nothing(), FREE, ALONE)
    assert np.abs(found - quiet).max() < 0.3 * np.abs(loudly - quiet).max()


def chain(draw: np.random.Generator, states: int) -> tuple[np.ndarray, np.ndarray]:
    return draw.dirichlet(np.ones(states), states), draw.normal(0, 1, states)


@pytest.mark.parametrize("discount", [0.0, 0.6, 0.95])
@pytest.mark.parametrize("trace", [0.0, 0.7])
def test_step_by_step_it_finds_the_exact_value_of_a_markov_chain(discount, trace):
    """One row per transition, weighted by its chance; the trace is that of the state before."""
    states = 5
    chance, reward = chain(np.random.default_rng(3), states)
    exact = np.linalg.solve(np.eye(states) - discount * chance, reward)
    before, here, after = np.meshgrid(*(np.arange(states),) * 3, indexing="ij")
    before, here, after = before.ravel(), here.ravel(), after.ravel()
    one_hot = np.eye(states)
    found = solved(
        moments(
            one_hot[here][None],
            reward[here][None],
            (chance[before, here] * chance[here, after])[None],
            discount * one_hot[after][None],
            (one_hot[here] + discount * trace * one_hot[before])[None],
        ),
        nothing(1, states),
        FREE,
        ALONE,
    )
    np.testing.assert_allclose(found[0], exact, rtol=2e-3, atol=2e-3)


def test_the_instrument_is_the_feature_unless_told_otherwise(rows):
    feature, target, weight = rows
    one, two = moments(*rows), moments(feature, target, weight, None, feature)
    for first, second in zip(jax.tree.leaves(one), jax.tree.leaves(two), strict=True):
        np.testing.assert_array_equal(first, second)


def test_faded_moments_count_as_rows_of_less_weight(rows):
    feature, target, weight = rows
    half, whole = moments(feature, target, 0.5 * weight), moments(*rows)
    for one, two in zip(jax.tree.leaves(whole.faded(0.5)), jax.tree.leaves(half), strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-5)


def test_moments_add_up_like_rows(rows):
    early, late = (
        moments(*(part[:, cut] for part in rows)) for cut in (slice(0, 150), slice(150, ROWS))
    )
    for one, two in zip(
        jax.tree.leaves(early + late), jax.tree.leaves(moments(*rows)), strict=True
    ):
        np.testing.assert_allclose(one, two, rtol=1e-4, atol=1e-3)


# ------------------------------------------------------------------------------- its pulls


def distance(found: np.ndarray) -> float:
    return float(np.abs(found[0] - found[1]).max())


def test_pooling_pulls_the_heads_of_a_group_together(rows):
    sums = moments(*rows)
    pull = lambda pooled: solved(sums, nothing(2), replace(FREE, pooled=pooled), ((0, 1),))  # noqa: E731
    apart = solved(sums, nothing(2), FREE, ((0,), (1,)))
    spread = [distance(apart), *(distance(pull(pooled)) for pooled in (0.1, 1.0, 10.0))]
    assert all(wider > closer for wider, closer in zip(spread, spread[1:], strict=False))
    feature, target, weight = (part.reshape(1, -1, *part.shape[2:]) for part in rows)
    together = solved(moments(feature, target, weight), nothing(), FREE, ALONE)
    np.testing.assert_allclose(pull(1e4), np.repeat(together, 2, axis=0), atol=2e-3)


def test_pooling_leaves_a_head_alone_in_its_group_as_it_is(rows):
    sums, pooled = moments(*rows), replace(FREE, pooled=5.0)
    apart = solved(sums, nothing(2), FREE, ((0,), (1,)))
    np.testing.assert_array_equal(solved(sums, nothing(2), pooled, ((0,), (1,))), apart)


def test_a_stiff_feature_is_held_nearer_to_the_baseline(rows):
    sums = moments(*(part[:1] for part in rows))
    ridges = replace(FREE, baseline=0.1)
    stiffness = np.array([1.0, 30.0, 1.0, 1.0])
    usual = solved(sums, nothing(), ridges, ALONE)
    stiff = solved(sums, nothing(), ridges, ALONE, stiffness)
    free = solved(sums, nothing(), FREE, ALONE)
    assert abs(stiff[0, 1]) < 0.5 * abs(usual[0, 1]) < 0.5 * abs(free[0, 1])
    assert np.abs(stiff[0, 1]) < 0.3 * np.abs(free[0, 1])


def test_units_of_a_feature_do_not_matter_to_the_pull(rows):
    feature, target, weight = (part[:1] for part in rows)
    ridges = Ridges(pooled=0.0, previous=0.0, baseline=0.2)
    metres = solved(moments(feature, target, weight), nothing(), ridges, ALONE)
    kilometres = solved(
        moments(feature * [1, 1, 1e-2, 1], target, weight), nothing(), ridges, ALONE
    )
    np.testing.assert_allclose(kilometres[0] * [1, 1, 1e-2, 1], metres[0], rtol=1e-3)


def test_the_last_solution_pulls(rows):
    sums = moments(*(part[:1] for part in rows))
    last = np.full((1, FEATURES), 7.0)
    found = solved(sums, last, replace(FREE, previous=1e4), ALONE)
    np.testing.assert_allclose(found, last, rtol=1e-2)


def test_a_feature_nobody_saw_stays_at_the_baseline(rows):
    feature, target, weight = (part[:1] for part in rows)
    feature = feature.copy()
    feature[..., 2] = 0.0
    found = solved(moments(feature, target, weight), nothing(), FREE, ALONE)
    assert found[0, 2] == 0.0
    assert np.isfinite(found).all()


def test_without_any_row_the_answer_is_the_last_one_or_the_baseline():
    none = Moments(
        *(
            np.zeros(shape)
            for shape in ((1, FEATURES, FEATURES), (1, FEATURES), (1, FEATURES), (1,))
        )
    )
    np.testing.assert_array_equal(solved(none, nothing(), FREE, ALONE), nothing())


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("where", ["gram", "target"])
def test_what_is_not_finite_is_refused_by_name(rows, where, bad):
    sums = moments(*rows)
    parts = {name: getattr(sums, name).copy() for name in ("gram", "target", "square", "rows")}
    parts[where].flat[1] = bad
    with pytest.raises(FloatingPointError, match=where):
        solved(Moments(**parts), nothing(2), FREE, ((0, 1),))


# ------------------------------------------------------------------------------- the iteration


@dataclass
class Echo:
    """A game of one number: what is realised follows from what is expected, ``start + slope c``."""

    start: float = 0.5
    slope: float = 0.4
    noise: float = 0.0
    drift: float = 0.0
    largest: float = 1.0
    interrupt_at: int | None = None
    broken_at: int | None = None
    heads: tuple[str, ...] = ("it",)
    groups: tuple[tuple[int, ...], ...] = ALONE
    features: int = 1
    played: list[int] = field(default_factory=list)

    def play(self, coefficients: np.ndarray, sweep: int) -> Played:
        if sweep == self.interrupt_at:
            raise KeyboardInterrupt
        self.played.append(sweep)
        value = self.start + self.slope * float(coefficients[0, 0])
        value += self.noise * np.random.default_rng(sweep).normal()
        if sweep == self.broken_at:
            value = np.nan
        one = np.ones((1, 1, 1))
        sums = Moments(100.0 * one, 100.0 * value * one[0], 100.0 * one[0], 100.0 * one[0, 0])
        return Played(sums, {"settled": 0.5 + self.drift * sweep}, self.largest)

    def rules(self, coefficients: np.ndarray) -> np.ndarray:
        return np.tanh(coefficients).ravel()

    @property
    def fixed_point(self) -> float:
        return self.start / (1.0 - self.slope)


PLAIN = Settings(
    sweeps=30, least=6, forgetting=((0.0, 0.0),), ridges=FREE, average=1, window=4, still=1e-3
)


def test_a_game_is_known_by_what_it_can_do():
    assert isinstance(Echo(), Game)


def test_it_stops_at_the_fixed_point_and_says_that_it_converged():
    game = Echo()
    solution = solve(game, PLAIN)
    assert solution.converged
    assert solution.status is Status.CONVERGED
    assert solution.message == Status.CONVERGED.value
    assert solution.coefficients[0, 0] == pytest.approx(game.fixed_point, abs=2e-3)
    assert PLAIN.least <= len(solution.sweeps) < PLAIN.sweeps
    assert [sweep.number for sweep in solution.sweeps] == game.played


def test_it_does_not_stop_before_the_fewest_sweeps():
    at_rest = Echo(slope=0.0)
    assert len(solve(at_rest, PLAIN).sweeps) == PLAIN.least
    assert len(solve(at_rest, replace(PLAIN, least=1)).sweeps) == PLAIN.window


@pytest.mark.parametrize("game", [Echo(slope=-1.0), Echo(drift=0.02), Echo(noise=0.5)])
def test_rules_or_shares_that_move_are_not_taken_for_converged(game):
    solution = solve(game, PLAIN)
    assert solution.status is Status.STILL_MOVING
    assert len(solution.sweeps) == PLAIN.sweeps
    assert "Try more sweeps" in solution.message


def test_averaging_finds_the_centre_of_an_oscillation():
    game = Echo(slope=-1.0)
    solution = solve(game, replace(PLAIN, average=8))
    assert solution.coefficients[0, 0] == pytest.approx(game.fixed_point, abs=1e-6)
    assert len(solution.last) == 8


def test_damping_and_forgetting_calm_an_oscillation():
    for calmer in (replace(PLAIN, damping=0.5), replace(PLAIN, forgetting=((0.0, 0.7),))):
        assert solve(Echo(slope=-1.0), calmer).converged


def test_moments_of_earlier_sweeps_count_by_the_forgetting_factor():
    """The answer is the mean of what was seen, weighted by .6 to the power of its age."""
    game = Echo(slope=0.0, noise=1.0)
    settings = replace(PLAIN, sweeps=5, forgetting=((0.0, 0.6),), ridges=FREE)
    seen = np.array([game.start + np.random.default_rng(k).normal() for k in range(5)])
    weight = 0.6 ** np.arange(5)[::-1]
    expected = (weight * seen).sum() / weight.sum()
    assert solve(game, settings).coefficients[0, 0] == pytest.approx(expected, rel=1e-5)


def test_the_forgetting_factor_rises_as_the_sweeps_go_by():
    settings = Settings(sweeps=10, forgetting=((0.0, 0.5), (0.5, 0.85)))
    assert [settings.forgetting_at(sweep) for sweep in (0, 4, 5, 9)] == [0.5, 0.5, 0.85, 0.85]


def test_values_out_of_range_stop_the_solve_and_name_the_sweep():
    solution = solve(Echo(largest=40.0), PLAIN)
    assert solution.status is Status.OUT_OF_RANGE
    assert "40 times the stakes (sweep 0)" in solution.message


@pytest.mark.parametrize("largest", [np.nan, np.inf])
def test_values_that_are_no_numbers_are_out_of_range(largest):
    assert solve(Echo(largest=largest), PLAIN).status is Status.OUT_OF_RANGE


def test_a_value_that_is_not_finite_keeps_the_last_good_sweep_and_names_the_place():
    solution = solve(Echo(broken_at=3), PLAIN)
    assert solution.status is Status.NOT_FINITE
    assert "target" in solution.detail
    assert "(sweep 3)" in solution.message
    assert np.isfinite(solution.coefficients).all()
    assert len(solution.sweeps) == 3


def test_an_interruption_keeps_the_last_finished_sweep():
    solution = solve(Echo(interrupt_at=3), PLAIN)
    assert solution.status is Status.STOPPED
    assert "--resume" in solution.message
    short = solve(Echo(), replace(PLAIN, sweeps=3))
    np.testing.assert_array_equal(solution.coefficients, short.coefficients)
    assert [sweep.number for sweep in solution.sweeps] == [0, 1, 2]


def test_an_interruption_in_the_first_sweep_keeps_the_start():
    solution = solve(Echo(interrupt_at=0), PLAIN, start=np.array([[0.7]]))
    assert solution.status is Status.STOPPED
    assert solution.sweeps == ()
    assert solution.coefficients.tolist() == [[0.7]]


@pytest.mark.parametrize("where", ["progress", "keep"])
def test_an_interruption_while_a_sweep_is_told_or_stored_keeps_that_sweep(where):
    done = []

    def interrupted(_: object) -> None:
        done.append(1)
        if len(done) == 3:
            raise KeyboardInterrupt

    solution = solve(Echo(), PLAIN, **{where: interrupted})
    assert solution.status is Status.STOPPED
    assert len(solution.sweeps) == 3


def test_a_solve_that_goes_on_ends_where_an_uninterrupted_one_does():
    settings = replace(PLAIN, forgetting=((0.0, 0.6),), average=3, least=40)
    noisy = lambda **more: Echo(noise=0.1, **more)  # noqa: E731
    whole = solve(noisy(), replace(settings, sweeps=9))
    stopped = solve(noisy(interrupt_at=4), replace(settings, sweeps=9))
    game = noisy()
    rest = solve(game, replace(settings, sweeps=5), start=stopped)
    assert game.played == [4, 5, 6, 7, 8]
    assert [sweep.number for sweep in rest.sweeps] == list(range(9))
    np.testing.assert_array_equal(rest.coefficients, whole.coefficients)
    np.testing.assert_array_equal(rest.last, whole.last)


def test_a_warm_start_needs_fewest_sweeps_of_its_own():
    done = solve(Echo(), PLAIN)
    assert len(solve(Echo(), PLAIN, start=done).sweeps) == len(done.sweeps) + PLAIN.least


def test_coefficients_alone_are_a_start_too():
    game = Echo()
    near = solve(game, replace(PLAIN, sweeps=1), start=np.array([[game.fixed_point]]))
    assert near.coefficients[0, 0] == pytest.approx(game.fixed_point, abs=1e-5)
    assert [sweep.number for sweep in near.sweeps] == [0]


def test_coefficients_of_another_game_are_refused():
    with pytest.raises(ValueError, match=r"\(2, 3\)"):
        solve(Echo(), PLAIN, start=np.zeros((2, 3)))


def test_every_sweep_is_told_and_kept():
    told: list[Sweep] = []
    kept: list[int] = []
    solution = solve(
        Echo(), PLAIN, progress=told.append, keep=lambda each: kept.append(len(each.sweeps))
    )
    assert told == list(solution.sweeps)
    assert kept == list(range(1, len(told) + 1))
    assert all(sweep.seconds > 0 for sweep in told)


def test_the_stopping_rule_asks_for_still_rules_and_steady_shares():
    settings = replace(PLAIN, window=4, still=0.01, steady=0.02)
    quiet = [Sweep(k, 0.005, {"settled": 0.4, "broken": 0.1}, 0.0) for k in range(4)]
    assert settled_down(tuple(quiet), settings)
    assert not settled_down(tuple(quiet[:3]), settings)
    moving = [*quiet[:3], replace(quiet[3], change=0.02)]
    assert not settled_down(tuple(moving), settings)
    unknown = [*quiet[:3], replace(quiet[3], change=float("nan"))]
    assert not settled_down(tuple(unknown), settings)
    drifting = [replace(s, shares={"settled": 0.4, "broken": 0.02 * s.number}) for s in quiet]
    assert not settled_down(tuple(drifting), settings)


def test_a_stiff_game_is_held_at_its_baseline():
    stiff = Echo()
    stiff.stiffness = np.array([100.0])  # type: ignore[attr-defined]
    settings = replace(PLAIN, ridges=replace(FREE, baseline=0.1))
    assert solve(stiff, settings).coefficients[0, 0] < 0.2 * solve(Echo(), settings).coefficients
