"""What differs between the worlds of a run: numbers drawn from ranges, how a world stands, its theory.

A stored run does not keep what was drawn: the same scenario, seed and number of worlds draw it again, bit
for bit (``ripeness.worlds``), in a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ripeness.bargaining.packages import enumerate_packages
from ripeness.bargaining.strategy import STRATEGIES
from ripeness.claims.discovery.grid import YES_OR_NO, Feature
from ripeness.errors import InputError, bad_input
from ripeness.explore.naming import whose_of
from ripeness.explore.standing import STANDINGS, standing_of
from ripeness.outcomes.run import scenario_digest
from ripeness.outcomes.store import Outcomes
from ripeness.scenario.model import Scenario
from ripeness.scenario.paths import declarations
from ripeness.worlds.draw import Worlds, draw_worlds


def features_of(
    scenario: Scenario, worlds: Worlds, *, standing: bool = True
) -> tuple[Feature, ...]:
    """Return what differs between the worlds of an ensemble.

    Args:
        scenario: what the worlds were drawn from.
        worlds: the ensemble.
        standing: also how each world stands at its start (needs its packages, about a second).
    """
    declared = declarations(scenario)
    found = [
        Feature(path, _label(scenario, path, declared[path].meaning), declared[path].unit, values)
        for path, values in worlds.values.items()
        if np.ptp(values) > 0.0
    ]
    found += _ratios(scenario, worlds)
    found += _theories(worlds)
    if standing:
        found += _standings(scenario, worlds)
    return tuple(feature for feature in found if np.ptp(feature.values) > 0.0)


def features_of_run(
    scenario: Scenario, outcomes: Outcomes, *, standing: bool = True
) -> tuple[Feature, ...]:
    """Return what differs between the worlds of a stored run, by drawing them again.

    Args:
        scenario: of the run, its levers moved or not.
        outcomes: the run.
        standing: as in ``features_of``.

    Raises:
        InputError: if the run was made from another scenario, or its worlds cannot be drawn again.
    """
    manifest = outcomes.manifest
    moved = _as_run(scenario, manifest)
    theories = manifest["theories"]
    theory = theories[0] if len(theories) == 1 and len(scenario.theories) > 1 else None
    asked = int(manifest.get("worlds_asked", manifest["worlds"]))
    worlds = draw_worlds(moved, asked, int(manifest["seed"]), theory=theory).first(outcomes.worlds)
    if "theory" in outcomes.data and not np.array_equal(
        worlds.theory, outcomes.data["theory"].values
    ):
        raise bad_input(
            "manifest.json", "the worlds of this run cannot be drawn again: they come out otherwise.",
            "It was made by another version or sampling design. Run the scenario again.",
        )  # fmt: skip
    return features_of(moved, worlds, standing=standing)


def theory_label(name: str) -> str:
    """Return what people call a theory of ending."""
    label = STRATEGIES[name].label if name in STRATEGIES else name.replace("_", " ")
    return label[:1].lower() + label[1:]


def _label(scenario: Scenario, path: str, meaning: str) -> str:
    """Return a number's meaning and whose it is, as they stand in "worlds with LABEL below 5"."""
    whose = ", ".join(whose_of(scenario, path))
    return f"{_plain(meaning)} ({whose})" if whose else _plain(meaning)


def _plain(meaning: str) -> str:
    """Return the meaning of a number without words that speak of its place in the scenario."""
    return meaning.removesuffix(", per belligerent").replace("this side", "it")


def _ratios(scenario: Scenario, worlds: Worlds) -> list[Feature]:
    """Return each number that both sides have as the first side's over the second's.

    Much hangs on how the sides compare, which ranges of either side's number can only step around.
    """
    first, second = scenario.sides
    labels = " over ".join(scenario.belligerents[side].label for side in scenario.sides)
    declared = declarations(scenario)
    found = []
    for path, values in worlds.values.items():
        other = worlds.values.get(path.replace(f"belligerents.{first}.", f"belligerents.{second}."))
        if not path.startswith(f"belligerents.{first}.") or other is None:
            continue
        if min(np.ptp(values), np.ptp(other)) > 0.0 < min(values.min(), other.min()):
            label = f"{_plain(declared[path].meaning)} ({labels})"
            found.append(
                Feature(path.replace(f".{first}.", ".ratio."), label, "ratio", values / other)
            )
    return found


def _theories(worlds: Worlds) -> list[Feature]:
    """Return a flag for each theory of ending, if there are several."""
    found = []
    for place, name in enumerate(worlds.names.theories):
        label = theory_label(name)
        found.append(
            Feature(
                f"theory.{name}", f"theory of ending: {label}", YES_OR_NO,
                (worlds.theory == place).astype(float),
                yes=f"under the theory of {label}", no=f"not under the theory of {label}",
            )
        )  # fmt: skip
    return found


def _standings(scenario: Scenario, worlds: Worlds) -> list[Feature]:
    """Return how each world stands at its start."""
    first = next(iter(scenario.belligerents.values())).label
    found = []
    for name, values in standing_of(worlds, enumerate_packages(scenario, worlds)).items():
        told = STANDINGS[name]
        label = told.meaning.format(first=first)
        yes, no = (f"in which {words}" if words else "" for words in (told.yes, told.no))
        found.append(Feature(name, label, told.unit, values, yes, no))
    return found


def _as_run(scenario: Scenario, manifest: dict[str, object]) -> Scenario:
    """Return the scenario with its levers where the run had them.

    Raises:
        InputError: if that is not the scenario of the run.
    """
    levers = manifest.get("levers") or {}
    candidates: Sequence[Scenario] = [scenario]
    if isinstance(levers, dict) and levers:
        try:
            candidates = [scenario, scenario.with_levers(**levers)]
        except InputError:
            candidates = [scenario]
    for candidate in candidates:
        if scenario_digest(candidate) == manifest.get("scenario_digest"):
            return candidate
    raise bad_input(
        "manifest.json", f"this run was not made from the scenario `{scenario.name}` as it is now.",
        "Give the scenario file of the run, or run it again.",
    )  # fmt: skip
