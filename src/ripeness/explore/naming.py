"""Numbers, endings and shares of worlds in words."""

from __future__ import annotations

from typing import Any, Final

from ripeness.explore.standing import STANDINGS, YES_OR_NO
from ripeness.outcomes.endings import ending_names
from ripeness.outcomes.words import OUT_OF, of_twenty
from ripeness.scenario.model import Scenario
from ripeness.scenario.paths import declarations


def meaning_of(scenario: Scenario, path: str) -> str:
    """Return whose a number is and what it means: ``Russia: soldiers in the theatre at the start``."""
    if path in STANDINGS:
        first = next(iter(scenario.belligerents.values()))
        return STANDINGS[path].meaning.format(first=first.label)
    whose = whose_of(scenario, path)
    meaning = declarations(scenario)[path].meaning
    return f"{', '.join(whose)}: {meaning}" if whose else meaning


def whose_of(scenario: Scenario, path: str) -> list[str]:
    """Return the labels of what a number belongs to: a side, or an issue and its level."""
    return _labels(scenario, path.split("."))


def unit_of(scenario: Scenario, path: str) -> str:
    """Return the unit of a number."""
    if path in STANDINGS:
        return STANDINGS[path].unit
    return declarations(scenario)[path].unit


def side_of(scenario: Scenario, path: str, value: float, above: bool) -> str:
    """Say on which side of a threshold worlds lie."""
    if unit_of(scenario, path) == YES_OR_NO:
        return STANDINGS[path].yes if above else STANDINGS[path].no
    sign = ">" if above else "<="
    return f"{meaning_of(scenario, path)} {sign} {with_unit(scenario, path, value)}"


def with_unit(scenario: Scenario, path: str, value: float) -> str:
    """Say a value with its unit, if the unit is one that people say."""
    unit = unit_of(scenario, path)
    return short(value) if unit in BARE else f"{short(value)} {unit}"


BARE: Final = ("share", "ratio", "exponent", "index", "log ratio")
"""Units that say nothing behind a figure."""


def ending_labels(scenario: Scenario) -> tuple[str, ...]:
    """Return the endings in the order of their codes, with the sides called by their labels."""
    first, second = (side.label for side in scenario.belligerents.values())
    return ending_names((first, second))


def told(share: float, worlds: int) -> str:
    """Say a share of worlds as so many of twenty; a small one is not none, nor a large one all."""
    count = round(share * worlds)
    if 0.0 < share < 1.0 and worlds > 1:
        count = min(max(count, 1), worlds - 1)
    return of_twenty(count, worlds)


def cell(share: float) -> str:
    """Say a share of worlds in a table: how many of twenty."""
    count = round(share * OUT_OF)
    if count == 0 and share > 0.0:
        return "<1"
    return f">{OUT_OF - 1}" if count == OUT_OF and share < 1.0 else str(count)


def short(value: float) -> str:
    """Say a value to three significant digits, without exponents."""
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 100 else f"{rounded:g}"


def _labels(scenario: Scenario, keys: list[str]) -> list[str]:
    """Return the labels of what a path leads through: a side, an issue and its level."""
    found: list[str] = []
    place: Any = scenario
    for key in keys:
        place = place.get(key) if isinstance(place, dict) else getattr(place, key, None)
        label = getattr(place, "label", None)
        if label:
            found.append(label)
    if keys[-1] in scenario.belligerents and keys[0] != "belligerents":
        found.append(scenario.belligerents[keys[-1]].label)
    return found
