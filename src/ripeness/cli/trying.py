"""Claims tried on a run: in memory, from a folder, or of a scenario that is run for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ripeness.errors import InputError, Problem, bad_input

if TYPE_CHECKING:
    import xarray as xr

    from ripeness.bargaining.expectations.prepare import Learnt
    from ripeness.claims.board import Board, Finder
    from ripeness.claims.evaluate import Evaluation
    from ripeness.claims.language import Claim
    from ripeness.outcomes.store import Outcomes
    from ripeness.scenario.model import Scenario

Progress = Callable[[int, int, str], None]

PAIRED = 2048
"""Levers are moved in so many worlds at most: a claim that needs five settings would else take minutes."""

FOUND = ("where", "cruxes", "together", "learnt")
"""What a run's board holds besides verdicts."""

_SAME = ("regime", "area_held")
"""Variables that differ where two runs of the same worlds went apart at all."""


@dataclass(frozen=True)
class Subject:
    """A run that claims are tried on.

    Attributes:
        scenario: the war, levers moved.
        outcomes: what became of its worlds.
        asked: worlds drawn; more than there are if the run was stopped.
        theory: one theory of ending for all worlds, or None.
        learnt: what both sides have learnt, if it was given in a file.
        folder: where the run is kept; None if it was made for this.
        fresh: the same worlds played by this version of the program, where a kept run was made by another.
        problems: what the reader should know of it.
    """

    scenario: Scenario
    outcomes: Outcomes
    asked: int
    theory: str | None
    learnt: Learnt | None = None
    folder: Path | None = None
    fresh: xr.Dataset | None = None
    problems: tuple[Problem, ...] = field(default=())

    @property
    def paired(self) -> int:
        """Worlds in which levers are moved: the first so many."""
        return min(self.outcomes.worlds, PAIRED)

    def compare(self, claims: Iterable[Claim], progress: Progress) -> Callable[..., xr.Dataset]:
        """Return what plays the first worlds again with the same luck and levers moved."""
        from ripeness.claims.evaluate import needed_settings

        total, done = len(needed_settings(claims)), 0

        def compare(levers: dict[str, float]) -> xr.Dataset:
            nonlocal done
            data = self.played(self.paired, levers)
            done += 1
            progress(done, total, "settings of levers")
            return data

        return compare

    def played(self, worlds: int, levers: Mapping[str, float] | None = None) -> xr.Dataset:
        """Return the first of these worlds played again, with levers moved if any."""
        from ripeness.explore.ensemble import run_worlds
        from ripeness.outcomes.prepare import prepared
        from ripeness.worlds.draw import draw_worlds

        scenario = self.scenario.with_levers(**(levers or {}))
        seed = int(self.outcomes.manifest["seed"])
        drawn = draw_worlds(scenario, self.asked, seed, theory=self.theory)
        ready, _ = prepared(scenario, drawn, learnt=self.expectations)
        return run_worlds(scenario, ready.first(worlds))

    @cached_property
    def expectations(self) -> Learnt | None:
        """What both sides have learnt in the run as it is: in moved runs they act on the same."""
        from ripeness.bargaining.expectations import library
        from ripeness.bargaining.strategies.expectations import Expectations

        if self.learnt is not None or Expectations.name not in (
            self.theory,
            *self.scenario.theories,
        ):
            return self.learnt
        return library.kept_for(self.scenario)


def try_claims(subject: Subject, claims: Sequence[Claim], progress: Progress) -> list[Evaluation]:
    """Return what becomes of claims, in their order."""
    from ripeness.claims.evaluate import evaluated, needed_settings

    compare = subject.compare(claims, progress)
    if subject.fresh is None:
        return evaluated(claims, subject.outcomes.data, compare, paired=subject.paired)
    # Moved and unmoved runs must come from the same version of the program.
    moving = {claim.id for claim in claims if needed_settings([claim])}
    still = evaluated([each for each in claims if each.id not in moving], subject.outcomes.data)
    moved = evaluated(
        [each for each in claims if each.id in moving],
        subject.fresh,
        compare,
        paired=subject.paired,
    )
    found = {each.verdict.id: each for each in (*still, *moved)}
    return [found[claim.id] for claim in claims]


def subject_of_run(folder: Path, progress: Progress) -> Subject:
    """Return the run in a folder, played again if another version of the program made it.

    Raises:
        InputError: if it holds no readable run, or its scenario is not what it was.
    """
    return by_this_version(kept_subject(folder), progress)


