"""From the chunks of a run to one labelled data set."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import xarray as xr

from ripeness.bargaining.packages import Packages
from ripeness.outcomes import endings, terms
from ripeness.outcomes.engine import Part
from ripeness.outcomes.variables import BY_MONTH, PER_WORLD
from ripeness.scenario.model import Scenario
from ripeness.types import CEASEFIRE, ENDED, SETTLEMENT, WAR, WEEKS_PER_MONTH, WEEKS_PER_YEAR
from ripeness.worlds.draw import Worlds

Arrays = dict[str, np.ndarray]

MILLION = np.float32(1e6)

YEARS_PER_MONTH = WEEKS_PER_MONTH / WEEKS_PER_YEAR
"""A month of four weeks in years; aid is stated per calendar month, a twelfth of one."""


def collect(
    scenario: Scenario, worlds: Worlds, packages: Packages, parts: list[Part]
) -> xr.Dataset:
    """Return the outcomes of a run as a data set.

    Args:
        scenario: the war.
        worlds: the ensemble.
        packages: what could be signed.
        parts: results of all chunks, in order.
    """
    months = _months(parts)
    weeks = np.arange(months["regime"].shape[1], dtype=np.int32) * WEEKS_PER_MONTH
    found = _per_world(parts, worlds, packages, months, weeks)
    found |= _deals(scenario, worlds, packages, months, found["terms"])
    tables = ((PER_WORLD, found), (BY_MONTH, months))
    data = {
        name: xr.Variable(kind.axes, values[name], {"units": kind.units, "long_name": kind.meaning})
        for table, values in tables
        for name, kind in table.items()
    }
    data["parameters"] = _parameters(worlds)
    dataset = xr.Dataset(data, coords=_coordinates(scenario, worlds, packages, weeks))
    return _with_words(dataset, scenario, worlds, packages)


def _months(parts: list[Part]) -> Arrays:
    """Return the monthly records with the world axis first."""
    months: Arrays = {}
    for name in parts[0].months:
        joined = np.concatenate([part.months[name] for part in parts], axis=-1)
        months[name] = np.ascontiguousarray(np.moveaxis(joined, -1, 0))
    for name in ("aid_absorbed", "aid_pledged"):
        total = months[name]
        gained = np.diff(total, axis=1, prepend=total[:, :1]) / YEARS_PER_MONTH / 12.0
        months[name] = gained.astype(np.float32)
    gained = np.diff(months["casualties"], axis=1, prepend=0.0) / WEEKS_PER_MONTH
    months["casualty_rate"] = gained.astype(np.float32)
    months["signing"] = (
        np.diff(months["signatures"], axis=1, append=months["signatures"][:, -1:]) > 0
    )
    return months


def _final(parts: list[Part], *path: str) -> np.ndarray:
    """Return one leaf of the final states of all chunks, world axis first."""

    def leaf(state: Any) -> np.ndarray:
        for name in path:
            state = getattr(state, name)
        return np.asarray(state)

    return np.moveaxis(np.concatenate([leaf(part.final) for part in parts], axis=-1), -1, 0)


def _per_world(
    parts: list[Part], worlds: Worlds, packages: Packages, months: Arrays, weeks: np.ndarray
) -> Arrays:
    """Return everything that is said once per world."""
    ending = endings.ending_codes(
        _final(parts, "ending", "code"), _final(parts, "diplomacy", "regime")
    )
    talking = (months["regime"] == WAR) | (months["regime"] == CEASEFIRE)
    fighting = (months["regime"] == WAR)[..., None]
    open_now = months["zone_open"] & talking
    area = months["area_held"][:, :, 0]
    broken_by = _final(parts, "diplomacy", "broken_by")
    ended = endings.ended_weeks(
        ending, _final(parts, "ending", "week"), _final(parts, "diplomacy", "regime_week")
    )
    spread = np.where(ending == endings.BEYOND_MODEL, ended, np.float32(np.nan))
    resumed = _final(parts, "diplomacy", "resumed_week")
    broken = _final(parts, "diplomacy", "broken_week")
    returned, killed = np.fmin(resumed, broken), _final(parts, "manpower", "killed")
    return {
        "ending": ending,
        "theory": worlds.theory.astype(np.int8),
        "rule": endings.rule_codes(
            ending, _final(parts, "ending", "rule"), _final(parts, "diplomacy", "rule")
        ),
        "ended_week": ended,
        "spread_week": spread,
        "first_ceasefire_week": _final(parts, "diplomacy", "ceasefire_week"),
        "settlement_week": _final(parts, "diplomacy", "settlement_week"),
        "resumed_week": resumed,
        "broken_week": broken,
        "war_returned_week": returned,
        "killed_after_return": _after_return(months, killed, returned),
        "resumed_by": _final(parts, "diplomacy", "resumed_by").astype(np.int8),
        "broken_by": broken_by.astype(np.int8),
        "ceasefire_signed": _at_first(months["pending"], months["regime"] == CEASEFIRE) == 1,
        "first_guarantee": _at_first(months["help_promised"], months["regime"] == SETTLEMENT),
        "peace_holds": (ending == endings.SETTLED) & (broken_by < 0),
        "attempts": _final(parts, "diplomacy", "signatures").astype(np.int16),
        "failed_ratifications": _final(parts, "diplomacy", "failures").astype(np.int16),
        "guarantors_called": _final(parts, "diplomacy", "owed").astype(np.int16),
        "guarantors_came": _final(parts, "diplomacy", "kept").astype(np.int16),
        "terms": terms.terms_of(
            _final(parts, "diplomacy", "terms", "line"),
            _final(parts, "diplomacy", "terms", "point"),
            packages,
        ),
        "major_defeat_week": _final(parts, "front", "defeat_week"),
        "front_stable_week": _final(parts, "front", "stable_week"),
        "breakthroughs": _final(parts, "front", "breakthroughs").astype(np.int16),
        "men_bound_share": _share(months["men_bind"], fighting),
        "zone_open_share": _share(open_now, talking),
        "zone_open_week": _first_week(open_now, weeks),
        "killed": killed,
        "disabled": _final(parts, "manpower", "disabled"),
        "deserted": _final(parts, "manpower", "deserted"),
        "war_spending": _war_spending(months, worlds),
        "occupied_people": _occupied(months, worlds),
        "area_change": area[:, -1] - area[:, 0],
        "new_leader": _final(parts, "home_front", "new_leader"),
        "ultimatum_kept": _final(parts, "calendar", "ultimatum"),
        "signals": _final(parts, "escalation", "signals").astype(np.int16),
    }


def _deals(
    scenario: Scenario, worlds: Worlds, packages: Packages, months: Arrays, signed: np.ndarray
) -> Arrays:
    """Return everything that is said once per world about terms and red lines."""
    line, point, agreed = terms.first_in_force(
        months["regime"], months["signed_line"], months["signed_point"], months["agreed_area"]
    )
    first = terms.terms_of(line, point, packages)
    there = terms.at_last_signature(months["signatures"], months["area_held"][:, :, 0])
    return {
        "first_terms": first,
        "deal_worth": terms.deal_worth(worlds, packages, line, point, agreed),
        "conceded": terms.conceded(scenario, worlds, packages, signed, there),
        "promised": terms.promised(scenario, packages, first),
        "patron_cost": terms.patron_costs(scenario, worlds, packages, first),
        "ruled_out": terms.ruled_out(scenario, worlds, packages),
    }


def _after_return(months: Arrays, killed: np.ndarray, week: np.ndarray) -> np.ndarray:
    """Return how many were killed on both sides from a week on, none where it never comes.

    A side's share of killed among its killed and wounded is the same all through a world.
    """
    lost = months["casualties"]
    dead = np.sum(lost * (killed / np.maximum(lost[:, -1], 1.0))[:, None], axis=2)
    month = (np.nan_to_num(week) / WEEKS_PER_MONTH).astype(np.int64)
    before = np.take_along_axis(dead, month[:, None], axis=1)[:, 0]
    return np.where(np.isnan(week), 0.0, dead[:, -1] - before).astype(np.float32)


def _share(happens: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Return the share of months in which something happens, among some; NaN if there are none."""
    count = np.sum(np.broadcast_to(among, happens.shape), axis=1)
    happened = np.sum(happens & among, axis=1)
    return np.where(count > 0, happened / np.maximum(count, 1), np.nan).astype(np.float32)


