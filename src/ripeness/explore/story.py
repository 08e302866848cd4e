"""One world as a story: when the zone of agreement opened and shut, why, and what happened around it.

The zone counts as long as something could be signed in it: in war or ceasefire, with nothing signed that
awaits ratification. Each time that it opens or shuts, its change since the story last spoke of it is told
by cause (``ripeness.explore.causes``); causes are sums over the months between, so that they add up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from ripeness.bargaining.frontier import NOTHING
from ripeness.bargaining.view import view_of
from ripeness.explore.causes import Changes, changes_of, owner_of
from ripeness.explore.replay import Replay
from ripeness.scenario.model import Scenario
from ripeness.types import CEASEFIRE, SETTLEMENT, WAR, WEEKS_PER_MONTH
from ripeness.war.state import NOT_YET

OPENS, SHUTS, STANDS = "zone opens", "zone shuts", "zone stands"
NEAREST, LAST = "zone nearest", "zone at last"
ENDS: Final = "ends"

OUT_OF_REACH: Final = -0.999
"""Widths are cut at -1: nothing that could be signed, or a side that would sign nothing."""

TOLD: Final = 0.0005
"""A cause that moved the zone by less than a twentieth of a hundredth of the stakes is not told."""


class Driver(NamedTuple):
    """What moved the zone between two dates.

    Attributes:
        cause: its name in ``causes.CAUSES``.
        side: place of the side whose it is, or None.
        share: change of the width that it accounts for, shares of the stakes.
        rises: whether the thing itself rose; None where rising means nothing.
    """

    cause: str
    side: int | None
    share: float
    rises: bool | None


@dataclass(frozen=True)
class Happening:
    """One entry of the story.

    Attributes:
        month: of the story.
        date: the day on which it happens, or by which it has.
        kind: of the zone ``zone stands`` (at first, and when it counts again), ``zone opens``, ``zone
            shuts``, ``zone nearest`` (to opening, where it stays shut), ``zone at last``; of the war
            ``ceasefire``, ``signed``, ``settlement``, ``failed at home``, ``war resumed``, ``settlement
            broken``, ``new leader``, ``major defeat``, ``ultimatum``, ``ends``.
        side: place of the side whose doing or fate it is; None if it is nobody's alone.
        width: of the zone then, shares of the stakes; None where there is none to speak of.
        drivers: what moved the zone since the story last spoke of it, strongest first.
        terms: issue -> level, of what is signed.
    """

    month: int
    date: np.datetime64
    kind: str
    side: int | None = None
    width: float | None = None
    drivers: tuple[Driver, ...] = ()
    terms: dict[str, str] | None = None


@dataclass(frozen=True)
class Story:
    """The story of a world.

    Attributes:
        world: its number.
        theory: name of the theory of ending that holds in it.
        sides: labels of the two sides.
        days: ``(month,)`` dates.
        changes: width of the zone and what moved it.
        usable: ``(month,)`` the zone counts: something could be signed in it.
        regime: ``(month,)`` codes of ``ripeness.types``; 3 when ended.
        happenings: in order of time.
        possible: some package crosses no red line of either side.
        ending: absorbing end, code of ``ripeness.war.state``.
    """

    world: int
    theory: str
    sides: tuple[str, str]
    days: np.ndarray
    changes: Changes
    usable: np.ndarray
    regime: np.ndarray
    happenings: tuple[Happening, ...]
    possible: bool
    ending: int

    def drivers(self, first: int, last: int) -> tuple[Driver, ...]:
        """Return what moved the zone between two months, strongest first, all of it."""
        return _drivers(self.changes, None, first, last)


def tell(played: Replay) -> Story:
    """Return the story of a world."""
    changes = changes_of(played)
    talks = played.states.diplomacy
    table = played.packages.table
    allowed = np.asarray(table.line_allowed).any() & (np.asarray(table.value) > NOTHING / 2).any()
    code = np.asarray(played.states.ending.code)[:, 0]
    (end,) = _ends(played)
    found = [*_of_the_zone(played, changes), *_of_the_war(played)]
    order = sorted(
        (each for each in found if each.date <= end.date),
        key=lambda each: (each.date, _RANK.get(each.kind, 1)),
    )
    return Story(
        world=played.world,
        theory=played.theory,
        sides=labels_of(played.scenario),
        days=played.days,
        changes=changes,
        usable=_usable(played, changes),
        regime=np.where(code == NOT_YET, np.asarray(talks.regime)[:, 0], 3),
        happenings=(*order, end),
        possible=bool(allowed),
        ending=int(played.final.ending.code[0]),
    )


_RANK: Final = {STANDS: -1, OPENS: 0, SHUTS: 0}


def labels_of(scenario: Scenario) -> tuple[str, str]:
    """Return what the sides are called."""
    first, second = (side.label for side in scenario.belligerents.values())
    return first, second


def _usable(played: Replay, changes: Changes) -> np.ndarray:
    """Return ``(month,)`` whether something could be signed: talks are possible, nothing is pending."""
    return changes.talking & (np.asarray(played.states.diplomacy.pending)[:, 0] <= 0)


def _of_the_zone(played: Replay, changes: Changes) -> Iterator[Happening]:
    """Yield where the zone stands at first, and every opening and shutting."""
    signs, width = _signs(played), changes.width
    usable = _usable(played, changes)
    is_open = width >= 0
    told: int | None = None
    for month in np.flatnonzero(usable).tolist():
        resumed = told is not None and not usable[told : month + 1].all()
        if told is not None and not resumed and is_open[month] == is_open[told]:
            continue
        drivers = () if told is None or resumed else _drivers(changes, signs, told, month)
        kind = STANDS if told is None or resumed else OPENS if is_open[month] else SHUTS
        yield Happening(month, played.days[month], kind, width=float(width[month]), drivers=drivers)
        told = month
    if told is not None and not is_open[told] and width[usable].max() > OUT_OF_REACH:
        yield from _shut_to_the_end(played, changes, told, np.flatnonzero(usable))


def _shut_to_the_end(
    played: Replay, changes: Changes, told: int, usable: np.ndarray
) -> Iterator[Happening]:
    """Yield when a zone that stays shut was nearest to opening, and where it stood at last."""
    signs, width = _signs(played), changes.width
    best = told + int(np.argmax(width[told : usable[-1] + 1]))
    for month, kind in ((best, NEAREST), (int(usable[-1]), LAST)):
        if month > told:
            drivers = _drivers(changes, signs, told, month)
            yield Happening(
                month, played.days[month], kind, width=float(width[month]), drivers=drivers
            )
            told = month


def _of_the_war(played: Replay) -> Iterator[Happening]:
    """Yield what the sides did and what befell them; acts are dated by the month they were decided in."""
    talks, days = played.states.diplomacy, played.days
    regimes, signed = np.asarray(talks.regime)[:, 0], np.asarray(talks.signatures)[:, 0]
    failures = np.asarray(talks.failures)[:, 0]
    for month in range(len(days) - 1):
        then, now = int(regimes[month]), int(regimes[month + 1])
        side = None
        if signed[month + 1] > signed[month]:
            yield Happening(month, days[month], "signed", terms=_terms(played, month))
            continue
        if now == then:
            continue
        if failures[month + 1] > failures[month]:
            kind = "failed at home"
        elif now == WAR:
            kind = "war resumed" if then == CEASEFIRE else "settlement broken"
            side = _who(played, kind, month)
        else:
            kind = "settlement" if now == SETTLEMENT else "ceasefire"
        yield Happening(month, days[month], kind, side)
    yield from _of_the_weeks(played)


def _of_the_weeks(played: Replay) -> Iterator[Happening]:
    """Yield what happens between two talks."""
    days, states = played.days, played.states
    for side, week in enumerate(np.asarray(played.final.front.defeat_week)[:, 0].tolist()):
        if np.isfinite(week):
            month = min(int(week // WEEKS_PER_MONTH), len(days) - 1)
            yield Happening(month, _day(played, week), "major defeat", side)
    for kind, flags in (
        ("new leader", np.asarray(states.home_front.new_leader)[..., 0]),
        ("ultimatum", np.asarray(states.calendar.ultimatum)),
    ):
        for month, side in np.argwhere(flags[1:] & ~flags[:-1]).tolist():
            place = side if flags.shape[-1] == 2 else None
            yield Happening(month + 1, days[month + 1], kind, place)


def _ends(played: Replay) -> Iterator[Happening]:
    """Yield the end: of the war, or of the story."""
    week = float(played.final.ending.week[0])
    last = len(played.days) - 1
    month = last if np.isnan(week) else min(int(week // WEEKS_PER_MONTH), last)
    yield Happening(month, played.days[-1] if np.isnan(week) else _day(played, week), ENDS)


def _day(played: Replay, week: float) -> np.datetime64:
    return played.days[0] + np.timedelta64(int(week * 7), "D")


def _who(played: Replay, kind: str, month: int) -> int | None:
    """Return who broke what, if it was recorded: the first time it always is."""
    talks = jax.tree.map(lambda leaf: leaf[month + 1], played.states.diplomacy)
    name = "resumed" if kind == "war resumed" else "broken"
    week, who = getattr(talks, f"{name}_week"), getattr(talks, f"{name}_by")
    return int(who[0]) if week[0] == month * WEEKS_PER_MONTH and who[0] >= 0 else None


def _terms(played: Replay, month: int) -> dict[str, str]:
    """Return the level of each issue in the package signed."""
    terms, packages = played.acts.terms, played.packages
    line, point = int(terms.line[month, 0]), int(terms.point[month, 0])
    levels = (line, *packages.levels_of(packages.table.package[point])[0].tolist())
    issues = played.scenario.issues
    return {
        issues[name].label: issues[name].levels[packages.levels[name][level]].label
        for name, level in zip(packages.issues, levels, strict=True)
    }


def _signs(played: Replay) -> dict[tuple[str, int | None], Float[np.ndarray, "month"]]:
    """Return, per cause, the thing itself by month, so that one can say whether it rose."""
    parameters = jax.tree.map(jnp.asarray, played.worlds.parameters)
    view = jax.vmap(view_of, in_axes=(0, None))(played.states, parameters)
    pressure = np.asarray(played.states.patrons.pressure)[..., 0]
    found: dict[tuple[str, int | None], np.ndarray] = {
        ("line", None): np.asarray(played.states.front.area)[:, 0],
        ("stillness", None): np.asarray(view.calm_months)[:, 0, 0],
        ("patrons", None): pressure.sum(axis=1),
        ("regime", None): np.asarray(played.states.diplomacy.regime)[:, 0],
        ("escalation", None): np.asarray(view.dread)[..., 0].sum(axis=1),
    }
    for side in range(2):
        found["strength", side] = np.asarray(view.advantage)[:, side, 0]
        found["losses", side] = np.asarray(played.states.information.losses)[:, side, 0]
        found["economy", side] = np.asarray(played.states.economy.strain)[:, side, 0]
        found["weariness", side] = np.asarray(view.own_weariness)[:, side, 0]
    return found


def _drivers(
    changes: Changes, signs: dict[tuple[str, int | None], np.ndarray] | None, first: int, last: int
) -> tuple[Driver, ...]:
    """Return what moved the zone between two months, strongest first."""
    total = changes.shares[:, first + 1 : last + 1].sum(axis=1)
    found = []
    for place in np.argsort(-np.abs(total), kind="stable").tolist():
        name, side = owner_of(place)
        thing = (signs or {}).get((name, side))
        same = thing is None or thing[last] == thing[first]
        rises = None if thing is None or same else bool(thing[last] > thing[first])
        if abs(total[place]) >= TOLD:
            found.append(Driver(name, side, float(total[place]), rises))
    return tuple(found)
