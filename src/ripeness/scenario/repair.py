"""A stand-in for a scenario with errors, so that the checks which need a whole one can still run.

Faulty numbers are replaced by any number that fits their field, unknown keys are dropped. What
the checks then say about the replaced keys is not shown. Anything else cannot be repaired.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ripeness.scenario.explain import Keys, keys_of, quantity_at
from ripeness.scenario.model import Scenario
from ripeness.scenario.paths import Declared
from ripeness.scenario.places import inside


@dataclass(frozen=True, slots=True)
class Repaired:
    """A scenario that can be checked, and the keys at which it is not the user's."""

    scenario: Scenario
    keys: frozenset[Keys]


def repaired(plain: dict[str, Any], errors: Iterable[ErrorDetails]) -> Repaired | None:
    """Return a scenario like the given one without its errors; None if that cannot be had."""
    mended = copy.deepcopy(plain)
    touched: set[Keys] = set()
    for error in errors:
        keys = keys_of(error["loc"])
        side = error.get("ctx", {}).get("key")
        number = _number_above((*keys, side) if side else keys)
        if number is not None:
            declared = quantity_at(number)
            done = declared is not None and _put(mended, number, _any_number(declared))
            touched.add(number)
        elif error["type"] == "extra_forbidden":
            done = _drop(mended, keys)
        else:
            done = False
        if not done:
            return None
    try:
        return Repaired(Scenario.model_validate(mended), frozenset(touched))
    except ValidationError:
        return None


def _number_above(keys: Keys) -> Keys | None:
    for length in range(len(keys), 0, -1):
        if quantity_at(keys[:length]) is not None:
            return keys[:length]
    return None


def _any_number(declared: Declared) -> dict[str, Any]:
    least = 0.0 if declared.least is None else declared.least
    most = least + 1.0 if declared.most is None else declared.most
    return {"value": (least + most) / 2, "unit": declared.unit, "source": "assumed"}


def _holder(plain: Any, keys: Keys) -> Any:
    for key in keys[:-1]:
        plain = inside(plain, key)
    return plain if isinstance(plain, dict) else None


def _put(plain: dict[str, Any], keys: Keys, value: Any) -> bool:
    holder = _holder(plain, keys)
    if holder is not None:
        holder[keys[-1]] = value
    return holder is not None


def _drop(plain: dict[str, Any], keys: Keys) -> bool:
    holder = _holder(plain, keys)
    if holder is not None:
        holder.pop(keys[-1], None)
    return holder is not None
