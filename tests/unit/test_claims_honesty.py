"""Verdicts that would come out for a reason that has nothing to do with the claim: each once did."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from planted_claims import NEVER, by_side, claim, of_first, planted
from ripeness.claims import evaluate
from ripeness.claims.conditions import answer_of
from ripeness.claims.dating import week_met
from ripeness.claims.kinds.sufficient import SufficientTest
from ripeness.claims.language import EventCondition, QuantityCondition
from ripeness.types import ENDED, SETTLEMENT

WORLDS = 200
MONTHS = 27
SETTLED = {"event": "settlement"}
RESERVATION = {"quantity": "reservation", "side": "south", "unit": "share of the stakes"}
PRESSURE = [{"lever": "pressure", "to": 2.0, "unit": "ratio"}]
MONEY = [{"lever": "money", "to": 2.0, "unit": "ratio"}]


def verdict_on(kind: str, test: dict, data: xr.Dataset, compare=None):
    return evaluate([claim(kind, test)], data, compare)[0]


def month_of(name: str, side: str = "north", **bounds: float) -> dict:
    return {"quantity": name, "side": side, "unit": "share", **bounds}


# diagnostic -----------------------------------------------------------------------------------


def test_diagnostic_looks_no_further_ahead_than_it_says():
    """Real in month 20, a signal in month 5: half a year ahead there is nothing to show."""
    real, signal = np.zeros(MONTHS), np.zeros(MONTHS)
    real[20], signal[5] = 1.0, 0.9
    data = planted(WORLDS, real=by_side(real, 0.0), rank=by_side(signal, 0.0))
    test = {"signal": [month_of("rank", at_least=0.5)], "shows": [month_of("real", at_least=1)],
            "ahead": 24}  # fmt: skip
    assert verdict_on("diagnostic", test, data).verdict == "contradicted"
    signal[5], signal[14] = 0.0, 0.9  # six months before: the first month from which it is in sight
    data = planted(WORLDS, real=by_side(real, 0.0), rank=by_side(signal, 0.0))
    assert verdict_on("diagnostic", test, data).verdict == "supported"


# instrument -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "after", "more_than"), [(2, 1, 0.5), (2, 2, 0.0)])
def test_instrument_takes_more_than_a_fall_by_just_the_bound(before, after, more_than):
    """From two months to one is by half, not by more; and by nothing is not by more than nothing."""
    comes, left = (np.where(np.arange(MONTHS) < count, 1.0, 0.0) for count in (before, after))
    runs = [planted(WORLDS, attending=by_side(each, 0.0)) for each in (comes, left)]
    runs[1]["troops"] += 1.0
    test = {"act": [month_of("attending", at_least=1)], "takes_away": PRESSURE,
            "more_than": more_than}  # fmt: skip
    assert verdict_on("instrument", test, runs[0], lambda levers: runs[1]).holds == 0


# windows before an outcome, dates of what does not happen --------------------------------------


def test_the_last_weeks_before_an_outcome_are_not_known_if_the_run_has_fewer():
    """Half a year of heavy losses cannot be read four weeks after the start."""
    heavy = QuantityCondition.model_validate(
        {"quantity": "troops", "side": "north", "at_least": 5, "unit": "soldiers",
         "during": {"last": 26}}
    )  # fmt: skip
    data = planted(3, troops=9.0)
    answer = answer_of(data, heavy, np.array([4.0, 28.0, NEVER]))
    assert answer.known.tolist() == [False, True, False]
    assert answer.yes.tolist() == [False, True, False]


def test_what_does_not_happen_within_a_time_is_met_at_its_end():
    data = planted(3, settlement_week=np.array([NEVER, 10.0, 60.0]))
    quiet = EventCondition.model_validate({**SETTLED, "happens": False, "within": 26})
    assert week_met(data, [quiet]) == pytest.approx([26.0, NEVER, 26.0], nan_ok=True)


@pytest.mark.parametrize(
    "absent", [{**SETTLED, "happens": False}, {"none_of": [SETTLED]}], ids=["not", "none of"]
)
def test_what_is_only_known_at_the_end_is_no_cause(absent):
    """Worlds in which something never happens are chosen by their future."""
    with pytest.raises(ValueError, match="within"):
        SufficientTest.model_validate({"causes": [absent], "outcome": {"event": "ceasefire"}})


def test_a_window_since_an_event_is_not_over_before_it_began():
    """Troops above 5 from the ceasefire in week 20 on, up to week 52: met in week 52, not in week 0."""
    condition = {"quantity": "troops", "side": "north", "at_least": 5, "unit": "soldiers",
                 "during": {"since": {"event": "ceasefire"}, "to": 52}}  # fmt: skip
    data = planted(2, first_ceasefire_week=20.0, troops=9.0)
    assert week_met(data, [QuantityCondition.model_validate(condition)]).tolist() == [52, 52]


def test_what_sums_up_the_whole_run_is_no_cause():
    """What men bound in the whole war is known when it is over: a cause cannot be dated by it."""
    cause = {"quantity": "men_bound_share", "side": "north", "at_least": 0.5, "unit": "share"}
    with pytest.raises(ValueError, match="among"):
        SufficientTest.model_validate({"causes": [cause], "outcome": SETTLED})


def test_what_comes_anyway_does_not_follow_from_a_cause():
    """Peace comes in nearly every world, with the cause or without."""
    random = np.random.default_rng(13)
    stable = np.where(random.random(WORLDS) < 0.5, 4.0, NEVER)
    settled = np.where(random.random(WORLDS) < 0.95, 60.0, NEVER)
    test = {"causes": [{"event": "front_stable"}], "outcome": SETTLED}
    data = planted(WORLDS, front_stable_week=stable, settlement_week=settled)
    verdict = verdict_on("sufficient", test, data)
    assert (verdict.verdict, "as soon without" in verdict.reason) == ("depends", True)
    rare = np.where(np.isnan(stable) & (random.random(WORLDS) < 0.7), NEVER, settled)
    data = planted(WORLDS, front_stable_week=stable, settlement_week=rare)
    assert verdict_on("sufficient", test, data).verdict == "supported"


# what comes without the cause ------------------------------------------------------------------


def test_worlds_that_have_ended_do_not_show_what_comes_without_a_cause():
    """Half the worlds end at once. In the others peace is as frequent with the cause as without."""
    random = np.random.default_rng(11)
    over = np.arange(WORLDS * 4) < WORLDS * 2
    stable = np.where(~over & (random.random(over.size) < 0.5), 40.0, NEVER)
    settled = np.where(~over & (random.random(over.size) < 0.5), 60.0, NEVER)
    regime = np.zeros((over.size, MONTHS))
    regime[over, 1:] = ENDED
    data = planted(over.size, front_stable_week=stable, settlement_week=settled, regime=regime)
    test = {"outcome": SETTLED, "cause": [{"event": "front_stable"}],
            "instead_of": [{"event": "major_defeat", "side": "south"}]}  # fmt: skip
    verdict = verdict_on("alternative cause", test, data)
    assert abs(verdict.details["excess"]) < 4 * verdict.details["excess_standard_error"]
    assert verdict.verdict == "depends"


# necessary ------------------------------------------------------------------------------------


def test_what_is_there_anyway_is_not_found_necessary():
    """The front is stable early in nearly every world, whether peace comes or not."""
    random = np.random.default_rng(12)
    stable = np.where(random.random(WORLDS) < 0.95, 4.0, NEVER)
    settled = np.where(random.random(WORLDS) < 0.6, random.integers(10, 100, WORLDS), NEVER)
    test = {"outcome": SETTLED, "needs": [{"event": "front_stable"}]}
    data = planted(WORLDS, front_stable_week=stable, settlement_week=settled)
    verdict = verdict_on("necessary", test, data)
    assert (verdict.verdict, "as often" in verdict.reason) == ("depends", True)
    needed = np.where(np.isnan(settled), np.where(random.random(WORLDS) < 0.3, 4.0, NEVER), 4.0)
    data = planted(WORLDS, front_stable_week=needed, settlement_week=settled)
    assert verdict_on("necessary", test, data).verdict == "supported"


# insufficient ---------------------------------------------------------------------------------


def test_what_brings_the_outcome_in_a_fifth_of_worlds_is_not_simply_insufficient():
    test = {"with": PRESSURE, "outcome": SETTLED, "within": 52}
    for count, word in ((160, "depends"), (8, "supported")):
        moved = planted(800, settlement_week=of_first(800, count, 30.0))
        verdict = verdict_on("insufficient", test, planted(800), lambda levers, run=moved: run)
        assert (verdict.verdict, verdict.holds) == (word, 800 - count)


# no effect, comparison, interaction: what is known in one run only ------------------------------


def test_no_effect_does_not_overlook_worlds_in_which_the_lever_ends_the_question():
    """Peace at once in most worlds leaves no terms to compare, and is no sign of no effect."""
    regime = np.zeros((WORLDS, MONTHS))
    regime[: WORLDS // 2] = SETTLEMENT
    test = {"move": PRESSURE, "outcome": {**RESERVATION, "within": 0.02}}
    moved = planted(WORLDS, regime=regime, reservation=0.5)
    verdict = verdict_on("no effect", test, planted(WORLDS, reservation=0.5), lambda levers: moved)
    assert (verdict.verdict, verdict.of) == ("depends", WORLDS // 2)
    assert "only with the lever moved, or only without" in verdict.reason


def by_lever(usual: xr.Dataset, **runs: xr.Dataset):
    return lambda levers: runs.get("_".join(sorted(levers)), usual)


def drifting(signed: int) -> xr.Dataset:
    """Make a run in which terms fall by the calendar alone until a settlement."""
    regime = np.where(np.arange(MONTHS) >= signed, SETTLEMENT, 0)
    return planted(WORLDS, regime=regime, reservation=1.0 - 0.03 * np.arange(MONTHS)[:, None])


def test_comparison_of_moves_reads_the_months_that_all_runs_have():
    """One move only brings talks to an end sooner: no month has other terms for it."""
    test = {"more": {"move": MONEY}, "than": {"move": PRESSURE},
            "outcome": {**RESERVATION, "direction": "higher", "smallest": 0.01}}  # fmt: skip
    runs = by_lever(drifting(20), money=drifting(8), pressure=drifting(19))
    verdict = verdict_on("comparison", test, drifting(20), runs)
    assert (verdict.verdict, verdict.details["as_claimed"]) == ("contradicted", 0)


def test_interaction_reads_the_months_that_all_runs_have():
    test = {"move": MONEY, "and_move": PRESSURE, "together": "work with each other",
            "outcome": {**RESERVATION, "direction": "higher", "smallest": 0.01}}  # fmt: skip
    runs = by_lever(
        drifting(20), money=drifting(19), pressure=drifting(19), money_pressure=drifting(6)
    )
    verdict = verdict_on("interaction", test, drifting(20), runs)
    assert (verdict.verdict, verdict.details["as_claimed"]) == ("contradicted", 0)


# verdicts by theory ---------------------------------------------------------------------------


def test_a_theory_under_which_the_lever_hardly_reaches_does_not_support_a_claim():
    """Under the first theory it reaches 40 of 1,000 worlds, under the second all, the other way."""
    worlds = 2000
    place = np.arange(worlds)
    value = np.where(place % 2 == 1, 0.6, np.where(place < 80, 0.4, 0.5))
    runs = [planted(worlds, reservation=by_side(0.5, each)) for each in (
        np.full((worlds, MONTHS), 0.5), np.broadcast_to(value[:, None], (worlds, MONTHS)))]  # fmt: skip
    test = {"move": PRESSURE, "outcome": {**RESERVATION, "direction": "lower", "smallest": 0.01}}
    verdict = verdict_on("effect", test, runs[0], lambda levers: runs[1])
    assert verdict.by_theory["one theory"] == (40, 40)
    assert verdict.verdict == "contradicted"


# the first month --------------------------------------------------------------------------------


def test_what_has_not_been_counted_yet_is_not_nothing():
    """The first month's losses, aid and risks are of a month before the run: not known, not 0."""
    rate = np.full(MONTHS, 0.25)
    rate[0] = 0.0
    low = QuantityCondition.model_validate(
        {"quantity": "exit_risk", "at_least": 0.2, "unit": "per year", "months": "throughout"}
    )
    assert answer_of(planted(2, exit_risk=rate), low).yes.all()


