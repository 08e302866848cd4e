"""Empty zone: what one side would still accept and what the other would do not meet.

    issues given   a level is left to a side unless it crosses one of its red lines (`ruled_out`);
                   the zone is empty if some issue named has no level that is left to both
    none given     the whole package, as talks find it: the zone of agreement is shut (`zone_open`)
    tested  = worlds in which this is known; holds = empty (throughout, or ever, over the months)

An issue whose levels do not meet leaves no package, however the others are settled, which is why one
is enough. An issue by itself can be open while the package is not: what each side needs elsewhere
for a level that it could live with is no part of the question.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import xarray as xr
from pydantic import Field

from ripeness.claims.conditions import all_of, inside_window
from ripeness.claims.kinds.kind import KINDS, Runs, Trial, WithoutLevers, named
from ripeness.claims.language import Definition, Window
from ripeness.claims.quantities import monthly
from ripeness.claims.reading import NO_SIDE, NotRecorded, place_on, variable
from ripeness.outcomes.words import of_twenty
from ripeness.scenario.model import Identifier

RULED_OUT: Final = "ruled_out"
"""Recorded ``(world, side, issue_level)`` or ``(world, month, side, issue_level)``: crosses a red line."""

ISSUE_OF: Final = "level_issue"
"""Coordinate ``(issue_level)``: the issue that the level is of."""


class EmptyZoneTest(Definition):
    """Fields of a claim that positions do not meet."""

    issues: tuple[Identifier, ...] = Field((), description="left out: the whole package")
    months: Literal["throughout", "ever"] = "throughout"
    during: Window | None = Field(None, description="by default the whole run")

    def issues_named(self) -> dict[str, tuple[str, ...]]:
        """Return the issues by the key under which they stand."""
        return {"issues": self.issues}


class EmptyZone(WithoutLevers):
    """Nothing in common."""

    model = EmptyZoneTest

    def trial(self, test: EmptyZoneTest, runs: Runs) -> Trial:
        """Test the claim in every world in which it is known what is left to both."""
        data = runs.data
        issues: dict[str, np.ndarray] = {}
        if test.issues:
            issues = {name: _empty(data, name) for name in test.issues}
            parts = np.stack(np.broadcast_arrays(*issues.values()))
            empty = np.where(
                np.isfinite(parts).all(axis=0), np.nanmax(_known(parts), axis=0), np.nan
            )
        else:
            shut = monthly(data, "zone_open", NO_SIDE)
            empty = np.where(np.isfinite(shut), shut <= 0.0, np.nan)
        found = _over_months(data, test, empty)
        tested = all_of(data, test.among).yes & np.isfinite(found)
        holds = tested & (found == 1.0)
        return Trial(tested, holds, named(test), remarks=_told(data, test, issues, tested))


def _known(parts: np.ndarray) -> np.ndarray:
    """Return the parts with what is not known as nothing, so that a maximum can be taken."""
    return np.where(np.isfinite(parts), parts, 0.0)


def _empty(data: xr.Dataset, issue: str) -> np.ndarray:
    """Return ``(world, month or 1)`` whether no level of an issue is left to both, NaN: not known."""
    if RULED_OUT not in data or ISSUE_OF not in data.coords:
        raise NotRecorded(RULED_OUT)
    over_time = "month" in data[RULED_OUT].dims
    axes = ("issue_level", "side", "world", *(("month",) if over_time else ()))
    place_on(data, "issue", issue)
    of_issue = np.array([str(name) == issue for name in data[ISSUE_OF].values])
    if not of_issue.any():
        raise NotRecorded(f"{RULED_OUT} of {issue}")
    ruled_out = variable(data, RULED_OUT, *axes)[of_issue].astype(float)
    ruled_out = ruled_out if over_time else ruled_out[..., None]
    known = np.isfinite(ruled_out).all(axis=(0, 1))
    left_to_both = (ruled_out == 0.0).all(axis=1).any(axis=0)
    return np.where(known, ~left_to_both, np.nan)


def _over_months(data: xr.Dataset, test: EmptyZoneTest, empty: np.ndarray) -> np.ndarray:
    """Return ``(world,)`` whether the zone is empty over the months asked for, NaN: not known."""
    if empty.shape[1] > 1:
        empty = np.where(inside_window(data, test.during), empty, np.nan)
    known = np.isfinite(empty)
    ever = (empty == 1.0).any(axis=1)
    never_open = ((empty == 1.0) | ~known).all(axis=1)
    found = never_open if test.months == "throughout" else ever
    return np.where(known.any(axis=1), found, np.nan)


def _told(
    data: xr.Dataset, test: EmptyZoneTest, issues: dict[str, np.ndarray], tested: np.ndarray
) -> tuple[str, ...]:
    """Say of several issues which does not meet in how many worlds."""
    if len(issues) < 2 or not tested.any():
        return ()
    told = []
    for name, empty in issues.items():
        count = int((tested & (_over_months(data, test, empty) == 1.0)).sum())
        label = name
        if "issue_label" in data.coords:
            label = str(data["issue_label"].values[place_on(data, "issue", name)])
        told.append(f"{label}: nothing in common in {of_twenty(count, int(tested.sum()))}.")
    return tuple(told)


KINDS.register("empty zone")(EmptyZone())
