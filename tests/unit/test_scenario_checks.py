"""Checks of what hangs together: one contradiction each, in a scenario that is otherwise right."""

import pytest

from ripeness.errors import InputError
from ripeness.scenario.checks import CHECKS, check_lever_values, check_scenario
from ripeness.scenario.load import load
from ripeness.scenario.model import Scenario

WAR = load("template").model_dump(mode="json", exclude_none=True)


def changed(**changes) -> Scenario:
    """Return the template with entries replaced: ``path__to__key=value``; None removes."""
    plain = Scenario.model_validate(WAR).model_dump(mode="json", exclude_none=True)
    for path, value in changes.items():
        *way, last = path.split("__")
        holder = plain
        for key in way:
            holder = holder[key]
        if value is None:
            del holder[last]
        else:
            holder[last] = value
    return Scenario.model_validate(plain)


def number(value: float, unit: str, high: float | None = None) -> dict:
    if high is None:
        return {"value": value, "unit": unit, "source": "assumed"}
    return {"low": value, "likely": value, "high": high, "unit": unit, "source": "assumed"}


def shares(norland: float, sudria: float) -> dict:
    return {"norland": number(norland, "share"), "sudria": number(sudria, "share")}


NORLAND = "belligerents__norland__"
NONE = "issues__protection__levels__none__"
LEFT = "issues__border__levels__withdrawal__"
EVENT = {"label": "E", "date": "2031-01-01", "target": "tension", "change": number(0.1, "share")}
RECENT = {"label": "R", "measure": "casualties_per_week", "side": "sudria",
          "value": number(500, "soldiers per week")}  # fmt: skip
LEVEL = {"label": "L", "value": shares(0.5, 0.5)}

