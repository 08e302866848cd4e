"""``ripeness claims --against``: which verdicts differ from those of another run, and what moved them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.errors import InputError, Problem, bad_input

if TYPE_CHECKING:
    from ripeness.claims.attribution import Part, Setting, Standing
    from ripeness.claims.changed import Change
    from ripeness.claims.drift import Shift
    from ripeness.claims.language import Claim
    from ripeness.cli.trying import Subject
    from ripeness.scenario.model import Scenario

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Drift:
    """How the verdicts of a run differ from those of an earlier one.

    Attributes:
        earlier: folder of the earlier run.
        compared: claims that both runs have.
        shifts: claims whose verdicts differ.
        changes: what differs between the runs.
        parts: id -> what each change does to a claim; None if they cannot be told apart.
        why_not: why they cannot; empty if they can.
    """

    earlier: Path
    compared: int
    shifts: tuple[Shift, ...]
    changes: tuple[Change, ...]
    parts: Mapping[str, tuple[Part, ...]] | None
    why_not: str = ""

    def as_mapping(self) -> dict[str, Any]:
        """Return it made of JSON's own types."""
        parts = self.parts or {}
        return {
            "earlier": str(self.earlier),
            "compared": self.compared,
            "moved": [
                {
                    **shift.as_mapping(),
                    "parts": [each.as_mapping() for each in parts.get(shift.id, ())],
                }
                for shift in self.shifts
            ],
            "changes": [change.as_mapping() for change in self.changes],
            "not_attributed": self.why_not,
        }


def drift_of(
    folder: Path,
    subject: Subject,
    claims: Sequence[Claim],
    verdicts: Sequence[Mapping[str, Any]],
    progress: Progress,
) -> tuple[Drift, list[Problem]]:
    """Compare verdicts with those of an earlier run.

    Args:
        folder: of the earlier run.
        subject: the later run.
        claims: those that were tried on it.
        verdicts: what became of them.
        progress: called with (done, of, label).

    Raises:
        InputError: if the folder holds no run, or one of another war.
    """
    from ripeness.brief.reading import read_run
    from ripeness.claims.changed import changes, digests_of
    from ripeness.claims.drift import shifts

    run = read_run(folder)
    _check_war(folder, run.data["side"].values.tolist(), subject.scenario.sides)
    earlier, why_not = _earlier(folder, progress)
    wanted = {claim.id for claim in claims}
    problems: list[Problem] = []
    if run.claims is None:
        stored, problem = _tried_now(folder, earlier, why_not, claims, progress)
        problems.append(problem)
    else:
        stored = [each for each in run.claims if each.get("id") in wanted]
    later = dict(subject.outcomes.manifest) | {"claims": digests_of(claims)}
    before = dict(run.manifest)
    if run.claims is None:  # tried a moment ago, by the same program
        before |= {"claims": later["claims"]}
    trees = None if earlier is None else (_tree(earlier), _tree(subject))
    differing, shifted = changes(before, later, trees), shifts(stored, verdicts)
    names = [shift.id for shift in shifted if shift.how in ("flipped", "shifted")]
    differing = tuple(each for each in differing if each.what != "claim" or each.path in names)
    parts = None
    if names:
        standings = _standings(stored), _standings(verdicts)
        parts = _parts(names, standings, (earlier, subject), differing, claims, progress)
    both = len(wanted & {str(each.get("id")) for each in stored})
    unknown = why_not if names and parts is None else ""
    return Drift(folder, both, shifted, differing, parts, unknown), problems


def _check_war(folder: Path, sides: Sequence[Any], ours: Sequence[str]) -> None:
    theirs = [str(side) for side in sides]
    if set(theirs) != set(ours):
        raise bad_input(
            f"--against {folder}",
            f"This is a run of another war: {' and '.join(theirs)}, not {' and '.join(ours)}.",
            "Give the folder of an earlier run of the same war.",
        )


def _earlier(folder: Path, progress: Progress) -> tuple[Subject | None, str]:
    """Return the earlier run as one that can be played again, or why it cannot."""
    from ripeness.cli.trying import kept_subject

    try:
        return kept_subject(folder), ""
    except InputError as error:
        return None, error.problems[0].what


def _tried_now(
    folder: Path, earlier: Subject | None, why_not: str, claims: Sequence[Claim], progress: Progress
) -> tuple[list[dict[str, Any]], Problem]:
    """Try the claims on an earlier run that was stopped before it tried them."""
    from ripeness.cli.trying import by_this_version, try_claims

    if earlier is None:
        raise bad_input(
            f"--against {folder}",
            f"This run was stopped before its claims were tried, and they cannot be tried now: {why_not}",
            "Give a finished run.",
        )
    tried = try_claims(by_this_version(earlier, progress), claims, progress)
    what = (
        "This run was stopped before its claims were tried; they were tried now, with this version."
    )
    problem = Problem("warning", f"--against {folder}", what, "Nothing needs to be done.")
    return [each.verdict.as_mapping() for each in tried], problem


