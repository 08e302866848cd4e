"""The contract of a kind of claim, and the registry of kinds.

A kind is one file in this folder. It says which fields its test has (a model built on
``Definition``), which settings of levers it needs, and in which worlds the claim can be tested
and holds. Counting, intervals, verdicts and words are the same for all kinds (``evaluate.py``). A
kind whose claim is about all worlds together (a value, a share against a bound) also says how to
measure that number; it then decides, and the count stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import numpy as np
import xarray as xr

from ripeness.claims.language import Definition, Move
from ripeness.claims.verdict import Measured
from ripeness.registry import Registry

Settings = Mapping[str, float]
"""Levers and their values; empty for the run as it is."""

Compare = Callable[[dict[str, float]], xr.Dataset]
"""Runs the same worlds, with the same luck, with these levers moved."""


class LeversNotMoved(Exception):
    """The caller gave no way to run the same worlds with levers moved."""


@dataclass(frozen=True)
class Runs:
    """A run, and the same worlds with levers moved.

    Attributes:
        data: the run as it is.
        compare: runs the same worlds, with the same luck, with these levers moved.
    """

    data: xr.Dataset
    compare: Compare | None = None
    _kept: dict[tuple[tuple[str, float], ...], xr.Dataset] = field(default_factory=dict)

    def moved(self, settings: Settings) -> xr.Dataset:
        """Return the run with these levers moved; every setting is run once.

        Raises:
            LeversNotMoved: if levers cannot be moved here.
            ValueError: if what comes back are not the same worlds.
        """
        if not settings:
            return self.data
        if self.compare is None:
            raise LeversNotMoved
        key = key_of(settings)
        if key not in self._kept:
            data = self.compare(dict(settings))
            if not np.array_equal(data["world"].values, self.data["world"].values):
                message = f"`compare` must run the same worlds, but did not with {dict(settings)}"
                raise ValueError(message)
            self._kept[key] = data
        return self._kept[key]

    def forget(self, settings: Settings) -> None:
        """Let go of a run with levers moved: no claim needs it any more."""
        self._kept.pop(key_of(settings), None)


def key_of(settings: Settings) -> tuple[tuple[str, float], ...]:
    """Return settings in a form that can be looked up."""
    return tuple(sorted(settings.items()))


@dataclass(frozen=True)
class Trial:
    """What a test finds, world by world.

    Attributes:
        tested: ``(world,)`` whether the claim can be tested there.
        holds: ``(world,)`` whether it holds; False where it is not tested.
        worlds: what the tested worlds are called, with the word "worlds" first.
        holds_word: the verb for a world in which the claim holds.
        details: further numbers, by name.
        remarks: further sentences.
        doubt: why a claim that comes out as supported still only depends; a sentence.
        comparable: ``(world,)`` worlds that levers could have reached, for kinds in which they are
            tested only where they make a difference; None for others.
        untested: why it cannot be tested at all, if it cannot; ends with a full stop.
        measure: the number that decides, over those of the worlds flagged in its argument
            ``(world,)`` in which it is known; None for kinds that are decided by the count of worlds.
    """

    tested: np.ndarray
    holds: np.ndarray
    worlds: str = "worlds"
    holds_word: str = "holds"
    details: Mapping[str, Any] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    doubt: str = ""
    untested: str = ""
    comparable: np.ndarray | None = None
    measure: Callable[[np.ndarray], Measured] | None = None


_CLAUSE_WORDS: Final = ("which", "that", "with", "without")


def named(test: Definition, worlds: str = "worlds") -> str:
    """Return what the tested worlds are called, the narrowing of the claim included."""
    if not test.among:
        return worlds
    joined = "and " if any(word in worlds.split() for word in _CLAUSE_WORDS) else ""
    return f"{worlds} {joined}to which the claim applies"


def no_trial(data: xr.Dataset, why: str) -> Trial:
    """Return the trial of a claim that this run cannot test."""
    nowhere = np.zeros(int(data.sizes["world"]), dtype=bool)
    return Trial(nowhere, nowhere, untested=why)


class Kind(Protocol):
    """A kind of claim."""

    @property
    def model(self) -> type[Definition]:
        """Fields of the test."""
        ...

    def settings(self, test: Any) -> tuple[Settings, ...]:
        """Return the settings of levers at which the test looks at the same worlds."""
        ...

    def trial(self, test: Any, runs: Runs) -> Trial:
        """Test a claim in every world."""
        ...


class WithoutLevers:
    """Base of kinds that look at one run only."""

    def settings(self, test: Definition) -> tuple[Settings, ...]:
        """Return nothing: no lever is moved."""
        del test
        return ()


def settings_of(moves: Sequence[Move]) -> tuple[Settings, Settings]:
    """Return the settings of the levers before and after a move."""
    before = {move.lever: move.from_value for move in moves if move.from_value is not None}
    after = {move.lever: move.to_value for move in moves if move.to_value is not None}
    return before, after


KINDS: Registry[Kind] = Registry("kind of claim")
