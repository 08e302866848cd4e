"""The work behind ``ripeness draft``: worlds drawn, the draft judged, told and written up."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ripeness.errors import Problem

if TYPE_CHECKING:
    from ripeness.scenario.draft import Draft

Progress = Callable[[int, int, str], None]

PAGE: Final = "draft.html"
DATA: Final = "draft.json"


def drafted(  # noqa: PLR0913 - the command's options
    draft: Draft,
    given: str,
    worlds: int,
    seed: int,
    theory: str | None,
    out: Path | None,
    progress: Progress,
) -> tuple[str, dict[str, Any], list[Problem]]:
    """Judge a draft, and write its page if a folder is named.

    Returns:
        The answer as text and as data, and what is to be said besides.
    """
    from ripeness.brief.explained import write_explanation
    from ripeness.cli.draft_data import as_mapping
    from ripeness.cli.draft_page import page_of
    from ripeness.cli.draft_text import answer_of
    from ripeness.cli.sincere import not_learnt
    from ripeness.explore.draft import judge_draft
    from ripeness.outcomes.prepare import prepared
    from ripeness.outcomes.store import write_json
    from ripeness.worlds.draw import draw_worlds

    drawn = draw_worlds(draft.scenario, worlds, seed, theory=theory)
    ready, learnt = prepared(
        draft.scenario,
        drawn,
        seed=seed,
        progress=lambda done, total: progress(done, total, "learning"),
    )
    found = judge_draft(draft, ready, progress)
    result, answer = as_mapping(found), answer_of(found)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        command = _command(draft, given, worlds, seed, theory)
        page = write_explanation(page_of(found, command), out / PAGE)
        write_json(out / DATA, result)
        result["files"] = [page, out / DATA]
        answer += f"\n\nWritten: {page}, {out / DATA}"
    return answer, result, not_learnt(learnt)


def _command(draft: Draft, given: str, worlds: int, seed: int, theory: str | None) -> str:
    """Return the command that gives the page again."""
    values = {
        name: f"{value!r}".removesuffix(".0") for name, value in draft.scenario.lever_values.items()
    }
    levers = "".join(f" --lever {name}={value}" for name, value in values.items())
    rival = f" --theory {theory}" if theory else ""
    return f"ripeness draft {shlex.quote(given)} --worlds {worlds} --seed {seed}{levers}{rival}"
