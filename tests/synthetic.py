"""Datasets of the shape that a run writes, made without a simulation.

The numbers are invented. What matters is that every variable, coordinate and attribute is there
and that the awkward cases are: one world, one ending, no settlement, missing values, long names,
sides in the other order.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import numpy as np
import xarray as xr

WEEKS_PER_MONTH = 4
WAR, CEASEFIRE, SETTLEMENT, ENDED = range(4)
THEORIES = ("hurting stalemate", "converging expectations")
RULES = (
    "hurting stalemate: both hurt, and neither could win",
    "converging expectations: both expected less from fighting than from the deal",
    "collapse of the front",
    "the horizon was reached with the war still going on",
    "use of a nuclear weapon, or spread to a member of an alliance",
)
LEVELS = {
    "territory": ["line of contact", "withdrawal from four regions", "borders of 1991"],
    "alliance": ["membership", "neutrality", "guarantee without membership"],
    "sanctions": ["kept", "lifted in steps", "lifted at once"],
}
MIXED = {"settled": 30, "ceasefire": 20, "frozen": 25, "first": 8, "second": 9, "beyond": 8}


def dataset(
    worlds: int = 64,
    *,
    months: int = 65,
    seed: int = 1,
    shares: dict[str, float] | None = None,
    sides: tuple[str, str] = ("russia", "ukraine"),
    labels: tuple[str, str] = ("Russia", "Ukraine"),
    holes: bool = False,
) -> xr.Dataset:
    """Make a dataset.

    Args:
        worlds: number of worlds.
        months: months after the start.
        seed: of the invented numbers.
        shares: weight of each ending (keys of ``MIXED``).
        sides: ids of the belligerents.
        labels: their names.
        holes: put NaN where a run may have them.
    """
    random = np.random.default_rng(seed)
    shares = shares or MIXED
    names = list(MIXED)
    weight = np.array([shares.get(name, 0.0) for name in names], float)
    ending = random.choice(len(names), worlds, p=weight / weight.sum())
    end = np.clip(random.gamma(2.0, months / 5, worlds), 1, months - 1).astype(int)
    month = np.arange(months + 1)
    coords = _coords(worlds, month, sides, labels)
    variables: dict[str, tuple] = {}
    _per_world(variables, random, ending, end)
    _trajectories(variables, random, ending, end, month)
    _peace_and_money(variables, np.random.default_rng(seed + 1), months + 1)
    data = xr.Dataset(variables, coords)
    data["ending"].attrs["flag_meanings"] = [
        "settled",
        "ceasefire holding",
        "frozen at horizon",
        f"victory of {sides[0]}",
        f"victory of {sides[1]}",
        "beyond the model",
    ]
    data["theory"].attrs["flag_meanings"] = list(THEORIES)
    data["theory"].attrs["theories"] = [name.replace(" ", "_") for name in THEORIES]
    data["rule"].attrs["rules"] = list(RULES)
    ids = {issue: [label.replace(" ", "_") for label in LEVELS[issue]] for issue in LEVELS}
    data["terms"].attrs["levels"] = json.dumps(ids)
    data["terms"].attrs["level_labels"] = json.dumps(LEVELS)
    for name in ("area_held", "expected_area", "area_change"):
        data[name].attrs["units"] = "km2"
    data["casualties"].attrs["units"] = "soldiers"
    if holes:
        _make_holes(data, random)
    return data


def _coords(worlds, month, sides, labels):
    start = np.datetime64("2025-07-01", "ns")
    return {
        "world": np.arange(worlds),
        "month": month,
        "week": ("month", month * WEEKS_PER_MONTH),
        "date": ("month", start + month * np.timedelta64(28, "D")),
        "side": list(sides),
        "side_label": ("side", list(labels)),
        "patron": ["united_states", "europe"],
        "issue": list(LEVELS),
        "issue_label": ("issue", [name.capitalize() for name in LEVELS]),
        "parameter": ["war.front.mobility", f"belligerents.{sides[0]}.manpower.pool"],
    }


def _per_world(variables, random, ending, end):
    worlds = len(ending)
    frozen, settled, ceasefire = ending == 2, ending == 0, ending == 1
    week = np.where(frozen, np.nan, end * WEEKS_PER_MONTH).astype(np.float32)
    broken = settled & (random.random(worlds) < 0.3)
    rule = np.select(
        [settled | ceasefire, frozen, (ending == 3) | (ending == 4)],
        [random.integers(0, 2, worlds), 3, 2],
        4,
    )
    scalar = {
        "theory": random.integers(0, 2, worlds).astype(np.int8),
        "rule": rule.astype(np.int8),
        "ended_week": week,
        "first_ceasefire_week": np.where(settled | ceasefire, week, np.nan),
        "settlement_week": np.where(settled, week, np.nan),
        "resumed_week": np.full(worlds, np.nan),
        "broken_week": np.where(broken, week + 8, np.nan),
        "resumed_by": np.full(worlds, -1, np.int8),
        "broken_by": np.where(broken, random.integers(0, 2, worlds), -1).astype(np.int8),
        "peace_holds": settled & ~broken,
        "attempts": settled.astype(np.int8) + broken,
        "failed_ratifications": random.integers(0, 2, worlds).astype(np.int8),
        "front_stable_week": random.uniform(0, 100, worlds),
        "zone_open_share": random.random(worlds),
        "zone_open_week": np.where(random.random(worlds) < 0.4, np.nan, 30.0),
        "area_change": random.normal(3000, 4000, worlds),
    }
    variables["ending"] = ("world", ending.astype(np.int8))
    variables |= {name: ("world", value) for name, value in scalar.items()}
    terms = np.where(settled[:, None], random.integers(0, 3, (worlds, len(LEVELS))), -1)
    variables["terms"] = (("world", "issue"), terms.astype(np.int8))
    per_side = {
        "major_defeat_week": random.uniform(0, 200, (worlds, 2)),
        "breakthroughs": random.integers(0, 4, (worlds, 2)).astype(np.int16),
        "men_bound_share": np.clip(random.beta(0.6, 1.0, (worlds, 2)) * 1.1 - 0.05, 0, 1),
        "killed": random.uniform(2e4, 2e5, (worlds, 2)),
        "disabled": random.uniform(4e4, 4e5, (worlds, 2)),
        "deserted": random.uniform(1e4, 1e5, (worlds, 2)),
    }
    variables |= {name: (("world", "side"), value) for name, value in per_side.items()}
    variables["parameters"] = (
        ("world", "parameter"),
        random.random((worlds, 2)).astype(np.float32),
    )


def _trajectories(variables, random, ending, end, month):
    worlds, months = len(ending), len(month)
    final = np.choose(ending, [SETTLEMENT, CEASEFIRE, WAR, ENDED, ENDED, ENDED])
    before = month[None, :] < end[:, None]
    lull = (month[None, :] >= end[:, None] - 3) & (ending == 0)[:, None]
    regime = np.where(before, np.where(lull, CEASEFIRE, WAR), final[:, None])
    fighting = regime == WAR
    dims = ("world", "month")
    variables["regime"] = (dims, regime.astype(np.int8))
    step = random.normal(150, 900, (worlds, months)) * fighting
    gained = np.cumsum(step, axis=1) - step[:, :1]
    area = np.stack([114000 + gained, 489000 - gained], axis=-1)
    rate = random.uniform(3000, 9000, (worlds, months, 2)) * fighting[..., None]
    drift = np.cumsum(random.normal(0, 0.08, (worlds, months)), axis=1)
    truth = 0.3 + random.normal(0, 0.3, (worlds, 1)) + drift
    optimism = np.array([0.35, -0.25]) * np.exp(-month / 30)[None, :, None]
    width = np.cumsum(random.normal(0.004, 0.03, (worlds, months)), axis=1) - 0.08
    width += 0.04 * random.normal(size=(worlds, 1))
    variables["force_ratio"] = (dims, truth)
    variables["zone_width"] = (dims, width)
    variables["zone_open"] = (dims, width > 0)
    sided = (*dims, "side")
    noise = random.normal(0, 0.1, (worlds, months, 2))
    variables |= {
        "area_held": (sided, area.astype(np.float32)),
        "expected_area": (sided, area.astype(np.float32)),
        "casualty_rate": (sided, rate.astype(np.float32)),
        "casualties": (sided, np.cumsum(rate * WEEKS_PER_MONTH, axis=1).astype(np.float32)),
        "men_bind": (sided, random.random((worlds, months, 2)) < np.array([0.3, 0.6])),
        "expected_advantage": (sided, truth[..., None] + optimism + noise),
        "reservation": (sided, random.random((worlds, months, 2))),
    }


def _peace_and_money(variables, random, months):
    """What settlements promise and the war costs; drawn apart, so that the rest stays as it was."""
    settled = np.isfinite(variables["settlement_week"][1])
    worlds = len(settled)
    variables["first_guarantee"] = ("world", np.where(settled, random.random(worlds), np.nan))
    variables["ceasefire_signed"] = ("world", settled)
    variables["war_spending"] = (("world", "side"), random.uniform(100, 900, (worlds, 2)))
    output = 1 + np.cumsum(random.normal(0, 0.01, (worlds, months, 2)), axis=1)
    variables["output"] = (("world", "month", "side"), output)


def _make_holes(data, random):
    for name in ("area_held", "casualties", "force_ratio", "expected_advantage", "zone_width"):
        values = data[name].values
        values[random.random(values.shape) < 0.2] = np.nan
        values[:, 20] = np.nan
        values[0] = np.nan
    data["men_bound_share"].values[::3] = np.nan
    data["rule"].values[::4] = -1


LONG = (
    "Coalition of the Northern Provinces and the Free Cities of the Coast",
    "Federal Democratic Republic of the Southern Highlands",
)
ONE = {name: {name: 1.0} for name in MIXED}
CASES: dict[str, Callable[[], xr.Dataset]] = {
    "mixed": partial(dataset, 400),
    "one world": partial(dataset, 1),
    "many worlds": partial(dataset, 4096),
    "no settlement": partial(dataset, 64, shares={"frozen": 5, "first": 3, "ceasefire": 1}),
    "all settled": partial(dataset, 64, shares=ONE["settled"]),
    "all frozen": partial(dataset, 64, shares=ONE["frozen"]),
    "all beyond": partial(dataset, 64, shares=ONE["beyond"]),
    "holes": partial(dataset, 64, holes=True),
    "one world with holes": partial(dataset, 1, holes=True),
    "long names": partial(dataset, 64, sides=("north", "south"), labels=LONG),
    "other order": partial(dataset, 64, sides=("ukraine", "russia"), labels=("Ukraine", "Russia")),
    "awkward names": partial(dataset, 64, labels=('U.S. ["left"]', "A & B's {c} \\ <i>")),
    "short": partial(dataset, 64, months=7),
}
