"""Frontiers found issue by issue are those of the whole list of packages."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import fixtures
from ripeness.bargaining.frontier import NOTHING, efficient_frontier
from ripeness.bargaining.merge import Choice, combinations_of, merged_frontier, together
from ripeness.bargaining.packages import enumerate_packages, exclusions, number_of_packages
from ripeness.errors import InputError
from ripeness.scenario.load import load
from ripeness.worlds.draw import draw_worlds

WORLDS = 6


@settings(max_examples=40, deadline=None)
@given(
    seed=some.integers(0, 2**32 - 1),
    sizes=some.lists(some.integers(1, 4), min_size=1, max_size=5),
    points=some.integers(3, 40),
)
def test_a_frontier_put_together_is_that_of_all_packages(seed, sizes, points):
    random = np.random.default_rng(seed)
    values = [random.random((2, size, WORLDS)).astype(np.float32) for size in sizes]
    allowed = [random.random((size, WORLDS)) < 0.8 for size in sizes]
    cut = int(random.integers(0, len(sizes)))
    groups = together(len(sizes), [(0, cut)] if cut else [])
    choices = [choice(group, sizes, values, allowed) for group in groups]
    whole = choice(tuple(range(len(sizes))), sizes, values, allowed)
    found = merged_frontier(choices, sizes, points)
    exact = efficient_frontier(whole.value, whole.allowed, points)
    np.testing.assert_array_equal(found.size, exact.size)
    np.testing.assert_allclose(found.value, exact.value, atol=2e-6)
    # The package named has the value shown.
    for world in range(WORLDS):
        for point in np.nonzero(found.value[0, :, world] > NOTHING / 2)[0]:
            named = whole.value[:, found.package[point, world], world]
            np.testing.assert_allclose(found.value[:, point, world], named, atol=2e-6)


def choice(group, sizes, values, allowed) -> Choice:
    levels = combinations_of([sizes[place] for place in group])
    value = sum(values[place][:, levels[:, k]] for k, place in enumerate(group))
    may = np.all([allowed[place][levels[:, k]] for k, place in enumerate(group)], axis=0)
    return Choice(group, levels, value, may)


def test_links_join_groups_whatever_their_order():
    assert together(5, []) == [(0,), (1,), (2,), (3,), (4,)]
    assert together(5, [(3, 1), (4, 3)]) == [(0,), (1, 3, 4), (2,)]
    for links in itertools.permutations([(0, 1), (2, 3), (1, 3)]):
        assert together(4, list(links)) == [(0, 1, 2, 3)]


def test_hundreds_of_thousands_of_packages_and_none_that_contradicts_itself():
    war = fixtures.ukraine()
    assert number_of_packages(war) > 400_000
    worlds = draw_worlds(war, 256, 3)
    found = enumerate_packages(war, worlds)
    levels = found.levels_of(found.table.package)
    real = found.table.value[0] > NOTHING / 2
    excluded = exclusions(war, list(found.issues[1:]))
    assert excluded
    for one, level, two, other in excluded:
        both = (levels[..., one] == level) & (levels[..., two] == other)
        assert not (both & real).any()


@pytest.mark.parametrize(
    ("excludes", "what"),
    [
        ("{alignment: [neutralty]}", "neutralty"),
        ("{alignmnt: [neutrality]}", "without the line"),
        ("{line_of_control: [four_regions]}", "without the line"),
        ("{guarantee: [none]}", "without the line"),
    ],
)
def test_what_cannot_be_excluded_is_named(tmp_path, excludes, what):
    path = tmp_path / "war.yaml"
    path.write_text(
        "ripeness: 1\nextends: ukraine\nname: war\ntitle: War\nissues:\n  guarantee:\n    levels:\n"
        f"      alliance:\n        excludes: {excludes}\n"
    )
    with pytest.raises(InputError) as caught:
        load(str(path))
    (problem,) = caught.value.problems
    assert what in problem.what
    assert "war.yaml:9" in problem.where


def test_sides_sign_nothing_that_cannot_pass_at_home_and_wait_longer_for_what_is_slow():
    """They foresee it: fewer signatures fail, as what would fail is not signed, and fewer come into force."""
    war = fixtures.ukraine()
    usual = fixtures.base("converging_expectations")
    paths = [
        path for path in usual.worlds.values if path.endswith((".passes", "ratification_months"))
    ]
    assert paths
    hard = {path: 0.0 for path in paths if path.endswith("passes")}
    failing = fixtures.fight(war, hard, theory="converging_expectations")
    signed = failing.month("signatures")[-1] > 0
    terms = np.concatenate([part.final.diplomacy.terms.passes for part in failing.parts])
    assert signed.sum() > 20
    assert (terms[signed] > 0).all()
    ever = lambda war: np.isfinite(war.final("diplomacy", "settlement_week")).sum()  # noqa: E731
    assert ever(failing) < ever(usual)
    slow = {path: 24.0 for path in paths if path.endswith("ratification_months")}
    waiting = fixtures.fight(war, slow, theory="converging_expectations")
    settled = lambda war: np.isfinite(war.final("diplomacy", "settlement_week"))  # noqa: E731
    both = settled(usual) & settled(waiting)
    week = lambda war: war.final("diplomacy", "settlement_week")  # noqa: E731
    assert week(waiting)[both].mean() > week(usual)[both].mean()
