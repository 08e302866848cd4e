"""Drift: which claims' verdicts differ between two runs, by how much, and whether luck could do it.

With p1 of n1 tested worlds before and p2 of n2 after, and Wilson's interval (l, u) of each, the
interval of d = p2 - p1 is Newcombe's hybrid score interval (1998, Statistics in Medicine 17:
873-890, method 10):

    d - sqrt((p2 - l2)^2 + (u1 - p1)^2)   to   d + sqrt((u2 - p2)^2 + (p1 - l1)^2)

It takes the worlds of the two runs as drawn independently. Two runs with the same seed share their
luck, so that for them it errs on the wide side: what is told as more than luck is more than luck.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from ripeness.claims.interval import wilson
from ripeness.outcomes.words import OUT_OF, of_twenty

How = Literal["flipped", "shifted", "new", "gone"]
Estimate = tuple[float, float, float]
"""A number and the ends of its interval."""

PHRASES: Final = {
    "supported": "supported",
    "contradicted": "contradicted",
    "depends": "dependent on the world",
    "untested": "untested",
}
"""The verdicts after "it is"."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a claim's verdict is decided by, after less before.

    Attributes:
        size: the difference, of shares of worlds unless there is a unit.
        low: lower end of its 95 % interval.
        high: upper end.
        unit: of the number over all worlds that decides, for claims that have one.
    """

    size: float
    low: float
    high: float
    unit: str = ""

    @property
    def beyond_luck(self) -> bool:
        """Whether it is more than the luck of drawing worlds."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True, slots=True)
class Shift:
    """A claim whose verdict differs between two runs.

    Attributes:
        id: of the claim.
        speaker: who makes it.
        proposition: as the later run has it.
        how: its word flipped; or only its share shifted; or one of the runs does not have it.
        before: verdict of the earlier run, empty if there is none.
        after: verdict of the later run, empty if there is none.
        held_before: worlds in which it held and of how many, in the earlier run.
        held_after: the same in the later run.
        difference: of the shares; None where one of the runs could not test the claim.
    """

    id: str
    speaker: str
    proposition: str
    how: How
    before: str
    after: str
    held_before: tuple[int, int] = (0, 0)
    held_after: tuple[int, int] = (0, 0)
    difference: Difference | None = None

    def as_mapping(self) -> dict[str, Any]:
        """Return it made of JSON's own types."""
        plain = asdict(self)
        if self.difference is not None:
            plain["difference"]["beyond_luck"] = self.difference.beyond_luck
        return plain


def difference(before: tuple[int, int], after: tuple[int, int]) -> Difference:
    """Return the difference of two shares with its interval.

    Args:
        before: worlds in which a claim held, and of how many; at least one.
        after: the same in the later run.
    """
    return _apart(_counted(before), _counted(after))


def _apart(before: Estimate, after: Estimate, unit: str = "") -> Difference:
    """Return the difference of two estimates, each with the ends of its interval."""
    (p1, l1, u1), (p2, l2, u2) = before, after
    d = p2 - p1
    return Difference(d, d - math.hypot(p2 - l2, u1 - p1), d + math.hypot(u2 - p2, p1 - l1), unit)


def _counted(held: tuple[int, int]) -> Estimate:
    return held[0] / held[1], *wilson(*held)


