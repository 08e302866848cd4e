"""The main job: scenario -> worlds -> outcomes -> claims -> brief, in one folder.

What is finished is kept: the outcomes are on disk before the claims are tried, and the claims before the
brief is written. An interruption or a full disk loses only the step it hits.
"""

from __future__ import annotations

import platform
import shlex
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.errors import Interrupted, Problem, bad_input

if TYPE_CHECKING:
    from ripeness.bargaining.expectations.prepare import Learnt
    from ripeness.cli.trying import Subject
    from ripeness.outcomes.store import Outcomes
    from ripeness.scenario.model import Scenario
    from ripeness.sources import Library

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class PipelineResult:
    """What the command prints."""

    answer: str
    result: dict[str, Any]
    problems: tuple[Problem, ...]
    exit_code: int


def run_pipeline(  # noqa: PLR0913 - the command's options, all by keyword
    scenario: Scenario,
    *,
    worlds: int,
    seed: int,
    out: Path,
    sources: Path | None,
    theory: str | None,
    force: bool,
    strict: bool,
    progress: Progress,
    preliminary: bool = False,
    expectations: Path | None = None,
    given: str | None = None,
) -> PipelineResult:
    """Run a scenario and write its folder.

    Args:
        scenario: the war, levers moved.
        worlds: number of worlds.
        seed: any integer.
        out: folder to write.
        sources: folder of the user's documents; None shows no passages.
        theory: one theory of ending for all worlds, or None.
        force: replace what is in the folder.
        strict: exit with 1 if a sanity check fails.
        progress: called with (done, of, label).
        preliminary: where levers are moved, take over what sides expect without them.
        expectations: file of what both sides have learnt, or None.
        given: the scenario's name or file, as the user gave it.

    Raises:
        Interrupted: if the user stopped it; the message says what is kept.
    """
    from ripeness.outcomes.folder import writing_to

    del force  # the command has refused or allowed it; saving replaces file by file
    with _stoppable(out), writing_to(out):
        return _run_and_write(
            scenario,
            worlds=worlds,
            seed=seed,
            out=out,
            sources=sources,
            theory=theory,
            strict=strict,
            preliminary=preliminary,
            expectations=expectations,
            progress=progress,
            given=given or scenario.name,
        )


def _run_and_write(  # noqa: PLR0913 - as above
    scenario: Scenario,
    *,
    worlds: int,
    seed: int,
    out: Path,
    sources: Path | None,
    theory: str | None,
    strict: bool,
    preliminary: bool,
    expectations: Path | None,
    progress: Progress,
    given: str,
) -> PipelineResult:
    from ripeness.cli.answer import answer
    from ripeness.cli.trying import Subject
    from ripeness.explore.guarantee_run import KEY, with_guarantees_tried
    from ripeness.outcomes.dead import find_movers
    from ripeness.outcomes.folder import BOARD, CLAIMS, MANIFEST
    from ripeness.outcomes.run import Stopped, run
    from ripeness.outcomes.store import write_json
    from ripeness.outcomes.summary import summarise
    from ripeness.sources import Library, load_library

    library = load_library(sources) if sources else Library()
    learnt = _read_expectations(scenario, expectations)
    began = time.perf_counter()
    try:
        outcomes = run(
            scenario, worlds, seed, theory=theory, anew=not preliminary, learnt=learnt,
            progress=partial(_labelled, progress, "worlds"),
            learning=partial(_labelled, progress, "sweeps of learning"),
        )  # fmt: skip
    except Stopped as stopped:
        if not (out / MANIFEST).exists():  # a whole older run is worth more than a part of this one
            stopped.outcomes.save(out)
        raise
    outcomes.manifest["reproduce"] = _reproduce(scenario, worlds, seed, theory, given)
    outcomes.manifest["machine"] = (
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )
    _note_program(scenario, outcomes)
    outcomes.save(out)
    _keep_scenario(scenario, out)
    outcomes = with_guarantees_tried(
        scenario, outcomes, theory=theory, learnt=learnt, anew=not preliminary,
        progress=partial(_labelled, progress, "steps with guarantees"),
    )  # fmt: skip
    if KEY in outcomes.manifest:
        outcomes.save(out)
        _keep_scenario(scenario, out)
    movers = find_movers(
        scenario, seed, partial(_labelled, progress, "trials of each number"), theory=theory
    )
    _note_movers(outcomes, movers.dead, movers.dead_levers)
    write_json(out / "manifest.json", outcomes.manifest)
    subject = Subject(scenario, outcomes, outcomes.worlds, theory, learnt)
    verdicts, board, unfound = _try_claims(subject, progress)
    write_json(out / CLAIMS, verdicts)
    write_json(out / BOARD, board)
    outcomes.manifest["timings"]["all"] = time.perf_counter() - began
    write_json(out / "manifest.json", outcomes.manifest)
    texts, problems = passages_of(library, verdicts)
    _write_brief(out, texts)
    summary = summarise(outcomes)
    result = {**summary, "folder": str(out), "claims": verdicts, "board": board,
              "sanity": outcomes.manifest["sanity"], "dead": outcomes.manifest["dead"],
              "guarantees": outcomes.manifest.get(KEY)}  # fmt: skip
    insane = [row for row in outcomes.manifest["sanity"] if not row["inside"]]
    return PipelineResult(
        answer=answer(outcomes.manifest, summary, verdicts, out),
        result=result,
        problems=(
            *library.problems,
            *problems,
            *unfound,
            *_learning(outcomes.manifest),
            *(_insane(row, strict) for row in insane),
        ),
        exit_code=_exit_code(outcomes.manifest, strict=strict and bool(insane)),
    )


