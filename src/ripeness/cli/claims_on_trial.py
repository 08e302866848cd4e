"""The work behind ``ripeness claims``: what is tried on what, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.errors import InputError, Problem, bad_input

if TYPE_CHECKING:
    from ripeness.claims.evaluate import Evaluation
    from ripeness.claims.language import Claim
    from ripeness.claims.seeds import Replicated
    from ripeness.cli.against import Drift
    from ripeness.cli.trying import Subject

Progress = Callable[[int, int, str], None]

_RUN_FIRST = "Only a scenario that is run now takes it; a run folder is as it was made."


@dataclass(frozen=True)
class Asked:
    """The command's arguments.

    Attributes:
        target: a scenario, a run folder or a file of claims.
        file: a file of claims, if one was named.
        only: ids of the claims to try; empty for all.
        wanted: which of ``where``, ``cruxes``, ``together`` and ``learnt`` to look for.
        against: folder of an earlier run.
        worlds: number of worlds of a run made now.
        seed: of a run made now.
        theory: one theory for a run made now.
        levers: moved in a run made now.
        sources: folder of the user's documents.
        strict: fail if a claim is contradicted or untested, or a verdict has flipped.
        seeds: how often the worlds are drawn, with seeds that follow each other.
        typed: options that were typed and that only a run made now takes.
    """

    target: str | None
    file: Path | None
    only: tuple[str, ...]
    wanted: tuple[str, ...]
    against: Path | None
    worlds: int
    seed: int
    theory: str | None
    levers: Mapping[str, float]
    sources: Path | None
    strict: bool
    seeds: int = 1
    typed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
    """What the command prints."""

    answer: str
    result: dict[str, Any]
    problems: tuple[Problem, ...]
    exit_code: int


def claims_on_trial(asked: Asked, progress: Progress) -> Done:
    """Try claims.

    Raises:
        InputError: if what was asked for makes no sense.
    """
    from ripeness.cli.claims_text import claims_answer
    from ripeness.cli.pipeline import passages_of
    from ripeness.cli.trying import board_for, try_claims
    from ripeness.sources import Library, load_library

    subject, claims = _subject_and_claims(asked, progress)
    library = load_library(asked.sources) if asked.sources else Library()
    tried = try_claims(subject, claims, progress)
    board, unfound = board_for(subject, claims, tried, asked.wanted, progress)
    verdicts = [each.verdict.as_mapping() for each in tried]
    drift, troubles = None, []
    if asked.against is not None:
        from ripeness.cli.against import drift_of

        drift, troubles = drift_of(asked.against, subject, claims, verdicts, progress)
    stands = _over_seeds(asked.seeds, subject, claims, tried, progress)
    texts, unread = passages_of(library, verdicts)
    manifest = subject.outcomes.manifest
    result = {
        "scenario": subject.scenario.name, "folder": subject.folder,
        "worlds": subject.outcomes.worlds, "seed": manifest["seed"],
        "claims": verdicts, "board": board.as_mapping(),
        **({"against": drift.as_mapping()} if drift is not None else {}),
        **({"seeds": [each.as_mapping() for each in stands]} if stands else {}),
    }  # fmt: skip
    failed = _failures(verdicts, drift) if asked.strict else []
    return Done(
        answer=claims_answer(
            subject.scenario.title, subject.outcomes.worlds, verdicts, board,
            passages=texts, drift=drift, cruxes="cruxes" in asked.wanted, stands=stands,
        ),
        result=result,
        problems=(
            *subject.problems, *library.problems, *unread, *unfound, *troubles, *failed,
        ),
        exit_code=1 if failed else 0,
    )  # fmt: skip


def _over_seeds(
    seeds: int,
    subject: Subject,
    claims: Sequence[Claim],
    tried: Sequence[Evaluation],
    progress: Progress,
) -> list[Replicated]:
    """Return how the verdicts stand with further seeds; nothing if only one was asked for."""
    if seeds < 2:  # noqa: PLR2004 - one is the run itself
        return []
    from ripeness.claims.seeds import over_seeds
    from ripeness.cli.trying import redrawn, try_claims

    first = int(subject.outcomes.manifest["seed"])
    found = {first: [each.verdict for each in tried]}
    for seed in range(first + 1, first + seeds):
        again = try_claims(redrawn(subject, seed, progress), claims, progress)
        found[seed] = [each.verdict for each in again]
    return over_seeds(found)


def _subject_and_claims(asked: Asked, progress: Progress) -> tuple[Subject, list[Claim]]:
    """Return the run and the claims; bad claims are refused before anything is run."""
    from ripeness.claims.load import claims_about, load_claims
    from ripeness.cli.trying import subject_of_run, subject_of_scenario
    from ripeness.scenario.merge import is_name

    kind, file = _kind_of(asked.target), asked.file
    if kind == "claims":
        if file is not None:
            what = "Two files of claims were named."
            raise bad_input(f"--claims {file}", what, "Give a scenario or a run folder beside it.")
        file = Path(str(asked.target))
    own = load_claims(file) if file is not None else None
    if own is not None and not own:
        raise bad_input(f"{file}:1", "There is no claim in this file.", "docs/claims.md shows one.")
    if kind == "run":
        if asked.typed:
            what = f"{', '.join(asked.typed)} cannot change the run in {asked.target}."
            raise bad_input(" ".join(asked.typed), what, _RUN_FIRST)
        subject = subject_of_run(Path(str(asked.target)), progress)
        claims = (
            _fitting(own, subject.scenario) if own is not None else claims_about(subject.scenario)
        )
        return subject, _chosen(claims, asked.only)
    given = asked.target if kind == "scenario" else own[0].about if own else None
    if given is not None and not is_name(given) and not Path(given).exists():
        raise bad_input(
            given, "There is no such file or folder.",
            "Give the folder of a run, a scenario, or a file of claims.",
        )  # fmt: skip
    if given is None:
        raise bad_input(
            "ripeness claims", "Nothing was named that claims could be tried on.",
            "Give the folder of a run, or a scenario: `ripeness claims ukraine`.",
        )  # fmt: skip
    return _of_scenario(given, own, asked, progress, subject_of_scenario)


def _of_scenario(
    given: str,
    own: list[Claim] | None,
    asked: Asked,
    progress: Progress,
    play: Callable[..., Subject],
) -> tuple[Subject, list[Claim]]:
    from ripeness.claims.load import claims_about
    from ripeness.scenario.load import load

    scenario = load(given)
    claims = _fitting(own, scenario) if own is not None else claims_about(scenario)
    chosen = _chosen(claims, asked.only)
    subject = play(given, asked.worlds, asked.seed, asked.theory, asked.levers, progress)
    return subject, chosen


def _kind_of(target: str | None) -> str:
    """Return what was named: a ``run``, a file of ``claims``, a ``scenario``, or ``nothing``."""
    from ripeness.scenario.merge import is_name, library_names

    if target is None:
        return "nothing"
    if is_name(target) and target in library_names():
        return "scenario"
    path = Path(target)
    if path.is_dir():
        return "run"
    if path.is_file() and _holds_claims(path):
        return "claims"
    return "scenario"


def _holds_claims(path: Path) -> bool:
    """Whether a file looks like a file of claims rather than a scenario; a broken one may be either."""
    from ripeness.scenario.yaml_file import read

    try:
        plain = read(path).plain()
    except InputError:
        return False
    return isinstance(plain, dict) and "claims" in plain and "belligerents" not in plain


def _fitting(claims: Sequence[Claim], scenario: Any) -> list[Claim]:
    """Return a user's claims if they fit the war that they are tried on.

    Raises:
        InputError: with every side and lever that the scenario does not have.
    """
    from ripeness.claims.check import check_against

    problems = [each for claim in claims for each in check_against(claim, scenario)]
    if problems:
        raise InputError(problems)
    return list(claims)


def _chosen(claims: Iterable[Claim], only: Sequence[str]) -> list[Claim]:
    """Return the claims with these ids, in their own order; all if no id is given."""
    from ripeness.registry import suggestion

    claims = list(claims)
    ids = [claim.id for claim in claims]
    wanted = [name.strip() for name in only]
    unknown = [name for name in wanted if name not in ids]
    if unknown:
        raise InputError(
            Problem(
                "error",
                f"--only {name}",
                f"there is no claim `{name}` here.",
                suggestion(name, ids),
            )
            for name in unknown
        )
    return [claim for claim in claims if not wanted or claim.id in wanted]


def _failures(verdicts: Sequence[Mapping[str, Any]], drift: Drift | None) -> list[Problem]:
    """Return what a strict check objects to."""
    found = [
        Problem("error", f"claim {verdict['id']}", f"It is {verdict['verdict']} in this run.", "")
        for verdict in verdicts
        if verdict["verdict"] in ("contradicted", "untested")
    ]
    for shift in drift.shifts if drift is not None else ():
        if shift.how == "flipped":
            what = f"Its verdict was {shift.before} and is now {shift.after}."
            found.append(Problem("error", f"claim {shift.id}", what, ""))
    return found
