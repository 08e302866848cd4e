"""What a guarantee prevents where it stands, and how much of the danger falls while it does, in words."""

from __future__ import annotations

from typing import Final

import xarray as xr

from ripeness.brief.format import MISSING
from ripeness.brief.table import Rows
from ripeness.charts.reading import sentence_case, side_names
from ripeness.outcomes.danger import PLACES, Danger, Part, danger_of
from ripeness.outcomes.peace import FEWEST
from ripeness.outcomes.peace_record import published
from ripeness.outcomes.words import OUT_OF

CLEAR: Final = 2.0
"""Standard errors by which a guarantee must take off some of the danger before it is said to."""

FRACTIONS: Final[tuple[tuple[float, str, str], ...]] = (
    (0.0, "hardly any breach", "hardly any of the danger"),
    (1 / 10, "one breach of ten", "a tenth of the danger"),
    (1 / 5, "one breach of five", "a fifth of the danger"),
    (1 / 4, "one breach of four", "a quarter of the danger"),
    (1 / 3, "one breach of three", "a third of the danger"),
    (2 / 5, "two breaches of five", "two fifths of the danger"),
    (1 / 2, "one breach of two", "half of the danger"),
    (3 / 5, "three breaches of five", "three fifths of the danger"),
    (2 / 3, "two breaches of three", "two thirds of the danger"),
    (3 / 4, "three breaches of four", "three quarters of the danger"),
    (4 / 5, "four breaches of five", "four fifths of the danger"),
    (9 / 10, "nine breaches of ten", "nine tenths of the danger"),
    (1.0, "nearly every breach", "nearly all of the danger"),
)
"""Shares that a reader can picture: so many breaches, so much of the danger."""


def danger_told(data: xr.Dataset) -> tuple[list[str], list[Rows]]:
    """Return sentences on what guarantees prevent and where, the finding first, and the table behind them.

    Args:
        data: outcomes of a run.

    Returns:
        Nothing if the run has no settlement, or nobody to protect.
    """
    found = danger_of(data)
    if found is None:
        return [], []
    who = enemy(found, side_names(data))
    if found.whole.danger <= 0:
        return [
            f"In no first settlement would {who} have broken the peace: nothing to prevent."
        ], []
    return [finding(found), *_beside(found, who)], [_table(found, who)]


def finding(found: Danger) -> str:
    """Say what a strong guarantee prevents where it stands, and in how much of the danger it stands."""
    strong = found.part("strong")
    if strong.ratio is None or strong.share is None:
        return (
            "Strong help is in place in none of the danger: what it would prevent is not seen here."
        )
    where = fraction(strong.share[0])[1]
    left, error = strong.ratio
    if strong.worlds < FEWEST or error is None or 1.0 - left <= CLEAR * error:
        return (
            f"What a strong guarantee prevents where it stands cannot be told: it stands in {where}, "
            f"in {strong.worlds:,} {'world' if strong.worlds == 1 else 'worlds'}."
        )
    return f"Where it stands, a strong guarantee prevents {fraction(1.0 - left)[0]}; it stands in {where}."


def fraction(share: float) -> tuple[str, str]:
    """Return so many breaches, and so much of the danger, in words: the nearest of a few simple shares."""
    _, breaches, danger = min(FRACTIONS, key=lambda each: abs(each[0] - share))
    return breaches, danger


def enemy(found: Danger, sides: list[str]) -> str:
    """Return who is to be kept from breaking the peace; "the other side" where both sides are protected."""
    return sides[1 - found.protected[0]] if len(found.protected) == 1 else "the other side"


def _beside(found: Danger, who: str) -> list[str]:
    """Say where the rest of the danger falls, what it comes to, and what the literature has."""
    strong, awaited, whole = found.part("strong"), found.part("strong_awaited"), found.whole
    lines = []
    if awaited.share is not None and awaited.danger > 0:
        lines.append(
            f"In {fraction(awaited.share[0])[1]} strong help was promised but not yet in place, and until "
            "then a guarantor deters nobody."
        )
    if strong.ratio is not None:
        known = published()["peacekeeping_hazard_ratio"]
        lines.append(
            f"With strong help in place {_spread(strong.ratio)} of the danger is left. The literature has "
            f"{known.low:.2f} to {known.high:.2f} ({known.citation}), for peacekeepers after civil wars: no "
            "more than an order of size."
        )
    lines.append(
        f"In {found.settlements:,} first settlements {_count(whole.danger)} breaches by {who} were to be "
        f"expected had nobody guaranteed them, {_count(found.expected)} with the guarantors as they are: what "
        "is prevented in one month may still come in another."
    )
    return lines


def _table(found: Danger, who: str) -> Rows:
    rows = [*found.parts, found.whole]
    cells = [_cells(each) for each in rows if each.months]
    columns = (
        "What stands behind the settlement", "Worlds", "Months", "Danger: breaches expected without guarantors",
        "Of these not prevented", "Left of the danger", "Of all danger, of 20",
    )  # fmt: skip
    note = (
        f"First settlements only, as long as they last. Danger: the monthly chances that {who} breaks the "
        "settlement had nobody guaranteed it, added up; a settlement that would have been broken before counts "
        "for less, as it is broken once. Strong: on average at least a quarter of the protected side's force "
        "at the start would come. After ±: one standard error, worlds drawn again."
    )
    caption = "Danger to the peace, by what stands behind it at the time"
    return Rows(caption, columns, tuple(cells), note)


def _cells(part: Part) -> tuple[str, ...]:
    name = sentence_case(PLACES.get(part.place, "all months"))
    share = part.share and (part.share[0] * OUT_OF, part.share[1] and part.share[1] * OUT_OF)
    return (
        name, f"{part.worlds:,}", f"{part.months:,}", _count(part.danger), _count(part.left),
        MISSING if part.ratio is None else _spread(part.ratio),
        MISSING if share is None else _spread(share, 1),
    )  # fmt: skip


def _count(number: float) -> str:
    """Write a number of breaches to be expected."""
    return f"{number:,.0f}" if number >= OUT_OF else f"{number:.1f}"


def _spread(figures: tuple[float, float | None], digits: int = 2) -> str:
    """Write a figure and its standard error, where there is one."""
    middle, error = figures
    told = f"{middle:.{digits}f}"
    spread = "" if error is None else f"{error:.{digits}f}"
    return f"{told} ± {spread}" if spread and float(spread) else told