def kept_subject(folder: Path) -> Subject:
    """Return the run in a folder as it is.

    Raises:
        InputError: if it holds no readable run, or its scenario is not what it was.
    """
    from ripeness.brief.reading import read_run
    from ripeness.cli.kept_scenario import scenario_of_run
    from ripeness.outcomes.store import Outcomes

    run = read_run(folder)
    manifest = dict(run.manifest)
    scenario = scenario_of_run(folder, manifest)
    try:
        theories = [str(name) for name in manifest["theories"]]
        asked = int(manifest.get("worlds_asked") or manifest["worlds"])
        int(manifest["seed"])
    except (KeyError, TypeError, ValueError) as error:
        raise bad_input(
            str(folder / "manifest.json"), f"It does not say what was run: {error!r}.",
            "Run the scenario again.",
        ) from error  # fmt: skip
    theory = theories[0] if len(theories) == 1 < len(scenario.theories) else None
    return Subject(scenario, Outcomes(run.data, manifest), asked, theory, folder=folder)


def by_this_version(subject: Subject, progress: Progress) -> Subject:
    """Play the worlds again if another version made the run, so that moved levers are compared with like."""
    from ripeness.outcomes.stamp import SIMULATION, stamp

    made_by, now = subject.outcomes.manifest.get("program") or {}, stamp()
    if all(made_by.get(room) == now[room] for room in SIMULATION):
        return subject
    progress(0, 1, "worlds again")
    again = subject.played(subject.outcomes.worlds)
    progress(1, 1, "worlds again")
    if all(_same(subject.outcomes.data, again, name) for name in _SAME):
        return subject
    problem = Problem(
        "warning", str(subject.folder),
        "Another version of the program made this run; played again, its worlds go otherwise.",
        "Claims about levers are tried on the worlds played again, all others on the run as it is. "
        "Run the scenario again to have one version throughout.",
    )  # fmt: skip
    return replace(subject, fresh=again, problems=(problem,))


def _same(one: xr.Dataset, other: xr.Dataset, name: str) -> bool:
    return name in one and name in other and np.array_equal(one[name], other[name], equal_nan=True)


def subject_of_scenario(
    given: str, worlds: int, seed: int, theory: str | None, levers: Mapping[str, float],
    progress: Progress,
) -> Subject:  # fmt: skip
    """Run a scenario for its claims; nothing is written."""
    from ripeness.explore.guarantee_run import with_guarantees_tried
    from ripeness.outcomes.run import run
    from ripeness.outcomes.stamp import stamp
    from ripeness.scenario.load import load

    scenario = load(given).with_levers(**levers)
    outcomes = run(
        scenario, worlds, seed, theory=theory, anew=True,
        progress=lambda done, total: progress(done, total, "worlds"),
        learning=lambda done, total: progress(done, total, "sweeps of learning"),
    )  # fmt: skip
    outcomes.manifest["program"] = dict(stamp())
    outcomes = with_guarantees_tried(
        scenario, outcomes, theory=theory, anew=True,
        progress=lambda done, total: progress(done, total, "steps with guarantees"),
    )  # fmt: skip
    return Subject(scenario, outcomes, worlds, theory)


def redrawn(subject: Subject, seed: int, progress: Progress) -> Subject:
    """Return the same war in worlds drawn with another seed; nothing is written."""
    from ripeness.explore.guarantee_run import with_guarantees_tried
    from ripeness.outcomes.run import run

    outcomes = run(
        subject.scenario, subject.asked, seed, theory=subject.theory, learnt=subject.expectations,
        progress=lambda done, total: progress(done, total, f"worlds of seed {seed}"),
    )  # fmt: skip
    outcomes = with_guarantees_tried(
        subject.scenario, outcomes, theory=subject.theory, learnt=subject.expectations,
        progress=lambda done, total: progress(done, total, "steps with guarantees"),
    )  # fmt: skip
    return Subject(subject.scenario, outcomes, subject.asked, subject.theory, subject.learnt)


def board_for(
    subject: Subject,
    claims: Sequence[Claim],
    evaluations: Sequence[Evaluation],
    wanted: Iterable[str],
    progress: Progress,
) -> tuple[Board, list[Problem]]:
    """Return the board, and why something on it could not be found."""
    from ripeness.claims.board import board_of
    from ripeness.claims.evaluate import needed_settings

    finder, problems = _finder(subject, tuple(wanted), progress)
    board = board_of(claims, evaluations, finder)
    if subject.paired < subject.outcomes.worlds and any(needed_settings([each]) for each in claims):
        board = replace(board, paired=subject.paired)
    return board, problems


def _finder(
    subject: Subject, wanted: tuple[str, ...], progress: Progress
) -> tuple[Finder | None, list[Problem]]:
    if not wanted:
        return None, []
    from ripeness.claims.board import Finder
    from ripeness.claims.discovery import features_of_run

    try:
        features = features_of_run(subject.scenario, subject.outcomes)
    except InputError as error:
        first = error.problems[0]
        what = f"Where claims hold, and what decides between them, cannot be told: {first.what}"
        return None, [Problem("warning", first.where, what, first.remedy)]
    if not features:
        what = "Where claims hold, and what decides between them, cannot be told: all worlds are alike."
        return None, [Problem("warning", "worlds", what, "Run more worlds.")]
    report = lambda done, total: progress(done, total, "where claims hold")  # noqa: E731
    return Finder(features, wanted, report, subject.outcomes.data), []
