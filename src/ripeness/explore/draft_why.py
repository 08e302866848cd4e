"""Why a side does not sign: a red line, it would sign nothing yet, or the package gives it too little.

Of several reasons in one world the first counts: a red line on some issue, whatever else; then that no package
at all would do on that day; then that this one is worth less to the side than going on. There the issue that
costs it most is the one on which its best level, red lines aside, is worth most over the one that it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Int

from ripeness.explore.draft_sign import Judged, Package, here_last, with_here
from ripeness.explore.draft_stand import Standpoint


@dataclass(frozen=True)
class Refusals:
    """Why a side does not sign.

    Attributes:
        refuses: in which worlds.
        red_line: in which a red line is crossed, and ``(issue, world)`` on which issues.
        nothing: in which it would sign nothing on that day, and no red line is crossed.
        too_little: in which it would sign something, but this is worth less than going on.
        costliest: issue that costs it most there; -1 elsewhere.
        lack: what it falls short there, shares of the stakes.
    """

    issues: tuple[str, ...]
    refuses: Bool[np.ndarray, "world"]
    red_line: Bool[np.ndarray, "world"]
    on_issue: Bool[np.ndarray, "issue world"]
    nothing: Bool[np.ndarray, "world"]
    too_little: Bool[np.ndarray, "world"]
    costliest: Int[np.ndarray, "world"]
    lack: Float[np.ndarray, "world"]

    def as_mapping(self) -> Mapping[str, Any]:
        """Return counts of worlds as JSON has them."""
        short = self.lack[self.too_little]
        return {
            "refuses": int(self.refuses.sum()),
            "red_line": int(self.red_line.sum()),
            "red_line_by_issue": self.by_red_line(),
            "would_sign_nothing": int(self.nothing.sum()),
            "too_little": int(self.too_little.sum()),
            "costliest_issue": self.by_cost(),
            "median_lack": round(float(np.median(short)), 5) if len(short) else None,
        }

    def by_red_line(self) -> dict[str, int]:
        """Return in how many worlds each issue crosses a red line, most first; several may in one world."""
        return _counted(self.issues, self.on_issue.sum(axis=-1))

    def by_cost(self) -> dict[str, int]:
        """Return in how many worlds each issue costs the side most, most first."""
        return _counted(
            self.issues, [int((self.costliest == k).sum()) for k in range(len(self.issues))]
        )


def _counted(issues: tuple[str, ...], counts: Any) -> dict[str, int]:
    order = sorted(zip(issues, counts, strict=True), key=lambda row: -row[1])
    return {name: int(count) for name, count in order if count}


def refusals(
    standpoint: Standpoint, package: Package, judged: Judged, ready: Bool[np.ndarray, "2 world"]
) -> tuple[Refusals, Refusals]:
    """Return why each side does not sign a package.

    Args:
        standpoint: the worlds on the day.
        package: the one that is judged.
        judged: of it alone.
        ready: whether each side would sign any package at all.
    """
    levels, count = with_here(standpoint), standpoint.count
    final = here_last(standpoint, np.array(package.level))
    places = np.arange(len(final))
    found = []
    for side in range(2):
        crossed = np.asarray(levels.crossed)[places, side, final]  # (issue, world)
        given = np.asarray(levels.worth)[places, side, final]
        best = _best_level(standpoint, side)
        refuses = ~judged.signs[side, 0]
        red_line = refuses & crossed.any(axis=0)
        nothing = refuses & ~red_line & ~ready[side]
        too_little = refuses & ~red_line & ~nothing
        costliest = np.where(too_little, np.argmax(best - given, axis=0), -1)
        lack = np.where(too_little, -judged.gain[side, 0], np.zeros(count))
        found.append(
            Refusals(
                tuple(standpoint.packages.issues), refuses, red_line, crossed & refuses,
                nothing, too_little, costliest, lack,
            )
        )  # fmt: skip
    return found[0], found[1]


def _best_level(standpoint: Standpoint, side: int) -> Float[np.ndarray, "issue world"]:
    """Return what the best level of each issue that its own red lines allow is worth to a side."""
    worth = np.array(standpoint.levels.worth[:, side])
    worth[np.asarray(standpoint.levels.crossed)[:, side]] = -np.inf
    for place, name in enumerate(standpoint.packages.issues):
        worth[place, len(standpoint.packages.levels[name]) :] = -np.inf
    best = worth.max(axis=1)
    return np.where(np.isfinite(best), best, 0.0)
