"""The short answer of a run, as numbers: endings, when, what decided, whether there was anything to sign."""

from __future__ import annotations

from typing import Any

import numpy as np

from ripeness.outcomes.ceasefires import ceasefires_within
from ripeness.outcomes.reckoning import reckoning
from ripeness.outcomes.store import Outcomes
from ripeness.war.state import HORIZON, RULES

WEEKS = (26.0, 52.0, 104.0)
"""Weeks by which it is told whether a ceasefire had begun."""

FLAG_SHARE = 0.5
"""A rule that ends more than this share of the worlds that end is flagged."""


def summarise(outcomes: Outcomes) -> dict[str, Any]:
    """Return the run's answer; every count is a number of worlds."""
    data = outcomes.data
    decided = _decided(outcomes)
    ended = outcomes.worlds - decided.get(RULES[HORIZON], 0)
    return {
        "worlds": outcomes.worlds,
        "endings": outcomes.endings(),
        "by_theory": _by_theory(outcomes),
        "ended_week": _middle(data["ended_week"].values),
        "decided_by": decided,
        "flagged_rules": [
            rule
            for rule, count in decided.items()
            if rule != RULES[HORIZON] and count > FLAG_SHARE * ended
        ],
        "zone": {
            "open_at_start": int(data["zone_open"].isel(month=0).values.sum()),
            "ever_open": int(np.isfinite(data["zone_open_week"].values).sum()),
            "never_open": int(np.isnan(data["zone_open_week"].values).sum()),
        },
        "signed": int((data["attempts"].values > 0).sum()),
        "settlement_broken": int((data["broken_by"].values >= 0).sum()),
        "ceasefire_broken": int((data["resumed_by"].values >= 0).sum()),
        "settled_once": int(np.isfinite(data["settlement_week"].values).sum()),
        "ceasefires": ceasefires_within(data, WEEKS),
        "ceasefire_once": int(np.isfinite(data["first_ceasefire_week"].values).sum()),
        **reckoning(data),
    }


def _decided(outcomes: Outcomes) -> dict[str, int]:
    """Return the number of worlds that each rule decided, most first."""
    rules = outcomes.data["rule"].attrs["rules"]
    counts = np.bincount(outcomes.data["rule"].values, minlength=len(rules))
    order = np.argsort(-counts, kind="stable")
    return {rules[place]: int(counts[place]) for place in order if counts[place]}


def _by_theory(outcomes: Outcomes) -> dict[str, dict[str, int]]:
    """Return the endings per theory: the structural part of the spread."""
    data = outcomes.data
    names = data["ending"].attrs["flag_meanings"]
    table = {}
    for place, theory in enumerate(data["theory"].attrs["theories"]):
        among = data["ending"].values[data["theory"].values == place]
        counts = np.bincount(among, minlength=len(names))
        table[theory] = dict(zip(names, counts.tolist(), strict=True))
    return table


def _middle(weeks: np.ndarray) -> dict[str, float | int | None]:
    """Return when the worlds that end do so: number, and the weeks by which 1, 10 and 19 of 20 have."""
    finite = weeks[np.isfinite(weeks)]
    if not len(finite):
        return {"count": 0, "early": None, "middle": None, "late": None}
    early, middle, late = (float(value) for value in np.quantile(finite, (0.05, 0.5, 0.95)))
    return {"count": len(finite), "early": early, "middle": middle, "late": late}
