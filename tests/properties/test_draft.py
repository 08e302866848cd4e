"""What must hold of any draft treaty, in the same worlds with the same luck.

Nothing here knows which issues the war has: issues, levels and guarantors are taken from the scenario.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import jax
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures import altered, shipped, ukraine
from ripeness.bargaining.frontier import NOTHING
from ripeness.bargaining.levels import added_up
from ripeness.bargaining.packages import Packages, consequences_of, exclusions
from ripeness.explore import draft_play
from ripeness.explore.draft import at_once, played_where_signed
from ripeness.explore.draft_play import BROKEN, IN_FORCE, WAITING, play_pairs
from ripeness.explore.draft_sign import Package, judge, to_come
from ripeness.explore.draft_space import EQUAL, survey
from ripeness.explore.draft_stand import Standpoint, pick_worlds, picked, stand_at
from ripeness.explore.draft_why import refusals
from ripeness.outcomes.engine import run_chunks
from ripeness.outcomes.prepare import prepared
from ripeness.worlds.draw import Worlds, draw_worlds

WORLDS = 512
LATER = 12


@lru_cache
def drawn() -> Worlds:
    return prepared(ukraine(), draw_worlds(ukraine(), WORLDS, 20250701), learnt=shipped())[0]


@lru_cache
def standpoint(month: int = 0) -> Standpoint:
    return stand_at(ukraine(), drawn(), month)


def sizes() -> list[int]:
    packages = standpoint().packages
    return [len(packages.levels[name]) for name in packages.issues]


def any_levels() -> st.SearchStrategy[tuple[int, ...]]:
    return st.tuples(*(st.integers(0, size - 1) for size in sizes()))


few = settings(max_examples=15, deadline=None)


@lru_cache
def surveyed(month: int = 0):
    return survey(standpoint(month))


def popular(count: int = 40) -> list[Package]:
    """Packages that are signed in most worlds."""
    space = surveyed()
    return [at_once(standpoint(), space.package[k]) for k in np.argsort(-space.both)[:count]]


# ------------------------------------------------------------------------------ what is signed


@pytest.mark.parametrize("month", [0, LATER])
def test_a_zone_is_open_exactly_where_some_package_would_be_signed(month: int) -> None:
    here, space = standpoint(month), surveyed(month)
    months = list(run_chunks(drawn(), packages_drawn().table, 65))
    width = np.concatenate([part.months["zone_width"] for part in months], axis=-1)[month]
    by_engine = width[here.worlds.identity] >= 0
    assert (by_engine & space.agree).any()
    assert not (by_engine & ~space.agree).any()
    # The engine looks along the frontier of values. What sides expect of a settlement also hangs on guarantees
    # and ratification; and a frontier of more points than there are slots is thinned.
    whole = here.packages.table.value[0, -1] < 0.5 * NOTHING
    assert not (space.agree & ~by_engine & whole & ~here.expects).any()


@lru_cache
def packages_drawn() -> Packages:
    from ripeness.bargaining.packages import enumerate_packages

    return enumerate_packages(ukraine(), drawn())


def test_levels_add_up_to_the_values_and_consequences_of_packages() -> None:
    here = standpoint()
    table, names = here.packages.table, here.packages.issues
    for point in (0, 3):
        others = here.packages.levels_of(table.package[point])  # (world, issue)
        there = table.value[0, point] > 0.5 * NOTHING
        means = consequences_of(ukraine(), here.worlds, list(names[1:]), others.T[:, None])
        for world in np.flatnonzero(there)[:24]:
            package = np.array([[0, *others[world]]])
            sums = added_up(here.levels, package, here.stand.troops)
            rest = (
                np.asarray(sums.worth - sums.fear)[:, 0, world] - here.levels.worth[0, :, 0, world]
            )
            np.testing.assert_allclose(rest, table.value[:, point, world], atol=2e-6)
            help_ = means["credibility"][:, 0] * np.log1p(means["capacity"][:, 0])
            np.testing.assert_allclose(
                np.asarray(sums.help)[:, 0, world], help_[:, world], rtol=1e-5
            )
            with np.errstate(divide="ignore"):
                over = np.log(
                    np.asarray(here.stand.troops)[:, world] / means["force_cap"][:, 0, world]
                )
            cut = np.clip(over, 0.0, 1.5)
            shift = cut[::-1] - cut
            np.testing.assert_allclose(np.asarray(sums.shift)[:, 0, world], shift, atol=1e-5)


@few
@given(st.data())
def test_the_whole_space_counts_as_single_packages_do(data: st.DataObject) -> None:
    package = at_once(standpoint(), data.draw(any_levels()))
    space, judged = surveyed(), judge(standpoint(), [package])
    place = int(np.flatnonzero((space.package == np.array(package.level)).all(axis=1))[0])
    others = list(standpoint().packages.issues[1:])
    for one, level, two, other in exclusions(ukraine(), others):
        if package.level[one + 1] == level and package.level[two + 1] == other:
            assert space.both[place] == 0, "what contradicts itself is not signed"
            return
    # A gain of nothing to seven digits may be told as one or the other.
    assert abs(int(space.both[place]) - int(judged.both.sum())) <= 1


@few
@given(st.data(), st.floats(0.0, 0.3), st.floats(0.0, 0.3))
def test_a_package_better_for_both_is_signed_in_no_fewer_worlds(
    data: st.DataObject, first: float, second: float
) -> None:
    package, here = at_once(standpoint(), data.draw(any_levels())), standpoint()
    levels = here.levels
    more = levels.worth.copy()
    more[1] += np.array([first, second], np.float32)[:, None, None]
    better = replace(here, levels=jax.tree.map(lambda x: more if x is levels.worth else x, levels))
    before, after = judge(here, [package]).both[0], judge(better, [package]).both[0]
    assert not (before & ~after)[~here.expects].any()
    # What sides expect of a settlement is learnt, and need not rise with its terms in every world.
    assert after[here.expects].sum() >= before[here.expects].sum() - 1


def test_a_package_that_no_weighting_of_both_sides_beats_is_efficient() -> None:
    space, draw = surveyed(), np.random.default_rng(5)
    package = space.package[space.free]
    package = package[draw.permutation(len(package))[:4000]]
    for world in draw.choice(np.flatnonzero(space.agree), 8, replace=False):
        alone = one_world(world)
        sums = added_up(alone.levels, package, alone.stand.troops)
        value = np.asarray(sums.worth - sums.fear)[..., 0]
        may = ~np.asarray(sums.crossed).any(axis=0)[:, 0]
        weight = draw.uniform(0.1, 0.9)
        best = best_of_all(world, np.array([weight, 1.0 - weight]))
        against = survey(alone, best[:, None])
        assert not against.better[0]
        assert against.left[0] <= 2 * EQUAL
        if may.any():
            known = value[:, may][:, 0].astype(np.float32)
            found = survey(alone, known[:, None])
            more = (value[:, may] - known[:, None]).min(axis=0).max()
            assert found.left[0] >= more - 1e-5


def one_world(world: int) -> Standpoint:
    """Return the standpoint of one world."""
    here, place = standpoint(), np.array([world])
    pick = lambda tree: picked(tree, place, here.count)  # noqa: E731
    return replace(
        here,
        worlds=pick_worlds(here.worlds, place),
        packages=replace(here.packages, table=pick(here.packages.table)),
        state=pick(here.state),
        stand=pick(here.stand),
        levels=pick(here.levels),
    )


def best_of_all(world: int, weight: np.ndarray) -> np.ndarray:
    """Return values ``(2,)`` of the package that is worth most by these weights, in all the space."""
    here, space = standpoint(), surveyed()
    levels = here.levels
    may = space.free.copy()
    total, left = np.zeros((2, len(may))), np.full((2, len(may)), np.inf)
    for issue in range(len(sizes())):
        chosen = space.package[:, issue]
        total += levels.worth[issue][:, chosen, world]
        left = np.minimum(left, levels.fear[issue][:, chosen, world])
        may &= ~levels.crossed[issue][:, chosen, world].any(axis=0)
    value = total - left
    return value[:, np.argmax(np.where(may, weight @ value, -np.inf))].astype(np.float32)


@pytest.mark.parametrize("side", [0, 1])
def test_a_red_line_is_a_veto_by_the_side_named_on_the_issue_named(side: int) -> None:
    here = standpoint()
    who = here.worlds.names.sides[side]
    issue, level, path = next(
        (issue, level, path)
        for issue, name in enumerate(here.packages.issues)
        for level, key in enumerate(here.packages.levels[name])
        if (path := f"issues.{name}.levels.{key}.red_lines.{who}") in here.worlds.values
    )
    firm = stand_at(ukraine(), altered_values(path), 0)
    package = popular(1)[0].changed(issue, level)
    judged = judge(firm, [package])
    assert not judged.signs[side].any()
    told = refusals(firm, package, judged, surveyed().ready)[side]
    assert told.red_line.all()
    assert told.by_red_line()[here.packages.issues[issue]] == WORLDS


def altered_values(path: str) -> Worlds:
    """Return the worlds with a red line that is sure; it moves no parameter of the war."""
    values = {**drawn().values, path: np.full(WORLDS, 1.0)}
    return replace(drawn(), values=values)


def test_refusals_are_a_partition() -> None:
    here, package = standpoint(), popular(1)[0]
    judged = judge(here, [package])
    for side, each in enumerate(refusals(here, package, judged, surveyed().ready)):
        parts = each.red_line.astype(int) + each.nothing + each.too_little
        np.testing.assert_array_equal(parts, each.refuses)
        np.testing.assert_array_equal(each.refuses, ~judged.signs[side, 0])
        assert ((each.costliest >= 0) == each.too_little).all()
        assert (each.lack[each.too_little] > 0).all()


# ------------------------------------------------------------------------------ timetables


@given(
    st.lists(st.floats(0.0, 1.0), min_size=2, max_size=4),
    st.lists(st.integers(1, 60), min_size=3, max_size=3),
    st.floats(0.05, 0.5),
)
def test_what_is_to_come_lies_between_the_stages(
    values: list[float], gaps: list[int], impatience: float
) -> None:
    value = np.broadcast_to(np.array(values)[None, :, None], (2, len(values), 1))
    months = np.cumsum([0, *gaps])[: len(values), None]
    found = to_come(value, months, np.full((2, 1), impatience))
    for stage in range(len(values)):
        ahead = values[stage:]
        assert min(ahead) - 1e-6 <= found[0, stage, 0] <= max(ahead) + 1e-6
    assert found[0, -1, 0] == pytest.approx(values[-1])


def test_a_term_that_comes_much_later_is_as_good_as_none() -> None:
    here, package = standpoint(), popular(1)[0]
    issue = next(k for k in range(1, len(sizes())) if package.level[k] != package.without[k])
    after = tuple(100_000 if k == issue else 0 for k in range(len(sizes())))
    late = judge(here, [Package(package.level, after, package.without)])
    never = judge(here, [package.changed(issue, package.without[issue])])
    np.testing.assert_allclose(late.worth, never.worth, atol=1e-6)


# ------------------------------------------------------------------------------ what is kept


def test_every_treaty_meets_one_fate_and_its_own_whoever_plays_beside_it() -> None:
    here, packages = standpoint(), popular(2)
    world = np.arange(here.count)
    fate = play_pairs(here, packages, np.zeros_like(world), world)
    assert ((fate > WAITING) & (fate <= 7)).all()
    some = np.array([3, 200, 5, 77])
    mixed = play_pairs(here, packages, np.array([0, 1, 0, 0]), some)
    np.testing.assert_array_equal(mixed[[0, 2, 3]], fate[some[[0, 2, 3]]])


def test_other_packages_timetables_and_days_compile_nothing() -> None:
    here, later = standpoint(), standpoint(LATER)
    one, two = popular(2)
    slow = Package(two.level, tuple(range(3)) + (0,) * (len(two.level) - 3), two.without)
    world = np.arange(8)
    run: Any = draft_play._program(here.worlds.names)
    play_pairs(here, [one], np.zeros_like(world), world)
    before = run._cache_size()
    play_pairs(here, [two, slow], world % 2, world)
    play_pairs(later, [slow], np.zeros_like(world), world)
    assert run._cache_size() == before


def test_worlds_picked_are_themselves() -> None:
    places = np.array([4, 4, 9])
    one = pick_worlds(drawn(), places)
    np.testing.assert_array_equal(one.identity, drawn().identity[places])
    cost = drawn().parameters.diplomacy.war_cost
    np.testing.assert_array_equal(one.parameters.diplomacy.war_cost, cost[:, places])
    np.testing.assert_array_equal(picked(np.zeros((3, 1)), places, WORLDS), np.zeros((3, 1)))


def test_a_more_credible_guarantee_at_equal_value_is_broken_no_more_often_by_the_other() -> None:
    scenario = ukraine()
    name, issue = next(
        (name, issue)
        for name, issue in scenario.issues.items()
        if any(level.guarantor for level in issue.levels.values())
    )
    level, guarantor = max(
        (
            (place, each.guarantor)
            for place, each in enumerate(issue.levels.values())
            if each.guarantor
        ),
        key=lambda pair: scenario.guarantors[pair[1]].numbers.capacity.likely,
    )
    protected = scenario.sides.index(scenario.guarantors[guarantor].protects)
    # Without fear, what a guarantee is worth does not rise with its credibility.
    usual = {f"belligerents.{side}.diplomacy.fear": 0.0 for side in scenario.sides}
    usual |= {f"guarantors.{guarantor}.delay_months": 0.0, f"guarantors.{guarantor}.capacity": 1.0}
    counts = {}
    for credibility in (0.02, 0.98):
        changes = usual | {f"guarantors.{guarantor}.credibility": credibility}
        worlds = altered(draw_worlds(scenario, WORLDS, 20250701), scenario, changes)
        here = stand_at(scenario, prepared(scenario, worlds, learnt=shipped())[0], 0)
        package = popular(1)[0].changed(here.packages.issues.index(name), level)
        world = np.arange(here.count)
        fate = play_pairs(here, [package], np.zeros_like(world), world)
        counts[credibility] = int((fate == BROKEN + 1 - protected).sum())
    noise = 2.0 * np.sqrt(max(counts.values()))
    assert counts[0.98] <= counts[0.02] + noise
    assert counts[0.98] < counts[0.02], counts


def test_what_is_kept_is_a_part_of_what_is_signed() -> None:
    both, kept = played_where_signed(standpoint(), popular(20))
    assert (kept <= both).all()
    assert kept.any()
    assert IN_FORCE not in (WAITING, BROKEN)
