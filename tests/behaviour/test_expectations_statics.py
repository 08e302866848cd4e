"""Comparative statics of the solver: in which direction a war moves when a friction does (ENGINE 4.5).

Three seeds, each with worlds, luck and solutions of its own that all its cases share; 4,096 worlds, five years.
Means over seeds, and in brackets the standard deviation over seeds of the change; `*`: more than twice that.
"delay" is months to the first settlement, 65 if there is none; the line is the first side's share of the land
in the last settlement in force.

    symmetric, as it is: settled .81, broken of settled .24, months of war 20.4, delay 28.4, wins .08 and .08

    symmetric, from -> to           broken of settled  ever settled    months of war   delay
    no guarantee -> up by 30 %      -.138 (.004)*      +.017 (.005)*   -2.4 (.2)*      -1.3 (.4)*
    usual -> information public     +.020 (.017)       +.044 (.005)*   -1.7 (.6)*      -3.7 (.3)*
    usual -> costs up by half       -.108 (.014)*      +.043 (.004)*   -3.8 (.2)*      -3.4 (.3)*
    usual -> aid to second tripled  -.011 (.010)       -.001 (.001)    +1.2 (.2)*      -1.0 (.4)*
    no optimism -> twice the usual  -.013 (.014)       -.018 (.008)*   +2.2 (.1)*      +3.8 (.3)*
    usual -> unbreakable            -.244 (.008)*      +.035 (.003)*   -4.0 (.2)*      -3.1 (.3)*
    usual -> monthly logit          +.548 (.008)*      -.482 (.038)*   +26.8 (.2)*     +24.0 (1.6)*

    aid to second: line -.109 (.011)*, first wins -.020 (.006)*, second wins +.039 (.006)*

    Measured with units that refit in a ceasefire, each side at its own rate: settled .79, broken .31. All other
    rows are older; for seed 1 those of this war were measured again, and every clear sign is as it was.

    first refits three times as much  broken +.238 (.014)*  ever settled -.083 (.009)*  months of war +7.8 (.7)*
    of the first's offers of a ceasefire the second accepts  -.201 (.013)*  of .48
    of the second's the first accepts                        +.190 (.032)*  of .50
    months of war in which the second offers one             -.0079 (.0005)*  of .016, the first +.0045 (.0005)*
    worlds with a ceasefire                                  -.012 (.017)  of .32
    of all breaches the first makes .95, not .48

    ukraine, as it is: settled .54, broken of settled .075, months of war 20.4, delay 38.3

    ukraine, from -> to             broken of settled  ever settled    months of war   delay
    no guarantee -> up by 30 %      -.005 (.005)       -.001 (.003)    +0.0 (.4)       +0.1 (.3)
    usual -> information public     +.002 (.009)       +.000 (.005)    -0.0 (.3)       +0.1 (.3)
    usual -> costs up by half       +.003 (.003)       +.014 (.003)*   -2.2 (.3)*      -1.2 (.2)*
    usual -> aid to second tripled  +.005 (.006)       +.014 (.006)*   -0.8 (.3)*      -0.4 (.3)
    no optimism -> twice the usual  +.034 (.005)*      -.009 (.005)    +0.9 (.5)       +0.4 (.3)

    aid to second (Ukraine): first wins -.014 (.002)*, line -.003 (.0003)*

Settlements of ``ukraine`` did not depend on guarantees or on what is known of costs beyond noise.
"""

from __future__ import annotations

import numpy as np
import pytest

from statics import SEEDS, outcome

pytestmark = pytest.mark.slow  # some fifteen seconds for each case and seed on two idle cores

GUARANTEE = ("no guarantee", "guarantee up")
INFORMATION = ("base", "information public")
COST = ("base", "cost up")
AID = ("base", "aid to the second")
REARMS = ("base", "first rearms faster")
OPTIMISM = ("no optimism", "optimism up")
KEPT = ("base", "unbreakable")
LOGIT = ("base", "monthly logit")

