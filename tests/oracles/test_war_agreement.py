"""The frontier, the zone of agreement and the chance of a breach against brute force."""

from __future__ import annotations

import itertools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import fixtures
from ripeness.bargaining.agreement import terms_of, zone_of_agreement
from ripeness.bargaining.conduct import breach_chance
from ripeness.bargaining.frontier import NOTHING, efficient_frontier
from ripeness.bargaining.packages import POINTS, enumerate_packages
from ripeness.worlds.bundle import Bundle

WORLDS = 24
ZONE = jax.jit(zone_of_agreement)


@some.composite
def packages(draw):
    """Values on a coarse grid, so that there are ties, and red lines."""
    count, worlds = draw(some.integers(1, 12)), draw(some.integers(1, 4))
    value = draw(
        some.lists(some.integers(0, 5), min_size=2 * count * worlds, max_size=2 * count * worlds)
    )
    may = draw(some.lists(some.booleans(), min_size=count * worlds, max_size=count * worlds))
    return (
        np.array(value, float).reshape(2, count, worlds) / 4,
        np.array(may).reshape(count, worlds),
    )


def pareto(value: np.ndarray, may: np.ndarray) -> set[tuple[float, float]]:
    """Values of the efficient packages of one world, by comparing every pair."""
    pairs = [(a, b) for a, b, ok in zip(*value, may, strict=True) if ok]
    return {
        one for one in pairs
        if not any(two[0] >= one[0] and two[1] >= one[1] and two != one for two in pairs)
    }  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(packages())
def test_frontier_is_the_set_of_undominated_packages(drawn):
    value, may = drawn
    found = efficient_frontier(value, may, points=12)
    for world in range(value.shape[-1]):
        exact = pareto(value[..., world], may[:, world])
        size = found.size[world]
        points = [tuple(pair) for pair in found.value[:, :size, world].T.tolist()]
        assert set(points) == exact
        assert size == len(exact), "of packages alike one is kept"
        assert points == sorted(points, reverse=True), "best for the first side first"
        assert np.all(found.value[:, size:, world] == np.float32(NOTHING))
        for point, package in zip(points, found.package[:size, world], strict=True):
            assert tuple(value[:, package, world]) == point
            assert may[package, world]


@settings(max_examples=50, deadline=None)
@given(some.integers(2, 40), some.integers(2, 12))
def test_a_long_frontier_is_thinned_evenly_and_keeps_its_ends(size, points):
    value = np.stack([np.arange(size, 0, -1.0), np.arange(size)])[..., None]
    found = efficient_frontier(value, np.ones((size, 1), dtype=bool), points)
    kept = found.package[: min(size, points), 0]
    assert found.size[0] == size
    assert kept[0] == 0
    assert kept[-1] == size - 1
    assert np.all(np.diff(kept) >= 1)
    gaps = np.diff(kept)
    assert gaps.max() - gaps.min() <= 1


@pytest.fixture(scope="module")
def talks():
    """Every package of ``ukraine`` with its value to each side, by the formula of ``packages``."""
    war = fixtures.ukraine()
    worlds = fixtures._drawn(WORLDS, fixtures.SEED)
    found = enumerate_packages(war, worlds)
    values = worlds.values
    table = []
    for side in worlds.names.sides:
        weight = {name: values[f"issues.{name}.weight.{side}"] for name in war.issues}
        total = sum(weight.values())
        rows = []
        for levels in itertools.product(*(war.issues[name].levels for name in found.issues[1:])):
            worth = np.zeros(WORLDS)
            protection = np.zeros(WORLDS)
            for name, level in zip(found.issues[1:], levels, strict=True):
                worth += weight[name] / total * values[f"issues.{name}.levels.{level}.value.{side}"]
                who = war.issues[name].levels[level].guarantor
                if who is not None and war.guarantors[who].protects == side:
                    capacity = np.minimum(values[f"guarantors.{who}.capacity"], 1.0)
                    protection = np.maximum(
                        protection, values[f"guarantors.{who}.credibility"] * capacity
                    )
            rows.append(worth - values[f"belligerents.{side}.diplomacy.fear"] * (1.0 - protection))
        table.append(rows)
    return worlds, found, np.array(table)


