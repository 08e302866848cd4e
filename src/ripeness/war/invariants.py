"""What must hold in every world, whatever its parameters and its luck.

Each invariant takes the state and the parameters of the same worlds (NumPy or JAX, world axis last)
and returns relative errors, zero where it holds. Sums are taken in float64, so that what is
measured is the error of the simulation and not of the check. The tolerances are those of single
precision added up over some hundred weeks; counts, codes and dates are exact. ``check_invariants``
is cheap enough for every run: it looks at one state, usually the last. ``CHANGES`` compares two
states of the same worlds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import jax
import numpy as np

from ripeness.registry import Registry
from ripeness.types import CEASEFIRE, SETTLEMENT, WAR
from ripeness.war.processes.manpower import Manpower
from ripeness.war.state import (
    BEYOND,
    COLLAPSE_FIRST,
    COLLAPSE_SECOND,
    CONQUEST_FIRST,
    CONQUEST_SECOND,
    HORIZON,
    NOT_YET,
    RUIN,
    RULES,
    SPREAD,
    VICTORY_FIRST,
    VICTORY_SECOND,
)
from ripeness.worlds.bundle import Bundle

ROUNDING: Final = 1e-4
"""Relative error of single precision after some hundred additions, with room to spare."""

EXACT: Final = 0.0

RULES_OF: Final = {
    NOT_YET: (HORIZON,),
    VICTORY_FIRST: (COLLAPSE_SECOND, CONQUEST_FIRST),
    VICTORY_SECOND: (COLLAPSE_FIRST, CONQUEST_SECOND),
    BEYOND: (SPREAD, RUIN),
}
"""Which rules can lead to which ending."""


class Invariant(NamedTuple):
    """Something that must hold.

    Attributes:
        holds: what holds, in words.
        tolerance: largest relative error.
        errors: state and parameters (or state before and state after) -> errors, any shape.
    """

    holds: str
    tolerance: float
    errors: Callable[[Bundle, Bundle], np.ndarray]


INVARIANTS: Final[Registry[Invariant]] = Registry("invariant")
"""What holds of one state."""

CHANGES: Final[Registry[Invariant]] = Registry("invariant of change")
"""What holds between a state and a later one of the same worlds."""

Errors = Callable[[Bundle, Bundle], np.ndarray]


def check_invariants(state: Bundle, parameters: Bundle) -> dict[str, float]:
    """Return the worst error of each invariant; NaN counts as infinite."""
    return {name: _worst(each.errors(state, parameters)) for name, each in INVARIANTS.items()}


def check_changes(before: Bundle, after: Bundle) -> dict[str, float]:
    """Return the worst error of each invariant of change between two states."""
    return {name: _worst(each.errors(before, after)) for name, each in CHANGES.items()}


def violated(errors: dict[str, float]) -> tuple[str, ...]:
    """Return the names of the invariants whose worst error is beyond their tolerance."""
    tolerance = {name: each.tolerance for name, each in (*INVARIANTS.items(), *CHANGES.items())}
    return tuple(name for name, error in errors.items() if not error <= tolerance[name])


def invariant(
    name: str, holds: str, tolerance: float, among: Registry[Invariant] = INVARIANTS
) -> Callable[[Errors], Errors]:
    """Return a decorator that registers a function of errors as an invariant."""

    def register(errors: Errors) -> Errors:
        among.register(name)(Invariant(holds, tolerance, errors))
        return errors

    return register


@invariant("people", "the start's people and those who came of age are all in some box", ROUNDING)
def people(state: Bundle, parameters: Bundle) -> np.ndarray:
    """Compare all boxes of manpower with what they held at the start; per side and world."""
    now = state.manpower
    before = _people(_people_at_start(parameters)) + _double(now.came_of_age)
    return np.abs(_people(now) - before) / np.maximum(before, 1.0)


@invariant("aid", "what was pledged is in the pipeline, used or wasted", ROUNDING)
def aid(state: Bundle, parameters: Bundle) -> np.ndarray:
    """Compare pledges with where they are; per patron and world."""
    del parameters
    part = state.aid
    pledged = _double(part.pledged_total)
    found = (
        _double(part.pipeline).sum(axis=0) + _double(part.used_total) + _double(part.wasted_total)
    )
    return np.abs(found - pledged) / np.maximum(pledged, 1e-3)


@invariant("area", "the line lies within the theatre", 1e-6)
def area(state: Bundle, parameters: Bundle) -> np.ndarray:
    """Return how far the line is outside the theatre, as a share of it."""
    held = _double(parameters.front.area_held)
    theatre, line = held.sum(axis=0), _double(state.front.area)
    return np.maximum(np.maximum(-line, line - theatre), 0.0) / np.maximum(theatre, 1.0)


@invariant("shares", "shares, chances and indices lie between 0 and 1", 1e-5)
def shares(state: Bundle, parameters: Bundle) -> np.ndarray:
    """Return how far outside [0, 1] any share is."""
    del parameters
    values = (
        state.manpower.morale, state.combat.attack, state.front.fortification, state.front.defeat,
        state.home_front.support, state.home_front.security, state.escalation.tension,
        state.sanctions.intensity, state.sanctions.evasion, state.sanctions.felt,
        state.economy.strain, state.economy.war_share,
        state.diplomacy.talks, state.diplomacy.relief,
    )  # fmt: skip
    return _joined(np.maximum(np.maximum(-each, each - 1.0), 0.0) for each in map(_double, values))


@invariant("stocks", "no stock of people, equipment, money, aid or rest is negative", 1e-6)
def stocks(state: Bundle, parameters: Bundle) -> np.ndarray:
    """Return by how much a stock is negative, relative to the start's where there is one."""
    men, of_men = state.manpower, np.maximum(_double(parameters.manpower.troops), 1.0)
    people_in = (men.pool, men.training, men.troops, men.recovering, men.killed, men.disabled,
                 men.deserted, men.discharged, men.came_of_age, men.intake)  # fmt: skip
    of_kit = np.maximum(_double(parameters.combat.equipment), 1e-3)
    others = (state.aid.pipeline, state.aid.used, state.aid.used_total, state.aid.wasted_total,
              state.patrons.willingness, state.patrons.military, state.patrons.pressure,
              state.economy.output, state.economy.production, state.front.breakthroughs,
              state.information.variance, state.information.losses, state.diplomacy.pending,
              state.diplomacy.pause, state.diplomacy.months, state.combat.refit,
              parameters.combat.refit_gain - state.combat.refit)  # fmt: skip
    return _joined(
        [
            *(np.maximum(-_double(each) / of_men, 0.0) for each in people_in),
            np.maximum(-_double(state.combat.equipment) / of_kit, 0.0),
            *(np.maximum(-_double(each), 0.0) for each in others),
        ]
    )


