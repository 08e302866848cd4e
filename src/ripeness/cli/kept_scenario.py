"""The scenario of a run that is kept, and what to do where this version of the program cannot read it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ripeness.errors import InputError, Problem, bad_input

if TYPE_CHECKING:
    from ripeness.scenario.model import Scenario

NAMED: Final = 4
"""Missing keys that are named; of more, how many there are."""


def scenario_of_run(folder: Path, manifest: Mapping[str, Any]) -> Scenario:
    """Return the scenario of a run: from its folder, or, in older runs, by its name.

    Raises:
        InputError: if it cannot be read, or is not what the run was made from.
    """
    from ripeness.cli.explaining import of_run
    from ripeness.outcomes.folder import SCENARIO
    from ripeness.outcomes.run import scenario_digest
    from ripeness.scenario.load import load

    file = folder / SCENARIO
    if not file.is_file():
        return of_run(folder).scenario
    try:
        scenario = load(file)
    except InputError as error:
        raise _unreadable(file, error, again(folder, manifest)) from error
    if scenario_digest(scenario) != manifest.get("scenario_digest"):
        what = "This is not the scenario that the run in this folder was made from."
        if _made_by_another(manifest):
            what = (
                "Another version of the program made this run, and this one reads the scenario kept with it "
                "otherwise: something was added or changed since."
            )
        raise bad_input(str(file), what, again(folder, manifest))
    return scenario


def again(folder: Path, manifest: Mapping[str, Any]) -> str:
    """Say how to make a run again, with the command that made it if the run records one."""
    recorded = manifest.get("reproduce")
    first = recorded[0] if isinstance(recorded, list) and recorded else None
    made = str(first) if str(first).startswith("ripeness run ") else "ripeness run SCENARIO"
    return f"Run it again with this version: `{made} --out {shlex.quote(str(folder))} --force`."


def _unreadable(file: Path, error: InputError, remedy: str) -> InputError:
    """Say once, however many keys it is, why a kept scenario cannot be read."""
    missing = [_key(each) for each in error.problems if "is missing" in each.what]
    first = error.problems[0]
    if len(missing) < len(error.problems):
        return bad_input(
            first.where,
            "This version of the program cannot read the scenario that is kept with the run, perhaps "
            f"because another version made it: {first.what}",
            remedy,
        )
    return bad_input(
        first.where if len(missing) == 1 else str(file),
        "An older version of the program made this run: the scenario kept with it lacks what this one needs, "
        f"{_listed(missing)}. The verdicts found then are still in its brief.",
        remedy,
    )


def _key(problem: Problem) -> str:
    """Return the path of a missing key: where it should stand, without file and line."""
    return problem.where.split()[-1]


def _listed(keys: Sequence[str]) -> str:
    told = ", ".join(keys[:NAMED])
    return told if len(keys) <= NAMED else f"{told} and {len(keys) - NAMED} more"


def _made_by_another(manifest: Mapping[str, Any]) -> bool:
    """Return whether the files that read scenarios were others when the run was made."""
    from ripeness.outcomes.stamp import stamp

    made_by = manifest.get("program")
    return isinstance(made_by, Mapping) and made_by.get("scenario") != stamp()["scenario"]
