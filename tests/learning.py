"""A small war in which both sides learn: a few hundred worlds, played so many at a time as fit one program.

All tests of expectations use the scenario ``template`` and chunks of ``LANES`` worlds, so that the
programs, some forty seconds of compiling, are shared by all tests in a process and kept on disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from unittest import mock

from ripeness.bargaining.expectations import prepare, war_game
from ripeness.bargaining.expectations.prepare import Effort, game_of
from ripeness.bargaining.expectations.solver import Settings
from ripeness.bargaining.expectations.war_game import WarGame
from ripeness.outcomes.engine import LANES, keep_compiled_programs
from ripeness.scenario.load import load
from ripeness.scenario.model import Effect, Lever, Scenario

POOL = 2 * LANES
SEED = 3


@contextmanager
def narrow_chunks() -> Iterator[None]:
    """Play ``LANES`` worlds at a time."""
    keep_compiled_programs()
    with mock.patch.object(war_game, "CHUNK", LANES), mock.patch.object(prepare, "CHUNK", LANES):
        yield


@lru_cache
def template() -> Scenario:
    return load("template")


def sweeps(count: int) -> Settings:
    return replace(Effort().settings, sweeps=count, least=count)


def small_game(scenario: Scenario | None = None, *, seed: int = SEED, **more) -> WarGame:
    return game_of(scenario or template(), Effort(POOL, POOL, sweeps(4)), seed, **more)


def with_lever(scenario: Scenario, parameter: str, operation: str, setting: float) -> Scenario:
    """Return the scenario with a lever of its own added and moved; sides know of it as of any other."""
    effect = Effect.model_validate({"parameter": parameter, "operation": operation})
    lever = Lever(
        label="Test", group="Test", unit="-", minimum=-1e9, default=None, maximum=1e9,
        effects=[effect],
    )  # fmt: skip
    return scenario.model_copy(
        update={
            "levers": {**scenario.levers, "of_the_test": lever},
            "lever_values": {**scenario.lever_values, "of_the_test": setting},
        }
    )
