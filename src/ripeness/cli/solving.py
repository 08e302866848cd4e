"""The solve behind ``ripeness solve``: iterate, keep every sweep, judge, and put it in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.cli.pipeline import PipelineResult, Progress
from ripeness.cli.report import ExitCode
from ripeness.errors import Interrupted, Problem

if TYPE_CHECKING:
    from ripeness.bargaining.expectations.diagnostics import Diagnostics
    from ripeness.bargaining.expectations.prepare import Learnt
    from ripeness.bargaining.expectations.solver import Solution
    from ripeness.scenario.model import Scenario

HELD_OUT_WORLDS = 4096
"""Worlds in which a solution is judged."""


@dataclass(frozen=True)
class Request:
    """What the user asked for."""

    scenario: Scenario
    worlds: int
    sweeps: int
    seed: int
    resume: Path | None
    out: Path | None
    thorough: bool


def solve_war(request: Request, progress: Progress) -> PipelineResult:
    """Solve, keep and judge.

    Raises:
        InputError: if the file to go on from is none, or of another scenario.
        Interrupted: if the user stopped it; the message says what is kept.
    """
    from ripeness.bargaining.expectations import library
    from ripeness.bargaining.expectations.diagnostics import diagnose, held_out
    from ripeness.bargaining.expectations.prepare import Effort, Learnt, game_of
    from ripeness.bargaining.expectations.solver import Status, solve
    from ripeness.outcomes.engine import keep_compiled_programs

    keep_compiled_programs()
    digest = library.digest_of(request.scenario)
    start = _start(request, digest)
    _make_room(request.out)
    usual = Effort()
    settings = replace(usual.settings, sweeps=request.sweeps)
    effort = Effort(max(2 * request.worlds, 1), request.worlds, settings)
    game = game_of(request.scenario, effort, request.seed)

    def learnt_from(solution: Solution) -> Learnt:
        return Learnt(game.with_coefficients(solution.coefficients), solution, digest)

    def keep(solution: Solution) -> None:
        if request.out is not None and solution.sweeps:
            library.keep_text(library.as_text(learnt_from(solution), moments=True), request.out)

    first = 0 if start is None else len(start.sweeps)
    solution = solve(
        game, settings, start=start, keep=keep,
        progress=lambda sweep: progress(sweep.number - first + 1, request.sweeps, "sweeps"),
    )  # fmt: skip
    keep(solution)
    if solution.status is Status.STOPPED:
        raise Interrupted(_stopped(request, solution))
    learnt = learnt_from(solution)
    labels = [side.label for side in request.scenario.belligerents.values()]
    judged = None
    if solution.status is not Status.NOT_FINITE:
        fresh = held_out(game, request.scenario, HELD_OUT_WORLDS, request.seed)
        judged = diagnose(
            fresh, solution, (labels[0], labels[1]), probes=request.thorough,
            responses=request.thorough, progress=lambda a, b: progress(a, b, "deviations tried"),
        )  # fmt: skip
    return _told(request, learnt, judged)


def _start(request: Request, digest: str) -> Solution | None:
    if request.resume is None:
        return None
    from ripeness.bargaining.expectations import library
    from ripeness.errors import bad_input

    found = library.read(request.resume)
    if found.digest != digest:
        raise bad_input(
            f"--resume {request.resume}",
            "holds what was learnt in another scenario, or with other levers.",
            "Give the scenario and levers it was learnt with, or leave --resume out.",
        )
    return found.solution


def _make_room(out: Path | None) -> None:
    """Refuse a file that cannot be written before the work, not after it."""
    if out is None:
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.is_dir():
        from ripeness.errors import bad_input

        raise bad_input(f"--out {out}", "is a folder.", "Name a file: --out FILE.")


def _stopped(request: Request, solution: Solution) -> Problem:
    done, again = len(solution.sweeps), "The same command starts again."
    if not done:
        kept = "No sweep was finished."
    elif request.out is None:
        kept = "Nothing was kept, since no --out FILE was given."
    else:
        kept = f"{done} finished sweeps are kept in {request.out}."
        again = f"Go on with --resume {request.out}."
    return Problem("error", "ripeness solve", f"Stopped by you. {kept}", again)


def _told(request: Request, learnt: Learnt, judged: Diagnostics | None) -> PipelineResult:
    solution = learnt.solution
    problems = []
    if not solution.converged:
        problems.append(
            Problem(
                "error",
                request.scenario.name,
                solution.detail or "Not converged.",
                solution.status.value,
            )
        )
    for sentence in judged.problems() if judged is not None else []:
        remedy = (
            "More worlds a sweep (--worlds) bring values nearer; the answer carries this error."
        )
        problems.append(Problem("warning", request.scenario.name, sentence, remedy))
    result = {
        "status": solution.status.name.lower(),
        "message": solution.message,
        "sweeps": [
            {
                "number": s.number,
                "change": _number(s.change),
                "shares": s.shares,
                "seconds": s.seconds,
            }
            for s in solution.sweeps
        ],
        "diagnostics": None if judged is None else plain(judged),
    }
    return PipelineResult(
        answer="\n".join(_lines(request, learnt, judged)),
        result=result,
        problems=tuple(problems),
        exit_code=ExitCode.DONE if solution.converged else ExitCode.NOT_CONVERGED,
    )


def plain(judged: Diagnostics) -> dict[str, Any]:
    """Return the diagnostics as plain data."""
    gain = lambda row: {"side": row.side, "rule": row.rule, "gain": row.gain, "error": row.error}  # noqa: E731
    return {
        "worlds": judged.worlds,
        "bias": judged.bias,
        "explained": judged.explained,
        "rows": judged.rows,
        "by_date": {
            side: {"predicted": rows[:, 0].tolist(), "realised": rows[:, 1].tolist()}
            for side, rows in judged.by_date.items()
        },
        "probes": [gain(row) for row in judged.probes],
        "best_responses": [gain(row) for row in judged.responses],
    }


def _lines(request: Request, learnt: Learnt, judged: Diagnostics | None) -> list[str]:
    solution = learnt.solution
    last = solution.sweeps[-1] if solution.sweeps else None
    lines = [f"{request.scenario.title}: what both sides expect", "", solution.message]
    if last is not None:
        shares = ", ".join(f"{name} {share:.2f}" for name, share in last.shares.items())
        known = _number(last.change) is not None  # nothing to compare the first sweep with
        change = f"; the last changed odds by {last.change:.4f}" if known else ""
        lines.append(f"Sweeps: {len(solution.sweeps)}{change}.")
        lines.append(f"Shares of worlds in the last sweep: {shares}.")
    if judged is None:
        return lines
    lines += ["", f"In {judged.worlds:,} worlds that nothing was learnt from:"]
    lines.append(f"  {'':12}{'rows':>10}  realised less expected (share of spread explained)")
    for regime, sides in judged.bias.items():
        each = ", ".join(
            f"{side} {bias:+.3f} ({max(judged.explained[regime][side], 0.0):.2f})"
            for side, bias in sides.items()
        )
        lines.append(f"  {regime:12}{judged.rows[regime]:>10,.0f}  {each}")
    for row in judged.probes:
        lines.append(
            f"  {row.side}: best of the shifted thresholds gains {row.gain:+.4f} ({row.rule})"
        )
    for row in judged.responses:
        lines.append(
            f"  {row.side}: best response gains {row.gain:+.4f}, standard error {row.error:.4f}"
        )
    return lines


def _number(value: float) -> float | None:
    return value if value == value else None  # noqa: PLR0124 - not a number
