"""Every kind on outcomes with a planted truth: true, false, borderline, untestable."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from planted_claims import by_side, claim, of_first, planted, replaced
from ripeness.claims import evaluate
from ripeness.claims.language import Claim

WORLDS = 200
SHARES = {"supported": 180, "contradicted": 20, "depends": 100}


def verdict_on(claim: Claim, data: xr.Dataset):
    return evaluate([claim], data)[0]


# necessary -----------------------------------------------------------------------------------

NECESSARY = claim(
    "necessary",
    {"outcome": {"event": "settlement"}, "needs": [{"event": "major_defeat", "side": "north"}]},
)


@pytest.mark.parametrize(("word", "count"), SHARES.items())
def test_necessary_finds_what_came_before(word, count):
    defeat = by_side(of_first(WORLDS, count, 40.0, other=60.0), np.nan)
    data = planted(WORLDS, settlement_week=50.0, major_defeat_week=defeat)
    verdict = verdict_on(NECESSARY, data)
    assert (verdict.verdict, verdict.holds, verdict.of) == (word, count, WORLDS)
    assert verdict.details["condition_met_share"] == 1.0


def test_necessary_does_not_count_the_same_week_nor_the_other_side():
    same = planted(WORLDS, settlement_week=50.0, major_defeat_week=by_side(50.0, 10.0))
    assert verdict_on(NECESSARY, same).verdict == "contradicted"


def test_necessary_is_untested_without_the_outcome():
    verdict = verdict_on(NECESSARY, planted(WORLDS, major_defeat_week=3.0))
    assert verdict.verdict == "untested"
    assert "no worlds in which a settlement came into force" in verdict.reason
    assert verdict.strength is None


def test_necessary_is_untested_with_too_few_outcomes():
    data = planted(WORLDS, settlement_week=of_first(WORLDS, 29, 50.0), major_defeat_week=3.0)
    verdict = verdict_on(NECESSARY, data)
    assert (verdict.verdict, verdict.holds, verdict.of) == ("untested", 29, 29)
    assert "only 29 of 200 worlds, and 30 are needed" in verdict.words


def test_necessary_reads_quantities_up_to_the_outcome():
    test = {
        "outcome": {"event": "front_stable"},
        "needs": [
            {"quantity": "troops", "side": "south", "reading": "change", "at_least": 0,
             "unit": "soldiers", "during": {"last": 26}}
        ],
    }  # fmt: skip
    month = np.arange(27)
    # Troops fall before week 52 (month 13) in the last worlds only; later they fall everywhere.
    rising = np.where(month <= 13, 1000.0 + month, 500.0)
    falling = np.where(month <= 13, 1000.0 - month, 5000.0)
    first = np.arange(WORLDS)[:, None] < 180
    data = planted(
        WORLDS, front_stable_week=52.0, troops=by_side(0.0, np.where(first, rising, falling))
    )
    verdict = verdict_on(claim("necessary", test), data)
    assert (verdict.verdict, verdict.holds) == ("supported", 180)


# not within ----------------------------------------------------------------------------------

NOT_WITHIN = claim("not within", {"event": {"event": "settlement"}, "weeks": 26})


@pytest.mark.parametrize(("word", "count"), SHARES.items())
def test_not_within_times_what_happens(word, count):
    data = planted(WORLDS, settlement_week=of_first(WORLDS, count, 30.0, other=26.0))
    verdict = verdict_on(NOT_WITHIN, data)
    assert (verdict.verdict, verdict.holds, verdict.of) == (word, count, WORLDS)


def test_not_within_leaves_out_what_never_happens_unless_it_counts():
    data = planted(WORLDS, settlement_week=of_first(WORLDS, 50, 10.0))
    assert (verdict_on(NOT_WITHIN, data).holds, verdict_on(NOT_WITHIN, data).of) == (0, 50)
    counting = claim(
        "not within", {"event": {"event": "settlement"}, "weeks": 26, "never": "counts"}
    )
    verdict = verdict_on(counting, data)
    assert (verdict.holds, verdict.of) == (150, WORLDS)


def test_not_within_is_untested_if_the_run_is_too_short():
    verdict = verdict_on(NOT_WITHIN, planted(WORLDS, months=6, settlement_week=10.0))
    assert verdict.verdict == "untested"
    assert "ends in week 24" in verdict.reason


# state ---------------------------------------------------------------------------------------

STATE = claim(
    "state",
    {
        "expects": [
            {"quantity": "own_expected_advantage", "side": "south", "at_least": 0.1,
             "unit": "log ratio", "during": "first_half_year"}
        ],
        "does": [
            {"quantity": "real", "side": "south", "at_most": 0, "unit": "share",
             "during": "first_half_year"}
        ],
    },
)  # fmt: skip


@pytest.mark.parametrize(("word", "count"), SHARES.items())
def test_state_reads_beliefs_in_the_side_s_own_terms(word, count):
    # The data set has both beliefs in terms of north's advantage: south's confidence is negative.
    belief = of_first(WORLDS, count, -0.5, other=0.5)[:, None]
    data = planted(WORLDS, expected_advantage=by_side(9.0, belief * np.ones(27)))
    verdict = verdict_on(STATE, data)
    assert (verdict.verdict, verdict.holds, verdict.of) == (word, count, WORLDS)


def test_state_needs_the_conduct_as_well_and_shows_the_contrast():
    believes = of_first(WORLDS, 100, -0.5, other=0.5)[:, None] * np.ones(27)
    real = (np.arange(WORLDS) < 50)[:, None] * np.ones(27)
    data = planted(WORLDS, expected_advantage=by_side(0.0, believes), real=by_side(0.0, real))
    verdict = verdict_on(STATE, data)
    assert (verdict.holds, verdict.of) == (50, WORLDS)
    assert verdict.details["does_if_expects"] == 0.5
    assert verdict.details["does_if_not"] == 1.0
    assert "10 of 20 worlds; where it does not, in all 100 worlds" in verdict.remarks[0]


def test_state_is_untested_where_nothing_is_known():
    verdict = verdict_on(STATE, planted(WORLDS, expected_advantage=np.nan))
    assert (verdict.verdict, verdict.of) == ("untested", 0)


# binding constraint --------------------------------------------------------------------------

BINDING = claim(
    "binding constraint",
    {"binds": {"quantity": "men_bound_share", "side": "south", "unit": "share"}},
)


@pytest.mark.parametrize(("word", "count"), SHARES.items())
def test_binding_constraint_counts_worlds_in_which_it_bound_most(word, count):
    data = planted(WORLDS, men_bound_share=by_side(1.0, of_first(WORLDS, count, 0.6, other=0.5)))
    verdict = verdict_on(BINDING, data)
    assert (verdict.verdict, verdict.holds, verdict.of) == (word, count, WORLDS)


def test_binding_constraint_leaves_out_what_is_not_known():
    data = planted(WORLDS, men_bound_share=by_side(1.0, of_first(WORLDS, 20, 0.9)))
    verdict = verdict_on(BINDING, data)
    assert (verdict.verdict, verdict.holds, verdict.of) == ("untested", 20, 20)


def test_binding_constraint_is_untested_if_the_run_does_not_record_it():
    verdict = verdict_on(BINDING, planted(WORLDS).drop_vars("men_bound_share"))
    assert verdict.words == "untested: the run does not record `men_bound_share`."


# asymmetric gain -----------------------------------------------------------------------------

GAIN = claim(
    "asymmetric gain",
    {
        "during": "ceasefire",
        "gains": {"quantity": "own_advantage", "side": "south", "unit": "log ratio"},
        "only_gainer_breaks": True,
    },
)
PAUSE = np.where((np.arange(27) >= 5) & (np.arange(27) < 10), 1, 0)[None, :]


def _with_pause(gain_of_south: np.ndarray, **variables) -> xr.Dataset:
    month = np.arange(27)
    during = np.clip(month - 4, 0, 5)[None, :] * gain_of_south[:, None] / 5
    return planted(WORLDS, regime=PAUSE, force_ratio=-during, **variables)


@pytest.mark.parametrize(("word", "count"), SHARES.items())
def test_asymmetric_gain_reads_the_change_during_the_interval(word, count):
    verdict = verdict_on(GAIN, _with_pause(of_first(WORLDS, count, 0.2, other=-0.2)))
    assert (verdict.verdict, verdict.holds, verdict.of) == (word, count, WORLDS)


def test_asymmetric_gain_does_not_count_changes_outside():
    month = np.arange(27)
    after = np.where(month > 9, -5.0, np.where(month < 4, 5.0, 0.0))
    verdict = verdict_on(GAIN, planted(WORLDS, regime=PAUSE, force_ratio=after))
    assert (verdict.verdict, verdict.details["mean_gain"]) == ("contradicted", 0.0)


@pytest.mark.parametrize(("breaker", "word"), [(1, "supported"), (0, "contradicted")])
def test_asymmetric_gain_asks_who_breaks(breaker, word):
    data = _with_pause(np.full(WORLDS, 0.2), resumed_week=40.0, resumed_by=breaker)
    assert verdict_on(GAIN, data).verdict == word


def test_asymmetric_gain_is_untested_without_the_interval():
    assert verdict_on(GAIN, planted(WORLDS)).verdict == "untested"


# association ---------------------------------------------------------------------------------

ASSOCIATION = claim(
    "association",
    {
        "when": {"quantity": "pace", "at_most": 5, "unit": "km2 per week"},
        "weeks": 12,
        "then": [
            {"quantity": "reservation", "side": side, "unit": "share of the stakes"}
            for side in ("north", "south")
        ],
        "direction": "falls",
    },
)


def _stalemates(effect: np.ndarray, trend: float = 0.0, seed: int = 1) -> xr.Dataset:
    """Make worlds with a stalemate of eight months, in which reservation values fall by effect."""
    random = np.random.default_rng(seed)
    start = random.integers(4, 14, WORLDS)[:, None]
    month = np.arange(27)[None, :]
    still = (month > start) & (month <= start + 8)
    area = np.cumsum(np.where(still, 0.0, 100.0), axis=1)
    falls = np.cumsum(np.where(still, effect[:, None], 0.0), axis=1) + trend * month
    noise = random.normal(0, 0.02, (2, WORLDS, 27))
    north, south = 1.0 - falls + noise[0], 1.0 - falls + noise[1]
    return planted(WORLDS, area_held=by_side(area, -area), reservation=by_side(north, south))


def test_association_finds_a_planted_fall():
    verdict = verdict_on(ASSOCIATION, _stalemates(np.full(WORLDS, 0.05)))
    assert (verdict.verdict, verdict.of) == ("supported", WORLDS)
    assert verdict.details["mean_difference"] > 4 * verdict.details["standard_error"]


def test_association_finds_a_planted_rise():
    assert verdict_on(ASSOCIATION, _stalemates(np.full(WORLDS, -0.05))).verdict == "contradicted"


def test_association_depends_where_worlds_differ():
    verdict = verdict_on(ASSOCIATION, _stalemates(of_first(WORLDS, 100, 0.05, other=-0.05)))
    assert verdict.verdict == "depends"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_association_is_not_taken_in_by_a_trend(seed):
    """Both values fall all the time, in stalemates and out of them: nothing to do with these."""
    verdict = verdict_on(ASSOCIATION, _stalemates(np.zeros(WORLDS), trend=0.03, seed=seed))
    assert verdict.verdict == "depends"
    assert abs(verdict.details["mean_difference"]) < 4 * verdict.details["standard_error"]


def test_association_needs_both_sides():
    data = _stalemates(np.full(WORLDS, 0.05))
    one_sided = data["reservation"].values.copy()
    one_sided[..., 1] = 1.0
    assert verdict_on(ASSOCIATION, replaced(data, reservation=one_sided)).verdict == "contradicted"


def test_association_is_untested_without_contrast():
    always = planted(WORLDS)  # the front never moves
    assert verdict_on(ASSOCIATION, always).verdict == "untested"
    ceasefire = replaced(_stalemates(np.full(WORLDS, 0.05)), regime=1)
    assert verdict_on(ASSOCIATION, ceasefire).verdict == "untested"
