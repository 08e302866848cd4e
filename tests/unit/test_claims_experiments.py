"""Causes brought and taken away, alternatives tried: kinds about levers, beyond their planted truths."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
import xarray as xr

from planted_claims import CHANNELS, NEVER, by_side, claim, of_first, planted, replaced
from planted_kinds import DEFEAT, RESERVATION, SETTLEMENT, WORLDS, move, on_path
from ripeness.claims import evaluate, evaluated, needed_settings

EARLY = by_side(8.0, NEVER)


def by_lever(usual: xr.Dataset, **runs: xr.Dataset):
    """Return a `compare` that knows one run per lever."""
    return lambda levers: runs.get("_".join(sorted(levers)), usual)


def verdict_on(test_kind: str, test: dict, data: xr.Dataset, compare=None):
    return evaluate([claim(test_kind, test)], data, compare)[0]


# necessary, with the cause taken away ----------------------------------------------------------

WITHOUT = {"outcome": SETTLEMENT, "without": move("cause", 0.0)}


@pytest.mark.parametrize(
    ("still", "word"), [(20, "supported"), (180, "contradicted"), (100, "depends")]
)
def test_necessary_is_what_the_outcome_does_not_come_without(still, word):
    data = planted(WORLDS, settlement_week=50.0)
    moved = planted(WORLDS, settlement_week=of_first(WORLDS, still, 70.0))
    verdict = verdict_on("necessary", WITHOUT, data, lambda levers: moved)
    assert (verdict.verdict, verdict.holds, verdict.of) == (word, WORLDS - still, WORLDS)
    assert verdict.details["comes_without"] == still


def test_necessary_forgives_what_comes_once_the_need_is_met_again():
    data = planted(WORLDS, settlement_week=50.0, major_defeat_week=EARLY)
    test = {**WITHOUT, "needs": [DEFEAT]}
    met_again = planted(WORLDS, settlement_week=70.0, major_defeat_week=by_side(60.0, NEVER))
    assert verdict_on("necessary", test, data, lambda levers: met_again).verdict == "supported"
    never_met = planted(WORLDS, settlement_week=70.0)
    assert verdict_on("necessary", test, data, lambda levers: never_met).verdict == "contradicted"


# sufficient and insufficient, with an experiment -----------------------------------------------

BRINGS = {"outcome": SETTLEMENT, "within": 52, "with": move("cause")}


def test_sufficient_leaves_out_what_would_have_come_anyway():
    usual = planted(WORLDS, settlement_week=of_first(WORLDS, 80, 40.0))
    brought = planted(WORLDS, settlement_week=of_first(WORLDS, 190, 30.0))
    verdict = verdict_on("sufficient", BRINGS, usual, lambda levers: brought)
    assert (verdict.verdict, verdict.holds, verdict.of) == ("supported", 110, 120)
    verdict = verdict_on("insufficient", BRINGS, usual, lambda levers: brought)
    assert (verdict.holds, verdict.of) == (90, WORLDS)  # 80 anyway, 10 that do not follow


def test_sufficient_counts_worlds_in_which_the_experiment_takes_the_cause_away():
    test = {"causes": [DEFEAT], "outcome": SETTLEMENT, "without": move("cause", 0.0)}
    data = planted(WORLDS, major_defeat_week=EARLY, settlement_week=30.0)
    taken = planted(WORLDS, major_defeat_week=by_side(of_first(WORLDS, 40, 9.0), NEVER))
    verdict = verdict_on("sufficient", test, data, lambda levers: taken)
    assert (verdict.verdict, verdict.holds, verdict.of) == ("supported", 160, 160)


def test_causes_come_first_and_in_time():
    test = {"causes": [DEFEAT, {"event": "front_stable"}], "outcome": SETTLEMENT, "within": 20}
    data = planted(
        6,
        major_defeat_week=EARLY,
        front_stable_week=[10.0, 10.0, 10.0, 90.0, NEVER, 10.0],
        settlement_week=[10.0, 30.0, 31.0, NEVER, 50.0, 9.0],
    )
    found = evaluated([claim("sufficient", test)], data)[0]
    # week 10 is no later than the causes; 90 + 20 weeks is beyond the 104 of the run
    assert found.tested.tolist() == [False, True, True, False, False, False]
    assert found.holds.tolist() == [False, True, False, False, False, False]


def test_jointly_sufficient_needs_all_causes_and_tells_coverage():
    data = planted(
        WORLDS,
        major_defeat_week=by_side(of_first(WORLDS, 100, 8.0), NEVER),
        front_stable_week=12.0,
        settlement_week=of_first(WORLDS, 150, 40.0),
    )
    test = {"causes": [DEFEAT, {"event": "front_stable"}], "outcome": SETTLEMENT}
    details = verdict_on("sufficient", test, data).details
    assert details["consistency"] == 1.0
    assert details["coverage"] == pytest.approx(100 / 150)
    assert details["excess"] == pytest.approx(1.0 - 50 / 100)  # of those without, half settle too


def test_insufficient_is_in_doubt_if_the_outcome_follows_more_than_without():
    test = {"causes": [DEFEAT], "outcome": SETTLEMENT, "within": 40}
    defeat = by_side(of_first(1000, 500, 8.0), NEVER)
    rare = of_first(1000, 90, 30.0)
    data = planted(1000, major_defeat_week=defeat, settlement_week=rare)
    verdict = verdict_on("insufficient", test, data)
    assert (verdict.verdict, verdict.holds, verdict.of) == ("depends", 410, 500)
    assert "4 of 20 worlds more" in verdict.reason
    same = np.where(np.arange(1000) % 500 < 90, 30.0, NEVER)
    data = planted(1000, major_defeat_week=defeat, settlement_week=same)
    assert verdict_on("insufficient", test, data).verdict == "supported"


def test_a_cause_that_is_none_is_hardly_ever_taken_for_one():
    """Cause and outcome have dates that know nothing of each other, in nearly all worlds or in few."""
    test = {"outcome": SETTLEMENT, "cause": [{"event": "front_stable"}], "instead_of": [DEFEAT]}
    found = 0
    for seed in range(80):
        random = np.random.default_rng(seed)
        with_cause = random.random(WORLDS) < (0.95, 0.2)[seed % 2]
        stable = np.where(with_cause, random.integers(1, 60, WORLDS), NEVER)
        settled = np.where(random.random(WORLDS) < 0.6, random.integers(1, 104, WORLDS), NEVER)
        data = planted(WORLDS, front_stable_week=stable, settlement_week=settled)
        found += verdict_on("alternative cause", test, data).verdict == "supported"
    assert found <= 80 * 0.025 + 4 * np.sqrt(80 * 0.025)


# no effect ------------------------------------------------------------------------------------

UNMOVED = {"move": move(), "outcome": {**RESERVATION, "within": 0.02}}


def reservations(value: np.ndarray) -> xr.Dataset:
    return planted(WORLDS, reservation=by_side(0.5, on_path(value)))


def test_no_effect_is_not_a_failed_test():
    """A noisy lever without a mean effect is not equivalent to nothing: in most worlds it does much."""
    noise = 0.5 + np.random.default_rng(3).normal(0, 0.2, WORLDS)
    verdict = verdict_on("no effect", UNMOVED, reservations(np.full(WORLDS, 0.5)),
                         lambda levers: reservations(noise))  # fmt: skip
    assert abs(verdict.details["mean_change"]) < 3 * verdict.details["standard_error"]
    assert verdict.verdict == "contradicted"


def test_no_effect_needs_the_mean_to_be_small_as_well():
    few_but_large = of_first(WORLDS, 180, 0.5, other=0.9)
    verdict = verdict_on("no effect", UNMOVED, reservations(np.full(WORLDS, 0.5)),
                         lambda levers: reservations(few_but_large))  # fmt: skip
    assert (verdict.verdict, verdict.holds) == ("depends", 180)
    assert "not surely smaller than 0.02" in verdict.reason


def test_no_effect_is_in_doubt_if_the_mean_could_lie_beyond_what_matters():
    """A few large changes either way leave the mean at nothing, and unsure."""
    value = np.full(WORLDS, 0.5)
    value[:12], value[12:24] = 0.0, 1.0
    verdict = verdict_on("no effect", UNMOVED, reservations(np.full(WORLDS, 0.5)),
                         lambda levers: reservations(value))  # fmt: skip
    assert verdict.details["mean_change"] == pytest.approx(0.0)
    assert (verdict.verdict, verdict.holds) == ("depends", 176)


def test_no_effect_on_an_event_counts_when_and_whether_it_comes():
    test = {"move": move(), "outcome": {**SETTLEMENT, "within": 8}}
    before = planted(WORLDS, settlement_week=of_first(WORLDS, 100, 40.0))
    later = planted(WORLDS, settlement_week=of_first(WORLDS, 100, 48.0), troops=1.0)
    assert verdict_on("no effect", test, before, lambda levers: later).verdict == "supported"
    oftener = planted(WORLDS, settlement_week=of_first(WORLDS, 116, 40.0))
    verdict = verdict_on("no effect", test, before, lambda levers: oftener)
    assert (verdict.verdict, verdict.holds) == ("depends", 184)  # 8 of 100 worlds more


# comparison, only way --------------------------------------------------------------------------


def test_comparison_of_two_moves():
    test = {
        "more": {"move": move("guarantee")},
        "than": {"move": move("territory")},
        "outcome": {**RESERVATION, "direction": "lower", "smallest": 0.01},
    }
    runs = {"guarantee": reservations(np.full(WORLDS, 0.3)),
            "territory": reservations(of_first(WORLDS, 20, 0.2, other=0.4))}  # fmt: skip
    usual = reservations(np.full(WORLDS, 0.5))
    verdict = verdict_on("comparison", test, usual, by_lever(usual, **runs))
    assert (verdict.verdict, verdict.holds, verdict.of) == ("supported", 180, WORLDS)
    assert "one does more than the other" in verdict.words
    dead = verdict_on("comparison", test, usual, by_lever(usual, guarantee=runs["guarantee"]))
    assert "`territory` changes nothing" in dead.reason


def test_only_way_leaves_out_worlds_that_nothing_helps_and_dead_alternatives():
    test = {"outcome": SETTLEMENT, "way": move("way"),
            "others": {"this": move("this"), "that": move("that")}}  # fmt: skip
    usual = planted(WORLDS)
    runs = {"way": planted(WORLDS, settlement_week=of_first(WORLDS, 100, 30.0)),
            "this": planted(WORLDS, settlement_week=of_first(WORLDS, 5, 30.0))}  # fmt: skip
    verdict = verdict_on("only way", test, usual, by_lever(usual, **runs))
    assert (verdict.verdict, verdict.holds, verdict.of) == ("supported", 95, 100)
    assert "Nothing that was tried brings it in 10 of 20 worlds" in verdict.remarks[0]
    assert verdict.remarks[1] == "Dead in this run and so not tried: that."
    useless = {**runs, "way": planted(WORLDS, troops=1.0)}
    assert verdict_on("only way", test, usual, by_lever(usual, **useless)).verdict == "contradicted"


def test_a_move_without_to_ends_as_the_run_has_it():
    """With `from` alone, the lever is at that setting before the move, and as in the run after it."""
    gone = {"lever": "talks", "from": 0.0, "unit": "ratio"}
    test = {"move": [gone], "and_move": move("aid"), "together": "work with each other",
            "outcome": {**RESERVATION, "direction": "lower", "smallest": 0.01}}  # fmt: skip
    assert needed_settings([claim("interaction", test)]) == [
        {"talks": 0.0},
        {"talks": 0.0, "aid": 2.0},
        {"aid": 2.0},
    ]
    usual = reservations(np.full(WORLDS, 0.5))
    runs = {"talks": reservations(np.full(WORLDS, 0.6)), "aid_talks": reservations(np.full(WORLDS, 0.6)),
            "aid": reservations(np.full(WORLDS, 0.3))}  # fmt: skip
    aid_alone = {**runs, "aid_talks": reservations(np.full(WORLDS, 0.55))}
    verdict = verdict_on("interaction", test, usual, by_lever(usual, **aid_alone))
    assert (verdict.verdict, verdict.details["mean_change"]) == ("supported", pytest.approx(0.15))
    dead = verdict_on("interaction", test, usual, by_lever(usual, **runs))
    assert "`aid` changes nothing" in dead.reason
    ways = {"outcome": SETTLEMENT, "way": [gone], "others": {"aid": move("aid")}}
    assert needed_settings([claim("only way", ways)]) == [
        {"talks": 0.0},
        {"talks": 0.0, "aid": 2.0},
    ]
    with pytest.raises(ValueError, match="given by `to` alone"):
        claim("information", {"finding": [SETTLEMENT], "choices": {"go": [gone], "stay": []},
                              "outcome": {**SETTLEMENT, "direction": "earlier"}})  # fmt: skip


# trade-off -------------------------------------------------------------------------------------

HOLDS = {"quantity": "guarantee_holds", "unit": "share"}
SIGNS = {"quantity": "guarantee_would_sign", "side": "north", "unit": "share"}


def test_trade_off_orders_alternatives_within_a_world():
    holds = np.stack([np.full(WORLDS, x) for x in (0.1, 0.5, 0.9)])
    signs = np.stack([of_first(WORLDS, 180, x, other=1 - x) for x in (0.9, 0.5, 0.1)])
    both = np.stack([signs, np.zeros_like(signs)], axis=1)
    data = planted(WORLDS, guarantee_holds=holds, guarantee_would_sign=both)
    verdict = verdict_on("trade-off", {"first": HOLDS, "second": SIGNS}, data)
    assert (verdict.verdict, verdict.holds, verdict.of) == ("supported", 180, WORLDS)
    assert verdict.details["mean_tau"] == pytest.approx(-0.8)


def test_trade_off_over_settings_of_levers():
    settings = {
        "weak": move("credibility", 0.0),
        "strong": move("credibility", 1.5),
        "as it is": [],
    }
    respects = {"first": {"quantity": "peace_holds", "at_least": 1, "unit": "share"},
                "second": {"quantity": "men_bound_share", "side": "south", "at_least": 0.5,
                           "unit": "share"}, "settings": settings}  # fmt: skip
    bound = by_side(0.0, 1.0)

    def compare(levers: dict[str, float]) -> xr.Dataset:
        if levers["credibility"] > 1:
            return planted(
                WORLDS,
                peace_holds=1.0,
                men_bound_share=by_side(0.0, of_first(WORLDS, 30, 1.0, 0.0)),
            )
        return planted(WORLDS, men_bound_share=bound)

    verdict = verdict_on("trade-off", respects, planted(WORLDS), compare)
    assert (verdict.verdict, verdict.holds, verdict.of) == ("supported", 170, WORLDS)


# instrument -------------------------------------------------------------------------------------

ACT = [{"quantity": "attending", "side": "north", "at_least": 1, "unit": "share"}]
GAIN = {"quantity": "gain_from_attending", "side": "north", "unit": "share of the stakes"}


@pytest.mark.parametrize(("other", "word"), [(-0.1, "supported"), (0.1, "contradicted")])
def test_instrument_is_an_act_that_would_not_be_done_without_its_gain(other, word):
    gains = np.zeros((WORLDS, 27, 2, len(CHANNELS)))
    gains[..., 0, CHANNELS.index("to be seen")] = 0.2
    gains[..., 0, CHANNELS.index("to sign")] = other
    data = planted(WORLDS, attending=by_side(1.0, 0.0), gain_from_attending=gains)
    test = {"act": ACT, "gain": {**GAIN, "through": ["to be seen"]}}
    assert verdict_on("instrument", test, data).verdict == word


@pytest.mark.parametrize(("left", "word"), [(20, "supported"), (180, "contradicted")])
def test_instrument_goes_when_its_effect_is_switched_off(left, word):
    data = planted(WORLDS, attending=by_side(1.0, 0.0))
    still = on_path(of_first(WORLDS, left, 1.0, other=0.0))
    moved = planted(WORLDS, attending=by_side(still, 0.0))
    test = {"act": ACT, "takes_away": move("attention", 0.0)}
    verdict = verdict_on("instrument", test, data, lambda levers: moved)
    assert (verdict.verdict, verdict.holds) == (word, WORLDS - left)
    assert verdict.details["act_share_without"] == pytest.approx(left / WORLDS)


def test_instrument_does_not_count_months_in_which_talks_mean_nothing():
    regime = np.zeros((WORLDS, 27))
    regime[:, 3:] = 2  # a settlement
    comes = by_side(np.arange(27) >= 3, 0.0)
    verdict = verdict_on("instrument", {"act": ACT, "while": ACT},
                         planted(WORLDS, attending=comes, regime=regime))  # fmt: skip
    assert verdict.verdict == "untested"


# diagnostic -------------------------------------------------------------------------------------


def test_diagnostic_looks_ahead_and_finds_the_ratio_that_was_planted():
    """A signal six months before every real month: nothing at once, everything by then."""
    random = np.random.default_rng(5)
    real = random.random((WORLDS, 27)) < 0.2
    signal = np.zeros((WORLDS, 27), dtype=bool)
    signal[:, :-6] = real[:, 6:]
    data = planted(WORLDS, real=by_side(real, 0.0), rank=by_side(np.where(signal, 0.9, 0.3), 0.0))
    test = {"signal": [{"quantity": "rank", "side": "north", "at_least": 0.5, "unit": "share"}],
            "shows": [{"quantity": "real", "side": "north", "at_least": 1, "unit": "share"}]}  # fmt: skip
    now = verdict_on("diagnostic", test, data)
    assert now.verdict == "contradicted"
    assert now.measured.low < 1.0 < now.measured.high
    assert verdict_on("diagnostic", {**test, "ahead": 24}, data).verdict != "untested"


def test_a_signal_of_the_opposite_is_no_better_guide_anywhere():
    """Low rank nearly only in real months: it tells much, but not what is claimed."""
    real = np.broadcast_to(np.arange(27) < 9, (WORLDS, 27))
    low = real | (np.arange(27) == 20)
    data = planted(WORLDS, real=by_side(real, 0.0), rank=by_side(np.where(low, 0.3, 0.9), 0.0))
    test = {"signal": [{"quantity": "rank", "side": "north", "at_most": 0.5, "unit": "share"}],
            "shows": [{"quantity": "real", "side": "north", "at_most": 0, "unit": "share"}]}  # fmt: skip
    verdict = verdict_on("diagnostic", test, data)
    assert (verdict.verdict, verdict.holds, verdict.of) == ("contradicted", 0, WORLDS)


def test_diagnostic_interval_covers_the_truth_with_worlds_as_units():
    """Months of a world are copies of one another: only worlds count as evidence."""
    covered = 0
    for seed in range(60):
        random = np.random.default_rng(seed)
        real = random.random(WORLDS) < 0.4
        low = random.random(WORLDS) < np.where(real, 0.2, 0.6)
        data = planted(WORLDS, real=by_side(on_path(real), 0.0),
                       rank=by_side(on_path(np.where(low, 0.3, 0.9)), 0.0))  # fmt: skip
        test = {"signal": [{"quantity": "rank", "side": "north", "at_most": 0.5, "unit": "share"}],
                "shows": [{"quantity": "real", "side": "north", "at_most": 0, "unit": "share"}]}  # fmt: skip
        found = verdict_on("diagnostic", test, data).measured
        covered += found.low < 3.0 < found.high
    assert covered >= 60 * 0.95 - 4 * np.sqrt(60 * 0.95 * 0.05)


# information -------------------------------------------------------------------------------------


def test_information_about_nothing_is_worth_nothing():
    """Eight choices differ by noise, and the finding is a coin: out of sample, it gains nothing."""
    choices = {f"choice {value}": move(to=float(value)) for value in range(8)}
    test = {"finding": [{"event": "front_stable"}], "choices": choices,
            "outcome": {"quantity": "men_bound_share", "side": "south", "unit": "share",
                        "direction": "higher", "smallest": 0.0}}  # fmt: skip
    gains = []
    for seed in range(20):
        random = np.random.default_rng(seed)
        stable = np.where(random.random(60) < 0.5, 10.0, NEVER)

        def compare(levers: dict[str, float], random=random, stable=stable) -> xr.Dataset:
            share = by_side(0.0, random.random(60))
            return planted(60, months=1, front_stable_week=stable, men_bound_share=share)

        found = verdict_on("information", test, compare({}), compare)
        gains.append(found.measured.value)
    mean, error = np.mean(gains), np.std(gains, ddof=1) / np.sqrt(len(gains))
    assert mean < 2 * error


# settings, memory, fewer worlds ------------------------------------------------------------------


def test_runs_are_let_go_of_after_the_last_claim_that_needs_them():
    alive: list[weakref.ref] = []
    most = 0

    def compare(levers: dict[str, float]) -> xr.Dataset:
        nonlocal most
        gc.collect()
        most = max(most, sum(ref() is not None for ref in alive))
        data = planted(WORLDS, settlement_week=levers["pressure"])
        alive.append(weakref.ref(data))
        return data

    test = {"outcome": {**SETTLEMENT, "direction": "earlier"}}
    claims = [claim("effect", {**test, "move": move(to=float(value))}, f"C{10 * turn + value:02d}")
              for turn in range(2) for value in range(2, 6)]  # fmt: skip
    found = evaluate(claims, planted(WORLDS, settlement_week=9.0), compare)
    assert [verdict.id for verdict in found] == [each.id for each in claims]
    assert len(alive) == len(needed_settings(claims)) == 4
    assert most <= 1


def test_levers_may_be_moved_in_the_first_worlds_only():
    data = planted(WORLDS, settlement_week=60.0, major_defeat_week=by_side(9.0, NEVER))
    asked = []

    def compare(levers: dict[str, float]) -> xr.Dataset:
        asked.append(levers)
        return replaced(data.isel(world=slice(0, 64)), settlement_week=30.0)

    claims = [
        claim("effect", {"move": move(), "outcome": {**SETTLEMENT, "direction": "earlier"}}),
        claim("necessary", {"outcome": SETTLEMENT, "needs": [DEFEAT]}),
    ]
    moved, usual = evaluated(claims, data, compare, paired=64)
    assert (moved.verdict.of, usual.verdict.of) == (64, WORLDS)
    assert moved.tested.shape == usual.tested.shape == (WORLDS,)
    assert moved.tested.sum() == 64
    assert not moved.tested[64:].any()


def test_a_moved_run_may_lack_what_only_the_run_records():
    data = planted(WORLDS, settlement_week=60.0)
    verdict = verdict_on("effect", {"move": move(), "outcome": {**SETTLEMENT, "direction": "earlier"}},
                         data, lambda levers: data.drop_vars("guarantee_holds"))  # fmt: skip
    assert "dead" in verdict.reason
