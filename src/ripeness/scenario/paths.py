"""Every number of a scenario by its path, in one fixed order.

A path is what a lever, a result table and a message call a number:
``belligerents.russia.manpower.pool``. The key ``numbers`` of patrons, guarantors and mediators is
left out of it. Order: belligerents, war, patrons, guarantors, mediators, events, issues; within
them as the fields are declared, and belligerents always in the scenario's own order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ripeness.scenario.model import Scenario
from ripeness.scenario.quantity import Quantity

SECTIONS = ("belligerents", "war", "patrons", "guarantors", "mediators", "events", "issues")


@dataclass(frozen=True, slots=True)
class Declared:
    """What the field of a number demands: its unit, its bounds and its meaning."""

    unit: str
    least: float | None
    most: float | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Located:
    """A number with its place in the scenario.

    Attributes:
        path: its name in results and levers.
        keys: the keys that lead to it in the scenario file.
        quantity: the number.
        declared: what its field demands.
    """

    path: str
    keys: tuple[str, ...]
    quantity: Quantity
    declared: Declared


def path_of(keys: Iterable[str | int]) -> str:
    """Return the path of a number from the keys that lead to it."""
    return ".".join(str(key) for key in keys if key != "numbers")


def declared_by(field: FieldInfo) -> Declared | None:
    """Return what a field demands of its numbers; None if it holds no numbers."""
    extra = field.json_schema_extra
    if not isinstance(extra, dict) or "unit" not in extra:
        return None
    demand: dict[str, Any] = dict(extra)
    return Declared(demand["unit"], demand["least"], demand["most"], field.description or "")


def located(scenario: Scenario) -> tuple[Located, ...]:
    """Return every number of a scenario in the fixed order."""
    found: list[Located] = []
    for section in SECTIONS:
        found.extend(_walk(getattr(scenario, section), (section,), None, scenario.sides))
    return tuple(found)


def quantities(scenario: Scenario) -> dict[str, Quantity]:
    """Return every number of a scenario by its path, in the fixed order."""
    return {number.path: number.quantity for number in located(scenario)}


def declarations(scenario: Scenario) -> dict[str, Declared]:
    """Return unit, bounds and meaning of every number by its path, in the fixed order."""
    return {number.path: number.declared for number in located(scenario)}


def matching(pattern: str, paths: Iterable[str]) -> tuple[str, ...]:
    """Return the paths that a pattern names; ``*`` stands for any one name."""
    wanted = pattern.split(".")
    return tuple(path for path in paths if _fits(wanted, path.split(".")))


def _fits(wanted: list[str], names: list[str]) -> bool:
    return len(wanted) == len(names) and all(
        want in ("*", name) for want, name in zip(wanted, names, strict=True)
    )


def _walk(
    value: object, keys: tuple[str, ...], declared: Declared | None, sides: tuple[str, ...]
) -> Iterator[Located]:
    if isinstance(value, Quantity):
        if declared is not None:
            yield Located(path_of(keys), keys, value, declared)
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from _walk(getattr(value, name), (*keys, name), declared_by(field), sides)
    elif isinstance(value, dict):
        first = [side for side in sides if side in value]
        for name in [*first, *(name for name in value if name not in first)]:
            yield from _walk(value[name], (*keys, name), declared, sides)
