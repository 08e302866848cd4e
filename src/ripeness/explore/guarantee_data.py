"""What a run keeps of the guarantees tried: arrays by world, for claims and pictures, and counts as JSON."""

from __future__ import annotations

import json
from typing import Any, Final

import numpy as np
import xarray as xr

from ripeness.explore.draft_play import BROKEN, FAILED, IN_FORCE, YEARS
from ripeness.explore.guarantee_arms import NONE
from ripeness.explore.guarantee_effects import effects_of
from ripeness.explore.guarantees import NOT_PLAYED, Guarantees, GuaranteesTried
from ripeness.outcomes.lifetimes import wilson
from ripeness.scenario.model import Scenario

BY_SIDE, BY_WORLD = ("guarantee", "side", "world"), ("guarantee", "world")

MEANINGS: Final = {
    "guarantee_would_sign": (BY_SIDE, "would sign the deal that both come nearest to with it alone"),
    "guarantee_acceptable": (BY_SIDE, "would sign some deal with it alone"),
    "guarantee_holds": (BY_WORLD, f"that deal, signed, is ratified and in force after {YEARS} years"),
    "guarantee_holds_empty": (BY_WORLD, "the same, the guarantor never there"),
    "guarantee_attacks": (BY_SIDE, "takes up the war again before the deal is in force, or breaks it"),
    "guarantee_attacks_empty": (BY_SIDE, "the same, the guarantor never there"),
    "guarantee_fails_at_home": (BY_WORLD, "the deal fails at ratification"),
    "guarantee_broken": (BY_WORLD, "the deal comes into force, and a side breaks it"),
}  # fmt: skip
"""Variables that a run with guarantors keeps: 1 yes, 0 no, NaN where it was not tested."""


def with_guarantees(data: xr.Dataset, tried: GuaranteesTried, scenario: Scenario) -> xr.Dataset:
    """Return the outcomes of a run with what became of each kind of guarantee in its worlds.

    Args:
        data: outcomes of the run.
        tried: the guarantees tried in its first worlds.
        scenario: the war.
    """
    found, place = tried.by_kind, _places(data, tried.by_kind.asked)
    played = found.watched
    values = {
        "guarantee_would_sign": (found.signs, slice(None)),
        "guarantee_acceptable": (found.acceptable, slice(None)),
        "guarantee_holds": (found.fate == IN_FORCE, played),
        "guarantee_holds_empty": (found.empty == IN_FORCE, played),
        "guarantee_attacks": (found.attacks(found.fate), played),
        "guarantee_attacks_empty": (found.attacks(found.empty), played),
        "guarantee_fails_at_home": (found.fate == FAILED, played),
        "guarantee_broken": (np.isin(found.fate, (BROKEN, BROKEN + 1)), played),
    }
    new = {}
    for name, (axes, meaning) in MEANINGS.items():
        value, where = values[name]
        row = np.full((*value.shape[:-1], data.sizes["world"]), np.nan, dtype=np.float32)
        row[..., place[where]] = value[..., where]
        new[name] = xr.Variable(axes, row, {"units": "flag", "long_name": meaning})
    new["guarantee_protects"] = xr.Variable(
        "guarantee", np.array(found.protects, dtype=np.int8),
        {"units": "code", "long_name": "side protected; -1 nobody", "years": YEARS,
         "worlds_tried": found.drawn, "guarantors": _guarantors(tried, scenario)},
    )  # fmt: skip
    return data.assign_coords(guarantee=list(found.names)).assign(new)


def _guarantors(tried: GuaranteesTried, scenario: Scenario) -> str:
    """Return the guarantors of each kind as JSON."""
    members: dict[str, list[str]] = {kind: [] for kind in tried.by_kind.names}
    for option in tried.options:
        for name, keys in option.levels.items():
            guarantor = scenario.issues[name].levels[keys[0]].guarantor
            if guarantor is not None:
                members[option.kind].append(guarantor)
    return json.dumps(members, ensure_ascii=False)


def _places(data: xr.Dataset, asked: np.ndarray) -> np.ndarray:
    """Return where in the outcomes the worlds asked stand."""
    return np.searchsorted(data["world"].values, asked)


def as_mapping(tried: GuaranteesTried, scenario: Scenario, seed: int) -> dict[str, Any]:
    """Return what became of every kind, and of every level, as JSON has it.

    Args:
        tried: the guarantees tried.
        scenario: the war.
        seed: of the run.
    """
    found, sides = tried.by_kind, list(scenario.sides)
    effects = effects_of(found, seed)
    return {
        "years": YEARS,
        "worlds": len(found.asked),
        "worlds_drawn": found.drawn,
        "watched": int(found.watched.sum()),
        "kinds": [
            {
                "kind": kind,
                "protects": sides[found.protects[row]] if kind != NONE else None,
                **_counted(found, row, sides),
                **(effects[row].as_mapping() if row else {}),
                "levels": [
                    {"label": option.label} | _counted(tried.by_option, place, sides)
                    for place, option in enumerate(tried.options)
                    if option.kind == kind
                ],
            }
            for row, kind in enumerate(found.names)
        ],
    }  # fmt: skip


def _counted(found: Guarantees, row: int, sides: list[str]) -> dict[str, Any]:
    """Return counts of worlds: among all asked, among those signed, and among those watched."""
    both, fate, empty = found.both[row], found.fate[row], found.empty[row]
    kept, number = int((both & (fate == IN_FORCE)).sum()), int(both.sum())
    low, high = wilson(kept / number, float(number)) if number else (0.0, 1.0)
    by_side = lambda rows: dict(zip(sides, map(int, rows.sum(axis=-1)), strict=True))  # noqa: E731
    played = fate != NOT_PLAYED
    return {
        "would_sign": by_side(found.signs[row]),
        "acceptable": by_side(found.acceptable[row]),
        "both_sign": number,
        "signed_and_holds": kept,
        "holds_interval": [round(low, 4), round(high, 4)] if number else None,
        "watched": {
            "holds": int((played & (fate == IN_FORCE)).sum()),
            "holds_empty": int((played & (empty == IN_FORCE)).sum()),
            "fails_at_home": int((played & (fate == FAILED)).sum()),
            "attacks": by_side(found.attacks(found.fate)[row] & played),
            "attacks_empty": by_side(found.attacks(found.empty)[row] & played),
        },
    }
