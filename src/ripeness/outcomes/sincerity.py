"""Is it real? What each side's coming to talks meant, month by month and world by world.

    real         it would sign something that the other would too, or that leaves the other no worse
    for a pause  it would sign nothing of the kind, but would have the guns silent
    to be seen   neither: it comes so as not to be seen refusing
    away         it stays away

What is not real is a stall. What a signal (away, low rank, high rank) tells of the side that gives it:

    P(real | signal) = sum over worlds a_w / sum over worlds n_w,   n_w months with the signal, a_w of them real
    standard error   = sqrt(sum over worlds (a_w - P n_w)^2) / sum n_w        worlds are the units, not months

In the theories that work by reservation values a delegation's rank follows from whether the side would sign,
so that rank reveals this month's sincerity by assumption; what it says of the months to come is no assumption.
It would mislead where a delegation's rank is a ruse.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int8

REAL, PAUSE, SEEN, AWAY = range(4)
KINDS: Final = ("real", "for_a_pause", "to_be_seen", "away")
"""What a month can be for a side, in the order of the codes."""

NOT_COUNTED: Final = -1
"""Code of months in which nothing could be signed."""

HIGH: Final = 0.5
"""Rank from which a delegation counts as high: half way from nobody to the leader."""

HALF_YEAR: Final = 6
"""Months of four weeks over which a signal is held against what came."""

SIGNALS: Final = ("any", "away", "comes", "low_rank", "high_rank")


class Share(NamedTuple):
    """A share of months and its standard error; NaN if there are no such months."""

    share: float
    error: float


class Revealed(NamedTuple):
    """What a signal tells of the side that gives it.

    Attributes:
        months: months of all worlds with the signal, of which half a year of the horizon is left.
        worlds: worlds in which it is given at all.
        real: in this month the side would sign.
        both: in this month the zone of agreement is open: both would.
        later: in one of the months of the next half year the side would sign.
        agreed: in this month or in those something is signed.
    """

    months: int
    worlds: int
    real: Share
    both: Share
    later: Share
    agreed: Share

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        shares = {name: getattr(self, name) for name in ("real", "both", "later", "agreed")}
        return {
            "months": self.months,
            "worlds": self.worlds,
            **{
                name: {"share": each.share, "standard_error": each.error}
                for name, each in shares.items()
            },
        }


@dataclass(frozen=True)
class Attendance:
    """What the sides' coming to talks meant.

    Attributes:
        kind: ``(world, month, side)`` place among ``KINDS``; ``NOT_COUNTED`` where nothing could be
            signed: a settlement is in force or awaits ratification, or the war is over.
        rank: ``(world, month, side)`` of the delegation, 0 nobody to 1 the leader.
        zone_open: ``(world, month)`` some package gives both sides what they would sign for.
        agreed: ``(world, month)`` a settlement is signed.
    """

    kind: Int8[np.ndarray, "world month 2"]
    rank: Float[np.ndarray, "world month 2"]
    zone_open: Bool[np.ndarray, "world month"]
    agreed: Bool[np.ndarray, "world month"]

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return len(self.kind)

    def among(self, members: np.ndarray) -> Attendance:
        """Return the attendance in some worlds, flagged ``(world,)``."""
        parts = (self.kind, self.rank, self.zone_open, self.agreed)
        return Attendance(*(part[members] for part in parts))

    def counted(self, side: int) -> dict[str, np.ndarray]:
        """Return, per kind, the number of worlds ``(month,)``; they add to those that count then."""
        kind = self.kind[:, :, side]
        return {name: (kind == code).sum(axis=0) for code, name in enumerate(KINDS)}

    def months(self, side: int) -> dict[str, int]:
        """Return, per kind, the number of months of all worlds."""
        return {name: int(counts.sum()) for name, counts in self.counted(side).items()}

    def real_share(self, side: int) -> Float[np.ndarray, "world"]:
        """Return the share of a world's attended months that are real; NaN where the side never comes."""
        kind = self.kind[:, :, side]
        came = np.isin(kind, (REAL, PAUSE, SEEN)).sum(axis=1)
        real = (kind == REAL).sum(axis=1)
        return np.where(came > 0, real / np.maximum(came, 1), np.nan)

    def as_mapping(self, side: int) -> dict[str, Any]:
        """Return what a side's coming meant as JSON has it: counts of months and of worlds, and signals."""
        share = self.real_share(side)
        came = share[np.isfinite(share)]
        return {
            "months": self.months(side),
            "worlds": {
                "comes": len(came),
                "never_real": int((came == 0).sum()),
                "always_real": int((came == 1).sum()),
                "real_share": np.quantile(came, (0.25, 0.5, 0.75)).tolist() if len(came) else None,
            },
            "signals": {name: self.revealed(side, name).as_mapping() for name in SIGNALS},
        }

    def signal(self, side: int, name: str) -> Bool[np.ndarray, "world month"]:
        """Return the months in which a side gives a signal, see ``SIGNALS``."""
        kind, high = self.kind[:, :, side], self.rank[:, :, side] >= HIGH
        counts = kind != NOT_COUNTED
        comes = counts & (kind != AWAY)
        return {
            "any": counts,
            "away": counts & ~comes,
            "comes": comes,
            "low_rank": comes & ~high,
            "high_rank": comes & high,
        }[name]

    def revealed(self, side: int, name: str, ahead: int = HALF_YEAR) -> Revealed:
        """Return what a signal of a side tells.

        Args:
            side: place of the side.
            name: of the signal.
            ahead: months over which it is held against what came.
        """
        given = self.signal(side, name)[:, : max(self.kind.shape[1] - ahead, 0)]
        real = self.kind[:, :, side] == REAL
        months = given.shape[1]
        later = _any_of(real, range(1, ahead + 1), months)
        agreed = _any_of(self.agreed, range(ahead + 1), months)
        share = lambda happens: share_of(given & happens, given)  # noqa: E731
        return Revealed(
            months=int(given.sum()),
            worlds=int(given.any(axis=1).sum()),
            real=share(real[:, :months]),
            both=share(self.zone_open[:, :months]),
            later=share(later),
            agreed=share(agreed),
        )


