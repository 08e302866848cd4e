"""A pair of opponents in words: who is right, and in how many worlds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ripeness.claims.verdict import FEWEST_WORLDS
from ripeness.outcomes.words import OUT_OF, of_twenty, of_twenty_short

CLEAR: Final = 15
"""Of 20 worlds: a claim is right against its opponent if only it holds in as many or more."""

MOSTLY: Final = 10
"""Of 20 worlds: two claims are mostly both right, or both wrong, from here on."""


def standing(pair: Mapping[str, Any]) -> str:
    """Return who is right: ``first``, ``second``, ``both``, ``neither``, ``open`` or ``few``.

    Args:
        pair: ``worlds`` that test both claims, and of these ``first_only``, ``second_only``, ``both`` and
            ``neither``.
    """
    worlds = pair["worlds"]
    if worlds < FEWEST_WORLDS:
        return "few"
    for name in ("first", "second"):
        if OUT_OF * pair[f"{name}_only"] >= CLEAR * worlds:
            return name
    for name in ("both", "neither"):
        if OUT_OF * pair[name] >= MOSTLY * worlds:
            return name
    return "open"


def verdict_on(pair: Mapping[str, Any]) -> str:
    """Say who is right, in one or two short sentences: what is so in every world before what is mostly so."""
    found, exact = standing(pair), relation(pair)
    if found == "few":
        return "Too few worlds test both to tell."
    if found in ("first", "second"):
        other = "second" if found == "first" else "first"
        return f"{pair[found]} is right, {pair[other]} is not."
    begin = {
        "both": "Mostly both are right: here they do not contradict each other.",
        "neither": "Mostly neither is right.",
        "open": "" if exact else "It depends on the world.",
    }[found]
    return " ".join(part for part in (begin, f"{exact}." if exact else "") if part)


def relation(pair: Mapping[str, Any]) -> str:
    """Say what is so of two claims in every world that tests both; nothing if nothing is.

    It follows from the counts that are none: a claim that never holds or always does, one that holds wherever
    the other does, two that never hold both, two of which always one holds. A claim that holds in
    fewer than 1 of 20 worlds is said hardly ever to hold.
    """
    worlds, both = pair["worlds"], pair["both"]
    if not worlds:
        return ""
    names = pair["first"], pair["second"]
    alone = pair["first_only"], pair["second_only"]
    holds = [each + both for each in alone]
    for place, other in ((0, 1), (1, 0)):
        told = _by_itself(names[place], holds[place], worlds)
        if told:
            beside = _by_itself(names[other], holds[other], worlds)
            counted = f"{names[other]} holds in {of_twenty(holds[other], worlds)}"
            return f"{told}; {beside or counted}"
    if not any(alone):
        return f"{names[0]} and {names[1]} hold in the same worlds"
    for place, other in ((0, 1), (1, 0)):
        if not alone[place]:
            return f"{names[other]} holds wherever {names[place]} does, and elsewhere too"
    always_one = "always one of them holds" if not pair["neither"] else ""
    if not both:
        never = f"{names[0]} and {names[1]} never hold both"
        return f"{never}, and {always_one}" if always_one else never
    return always_one.capitalize()


def _by_itself(name: str, holds: int, worlds: int) -> str:
    """Say that a claim never, hardly ever or always holds, if so."""
    if not holds:
        return f"{name} never holds"
    if holds == worlds:
        return f"{name} always holds"
    return f"{name} hardly ever holds" if OUT_OF * holds < worlds else ""


def crux_of(pair: Mapping[str, Any]) -> str:
    """Return what decides between two claims in words; nothing if why nothing does is said by ``relation``."""
    decides = (pair.get("details") or {}).get("decides")
    return "" if relation(pair) and not decides else str(pair.get("crux") or "")


def counts_of(pair: Mapping[str, Any]) -> str:
    """Say in how many worlds who is right, in one sentence."""
    worlds = pair["worlds"]
    if not worlds:
        return "No world tests both."
    first, second, both, neither = (
        of_twenty_short(pair[key], worlds)
        for key in ("first_only", "second_only", "both", "neither")
    )
    return (
        f"{pair['first']} alone holds in {first}, {pair['second']} alone in {second}, both in {both}, neither "
        f"in {neither} ({worlds:,} {'world tests' if worlds == 1 else 'worlds test'} both)."
    )
