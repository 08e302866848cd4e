"""Who is in the war, by name: what is fixed when the simulation is compiled."""

from __future__ import annotations

from typing import NamedTuple

from ripeness.scenario.model import Scenario

SLOTS = 2
"""Patrons and events are padded to a multiple of this, so that one more rarely recompiles."""


class Names(NamedTuple):
    """Identifiers in the order of the arrays; static and hashable."""

    sides: tuple[str, str]
    patrons: tuple[str, ...]
    guarantors: tuple[str, ...]
    mediators: tuple[str, ...]
    events: tuple[str, ...]
    theories: tuple[str, ...]

    @property
    def patron_slots(self) -> tuple[str, ...]:
        """Names of the patrons, padded with empty slots."""
        return padded(self.patrons, "patron slot")

    @property
    def event_slots(self) -> tuple[str, ...]:
        """Names of the events, padded with empty slots."""
        return padded(self.events, "event slot")


def padded(names: tuple[str, ...], filler: str) -> tuple[str, ...]:
    """Return the names with fillers up to the next multiple of ``SLOTS`` (at least one)."""
    missing = -len(names) % SLOTS or (SLOTS if not names else 0)
    return names + tuple(f"{filler} {number}" for number in range(missing))


def names_of(scenario: Scenario) -> Names:
    """Return the identifiers of a scenario."""
    first, second = scenario.sides
    return Names(
        sides=(first, second),
        patrons=tuple(scenario.patrons),
        guarantors=tuple(scenario.guarantors),
        mediators=tuple(scenario.mediators),
        events=tuple(scenario.events),
        theories=tuple(scenario.theories),
    )
