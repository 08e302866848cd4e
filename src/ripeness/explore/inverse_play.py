"""Many sets of moves played at once: each in some of the same worlds, with the same luck.

No operation mixes worlds, and their luck is keyed by their number; so worlds of different sets can lie side
by side in one batch, and what becomes of a set is bitwise what becomes of it alone. A set is then a change
of values: a lever's as in a run, a term's by red lines that rule out every other level of its issue.

    bill of a patron = arms pledged until the world ends + months of a settlement in force x what the first
                       settlement costs the patron a month

Financial aid, and what a guarantor spends when it is called upon, are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from ripeness.bargaining.packages import Packages, enumerate_packages
from ripeness.explore.inverse_moves import Moves
from ripeness.outcomes import endings
from ripeness.outcomes.engine import LANES, Part, run_chunks
from ripeness.outcomes.prepare import prepared
from ripeness.outcomes.terms import first_in_force, patron_costs, terms_of
from ripeness.scenario.model import Scenario
from ripeness.scenario.paths import matching
from ripeness.types import SETTLEMENT, WAR, WEEKS_PER_MONTH, WEEKS_PER_YEAR
from ripeness.worlds.assemble import assemble
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds, draw_worlds, moved

BATCH: Final = 8 * LANES
"""Worlds played together; wide enough to keep a few cores busy, soon enough done to be interrupted."""

ALWAYS, NEVER = 2.0, -1.0
"""Chances of a red line above and below every draw."""

MONTHS_PER_STEP: Final = 12.0 * WEEKS_PER_MONTH / WEEKS_PER_YEAR
"""Calendar months in a month of four weeks."""

THOUSAND: Final = 1000.0


class Job(NamedTuple):
    """A set of moves, and the worlds in which it is to be played."""

    moves: Moves
    start: int
    stop: int


@dataclass(frozen=True)
class Course:
    """What became of some worlds.

    Attributes:
        holds: a settlement is in force at the horizon and none was ever broken.
        killed: on both sides, thousand soldiers, until the world ends.
        fought: months of war until then.
        bill: what each patron pays until then, bn EUR.
    """

    holds: Bool[np.ndarray, "world"]
    killed: Float[np.ndarray, "world"]
    fought: Float[np.ndarray, "world"]
    bill: Float[np.ndarray, "patron world"]

    @property
    def count(self) -> int:
        """Number of worlds."""
        return int(self.holds.shape[-1])

    def part(self, start: int, stop: int) -> Course:
        """Return the course of some of the worlds."""
        here = slice(start, stop)
        return Course(
            self.holds[here], self.killed[here], self.fought[here], self.bill[:, here]
        )  # fmt: skip

    def followed_by(self, more: Course) -> Course:
        """Return the course of these worlds and then of those."""
        join = lambda one, two: np.concatenate([one, two], axis=-1)  # noqa: E731
        return Course(
            join(self.holds, more.holds), join(self.killed, more.killed),
            join(self.fought, more.fought), join(self.bill, more.bill),
        )  # fmt: skip


class Stage:
    """Worlds in which sets of moves are played.

    Args:
        scenario: the war, levers that are already moved included.
        worlds: how many there are.
        seed: of the worlds.
        theory: decide by this theory only.
        anew: let sides that expect learn anew for each set (slow), instead of without the moves.
    """

    def __init__(
        self, scenario: Scenario, worlds: int, seed: int, theory: str | None, *, anew: bool = False
    ) -> None:
        bare = scenario.model_copy(update={"lever_values": {}})
        self.scenario = scenario
        self._anew = anew
        self._drawn = draw_worlds(bare, worlds, seed, theory=theory)
        self._families = _families(scenario, list(self._drawn.values))
        self._changed: dict[tuple[tuple[str, float], ...], dict[str, np.ndarray]] = {}
        self._values = dict(self._drawn.values)
        for settings in self._by_family(dict(scenario.lever_values)):
            self._values |= self._moved(settings)
        self._learnt: dict[Moves, Mapping[str, Bundle]] = {}

    def play(self, jobs: Sequence[Job]) -> Iterator[Course]:
        """Yield what becomes of each set in its worlds, in order."""
        batch: list[Job] = []
        for job in jobs:
            full = sum(each.stop - each.start for each in batch) + job.stop - job.start > BATCH
            if batch and (full or self._anew):
                yield from self._batch(batch)
                batch = []
            batch.append(job)
        if batch:
            yield from self._batch(batch)

    def _batch(self, jobs: list[Job]) -> Iterator[Course]:
        worlds = self._ensemble(jobs)
        packages = enumerate_packages(self.scenario, worlds)
        months = self.scenario.horizon_weeks // WEEKS_PER_MONTH
        # Narrow chunks of one width: whatever the batch, the same program runs it.
        parts = list(run_chunks(worlds, packages.table, months, chunk=LANES))
        course = _course(self.scenario, worlds, packages, parts)
        at = 0
        for job in jobs:
            yield course.part(at, at + job.stop - job.start)
            at += job.stop - job.start

    def _ensemble(self, jobs: list[Job]) -> Worlds:
        """Return the worlds of all jobs side by side."""
        places = np.concatenate([np.arange(job.start, job.stop) for job in jobs])
        values = {path: row[places] for path, row in self._values.items()}
        at = 0
        for job in jobs:
            here = slice(at, at + job.stop - job.start)
            levers = {each.name: float(each.setting) for each in job.moves if not each.term}
            for settings in self._by_family({**self.scenario.lever_values, **levers}):
                for path, row in self._moved(settings).items():
                    values[path][here] = row[job.start : job.stop]
            for path in self._closed(job.moves):
                values.setdefault(path, np.full(len(places), NEVER))[here] = ALWAYS
            at = here.stop
        drawn = self._drawn
        parameters = assemble(self.scenario, drawn.names, values, len(places))
        return replace(
            drawn, parameters=Bundle(parameters, **self._expectations(jobs[0].moves)),
            values=values, theory=drawn.theory[places], identity=drawn.identity[places],
        )  # fmt: skip

    def _by_family(self, levers: Mapping[str, float]) -> list[tuple[tuple[str, float], ...]]:
        """Return settings, those of levers that move the same numbers together, in their order."""
        found: dict[int, list[tuple[str, float]]] = {}
        for name, setting in levers.items():
            found.setdefault(self._families[name], []).append((name, setting))
        return [tuple(rows) for rows in found.values()]

    def _moved(self, settings: tuple[tuple[str, float], ...]) -> dict[str, np.ndarray]:
        """Return the values of all worlds that these levers move; kept, since they come again and again."""
        if settings not in self._changed:
            family = self._families[settings[0][0]]
            names = [name for name, each in self._families.items() if each == family]
            drawn = self._drawn.values
            paths = _paths(self.scenario, names, list(drawn))
            values = {path: drawn[path] for path in paths}
            for name, setting in settings:
                values = moved(self.scenario, self.scenario.levers[name], setting, values)
            self._changed[settings] = values
        return self._changed[settings]

    def _closed(self, moves: Moves) -> Iterator[str]:
        """Yield the red lines that leave of each issue only the level that any settlement must have."""
        side = self._drawn.names.sides[0]
        for move in moves:
            if move.term:
                for level in self.scenario.issues[move.name].levels:
                    if level != move.setting:
                        yield f"issues.{move.name}.levels.{level}.red_lines.{side}"

    def _expectations(self, moves: Moves) -> Mapping[str, Bundle]:
        """Return what sides that expect have learnt: without the moves, unless they learn anew."""
        key = tuple(each for each in moves if not each.term) if self._anew else ()
        if key not in self._learnt:
            levers = {each.name: float(each.setting) for each in key}
            war = self.scenario.with_levers(**levers)
            known = prepared(war, self._drawn, anew=self._anew)[0].parameters
            there = "expectations" in known
            self._learnt[key] = {"expectations": known.expectations} if there else {}
        return self._learnt[key]


def _families(scenario: Scenario, paths: list[str]) -> dict[str, int]:
    """Return for each lever which family it is of: levers of one move the same numbers, or share one."""
    family = dict(zip(scenario.levers, range(len(scenario.levers)), strict=True))
    owner: dict[str, str] = {}
    for name in scenario.levers:
        for path in _paths(scenario, [name], paths):
            other, own = family[owner.setdefault(path, name)], family[name]
            family = {each: other if number == own else number for each, number in family.items()}
    return family


def _paths(scenario: Scenario, names: Sequence[str], paths: list[str]) -> list[str]:
    """Return the numbers that some levers move."""
    effects = (effect for name in names for effect in scenario.levers[name].effects)
    return list(dict.fromkeys(path for each in effects for path in matching(each.parameter, paths)))


def _course(scenario: Scenario, worlds: Worlds, packages: Packages, parts: list[Part]) -> Course:
    """Return what became of the worlds."""
    month = lambda name: np.concatenate([part.months[name] for part in parts], axis=-1)  # noqa: E731
    talks = [part.final.diplomacy for part in parts]
    final = lambda rows: np.concatenate([np.asarray(row) for row in rows], axis=-1)  # noqa: E731
    ending = endings.ending_codes(
        final(part.final.ending.code for part in parts), final(each.regime for each in talks)
    )
    unbroken = final(each.broken_by for each in talks) < 0
    regime = month("regime").T
    line, point = first_in_force(regime, month("signed_line").T, month("signed_point").T)
    monthly = np.nan_to_num(
        patron_costs(scenario, worlds, packages, terms_of(line, point, packages))
    )
    in_force = (regime[:, 1:] == SETTLEMENT).sum(axis=1) * MONTHS_PER_STEP
    arms = final(part.final.aid.pledged_total for part in parts)
    there = len(scenario.patrons)
    return Course(
        holds=(ending == endings.SETTLED) & unbroken,
        killed=final(part.final.manpower.killed for part in parts).sum(axis=0) / THOUSAND,
        fought=(regime[:, 1:] == WAR).sum(axis=1) * MONTHS_PER_STEP,
        bill=(arms + monthly.T * in_force)[:there],
    )
