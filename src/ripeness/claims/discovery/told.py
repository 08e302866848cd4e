"""Ranges and descriptions in words: units, round numbers, counts of twenty."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal

from ripeness.claims.discovery.description import (
    Description,
    Descriptions,
    Part,
    Restriction,
)
from ripeness.claims.discovery.grid import Feature
from ripeness.explore.naming import BARE
from ripeness.outcomes.words import of_twenty

What = Literal["holds", "fails"]

MILLION: Final = 1_000_000

MOSTLY: Final = 0.5
"""Density from which something happens "mostly"."""


NEARLY: Final = 0.95
"""Density above which it happens "nearly always"."""


def sentences(description: Description, what: What = "holds") -> tuple[str, ...]:
    """Say in which worlds a claim holds (or fails), one sentence or two for each part.

    Args:
        description: of these worlds.
        what: which of the two it describes.
    """
    if not description.stands:
        return (_nothing(description, what),)
    return tuple(_of_part(description, place, what) for place in range(len(description.parts)))


def condition(restrictions: Sequence[Restriction]) -> str:
    """Say what worlds have in common, as it stands behind "worlds"."""
    having = [_range(each) for each in restrictions if not each.feature.is_flag]
    flags = _without_repeating(_flag(each) for each in restrictions if each.feature.is_flag)
    words = [f"with {listed(having)}"] if having else []
    return ", ".join([*words, *flags]) if len(flags) > 1 else " and ".join([*words, *flags])


_RULED_OUT: Final = "not under the theory of "
"""How a flag begins that rules a theory of ending out."""


def _without_repeating(flags: Iterable[str]) -> list[str]:
    """Return flags, those that rule theories out as one: ``not under the theory of this or that``."""
    told = list(flags)
    out = [each.removeprefix(_RULED_OUT) for each in told if each.startswith(_RULED_OUT)]
    if len(out) < 2:  # noqa: PLR2004 - one is said as it is
        return told
    rest = [each for each in told if not each.startswith(_RULED_OUT)]
    return [*rest, f"{_RULED_OUT}{listed(out, 'or')}"]


def condition_of_side(feature: Feature, value: float, *, above: bool) -> str:
    """Say on which side of a value worlds lie, as it stands behind "worlds"."""
    side = (
        Restriction(feature, value, math.inf) if above else Restriction(feature, -math.inf, value)
    )
    return condition([side])


def amount(value: float, unit: str = "") -> str:
    """Say a value with its unit, without rounding it: ``1.2 million people``, ``0.35``."""
    if abs(value) >= MILLION:
        number = f"{value / MILLION:.12g} million"
    else:
        number = f"{value:,.10f}".rstrip("0").rstrip(".")
    return number if not unit or unit in BARE else f"{number} {unit}"


def as_mapping(descriptions: Descriptions) -> dict[str, Any]:
    """Return descriptions made of JSON's own types; an open end is null."""
    return {
        "holds": _mapping(descriptions.holds, "holds"),
        "fails": _mapping(descriptions.fails, "fails"),
    }


def _mapping(found: Description, what: What) -> dict[str, Any]:
    return {
        "words": list(sentences(found, what)),
        "stands": found.stands,
        "method": found.method or None,
        "compared": found.compared,
        "worlds": found.worlds,
        "hits": found.hits,
        "bits_per_world": found.gain,
        "error": _plain(found.error),
        "parts": [_part(found, part) for part in found.parts],
    }


def _part(description: Description, part: Part) -> dict[str, Any]:
    return {
        "restrictions": [
            {**range_mapping(each), "quasi_p": value}
            for each, value in zip(part.restrictions, part.quasi_p, strict=True)
        ],
        "worlds": part.worlds,
        "hits": part.hits,
        "density": part.density,
        "coverage": description.coverage(part),
    }


def range_mapping(restriction: Restriction) -> dict[str, Any]:
    """Return a range made of JSON's own types; an open end is null."""
    feature = restriction.feature
    return {
        "name": feature.name,
        "label": feature.label,
        "unit": feature.unit,
        "at_least": _plain(restriction.at_least),
        "below": _plain(restriction.below),
    }


def _plain(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _nothing(description: Description, what: What) -> str:
    """Say why there is no description."""
    if not description.worlds:
        return f"{description.why[:1].upper()}{description.why[1:]}."
    share = of_twenty(description.hits, description.worlds, "worlds in which it can be tested")
    if 0 < description.hits < description.worlds:
        return f"It {what} in {share}; {description.why}."
    return f"It {what} in {share}."


def _of_part(description: Description, place: int, what: What) -> str:
    part = description.parts[place]
    verb = f"{what} {_how_often(description, part)}"
    begin = f"{verb[:1].upper()}{verb[1:]}" if place == 0 else f"Of the others, it {verb}"
    here = _count(part.hits, part.worlds, "of these worlds")
    overall = of_twenty(description.hits, description.worlds)
    held = of_twenty(part.hits, description.hits, f"worlds in which it {what}")
    compared = f", against {overall} overall" if place == 0 else ""
    worlds = condition(part.restrictions)
    there = "" if part.hits == part.worlds else f": in {here}"
    return (
        f"{begin} in worlds {worlds}{there}{compared}. {held[:1].upper()}{held[1:]} are among them."
    )


def _how_often(description: Description, part: Part) -> str:
    """Say whether something happens in most worlds of a part, or only more often than elsewhere."""
    if part.density > NEARLY:
        return "always" if part.hits == part.worlds else "nearly always"
    most = part.density >= MOSTLY and description.hits < MOSTLY * description.worlds
    return "mostly" if most else "more often"


def _count(count: int, total: int, noun: str) -> str:
    """Say a count with what it is of: ``14 of 20 of these worlds``, ``all 30 of these worlds``."""
    words = of_twenty(count, total, noun)
    return words if count < total else f"all {noun.removeprefix('of ')}"


def _flag(restriction: Restriction) -> str:
    """Say which side of a flag worlds are on."""
    feature = restriction.feature
    holds = math.isfinite(restriction.at_least)
    told = feature.yes if holds else feature.no
    return told or f"with {'' if holds else 'no '}{feature.label}"


def _range(restriction: Restriction) -> str:
    feature = restriction.feature
    unit = "" if feature.label.startswith(feature.unit) else feature.unit
    low, high = restriction.at_least, restriction.below
    if not math.isfinite(low):
        return f"{feature.label} below {amount(high, unit)}"
    if not math.isfinite(high):
        return f"{feature.label} at least {amount(low, unit)}"
    return f"{feature.label} between {amount(low)} and {amount(high, unit)}"


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Join words with commas and a last "and"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"
