"""The work behind ``ripeness explain``: ensembles played, split, told and written up."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ripeness.errors import InputError, bad_input

if TYPE_CHECKING:
    import xarray as xr

    from ripeness.scenario.model import Scenario
    from ripeness.worlds.draw import Worlds

Progress = Callable[[int, int, str], None]

PAGE = "explained.html"


@dataclass(frozen=True)
class Request:
    """What is to be explained.

    Attributes:
        scenario: the war, levers moved.
        given: its name or file, as the user gave it.
        worlds: number of worlds.
        seed: any integer.
        theory: one theory of ending for all worlds, or None.
        record: outcomes of a run, which a replay must meet bit for bit; None if there is none.
    """

    scenario: Scenario
    given: str
    worlds: int
    seed: int
    theory: str | None
    record: xr.Dataset | None = None

    def draw(self) -> Worlds:
        """Return the worlds, ready to run."""
        from ripeness.outcomes.prepare import prepared
        from ripeness.worlds.draw import draw_worlds

        drawn = draw_worlds(self.scenario, self.worlds, self.seed, theory=self.theory)
        return prepared(self.scenario, drawn)[0]

    def command(self, world: int | None = None) -> str:
        """Return the command that gives the explanation again."""
        values = {
            name: f"{value!r}".removesuffix(".0")
            for name, value in self.scenario.lever_values.items()
        }
        levers = "".join(f" --lever {name}={value}" for name, value in values.items())
        rival = f" --theory {self.theory}" if self.theory else ""
        one = "" if world is None else f" --world {world}"
        numbers = f" --worlds {self.worlds} --seed {self.seed}"
        return f"ripeness explain {shlex.quote(self.given)}{one}{numbers}{levers}{rival}"


def of_run(folder: Path) -> Request:
    """Return what the run in a folder was made from.

    Raises:
        InputError: if the folder holds no readable run, or its scenario is not what it was.
    """
    from ripeness.brief.reading import read_run
    from ripeness.outcomes.run import scenario_digest
    from ripeness.scenario.load import load

    run = read_run(folder)
    manifest = run.manifest
    try:
        given = _given(manifest)
        theories = [str(name) for name in manifest["theories"]]
        levers = {str(name): float(value) for name, value in dict(manifest["levers"]).items()}
        worlds, seed = (
            int(manifest.get("worlds_asked") or manifest["worlds"]),
            int(manifest["seed"]),
        )
        digest = str(manifest["scenario_digest"])
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise bad_input(
            str(folder / "manifest.json"), f"It does not say what was run: {error!r}.",
            "Run the scenario again.",
        ) from error  # fmt: skip
    try:
        scenario = load(given).with_levers(**levers)
    except InputError as error:
        raise _not_as_it_was(
            folder, given, f"it cannot be read ({error.problems[0].what})"
        ) from error
    if scenario_digest(scenario) != digest:
        raise _not_as_it_was(
            folder, given, "it has changed since, or this version reads it otherwise"
        )
    theory = theories[0] if len(theories) == 1 else None
    return Request(scenario, given, worlds, seed, theory, run.data)


def _given(manifest: Mapping[str, Any]) -> str:
    """Return the scenario's name or file, as the user gave it to the run."""
    lines = manifest.get("reproduce")
    return shlex.split(lines[0])[2] if lines else str(manifest["name"])


def _not_as_it_was(folder: Path, given: str, why: str) -> InputError:
    return bad_input(
        str(folder), f"The scenario of this run, {given}, is not as it was: {why}.",
        "Start from the folder in which the run was made, or run the scenario again.",
    )  # fmt: skip


def explain_scenario(
    request: Request, folder: Path, progress: Progress
) -> tuple[str, dict[str, Any]]:
    """Explain why there is no deal and who would gain from delay; write the page.

    Returns:
        The answer as text and as data.
    """
    from ripeness.bargaining.packages import enumerate_packages
    from ripeness.brief.explained import write_explanation
    from ripeness.cli.explained_war import answer, findings, page_of
    from ripeness.explore.decompose import decompose, runner
    from ripeness.explore.delay import delay_of
    from ripeness.explore.ensemble import run_worlds, undecided
    from ripeness.explore.foresight import foresight_of
    from ripeness.explore.frictions import FRICTIONS
    from ripeness.explore.learning import learning_without

    worlds = request.draw()
    report = lambda done, total: progress(done, total, "sets of frictions")  # noqa: E731
    again = learning_without(request.scenario, worlds, request.seed)
    split = decompose(runner(request.scenario, worlds, again), list(FRICTIONS), report)
    packages = enumerate_packages(request.scenario, worlds)
    data = run_worlds(request.scenario, undecided(worlds), packages)
    found = findings(
        request.scenario, worlds, split,
        delay_of(data, worlds, packages.table), foresight_of(data, worlds),
    )  # fmt: skip
    explanation = page_of(found, request.command())
    page = write_explanation(explanation, folder / PAGE)
    return answer(found, page), {**found.as_mapping(), "page": page}


def explain_world(request: Request, world: int, folder: Path) -> tuple[str, dict[str, Any]]:
    """Tell the story of one world; write the page.

    Returns:
        The answer as text and as data.
    """
    from ripeness.brief.explained import write_explanation
    from ripeness.cli.explained_world import answer, page_of
    from ripeness.explore.replay import replay
    from ripeness.explore.story import tell
    from ripeness.explore.telling import as_mapping

    played = replay(request.scenario, request.draw(), world)
    if request.record is not None:
        _check_against(request.record, world, np.asarray(played.states.front.area)[:, 0])
    story = tell(played)
    explanation = page_of(story, request.scenario.title, request.worlds, request.command(world))
    page = write_explanation(explanation, folder / f"world_{world}.html")
    return answer(explanation, page), {**as_mapping(story), "page": page}


def _check_against(record: xr.Dataset, world: int, area: np.ndarray) -> None:
    """Check that the world played again is the one in the run.

    Raises:
        InputError: if it is not there, or went otherwise.
    """
    if world not in record["world"].values:
        raise bad_input(
            f"--world {world}", f"the run was stopped after {record.sizes['world']:,} worlds.",
            "Name one of those that it finished.",
        )  # fmt: skip
    recorded = record["area_held"].sel(world=world).values[:, 0]
    if not np.array_equal(recorded, area):
        raise bad_input(
            f"--world {world}", "played again, this world goes otherwise than in the run.",
            "The run was made by another version or on another kind of machine: run it again.",
        )  # fmt: skip
