"""What a world has been worth, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.outcomes.worth import realised_worth
from ripeness.types import CEASEFIRE, MONTHS_PER_YEAR, SETTLEMENT, WAR
from ripeness.war.state import BEYOND, NOT_YET, VICTORY_FIRST
from ripeness.worlds.bundle import Bundle

PATIENCE = np.array([[0.8], [0.9]])
IMPATIENCE = -np.log(PATIENCE)[:, 0]
MONTH = np.exp(-IMPATIENCE / MONTHS_PER_YEAR)
YEARS = (1 - MONTH) / IMPATIENCE
PARAMETERS = Bundle(
    diplomacy=Bundle(
        patience=PATIENCE,
        ceasefire_cost=np.array([0.25]),
        breach_cost=np.array([[0.06], [0.07]]),
        attack_cost=np.array([[0.03], [0.04]]),
    ),
    escalation=Bundle(dread=np.array([[0.5], [0.4]])),
)


def months(regime: list[int], **changes: list) -> dict[str, np.ndarray]:
    """Records of one world: things are worth .3 and .6, war costs .1 and .2 a year."""
    number = len(regime)
    plain = {
        "end": [NOT_YET] * number, "signatures": [0.0] * number, "acted": [-1] * number,
        "pending": [False] * number,
    }  # fmt: skip
    sided = {"now": [0.3, 0.6], "peace": [0.5, 0.4], "cost": [0.1, 0.2], "leader": [0.05, 0.0]}
    found = {name: np.array(changes.get(name, row))[:, None] for name, row in plain.items()}
    found |= {
        name: np.array(changes.get(name, [row] * number))[:, :, None] for name, row in sided.items()
    }
    return {"regime": np.array(regime)[:, None], **found}


def test_things_that_stay_as_they_are_are_worth_what_they_are():
    quiet = months([WAR] * 30, cost=[[0.0, 0.0]] * 30)
    assert realised_worth(quiet, PARAMETERS)[:, 0] == pytest.approx([0.3, 0.6])
    settled = months([SETTLEMENT] * 30)
    assert realised_worth(settled, PARAMETERS)[:, 0] == pytest.approx([0.5, 0.4])


def test_a_war_costs_its_discounted_years():
    years = YEARS * (1 - MONTH**20) / (1 - MONTH)
    at_war = realised_worth(months([WAR] * 21), PARAMETERS)[:, 0]
    assert at_war == pytest.approx([0.3, 0.6] - years * [0.1, 0.2])
    paused = realised_worth(months([CEASEFIRE] * 21), PARAMETERS)[:, 0]
    assert paused == pytest.approx([0.3, 0.6] - 0.25 * years * [0.1, 0.2])


def test_the_victor_has_everything_and_nothing_counts_after_it():
    won = months(
        [WAR] * 9, end=[NOT_YET] * 3 + [VICTORY_FIRST] * 6, acted=[-1, -1, -1, 1, 1, 1, 1, 1, 1]
    )
    lost = np.array([0.0, 0.04]) * MONTH**2  # the second side resumed the war in the last month
    earned = (1 - MONTH**3) * [0.3, 0.6] - YEARS * (1 - MONTH**3) / (1 - MONTH) * [0.1, 0.2]
    expected = earned + MONTH**3 * [1.0, 0.0] - lost
    assert realised_worth(won, PARAMETERS)[:, 0] == pytest.approx(expected)


def test_leaving_the_model_is_worth_the_dread_of_it():
    left = months([WAR] * 2, end=[NOT_YET, BEYOND], cost=[[0.0, 0.0]] * 2)
    expected = (1 - MONTH) * [0.3, 0.6] + MONTH * [0.3 - 0.5, 0.6 - 0.4]
    assert realised_worth(left, PARAMETERS)[:, 0] == pytest.approx(expected)


def test_a_signature_costs_leaders_and_a_breach_who_breaks_it():
    regime = [WAR, CEASEFIRE, SETTLEMENT, WAR]
    record = months(
        regime, cost=[[0.0, 0.0]] * 4, signatures=[0.0, 1.0, 1.0, 1.0], acted=[-1, -1, -1, 0],
        pending=[False, True, False, False],
    )  # fmt: skip
    flow = [[0.3, 0.6], [0.5, 0.4], [0.3, 0.6]]  # after the decisions of each month
    expected = sum(MONTH**k * (1 - MONTH) * flow[k] for k in range(3)) + MONTH**3 * [0.3, 0.6]
    expected = expected - [0.05, 0.0] - MONTH**2 * [0.06, 0.0]
    assert realised_worth(record, PARAMETERS)[:, 0] == pytest.approx(expected)


def test_resuming_the_war_costs_an_attack_and_breaking_what_was_signed_a_breach():
    for pending, price in ((False, 0.04), (True, 0.07)):
        record = months(
            [CEASEFIRE, WAR], cost=[[0.0, 0.0]] * 2, acted=[-1, 1], pending=[pending, False]
        )
        expected = np.array([0.3, 0.6]) - [0.0, price]
        assert realised_worth(record, PARAMETERS)[:, 0] == pytest.approx(expected)
