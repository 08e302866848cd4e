"""The same worlds with the same luck under rival theories, and again with other luck.

Worlds are drawn once, and what can be signed in them is found once. Then every theory decides all of them,
in every play: plays differ in luck only, and luck is keyed by world and play but not by theory. One compiled
program serves all theories and plays. A theory that must learn first does so once, before all plays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ripeness.bargaining.packages import Packages, enumerate_packages
from ripeness.bargaining.play import theories_of
from ripeness.bargaining.strategy import STRATEGIES
from ripeness.errors import bad_input
from ripeness.explore.ensemble import run_worlds
from ripeness.explore.measures import MEASURES
from ripeness.explore.spread import FEWEST_PLAYS, FEWEST_WORLDS
from ripeness.explore.standing import standing_of
from ripeness.outcomes.prepare import prepared
from ripeness.scenario.model import Scenario
from ripeness.worlds.draw import Worlds, draw_worlds

Progress = Callable[[int, int], None]

FEWEST_THEORIES = 2


@dataclass(frozen=True)
class Rivals:
    """What became of the same worlds under each theory.

    Attributes:
        scenario: the war.
        theories: their names.
        values: path of each number that is a range, and name of each thing in ``STANDINGS`` ->
            ``(world,)`` its value in each world.
        endings: names of the endings.
        ending: ``(theory, play, world)`` place of each ending among them.
        outcomes: name of each measure -> ``(part, theory, play, world)``.
        seed: of the worlds.
        learnt: how the learning of a theory that must learn first went; empty if none must.
    """

    scenario: Scenario
    theories: tuple[str, ...]
    values: dict[str, np.ndarray]
    endings: tuple[str, ...]
    ending: np.ndarray
    outcomes: dict[str, np.ndarray]
    seed: int
    learnt: dict[str, object]

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return int(self.ending.shape[2])

    @property
    def plays(self) -> int:
        """How often each world was played."""
        return int(self.ending.shape[1])

    @property
    def labels(self) -> tuple[str, ...]:
        """What the theories are called."""
        return tuple(theory.label for theory in theories_of(self.theories))


def play_rivals(
    scenario: Scenario,
    theories: Sequence[str] | None = None,
    worlds: int = 1024,
    seed: int = 1,
    *,
    plays: int = FEWEST_PLAYS,
    progress: Progress | None = None,
    learning: Progress | None = None,
) -> Rivals:
    """Play the same worlds under each theory.

    Args:
        scenario: the war, with its levers where they are wanted.
        theories: their names, listed by the scenario or not; None takes all that are registered.
        worlds: number of worlds.
        seed: any integer.
        plays: how often each world is played, each time with other luck; luck cannot be told from
            ranges with one.
        progress: called with (worlds done, worlds in all, theories and plays multiplied out).
        learning: called with (sweeps done, sweeps at most) where a theory must learn first.

    Returns:
        What became of them.

    Raises:
        InputError: if a theory is unknown, there are fewer than two, or a number is out of range.
    """
    names = chosen(theories)
    if plays < FEWEST_PLAYS:
        raise bad_input(
            "plays", f"must be {FEWEST_PLAYS} or more, but is {plays}.",
            "With one play luck cannot be told from ranges.",
        )  # fmt: skip
    if worlds < FEWEST_WORLDS:
        raise bad_input(
            "worlds", f"must be {FEWEST_WORLDS} or more, but is {worlds}.",
            "With one world there is no spread over worlds; 1024 is usual.",
        )  # fmt: skip
    drawn = draw_worlds(scenario, worlds, seed).decided_by(names, 0)
    drawn, learnt = prepared(scenario, drawn, progress=learning)
    packages = enumerate_packages(scenario, drawn)
    found: dict[tuple[int, int], dict[str, np.ndarray]] = {}
    jobs = [(place, play) for place in range(len(names)) for play in range(plays)]
    endings: tuple[str, ...] = ()
    for done, (place, play) in enumerate(jobs, start=1):
        again = drawn.decided_by(names, place).played_again(play)
        data = run_worlds(scenario, again, packages)
        endings = tuple(data["ending"].attrs["flag_meanings"])
        found[place, play] = {name: each.of(data) for name, each in MEASURES.items()}
        if progress is not None:
            progress(done * worlds, len(jobs) * worlds)
    outcomes = {
        name: np.array(
            [[found[place, play][name] for play in range(plays)] for place in range(len(names))]
        )
        for name in MEASURES
    }
    outcomes = {name: np.moveaxis(values, 2, 0) for name, values in outcomes.items()}
    ending = outcomes["ending"].argmax(axis=0).astype(np.int8)
    known = _known(drawn, packages)
    return Rivals(scenario, names, known, endings, ending, outcomes, seed, learnt)


def chosen(theories: Sequence[str] | None) -> tuple[str, ...]:
    """Return the names of the theories to compare, each once.

    Raises:
        InputError: if one is unknown or there are fewer than two.
    """
    names = tuple(dict.fromkeys(theories)) if theories is not None else tuple(STRATEGIES)
    known = f"Known: {', '.join(STRATEGIES)}."
    for name in names:
        if name not in STRATEGIES:
            raise bad_input("theories", f"there is no theory `{name}`.", known)
    if len(names) < FEWEST_THEORIES:
        raise bad_input("theories", "a comparison needs at least two different ones.", known)
    return names


def _known(worlds: Worlds, packages: Packages) -> dict[str, np.ndarray]:
    """Return what differs between worlds at their start."""
    everything = {**worlds.values, **standing_of(worlds, packages)}
    return {path: value for path, value in everything.items() if np.ptp(value) > 0}
