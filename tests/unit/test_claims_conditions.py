"""Conditions and quantities, one by one."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import TypeAdapter

from planted_claims import by_side, planted
from ripeness.claims.conditions import all_of, answer_of, event_clause, reading_of
from ripeness.claims.events import EVENTS
from ripeness.claims.language import Condition, EventName, QuantityReading
from ripeness.claims.quantities import QUANTITIES
from ripeness.outcomes.variables import BY_MONTH

CONDITION = TypeAdapter(Condition)
TROOPS = {"quantity": "troops", "side": "south", "unit": "soldiers"}


def holds(data, **condition) -> list[bool | None]:
    answer = answer_of(data, CONDITION.validate_python(condition))
    pairs = zip(answer.yes.tolist(), answer.known.tolist(), strict=True)
    return [yes if known else None for yes, known in pairs]


def reading(data, until=None, **given) -> list[float]:
    return reading_of(data, QuantityReading.model_validate(TROOPS | given), until).tolist()


def test_events_happen_before_within_or_not_at_all():
    data = planted(4, settlement_week=[10.0, 30.0, 50.0, np.nan], zone_open_week=30.0)
    assert holds(data, event="settlement") == [True, True, True, False]
    assert holds(data, event="settlement", happens=False) == [False, False, False, True]
    assert holds(data, event="settlement", within=30) == [True, True, False, False]
    before = {"event": "zone_open"}
    assert holds(data, event="settlement", before=before) == [True, False, False, False]
    never = {"event": "ceasefire"}
    assert holds(data, event="settlement", before=never) == [True, True, True, False]


def test_events_can_be_of_whoever_does_them():
    data = planted(3, resumed_week=[5.0, 5.0, np.nan], resumed_by=[0, 1, -1])
    assert holds(data, event="resumption") == [True, True, False]
    assert holds(data, event="resumption", side="south") == [False, True, False]
    words = [event_clause(data, EventName(event="resumption", side=s)) for s in (None, "south")]
    assert words == ["the war was resumed from a ceasefire", "South resumed the war"]
    won = planted(3, ending=[3, 4, 2], ended_week=[7.0, 8.0, np.nan])
    assert holds(won, event="victory", side="south") == [False, True, False]


def test_readings_of_a_window():
    month = np.arange(27.0)
    data = planted(2, troops=by_side(0.0, np.stack([100 + month, 100 - month])))
    year = {"from": 4, "to": 12}  # months 1 to 3
    assert reading(data, during=year) == [102.0, 98.0]
    assert reading(data, during=year, reading="last") == [103.0, 97.0]
    assert reading(data, during=year, reading="change") == [2.0, -2.0]
    assert reading(data, during=year, reading="ratio_to_start", unit="ratio") == [1.03, 0.97]
    until = np.array([20.0, np.nan])
    before = reading(data, until, during={"last": 8}, reading="change")
    assert before == pytest.approx([2.0, np.nan], nan_ok=True)
    assert reading(data, during={"last": 8}, reading="change") == [2.0, -2.0]


def test_months_are_read_throughout_or_ever():
    south = np.full((3, 27), 1.0)
    south[1, 3], south[2] = 5.0, np.nan
    data = planted(3, troops=by_side(0.0, south))
    assert holds(data, **TROOPS, at_most=2, months="throughout") == [True, False, None]
    assert holds(data, **TROOPS, at_least=2, months="ever") == [False, True, None]
    assert holds(data, **TROOPS, at_least=1, at_most=1.1) == [True, False, None]


def test_what_is_recorded_after_the_end_means_nothing():
    regime = np.zeros((1, 27))
    regime[:, 2:] = 3
    south = np.where(np.arange(27) < 2, 1.0, 100.0)
    assert reading(planted(1, troops=by_side(0.0, south), regime=regime)) == [1.0]
    assert np.isnan(reading(planted(1, regime=3))).all()


def test_talks_mean_nothing_in_a_settlement():
    regime = np.where(np.arange(27) < 5, 0, 2)
    values = np.where(np.arange(27) < 5, 0.4, 0.0)
    data = planted(1, regime=regime, reservation=by_side(0.0, values))
    asked = QuantityReading(quantity="reservation", side="south", unit="share of the stakes")
    assert reading_of(data, asked) == pytest.approx(0.4)


def test_own_quantities_turn_with_the_side():
    data = planted(1, expected_advantage=by_side(0.3, 0.2), force_ratio=0.1, area_change=7.0)
    for name, unit, north, south in (
        ("own_expected_advantage", "log ratio", 0.3, -0.2),
        ("own_advantage", "log ratio", 0.1, -0.1),
        ("own_area_change", "km2", 7.0, -7.0),
    ):
        for side, value in (("north", north), ("south", south)):
            asked = QuantityReading(quantity=name, side=side, unit=unit)
            assert reading_of(data, asked) == pytest.approx(value)


def test_pace_is_of_war_only_and_knows_no_direction():
    area = np.cumsum(np.full(27, -40.0))
    regime = np.where(np.arange(27) < 20, 0, 1)
    data = planted(1, area_held=by_side(area, -area), regime=regime)
    asked = QuantityReading(quantity="pace", unit="km2 per week")
    assert reading_of(data, asked) == pytest.approx(10.0)


def test_all_of_is_no_where_one_is_no_and_else_not_known():
    data = planted(3, settlement_week=[1.0, np.nan, 1.0], troops=by_side(0.0, np.nan))
    conditions = [
        CONDITION.validate_python({"event": "settlement"}),
        CONDITION.validate_python({**TROOPS, "at_least": 0}),
    ]
    answer = all_of(data, conditions)
    assert (answer.yes.tolist(), answer.known.tolist()) == ([False] * 3, [False, True, False])
    assert all_of(data, []).yes.all()


@pytest.mark.parametrize("name", QUANTITIES)
def test_quantities_state_the_units_that_a_run_records(name):
    """A run's `flag` is 0 or 1: as a share of months it is a share."""
    recorded = BY_MONTH.get(name)
    if recorded is not None:
        unit = "share" if recorded.units == "flag" else recorded.units
        assert QUANTITIES[name].unit == unit
        assert QUANTITIES[name].sided == ("side" in recorded.axes)
        assert QUANTITIES[name].over_time


def test_every_event_says_itself():
    for event in EVENTS.values():
        assert "{" not in event.clause("North")
