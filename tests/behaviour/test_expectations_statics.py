"""Comparative statics of the solver: in which direction a war moves when a friction does (ENGINE 4.5).

Three seeds, each with worlds, luck and solutions of its own that all its cases share. A sign is clear where
the mean change is more than twice the standard deviation of the change over seeds.

TABLE
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
    "broken": 0.02, "settled": 0.01, "war_months": 0.5, "delay": 0.5, "first_wins": 0.01,
    "second_wins": 0.01, "first_area": 0.02, "ceasefires": 0.01, "second_accepts": 0.03,
}  # fmt: skip
"""Changes of the mean over seeds that mean nothing: about twice the standard error of one."""

CLEAR = {
    "symmetric": [
        (GUARANTEE, "broken", -1), (GUARANTEE, "settled", 1), (GUARANTEE, "war_months", -1),
        (INFORMATION, "settled", 1), (INFORMATION, "war_months", -1), (INFORMATION, "delay", -1),
        (COST, "delay", -1), (COST, "settled", 1), (COST, "war_months", -1), (COST, "broken", -1),
        (AID, "first_area", -1), (AID, "first_wins", -1), (AID, "second_wins", 1),
        (REARMS, "ceasefires", -1), (REARMS, "broken", 1), (REARMS, "settled", -1),
        (OPTIMISM, "war_months", 1), (OPTIMISM, "delay", 1), (OPTIMISM, "settled", -1),
        (KEPT, "settled", 1), (KEPT, "delay", -1), (KEPT, "war_months", -1),
    ],
}  # fmt: skip

UNCLEAR = {
    "symmetric": [(REARMS, "second_accepts", -1), (INFORMATION, "broken", -1)],
}


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