def test_table_holds_values_that_the_formula_gives(talks):
    _, found, exact = talks
    real = found.table.value[0] > NOTHING / 2
    for side in range(2):
        by_formula = np.take_along_axis(exact[side], found.table.package, axis=0)
        np.testing.assert_allclose(
            found.table.value[side][real], by_formula[real], rtol=1e-5, atol=1e-6
        )


def test_nothing_off_the_table_is_better_for_both(talks):
    worlds, found, exact = talks
    war = fixtures.ukraine()
    for world in range(WORLDS):
        rows = found.table.value[..., world]
        rows = rows[:, rows[0] > NOTHING / 2]
        if rows.shape[1] == 0 or rows.shape[1] == POINTS:
            continue  # nothing can be signed, or the frontier may have been thinned
        may = np.ones(np.prod(found.sizes), dtype=bool)
        for place, name in enumerate(found.issues[1:]):
            out = _ruled_out_in(war, worlds, name, world)
            may &= ~out[found.levels_of(np.arange(len(may)))[:, place]]
        on = np.zeros_like(may)
        on[found.table.package[: rows.shape[1], world]] = True
        off = exact[:, may & ~on, world]
        better = (off[:, None] > rows[:, :, None] + 1e-6).all(axis=0)
        dominated = (off[:, None] <= rows[:, :, None] + 1e-6).all(axis=0).any(axis=0)
        assert dominated.all()
        assert not better.all(axis=0).any()


def _ruled_out_in(war, worlds, name, world):
    from ripeness.bargaining.packages import levels_ruled_out

    return levels_ruled_out(war, worlds, name)[:, world]


def test_red_lines_hold_whatever_is_offered(talks):
    """A level that a side rules out with chance one is in no package; with chance zero in some."""
    war, (worlds, _, _) = fixtures.ukraine(), talks
    path = "issues.guarantee.levels.alliance.red_lines.russia"
    for chance, expected in ((1.0, False), (0.0, True)):
        changed = fixtures.altered(worlds, war, {path: chance})
        found = enumerate_packages(war, changed)
        issue = found.issues.index("guarantee") - 1
        level = found.levels["guarantee"].index("alliance")
        real = found.table.value[0] > NOTHING / 2
        has = found.levels_of(found.table.package)[..., issue] == level
        assert (has & real).any() == expected


def theatre(worlds: int) -> Bundle:
    return Bundle(
        front=Bundle(
            area_held=jnp.array([[40.0], [60.0]]) * jnp.ones(worlds),
            aim_area=jnp.array([[70.0], [90.0]]) * jnp.ones(worlds),
        )
    )


@settings(max_examples=40, deadline=None)
@given(some.integers(0, 2**32 - 1))
def test_zone_is_what_an_enumeration_finds(seed):
    random = np.random.default_rng(seed)
    worlds, lines, points = 16, 3, 4
    grid = lambda *shape: (random.integers(-4, 9, shape) / 8).astype(np.float32)  # noqa: E731
    value = grid(2, points, worlds)
    value[:, random.random((points, worlds)) < 0.2] = NOTHING
    line_area = np.stack([np.full(worlds, np.nan), *random.uniform(0, 100, (lines - 1, worlds))])
    table = Bundle(
        value=value, line_area=line_area.astype(np.float32),
        line_allowed=random.random((lines, worlds)) < 0.8,
        line_weight=np.full((2, worlds), 0.5, np.float32),
    )  # fmt: skip
    area, reservation = random.uniform(20, 80, worlds).astype(np.float32), grid(2, worlds)
    now = grid(2, worlds)
    arrays = [jnp.asarray(each) for each in (area, reservation, now)]
    found = ZONE(*arrays, theatre(worlds), jax.tree.map(jnp.asarray, table))
    for world in range(worlds):
        where = np.where(np.isnan(line_area[:, world]), area[world], line_area[:, world])
        best, widest, products = None, -np.inf, {}
        for line, point in itertools.product(range(lines), range(points)):
            if not table.line_allowed[line, world] or value[0, point, world] < -1e6:
                continue
            first = 0.5 * np.clip((where[line] - 10.0) / 60.0, 0.0, 1.0) + value[0, point, world]
            second = (
                0.5 * np.clip((100.0 - where[line] - 30.0) / 60.0, 0.0, 1.0)
                + value[1, point, world]
            )
            surplus = first - reservation[0, world], second - reservation[1, world]
            widest = max(widest, min(surplus))
            if min(surplus) >= 0:
                products[line, point] = surplus[0] * surplus[1]
        if abs(widest) > 1e-5:  # else rounding decides
            assert bool(found.open[world]) == (widest >= 0)
        assert abs(max(widest, -1.0) - float(found.width[world])) < 1e-5
        if products and widest > 1e-5:
            best = max(products.values())
            chosen = int(found.line[world]), int(found.point[world])
            assert products[chosen] >= best - 1e-5