def _first_week(happens: np.ndarray, weeks: np.ndarray) -> np.ndarray:
    """Return the week of the first month in which something happens; NaN if it never does."""
    week = weeks[np.argmax(happens, axis=1)].astype(np.float32)
    return np.where(happens.any(axis=1), week, np.float32(np.nan))


def _at_first(values: np.ndarray, happens: np.ndarray) -> np.ndarray:
    """Return what was so in the first month in which something happens; NaN if it never does."""
    found = np.take_along_axis(values, happens.argmax(axis=1)[:, None], axis=1)[:, 0]
    return np.where(happens.any(axis=1), found, np.nan).astype(np.float32)


def _war_spending(months: Arrays, worlds: Worlds) -> np.ndarray:
    """Return ``(world, side)`` what each side spent on the war while its world went on, bn EUR."""
    share = (months["output"] * months["war_share"])[:, :-1]
    going = (months["regime"][:, 1:] != ENDED)[..., None]
    yearly = np.moveaxis(np.asarray(worlds.parameters.economy.output), -1, 0)
    return np.sum(share * going, axis=1, dtype=np.float32) * yearly * np.float32(YEARS_PER_MONTH)


def _occupied(months: Arrays, worlds: Worlds) -> np.ndarray:
    """Return ``(world, side)`` people under each side's occupation until a world ends, million x years."""
    front, held = worlds.parameters.front, months["area_held"]
    at_start = np.moveaxis(np.asarray(front.occupied), -1, 0)[:, None]
    land = np.maximum(at_start + held[:, :-1] - held[:, :1], 0.0)
    going = (months["regime"][:, 1:] != ENDED)[..., None]
    people = np.asarray(front.people)[:, None] / MILLION
    return np.sum(land * going, axis=1, dtype=np.float32) * people * np.float32(YEARS_PER_MONTH)


