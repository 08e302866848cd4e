"""What is called a ceasefire: definitions, and when the first that fits began in each world.

A question about "a ceasefire" has no answer until it says which. A definition here asks for four things:
that it was announced by both sides or that the guns were merely quiet, how long it lasted at least, whether
one that comes with a signed deal counts, and, where nobody announced anything, how low losses had to be. A
truce counts from its first week once it has lasted long enough; one that is still running at the end of the
run counts only if it has by then. A ceasefire that passes into a settlement has lasted.

Truces that one side announces alone are no acts of this model; where the other side goes along they show as
quiet. Months are four weeks: what begins and ends within one is not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr
from jaxtyping import Bool, Float

from ripeness.registry import Registry
from ripeness.types import CEASEFIRE, ENDED, SETTLEMENT, WEEKS_PER_MONTH

QUIET: Final = 0.2
"""Losses of both sides over those of the first month of the run, below which a front is quiet (assumed)."""


@dataclass(frozen=True, slots=True)
class CeasefireDefinition:
    """What counts.

    Attributes:
        label: the definition in words, after "a ceasefire:".
        weeks: it lasts this long at least.
        announced: both sides announce it; otherwise losses merely fall (``QUIET``), announced or not.
        deals: one that comes with a signed deal counts as well.
    """

    label: str
    weeks: float = 0.0
    announced: bool = True
    deals: bool = True


DEFINITIONS: Final[Registry[CeasefireDefinition]] = Registry("definition of a ceasefire")
for _name, _definition in (
    ("any", CeasefireDefinition("announced by both sides, however short")),
    ("month", CeasefireDefinition("announced by both sides, holds four weeks", weeks=4.0)),
    ("quarter", CeasefireDefinition("announced by both sides, holds thirteen weeks", weeks=13.0)),
    ("half_year", CeasefireDefinition("announced by both sides, holds half a year", weeks=26.0)),
    (
        "bare",
        CeasefireDefinition(
            "announced by both sides without a signed deal, holds four weeks",
            weeks=4.0,
            deals=False,
        ),
    ),
    (
        "quiet",
        CeasefireDefinition(
            "announced or not: both sides' losses below a fifth of those at the start for eight weeks",
            weeks=8.0,
            announced=False,
        ),
    ),
):
    DEFINITIONS.register(_name)(_definition)


def ceasefire_week(data: xr.Dataset, name: str) -> Float[np.ndarray, "world"]:
    """Return the week in which the first ceasefire that fits a definition began, NaN where none did.

    Args:
        data: the outcomes of a run.
        name: of the definition, see ``DEFINITIONS``.

    Raises:
        InputError: if there is no such definition; the message lists them.
    """
    definition = DEFINITIONS[name]
    months = _counted(data, definition)
    return _first_run(months, np.ceil(definition.weeks / WEEKS_PER_MONTH)) * WEEKS_PER_MONTH


def _counted(data: xr.Dataset, definition: CeasefireDefinition) -> Bool[np.ndarray, "world month"]:
    """Return the months that count as a ceasefire, those of a settlement that follows one included."""
    regime = data["regime"].transpose("world", "month").values
    peace = regime == SETTLEMENT
    if not definition.announced:
        rate = data["casualty_rate"].transpose("world", "month", "side").values
        start = np.maximum(rate[:, 1:2], 1.0)  # the rate is of the month before
        quiet = np.asarray((rate < QUIET * start).all(axis=-1))
        # What is quiet in a month is written down at the end of it.
        return np.pad(quiet[:, 1:], ((0, 0), (0, 1)), mode="edge") & (regime != ENDED)
    rests = (regime == CEASEFIRE) | peace
    if definition.deals:
        return rests
    return rests & ~_begun_by(data["signing"].transpose("world", "month").values, rests)


def _begun_by(
    signing: Bool[np.ndarray, "world month"], rests: Bool[np.ndarray, "world month"]
) -> Bool[np.ndarray, "world month"]:
    """Return the months of rests that began with a signature: it falls in the month before."""
    with_deal = np.zeros_like(rests)
    for month in range(1, rests.shape[1]):
        begins = rests[:, month] & ~rests[:, month - 1]
        with_deal[:, month] = np.where(begins, signing[:, month - 1], with_deal[:, month - 1])
    return with_deal & rests


def _first_run(months: Bool[np.ndarray, "world month"], least: float) -> np.ndarray:
    """Return the month in which the first run of so many months or more begins, NaN if there is none."""
    length = np.zeros(months.shape[0])
    found = np.full(months.shape[0], np.nan)
    for month in range(months.shape[1]):
        length = np.where(months[:, month], length + 1, 0)
        fits = np.isnan(found) & (length > 0) & (length >= least)
        found = np.where(fits, month + 1 - length, found)
    return found


def ceasefires_within(data: xr.Dataset, weeks: tuple[float, ...]) -> dict[str, dict[str, object]]:
    """Return, by definition, its label and in how many worlds one had begun by each of these weeks."""
    found = {}
    for name, definition in DEFINITIONS.items():
        began = ceasefire_week(data, name)
        with np.errstate(invalid="ignore"):
            counts = {f"{week:.0f}": int((began <= week).sum()) for week in weeks}
        found[name] = {"label": definition.label, "worlds_by_week": counts}
    return found
