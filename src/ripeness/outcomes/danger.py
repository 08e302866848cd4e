"""How much of the danger to a settlement falls while a guarantor stands, and how much of it that takes off.

    danger D   = sum over months of w a      a: chance that the enemy of the protected side breaks the
                                             settlement in the month, had nobody guaranteed it
    left L     = sum over months of w g      g: the same chance with the guarantors as they are
    w          = product over earlier months of the settlement of (1 - a) / (1 - g)

A settlement is broken once. It has come to its n-th month because the guarantors were there; w is how much
less often it would have come to it without them (the likelihood ratio of the two ways there), so that D is the
number of breaches to be expected had nobody guaranteed a settlement, and 1 - L / D the share of them that is
prevented in the months in which they would come. One that is prevented may come in a later month: breaches to
be expected with the guarantors as they are, the sum of g, are more than L.

Months are told apart by the help that would come in them on average: the chance that a guarantor in place
keeps its word times what it would bring, as a share of the protected side's force at the start. Only the first
settlement of a world is looked at, for as long as it lasts.

Standard errors are those of worlds drawn again with replacement (Efron 1979); the months of one go together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr
from jaxtyping import Bool, Float, Int

from ripeness.outcomes.lifetimes import Lifetimes, rate_ratio
from ripeness.outcomes.spells import in_first
from ripeness.types import SETTLEMENT, WEEKS_PER_MONTH, WEEKS_PER_YEAR

STRONG: Final = 0.25
"""Help is strong if it would on average be at least this share of the protected side's force."""

PLACES: Final[dict[str, str]] = {
    "strong": "strong help in place",
    "strong_awaited": "strong help promised, not in place yet",
    "weak": "weak help in place",
    "weak_awaited": "weak help promised, not in place yet",
    "nobody": "no help promised",
}
"""What stands behind a settlement in a month, and what it is called."""

WHOLE: Final = "whole"
DRAWS: Final = 400
"""Times that the worlds are drawn again: a standard error is then known to within one part in thirty."""
SEED: Final = 1
_NEEDED: Final = {"regime", "breach_chance", "breach_chance_alone", "help_in_place"}


@dataclass(frozen=True, slots=True)
class Part:
    """The danger in the months of one kind.

    Attributes:
        place: one of ``PLACES``, or ``WHOLE``.
        worlds: that have such months.
        months: such months, all together.
        danger: breaches to be expected in them had nobody guaranteed the settlement.
        left: of these, how many the guarantors as they are do not prevent in that month.
        share: of the whole danger, and its standard error; None without danger, no error of one world.
        ratio: left over danger, and its standard error; None without danger.
    """

    place: str
    worlds: int
    months: int
    danger: float
    left: float
    share: tuple[float, float | None] | None
    ratio: tuple[float, float | None] | None


@dataclass(frozen=True, slots=True)
class Danger:
    """The danger to the first settlements of a run.

    Attributes:
        settlements: how many.
        protected: places of the sides that guarantors protect.
        parts: by what stands behind the settlement, as in ``PLACES``.
        whole: all months.
        expected: breaches by the same enemies to be expected with the guarantors as they are.
    """

    settlements: int
    protected: tuple[int, ...]
    parts: tuple[Part, ...]
    whole: Part
    expected: float

    def part(self, place: str) -> Part:
        """Return the part of this name."""
        return next(each for each in self.parts if each.place == place)


def danger_of(data: xr.Dataset) -> Danger | None:
    """Return the danger to the first settlements of a run, and what guarantors take off it.

    Args:
        data: outcomes of a run.

    Returns:
        None if the run does not tell, has no settlement, or nobody in it is protected.
    """
    protected = protected_sides(data)
    if not protected:
        return None
    first = _first_settlement(data)
    settled = first.any(axis=1)
    if not settled.any():
        return None
    sums = sum(_sums(data, first, side)[settled] for side in protected)
    assert isinstance(sums, np.ndarray)
    whole = sums.sum(axis=1, keepdims=True)
    again = _drawn_again(np.concatenate([sums, whole], axis=1))
    parts = [
        _part(name, sums[:, place], whole[:, 0], again[:, place], again[:, -1])
        for place, name in enumerate(PLACES)
    ]
    all_months = _part(WHOLE, whole[:, 0], whole[:, 0], again[:, -1], again[:, -1])
    enemies = [1 - side for side in protected]
    expected = data["breach_chance"].values[..., enemies][first].sum()
    return Danger(int(settled.sum()), protected, tuple(parts), all_months, float(expected))


def protected_sides(data: xr.Dataset) -> tuple[int, ...]:
    """Return the places of the sides that guarantors protect; none if the run does not tell."""
    if not set(data.variables) >= _NEEDED:
        return ()
    helped = data["help_in_place"].max(("world", "month")).values.tolist()
    tried = data["guarantee_protects"].values if "guarantee_protects" in data.variables else ()
    return tuple(side for side in range(len(helped)) if helped[side] > 0 or side in tried)


