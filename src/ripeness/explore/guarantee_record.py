"""The record beside the model: how often promises were honoured, and how long peace with them lasted.

The model's own figures: what a promise is worth there (credibility as drawn), and of the deals that both sides
sign and that come into force, how many are broken within the years watched. The baseline says of every kind
what the record says of all agreements together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr
import yaml

from ripeness.explore.guarantee_arms import NONE
from ripeness.explore.guarantee_reading import Kinds
from ripeness.outcomes.lifetimes import wilson
from ripeness.outcomes.peace_record import BASELINE, Recorded, main_entry, peace_record

FILE: Final = Path(__file__).with_name("guarantee_record.yaml")

ENDS: Final = (0.05, 0.95)
"""Of the range of a promise's credibility that is told: 18 of 20 worlds."""


@dataclass(frozen=True, slots=True)
class Honoured:
    """How often promises of a kind were honoured.

    Attributes:
        id: its name.
        kinds: of guarantor that come nearest.
        what: which promises.
        share: honoured, 0 to 1.
        low: lower end of the band; None if unknown.
        high: upper end.
        citation: who counted.
    """

    id: str
    kinds: tuple[str, ...]
    what: str
    share: float
    low: float | None
    high: float | None
    citation: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A kind of the model beside the record.

    Attributes:
        kind: of guarantor, or "none".
        promise: median and range of its credibility as drawn; None for "none".
        honoured: what the record says of such promises.
        in_force: deals that both signed and that came into force.
        broken: of them, broken within the years watched.
        model: share broken with its 95 % interval; None without any deal in force.
        record: the same in the record; None where it does not speak.
        source: of the record; empty where it does not speak.
    """

    kind: str
    promise: tuple[float, float, float] | None
    honoured: tuple[Honoured, ...]
    in_force: int
    broken: int
    model: tuple[float, float, float] | None
    record: Recorded | None
    source: str


def beside_record(kinds: Kinds, data: xr.Dataset) -> list[Beside]:
    """Return every kind beside what the record says of it.

    Args:
        kinds: the guarantees of a run.
        data: outcomes of the run, for the numbers drawn.
    """
    peace = {entry.id: entry for entry in peace_record()}
    found = []
    for row, name in enumerate(kinds.names):
        kind = _plain(name)
        entry = peace.get(_content()["peace"].get(kind, ""))
        force = kinds.both[row] & (kinds.holds[row] | kinds.broken[row])
        number, broken = int(force.sum()), int((force & kinds.broken[row]).sum())
        model = (broken / number, *wilson(broken / number, float(number))) if number else None
        found.append(
            Beside(
                name, _promise(kinds, name, data), honoured(kind), number, broken, model,
                entry.years.get(kinds.years) if entry else None,
                f"{entry.what} ({entry.citation})" if entry else "",
            )
        )  # fmt: skip
    return found


def score(rows: list[Beside], years: int) -> tuple[float, float, int] | None:
    """Return how far the model, and the baseline, lie from the record in the mean, and over how many kinds.

    Args:
        rows: kinds beside the record.
        years: within which peace breaks.
    """
    base = main_entry(BASELINE)
    known = [row for row in rows if row.record is not None and row.model is not None]
    if base is None or years not in base.years or not known:
        return None
    gaps = [
        (abs(row.model[0] - row.record.middle), abs(base.years[years].middle - row.record.middle))
        for row in known
        if row.model is not None and row.record is not None
    ]
    model, baseline = np.mean(gaps, axis=0).tolist()
    return model, baseline, len(known)


@lru_cache(maxsize=16)
def honoured(kind: str) -> tuple[Honoured, ...]:
    """Return what the record says of promises of this kind."""
    rows = [Honoured(**{**row, "kinds": tuple(row["kinds"])}) for row in _content()["honoured"]]
    return tuple(row for row in rows if kind in row.kinds)


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def _plain(name: str) -> str:
    """Return a kind without whom it protects."""
    return name.split(" for ")[0]


def _promise(kinds: Kinds, name: str, data: xr.Dataset) -> tuple[float, float, float] | None:
    """Return the median and the range of the credibility of a kind's guarantors, all taken together."""
    paths = [f"guarantors.{each}.credibility" for each in kinds.guarantors.get(name, ())]
    known = [path for path in paths if path in data["parameter"].values]
    if name == NONE or not known:
        return None
    drawn = data["parameters"].sel(parameter=known).values
    low, middle, high = np.quantile(drawn, (ENDS[0], 0.5, ENDS[1])).tolist()
    return low, middle, high
