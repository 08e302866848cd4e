"""From claims and a run to verdicts: counting, intervals and words, the same for all kinds."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import xarray as xr

from ripeness.claims.interval import wilson
from ripeness.claims.kinds import KINDS
from ripeness.claims.kinds.effect import settings_of
from ripeness.claims.kinds.kind import Compare, LeversNotMoved, Runs, Trial, no_trial
from ripeness.claims.language import Claim
from ripeness.claims.reading import NotRecorded, theories_of, worlds_of
from ripeness.claims.verdict import (
    CONTRADICTED_BELOW,
    SUPPORTED_ABOVE,
    Verdict,
    Word,
    disagreeing,
    fewest,
    word_for,
)
from ripeness.errors import InputError
from ripeness.outcomes.words import of_twenty


def needed_settings(claims: Iterable[Claim]) -> list[dict[str, float]]:
    """Return the settings of levers at which the same worlds must be run, each once."""
    needed: list[dict[str, float]] = []
    for claim in claims:
        for settings in settings_of(KINDS[claim.kind].moves(claim.test)):
            if settings and dict(settings) not in needed:
                needed.append(dict(settings))
    return needed


def evaluate(
    claims: Iterable[Claim], data: xr.Dataset, compare: Compare | None = None
) -> list[Verdict]:
    """Test claims in a run.

    Args:
        claims: the claims, in the order of the verdicts.
        data: the outcomes of the run.
        compare: runs the same worlds with the same luck and these levers moved, on top of where
            the run has them; called once per setting (see ``needed_settings``). Without it,
            claims about levers stay untested.

    Returns:
        One verdict per claim.
    """
    runs = Runs(data, compare)
    return [_verdict(claim, _trial(claim, runs), data) for claim in claims]


def _trial(claim: Claim, runs: Runs) -> Trial:
    """Test a claim; what makes that impossible becomes the reason why it is untested."""
    try:
        return KINDS[claim.kind].trial(claim.test, runs)
    except NotRecorded as missing:
        return no_trial(runs.data, f"the run does not record `{missing}`.")
    except LeversNotMoved:
        return no_trial(runs.data, "no levers were moved in this run.")
    except InputError as error:
        problem = error.problems[0]
        return no_trial(runs.data, f"this war cannot test it: {problem.what}")


def _verdict(claim: Claim, trial: Trial, data: xr.Dataset) -> Verdict:
    tested, held = trial.tested, trial.holds & trial.tested
    holds, of = int(held.sum()), int(tested.sum())
    by_theory = _by_theory(held, tested, data)
    word, reason = _judge(trial, holds, of, worlds_of(data), by_theory)
    words = f"{trial.holds_word} in {of_twenty(holds, of, trial.worlds)}" if of else ""
    return Verdict(
        id=claim.id,
        speaker=claim.speaker,
        proposition=claim.proposition,
        kind=claim.kind,
        verdict=word,
        holds=holds,
        of=of,
        words=f"untested: {reason}" if word == "untested" else words,
        strength=holds / of if of and word != "untested" else None,
        interval=wilson(holds, of) if of and word != "untested" else None,
        reason=reason,
        by_theory=by_theory,
        remarks=() if word == "untested" else trial.remarks,
        details=trial.details,
        departs=claim.departs,
        passages=claim.passages,
    )


def _judge(
    trial: Trial, holds: int, of: int, worlds: int, by_theory: dict[str, tuple[int, int]]
) -> tuple[Word, str]:
    """Return the verdict and its reason."""
    needed = fewest(worlds)
    if trial.untested:
        return "untested", trial.untested
    if of == 0:
        return "untested", f"there are no {trial.worlds} among {worlds:,}."
    if of < needed:
        return "untested", (
            f"it can be tested in only {of:,} of {worlds:,} worlds, and {needed:,} are needed "
            f"({trial.worlds})."
        )
    rivals = disagreeing(by_theory)
    if rivals is not None:
        supported, contradicted = rivals
        return "depends", (
            f"on the theory of ending: supported under {supported}, contradicted under "
            f"{contradicted}."
        )
    word = word_for(holds, of)
    if word == "supported" and trial.doubt:
        return "depends", trial.doubt
    return word, _why_it_depends(holds, of) if word == "depends" else ""


def _why_it_depends(holds: int, of: int) -> str:
    """Tell a claim that is true in some worlds from one that needs more of them."""
    if CONTRADICTED_BELOW <= holds / of <= SUPPORTED_ABOVE:
        return "it holds in some worlds and fails in others."
    low, high = (20 * end for end in wilson(holds, of))
    return f"with so few worlds it may hold in anything from {low:.0f} to {high:.0f} of 20."


def _by_theory(
    held: np.ndarray, tested: np.ndarray, data: xr.Dataset
) -> dict[str, tuple[int, int]]:
    """Return in how many worlds the claim holds, and of how many, under each theory."""
    code, names = theories_of(data)
    counts = {}
    for place, name in enumerate(names):
        of_this = code == place
        counts[name] = (int((held & of_this).sum()), int((tested & of_this).sum()))
    return counts
