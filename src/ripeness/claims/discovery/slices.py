"""Worlds in slices of a quantity: in how many a claim holds, and who of two is right, slice by slice.

A description says where a claim holds; slices show how sharply that turns. They are counted over all worlds
that test it, the choosing ones too, so that they are for the eye; what is told in words is of the half that
chose nothing. Everything here is plain figures, so that a picture can be drawn where the worlds are not at
hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from ripeness.claims.discovery.cruxes import Crux, Truth
from ripeness.claims.discovery.description import Description, Part, Restriction
from ripeness.claims.discovery.grid import Feature
from ripeness.claims.discovery.told import (
    What,
    amount,
    condition,
    condition_of_side,
    range_mapping,
)

MAP_SLICES: Final = 6
"""Slices of each of two quantities, of as many worlds each: a map has three dozen cells."""

SLICES: Final = 10
"""Slices of one quantity."""

FEWEST: Final = 10
"""Worlds that a slice must hold for its share to be told."""

DIGITS: Final = 4
"""Digits of the ends of slices: a picture shows no more."""


def where_slices(
    description: Description, truth: Truth, what: What = "holds"
) -> dict[str, Any] | None:
    """Count worlds over the one or two quantities that describe best where a claim holds (or fails).

    Args:
        description: of these worlds.
        truth: where the claim can be tested and holds.
        what: which of the two.

    Returns:
        ``what``, ``where`` (the first part in words), ``shown`` (its ranges that are drawn), ``given`` (those
        that narrow the worlds instead, in words), ``worlds``, and ``cells`` with ``ends`` along each
        quantity, ``worlds`` and ``happens`` in each. None if no quantity is in the first part.
    """
    if not description.stands:
        return None
    part = description.parts[0]
    shown = _shown(part, truth)
    if not shown:
        return None
    given = [each for each in part.restrictions if each not in shown]
    among = truth.tested & np.all(
        [np.isfinite(each.feature.values) for each in shown] + [each.inside() for each in given],
        axis=0,
    )
    return {
        "what": what,
        "where": condition(part.restrictions),
        "shown": [range_mapping(each) for each in shown],
        "given": condition(given) if given else "",
        "worlds": int(np.count_nonzero(among)),
        "cells": _cells(shown, among, truth.true if what == "holds" else truth.false),
    }


def crux_slices(first: Truth, second: Truth, crux: Crux) -> dict[str, Any] | None:
    """Count, slice by slice of the quantity that decides, who of two is right.

    Args:
        first: where one claim holds.
        second: where the other does.
        crux: what decides between them.

    Returns:
        ``names``, ``words``, ``label``, ``unit``, ``flag``, ``there`` (the upper side in words), ``value``,
        ``low`` and ``high`` of what decides, ``right_above``, ``turns``, and ``slices`` with ``called``,
        ``ends``, ``worlds``, ``first_only``, ``both``, ``neither`` and ``second_only`` in each. None if
        nothing decides.
    """
    feature = crux.feature
    if feature is None:
        return None
    return {
        "names": list(crux.names),
        "words": crux.words,
        "label": feature.label,
        "unit": feature.unit,
        "flag": feature.is_flag,
        "there": condition_of_side(feature, crux.value, above=True),
        **{name: float(getattr(crux, name)) for name in ("value", "low", "high")},
        "right_above": crux.names[0 if crux.first_above else 1],
        "turns": crux.turns,
        "slices": _who_is_right(feature, first, second),
    }


def _who_is_right(feature: Feature, first: Truth, second: Truth) -> list[dict[str, Any]]:
    """Return, per slice, its worlds and in how many only one of two claims holds, both, or neither."""
    tested = first.tested & second.tested & np.isfinite(feature.values)
    values = feature.values[tested]
    edges = edges_of(values, SLICES)
    place = _places(edges, values)
    series = {
        "first_only": first.true & second.false,
        "both": first.true & second.true,
        "neither": first.false & second.false,
        "second_only": second.true & first.false,
    }
    counts = {
        name: np.bincount(place, weights=flags[tested], minlength=len(edges) - 1).astype(int)
        for name, flags in series.items()
    }
    worlds = np.bincount(place, minlength=len(edges) - 1)
    return [
        {
            "called": _called(feature, edges, i),
            "ends": [_rounded(end) for end in edges[i : i + 2].tolist()],
            "worlds": int(worlds[i]),
            **{name: int(count[i]) for name, count in counts.items()},
        }
        for i in range(len(edges) - 1)
    ]


def edges_of(values: np.ndarray, most: int) -> np.ndarray:
    """Return the edges of slices of about as many worlds each, none of them empty."""
    distinct = np.unique(values)
    if len(distinct) <= 2:  # noqa: PLR2004 - a flag, or a number that does not vary
        return np.array([distinct[0] - 0.5, *(distinct[1:] - 0.5), distinct[-1] + 0.5])
    edges = np.unique(np.quantile(values, np.linspace(0, 1, most + 1), method="nearest"))
    return edges if len(edges) > 1 else np.array([edges[0] - 0.5, edges[0] + 0.5])


def _places(edges: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the slice in which each value lies."""
    return np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 2)


def _shown(part: Part, truth: Truth) -> list[Restriction]:
    """Return one or two ranges to draw: of more, those whose loss would change the part most."""
    ranges = [each for each in part.restrictions if not each.feature.is_flag]
    inside = np.all([each.inside() for each in part.restrictions], axis=0) & truth.tested

    def grows(left_out: Restriction) -> int:
        rest = [each.inside() for each in part.restrictions if each is not left_out]
        wide = np.all(rest, axis=0) & truth.tested if rest else truth.tested
        return int(np.count_nonzero(wide & ~inside))

    return sorted(ranges, key=grows, reverse=True)[:2]


def _cells(
    shown: Sequence[Restriction], among: np.ndarray, happens: np.ndarray
) -> list[dict[str, Any]]:
    """Return, per cell, its ends along each quantity, its worlds and in how many it happens."""
    slices = MAP_SLICES if len(shown) > 1 else SLICES
    edges = [edges_of(each.feature.values[among], slices) for each in shown]
    places = [
        _places(edge, each.feature.values[among]) for edge, each in zip(edges, shown, strict=True)
    ]
    shape = tuple(len(edge) - 1 for edge in edges)
    flat = np.ravel_multi_index(places, shape)
    worlds = np.bincount(flat, minlength=int(np.prod(shape)))
    hits = np.bincount(flat, weights=happens[among], minlength=len(worlds)).astype(int)
    return [
        {
            "ends": [
                [_rounded(end) for end in edge[i : i + 2].tolist()]
                for edge, i in zip(edges, cell, strict=True)
            ],
            "worlds": int(worlds[place]),
            "happens": int(hits[place]),
        }
        for place, cell in enumerate(np.ndindex(shape))
    ]


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _called(feature: Feature, edges: np.ndarray, place: int) -> str:
    """Return what a slice is called."""
    if feature.is_flag:
        return condition_of_side(feature, 0.5, above=edges[place] >= 0.5)
    low, high = (_rounded(float(edge)) for edge in edges[place : place + 2])
    return f"{amount(low)} to {amount(high)}"
