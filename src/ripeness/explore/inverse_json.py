"""An inverse search as JSON has it."""

from __future__ import annotations

from math import isfinite
from typing import Any

from ripeness.explore.inverse_found import Answer, Inverse, Tried
from ripeness.explore.inverse_moves import Move, start_of, way_of
from ripeness.explore.inverse_need import Need
from ripeness.explore.inverse_price import Change
from ripeness.scenario.model import Scenario


def as_mapping(found: Inverse, scenario: Scenario) -> dict[str, Any]:
    """Return what an inverse search found, of JSON's own types."""
    answer = lambda each: each and _answer(each, scenario)  # noqa: E731
    return {
        "target": found.target, "most": found.most, "stopped": found.stopped,
        "base": _tried(found.base, scenario), "sets_tried": found.tried,
        "failed_in_fresh_worlds": found.failed,
        "answers": [answer(each) for each in found.answers],
        "best": answer(found.best), "larger": answer(found.larger),
        "beyond": found.beyond and _tried(found.beyond, scenario),
        "together": found.together and _tried(found.together, scenario),
        "singles": [answer(each) for each in found.singles],
    }  # fmt: skip


def _answer(each: Answer, scenario: Scenario) -> dict[str, Any]:
    return _tried(each.tried, scenario) | {
        "costs": {change.name: _change(change) for change in each.price},
        "needs": [_need(need) for need in each.needs],
    }


def _tried(each: Tried, scenario: Scenario) -> dict[str, Any]:
    moves = [_move(move, scenario) for move in each.moves]
    found = {"moves": moves, "holds": each.holds, "worlds": each.worlds}
    if each.fresh_worlds:
        found |= {"fresh_holds": each.fresh_holds, "fresh_worlds": each.fresh_worlds}
    return found


def _move(move: Move, scenario: Scenario) -> dict[str, Any]:
    found = {
        "kind": "term" if move.term else "lever", "name": move.name,
        "setting": move.setting, "words": move.told(scenario),
    }  # fmt: skip
    if not move.term:
        start = start_of(scenario, move.name)
        found |= {
            "start": start, "distance": float(move.setting) - start,
            "way": way_of(scenario, move), "unit": scenario.levers[move.name].unit,
        }  # fmt: skip
    return found


def _change(change: Change) -> dict[str, Any]:
    return {
        "unit": change.unit, "without": change.without, "change": change.change,
        "standard_error": change.error if isfinite(change.error) else None,
    }  # fmt: skip


def _need(need: Need) -> dict[str, Any]:
    return {
        "lever": need.move.name, "least": need.least, "way": need.way, "holds": need.holds,
        "half": need.half, "half_holds": need.half_holds, "half_is_enough": need.half_is_enough,
    }  # fmt: skip