def _gap(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference | None:
    """Return the difference of what decides two verdicts; None if one of them was not tested."""
    if "untested" in (_word(old), _word(new)):
        return None
    first, second = (verdict.get("measured") for verdict in (old, new))
    if first and second:
        one, other = _measured(first), _measured(second)
        return _apart(one, other, str(second["unit"])) if one and other else None
    before, after = _held(old), _held(new)
    comparable = before[1] and after[1] and not first and not second
    return difference(before, after) if comparable else None


def _measured(number: Mapping[str, Any]) -> Estimate | None:
    """Return a number over all worlds with the ends of its interval; None if they are not known."""
    value, low, high = (number.get(name) for name in ("value", "low", "high"))
    if value is None or low is None or high is None:
        return None
    return float(value), float(low), float(high)


def shifts(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> tuple[Shift, ...]:
    """Return the claims whose verdicts differ: flipped words first, then shares, new and gone ones.

    A share counts as shifted if it differs by more than the luck of drawing worlds.

    Args:
        before: verdicts of the earlier run, as they are written in JSON.
        after: verdicts of the later run.
    """
    old = {str(verdict["id"]): verdict for verdict in before}
    new = {str(verdict["id"]): verdict for verdict in after}
    found = [shift for name in new if name in old for shift in _moved(old[name], new[name])]
    found += [_alone(new[name], "new") for name in new if name not in old]
    found += [_alone(old[name], "gone") for name in old if name not in new]
    order: tuple[How, ...] = ("flipped", "shifted", "new", "gone")
    return tuple(sorted(found, key=lambda shift: order.index(shift.how)))


def _moved(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[Shift]:
    words = _word(old), _word(new)
    held = _held(old), _held(new)
    gap = _gap(old, new)
    how: How = "flipped" if words[0] != words[1] else "shifted"
    if how == "flipped" or (gap is not None and gap.beyond_luck):
        yield Shift(new["id"], _speaker(new), _proposition(new), how, *words, *held, gap)


def _alone(verdict: Mapping[str, Any], how: How) -> Shift:
    words, held = ("", _word(verdict)), ((0, 0), _held(verdict))
    if how == "gone":
        words, held = (words[1], words[0]), (held[1], held[0])
    return Shift(verdict["id"], _speaker(verdict), _proposition(verdict), how, *words, *held)


def _word(verdict: Mapping[str, Any]) -> str:
    word = str(verdict.get("verdict") or "untested")
    return word if word in PHRASES else "untested"


def _held(verdict: Mapping[str, Any]) -> tuple[int, int]:
    holds, of = int(verdict.get("holds") or 0), int(verdict.get("of") or 0)
    return (holds, of) if 0 <= holds <= of else (0, 0)


def _speaker(verdict: Mapping[str, Any]) -> str:
    return str(verdict.get("speaker") or "speaker not named")


def _proposition(verdict: Mapping[str, Any]) -> str:
    return str(verdict.get("proposition") or "")


def told(shift: Shift) -> str:
    """Say what became of a claim: the words first, then how many worlds, then whether it is luck."""
    if shift.how == "new":
        return f"new, and {PHRASES[shift.after]}; the earlier run does not have it."
    if shift.how == "gone":
        return f"was {PHRASES[shift.before]}; this run does not have it."
    flipped = shift.how == "flipped"
    now = PHRASES[shift.after]
    words = f"was {PHRASES[shift.before]}, is now {now}" if flipped else f"is still {now}"
    if shift.difference is None:
        return f"{words}."
    if shift.difference.unit:
        return f"{words}. {_told_gap(shift.difference)}"
    before, after = of_twenty(*shift.held_before), of_twenty(*shift.held_after)
    return f"{words}: it held in {before}, and now holds in {after}. {_told_gap(shift.difference)}"


def _told_gap(gap: Difference) -> str:
    if not gap.beyond_luck:
        return "That is no more than the luck of drawing worlds."
    # The ends are told from the side of the change, so that no minus sign is needed.
    sign, scale = (-1.0 if gap.size < 0 else 1.0), (1.0 if gap.unit else float(OUT_OF))
    ends = sorted(scale * sign * end for end in (gap.low, gap.high))
    size = scale * abs(gap.size)
    if gap.unit:
        way = "lower" if gap.size < 0 else "higher"
        told_size = f"It is {size:.3g} {gap.unit} {way} ({ends[0]:.3g} to {ends[1]:.3g})"
    else:
        way = "fewer" if gap.size < 0 else "more"
        told_size = f"{size:.1f} of {OUT_OF} {way} ({ends[0]:.1f} to {ends[1]:.1f})"
    return f"{told_size}: more than the luck of drawing worlds."
