"""Checks of levers: what they move, how far, and where they stand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

from ripeness.registry import suggestion
from ripeness.scenario.finding import Check, Finding, Keys, error, warning
from ripeness.scenario.model import Effect, Lever, Scenario
from ripeness.scenario.paths import Located, located, matching

NEUTRAL: Final = {"scale": 1.0, "add": 0.0}
"""Settings at which an operation changes nothing."""


def settings(scenario: Scenario, values: Mapping[str, float]) -> Iterator[Finding]:
    """Yield what is wrong with settings of levers."""
    for name, value in values.items():
        keys = ("lever_values", name)
        lever = scenario.levers.get(name)
        if lever is None:
            remedy = suggestion(name, scenario.levers)
            yield error(keys, f"there is no lever `{name}`.", remedy)
        elif not math.isfinite(value) or not lever.minimum <= value <= lever.maximum:
            what = (
                f"`{name}` must lie between {lever.minimum:g} and {lever.maximum:g} {lever.unit}, "
                f"but is {value:g}."
            )
            remedy = "Move it inside; its bounds are stated, with reasons, under `levers`."
            yield error(keys, what, remedy, also=(("levers", name),))


def check_lever_settings(scenario: Scenario) -> Iterator[Finding]:
    """The scenario's own settings name levers and lie within their bounds."""
    yield from settings(scenario, scenario.lever_values)


def check_lever_bounds(scenario: Scenario) -> Iterator[Finding]:
    """A lever can move, and its default lies within its bounds."""
    for name, lever in scenario.levers.items():
        keys = ("levers", name)
        if lever.minimum >= lever.maximum:
            what = f"`minimum` must be below `maximum`, but is {lever.minimum:g}."
            yield error((*keys, "minimum"), what, "Swap them, or widen the range.")
        elif lever.default is not None and not lever.minimum <= lever.default <= lever.maximum:
            what = (
                f"`default` must lie between {lever.minimum:g} and {lever.maximum:g}, "
                f"but is {lever.default:g}."
            )
            yield error((*keys, "default"), what, "Move it inside, or leave it out.")


def check_lever_effects(scenario: Scenario) -> Iterator[Finding]:
    """A lever moves numbers that exist, in their unit, and nothing at its default."""
    numbers = {number.path: number for number in located(scenario)}
    for name, lever in scenario.levers.items():
        for place, effect in enumerate(lever.effects):
            keys = ("levers", name, "effects", place)
            moved = [numbers[path] for path in matching(effect.parameter, numbers)]
            if not moved:
                what = f"there is no number `{effect.parameter}`."
                remedy = _nearest_path(effect.parameter, numbers)
                yield error((*keys, "parameter"), what, remedy)
            yield from _unit(("levers", name), lever, effect, moved)
            yield from _default(("levers", name), lever, effect, moved)
            yield from _reach(("levers", name), lever, effect, moved)


def _unit(keys: Keys, lever: Lever, effect: Effect, moved: list[Located]) -> Iterator[Finding]:
    units = {"ratio"} if effect.operation == "scale" else {number.declared.unit for number in moved}
    if units and units != {lever.unit}:
        must = "` and `".join(sorted(units))
        what = (
            f"a lever that can {effect.operation} `{effect.parameter}` must be in `{must}`, "
            f"but is in `{lever.unit}`."
        )
        remedy = (
            f"Write `unit: {must}`."
            if len(units) == 1
            else "Make one lever for each unit; these numbers have different ones."
        )
        yield error((*keys, "unit"), what, remedy)


def _default(keys: Keys, lever: Lever, effect: Effect, moved: list[Located]) -> Iterator[Finding]:
    if lever.default is None:
        return
    neutral = NEUTRAL.get(effect.operation)
    if neutral is not None and lever.default != neutral:
        what = (
            f"a lever that can {effect.operation} must have the default {neutral:g}, "
            f"but has {lever.default:g}."
        )
        remedy = f"Write `default: {neutral:g}`; put other settings under `lever_values`."
        yield error((*keys, "default"), what, remedy)
    for number in moved:
        stands = number.quantity.fixed and number.quantity.low == lever.default
        if neutral is None and not stands:
            what = f"the default is {lever.default:g}, but `{number.path}` is not fixed at it."
            remedy = "Leave `default` out, so that the range is drawn until the lever is moved."
            yield warning((*keys, "default"), what, remedy, also=(number.keys,))


def _reach(keys: Keys, lever: Lever, effect: Effect, moved: list[Located]) -> Iterator[Finding]:
    if effect.operation != "set":
        return
    for number in moved:
        least, most = number.declared.least, number.declared.most
        for bound, name in ((lever.minimum, "minimum"), (lever.maximum, "maximum")):
            if (least is not None and bound < least) or (most is not None and bound > most):
                limits = " and ".join(
                    f"at {word} {limit:g}"
                    for word, limit in (("least", least), ("most", most))
                    if limit is not None
                )
                what = f"`{name}` is {bound:g}, but `{number.path}` must be {limits}."
                yield error((*keys, name), what, "Keep the lever within the number's bounds.")


def _nearest_path(pattern: str, paths: Mapping[str, object]) -> str:
    """Return the known path that is most like a pattern, its last name first."""
    last = pattern.rpartition(".")[2]
    alike = [path for path in paths if path.rpartition(".")[2] == last]
    if alike:
        return f"Did you mean `{alike[0]}`?"
    head = pattern.split(".")[0]
    near = [path for path in paths if path.startswith(f"{head}.")]
    return suggestion(pattern, near) if near else "Write `belligerents.NAME.manpower.pool`, say."


CHECKS: Final[tuple[Check, ...]] = (
    check_lever_settings,
    check_lever_bounds,
    check_lever_effects,
)
