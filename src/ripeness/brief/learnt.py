"""What would tell whether claims are true, and from which week: what can be seen, and for whom it speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ripeness.outcomes.words import OUT_OF

RANK: Final = "rank"
"""Part of the name of an observation that rests on an assumption of its own."""

RANK_NOTE: Final = (
    "The rank of a delegation tells much because in some theories it follows from what a side would sign; "
    "that is assumed."
)


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that can be seen.

    Attributes:
        seen: what.
        week: in which it first tells well.
        claims: that it tells to be true, each with how often it is right, of 20.
    """

    seen: str
    week: str
    claims: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownLearnt:
    """What the brief shows of what would tell.

    Attributes:
        title: the finding.
        signs: earliest first.
        note: what is assumed of one of them; empty if nothing is.
    """

    title: str
    signs: tuple[Sign, ...]
    note: str


def shown_learnt(learnt: Mapping[str, Mapping[str, Any]]) -> ShownLearnt | None:
    """Prepare what would tell, claims that the same sight tells in one row.

    Args:
        learnt: by id of the claim, as a board keeps it; None is returned if there is nothing.
    """
    if not learnt:
        return None
    last = max(float(each.get("last_week") or 0.0) for each in learnt.values())
    rows: dict[tuple[float, str], list[tuple[str, str]]] = {}
    names = set()
    for claim, each in learnt.items():
        sight = each.get("earliest")
        if sight:
            seen = str(sight.get("seen") or f"with {sight['label']}")
            right = f"{OUT_OF * float(sight['balanced_accuracy']):.0f}"
            rows.setdefault((float(sight["week"]), seen), []).append((claim, right))
            names.add(str(sight["name"]))
    signs = tuple(
        Sign(_plainly(seen), f"{week:g}", tuple(claims))
        for (week, seen), claims in sorted(rows.items())
    )
    told = sum(len(sign.claims) for sign in signs)
    note = RANK_NOTE if any(RANK in name for name in names) else ""
    return ShownLearnt(_title(told, len(learnt), last), signs, note)


def _plainly(seen: str) -> str:
    """Say what is seen without the word that joins it to "worlds"."""
    words = seen.removeprefix("with ").removeprefix("in which ")
    return f"{words[:1].upper()}{words[1:]}"


def _title(told: int, total: int, last: float) -> str:
    if not told:
        return (
            f"Nothing seen within {last:g} weeks tells well whether any of {total} claims is true"
        )
    verb = "is" if told == 1 else "are"
    return (
        f"What can be seen within {last:g} weeks tells whether {told} of {total} claims {verb} true"
    )
