"""Every kind of guarantee tried in the same worlds: would both sides sign, and would it then hold?

A guarantee works twice. It keeps the adversary from breaking what was signed, and it keeps the adversary from
signing; and it makes the protected side readier to sign. All of it is read off the same worlds with the same
luck: who signs by what each side would sign for on the first day (``guarantee_sign``), what holds by playing
the signed deals for five years (``guarantee_hold``). A kind with several levels is, world by world, the one
with which the sides come nearest to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Bool, Int

from ripeness.explore.draft_play import BROKEN, RESUMED
from ripeness.explore.draft_stand import among, stand_at
from ripeness.explore.guarantee_arms import Option, kinds_of, options_of
from ripeness.explore.guarantee_hold import Held, held
from ripeness.explore.guarantee_sign import sign_all
from ripeness.scenario.model import Scenario
from ripeness.worlds.draw import Worlds

ASKED: Final = 1024
"""Worlds of a run in which guarantees are tried, its first: as sure as the findings need, in a few seconds."""

NOT_PLAYED: Final = -1
"""Fate of a deal in a world in which it was not played."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Guarantees:
    """What becomes of deals with each guarantee; ``row`` are kinds, "none" first, or single levels.

    Attributes:
        names: of the rows.
        protects: place of the side that each protects, -1 for "none".
        asked: places, in the run, of the worlds in which something could be signed on the first day.
        drawn: worlds tried, those included in which nothing could be signed.
        signs: whether each side would sign the deal that both come nearest to.
        acceptable: whether it would sign some deal with this guarantee.
        crossed: whether both sign some deal, judged with and without the guarantee, see ``guarantee_sign``.
        fate: what becomes of that deal where it is played; ``NOT_PLAYED`` elsewhere.
        empty: the same, the guarantor never there.
    """

    names: tuple[str, ...]
    protects: tuple[int, ...]
    asked: Int[np.ndarray, "world"]
    drawn: int
    signs: Bool[np.ndarray, "row 2 world"]
    acceptable: Bool[np.ndarray, "row 2 world"]
    crossed: Bool[np.ndarray, "row 2 2 world"]
    fate: Int[np.ndarray, "row world"]
    empty: Int[np.ndarray, "row world"]

    @property
    def both(self) -> Bool[np.ndarray, "row world"]:
        """Whether both sides would sign."""
        return self.signs[:, 0] & self.signs[:, 1]

    def attacks(self, fate: Int[np.ndarray, "row world"]) -> Bool[np.ndarray, "row 2 world"]:
        """Return whether each side took up the war again, before the deal was in force or after."""
        return np.stack([(fate == RESUMED + s) | (fate == BROKEN + s) for s in (0, 1)], axis=1)

    @property
    def watched(self) -> Bool[np.ndarray, "world"]:
        """Worlds in which deals are played: those in which both would sign with one guarantee at least."""
        return self.fate[0] != NOT_PLAYED


@dataclass(frozen=True)
class GuaranteesTried:
    """All of it.

    Attributes:
        options: every level that brings in a guarantor, "none" first.
        by_kind: a row for each kind.
        by_option: a row for each option.
    """

    options: tuple[Option, ...]
    by_kind: Guarantees
    by_option: Guarantees


def try_guarantees(
    scenario: Scenario, worlds: Worlds, progress: Progress | None = None
) -> GuaranteesTried | None:
    """Try every guarantee of a scenario in the same worlds.

    Args:
        scenario: the war.
        worlds: the run's ensemble, ready to run; its first ``ASKED`` worlds are tried.
        progress: called with (steps done, steps).

    Returns:
        None if no level of any issue brings in a guarantor, or nothing can be signed in any world.
    """
    options = options_of(scenario)
    if not options:
        return None
    tell = progress or (lambda done, total: None)
    tried = worlds.first(min(ASKED, worlds.count))
    standpoint = stand_at(scenario, tried, 0)
    if not standpoint.count:
        return None
    tell(1, 3)
    signed = sign_all(standpoint, options)
    tell(2, 3)
    both = np.array([each.signs.all(axis=0) for each in signed])
    watched = np.flatnonzero(both.any(axis=0))
    nothing = np.full((len(options), standpoint.count), NOT_PLAYED, dtype=np.int8)
    fates = Held(nothing, nothing.copy())
    if len(watched):
        nearest = np.stack([each.nearest[:, watched] for each in signed])
        played = held(among(standpoint, watched), nearest, [each.protects < 0 for each in options])
        fates.fate[:, watched], fates.empty[:, watched] = played.fate, played.empty
    tell(3, 3)
    rows = {
        name: np.stack([getattr(each, name) for each in signed])
        for name in ("signs", "acceptable", "crossed")
    }
    by_option = Guarantees(
        tuple(option.label for option in options),
        tuple(option.protects for option in options),
        np.asarray(standpoint.worlds.identity, dtype=np.int64), tried.count,
        **rows, fate=fates.fate, empty=fates.empty,
    )  # fmt: skip
    nearness = np.stack([each.score for each in signed])
    return GuaranteesTried(options, _by_kind(by_option, options, nearness), by_option)


def _by_kind(found: Guarantees, options: Sequence[Option], nearness: np.ndarray) -> Guarantees:
    """Return a row for each kind: in every world the option with which the sides come nearest."""
    kinds, world = kinds_of(tuple(options)), np.arange(len(found.asked))
    rank = np.where(found.both, SIGNED, 0.0) + nearness
    rows: dict[str, list[np.ndarray]] = {name: [] for name in ("signs", "fate", "empty")}
    some: dict[str, list[np.ndarray]] = {name: [] for name in ("acceptable", "crossed")}
    protects = []
    for kind in kinds:
        mine = np.array([place for place, option in enumerate(options) if option.kind == kind])
        best = mine[np.argmax(rank[mine], axis=0)]
        protects.append(options[mine[0]].protects)
        for name, row in rows.items():
            row.append(np.moveaxis(getattr(found, name), -1, 1)[best, world].T)
        for name, row in some.items():
            row.append(getattr(found, name)[mine].any(axis=0))
    stacked = {name: np.stack(row) for name, row in (rows | some).items()}
    return Guarantees(kinds, tuple(protects), found.asked, found.drawn, **stacked)


SIGNED: Final = 1.0e3
"""Put before any nearness: shares of the stakes are at most a few."""
