"""Cruxes: the quantity that best decides between two claims, and the value at which it turns.

Only worlds in which both claims can be tested and one holds where the other fails can decide between
them. Among those, the feature and the threshold that save most bits (``tree.best_cut``) are chosen in one
half; what they gain per world is measured in the other, and a crux stands if that is above
``STANDS`` of its standard errors. A gain measured there is as likely above as below none if the features are
noise, however many were tried: that is the correction for chance.

The value at which it turns is uncertain because only so many worlds disagree. The interval is of a
bootstrap over worlds (Efron 1979): n worlds drawn from the n by bins of the feature, ``TIMES`` times, the best
threshold each time, the middle 19 of 20. It says nothing of other features that
might decide nearly as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from ripeness.claims.discovery.bits import STANDS, bits, feature_cost, gain, limit_cost
from ripeness.claims.discovery.describe import FEWEST, FEWEST_OF_EACH, halves
from ripeness.claims.discovery.grid import SLACK, Feature, Grid
from ripeness.claims.discovery.told import amount, condition_of_side
from ripeness.claims.discovery.tree import best_cut
from ripeness.outcomes.words import of_twenty

TIMES: Final = 400
"""Draws of the bootstrap: the ends of its interval are then good to a bin or so."""

MUCH: Final = 0.25
"""Where one claim is mostly right either way, how much the share must change, 5 of 20, to be a crux."""

INTERVAL: Final = (0.025, 0.25, 0.75, 0.975)
"""The middle 19 of 20 draws, and the middle half, from which the roundest number is told."""


@dataclass(frozen=True, slots=True)
class Truth:
    """In which worlds a claim can be tested and holds.

    Attributes:
        tested: ``(world,)``.
        holds: ``(world,)``; counts only where tested.
    """

    tested: np.ndarray
    holds: np.ndarray

    @property
    def true(self) -> np.ndarray:
        """``(world,)`` where it is tested and holds."""
        return self.tested & self.holds

    @property
    def false(self) -> np.ndarray:
        """``(world,)`` where it is tested and does not hold."""
        return self.tested & ~self.holds


@dataclass(frozen=True)
class Crux:
    """What decides between two claims.

    Attributes:
        names: of the claims.
        first_only: worlds in which the first holds and the second fails.
        second_only: the other way round.
        both: worlds in which both hold.
        neither: worlds in which both fail.
        silent: worlds in which at least one cannot be tested.
        words: what decides, or why nothing does; a sentence or two.
        feature: what decides; None if nothing does.
        value: at which it turns.
        low: lower end of the interval of the value.
        high: upper end.
        above: of the disagreeing worlds that judge and lie at or above the value, those in which the
            first holds, and how many there are.
        below: the same below the value.
        gain: bits per disagreeing world gained in the half that judges.
        error: its standard error.
    """

    names: tuple[str, str]
    first_only: int
    second_only: int
    both: int
    neither: int
    silent: int
    words: str = ""
    feature: Feature | None = None
    value: float = np.nan
    low: float = np.nan
    high: float = np.nan
    above: tuple[int, int] = (0, 0)
    below: tuple[int, int] = (0, 0)
    gain: float = 0.0
    error: float = 0.0

    @property
    def stands(self) -> bool:
        """Whether something decides."""
        return self.feature is not None

    @property
    def first_above(self) -> bool:
        """Whether the first holds more often at or above the value than below."""
        (above, of), (below, rest) = self.above, self.below
        return above * rest >= below * of

    @property
    def turns(self) -> bool:
        """Whether one claim is mostly right on one side of the value, and the other on the other side."""
        (above, of), (below, rest) = self.above, self.below
        return (2 * above > of) != (2 * below > rest)

    def as_mapping(self) -> dict[str, Any]:
        """Return the crux made of JSON's own types."""
        counts = ("first_only", "second_only", "both", "neither", "silent")
        found: dict[str, Any] = {
            "first": self.names[0],
            "second": self.names[1],
            "worlds": {name: getattr(self, name) for name in counts},
            "words": self.words,
            "decides": None,
        }
        if self.feature is not None:
            found["decides"] = {
                "name": self.feature.name,
                "label": self.feature.label,
                "unit": self.feature.unit,
                "value": self.value,
                "low": self.low,
                "high": self.high,
                "right_above": self.names[0 if self.first_above else 1],
                "turns": self.turns,
                "first_holds_above": {"worlds": self.above[0], "of": self.above[1]},
                "first_holds_below": {"worlds": self.below[0], "of": self.below[1]},
                "bits_per_world": self.gain,
                "error": self.error,
            }
        return found