def _read_expectations(scenario: Scenario, path: Path | None) -> Learnt | None:
    """Return what both sides have learnt from a file; preliminary if in other settings of the levers."""
    if path is None:
        return None
    from ripeness.bargaining.expectations import library

    found = library.read(path)
    if found.digest == library.digest_of(scenario):
        return found
    if found.digest == library.digest_of(scenario, levers=False):
        return replace(found, preliminary=True)
    raise bad_input(
        f"--expectations {path}",
        "holds what was learnt in another scenario.",
        f"Solve this one: `ripeness solve {scenario.name} --out FILE`.",
    )


def _exit_code(manifest: Mapping[str, Any], *, strict: bool) -> int:
    """Return 3 where expectations did not converge, 1 where a strict check failed."""
    if manifest["expectations"].get("converged", True):
        return 1 if strict else 0
    return 3


def _learning(manifest: Mapping[str, Any]) -> list[Problem]:
    """Return what is to be said of how both sides' expectations were learnt."""
    how = manifest["expectations"]
    if how.get("preliminary"):
        return [Problem(
            "warning", "expectations",
            "Preliminary: both sides act on what they learnt before the levers were moved.",
            "Leave out --preliminary to let them learn anew.",
        )]  # fmt: skip
    if how.get("converged", True):
        return []
    return [Problem("error", "expectations", how["message"], "See `ripeness solve --help`.")]


@contextmanager
def _stoppable(out: Path) -> Iterator[None]:
    """Name the folder where the system does not, and say what an interruption left."""
    from ripeness.outcomes.folder import MANIFEST

    before = _stamp(out / MANIFEST)
    try:
        yield
    except OSError as error:
        if error.filename is None and not isinstance(error, BrokenPipeError):
            error.filename = str(out)
        raise
    except KeyboardInterrupt:
        raise Interrupted(_what_is_left(out, older=_stamp(out / MANIFEST) == before)) from None


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file is replaced; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns


def _what_is_left(out: Path, *, older: bool) -> Problem:
    from ripeness.outcomes.folder import missing_parts

    missing = missing_parts(out)
    again = "The same command starts again"
    if "the outcomes" in missing:
        what, remedy = "Nothing was finished yet.", f"{again}."
    elif older:
        what, remedy = "The run that was in this folder before is untouched.", f"{again}."
    else:
        lacks = f"; missing: {', '.join(missing)}" if missing else ""
        what = f"The outcomes of {_worlds_kept(out)} worlds are kept{lacks}."
        remedy = f"`ripeness brief {out}` writes up what is there. {again} with --force."
    return Problem("error", str(out), f"Stopped by you. {what}", remedy)


def _worlds_kept(out: Path) -> str:
    """Say how many of the worlds asked for are in a run folder."""
    from ripeness.outcomes.folder import MANIFEST
    from ripeness.outcomes.store import read_json

    manifest = read_json(out / MANIFEST)
    kept, asked = manifest["worlds"], manifest.get("worlds_asked", manifest["worlds"])
    return f"all {kept:,}" if kept == asked else f"the first {kept:,} of {asked:,}"


def _labelled(progress: Progress, label: str, done: int, total: int) -> None:
    progress(done, total, label)


