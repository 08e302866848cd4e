"""A judged draft as data: counts of worlds, names of issues and levels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from ripeness.explore.draft import Change, DraftJudged


def as_mapping(found: DraftJudged) -> dict[str, Any]:
    """Return what was found as JSON has it; all counts are of worlds."""
    standpoint, draft = found.standpoint, found.draft
    sides = standpoint.worlds.names.sides
    signs = found.judged.signs[:, 0]
    return {
        "scenario": draft.scenario.name,
        "title": draft.title,
        "signed": str(draft.signed),
        "month": draft.month,
        "terms": {
            term.issue: {"level": term.level, "months_after": term.months_after}
            for term in draft.terms
        },
        "levers": dict(draft.scenario.lever_values),
        "seed": standpoint.worlds.seed,
        "drawn": standpoint.drawn,
        "not_open": dict(standpoint.gone),
        "worlds": standpoint.count,
        "signs": {side: int(signs[place].sum()) for place, side in enumerate(sides)},
        "both_sign": int(found.both.sum()),
        "kept": int(found.kept.sum()),
        "vetoes": {side: found.refusals[k].as_mapping() for k, side in enumerate(sides)},
        "only_veto": {side: int((~signs[k] & signs[1 - k]).sum()) for k, side in enumerate(sides)},
        "months_to_force": {
            name: int(np.quantile(found.months, share, method="higher"))
            for name, share in (("earliest", 0.0), ("half", 0.5), ("latest", 1.0))
        },
        "waits_for": list(found.votes),
        "fate": found.fates(found.both),
        "fate_if_signed_everywhere": found.fates(np.ones_like(found.both)),
        "changes": [_change(found, change) for change in found.changes],
        "helps_signing": _helps(found, best_change(found.changes, "both"), "both"),
        "helps_keeping": _helps(found, best_change(found.changes, "kept"), "kept"),
        "frontier": _frontier(found),
        "by_theory": by_theory(found),
    }


def best_change(changes: Sequence[Change], what: str) -> Change | None:
    """Return the change with most worlds that sign (``both``), or that sign and keep (``kept``)."""
    return max(changes, key=lambda change: getattr(change, what), default=None)


def helps(found: DraftJudged, change: Change | None, what: str) -> bool:
    """Return whether a change does better than the draft."""
    now = int((found.both if what == "both" else found.kept).sum())
    return change is not None and getattr(change, what) > now


def _helps(found: DraftJudged, change: Change | None, what: str) -> dict[str, Any] | None:
    return _change(found, change) if change is not None and helps(found, change, what) else None


def _change(found: DraftJudged, change: Change) -> dict[str, Any]:
    issue = found.standpoint.packages.issues[change.issue]
    level = found.standpoint.packages.levels[issue][change.level]
    return {"issue": issue, "level": level, "both_sign": change.both, "kept": change.kept}


def _frontier(found: DraftJudged) -> dict[str, Any]:
    """Return where the draft stands among all packages."""
    standpoint, space = found.standpoint, found.space
    open_, left = ~found.crossed, found.space.left[~found.crossed]
    best = None
    if found.best is not None:
        best = {
            "terms": {
                name: standpoint.packages.levels[name][level]
                for name, level in zip(standpoint.packages.issues, found.best.package, strict=True)
            },
            "both_sign": found.best.both,
            "kept": found.best.kept,
        }
    return {
        "packages": int(space.free.sum()),
        "contradict_themselves": int((~space.free).sum()),
        "signed_somewhere": int((space.both > 0).sum()),
        "worlds_with_a_package_both_would_sign": int(space.agree.sum()),
        "no_red_line_crossed": int(open_.sum()),
        "efficient": int(found.efficient.sum()),
        "mean_left_on_the_table": round(float(left.mean()), 5) if len(left) else None,
        "best_compromise": best,
        "estimate_of_keeping": found.hold.as_mapping() if found.hold is not None else None,
    }


def by_theory(found: DraftJudged) -> dict[str, Any]:
    """Return what holds if one theory is right."""
    worlds = found.standpoint.worlds
    signs = found.judged.signs[:, 0]
    rows = {}
    for place, name in enumerate(worlds.names.theories):
        here = worlds.theory == place
        if here.any():
            rows[name] = {
                "worlds": int(here.sum()),
                "signs": {
                    side: int(signs[k][here].sum()) for k, side in enumerate(worlds.names.sides)
                },
                "both_sign": int(found.both[here].sum()),
                "kept": int(found.kept[here].sum()),
                "kept_if_signed_everywhere": found.fates(here)["kept"],
            }
    return rows
