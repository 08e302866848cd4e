"""Does the peace hold: how long signed deals, settlements, ceasefires and victories last, beside the record.

Only the first of each kind in a world is followed, so that a world that breaks and makes peace by turns does
not count many times. A peace breaks when war comes back. It leaves sight unbroken at the horizon, when
something else follows it (a ceasefire that becomes a settlement) or when the world leaves the three regimes.

There is no hazard of renewed war in the model: sides break a peace when they expect more from it. But the
ranges of three assumed numbers (how often a side reconsiders, what resuming and what breaking costs it) were
set with the figures of the record in sight: to be near it is no test of the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from ripeness.outcomes.danger import STRONG, ratio_in_place
from ripeness.outcomes.endings import FIRST_WINS, SECOND_WINS
from ripeness.outcomes.lifetimes import Lifetimes, Share, broken_within, rate_ratio
from ripeness.outcomes.peace_record import BASELINE, Entry, Recorded, main_entry, peace_record
from ripeness.outcomes.spells import first_spells, signed_spells
from ripeness.types import CEASEFIRE, SETTLEMENT, WEEKS_PER_YEAR

YEARS: Final = (1, 2, 3, 5)
"""Years since the peace began at which model and record are compared."""

FEWEST: Final = 20
"""Worlds below which no share is given."""

KINDS: Final[dict[str, str]] = {
    "signed": "signed deals",
    "settlement": "settlements in force",
    "settlement_strong": "settlements that promise a strong guarantee",
    "settlement_weak": "settlements that promise a weak guarantee or none",
    "ceasefire": "ceasefires without a deal",
    "ratification": "ceasefires that await ratification of a deal",
    "victory": "victories",
}
"""Kinds of peace, and what several of them are called."""

MEASURES: Final = {"signed": "settlement"}
"""Kinds that are laid beside the record of another kind: agreements are counted once, on two clocks."""

SAFER, LESS_SAFE = "safer than the record", "less safe than the record"
LIKE: Final = "not told apart from the record"
CANNOT: Final = "cannot break in the model"
"""A victory is final in the model; what the record says of victories is its reader's warning."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Model and record for one kind of peace, so many years after it began.

    Attributes:
        kind: one of ``KINDS``.
        years: since it began.
        model: share of worlds' peaces broken; None where too few were watched so long.
        record: the same in the record; None where it has nothing.
        baseline: what one rate for every peace says.
        verdict: whether the model's interval lies below, above or across the record's; empty without both.
    """

    kind: str
    years: int
    model: Share | None
    record: Recorded | None
    baseline: Recorded | None
    verdict: str

    @property
    def gap(self) -> float | None:
        """How far the model's share lies from the record's; zero within bounds."""
        return None if self.model is None else _distance(self.model.share, self.record)

    @property
    def baseline_gap(self) -> float | None:
        """How far the baseline lies from the record."""
        return None if self.baseline is None else _distance(self.baseline.middle, self.record)


@dataclass(frozen=True, slots=True)
class PeaceBesideRecord:
    """All of it.

    Attributes:
        peaces: how long the model's lasted, by kind.
        rows: one per kind and number of years.
        others: entries of the record that stand beside the main ones.
        promised_ratio: breaks per year where strong help was promised over those where it was not, and its
            95 % interval; None where either never broke.
        in_place_ratio: the same, while strong help is in place over while it is not.
    """

    peaces: dict[str, Lifetimes]
    rows: tuple[Beside, ...]
    others: tuple[Entry, ...]
    promised_ratio: tuple[float, float, float] | None
    in_place_ratio: tuple[float, float, float] | None

    @property
    def score(self) -> tuple[float, float, int] | None:
        """Mean distance from the record of the model, that of the baseline, and in how many rows."""
        gaps = [(row.gap, row.baseline_gap) for row in self.rows if row.verdict]
        both = [(model, base) for model, base in gaps if model is not None and base is not None]
        if not both:
            return None
        model, base = np.mean(both, axis=0).tolist()
        return model, base, len(both)

    def against(self, entry: Entry) -> Beside | None:
        """Return the model beside another entry of the record, at the longest time that both have, or None."""
        seen = self.peaces.get(entry.kind)
        if seen is None or not seen.number:
            return None
        for years in sorted(entry.years, reverse=True):
            model = broken_within(seen, years, fewest=FEWEST)
            if model is not None:
                record = entry.years[years]
                return Beside(entry.kind, years, model, record, None, _verdict(model, record))
        return None

    def row(self, kind: str, years: int) -> Beside:
        """Return the row of a kind and a number of years."""
        return next(row for row in self.rows if (row.kind, row.years) == (kind, years))


def peace_beside_record(data: xr.Dataset) -> PeaceBesideRecord:
    """Return how long the peaces of a run last, beside the record.

    Args:
        data: outcomes of a run.
    """
    peaces = peaces_of(data)
    base = main_entry(BASELINE)
    rows = tuple(
        _beside(kind, years, seen, base) for kind, seen in peaces.items() for years in YEARS
    )
    others = tuple(entry for entry in peace_record() if not entry.main)
    strong, weak = peaces.get("settlement_strong"), peaces.get("settlement_weak")
    ratio = rate_ratio(strong, weak) if strong is not None and weak is not None else None
    return PeaceBesideRecord(peaces, rows, others, ratio, ratio_in_place(data))


def peaces_of(data: xr.Dataset) -> dict[str, Lifetimes]:
    """Return how long the peaces of a run last, by kind; kinds of which the run cannot tell are left out."""
    regime, weeks = data["regime"].values, data["week"].values.astype(float)
    broken, resumed = _dated(data, "broken_week"), _dated(data, "resumed_week")
    found = {}
    if "signing" in data.variables:
        signing = data["signing"].values.astype(bool)
        found["signed"], _ = signed_spells(regime, weeks, signing, resumed, broken)
    settled, world = first_spells(regime, weeks, SETTLEMENT, broken)
    found["settlement"] = settled
    if "first_guarantee" in data.variables:
        strong = data["first_guarantee"].values[world] >= STRONG
        found |= {
            "settlement_strong": settled.those(strong),
            "settlement_weak": settled.those(~strong),
        }
    found |= _ceasefires(data, *first_spells(regime, weeks, CEASEFIRE, resumed))
    won = np.isin(data["ending"].values, (FIRST_WINS, SECOND_WINS))
    lasted = np.maximum(weeks[-1] - data["ended_week"].values[won].astype(float), 0.0)
    found["victory"] = Lifetimes(lasted / WEEKS_PER_YEAR, np.zeros(int(won.sum()), dtype=bool))
    return found


def _dated(data: xr.Dataset, name: str) -> np.ndarray:
    """Return the week of an event in each world; NaN where it did not happen or is not recorded."""
    if name not in data.variables:
        return np.full(data.sizes["world"], np.nan)
    return data[name].values.astype(float)


def _ceasefires(data: xr.Dataset, seen: Lifetimes, world: np.ndarray) -> dict[str, Lifetimes]:
    """Return the ceasefires with and without a signed deal apart, where the run tells."""
    if "ceasefire_signed" not in data.variables:
        return {"ceasefire": seen}
    signed = data["ceasefire_signed"].values[world].astype(bool)
    return {"ceasefire": seen.those(~signed), "ratification": seen.those(signed)}


def measure_of(kind: str) -> Entry | None:
    """Return the entry of the record by which a kind of peace is measured; None if there is none."""
    return main_entry(MEASURES.get(kind, kind))


def _beside(kind: str, years: int, seen: Lifetimes, base: Entry | None) -> Beside:
    entry = measure_of(kind)
    model = broken_within(seen, years, fewest=FEWEST) if seen.number else None
    record = entry.years.get(years) if entry else None
    baseline = base.years.get(years) if base else None
    verdict = _verdict(model, record)
    if verdict and kind == "victory":
        verdict = CANNOT
    return Beside(kind, years, model, record, baseline, verdict)


def _verdict(model: Share | None, record: Recorded | None) -> str:
    """Say which way the model's interval lies from the record's."""
    if model is None or record is None:
        return ""
    if model.high < record.low:
        return SAFER
    return LESS_SAFE if model.low > record.high else LIKE


def _distance(share: float, record: Recorded | None) -> float | None:
    """Return how far a share lies from the record: from its figure, or from its bounds."""
    if record is None:
        return None
    if record.share is None:
        return max(record.low - share, share - record.high, 0.0)
    return abs(share - record.share)