@invariant(
    "finite", "every number is finite, except dates that have not come and caps not set", EXACT
)
def finite(state: Bundle, parameters: Bundle) -> np.ndarray:
    """Return 1 where a number is NaN or infinite that must not be."""
    del parameters
    parts = [state[name] for name in state if name not in ("diplomacy", "ending")]
    leaves = [leaf for part in parts for name, leaf in vars(part).items() if not _is_date(name)]
    leaves += [state.diplomacy.talks, state.diplomacy.agreed_area, state.diplomacy.guarantee]
    return _joined(~np.isfinite(_double(leaf)) for leaf in leaves)


@invariant("codes", "regimes, endings and rules are known codes", EXACT)
def codes(state: Bundle, parameters: Bundle) -> np.ndarray:
    """Return 1 where a code is none of those that exist."""
    del parameters
    regimes = (WAR, CEASEFIRE, SETTLEMENT)
    return _joined(
        [
            ~np.isin(state.diplomacy.regime, regimes),
            ~np.isin(state.ending.code, tuple(RULES_OF)),
            ~np.isin(state.ending.rule, range(len(RULES))),
            ~np.isin(state.diplomacy.resumed_by, (-1, 0, 1)),
            ~np.isin(state.diplomacy.broken_by, (-1, 0, 1)),
        ]
    )


@invariant("endings", "each world has one ending, with a rule that leads to it and a date", EXACT)
def endings(state: Bundle, parameters: Bundle) -> np.ndarray:
    """Return 1 where a world is in none or several endings, or its rule or date do not fit."""
    del parameters
    code, rule = np.asarray(state.ending.code), np.asarray(state.ending.rule)
    groups = [(code == ending) & np.isin(rule, rules) for ending, rules in RULES_OF.items()]
    one = np.sum(groups, axis=0) == 1
    dated = np.isfinite(_double(state.ending.week)) == (code != NOT_YET)
    return _joined([~one, ~dated])


@invariant("dates", "a ceasefire comes before a settlement, and both before they are broken", EXACT)
def dates(state: Bundle, parameters: Bundle) -> np.ndarray:
    """Return 1 where two dates are in the wrong order, or one stands without the other."""
    del parameters
    talks, end = state.diplomacy, _double(state.ending.week)
    ceasefire, settled = _double(talks.ceasefire_week), _double(talks.settlement_week)
    resumed, broken = _double(talks.resumed_week), _double(talks.broken_week)
    dated = (
        ceasefire,
        settled,
        resumed,
        broken,
        _double(state.front.defeat_week),
        _double(state.front.stable_week),
    )
    return _joined(
        [
            *(
                _follows(first, then)
                for first, then in ((ceasefire, settled), (ceasefire, resumed), (settled, broken))
            ),
            *(each > end for each in dated),
            np.isfinite(resumed) != (np.asarray(talks.resumed_by) >= 0),
            np.isfinite(broken) != (np.asarray(talks.broken_by) >= 0),
            (np.asarray(talks.regime) == SETTLEMENT) & np.isnan(settled),
            (np.asarray(talks.regime) == CEASEFIRE) & np.isnan(ceasefire),
        ]
    )


