"""From values by path to the arrays that the processes of the week read.

Groups of both kinds meet under the name of their process: ``parameters.manpower.pool`` is
``(side, world)`` because it is stated per belligerent, ``parameters.front.mobility`` is ``(world,)``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import numpy as np

from ripeness.scenario.model import Belligerent, Scenario, War
from ripeness.scenario.parameters import PatronNumbers
from ripeness.types import WEEKS_PER_YEAR
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.names import Names

Values = dict[str, np.ndarray]

HALF_WEEK = 3.5
"""Days by which an event's date is rounded to the nearest week."""


def assemble(scenario: Scenario, names: Names, values: Values, worlds: int) -> Bundle:
    """Return the parameters of all worlds, world axis last, float32."""
    groups = {group: _group(group, names, values) for group in War.model_fields}
    groups["information"] = Bundle(
        groups["information"], prior_mean=_array(np.full(worlds, _central_quality(scenario)))
    )
    return Bundle(
        groups,
        patrons=_patrons(scenario, names, values, worlds),
        mediators=_mediators(scenario, names, values),
        guarantors=_members("guarantors", names.guarantors, values),
        calendar=_calendar(scenario, names, values, worlds),
    )


def _group(group: str, names: Names, values: Values) -> Bundle:
    """Join a process's numbers per side and its common ones."""
    common = War.model_fields[group].annotation.model_fields  # type: ignore[union-attr]
    entries = {name: _array(values[f"war.{group}.{name}"]) for name in common}
    if group in Belligerent.model_fields:
        own = Belligerent.model_fields[group].annotation.model_fields  # type: ignore[union-attr]
        for name in own:
            rows = [values[f"belligerents.{side}.{group}.{name}"] for side in names.sides]
            entries[name] = _array(np.stack(rows))
    return Bundle(entries)


def _central_quality(scenario: Scenario) -> float:
    """Return the likely hidden advantage of the first side, which both take as given."""
    first, second = (side.combat.quality.likely for side in scenario.belligerents.values())
    return first - second


def _patrons(scenario: Scenario, names: Names, values: Values, worlds: int) -> Bundle:
    """Stack the patrons' numbers; empty slots give nothing to nobody."""
    slots = names.patron_slots
    filler = {"delay_weeks": 3.0, "absorption": 1.0, "surge": 1.0, "impatience_months": 1.0}
    entries = {}
    for name in PatronNumbers.model_fields:
        empty = np.full(worlds, filler.get(name, 0.0))
        rows = [values.get(f"patrons.{patron}.{name}", empty) for patron in slots]
        entries[name] = _array(np.stack(rows))
    client = np.zeros((2, len(slots), 1))
    for place, patron in enumerate(names.patrons):
        client[names.sides.index(scenario.patrons[patron].client), place] = 1.0
    return Bundle(entries, client=_array(client))


def _members(kind: str, members: tuple[str, ...], values: Values) -> Bundle:
    """Stack the numbers of guarantors or mediators: each entry ``(member, world)``."""
    prefixes = [f"{kind}.{member}." for member in members]
    fields = sorted(
        {path.removeprefix(p) for p in prefixes for path in values if path.startswith(p)}
    )
    return Bundle(
        {
            field: _array(np.stack([values[prefix + field] for prefix in prefixes]))
            for field in fields
        }
    )


def _mediators(scenario: Scenario, names: Names, values: Values) -> Bundle:
    """Stack the mediators' numbers, and which side each of them does not favour."""
    against = np.zeros((2, len(names.mediators), 1))
    for place, name in enumerate(names.mediators):
        favourite = scenario.mediators[name].favours
        if favourite is not None:
            against[1 - names.sides.index(favourite), place] = 1.0
    return Bundle(_members("mediators", names.mediators, values), against=_array(against))


def _calendar(scenario: Scenario, names: Names, values: Values, worlds: int) -> Bundle:
    """Lay out the dated events: when, how much, and on whom."""
    slots, patrons, sides = names.event_slots, names.patron_slots, names.sides
    week = np.full((len(slots), 1), -1.0)
    change = np.zeros((len(slots), worlds))
    on_patron = np.zeros((len(slots), len(patrons), 1))
    on_side = np.zeros((len(slots), 2, 1))
    on_tension = np.zeros((len(slots), 1))
    for place, name in enumerate(names.events):
        event = scenario.events[name]
        week[place] = _week_of(event.date, scenario.start)
        change[place] = values[f"events.{name}.change"]
        kind, _, rest = event.target.partition(".")
        who = rest.partition(".")[0]
        if kind == "patrons":
            on_patron[place, patrons.index(who)] = 1.0
        elif kind == "belligerents":
            on_side[place, sides.index(who)] = 1.0
        else:
            on_tension[place] = 1.0
    votes = scenario.votes.values()
    # A vote is over only once its day is: rounded up, where events go to the nearest week.
    dates = [-(-(vote.first - scenario.start).days // 7) for vote in votes]
    start = scenario.start.timetuple().tm_yday / 7.0
    return Bundle(
        event_week=_array(week),
        change=_array(change),
        on_patron=_array(on_patron),
        on_side=_array(on_side),
        on_tension=_array(on_tension),
        vote_first=_column(dates),
        vote_weeks=_column(vote.weeks for vote in votes),
        vote_every=_column(vote.every_weeks or 0 for vote in votes),
        vote_always=_column(vote.always for vote in votes),
        start_week_of_year=_array(np.array([start % WEEKS_PER_YEAR])),
    )


def _column(values: Iterable[float | int]) -> np.ndarray:
    return _array(np.array(list(values), dtype=float)[:, None])


def _week_of(date: datetime.date, start: datetime.date) -> float:
    return float(((date - start).days + HALF_WEEK) // 7)


def _array(values: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(values, dtype=np.float32)
