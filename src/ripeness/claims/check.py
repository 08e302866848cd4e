"""Does a claim fit the war that it is about? Its sides, levers, issues and patrons must be there."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from ripeness.claims.language import Claim, Definition, EventName, Move, QuantityName
from ripeness.errors import Problem
from ripeness.registry import suggestion
from ripeness.scenario.model import Scenario
from ripeness.scenario.places import Places

Keys = tuple[str | int, ...]


def check_against(claim: Claim, scenario: Scenario, places: Places | None = None) -> list[Problem]:
    """Return what a claim says that the scenario does not know.

    Args:
        claim: the claim.
        scenario: the war.
        places: where the claim stands, if it was read from a file.
    """
    places = places or Places()
    return [
        Problem("error", places.where(("claims", claim.id, "test", *keys)), what, remedy)
        for keys, part in _parts(claim.test, ())
        for key, what, remedy in _faults(part, scenario)
        for keys in [(*keys, key)]
    ]


def _parts(value: object, keys: Keys) -> Iterator[tuple[Keys, BaseModel]]:
    """Yield every model inside a test with the keys that lead to it."""
    if isinstance(value, BaseModel):
        yield keys, value
        for name, field in type(value).model_fields.items():
            yield from _parts(getattr(value, name), (*keys, field.alias or name))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _parts(item, (*keys, place))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _parts(item, (*keys, str(name)))


def _faults(part: BaseModel, scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    """Yield key, what is wrong and the remedy."""
    if isinstance(part, EventName | QuantityName):
        if part.side is not None and part.side not in scenario.sides:
            what = f"`{scenario.name}` has no belligerent `{part.side}`."
            yield "side", what, suggestion(part.side, scenario.sides)
        if isinstance(part, QuantityName):
            yield from _member_faults(part, scenario)
    elif isinstance(part, Definition):
        for key, issues in part.issues_named().items():
            for issue in issues:
                if issue not in scenario.issues:
                    what = f"`{scenario.name}` has no issue `{issue}`."
                    yield key, what, suggestion(issue, list(scenario.issues))
    elif isinstance(part, Move):
        yield from _lever_faults(part, scenario)


def _member_faults(name: QuantityName, scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with the member of a further axis; axes made by a run are not known here."""
    known = {
        "patron": list(scenario.patrons),
        "issue": list(scenario.issues),
        "guarantor": list(scenario.guarantors),
    }.get(name.about.over)
    if name.of is not None and known is not None and name.of not in known:
        what = f"`{scenario.name}` has no {name.about.over} `{name.of}`."
        yield "of", what, suggestion(name.of, known)


def _lever_faults(move: Move, scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    if move.lever not in scenario.levers:
        what = f"`{scenario.name}` has no lever `{move.lever}`."
        yield "lever", what, suggestion(move.lever, list(scenario.levers))
        return
    lever = scenario.levers[move.lever]
    if move.unit != lever.unit:
        what = f"the lever `{move.lever}` is in `{lever.unit}`, but is moved in `{move.unit}`."
        yield "unit", what, f"Convert the values if need be, and write `unit: {lever.unit}`."
    for key, value in (("from", move.from_value), ("to", move.to_value)):
        if value is not None and not lever.minimum <= value <= lever.maximum:
            bounds = f"{lever.minimum:g} to {lever.maximum:g} {lever.unit}"
            what = f"the lever `{move.lever}` cannot be moved to {value:g}."
            yield key, what, f"Keep it within {bounds}."
