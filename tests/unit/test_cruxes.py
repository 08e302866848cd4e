"""What decides between two claims, which can be true together, and what would tell them apart by when."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planted_claims import NEVER, claim, of_first, planted
from ripeness.claims.discovery import (
    Feature,
    Observation,
    Truth,
    compatibility,
    crux_between,
    decided_week,
    grid_of,
    learnt,
    observations_of,
    observed_features,
    watch_of,
)
from ripeness.claims.discovery.grid import YES_OR_NO

WORLDS = 2000


def everywhere(worlds: int = WORLDS) -> np.ndarray:
    return np.ones(worlds, dtype=bool)


def some_grid(seed: int = 0, count: int = 40):
    x = np.random.default_rng(seed).random((WORLDS, count))
    columns = [Feature(f"x{i:02d}", f"quantity {i}", "km2", x[:, i]) for i in range(count)]
    columns.append(
        Feature(
            "flag", "flag", YES_OR_NO, (x[:, 0] > 0.5) * 1.0, "under one theory", "under another"
        )
    )
    return grid_of(columns), x


def opposed(turning: np.ndarray, seed: int = 1) -> tuple[Truth, Truth]:
    """Return two claims of which the first tends to hold where ``turning``, the second elsewhere."""
    rng = np.random.default_rng(seed)
    first = rng.random(WORLDS) < np.where(turning, 0.85, 0.2)
    second = rng.random(WORLDS) < np.where(turning, 0.2, 0.85)
    return Truth(everywhere(), first), Truth(everywhere(), second)


# ------------------------------------------------------------------------------------- cruxes


@pytest.mark.parametrize("at", [0.3, 0.62])
def test_the_quantity_that_decides_is_found_with_the_value_at_which_it_turns(at):
    grid, x = some_grid()
    found = crux_between(grid, *opposed(x[:, 5] > at), names=("C01", "C37"))
    assert found.feature is not None
    assert found.feature.name == "x05"
    assert found.low <= at <= found.high
    assert found.high - found.low < 0.1
    assert found.low <= found.value <= found.high
    assert found.first_above
    assert found.turns
    assert "C01 is the one that holds in" in found.words
    assert "km2" in found.words


def test_counts_of_worlds_are_a_partition():
    grid, x = some_grid()
    first, second = opposed(x[:, 5] > 0.5)
    first = Truth(x[:, 1] < 0.8, first.holds)
    found = crux_between(grid, first, second)
    cells = (found.first_only, found.second_only, found.both, found.neither, found.silent)
    assert sum(cells) == WORLDS
    assert found.silent == (x[:, 1] >= 0.8).sum()


def test_the_other_way_round_the_same_decides():
    grid, x = some_grid()
    first, second = opposed(x[:, 5] > 0.4)
    one, two = crux_between(grid, first, second), crux_between(grid, second, first)
    assert (one.feature, one.value, one.low, one.high) == (
        two.feature,
        two.value,
        two.low,
        two.high,
    )
    assert one.first_above != two.first_above
    assert (one.first_only, one.second_only) == (two.second_only, two.first_only)


def test_a_flag_decides_without_a_value():
    grid, x = some_grid()
    found = crux_between(grid, *opposed(x[:, 0] > 0.5), names=("C08", "C12"))
    assert found.feature is not None
    assert found.feature.name in ("flag", "x00")
    only = grid_of([feature for feature in grid.features if feature.name != "x00"])
    found = crux_between(only, *opposed(x[:, 0] > 0.5), names=("C08", "C12"))
    assert "C08 is the one that holds in" in found.words
    assert "under one theory, and in" in found.words
    assert "somewhere between" not in found.words


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_noise_decides_nothing(seed):
    grid, _ = some_grid()
    rng = np.random.default_rng(seed)
    truths = (Truth(everywhere(), rng.random(WORLDS) < 0.5) for _ in range(2))
    found = crux_between(grid, *truths)
    assert not found.stands
    assert "no single quantity decides" in found.words


def test_claims_that_never_disagree_or_always_do():
    grid, x = some_grid()
    holds = x[:, 3] > 0.5
    same = crux_between(grid, Truth(everywhere(), holds), Truth(everywhere(), holds))
    assert same.words.startswith("They never disagree: both hold in")
    both = Truth(everywhere(), everywhere())
    assert "both hold in all worlds" in crux_between(grid, both, both).words
    opposite = crux_between(grid, Truth(everywhere(), holds), Truth(everywhere(), ~holds))
    assert opposite.words.startswith("They disagree in all 2,000 worlds")
    assert opposite.feature is not None
    assert opposite.feature.name == "x03"
    assert opposite.low <= 0.5 <= opposite.high


def test_one_sided_rare_and_silent_disagreement_say_so():
    grid, x = some_grid()
    holds, narrower = x[:, 3] > 0.5, x[:, 3] > 0.7
    inside = crux_between(
        grid, Truth(everywhere(), holds), Truth(everywhere(), narrower), names=("C1", "C2")
    )
    assert "always C1 that holds and C2 that fails" in inside.words
    few = narrower | (np.arange(WORLDS) < 5)
    rare = crux_between(
        grid, Truth(everywhere(), holds), Truth(everywhere(), few), names=("C1", "C2")
    )
    assert "C2 alone holds are too few" in rare.words
    apart = crux_between(grid, Truth(holds, holds), Truth(~holds, holds))
    assert apart.words.startswith("There is no world in which both")
    with pytest.raises(ValueError, match="as the features have"):
        crux_between(grid, Truth(everywhere(5), everywhere(5)), Truth(everywhere(), holds))


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    rng, caught, times = np.random.default_rng(4), 0, 40
    for _ in range(times):
        x = rng.random(WORLDS)
        grid = grid_of([Feature("x", "x", "share", x)])
        first = rng.random(WORLDS) < np.where(x > 0.37, 0.75, 0.3)
        found = crux_between(grid, Truth(everywhere(), first), Truth(everywhere(), ~first))
        caught += found.low <= 0.37 <= found.high
    # 19 of 20 is the aim; the bootstrap of a threshold is rough, but it must not be far off.
    assert caught >= 0.8 * times


# ----------------------------------------------------------------------------- compatibility


def brute(truths: dict[str, Truth], least: int) -> tuple[int, set[frozenset[str]]]:
    """Return the size of the largest sets by trying all, and the sets."""
    names = list(truths)
    for size in range(len(names), 0, -1):
        found = {
            frozenset(each)
            for each in combinations(names, size)
            if np.all([truths[name].true for name in each], axis=0).sum() >= least
        }
        if found:
            return size, found
    return 0, set()


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10**6), claims=st.integers(1, 8), worlds=st.integers(1, 60),
    least=st.integers(1, 12), share=st.floats(0.1, 0.95),
)  # fmt: skip
def test_the_largest_sets_are_those_of_trying_all(seed, claims, worlds, least, share):
    rng = np.random.default_rng(seed)
    truths = {
        f"C{i}": Truth(rng.random(worlds) < 0.8, rng.random(worlds) < share) for i in range(claims)
    }
    found = compatibility(truths, fewest=least)
    size, sets = brute(truths, least)
    assert found.exact
    assert (len(found.largest[0].ids) if found.largest else 0) == size
    assert {frozenset(each.ids) for each in found.largest} <= sets
    for each in found.largest:
        members = [truths[name] for name in each.ids]
        assert each.worlds == np.all([truth.true for truth in members], axis=0).sum() >= least
        assert each.unrefuted == (~np.any([truth.false for truth in members], axis=0)).sum()
        assert each.worlds <= each.tested <= worlds
    top, _ = brute(truths, 1)
    assert (len(found.most.ids) if found.most else 0) == top
    for counts in found.counts.values():
        assert sum(counts) == worlds


def test_true_false_and_silent_are_told_apart():
    tested = np.array([1, 1, 0, 0], dtype=bool)
    one = Truth(tested, np.array([1, 0, 1, 0], dtype=bool))  # the third does not count
    other = Truth(everywhere(4), np.array([1, 1, 1, 0], dtype=bool))
    found = compatibility({"C1": one, "C2": other}, fewest=1)
    assert found.counts == {"C1": (1, 1, 2), "C2": (3, 1, 0)}
    assert found.most is not None
    assert (found.most.ids, found.most.worlds, found.most.tested) == (("C1", "C2"), 1, 2)
    assert (
        found.most.unrefuted == 2
    )  # the first world, and the third, where the first claim is silent


def test_pairs_that_are_never_true_together_are_told_and_chance_is_not():
    rng = np.random.default_rng(0)
    half = np.arange(400) < 200
    rare = [np.isin(np.arange(400), places) for places in ([3], [7])]
    truths = {
        "C1": Truth(everywhere(400), half),
        "C2": Truth(everywhere(400), ~half),
        "C3": Truth(everywhere(400), rare[0]),
        "C4": Truth(everywhere(400), rare[1]),  # one world each: they miss each other by chance
        "C5": Truth(~half, rng.random(400) < 0.5),
        "C6": Truth(half, rng.random(400) < 0.5),  # no world tests it and C5
        "C7": Truth(everywhere(400), np.zeros(400, dtype=bool)),  # true nowhere
    }
    found = compatibility(truths)
    assert [(pair.first, pair.second) for pair in found.excluded] == [("C1", "C2")]
    assert ("C5", "C6") in found.never_met
    assert any("C1 and C2 are never true together" in words for words in found.words)
    assert found.as_mapping()["claims"]["C5"]["silent"] == 200


def test_no_claim_and_no_truth():
    assert compatibility({}).words == ("No claim is true in any world.",)
    never = Truth(everywhere(10), np.zeros(10, dtype=bool))
    assert compatibility({"C1": never}).words == ("No claim is true in any world.",)
    with pytest.raises(ValueError, match="the same worlds"):
        compatibility({"C1": never, "C2": Truth(everywhere(9), everywhere(9))})


# ------------------------------------------------------------------------------------- learnt

MONTHS = 14
WEEKS = 4.0 * np.arange(MONTHS)


def sights(seed: int, holds: np.ndarray, month: int) -> list[Observation]:
    """Return noise, and one observation that shows from a month on whether a claim holds."""
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=(6, len(holds), MONTHS))
    shown = rng.normal(size=(len(holds), MONTHS))
    shown[:, month:] += 3.0 * holds[:, None]
    shown[::9] = np.nan
    return [
        *(Observation(f"noise{i}", f"noise {i}", "km2", noise[i]) for i in range(6)),
        Observation("shown", "what shows", "km2", shown),
    ]


@pytest.mark.parametrize("month", [0, 5])
def test_the_earliest_date_that_tells_is_found(month):
    holds = np.random.default_rng(0).random(WORLDS) < 0.3
    watch = watch_of(sights(1, holds, month), WEEKS)
    found = learnt(watch, Truth(everywhere(), holds), np.full(WORLDS, np.inf))
    assert found.earliest is not None
    assert (found.earliest.feature.name, found.earliest.week) == ("shown", WEEKS[month])
    assert found.earliest.above
    assert found.earliest.value == pytest.approx(1.5, abs=0.6)
    assert f"week {WEEKS[month]:g}" in found.words


def test_noise_tells_nothing_by_any_date():
    holds = np.random.default_rng(2).random(WORLDS) < 0.5
    watch = watch_of(sights(3, holds, MONTHS), WEEKS)
    found = learnt(watch, Truth(everywhere(), holds), np.full(WORLDS, np.inf))
    assert found.earliest is None
    assert "Nothing seen by week 52 tells it well" in found.words
    assert found.best is not None
    assert found.best.accuracy < 0.6


def test_what_is_seen_after_the_claim_is_decided_does_not_count():
    rng = np.random.default_rng(5)
    holds = rng.random(WORLDS) < 0.5
    decided = np.full(WORLDS, 20.0)
    shown = rng.normal(size=(WORLDS, MONTHS))
    shown[:, WEEKS >= 20] += 9.0 * holds[:, None]  # the outcome itself
    watch = watch_of([Observation("shown", "what shows", "km2", shown)], WEEKS)
    truth = Truth(everywhere(), holds)
    found = learnt(watch, truth, decided)
    assert found.earliest is None
    assert [sight.week for sight in found.sights] == [0.0, 4.0, 8.0, 12.0, 16.0]
    assert "By definition it is decided in half of the worlds by week 20" in found.words
    peeking = learnt(watch, truth, np.full(WORLDS, np.nan))
    assert peeking.earliest is not None
    assert peeking.as_mapping()["earliest"]["week"] == 20.0


def test_too_few_open_worlds_say_so():
    holds = np.arange(WORLDS) < 5
    watch = watch_of(sights(1, holds, 0), WEEKS)
    found = learnt(watch, Truth(everywhere(), holds), np.full(WORLDS, np.inf))
    assert found.words.startswith("There are too few worlds")
    assert found.as_mapping()["best"] is None
    with pytest.raises(ValueError, match="must have 3 months"):
        watch_of(sights(1, holds, 0), WEEKS[:3])


def test_when_a_world_decides_a_claim():
    data = planted(
        worlds=4, settlement_week=of_first(4, 2, 40.0), front_stable_week=of_first(4, 1, 8.0)
    )
    outcome = {"event": "settlement"}
    necessary = claim("necessary", {"outcome": outcome, "needs": [{"event": "front_stable"}]})
    assert decided_week(necessary, data).tolist() == [40.0, 40.0, np.inf, np.inf]
    slow = claim("not within", {"event": outcome, "weeks": 26.0})
    assert decided_week(slow, data).tolist() == [26.0, 26.0, 26.0, 26.0]
    half_year = {
        "quantity": "troops", "side": "north", "unit": "soldiers", "at_least": 1.0,
        "during": "first_half_year",
    }  # fmt: skip
    stable = {"event": "front_stable", "within": 12.0}
    state = claim("state", {"expects": [half_year], "does": [stable]})
    assert decided_week(state, data).tolist() == [26.0] * 4
    rare = claim("improbable", {"what": [{"event": "settlement"}]})
    assert decided_week(rare, data).tolist() == [40.0, 40.0, 104.0, 104.0]
    paper = claim("base rate", {"event": outcome, "within": 30.0, "more_than": 0.5})
    assert decided_week(paper, data).tolist() == [30.0] * 4
    over = planted(worlds=2, regime=np.array([[0] * 27, [0] * 5 + [3] * 22]))
    assert decided_week(rare, over).tolist() == [104.0, 20.0]
    binding = {"binds": {"quantity": "men_bound_share", "side": "north", "unit": "share"}}
    assert decided_week(claim("binding constraint", binding), over).tolist() == [np.inf, 20.0]


def test_a_claim_about_a_lever_is_decided_nowhere():
    move = [{"lever": "penalty_for_delay", "to": 0.04, "unit": "per month"}]
    sooner = {"event": "settlement", "direction": "earlier"}
    effect = claim("effect", {"move": move, "outcome": sooner})
    assert np.isinf(decided_week(effect, planted(worlds=3))).all()


def test_only_what_can_be_seen_is_seen():
    data = planted(worlds=5, troops=NEVER)
    names = {each.name for each in observations_of(data)}
    assert {"observed.area_held.north", "observed.over", "observed.silent"} <= names
    hidden = ("expected_advantage", "reservation", "real", "troops", "force_ratio")
    assert not {name.split(".")[1] for name in names} & set(hidden)
    found = observed_features(data, week=10.0)
    assert {each.name for each in found} == names
    assert all(each.values.shape == (5,) for each in found)
    assert "in week 8" in next(each.label for each in found if "area" in each.name)
