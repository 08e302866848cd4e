"""Numbers behind verdicts, against other ways to get them: lines, orders, differences, shares, zones."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from planted_claims import LEVELS, NEVER, by_side, claim, of_first, planted
from planted_kinds import CASES, SETTLEMENT, WORLDS
from ripeness.claims import evaluate, evaluated
from ripeness.claims.interval import wilson
from ripeness.claims.kinds.trade_off import concordance
from ripeness.claims.kinds.trend import line_of
from ripeness.claims.record import Figure, heard, word_between
from ripeness.types import WEEKS_PER_YEAR


def verdict_on(kind: str, test: dict, data):
    return evaluate([claim(kind, test)], data)[0]


# trend --------------------------------------------------------------------------------------------


def test_lines_are_those_of_least_squares_with_holes():
    random = np.random.default_rng(2)
    week = 4.0 * np.arange(27)
    values = random.normal(size=(40, 27)) + 0.02 * week
    values[random.random(values.shape) < 0.3] = np.nan
    found = line_of(values, week)
    for row, change, slope in zip(values, *found, strict=True):
        known = np.isfinite(row)
        expected = np.polyfit(week[known], row[known], 1)[0]
        assert slope == pytest.approx(WEEKS_PER_YEAR * expected)
        assert change == pytest.approx(expected * np.ptp(week[known]))
    values[0, 3:] = np.nan
    assert np.isnan(line_of(values, week).change[0])


def test_a_trend_counts_only_beyond_what_does_not_matter_and_while_the_war_goes_on():
    slope, month = of_first(WORLDS, 180, 0.01, other=0.001), np.arange(27)
    data = planted(WORLDS, exit_risk=slope[:, None] * month)
    test = {"quantity": {"quantity": "exit_risk", "unit": "per year"}, "direction": "rises"}
    assert verdict_on("trend", {**test, "smallest": 0.1}, data).holds == 180
    assert verdict_on("trend", test, data).holds == WORLDS
    ended = np.where(month > 2, 3, 0)[None, :]
    assert verdict_on("trend", test, planted(WORLDS, regime=ended)).verdict == "untested"


# trade-off ----------------------------------------------------------------------------------------


def test_orders_are_counted_pair_by_pair():
    random = np.random.default_rng(4)
    first, second = random.integers(0, 4, (2, 5, 30)).astype(float)
    first[random.random(first.shape) < 0.2] = np.nan
    same, opposite = concordance(first, second)
    for world in range(30):
        signs = [
            np.sign((first[i, world] - first[j, world]) * (second[i, world] - second[j, world]))
            for i, j in combinations(range(5), 2)
        ]
        assert (same[world], opposite[world]) == (signs.count(1.0), signs.count(-1.0))


# differences of shares ------------------------------------------------------------------------------


def test_the_difference_of_two_shares_has_newcombe_s_interval():
    """56 of 70 less 48 of 80: 0.0524 to 0.3339 (Newcombe 1998, table II, method 10)."""
    from ripeness.claims.record import _difference

    one, other = ((k / n, *wilson(k, n)) for k, n in ((56, 70), (48, 80)))
    assert _difference(one, other) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@pytest.mark.parametrize(
    ("low", "high", "more", "less", "word"),
    [
        (0.3, 0.4, 0.2, None, "supported"), (0.1, 0.2, 0.2, None, "contradicted"),
        (0.1, 0.3, 0.2, None, "depends"), (0.3, 0.4, None, 0.5, "supported"),
        (0.5, 0.6, None, 0.5, "contradicted"), (0.4, 0.6, None, 0.5, "depends"),
        (0.0, 0.0, 0.0, None, "contradicted"),
    ],
)  # fmt: skip
def test_words_for_an_interval(low, high, more, less, word):
    assert word_between(low, high, more, less) == word


def test_a_difference_of_entries_says_which_way():
    with_keepers, without = "agreements_peacekeepers", "agreements_no_peacekeepers"
    found = heard(Figure(entry=with_keepers, than=without, years=5, less_than=0.0))
    other = heard(Figure(entry=without, than=with_keepers, years=5, less_than=0.0))
    assert found.low < found.share < found.high
    assert (found.low, found.high) == pytest.approx((-other.high, -other.low))
    assert "as a share" in found.words


# base rate ------------------------------------------------------------------------------------------

RATE = {"begins": SETTLEMENT, "event": {"event": "breach"}, "within": 52, "more_than": 0.5}


def test_base_rates_leave_out_what_is_not_watched_for_long_enough():
    data = planted(
        6,
        settlement_week=[20.0, 52.0, 53.0, 60.0, 20.0, NEVER],
        broken_week=[72.0, NEVER, 60.0, NEVER, 73.0, NEVER],
    )
    found = evaluated([claim("base rate", RATE)], data)[0]
    assert found.tested.tolist() == [True, True, False, False, True, False]
    assert found.holds.tolist() == [True, False, False, False, False, False]


def test_a_measured_claim_depends_if_theories_disagree():
    """One theory breaks every settlement, the other hardly any; together it is more than half."""
    theory = (np.arange(WORLDS) >= 140).astype(int)
    data = planted(WORLDS, theory=theory, settlement_week=9.0,
                   broken_week=of_first(WORLDS, 140, 30.0, other=NEVER))  # fmt: skip
    verdict = verdict_on("base rate", RATE, data)
    assert verdict.measured.word == "supported"
    assert (verdict.verdict, "on the theory of ending" in verdict.reason) == ("depends", True)


def test_measured_claims_say_their_number_first_and_in_json():
    for kind in ("base rate", "diagnostic", "information", "alternative cause"):
        case = CASES[kind]
        verdict = evaluate([case.claim], *case.worlds(case.counts["depends"]))[0]
        assert verdict.remarks[0] == verdict.measured.words != ""
        assert verdict.measured.name in verdict.reason or "surely" in verdict.reason
        plain = verdict.as_mapping()["measured"]
        assert plain["low"] <= plain["value"] <= plain["high"]


# empty zone -------------------------------------------------------------------------------------------


def test_the_whole_package_is_read_month_by_month():
    shut = np.ones((WORLDS, 27))
    shut[:180, 5] = 0.0
    ever = {"months": "ever", "during": {"from": 20, "to": 24}}
    data = planted(WORLDS, zone_open=shut)
    assert verdict_on("empty zone", ever, data).holds == 180
    assert verdict_on("empty zone", {**ever, "during": {"from": 24}}, data).holds == 0
    assert verdict_on("empty zone", {}, planted(WORLDS, zone_open=0.0)).holds == WORLDS
    assert verdict_on("empty zone", {}, data).holds == 0


def test_one_issue_without_common_ground_is_enough_and_levels_must_be_common():
    low, high = (LEVELS.index(("money", level)) for level in ("low", "high"))
    ruled_out = np.zeros((WORLDS, 2, len(LEVELS)))
    ruled_out[:, 0, low] = 1.0
    both = {"issues": ["line", "money"]}
    assert verdict_on("empty zone", both, planted(WORLDS, ruled_out=ruled_out)).holds == 0
    ruled_out[:, 1, high] = 1.0
    verdict = verdict_on("empty zone", both, planted(WORLDS, ruled_out=ruled_out))
    assert verdict.holds == WORLDS
    assert verdict.remarks == (
        "Line: nothing in common in none of 200 worlds.",
        "Money: nothing in common in all 200 worlds.",
    )
    ruled_out[:50, 0, high] = np.nan
    verdict = verdict_on("empty zone", both, planted(WORLDS, ruled_out=ruled_out))
    assert (verdict.holds, verdict.of) == (150, 150)


# terms --------------------------------------------------------------------------------------------------


def test_terms_are_of_one_side_or_of_both_and_against_chosen_issues():
    conceded = np.zeros((WORLDS, 2, 3))
    conceded[:, 0] = [0.1, 0.3, 0.4]
    conceded[:, 1] = [0.5, 0.0, 0.0]
    data = planted(WORLDS, conceded=conceded)
    given = {"quantity": "conceded", "unit": "share of the stakes"}
    both = verdict_on("terms", {"conceded": given, "on": ["line"]}, data)
    assert both.details["mean_on"] == pytest.approx(0.6)
    assert both.details["mean_than"] == pytest.approx(0.35)
    north = {"conceded": {**given, "side": "north"}, "on": ["status"]}
    assert verdict_on("terms", north, data).holds == WORLDS
    assert verdict_on("terms", {**north, "than": ["money"]}, data).holds == 0
    assert verdict_on("terms", {**north, "by": 0.1}, data).holds == 0


# comparison of quantities ----------------------------------------------------------------------------------


def test_more_is_more_by_so_much():
    data = planted(WORLDS, men_bound_share=by_side(0.6, of_first(WORLDS, 180, 0.4, other=0.55)))
    sides = [
        {"quantity": "men_bound_share", "side": s, "unit": "share"} for s in ("north", "south")
    ]
    test = {"more": sides[0], "than": sides[1]}
    assert verdict_on("comparison", test, data).holds == WORLDS
    assert verdict_on("comparison", {**test, "by": 0.1}, data).holds == 180