NOISE = {
    "broken": 0.02, "settled": 0.01, "war_months": 0.5, "delay": 0.6, "first_wins": 0.01,
    "second_wins": 0.01, "first_area": 0.02, "ceasefires": 0.02, "second_accepts": 0.05,
    "first_accepts": 0.05, "second_asks": 0.002, "second_breaks": 0.1,
}  # fmt: skip
"""Changes of the mean over seeds that mean nothing: about twice the usual standard deviation over seeds."""

CLEAR = {
    "symmetric": [
        (GUARANTEE, "broken", -1), (GUARANTEE, "settled", 1), (GUARANTEE, "war_months", -1),
        (INFORMATION, "settled", 1), (INFORMATION, "war_months", -1), (INFORMATION, "delay", -1),
        (COST, "delay", -1), (COST, "settled", 1), (COST, "war_months", -1), (COST, "broken", -1),
        (AID, "first_area", -1), (AID, "first_wins", -1), (AID, "second_wins", 1),
        (REARMS, "broken", 1), (REARMS, "settled", -1), (REARMS, "second_accepts", -1),
        (REARMS, "first_accepts", 1), (REARMS, "second_asks", -1), (REARMS, "second_breaks", -1),
        (OPTIMISM, "war_months", 1), (OPTIMISM, "delay", 1), (OPTIMISM, "settled", -1),
        (KEPT, "settled", 1), (KEPT, "delay", -1), (KEPT, "war_months", -1),
    ],
    "ukraine": [
        (COST, "war_months", -1), (COST, "delay", -1), (COST, "settled", 1),
        (AID, "first_wins", -1), (OPTIMISM, "broken", 1),
    ],
}  # fmt: skip

UNCLEAR = {
    "symmetric": [(REARMS, "ceasefires", -1)],
    "ukraine": [
        (GUARANTEE, "broken", -1), (GUARANTEE, "settled", 1), (GUARANTEE, "war_months", -1),
        (INFORMATION, "war_months", -1), (INFORMATION, "settled", 1),
        (OPTIMISM, "war_months", 1), (OPTIMISM, "settled", -1), (AID, "first_area", -1),
    ],
}  # fmt: skip


def changes(war: str, case: tuple[str, str], measure: str) -> np.ndarray:
    """Return the change from the first case to the second, per seed."""
    before, after = case
    return np.array(
        [outcome(war, after, s)[measure] - outcome(war, before, s)[measure] for s in SEEDS]
    )


def rows(table: dict[str, list]) -> list:
    """Return a test for each row, named by what moves what."""
    return [
        pytest.param(war, case, measure, sign, id=f"{war}: {case[1]}, {measure}")
        for war, signs in table.items()
        for case, measure, sign in signs
    ]


@pytest.mark.parametrize(("war", "case", "measure", "sign"), rows(CLEAR))
def test_signs_that_are_clear(war, case, measure, sign):
    seen = sign * changes(war, case, measure)
    assert (seen > 0).all()
    assert seen.mean() > NOISE[measure]


@pytest.mark.parametrize(("war", "case", "measure", "sign"), rows(UNCLEAR))
def test_signs_that_are_not_clear_are_at_least_not_wrong(war, case, measure, sign):
    assert sign * changes(war, case, measure).mean() > -NOISE[measure]


def test_nobody_breaks_what_cannot_be_broken():
    for seed in SEEDS:
        assert outcome("symmetric", "unbreakable", seed)["broken"] == 0.0


def test_the_share_broken_jumps_if_acts_are_weighed_anew_every_month():
    """An error of its own each month breaks any promise in the end: the noise must be a hazard's."""
    assert (changes("symmetric", LOGIT, "broken") > 0.4).all()
    assert all(outcome("symmetric", "monthly logit", seed)["broken"] > 0.7 for seed in SEEDS)


def test_breaches_of_ukraine_stay_rare_and_settlements_common():
    for seed in SEEDS:
        found = outcome("ukraine", "base", seed)
        assert 0.3 < found["settled"] < 0.8
        assert found["broken"] < 0.25
        assert 10 < found["war_months"] < 40