CONTRADICTIONS = {
    # name: (changes, level, key, in the message)
    "nobody is protected": ({"guarantors__the_league__protects": "x"}, "error", "protects", "`x`"),
    "no line": ({"issues__border__territorial": False}, "error", "issues", "but none is"),
    "two lines": ({"issues__protection__territorial": True}, "error", "issues", "protection are"),
    "weight of one side": ({"issues__protection__weight__sudria": None}, "error", "weight",
                           "sudria"),
    "weight of a stranger": ({"issues__protection__weight__x": number(1, "points")}, "error",
                             "weight.x", "no belligerent"),
    "nothing at stake": ({f"issues__{issue}__weight__norland": number(0, "points")
                          for issue in ("border", "protection")}, "error", "issues", "at stake"),
    "red line of a stranger": ({NONE + "red_lines": {"x": number(0, "share")}}, "error",
                               "red_lines.x", "no belligerent"),
    "cap of a stranger": ({NONE + "force_cap": {"x": number(1, "soldiers")}}, "error",
                          "force_cap.x", "no belligerent"),
    "no area": ({LEFT + "area_held": None}, "error", "withdrawal", "who holds what"),
    "two areas": ({LEFT + "area_held__sudria": number(1, "km2")}, "error", "area_held", "names 2"),
    "area of a stranger": ({LEFT + "area_held": {"x": number(1, "km2")}}, "error", "area_held.x",
                           "no belligerent"),
    "area elsewhere": ({NONE + "area_held": "current"}, "error", "none.area_held", "territorial"),
    "value of the line": ({LEFT + "value": shares(0, 1)}, "warning", "withdrawal.value",
                          "not used"),
    "more than there is": ({LEFT + "area_held__norland": number(41e3, "km2")}, "error",
                           "area_held.norland", "there are 40,000"),
    "unused guarantor": ({"issues__protection__levels__guarantee__guarantor": None}, "warning",
                         "the_league", "no level"),
    "too many packages": ({f"issues__i{n}": {"label": "I", "weight": {
        side: number(1, "points") for side in ("norland", "sudria")}, "without_deal": "l0",
        "levels": {f"l{m}": LEVEL for m in range(12)}} for n in range(6)}, "error", "issues",
        "11,943,936 packages"),
    "event on nothing": ({"events": {"e": {**EVENT, "target": "mood"}}}, "error", "e.target",
                         "`mood`"),
    "event on a stranger": ({"events": {"e": {**EVENT, "target": "patrons.x.willingness"}}},
                            "error", "e.target", "no patron `x`"),
    "event on no side": ({"events": {"e": {**EVENT, "target": "belligerents.x.support"}}},
                         "error", "e.target", "no belligerent `x`"),
    "event too late": ({"events": {"e": {**EVENT, "date": "2033-03-28"}}}, "warning", "e.date",
                       "horizon"),
    "event too early": ({"events": {"e": {**EVENT, "date": "2030-03-31"}}}, "warning", "e.date",
                        "horizon"),
    "record of a stranger": ({"recent": {"r": {**RECENT, "side": "x"}}}, "error", "r.side", "`x`"),
    "record in another unit": ({"recent": {"r": {**RECENT, "measure": "area_change_per_week"}}},
                               "error", "r.value", "must be in `km2 per week`"),
    "dead and disabled": ({NORLAND + "combat__killed_share": number(0.8, "share")}, "error",
                          "killed_share", "add to at most 1"),
    "perhaps both": ({NORLAND + "combat__killed_share": number(0.5, "share", 0.9)}, "error",
                     "killed_share", "1.3"),
    "no land": ({f"belligerents__{side}__front__area_held": number(0, "km2")
                 for side in ("norland", "sudria")}, "error", "belligerents", "neither"),
    "won already": ({NORLAND + "front__area_held": number(400, "km2")}, "error",
                    "sudria.front.area_held", "victory"),
    "aim beyond the theatre": ({NORLAND + "front__aim_area": number(9e4, "km2")}, "error",
                               "aim_area", "40,000"),
    "aim below what is held": ({NORLAND + "front__aim_area": number(1e3, "km2")}, "warning",
                               "norland.front.aim_area", "less than it holds"),
    "nothing to fight over": ({NORLAND + "front__aim_area": number(8e3, "km2"),
                               "belligerents__sudria__front__aim_area": number(32e3, "km2")},
                              "warning", "belligerents", "both sides' lowest aims"),
    "pool of a month": ({NORLAND + "manpower__pool": number(3000, "people")}, "warning", "intake",
                        "whole pool"),
    "above the ceiling": ({NORLAND + "economy__war_share": number(0.5, "share")}, "warning",
                          "war_share", "above the lowest"),
    "children": ({NORLAND + "manpower__mobilisation_age": number(30, "years")}, "warning",
                 "mean_age", "age of mobilisation"),
    "empty hands": ({"patrons__the_league__numbers__military": number(0, "bn EUR per month"),
                     "patrons__the_league__numbers__financial": number(0, "bn EUR per month")},
                    "warning", "numbers", "gives neither"),
    "anything goes": ({NORLAND + "manpower__pool": number(1e5, "people", 1e7)}, "warning", "pool",
                      "factor of 100"),
    "lever that cannot move": ({"levers__sanctions__minimum": 1}, "error", "minimum", "below"),
    "lever with a false default": ({"levers__sanctions__default": 0.5}, "warning", "default",
                                   "not fixed"),
    "lever on many units": ({"levers__sanctions__effects": [
        {"parameter": "belligerents.norland.sanctions.*"}]}, "error", "unit", "per month"),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_is_found(name):
    changes, level, key, what = CONTRADICTIONS[name]
    found = check_scenario(changed(**changes))
    assert [p for p in found if p.level == level and p.where.endswith(key) and what in p.what], (
        found
    )
    assert all(problem.remedy for problem in found)


def test_what_is_right_is_left_alone():
    assert {problem.what.split(":")[0] for problem in check_scenario(changed())} == {
        "every number of norland is assumed in", "every number of sudria is assumed in",
    }  # fmt: skip


def test_every_check_says_what_it_is_for():
    assert all(check.__doc__ for check in CHECKS)
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"aid_level": 3.01}, "between 0 and 3"),
        ({"aid_level": -1}, "between 0 and 3"),
        ({"aid_level": float("nan")}, "between 0 and 3"),
        ({"aid_levels": 1}, "no lever"),
    ],
)
def test_levers_stay_within_their_bounds(values, what):
    scenario = changed()
    (problem,) = check_lever_values(scenario, values)
    assert what in problem.what
    assert problem.where == f"lever {next(iter(values))}"
    with pytest.raises(InputError, match=what):
        scenario.with_levers(**values)


def test_levers_at_their_bounds_are_fine():
    scenario = changed()
    assert check_lever_values(scenario, {"aid_level": 0, "sanctions": 1}) == []
    moved = scenario.with_levers(aid_level=2).with_levers(sanctions=0)
    assert moved.lever_values == {"aid_level": 2, "sanctions": 0}
    assert scenario.lever_values == {}
