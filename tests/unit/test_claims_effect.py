"""Claims about levers: paired worlds, dead levers, levers that reach few worlds."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from planted_claims import by_side, claim, of_first, planted, replaced
from ripeness.claims import evaluate, needed_settings
from ripeness.errors import bad_input

WORLDS = 200
MOVE = [{"lever": "pressure", "to": 2, "unit": "ratio"}]
SOONER = claim("effect", {"move": MOVE, "outcome": {"event": "settlement", "direction": "earlier"}})
BREACH = {"event": "breach", "side": "north", "direction": "later"}
KEPT = claim("effect", {"move": MOVE, "outcome": BREACH})
LOWER = claim(
    "effect",
    {
        "move": MOVE,
        "outcome": {"quantity": "reservation", "side": "south", "direction": "lower",
                    "smallest": 0.01, "unit": "share of the stakes"},
    },
)  # fmt: skip


def verdict_on(claim, before: xr.Dataset, after: xr.Dataset):
    return evaluate([claim], before, lambda levers: after)[0]


@pytest.mark.parametrize(
    ("word", "count"), [("supported", 180), ("contradicted", 20), ("depends", 100)]
)
def test_effect_on_an_event_counts_sooner_worlds_of_those_that_change(word, count):
    before = planted(WORLDS, settlement_week=60.0)
    after = planted(WORLDS, settlement_week=of_first(WORLDS, count, 30.0, other=90.0))
    verdict = verdict_on(SOONER, before, after)
    assert (verdict.verdict, verdict.holds, verdict.of) == (word, count, WORLDS)


def test_effect_counts_what_comes_at_all_and_leaves_out_what_does_not_change():
    before = planted(WORLDS)
    after = planted(WORLDS, settlement_week=of_first(WORLDS, 80, 30.0))
    verdict = verdict_on(SOONER, before, after)
    assert (verdict.verdict, verdict.holds, verdict.of) == ("supported", 80, 80)
    assert (verdict.details["unchanged"], verdict.details["mean_change"]) == (120, 0.4)
    assert "which are 8 of 20 comparable worlds" in verdict.words
    expected = np.sqrt(0.4 * 0.6 / (WORLDS - 1))
    assert verdict.details["standard_error"] == pytest.approx(expected)


def test_effect_that_reaches_hardly_any_world_is_contradicted():
    before = planted(1000, troops=1.0)
    after = planted(1000, settlement_week=of_first(1000, 20, 30.0))
    verdict = verdict_on(SOONER, before, after)
    assert (verdict.verdict, verdict.holds, verdict.of) == ("contradicted", 20, 1000)


@pytest.mark.parametrize("reached", [50, 150, 250])
def test_effect_that_reaches_some_worlds_depends_on_the_world(reached):
    before = planted(1000)
    after = planted(1000, settlement_week=of_first(1000, reached, 30.0))
    verdict = verdict_on(SOONER, before, after)
    assert (verdict.verdict, verdict.holds, verdict.of) == ("depends", reached, reached)
    assert f"only in {reached // 50} of 20 comparable worlds" in verdict.reason


def test_effect_without_any_change_of_the_outcome_is_contradicted_if_the_lever_lives():
    before = planted(WORLDS)
    verdict = verdict_on(SOONER, before, planted(WORLDS, troops=5.0))
    assert (verdict.verdict, verdict.holds, verdict.of) == ("contradicted", 0, WORLDS)


def test_dead_lever_is_untested_never_false():
    before = planted(WORLDS, settlement_week=of_first(WORLDS, 100, 30.0))
    verdict = verdict_on(SOONER, before, before.copy(deep=True))
    assert verdict.verdict == "untested"
    assert "`pressure` changes nothing" in verdict.reason
    assert "dead" in verdict.reason


def test_effect_is_untested_if_no_lever_can_be_moved():
    assert evaluate([SOONER], planted(WORLDS))[0].verdict == "untested"

    def compare(levers):
        raise bad_input("lever pressure", "there is no lever `pressure`.")

    verdict = evaluate([SOONER], planted(WORLDS), compare)[0]
    assert verdict.words == "untested: this war cannot test it: there is no lever `pressure`."


def test_what_never_happens_cannot_be_prevented():
    quiet = planted(WORLDS)
    verdict = verdict_on(KEPT, quiet, planted(WORLDS, troops=1.0))
    assert (verdict.verdict, verdict.of) == ("untested", 0)
    assert "North broke a settlement, with the lever moved or without" in verdict.reason
    broken = planted(WORLDS, broken_week=of_first(WORLDS, 50, 70.0), broken_by=0)
    verdict = verdict_on(KEPT, broken, quiet)
    assert (verdict.verdict, verdict.holds, verdict.of) == ("supported", 50, 50)
    assert verdict_on(KEPT, quiet, broken).verdict == "contradicted"


def test_effect_on_a_quantity_compares_the_months_that_both_runs_have():
    before = planted(WORLDS, reservation=0.5)
    fallen = np.broadcast_to(by_side(0.5, of_first(WORLDS, 180, 0.4, other=0.6)), (27, WORLDS, 2))
    after = planted(WORLDS, reservation=np.moveaxis(fallen, 0, 1))
    regime = np.zeros((WORLDS, 27))
    regime[:, 10:] = 3  # ended: what is recorded then means nothing
    wild = after["reservation"].values.copy()
    wild[:, 10:] = 99.0
    verdict = verdict_on(LOWER, before, replaced(after, regime=regime, reservation=wild))
    assert (verdict.verdict, verdict.holds, verdict.of) == ("supported", 180, WORLDS)
    assert verdict.details["mean_change"] == pytest.approx(-0.08)


def test_effect_ignores_changes_too_small_to_matter():
    before = planted(WORLDS, reservation=0.5)
    verdict = verdict_on(LOWER, before, planted(WORLDS, reservation=0.495))
    assert (verdict.verdict, verdict.details["unchanged"]) == ("contradicted", WORLDS)


def test_narrowing_must_hold_in_both_runs():
    test = {"among": [{"event": "settlement"}], "move": MOVE, "outcome": BREACH}
    before = planted(
        WORLDS, settlement_week=of_first(WORLDS, 100, 9.0), broken_week=70.0, broken_by=0
    )
    after = planted(WORLDS, settlement_week=of_first(WORLDS, 60, 9.0))
    assert verdict_on(claim("effect", test), before, after).of == 60


def test_settings_are_listed_and_run_once():
    both = claim(
        "effect",
        {
            "move": [{"lever": "pressure", "from": 0, "to": 2, "unit": "ratio"}],
            "outcome": {"event": "settlement", "direction": "earlier"},
        },
    )
    claims = [SOONER, both, KEPT]
    assert needed_settings(claims) == [{"pressure": 2.0}, {"pressure": 0.0}]
    asked = []

    def compare(levers):
        asked.append(levers)
        return planted(WORLDS, troops=levers["pressure"])

    evaluate(claims, planted(WORLDS, troops=1.0), compare)
    assert asked == needed_settings(claims) or sorted(map(str, asked)) == sorted(
        map(str, needed_settings(claims))
    )


def test_other_worlds_are_the_caller_s_mistake():
    with pytest.raises(ValueError, match="same worlds"):
        evaluate([SOONER], planted(WORLDS), lambda levers: planted(WORLDS + 1))
