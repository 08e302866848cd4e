"""Reading the outcomes of a run for charts: counts, dates, names, quantiles.

Axis letters: ``world`` first, then ``month``, then ``side``, as the run's Dataset has them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import xarray as xr

from ripeness.charts.chart import Cell
from ripeness.errors import bad_input
from ripeness.types import WEEKS_PER_MONTH

QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Ends of the bands that hold 18 of 20 and 10 of 20 worlds, and the median."""

FEWEST: Final = 20
"""Worlds at war in a month that is drawn (all, if the run has fewer); shares of fewer jump."""

_YEAR = "January February March April May June July August September October November December"
MONTHS: Final = tuple(_YEAR.split())  # noqa: SIM905 (one line reads better than twelve)
"""English names, whatever the machine's language is."""

_SIGNIFICANT: Final = 5  # digits kept in a specification; more would only be noise


def require(data: xr.Dataset, *names: str) -> None:
    """Check that the outcomes hold these variables.

    Raises:
        InputError: if one is missing.
    """
    missing = [name for name in names if name not in data.variables]
    if missing:
        raise bad_input(
            "outcomes",
            f"The outcomes hold no `{'`, `'.join(missing)}`.",
            "Make the run anew with this version of ripeness.",
        )


def worlds_of(data: xr.Dataset) -> int:
    """Return the number of worlds."""
    return int(data.sizes["world"])


def days_of(data: xr.Dataset) -> np.ndarray:
    """Return the date of every month, shape (month,), as days."""
    dates = data["date"].values
    if dates.dtype.kind in "OUT":
        dates = np.array([str(date)[:10] for date in dates])
    return dates.astype("datetime64[D]")


def date_cells(data: xr.Dataset) -> list[Cell]:
    """Return the date of every month as a table holds it."""
    return [str(day) for day in days_of(data)]


def month_name(day: object) -> str:
    """Say a date to the month: ``July 2028``."""
    year, month = str(day)[:7].split("-")
    return f"{MONTHS[int(month) - 1]} {year}"


def side_names(data: xr.Dataset) -> list[str]:
    """Return what the two sides are called, in the order of the side axis."""
    names = data["side_label"].values if "side_label" in data.variables else data["side"].values
    return [str(name) for name in names]


def meanings(data: xr.Dataset, variable: str, attribute: str) -> list[str]:
    """Return the words that an index variable points to, or none."""
    words = data[variable].attrs.get(attribute) or ()
    return [words] if isinstance(words, str) else [str(word) for word in words]


def ending_names(data: xr.Dataset) -> list[str]:
    """Return the names of the endings, with the sides called by their labels."""
    ids = [str(side) for side in data["side"].values]
    victories = [f"victory of {side}" for side in ids]
    names = meanings(data, "ending", "flag_meanings") or [
        "settled",
        "ceasefire holding",
        "frozen at horizon",
        *victories,
        "beyond the model",
    ]
    labels = dict(zip(victories, (f"victory of {name}" for name in side_names(data)), strict=True))
    return [labels.get(name, name) for name in names]


def ending_counts(data: xr.Dataset) -> dict[str, int]:
    """Return how many worlds end in each way, ways without a world included."""
    require(data, "ending")
    names = ending_names(data)
    index = data["ending"].values.astype(int)
    counts = np.bincount(index[(index >= 0) & (index < len(names))], minlength=len(names))
    return dict(zip(names, counts.tolist(), strict=True))


def war_end_week(data: xr.Dataset) -> np.ndarray:
    """Return the week in which the war ended for good, shape (world,); infinite if it did not.

    A war that leaves the model has not ended, nor has one that is frozen at the horizon.
    """
    require(data, "ending", "ended_week")
    names = ending_names(data)
    endless = [place for place, name in enumerate(names) if name.startswith(("beyond", "frozen"))]
    week = data["ended_week"].values.astype(float)
    never = np.isnan(week) | np.isin(data["ending"].values, endless)
    return np.where(never, np.inf, week)


def week_of(data: xr.Dataset) -> np.ndarray:
    """Return the week of every month, shape (month,)."""
    if "week" in data.variables:
        return data["week"].values.astype(float)
    return np.arange(data.sizes["month"], dtype=float) * WEEKS_PER_MONTH


def carried(values: np.ndarray) -> np.ndarray:
    """Fill what is missing in a (world, month) array with the world's last figure before."""
    known = np.isfinite(values)
    place = np.where(known, np.arange(values.shape[1]), 0)
    place = np.maximum.accumulate(place, axis=1)
    return np.take_along_axis(values, place, axis=1)


def quantiles_of(values: np.ndarray, where: np.ndarray | None = None) -> np.ndarray:
    """Return quantiles over worlds, shape (quantile, month); NaN where no world has a figure.

    Args:
        values: shape (world, month).
        where: which of them count, same shape; all finite ones if left out.
    """
    values = np.where(np.isfinite(values), values, np.nan)
    if where is not None:
        values = np.where(where, values, np.nan)
    found = np.full((len(QUANTILES), values.shape[1]), np.nan)
    known = np.isfinite(values).any(axis=0)
    if known.any():
        found[:, known] = np.nanquantile(values[:, known].astype(float), QUANTILES, axis=0)
    return found


def enough(fighting: np.ndarray) -> np.ndarray:
    """Return the months in which enough worlds are at war for a share or a median of them.

    Args:
        fighting: shape (world, month).
    """
    return fighting.sum(axis=0) >= min(FEWEST, len(fighting))


def cells(values: Iterable[float], scale: float = 1.0) -> list[Cell]:
    """Round figures for a table; what is not finite becomes ``None``."""
    return [rounded(float(value) * scale) for value in values]


def rounded(value: float) -> float | None:
    """Round to five significant digits, or ``None`` if the figure is not finite."""
    if not math.isfinite(value):
        return None
    return float(f"{value:.{_SIGNIFICANT}g}") + 0.0  # + 0.0 turns -0.0 into 0.0


def about(value: float, digits: int = 3) -> str:
    """Say a large figure to three significant digits: ``113,000``."""
    if not math.isfinite(value):
        return "an unknown number of"
    short = float(f"{value:.{digits}g}")
    return f"{short:,.0f}" if abs(short) >= 10 or short == int(short) else f"{short:g}"


def listed(parts: Sequence[str]) -> str:
    """Join parts as a sentence does: ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def sentence_case(text: str) -> str:
    """Give a sentence its first capital without touching the rest."""
    return text[:1].upper() + text[1:]