def kinds_of(
    attending: Bool[np.ndarray, "world month 2"],
    real: Bool[np.ndarray, "world month 2"],
    interested: Bool[np.ndarray, "world month 2"],
    counts: Bool[np.ndarray, "world month"],
) -> Int8[np.ndarray, "world month 2"]:
    """Return what each month was for each side.

    Args:
        attending: the side comes.
        real: it would sign something.
        interested: it would come were nobody looking: to sign, or for a pause.
        counts: something could be signed.
    """
    kind = np.where(real, REAL, np.where(interested, PAUSE, SEEN))
    kind = np.where(attending, kind, AWAY)
    return np.where(counts[..., None], kind, NOT_COUNTED).astype(np.int8)


def share_of(
    happens: Bool[np.ndarray, "world month"], among: Bool[np.ndarray, "world month"]
) -> Share:
    """Return the share of some months in which something happens, with worlds as the units of its error."""
    number, happened = among.sum(axis=1), (happens & among).sum(axis=1)
    total = int(number.sum())
    if not total:
        return Share(np.nan, np.nan)
    share = float(happened.sum() / total)
    error = float(np.sqrt(np.sum((happened - share * number) ** 2)) / total)
    return Share(share, error if np.count_nonzero(number) > 1 else np.nan)


def _any_of(
    happens: Bool[np.ndarray, "world month"], ahead: range, months: int
) -> Bool[np.ndarray, "world early"]:
    """Return, for the first so many months, whether something happens in any of the months ahead."""
    found = np.zeros((len(happens), months), dtype=bool)
    for step in ahead:
        found |= happens[:, step : step + months]
    return found