def crux_between(
    grid: Grid,
    first: Truth,
    second: Truth,
    *,
    names: tuple[str, str] = ("the first", "the second"),
    identity: np.ndarray | None = None,
) -> Crux:
    """Return what decides between two claims.

    Args:
        grid: the features of the worlds.
        first: where one claim holds.
        second: where the other does.
        names: what to call them.
        identity: ``(world,)`` numbers of the worlds, see ``describe``.

    Raises:
        ValueError: if the claims have another number of worlds than the grid.
    """
    for name, truth in zip(names, (first, second), strict=True):
        if truth.tested.shape != (grid.worlds,) or truth.holds.shape != (grid.worlds,):
            message = f"claim `{name}` must have {grid.worlds:,} worlds, as the features have"
            raise ValueError(message)
    tested = first.tested & second.tested
    cells = (first.true & second.false, second.true & first.false, first.true & second.true)
    one, other, both = (int(np.count_nonzero(cell)) for cell in cells)
    count = int(np.count_nonzero(tested))
    plain = Crux(names, one, other, both, count - one - other - both, grid.worlds - count)
    why = _undecided(plain, count)
    if why:
        return replace(plain, words=why)
    number = np.arange(grid.worlds) if identity is None else np.asarray(identity)
    return _decided(grid, plain, cells[0], cells[0] | cells[1], number)


def _undecided(found: Crux, tested: int) -> str:
    """Say why there is nothing to decide; nothing if there is."""
    first, second = found.names
    if not tested:
        return f"There is no world in which both {first} and {second} can be tested."
    if not found.first_only and not found.second_only:
        return f"They never disagree: {_agreeing(found, tested)}."
    disagree = found.first_only + found.second_only
    words = of_twenty(disagree, tested, "worlds in which both can be tested")
    if not found.first_only or not found.second_only:
        holds, fails = (first, second) if found.first_only else (second, first)
        return f"They disagree in {words}, and there it is always {holds} that holds and {fails} that fails."
    if min(found.first_only, found.second_only) < 2 * FEWEST_OF_EACH:
        rare = first if found.first_only < found.second_only else second
        return (
            f"They disagree in {words}, but those in which {rare} alone holds are too few to tell what "
            "decides."
        )
    return ""


def _agreeing(found: Crux, tested: int) -> str:
    if found.both and found.neither:
        return f"both hold in {of_twenty(found.both, tested)} and both fail in the others"
    return f"both {'hold' if found.both else 'fail'} in all worlds in which both can be tested"


