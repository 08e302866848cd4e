"""A stage on which peace holds as a rule says: what an inverse search should find is known."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from unittest import mock

import numpy as np

from ripeness.explore import inverse
from ripeness.explore.inverse_play import Course

Rule = Callable[[frozenset, bool], float]
"""From the moves of a set, and whether the worlds are fresh, to the share in which peace holds."""


class PlantedStage:
    """Plays a rule: every world has its luck, the same for all sets; a part of it is the set's own.

    Args:
        rule: the share of worlds in which peace holds with a set.
        worlds: how many there are.
        fresh: whether they are those that confirm.
        own: share of the worlds whose luck is the set's own.
        killed: thousand soldiers killed with a set.
        stop_after: jobs after which the user presses Ctrl-C.
    """

    def __init__(self, rule, worlds, fresh, own=0.0, killed=None, stop_after=None):
        self.rule, self.fresh, self.own, self.stop_after = rule, fresh, own, stop_after
        self.killed = killed or (lambda moves: 100.0)
        luck = np.random.default_rng(7 + fresh)
        self.luck = luck.permutation((np.arange(worlds) + 0.5) / worlds)
        self.jobs = []

    def play(self, jobs):
        for job in jobs:
            if self.stop_after is not None and len(self.jobs) >= self.stop_after:
                raise KeyboardInterrupt
            self.jobs.append(job)
            luck = self.luck.copy()
            if self.own:
                word = hashlib.sha256(f"{self.fresh} {job.moves}".encode()).digest()
                lot = np.random.default_rng(list(word))
                own = lot.random(len(luck)) < self.own
                luck[own] = lot.random(int(own.sum()))
            part = slice(job.start, job.stop)
            holds = luck[part] < self.rule(frozenset(job.moves), self.fresh)
            nothing = np.zeros(len(holds))
            killed = nothing + self.killed(frozenset(job.moves))
            yield Course(holds, killed, nothing, np.zeros((64, len(holds))))


def planted(rule: Rule, **more):
    """Replace the stage of the search by one that plays a rule; yields the stages that are made."""
    made = []

    def stage(scenario, worlds, seed, theory, *, anew=False):
        made.append(PlantedStage(rule, worlds, seed > inverse.FRESH_SEED, **more))
        return made[-1]

    patch = mock.patch.object(inverse, "Stage", stage)
    patch.stages = made
    return patch


def names_of(moves):
    return {move.name for move in moves}
