"""From claims and a run to verdicts: counting, intervals and words, the same for all kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from ripeness.claims.interval import wilson
from ripeness.claims.kinds import KINDS
from ripeness.claims.kinds.kind import (
    Compare,
    LeversNotMoved,
    Runs,
    Settings,
    Trial,
    key_of,
    no_trial,
)
from ripeness.claims.kinds.paired import WIDE_REACH
from ripeness.claims.language import Claim
from ripeness.claims.reading import NotRecorded, theories_of, worlds_of
from ripeness.claims.record import heard
from ripeness.claims.verdict import (
    CONTRADICTED_BELOW,
    FEWEST_WORLDS,
    SUPPORTED_ABOVE,
    Measured,
    Verdict,
    Word,
    disagreeing,
    fewest,
    word_for,
)
from ripeness.errors import InputError
from ripeness.outcomes.words import of_twenty


@dataclass(frozen=True)
class Evaluation:
    """What a run makes of a claim, and in which worlds.

    Attributes:
        verdict: for people.
        tested: ``(world,)`` whether the claim can be tested there.
        holds: ``(world,)`` whether it holds; False where it is not tested.
    """

    verdict: Verdict
    tested: np.ndarray
    holds: np.ndarray


def needed_settings(claims: Iterable[Claim]) -> list[dict[str, float]]:
    """Return the settings of levers at which the same worlds must be run, each once."""
    needed: list[dict[str, float]] = []
    for claim in claims:
        for settings in _settings(claim):
            if dict(settings) not in needed:
                needed.append(dict(settings))
    return needed


def evaluate(
    claims: Iterable[Claim], data: xr.Dataset, compare: Compare | None = None
) -> list[Verdict]:
    """Test claims in a run; see ``evaluated``, which tells the worlds as well.

    Returns:
        One verdict per claim.
    """
    return [found.verdict for found in evaluated(claims, data, compare)]


def evaluated(
    claims: Iterable[Claim],
    data: xr.Dataset,
    compare: Compare | None = None,
    *,
    paired: int | None = None,
) -> list[Evaluation]:
    """Test claims in a run, in one pass.

    Claims that need the same settings are tried one after another, and a run with levers moved is
    let go of after the last claim that needs it: few are held at a time.

    Args:
        claims: the claims, in the order of the result.
        data: the outcomes of the run.
        compare: runs the same worlds with the same luck and these levers moved, on top of where
            the run has them; called once per setting (see ``needed_settings``). Without it,
            claims about levers stay untested.
        paired: if given, levers are moved in the first so many worlds only: ``compare`` runs these,
            and claims that need it are tested in no others.

    Returns:
        One evaluation per claim.
    """
    listed = list(claims)
    whole = Runs(data, compare)
    some = whole if paired is None else Runs(data.isel(world=slice(0, paired)), compare)
    waiting = Counter(key_of(each) for claim in listed for each in _settings(claim))
    found: dict[int, Evaluation] = {}
    for place in _order(listed):
        claim = listed[place]
        runs = some if _settings(claim) else whole
        found[place] = _evaluation(claim, _trial(claim, runs), runs.data, worlds_of(data))
        for each in _settings(claim):
            waiting[key_of(each)] -= 1
            if not waiting[key_of(each)]:
                some.forget(each)
    return [found[place] for place in range(len(listed))]


def _evaluation(claim: Claim, trial: Trial, data: xr.Dataset, worlds: int) -> Evaluation:
    """Return what was found, with no world tested beyond those that were looked at."""
    beyond = (0, worlds - len(trial.tested))
    tested, holds = (np.pad(flags, beyond) for flags in (trial.tested, trial.holds & trial.tested))
    return Evaluation(_verdict(claim, trial, data), tested, holds)


def _settings(claim: Claim) -> list[Settings]:
    """Return the settings that a claim needs, each once, without the run as it is."""
    found: list[Settings] = []
    for settings in KINDS[claim.kind].settings(claim.test):
        if settings and settings not in found:
            found.append(settings)
    return found


def _order(claims: Sequence[Claim]) -> list[int]:
    """Return the places of the claims so that those that need the same settings are neighbours."""
    places = {key_of(each): place for place, each in enumerate(needed_settings(claims))}
    first = [min((places[key_of(s)] for s in _settings(claim)), default=-1) for claim in claims]
    return sorted(range(len(claims)), key=lambda place: first[place])


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
    everywhere = np.ones_like(tested)
    measured = trial.measure(everywhere) if trial.measure is not None and of else None
    word, reason = _judge(trial, tested, held, measured, by_theory, data)
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
        remarks=() if word == "untested" else _remarks(trial, measured),
        details=trial.details,
        departs=claim.departs,
        passages=claim.passages,
        measured=None if word == "untested" else measured,
        record=tuple(heard(figure) for figure in claim.test.record),
    )


def _remarks(trial: Trial, measured: Measured | None) -> tuple[str, ...]:
    return trial.remarks if measured is None else (measured.words, *trial.remarks)


def _judge(  # noqa: PLR0913 - all that a verdict rests on
    trial: Trial,
    tested: np.ndarray,
    held: np.ndarray,
    measured: Measured | None,
    by_theory: dict[str, tuple[int, int]],
    data: xr.Dataset,
) -> tuple[Word, str]:
    """Return the verdict and its reason."""
    holds, of, worlds = int(held.sum()), int(tested.sum()), worlds_of(data)
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
    if measured is not None and measured.word == "untested":
        return "untested", f"the {measured.name} cannot be measured in these worlds."
    words = _words_by_theory(trial, by_theory, data)
    rivals = disagreeing(words)
    if rivals is not None:
        supported, contradicted = rivals
        return "depends", (
            f"on the theory of ending: supported under {supported}, contradicted under "
            f"{contradicted}."
        )
    word = word_for(holds, of) if measured is None else measured.word
    if word == "supported" and trial.doubt:
        return "depends", trial.doubt
    if word != "depends":
        return word, ""
    return word, _why_it_depends(holds, of) if measured is None else _why_open(measured)


def _words_by_theory(
    trial: Trial, by_theory: dict[str, tuple[int, int]], data: xr.Dataset
) -> dict[str, Word]:
    """Return the verdict under each theory that has worlds enough."""
    code, names = theories_of(data)
    found: dict[str, Word] = {}
    for place, name in enumerate(names):
        holds, of = by_theory[name]
        if of < FEWEST_WORLDS:
            continue
        if trial.measure is None:
            found[name] = _word_of_theory(trial, holds, of, code == place)
        else:
            found[name] = trial.measure(code == place).word
    return found


def _word_of_theory(trial: Trial, holds: int, of: int, worlds: np.ndarray) -> Word:
    """Return the verdict under a theory: levers must reach far enough under it for themselves."""
    word = word_for(holds, of)
    if trial.comparable is None or word != "supported":
        return word
    low, _ = wilson(of, int((trial.comparable & worlds).sum()))
    return "depends" if low < WIDE_REACH else word


def _why_open(measured: Measured) -> str:
    """Say of a number that decides a claim that its interval holds the bound."""
    bound = measured.more_than if measured.more_than is not None else measured.less_than
    return (
        f"the {measured.name} lies between {measured.low:.3g} and {measured.high:.3g} "
        f"{measured.unit}, on either side of {bound:.3g}.".replace(" ,", ",")
    )


def _why_it_depends(holds: int, of: int) -> str:
    """Tell a claim that is true in some worlds from one that needs more of them."""
    if CONTRADICTED_BELOW <= holds / of <= SUPPORTED_ABOVE:
        return "it holds in some worlds and fails in others."
    bound = SUPPORTED_ABOVE if holds / of > SUPPORTED_ABOVE else CONTRADICTED_BELOW
    low, high = (20 * end for end in wilson(holds, of))
    return (
        f"it lies too near {20 * bound:g} of 20 worlds to be sure: anything from {low:.1f} to "
        f"{high:.1f} of 20."
    )


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