def _parameters(worlds: Worlds) -> xr.Variable:
    drawn = np.stack(list(worlds.values.values()), axis=1).astype(np.float32)
    return xr.Variable(
        ("world", "parameter"), drawn, {"units": "as declared", "long_name": "value of each number"}
    )


def _coordinates(
    scenario: Scenario, worlds: Worlds, packages: Packages, weeks: np.ndarray
) -> dict[str, Any]:
    start = np.datetime64(scenario.start, "D")
    dates = start + (weeks * 7).astype("timedelta64[D]")
    labels = [side.label for side in scenario.belligerents.values()]
    patrons = [patron.label for patron in scenario.patrons.values()]
    levels, of_issue = terms.levels_by_issue(packages)
    return {
        "world": worlds.identity.astype(np.int64),
        "month": np.arange(len(weeks)),
        "week": ("month", weeks),
        "date": ("month", dates.astype("datetime64[ns]")),
        "side": list(worlds.names.sides),
        "side_label": ("side", labels),
        "patron": list(worlds.names.patron_slots),
        "patron_label": (
            "patron",
            patrons + [""] * (len(worlds.names.patron_slots) - len(patrons)),
        ),
        "issue": list(packages.issues),
        "issue_label": ("issue", [scenario.issues[name].label for name in packages.issues]),
        "issue_level": levels,
        "level_issue": ("issue_level", of_issue),
        "guarantor": list(scenario.guarantors),
        "guarantor_label": (
            "guarantor",
            [guarantor.label for guarantor in scenario.guarantors.values()],
        ),
        "ending_name": ("ending_code", list(endings.ending_names(worlds.names.sides))),
        "parameter": list(worlds.values),
    }


def _with_words(
    dataset: xr.Dataset, scenario: Scenario, worlds: Worlds, packages: Packages
) -> xr.Dataset:
    """Attach the words that the codes stand for."""
    first, second = (side.label for side in scenario.belligerents.values())
    theories = list(worlds.names.theories)
    dataset["ending"].attrs["flag_meanings"] = list(endings.ending_names(worlds.names.sides))
    dataset["theory"].attrs["theories"] = theories
    dataset["theory"].attrs["flag_meanings"] = [name.replace("_", " ") for name in theories]
    dataset["rule"].attrs["rules"] = list(endings.rule_sentences(worlds.names, (first, second)))
    labels = {
        name: [level.label for level in scenario.issues[name].levels.values()]
        for name in packages.issues
    }
    for name in ("terms", "first_terms"):
        dataset[name].attrs["levels"] = json.dumps({k: list(v) for k, v in packages.levels.items()})
        dataset[name].attrs["level_labels"] = json.dumps(labels, ensure_ascii=False)
    keep = [
        place for place, name in enumerate(worlds.names.patron_slots) if name in scenario.patrons
    ]
    dataset = dataset.isel(patron=keep)
    dataset.attrs.update(
        title=scenario.title, scenario=scenario.name, start=scenario.start.isoformat(),
        seed=str(worlds.seed),
    )  # fmt: skip
    return dataset
