"""Is coming to talks real, and what does a stall gain? The experiment of ``explore.stalling``, played.

An arm is an ensemble with some channels switched off and something taken from a side. Equal arms are played
once: where rest is on, the arm as it is serves both sides; a side that never stalls gets no rest by it anyway.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from ripeness.bargaining.packages import enumerate_packages
from ripeness.explore.replay import days_of
from ripeness.explore.shapley import sets_of
from ripeness.explore.stage import play, staged, taking
from ripeness.explore.stalling import CHANNELS, EFFECTS, Measured, Stalls
from ripeness.outcomes.sincerity import HALF_YEAR, KINDS, PAUSE, SEEN, Attendance
from ripeness.scenario.model import Scenario
from ripeness.types import WEEKS_PER_MONTH
from ripeness.worlds.draw import Worlds

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Sincerity:
    """Whether coming to talks is real, and what a stall gains.

    Attributes:
        scenario: the war.
        worlds: the ensemble.
        attendance: what coming to talks meant, as it is.
        stalls: per side.
    """

    scenario: Scenario
    worlds: Worlds
    attendance: Attendance
    stalls: tuple[Stalls, Stalls]

    def theories(self) -> dict[str, np.ndarray]:
        """Return the theories that hold in some world, and ``(world,)`` in which."""
        found = {
            name: self.worlds.theory == place
            for place, name in enumerate(self.worlds.names.theories)
        }
        return {name: members for name, members in found.items() if members.any()}

    def as_mapping(self) -> dict[str, Any]:
        """Return all of it as JSON has it."""
        every = np.ones(self.worlds.count, dtype=bool)
        sides = self.worlds.names.sides
        days = days_of(self.scenario, self.attendance.kind.shape[1])
        return {
            "scenario": self.scenario.name,
            "worlds": self.worlds.count,
            "seed": self.worlds.seed,
            "levers": dict(self.scenario.lever_values),
            "channels": {name: channel.label for name, channel in CHANNELS.items()},
            "units_of_changes": EFFECTS,
            "months_ahead": HALF_YEAR,
            "all": self._part(every),
            "by_theory": {name: self._part(members) for name, members in self.theories().items()},
            "by_month": {
                "date": [str(day) for day in days],
                **{
                    side: {
                        kind: counts.tolist()
                        for kind, counts in self.attendance.counted(place).items()
                    }
                    for place, side in enumerate(sides)
                },
            },
        }

    def _part(self, members: np.ndarray) -> dict[str, Any]:
        """Return what is found in some worlds."""
        here = self.attendance.among(members)
        return {
            "worlds": here.worlds,
            "sides": {
                side: {**here.as_mapping(place), "stalls": self.stalls[place].as_mapping(members)}
                for place, side in enumerate(self.worlds.names.sides)
            },
        }


class _Arm(NamedTuple):
    """Worlds of the experiment: channels switched off, and what is taken from which side."""

    off: frozenset[str] = frozenset()
    side: int | None = None
    what: str = ""


_AS_IT_IS: Final = _Arm()
_REST: Final = "rest"


def sincerity_of(scenario: Scenario, worlds: Worlds, progress: Progress | None = None) -> Sincerity:
    """Play the worlds with and without each side's stalls.

    Args:
        scenario: what they were drawn from.
        worlds: the ensemble, ready to run.
        progress: called with (plays done, plays in all).
    """
    stage, packages = staged(worlds), enumerate_packages(scenario, worlds)
    months = scenario.horizon_weeks // WEEKS_PER_MONTH
    alive = tuple(name for name, channel in CHANNELS.items() if channel.alive(worlds))
    attendance = play(stage, packages, months).attendance()
    measured: dict[_Arm, Measured] = {}
    arms = _arms(alive)
    for done, arm in enumerate(arms, start=1):
        measured[arm] = play(_changed(stage, arm), packages, months).measured()
        if progress is not None:
            progress(done, len(arms))
    first, second = (_stalls(measured, alive, side) for side in range(2))
    return Sincerity(scenario, worlds, attendance, (first, second))


def _sets(channels: tuple[str, ...]) -> list[frozenset[str]]:
    return [frozenset(channels[place] for place in each) for each in sets_of(len(channels))]


def _with_stalls(off: frozenset[str], side: int) -> _Arm:
    """Return the arm as it is; who gets no rest matters only where rest is switched off."""
    return _Arm(off, side if _REST in off else None)


def _without_stalls(off: frozenset[str], side: int) -> _Arm:
    """Return the arm without a side's stalls; who never comes to stall gets no rest by it anyway."""
    return _Arm(off - {_REST}, side, "strict")


def _arms(channels: tuple[str, ...]) -> list[_Arm]:
    """Return all arms, each once."""
    found = [
        arm
        for side in range(2)
        for off in _sets(channels)
        for arm in (_with_stalls(off, side), _without_stalls(off, side))
    ]
    return list(dict.fromkeys([*found, *(_Arm(side=side, what="unseen") for side in range(2))]))


def _changed(worlds: Worlds, arm: _Arm) -> Worlds:
    """Return the staged worlds of an arm."""
    for name in arm.off:
        worlds = CHANNELS[name].off(worlds, arm.side or 0)
    return taking(worlds, arm.what, arm.side or 0) if arm.what else worlds


def _stalls(measured: dict[_Arm, Measured], channels: tuple[str, ...], side: int) -> Stalls:
    """Return what a side's stalls change."""
    who = [side, 1 - side]  # what both get by the stalls of this side
    worth = lambda arm: measured[arm]["worth"][who]  # noqa: E731
    gain = [
        worth(_with_stalls(off, side)) - worth(_without_stalls(off, side))
        for off in _sets(channels)
    ]
    usual, unseen, without = (
        _own_and_enemy(measured[arm], side)
        for arm in (_AS_IT_IS, _Arm(side=side, what="unseen"), _without_stalls(frozenset(), side))
    )
    apart = lambda one, two: {name: one[name] - two[name] for name in EFFECTS}  # noqa: E731
    effects = {KINDS[SEEN]: apart(usual, unseen), KINDS[PAUSE]: apart(unseen, without)}
    return Stalls(channels, np.stack(gain, axis=1), effects, usual)


def _own_and_enemy(measured: Measured, side: int) -> Measured:
    """Return what was measured from a side's point of view, each ``(world,)``."""
    enemy = 1 - side
    return {
        "own_worth": measured["worth"][side],
        "enemy_worth": measured["worth"][enemy],
        "own_aid": measured["aid"][side],
        "enemy_aid": measured["aid"][enemy],
        "own_area": measured["area"][side],
        "own_casualties": measured["casualties"][side],
        "enemy_casualties": measured["casualties"][enemy],
        **{name: measured[name] for name in ("months_of_war", "settled", "paused")},
    }