def ratio_in_place(data: xr.Dataset) -> tuple[float, float, float] | None:
    """Return how often first settlements break per year while strong help is in place, over while it is not.

    The time of one settlement is split at the month in which help comes. To call a settlement strong because
    help came within its first year would count the years of those that broke before as weak, and so credit
    guarantees with them (the immortal time of Suissa 2008, American Journal of Epidemiology 167).

    Returns:
        The ratio and its 95 % interval; None if the run does not tell, or either never broke.
    """
    if not set(data.variables) >= _NEEDED or "broken_week" not in data.variables:
        return None
    first = _first_settlement(data)
    world = np.flatnonzero(first.any(axis=1))
    first = first[world]
    broken = np.isfinite(data["broken_week"].values[world])
    strong = data["help_in_place"].values[world].max(axis=-1) >= STRONG
    last = first.shape[1] - 1 - first[:, ::-1].argmax(axis=1)
    then = strong[np.arange(len(last)), last]
    return rate_ratio(_time(first & strong, broken & then), _time(first & ~strong, broken & ~then))


def _first_settlement(data: xr.Dataset) -> Bool[np.ndarray, "world month"]:
    """Return the months in which a world's first settlement is in force and can be broken: not the horizon."""
    first = in_first(np.equal(data["regime"].values, SETTLEMENT))
    first[:, -1] = False
    return first


def _time(here: Bool[np.ndarray, "peace month"], broken: Bool[np.ndarray, "peace"]) -> Lifetimes:
    """Return for how long settlements were in a state, and which broke in it."""
    return Lifetimes(here.sum(axis=1) * WEEKS_PER_MONTH / WEEKS_PER_YEAR, broken)


def _sums(
    data: xr.Dataset, first: Bool[np.ndarray, "world month"], side: int
) -> Float[np.ndarray, "world place 3"]:
    """Return months, danger and what is left of it, by what stands behind the protected side."""
    alone = data["breach_chance_alone"].values[..., 1 - side].astype(float) * first
    guarded = data["breach_chance"].values[..., 1 - side].astype(float) * first
    here, weight = _places(data, side), _weight(alone, guarded)
    figures = np.stack([np.ones_like(alone), weight * alone, weight * guarded], axis=-1)
    return np.stack(
        [(figures * (first & (here == place))[..., None]).sum(axis=1) for place in range(len(PLACES))],
        axis=1,
    )  # fmt: skip


def _weight(
    alone: Float[np.ndarray, "world month"], guarded: Float[np.ndarray, "world month"]
) -> Float[np.ndarray, "world month"]:
    """Return how much less often a settlement would have come to its month had nobody guaranteed it."""
    step = (1.0 - alone) / np.maximum(1.0 - guarded, np.finfo(float).eps)
    return np.concatenate([np.ones((len(step), 1)), np.cumprod(step, axis=1)[:, :-1]], axis=1)


def _places(data: xr.Dataset, side: int) -> Int[np.ndarray, "world month"]:
    """Return what stands behind the protected side each month, as a place in ``PLACES``."""
    there = data["help_in_place"].values[..., side]
    promised = np.zeros(there.shape[0])
    if "first_guarantee" in data.variables:
        promised = np.nan_to_num(data["first_guarantee"].values)
    promised = np.broadcast_to(promised[:, None], there.shape)
    tests = (there >= STRONG, (there <= 0) & (promised >= STRONG), there > 0, promised > 0)
    return np.select(tests, range(len(tests)), len(tests))


def _drawn_again(
    sums: Float[np.ndarray, "world place 3"],
) -> Float[np.ndarray, "draw place 3"]:
    """Return the sums over worlds drawn again with replacement."""
    worlds = len(sums)
    counts = np.random.default_rng(SEED).multinomial(worlds, np.full(worlds, 1 / worlds), DRAWS)
    return np.tensordot(counts.astype(float), sums, axes=1)


def _part(
    place: str, mine: np.ndarray, whole: np.ndarray, again: np.ndarray, whole_again: np.ndarray
) -> Part:
    """Return one part; rows of ``mine`` and ``whole`` are worlds, of the others draws."""
    months, danger, left = mine.sum(axis=0).tolist()
    total = float(whole[:, 1].sum())
    one = len(mine) == 1
    return Part(
        place=place,
        worlds=int((mine[:, 0] > 0).sum()),
        months=round(months),
        danger=danger,
        left=left,
        share=None
        if total <= 0
        else (danger / total, _spread(again[:, 1], whole_again[:, 1], one)),
        ratio=None if danger <= 0 else (left / danger, _spread(again[:, 2], again[:, 1], one)),
    )


def _spread(top: np.ndarray, bottom: np.ndarray, one: bool) -> float | None:
    """Return the standard deviation of a ratio over draws in which it is one; None of a single world."""
    known = bottom > 0
    if one or not known.any():
        return None
    return float((top[known] / bottom[known]).std())