@invariant(
    "in force", "relief and caps hold in a settlement only, and nothing is pending in it", EXACT
)
def in_force(state: Bundle, parameters: Bundle) -> np.ndarray:
    """Return 1 where terms are in force without a settlement, or pending outside a ceasefire."""
    del parameters
    talks = state.diplomacy
    settled, paused = np.asarray(talks.regime) == SETTLEMENT, np.asarray(talks.regime) == CEASEFIRE
    return _joined(
        [
            ~settled & (_double(talks.relief) > 0),
            ~settled & np.isfinite(_double(talks.force_cap)),
            ~paused & (_double(talks.pending) > 0),
        ]
    )


@invariant("ended worlds stay", "a world whose war has ended does not change", EXACT, CHANGES)
def ended_stay(before: Bundle, after: Bundle) -> np.ndarray:
    """Return 1 where anything differs between two states of a world that had ended in the first."""
    ended = np.asarray(before.ending.code) != NOT_YET
    pairs = zip(jax.tree.leaves(before), jax.tree.leaves(after), strict=True)
    return _joined(ended & ~_same(first, then) for first, then in pairs)


@invariant(
    "books grow", "killed, disabled, gone, pledged, used and wasted never shrink", EXACT, CHANGES
)
def books_grow(before: Bundle, after: Bundle) -> np.ndarray:
    """Return by how much a total has shrunk."""
    totals = [
        ("manpower", name)
        for name in ("killed", "disabled", "deserted", "discharged", "came_of_age")
    ]
    totals += [("aid", name) for name in ("pledged_total", "used_total", "wasted_total")]
    totals += [("front", "breakthroughs"), ("escalation", "signals"), ("diplomacy", "signatures")]
    return _joined(
        np.maximum(_double(getattr(before[part], name)) - _double(getattr(after[part], name)), 0.0)
        for part, name in totals
    )


@invariant("dates stay", "the date of what has happened does not change", EXACT, CHANGES)
def dates_stay(before: Bundle, after: Bundle) -> np.ndarray:
    """Return 1 where a date that had come is another one later."""
    dated = [
        ("diplomacy", f"{name}_week") for name in ("ceasefire", "settlement", "resumed", "broken")
    ]
    dated += [("front", "defeat_week"), ("front", "stable_week"), ("ending", "week")]
    pairs = [
        (_double(getattr(before[part], name)), getattr(after[part], name)) for part, name in dated
    ]
    return _joined(np.isfinite(first) & (first != _double(then)) for first, then in pairs)


@invariant("line rests", "in a ceasefire the line does not move", EXACT, CHANGES)
def line_rests(before: Bundle, after: Bundle) -> np.ndarray:
    """Return the area that moved in worlds that were in the same ceasefire at both times."""
    same = np.asarray(before.diplomacy.regime_week) == np.asarray(after.diplomacy.regime_week)
    resting = same & (np.asarray(after.diplomacy.regime) == CEASEFIRE)
    return np.where(resting, np.abs(_double(after.front.area) - _double(before.front.area)), 0.0)


_people_at_start = jax.jit(Manpower().start)


def _people(part: Any) -> np.ndarray:
    """Return everybody, by side and world."""
    boxes = (part.pool, part.troops, part.recovering, part.killed, part.disabled,
             part.deserted, part.discharged)  # fmt: skip
    return sum(map(_double, boxes), start=_double(part.training).sum(axis=0))


def _follows(first: np.ndarray, then: np.ndarray) -> np.ndarray:
    """Return where the second date stands without the first, or before it."""
    return np.isfinite(then) & ~(first <= then)


def _same(first: Any, then: Any) -> np.ndarray:
    """Return where two arrays agree, NaN with NaN."""
    first, then = np.asarray(first), np.asarray(then)
    return (first == then) | ((first != first) & (then != then))  # noqa: PLR0124


def _is_date(name: str) -> bool:
    return name.endswith("_week")


def _double(values: Any) -> np.ndarray:
    return np.asarray(values, dtype=np.float64)


def _joined(errors: Any) -> np.ndarray:
    """Return arrays of any shapes as one row."""
    return np.concatenate([np.ravel(np.asarray(each, dtype=np.float64)) for each in errors])


def _worst(errors: np.ndarray) -> float:
    """Return the largest error; NaN is the worst of all."""
    return float(np.max(np.where(np.isnan(errors), np.inf, errors), initial=0.0))