def _decided(
    grid: Grid, plain: Crux, first_only: np.ndarray, disagree: np.ndarray, identity: np.ndarray
) -> Crux:
    choosing = halves(disagree, first_only, identity)
    tested = plain.first_only + plain.second_only + plain.both + plain.neither
    words = f"They disagree in {of_twenty(plain.first_only + plain.second_only, tested)}"
    always = "" if plain.both or plain.neither else " - always -"
    nothing = f"{words}{always}, and no single quantity decides which of them holds there."
    members = np.flatnonzero(choosing)
    cut = best_cut(grid, first_only, members, min(FEWEST, len(members) // 4))
    if cut is None:
        return replace(plain, words=nothing)
    place, _, saved = cut
    cost = feature_cost(len(grid.features)) + float(limit_cost(grid.bins[place], len(members)))
    turns = _turns(grid, place, first_only, np.flatnonzero(disagree))
    value = grid.threshold(place, int(turns[1]), int(turns[2]))
    values = grid.features[place].values
    known = disagree & np.isfinite(values)
    above = values >= value
    gained, error = gain(first_only[known], above[known].astype(int), choosing[known])
    if saved <= cost or gained <= STANDS * error:
        return replace(plain, words=nothing)
    judging = known & ~choosing
    sides = [
        (int(np.count_nonzero(judging & side & first_only)), int(np.count_nonzero(judging & side)))
        for side in (above, ~above)
    ]
    # Rounded outwards, so that what is told is no narrower than what was found.
    ends = max(int(turns[0]) - SLACK, 1), min(int(turns[3]) + SLACK, int(grid.bins[place]) - 1)
    low, high = (grid.threshold(place, end) for end in ends)
    found = replace(
        plain, feature=grid.features[place], value=value, low=min(low, value), high=max(high, value),
        above=sides[0], below=sides[1], gain=gained, error=error,
    )  # fmt: skip
    if not found.turns and abs(_share(sides[0]) - _share(sides[1])) < MUCH:
        usual = plain.names[0 if plain.first_only > plain.second_only else 1]
        mostly = (
            f"{words}, mostly because {usual} alone holds; no single quantity changes that much."
        )
        return replace(plain, words=mostly)
    return replace(found, words=f"{words}. {_told(found)}")


def _share(count: tuple[int, int]) -> float:
    return count[0] / max(count[1], 1)


def _told(found: Crux) -> str:
    """Say what decides, at which value, and how well it tells."""
    feature = found.feature
    if feature is None:
        return ""
    name = found.names[0 if found.first_above else 1]
    counts = [
        (first if found.first_above else of - first, of) for first, of in (found.above, found.below)
    ]
    above, below = (of_twenty(*count) for count in counts)
    there = condition_of_side(feature, found.value, above=True)
    elsewhere = "elsewhere" if feature.is_flag else "below that"
    begin = f"There {name} is the one that holds in"
    if not found.turns:
        usual, rare = found.names if found.first_only > found.second_only else found.names[::-1]
        begin = f"There it is mostly {usual} rather than {rare} that holds, but not equally: {name} holds in"
    words = f"{begin} {above} {there}, and in {below} {elsewhere}."
    if feature.is_flag or found.low == found.high:
        return words
    unit = "" if feature.label.startswith(feature.unit) else feature.unit
    turns = "It turns" if found.turns else "It changes"
    return f"{words} {turns} somewhere between {amount(found.low)} and {amount(found.high, unit)}."


def _turns(grid: Grid, place: int, first_only: np.ndarray, members: np.ndarray) -> np.ndarray:
    """Return the first bin above the threshold: ends of its interval, with the middle half between them.

    Returns:
        ``(4,)`` quantiles of a bootstrap over the disagreeing worlds, in rising order.
    """
    bins = int(grid.bins[place])
    code = grid.codes[members, place]
    members, code = members[code < bins], code[code < bins]
    cells = np.bincount(code + bins * first_only[members], minlength=2 * bins)
    rng = np.random.default_rng(len(members))
    drawn = rng.multinomial(len(members), cells / len(members), size=TIMES)
    hits = drawn[:, bins:].cumsum(axis=1)
    counts = (drawn[:, :bins] + drawn[:, bins:]).cumsum(axis=1)
    total, total_hits = counts[:, -1:], hits[:, -1:]
    after = bits(counts, hits) + bits(total - counts, total_hits - hits)
    best = np.argmin(after[:, :-1], axis=1) + 1
    return np.quantile(best, INTERVAL, method="nearest").astype(int)
