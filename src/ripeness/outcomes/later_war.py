"""Is the later war worse: what a pause spares and what the war after it takes, beside worlds that fought on.

A pause is a world's first ceasefire or settlement; it is over when war comes back. The dead of a world from
its pause on are held against the dead, from the same month on, of the worlds that never pause and stood most
like it then: same theory of ending, and nearest in dead so far, losses a week, ground changed and true
advantage, each in standard deviations of those worlds (matching at one time: Li, Propert and Rosenbaum 2001).

    spared = weeks of pause x dead a week in the half year before it          later = dead after war came back

A pause is no lot drawn: what the match does not see stays a difference. What lies beyond the horizon is counted
for neither, and a world that is won or leaves the model has no dead after that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from ripeness.outcomes.ending_costs import THOUSAND, Spread, spread_of
from ripeness.types import CEASEFIRE, SETTLEMENT, WAR

NEIGHBOURS: Final = 10
"""Worlds that fought on, with which each pause is compared; fewer where there are fewer."""

BEFORE: Final = 6
"""Months before the pause from which the pace of losses is taken."""

FAR: Final = 1e6
"""Added to the distance between worlds of different theories: taken only where there is no other."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """Some worlds that paused, with the dead of both sides in thousands.

    Attributes:
        number: of worlds.
        after: killed from the pause on; None without a world.
        fought_on: killed from then on in the worlds most like them that never pause.
        dearer: worlds in which more were killed than there.
        compared: worlds for which there was one that fought on.
    """

    number: int
    after: Spread | None
    fought_on: Spread | None
    dearer: int
    compared: int


@dataclass(frozen=True, slots=True)
class LaterWar:
    """What pauses did to the number of the dead.

    Attributes:
        worlds: of the run.
        paused: all worlds that paused, whether it held or not.
        held: those in which war did not come back.
        broken: those in which it did.
        months: length of the pauses that broke, months of four weeks.
        spared: killed fewer for the pause, at the pace before it, thousands.
        later: killed after war came back, thousands.
        worse_than_spared: worlds in which the later war killed more than the pause had spared.
        faster: worlds in which the later war killed faster than the one before.
        harder: worlds in which the later war killed more than was killed in the same months in the worlds that
            fought on.
    """

    worlds: int
    paused: Pauses
    held: Pauses
    broken: Pauses
    months: Spread | None
    spared: Spread | None
    later: Spread | None
    worse_than_spared: int
    faster: int
    harder: int


def later_war(data: xr.Dataset) -> LaterWar:
    """Return what the pauses of a run spared, and what the wars after them took.

    Args:
        data: outcomes of a run.
    """
    dead, regime = dead_by_month(data), data["regime"].values
    months = np.arange(regime.shape[1])
    quiet = (regime == CEASEFIRE) | (regime == SETTLEMENT)
    world = np.flatnonzero(quiet.any(axis=1))
    start = quiet[world].argmax(axis=1)
    again = (regime[world] == WAR) & (months > start[:, None])
    back = again.any(axis=1)
    stop = np.where(back, again.argmax(axis=1), regime.shape[1] - 1)
    after = dead[world, -1] - dead[world, start]
    beside = _fought_on(data, dead, world, start)
    place = np.arange(len(world))
    fought_on = beside[:, -1] - beside[place, start]
    meanwhile = beside[:, -1] - beside[place, stop]
    length = (stop - start)[back]
    since = np.maximum(start - BEFORE, 0)
    pace = (dead[world, start] - dead[world, since]) / np.maximum(start - since, 1)
    later = dead[world, -1] - dead[world, stop]
    fighting = np.sum(
        (regime[world] == WAR) & (months >= stop[:, None]) & (months < months[-1]), axis=1
    )
    spared = pace[back] * length
    return LaterWar(
        worlds=len(regime),
        paused=_pauses(after, fought_on),
        held=_pauses(after[~back], fought_on[~back]),
        broken=_pauses(after[back], fought_on[back]),
        months=spread_of(length.astype(float)),
        spared=spread_of(spared),
        later=spread_of(later[back]),
        worse_than_spared=int((later[back] > spared).sum()),
        faster=int((later[back] > pace[back] * fighting[back]).sum()),
        harder=int((later[back] > meanwhile[back]).sum()),
    )


def dead_by_month(data: xr.Dataset) -> np.ndarray:
    """Return ``(world, month)`` the killed of both sides since the start, thousands.

    A side's share of killed among its killed and wounded is the same all through a world.
    """
    casualties = np.nan_to_num(data["casualties"].values.astype(float))
    casualties = np.maximum.accumulate(casualties, axis=1)  # a hole is bridged by what came before
    share = data["killed"].values / np.maximum(casualties[:, -1], 1.0)
    return np.sum(casualties * share[:, None, :], axis=2) / THOUSAND


def _fought_on(
    data: xr.Dataset, dead: np.ndarray, world: np.ndarray, start: np.ndarray
) -> np.ndarray:
    """Return ``(pause, month)`` the dead in worlds that never pause and stood most like it; NaN if none."""
    regime, theory = data["regime"].values, data["theory"].values
    never = ~((regime == CEASEFIRE) | (regime == SETTLEMENT)).any(axis=1)
    stood = standing(data, dead)
    found = np.full((len(world), dead.shape[1]), np.nan)
    for month in np.unique(start):
        mine = np.flatnonzero(start == month)
        others = np.flatnonzero(never & (regime[:, month] == WAR))
        if not others.size:
            continue
        scale = np.maximum(stood[others, month].std(axis=0), 1e-9)
        apart = (stood[world[mine], None, month] - stood[None, others, month]) / scale
        distance = np.sum(apart**2, axis=2)
        distance += FAR * (theory[world[mine], None] != theory[None, others])
        number = min(NEIGHBOURS, others.size)
        nearest = others[np.argpartition(distance, number - 1, axis=1)[:, :number]]
        found[mine] = dead[nearest].mean(axis=1)
    return found


def standing(data: xr.Dataset, dead: np.ndarray) -> np.ndarray:
    """Return ``(world, month, 4)`` how each world stands: dead, losses a week, ground changed, advantage."""
    area = data["area_held"].values[:, :, 0].astype(float)
    rate = data["casualty_rate"].values.sum(axis=2)
    parts = (dead, rate, area - area[:, :1], data["force_ratio"].values)
    return np.nan_to_num(np.stack([np.asarray(part, dtype=float) for part in parts], axis=2))


def _pauses(after: np.ndarray, fought_on: np.ndarray) -> Pauses:
    known = np.isfinite(fought_on)
    return Pauses(
        number=len(after),
        after=spread_of(after[known]),
        fought_on=spread_of(fought_on),
        dearer=int((after[known] > fought_on[known]).sum()),
        compared=int(known.sum()),
    )
