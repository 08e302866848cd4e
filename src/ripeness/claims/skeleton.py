"""From a passage to the skeleton of a claim: kind, proposition in our words, a test if one can be made.

Nothing of the passage's words goes in: the proposition is put together from the words by which the
program knows its events and quantities, and the test from their names. A test is proposed only if it
fits the model of its kind; otherwise the fields that the kind asks for are named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from ripeness.claims.events import EVENTS
from ripeness.claims.kinds import KINDS
from ripeness.claims.nearest import Nearest, nearest
from ripeness.claims.quantities import QUANTITIES
from ripeness.scenario.model import Scenario
from ripeness.sources.statements.candidates import Candidate

HALF_A_YEAR: Final = 26  # weeks; assumed where a span is meant and none is said
OWN_RECORD: Final = frozenset({"record", "among"})  # fields of every kind, asked for by none

DEPARTS: Final = (
    "Proposed by a program from words in the passage and not yet compared with it: kind, wording and "
    "test are guesses."
)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What a person starts from.

    Attributes:
        kind: the nearest kind of claim.
        proposition: a sentence in our words.
        test: fields of the test; empty if none could be proposed.
        asks_for: fields that the kind requires and that the test does not give.
        near: what the passage is nearest to.
    """

    kind: str
    proposition: str
    test: dict[str, Any]
    asks_for: tuple[str, ...]
    near: Nearest


def skeleton_of(text: str, candidate: Candidate, scenario: Scenario) -> Skeleton:
    """Return the skeleton of a claim.

    Args:
        text: the document's text.
        candidate: the passage.
        scenario: the war that the claim is about, for its sides.
    """
    needed = next((one for one in candidate.conditions if one.kind == "needed" and one.on), None)
    words = candidate.span.of(text)
    near = nearest(words, scenario.sides, condition=needed is not None)
    condition = nearest(needed.on.of(text), scenario.sides) if needed and needed.on else None
    weeks = max((one.weeks for one in candidate.dates if one.weeks), default=float(HALF_A_YEAR))
    parts = _parts(near, condition, scenario)
    kind = near.kinds[0]
    test = _test(kind, parts, weeks)
    return Skeleton(kind, _proposition(kind, parts, scenario), test, _asked(kind, test), near)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a test is made of: an outcome, what else is named, a quantity; any may be missing."""

    outcome: dict[str, Any] | None
    other: dict[str, Any] | None
    quantity: dict[str, Any] | None


def _parts(near: Nearest, condition: Nearest | None, scenario: Scenario) -> _Parts:
    side = next(iter(near.sides), scenario.sides[0])
    own = condition.sides[0] if condition and condition.sides else side
    needs = next(iter(condition.events), None) if condition else None
    events = [name for name in near.events if name != needs]
    outcome = events[0] if events else None
    other = needs or next(iter(events[1:]), None)
    quantities = condition.quantities if condition and condition.quantities else near.quantities
    plain = (name for name in quantities if not QUANTITIES[name].over)
    quantity = next(plain, None)
    return _Parts(
        outcome=_event(outcome, side) if outcome else None,
        other=_event(other, own) if other else None,
        quantity=_quantity(quantity, own) if quantity else None,
    )


def _event(name: str, side: str) -> dict[str, Any]:
    return {"event": name, "side": side} if EVENTS[name].sided == "must" else {"event": name}


def _quantity(name: str, side: str) -> dict[str, Any]:
    about = QUANTITIES[name]
    sided = {"side": side} if about.sided else {}
    return {"quantity": name, **sided, "unit": about.unit}


Make = Callable[[_Parts, float], Mapping[str, Any]]


def _needs(parts: _Parts, weeks: float) -> Mapping[str, Any]:
    del weeks
    needs = parts.other or ({**parts.quantity, "at_least": 0} if parts.quantity else None)
    return {"outcome": parts.outcome, "needs": [needs]}


def _causes(parts: _Parts, weeks: float) -> Mapping[str, Any]:
    del weeks
    return {"causes": [parts.other], "outcome": parts.outcome}


def _during(parts: _Parts) -> str:
    named = parts.outcome["event"] if parts.outcome else ""
    return named if named in ("ceasefire", "settlement") else "ceasefire"


_TESTS: Final[Mapping[str, Make]] = {
    "necessary": _needs,
    "sufficient": _causes,
    "insufficient": _causes,
    "not within": lambda parts, weeks: {"event": parts.outcome, "weeks": round(weeks, 1)},
    "improbable": lambda parts, weeks: {"what": [parts.outcome]},
    "base rate": lambda parts, weeks: {
        "event": parts.outcome, "within": round(weeks, 1), "more_than": 0.5},
    "state": lambda parts, weeks: {"expects": [{**(parts.quantity or {}), "at_least": 0}]},
    "trend": lambda parts, weeks: {"quantity": parts.quantity, "direction": "rises"},
    "binding constraint": lambda parts, weeks: {"binds": parts.quantity},
    "asymmetric gain": lambda parts, weeks: {"during": _during(parts), "gains": parts.quantity},
    "empty zone": lambda parts, weeks: {},
}  # fmt: skip


def _test(kind: str, parts: _Parts, weeks: float) -> dict[str, Any]:
    """Return a test that fits the model of its kind, or nothing."""
    if kind not in _TESTS:
        return {}
    test = dict(_TESTS[kind](parts, weeks))
    try:
        KINDS[kind].model.model_validate(test)
    except ValidationError:
        return {}
    return test


def _asked(kind: str, test: Mapping[str, Any]) -> tuple[str, ...]:
    fields = KINDS[kind].model.model_fields
    return tuple(
        field.alias or name
        for name, field in fields.items()
        if field.is_required() and name not in test and name not in OWN_RECORD
    )


_SENTENCES: Final[Mapping[str, str]] = {
    "necessary": "Only where {second} does it happen that {first}.",
    "sufficient": "Where {second}, it follows that {first}.",
    "insufficient": "Where {second}, it does not follow that {first}.",
    "not within": "It takes longer than that until {first}.",
    "improbable": "It hardly ever happens that {first}.",
    "base rate": "As a rule {first}.",
}  # fmt: skip


def _proposition(kind: str, parts: _Parts, scenario: Scenario) -> str:
    first = _clause(parts.outcome or parts.quantity, scenario)
    second = _clause(parts.other or parts.quantity, scenario)
    if kind in _SENTENCES:
        return _SENTENCES[kind].format(first=first, second=second)
    about = _clause(parts.quantity or parts.outcome, scenario)
    return f"{kind.capitalize()}: {about}{f'; {first}' if first != about else ''}."


def _clause(part: Mapping[str, Any] | None, scenario: Scenario) -> str:
    """Return an event or a quantity in the program's own words."""
    if part is None:
        return "what is still to be named comes about"
    side = scenario.belligerents[part["side"]].label if "side" in part else ""
    if "event" in part:
        return EVENTS[part["event"]].clause(side)
    return f"{QUANTITIES[part['quantity']].meaning}{f' ({side})' if side else ''}"
