"""What must hold of guarantees tried in a war: planted wars come out so, luck and labels change nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

import fixtures
from ripeness.explore.draft import at_once
from ripeness.explore.draft_play import BROKEN, IN_FORCE
from ripeness.explore.draft_sign import judge
from ripeness.explore.draft_stand import stand_at
from ripeness.explore.guarantee_arms import NONE, options_of
from ripeness.explore.guarantee_effects import Effect, effects_of
from ripeness.explore.guarantee_sign import sign_all
from ripeness.explore.guarantees import GuaranteesTried, try_guarantees
from ripeness.scenario.load import load
from ripeness.scenario.model import Scenario
from ripeness.worlds.draw import Worlds, draw_worlds

THEORY = "converging_expectations"
"""A theory of which nothing must be learnt, and in which about half of the worlds of this war sign."""

WORLDS, SEED = 512, 20250702
NORTH = "guarantors.guard_of_north"
LEVEL = "issues.guard_of_north.levels.given"
HARMLESS = {
    "issues.guard_of_north.weight.north": 0.0,
    "issues.guard_of_north.weight.south": 0.0,
}
"""Neither side minds whether the north is given a guarantee."""

SURE = {"credibility": 0.95, "capacity": 3.0, "delay_months": 0.0}
"""A guarantor who is there at once, strong, and nearly sure to come."""

ROW = 1
"""Of the guarantee to the north; that to the south comes after it."""


@lru_cache
def symmetric() -> Scenario:
    return load(Path(__file__).parents[1] / "wars" / "symmetric.yaml")


def drawn(changes: tuple[tuple[str, float], ...] = (), scenario: Scenario | None = None) -> Worlds:
    war = scenario or symmetric()
    worlds = draw_worlds(war, WORLDS, SEED, theory=THEORY).decided_by((THEORY,), 0)
    return fixtures.altered(worlds, war, dict(changes))


@lru_cache
def tried(changes: tuple[tuple[str, float], ...] = ()) -> GuaranteesTried:
    found = try_guarantees(symmetric(), drawn(changes))
    assert found is not None
    return found


def planted(**more: float) -> dict[str, float]:
    """A guarantee to the north of which both sides think alike, and of which something is planted."""
    return HARMLESS | {f"{NORTH}.{name}": value for name, value in more.items()}


def effect(changes: Mapping[str, float]) -> Effect:
    found = tried(tuple(changes.items()))
    return effects_of(found.by_kind, SEED)[ROW]


def test_the_war_signs_in_some_worlds_and_not_in_others():
    found = tried().by_kind
    assert found.names == (NONE, "coalition for north", "coalition for south")
    assert (found.both.sum(axis=1) > 20).all()
    assert (found.both.sum(axis=1) < WORLDS).all()
    assert np.isin(found.fate[:, found.watched], (BROKEN, BROKEN + 1)).sum() > 20


def test_where_the_guarantor_is_sure_and_nobody_minds_deterrence_is_what_counts():
    fearless = {"belligerents.north.diplomacy.fear": 0.0}
    found = effect(planted(**SURE) | fearless)
    parts = {name: each.mean for name, each in found.parts.items()}
    assert found.net.mean > 3 * found.net.error
    assert found.deterrence.mean > 3 * found.deterrence.error
    assert found.attacks_prevented.mean > 0.5
    assert parts["deterrence"] > 3 * abs(parts["refusal"])
    assert parts["deterrence"] == max(parts.values())
    assert parts["ruled_out"] == 0


def test_where_the_adversary_minds_and_the_guarantor_is_weak_refusal_is_what_counts():
    planted_war = planted(credibility=0.05, capacity=0.05) | {
        "issues.guard_of_north.weight.south": 60.0
    }
    found = effect(planted_war)
    assert found.net.mean < -3 * found.net.error
    assert found.parts["refusal"].mean < -3 * found.parts["refusal"].error
    assert found.parts["refusal"].mean == min(each.mean for each in found.parts.values())
    assert abs(found.parts["deterrence"].mean) < 0.2 * abs(found.parts["refusal"].mean)
    assert found.adversary_signs.mean < -3 * found.adversary_signs.error


def test_parts_add_up_to_the_net_effect():
    for each in effects_of(tried().by_kind, SEED):
        total = sum(part.mean for part in each.parts.values())
        assert total == pytest.approx(each.net.mean, abs=1e-12)


def test_a_guarantee_of_nobody_with_nothing_is_none_exactly():
    found = tried(tuple(planted(credibility=0.0, capacity=0.0).items())).by_kind
    for name in ("signs", "acceptable", "fate", "empty"):
        rows = getattr(found, name)
        assert np.array_equal(rows[ROW], rows[0]), name
    mine = effects_of(found, SEED)[ROW]
    assert mine.net.mean == mine.net.error == 0
    assert all(part.mean == part.error == 0 for part in mine.parts.values())


def test_deals_without_a_guarantor_fare_the_same_whatever_guarantors_are():
    """Same worlds, same luck for all kinds."""
    one = tried(tuple(planted(**SURE).items())).by_kind
    other = tried(tuple(planted(credibility=0.0, capacity=0.0).items())).by_kind
    assert np.array_equal(one.signs[0], other.signs[0])
    seen = one.watched & other.watched
    assert seen.sum() > 50
    assert np.array_equal(one.fate[0][seen], other.fate[0][seen])
    assert not np.array_equal(one.fate[ROW][seen], other.fate[ROW][seen])


def test_the_same_worlds_give_the_same_answer_whatever_else_was_drawn():
    """The first worlds of a larger ensemble are tried as by themselves."""
    whole, part = tried().by_kind, try_guarantees(symmetric(), drawn().first(WORLDS // 2))
    assert part is not None
    half = slice(0, WORLDS // 2)
    assert np.array_equal(part.by_kind.signs, whole.signs[..., half])
    assert np.array_equal(part.by_kind.fate, whole.fate[..., half])
    assert np.array_equal(part.by_kind.empty, whole.empty[..., half])


def test_a_guarantor_who_never_comes_deters_nobody():
    found = tried().by_kind
    assert np.array_equal(found.fate[0], found.empty[0])
    assert not np.array_equal(found.fate[ROW], found.empty[ROW])


def test_more_credible_guarantees_hold_no_worse():
    found = [tried(((f"{NORTH}.credibility", c),)).by_kind for c in (0.1, 0.5, 0.9)]
    for less, more in ((0, 1), (1, 2), (0, 2)):
        seen = found[less].watched & found[more].watched
        holds = [(found[k].fate[ROW] == IN_FORCE)[seen].astype(float) for k in (less, more)]
        mean, error = fixtures.mean(holds[1] - holds[0])
        assert mean > -3 * error
    assert mean > 3 * error, "from hardly to nearly sure it makes a difference"


def test_the_two_sides_guarantees_do_the_same_in_a_war_of_equals():
    found = tried().by_kind
    kept = found.both & (found.fate == IN_FORCE)
    own = (found.signs[1, 0], found.signs[2, 1])  # the protected side's signature
    for one, other in (found.both[1:], kept[1:], own):
        mean, error = fixtures.mean(one.astype(float) - other)
        assert abs(mean) < 4 * error


def test_signing_is_that_of_every_deal_judged_one_by_one():
    """In this war a deal with one guarantee has five possible lines and nothing else to be settled."""
    war, standpoint = symmetric(), stand_at(symmetric(), drawn(), 0)
    lines = range(len(war.issues["land"].levels))
    for option, found in zip(options_of(war), sign_all(standpoint, options_of(war)), strict=True):
        rest = [
            standpoint.packages.levels[name].index(option.chosen[name])
            for name in standpoint.packages.issues[1:]
        ]
        judged = judge(standpoint, [at_once(standpoint, [line, *rest]) for line in lines])
        assert np.array_equal(found.signs.all(axis=0), judged.both.any(axis=0))
        signs = judged.signs[:, found.nearest[0], np.arange(WORLDS)]
        assert np.array_equal(found.signs, signs)


def test_the_order_of_the_sides_changes_nobody_s_signature():
    war = symmetric()
    turned = war.model_copy(update={"belligerents": dict(reversed(war.belligerents.items()))})
    first = sign_all(stand_at(war, drawn(), 0), options_of(war))
    second = sign_all(stand_at(turned, drawn(scenario=turned), 0), options_of(turned))
    for one, two in zip(first, second, strict=True):
        assert (one.signs == two.signs[::-1]).mean() > 0.99
        assert (one.acceptable == two.acceptable[::-1]).mean() > 0.99
        assert (one.crossed == two.crossed).mean() > 0.99


def test_a_war_without_guarantors_has_nothing_to_try():
    war = symmetric()
    plain = {
        name: issue.model_copy(
            update={
                "levels": {
                    key: level.model_copy(update={"guarantor": None})
                    for key, level in issue.levels.items()
                }
            }
        )
        for name, issue in war.issues.items()
    }
    assert try_guarantees(war.model_copy(update={"issues": plain}), drawn()) is None
