"""Small outcome sets in which the truth about a claim is planted, and claims to try on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from ripeness.claims.kinds import KINDS
from ripeness.claims.language import Claim

SIDES = ("north", "south")
ISSUES = ("line", "status", "money")
LEVELS = tuple((issue, level) for issue in ISSUES for level in ("low", "high"))
GUARANTEES = ("none", "paper", "clause")
CHANNELS = ("to sign", "for a pause", "to be seen")
NEVER = np.nan


def planted(worlds: int = 200, months: int = 26, **variables: Any) -> xr.Dataset:
    """Make a war without events in every world; ``variables`` replace what is recorded.

    Args:
        worlds: number of worlds.
        months: months after the start.
        variables: arrays, or numbers that stand for all worlds.
    """
    path = (worlds, months + 1)
    weeks = {
        name: (("world",), np.full(worlds, NEVER))
        for name in (
            "settlement_week", "first_ceasefire_week", "front_stable_week", "zone_open_week",
            "resumed_week", "broken_week", "ended_week",
        )
    }  # fmt: skip
    nobody = (("world",), np.full(worlds, -1, dtype=np.int8))
    data = xr.Dataset(
        {
            **weeks,
            "resumed_by": nobody,
            "broken_by": nobody,
            "ending": (("world",), np.full(worlds, 2, dtype=np.int8)),
            "theory": (("world",), (np.arange(worlds) % 2).astype(np.int8)),
            "regime": (("world", "month"), np.zeros(path, dtype=np.int8)),
            "force_ratio": (("world", "month"), np.zeros(path)),
            "area_change": (("world",), np.zeros(worlds)),
            "major_defeat_week": (("world", "side"), np.full((worlds, 2), NEVER)),
            "men_bound_share": (("world", "side"), np.zeros((worlds, 2))),
            "peace_holds": (("world",), np.zeros(worlds)),
            "exit_risk": (("world", "month"), np.zeros(path)),
            "zone_open": (("world", "month"), np.zeros(path)),
            "ruled_out": (("world", "side", "issue_level"), np.zeros((worlds, 2, len(LEVELS)))),
            "conceded": (("world", "side", "issue"), np.zeros((worlds, 2, len(ISSUES)))),
            "willingness": (("world", "month", "patron"), np.zeros((*path, 2))),
            "guarantee_holds": (("guarantee", "world"), np.zeros((len(GUARANTEES), worlds))),
            "guarantee_would_sign": (
                ("guarantee", "side", "world"), np.zeros((len(GUARANTEES), 2, worlds)),
            ),
            "gain_from_attending": (
                ("world", "month", "side", "channel"), np.zeros((*path, 2, len(CHANNELS))),
            ),
            **{
                name: (("world", "month", "side"), np.zeros((*path, 2)))
                for name in (
                    "expected_advantage", "real", "reservation", "troops", "area_held",
                    "attending", "rank",
                )
            },
        },
        {
            "world": np.arange(worlds),
            "month": np.arange(months + 1),
            "week": ("month", 4 * np.arange(months + 1)),
            "side": list(SIDES),
            "side_label": ("side", ["North", "South"]),
            "issue": list(ISSUES),
            "issue_label": ("issue", [issue.capitalize() for issue in ISSUES]),
            "issue_level": [f"{issue}: {level}" for issue, level in LEVELS],
            "level_issue": ("issue_level", [issue for issue, _ in LEVELS]),
            "patron": ["rich", "poor"],
            "guarantee": list(GUARANTEES),
            "channel": list(CHANNELS),
        },
    )  # fmt: skip
    data["theory"].attrs["flag_meanings"] = ["one theory", "another theory"]
    data["ending"].attrs["flag_meanings"] = [
        "settled", "ceasefire holding", "frozen at horizon", "victory of north",
        "victory of south", "beyond the model",
    ]  # fmt: skip
    return replaced(data, **variables)


def replaced(data: xr.Dataset, **variables: Any) -> xr.Dataset:
    """Return a copy with other values."""
    data = data.copy(deep=True)
    for name, value in variables.items():
        old = data[name]
        data[name] = (old.dims, np.broadcast_to(np.asarray(value), old.shape).copy(), old.attrs)
    return data


def of_first(worlds: int, count: int, value: float = 1.0, other: float = NEVER) -> np.ndarray:
    """Return ``value`` in the first worlds and ``other`` in the rest."""
    return np.where(np.arange(worlds) < count, value, other)


def by_side(north: Any, south: Any) -> np.ndarray:
    """Put what differs between sides on the last axis."""
    return np.stack(np.broadcast_arrays(north, south), axis=-1)


def claim(kind: str, test: Mapping[str, Any], name: str = "C01") -> Claim:
    """Return a claim of a kind."""
    return Claim(
        id=name,
        speaker="somebody",
        about="war",
        kind=kind,
        proposition="It is so.",
        test=KINDS[kind].model.model_validate(test),
    )