def _note_movers(outcomes: Outcomes, dead: tuple[str, ...], dead_levers: tuple[str, ...]) -> None:
    """Mark in the manifest which numbers and levers moved nothing."""
    outcomes.manifest["dead"] = list(dead)
    outcomes.manifest["dead_levers"] = list(dead_levers)
    for row in outcomes.manifest["parameters"]:
        row["moves"] = None if row["low"] == row["high"] else row["path"] not in dead


def _note_program(scenario: Scenario, outcomes: Outcomes) -> None:
    """Note in the manifest which files of the program, and which claims, make the verdicts."""
    from ripeness.claims.changed import digests_of
    from ripeness.claims.load import claims_about
    from ripeness.outcomes.stamp import stamp

    outcomes.manifest["program"] = dict(stamp())
    outcomes.manifest["claims"] = digests_of(claims_about(scenario))


def _keep_scenario(scenario: Scenario, out: Path) -> None:
    """Keep the scenario beside the outcomes, so that the run can be made again when the library has changed."""
    from ripeness.outcomes.folder import SCENARIO
    from ripeness.outcomes.store import write_text
    from ripeness.scenario.load import as_yaml

    write_text(out / SCENARIO, as_yaml(scenario))


def _try_claims(
    subject: Subject, progress: Progress
) -> tuple[list[dict[str, Any]], dict[str, Any], list[Problem]]:
    """Return the verdicts on the claims filed about this scenario, the board, and what it lacks."""
    from ripeness.claims.load import claims_about
    from ripeness.cli.trying import FOUND, board_for, try_claims

    claims = claims_about(subject.scenario)
    tried = try_claims(subject, claims, progress)
    board, problems = board_for(subject, claims, tried, FOUND, progress)
    return [each.verdict.as_mapping() for each in tried], board.as_mapping(), problems


def passages_of(
    library: Library, verdicts: Iterable[Mapping[str, Any]]
) -> tuple[dict[str, str], list[Problem]]:
    """Return the words of the claims' passages from the user's own documents, and what is missing."""
    from ripeness.sources import Unresolved, passage_from_mapping

    texts: dict[str, str] = {}
    problems: dict[tuple[str, str], list[tuple[str, Problem]]] = {}
    if not library.documents:
        return texts, []
    for verdict in verdicts:
        found = []
        for mapping in verdict.get("passages", ()):
            words = library.resolve(
                passage_from_mapping(mapping["passage"], f"claim {verdict['id']}")
            )
            if isinstance(words, Unresolved):
                document = mapping.get("label") or words.passage.document
                row = (str(verdict["id"]), words.problem)
                problems.setdefault((document, words.problem.what), []).append(row)
            else:
                found.append(words)
        if found:
            texts[verdict["id"]] = " ... ".join(found)
    return texts, [_unread(label, rows) for (label, _), rows in problems.items()]


def _unread(label: str, rows: list[tuple[str, Problem]]) -> Problem:
    """Say once, for all claims that cite it, that a document's words cannot be shown."""
    claims = ", ".join(dict.fromkeys(claim for claim, _ in rows))
    first = rows[0][1]
    return Problem("warning", f"{label} (cited for {claims})", first.what, first.remedy)


def _write_brief(out: Path, texts: dict[str, str]) -> Path:
    from ripeness.brief.write import write_brief

    return write_brief(out, passages=texts)


def _insane(row: dict[str, Any], strict: bool) -> Problem:
    return Problem(
        "error" if strict else "warning",
        f"sanity check: {row['what']}",
        f"the first half year gives {row['modelled_low']:,.0f} to {row['modelled_high']:,.0f} "
        f"{row['unit']}, but {row['recorded']:,.0f} was recorded just before.",
        "Look at the ranges that feed it.",
    )


def _reproduce(
    scenario: Scenario, worlds: int, seed: int, theory: str | None, given: str
) -> list[str]:
    """Return the command and the Python that give this run again."""
    values = {
        name: f"{value!r}".removesuffix(".0") for name, value in scenario.lever_values.items()
    }
    levers = "".join(f" --lever {name}={value}" for name, value in values.items())
    rival = f" --theory {theory}" if theory else ""
    moved = ", ".join(f"{name}={value}" for name, value in values.items())
    levered = f".with_levers({moved})" if moved else ""
    chosen = f', theory="{theory}"' if theory else ""
    return [
        f"ripeness run {shlex.quote(given)} --worlds {worlds} --seed {seed}{levers}{rival}",
        f"ripeness.run(ripeness.load({given!r}){levered}, worlds={worlds}, seed={seed}{chosen})",
    ]