def test_terms_are_those_of_the_package_signed(talks):
    _, found, _ = talks
    table = {name: jnp.asarray(array) for name, array in found.table.items()}
    line = jnp.asarray(np.arange(WORLDS) % found.table.line_area.shape[0], dtype=jnp.int32)
    point = jnp.asarray(np.arange(WORLDS) % 5, dtype=jnp.int32)
    terms = terms_of(line, point, Bundle(table))
    for world in range(WORLDS):
        where, what = int(line[world]), int(point[world])
        np.testing.assert_array_equal(terms.area[world], found.table.line_area[where, world])
        for name in ("relief", "delay"):
            assert getattr(terms, name)[world] == found.table[name][what, world]
        for name in ("force_cap", "credibility", "capacity"):
            np.testing.assert_array_equal(
                getattr(terms, name)[:, world], found.table[name][:, what, world]
            )


def chance_of(gain: np.ndarray, reconsider: float, precision: float) -> np.ndarray:
    ones = jnp.ones(gain.shape[-1])
    parameters = Bundle(diplomacy=Bundle(reconsider=reconsider * ones, precision=precision * ones))
    return np.asarray(breach_chance(jnp.asarray(np.stack([gain, gain])), parameters))[0]


MONTH = 4 * 7 / 365.25


def test_breach_is_a_poisson_process_whose_rate_is_a_logit():
    gain = np.linspace(-0.3, 0.3, 61).astype(np.float32)
    found = chance_of(gain, 0.3, 40.0).astype(float)
    rate = 0.3 * np.exp(np.float32(40.0) * gain.astype(float))
    np.testing.assert_allclose(found, -np.expm1(-rate * MONTH), rtol=2e-5)
    assert abs(-np.log1p(-found[30]) / MONTH - 0.3) < 1e-5, "indifferent: as often as reconsidered"


@pytest.mark.parametrize("parts", [2, 4, 28])
def test_chance_of_breach_does_not_depend_on_the_length_of_the_month(parts):
    """A month cut into parts gives the same chance; a plain logit does not."""
    gain = np.linspace(-0.3, 0.1, 41).astype(np.float32)
    whole = chance_of(gain, 0.3, 40.0).astype(float)
    part = chance_of(gain, 0.3 / parts, 40.0).astype(float)
    np.testing.assert_allclose(1.0 - (1.0 - part) ** parts, whole, rtol=1e-4)
    plain = 1.0 / (1.0 + np.exp(-40.0 * gain))
    assert np.all((1.0 - (1.0 - plain) ** parts)[gain < -0.1] > 1.9 * plain[gain < -0.1])


@settings(max_examples=50, deadline=None)
@given(some.floats(-5, 5), some.floats(0, 50), some.floats(1, 1000))
def test_chance_of_breach_is_a_chance(gain, reconsider, precision):
    found = chance_of(np.array([gain], np.float32), reconsider, precision)
    assert 0.0 <= found[0] <= 1.0