# improbable -----------------------------------------------------------------------------------


def test_what_happens_in_half_of_the_worlds_is_not_improbable():
    test = {"what": [SETTLED]}
    for count, word in ((100, "contradicted"), (50, "depends"), (20, "supported")):
        data = planted(WORLDS, settlement_week=of_first(WORLDS, count, 30.0))
        assert verdict_on("improbable", test, data).verdict == word


# association ----------------------------------------------------------------------------------


def test_a_level_that_goes_with_a_condition_throughout_is_an_association_without_change():
    """Half the worlds have heavy losses first, half later; talks are attended then and never else."""
    heavy = np.broadcast_to(np.arange(MONTHS) < MONTHS // 2, (WORLDS, MONTHS)).copy()
    heavy[WORLDS // 2 :] = ~heavy[WORLDS // 2 :]
    data = planted(WORLDS, attending=by_side(heavy, 0.0), troops=by_side(10.0 * heavy, 0.0))
    losses = {"quantity": "troops", "side": "north", "at_least": 5, "unit": "soldiers"}
    test = {"when": losses, "weeks": 26, "then": [month_of("attending")], "compared": "level"}
    assert verdict_on("association", {**test, "direction": "rises"}, data).verdict == "supported"
    assert verdict_on("association", {**test, "direction": "falls"}, data).verdict == "contradicted"
    with pytest.raises(ValueError, match="give one"):
        claim("association", {**test, "then": [month_of("attending")] * 2, "direction": "rises"})
