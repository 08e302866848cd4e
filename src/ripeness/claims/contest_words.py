"""A pair of opponents in words: who is right, and in how many worlds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ripeness.claims.verdict import FEWEST_WORLDS
from ripeness.outcomes.words import OUT_OF, of_twenty

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
    """Say who is right, in one short sentence."""
    found = standing(pair)
    if found in ("first", "second"):
        other = "second" if found == "first" else "first"
        return f"{pair[found]} is right, {pair[other]} is not."
    return {
        "both": "Mostly both are right: here they do not contradict each other.",
        "neither": "Mostly neither is right.",
        "open": "It depends on the world.",
        "few": "Too few worlds test both to tell.",
    }[found]


def counts_of(pair: Mapping[str, Any]) -> str:
    """Say in how many worlds who is right, in one sentence."""
    worlds = pair["worlds"]
    if not worlds:
        return "No world tests both."
    first, second, both, neither = (
        _short(pair[key], worlds) for key in ("first_only", "second_only", "both", "neither")
    )
    return (
        f"{pair['first']} alone holds in {first}, {pair['second']} alone in {second}, both in {both}, neither "
        f"in {neither} ({worlds:,} {'world tests' if worlds == 1 else 'worlds test'} both)."
    )


def _short(count: int, worlds: int) -> str:
    if not count:
        return "none"
    if count == worlds:
        return "all"
    return of_twenty(count, worlds).removesuffix(" worlds").removesuffix(" world")