def _parts(
    names: Sequence[str],
    standings: tuple[dict[str, Standing], dict[str, Standing]],
    runs: tuple[Subject | None, Subject],
    differing: Sequence[Change],
    claims: Sequence[Claim],
    progress: Progress,
) -> dict[str, tuple[Part, ...]] | None:
    """Return what each change does to each claim that moved."""
    from ripeness.claims.attribution import attribute
    from ripeness.claims.evaluate import evaluate, needed_settings

    earlier, later = runs
    by_id = {claim.id: claim for claim in claims}
    settings = None if earlier is None else (_setting(earlier), _setting(later))

    def retest(ids: Sequence[str]) -> dict[str, Standing]:
        still = [by_id[name] for name in ids if not needed_settings([by_id[name]])]
        if earlier is None or not still:
            return {}
        verdicts = evaluate(still, earlier.outcomes.data)
        return _standings(verdict.as_mapping() for verdict in verdicts)

    def attempt(setting: Setting, ids: Sequence[str]) -> dict[str, Standing]:
        return _attempted(setting, [by_id[name] for name in ids], progress)

    return attribute(
        names, standings, settings, differing, attempt, retest if earlier is not None else None
    )


def _attempted(
    setting: Setting, claims: Sequence[Claim], progress: Progress
) -> dict[str, Standing]:
    """Play a setting with this version of the program and try claims on it."""
    from ripeness.cli.trying import Subject, try_claims
    from ripeness.explore.guarantee_data import MEANINGS
    from ripeness.explore.guarantee_run import with_guarantees_tried
    from ripeness.outcomes.run import run
    from ripeness.outcomes.store import Outcomes

    scenario = _scenario_from(setting.tree).with_levers(**setting.levers)
    outcomes = run(
        scenario, setting.drawn, setting.seed, theory=setting.theory, anew=True,
        progress=lambda done, total: progress(done, total, "worlds of a trial"),
    )  # fmt: skip
    if setting.worlds < setting.drawn:
        first = outcomes.data.isel(world=slice(setting.worlds))
        outcomes = Outcomes(first, {**outcomes.manifest, "worlds": setting.worlds})
    if any(name in str(claim.test) for claim in claims for name in MEANINGS):
        outcomes = with_guarantees_tried(scenario, outcomes, theory=setting.theory, anew=True)
    subject = Subject(scenario, outcomes, setting.drawn, setting.theory)
    tried = try_claims(subject, claims, lambda done, total, label: None)
    return _standings(each.verdict.as_mapping() for each in tried)


def _scenario_from(tree: Mapping[str, Any]) -> Scenario:
    """Return the scenario of some plain data.

    Raises:
        InputError: if it makes no sense, or moves a lever that it does not have.
    """
    from pydantic import ValidationError

    from ripeness.scenario.model import Scenario

    try:
        return Scenario.model_validate(tree)
    except ValidationError as error:
        what = (
            f"a scenario with only some of the changes makes no sense: {error.errors()[0]['msg']}."
        )
        raise bad_input("--against", what) from error


def _setting(subject: Subject) -> Setting:
    from ripeness.claims.attribution import Setting

    manifest = subject.outcomes.manifest
    return Setting(
        _tree(subject), dict(subject.scenario.lever_values), subject.outcomes.worlds, subject.asked,
        int(manifest["seed"]), subject.theory,
    )  # fmt: skip


def _tree(subject: Subject) -> dict[str, Any]:
    """Return the scenario as plain data, levers not moved."""
    bare = subject.scenario.model_copy(update={"lever_values": {}})
    return bare.model_dump(mode="json", exclude_none=True)


def _standings(verdicts: Any) -> dict[str, Standing]:
    from ripeness.claims.attribution import Standing

    return {
        str(each["id"]): Standing(
            str(each.get("verdict") or "untested"),
            int(each.get("holds") or 0),
            int(each.get("of") or 0),
            *_decides(each.get("measured") or {}),
        )
        for each in verdicts
    }


def _decides(measured: Mapping[str, Any]) -> tuple[float | None, str]:
    """Return the number over all worlds that decides a claim, and its unit; None if there is none."""
    value = measured.get("value")
    return (None, "") if value is None else (float(value), str(measured.get("unit") or ""))
