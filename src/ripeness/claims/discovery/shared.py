"""Boxes that claims share: one line per box, with every claim that it tells something about.

A description (``describe``) is of one claim, and the same few conditions turn up in many. Here every part
of every description is a *box* by itself: the worlds within its ranges, without taking those of earlier parts
away. Of the tested worlds of a claim that chose nothing (the half that judges) it is counted

    inside     worlds in the box, and of these the worlds in which the claim holds
    elsewhere  the others, likewise
    saved      bits saved by telling the two apart (``bits.saved``): how much the claim depends on the box

A claim stands under a box if the box is part of its description and still matters when it is taken by itself:
it makes a difference of a world of twenty or doubles a share, and saves a ``WORTH`` of what the claim's best
box saves. One range and the rest of the worlds say the same: of two such boxes the one under which more
claims stand is kept, the narrower if that is equal, and has the claims of both. Widest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ripeness.claims.discovery.bits import saved
from ripeness.claims.discovery.cruxes import Truth
from ripeness.claims.discovery.describe import (
    ALWAYS,
    NEVER,
    NOTHING,
    NOWHERE,
    SMALLEST,
    TOO_FEW,
    TOO_MANY,
    halves,
)
from ripeness.claims.discovery.description import Descriptions, Restriction
from ripeness.claims.discovery.told import condition, listed, range_mapping
from ripeness.outcomes.words import of_twenty, of_twenty_short

WORTH: Final = 0.25
"""Of the bits that its best box saves, what another must save for a claim to be told under it (assumed)."""

Count = tuple[int, int]
"""Worlds in which a claim holds, and of how many."""

ELSEWISE: Final = {
    NOTHING: "No single condition tells the worlds apart",
    ALWAYS: "Holding in every world that tests them",
    NEVER: "Holding in no world that tests them",
    TOO_MANY: "Holding in nearly every one, the others too few to tell what sets them apart",
    TOO_FEW: "Holding in too few worlds to tell what sets them apart",
    NOWHERE: "Tested in no world",
}
"""Why a claim has no box, as it is told of several claims."""


@dataclass(frozen=True)
class Member:
    """A claim under a box; counts are of the half of its worlds that chose nothing.

    Attributes:
        claim: its id.
        inside: in how many worlds of the box it holds, and of how many.
        elsewhere: the same of the other worlds.
        saved: bits saved by telling the two apart.
    """

    claim: str
    inside: Count
    elsewhere: Count
    saved: float


@dataclass(frozen=True)
class SharedBox:
    """Worlds with the same ranges, and the claims that hold there otherwise than elsewhere.

    Attributes:
        restrictions: the ranges.
        worlds: worlds in it, of all, whatever can be tested there.
        members: claims, those that depend on it most first.
    """

    restrictions: tuple[Restriction, ...]
    worlds: int
    members: tuple[Member, ...]

    @property
    def condition(self) -> str:
        """What its worlds have in common, as it stands behind "worlds"."""
        return condition(self.restrictions)


@dataclass(frozen=True)
class SharedBoxes:
    """Where claims hold, all together.

    Attributes:
        worlds: number of worlds.
        boxes: widest first.
        without: why no box was found -> the claims of which that is so.
    """

    worlds: int
    boxes: tuple[SharedBox, ...]
    without: Mapping[str, tuple[str, ...]]

    @property
    def words(self) -> tuple[str, ...]:
        """All of it, a line per box, then a line per reason why there is none."""
        return tuple(_lines(self))

    def as_mapping(self) -> dict[str, Any]:
        """Return it made of JSON's own types."""
        return {
            "worlds": self.worlds,
            "words": list(self.words),
            "boxes": [_plain(box) for box in self.boxes],
            "without": [{"why": why, "claims": list(names)} for why, names in self.without.items()],
        }


def shared_boxes(found: Mapping[str, tuple[Truth, Descriptions]]) -> SharedBoxes:
    """Put claims under the boxes that describe them.

    Args:
        found: id of the claim -> where it can be tested and holds, and its descriptions; with as many
            worlds each.
    """
    under: dict[frozenset[Restriction], dict[str, Member]] = {}
    without: dict[str, tuple[str, ...]] = {}
    for name, (truth, descriptions) in found.items():
        members = _members(name, truth, descriptions)
        if not members:
            why = descriptions.holds.why or NOTHING
            without[why] = (*without.get(why, ()), name)
        for restrictions, member in members.items():
            under.setdefault(restrictions, {})[name] = member
    worlds = next((len(truth.tested) for truth, _ in found.values()), 0)
    boxes = [_box(restrictions, members) for restrictions, members in _folded(under)]
    boxes.sort(key=lambda box: (-box.worlds, box.condition))
    return SharedBoxes(worlds, tuple(boxes), without)


def _members(name: str, truth: Truth, found: Descriptions) -> dict[frozenset[Restriction], Member]:
    """Return a claim under each box of its descriptions that matters by itself."""
    members = {
        frozenset(part.restrictions): _member(name, truth, part.restrictions)
        for part in (*found.holds.parts, *found.fails.parts)
    }
    best = max((member.saved for member in members.values()), default=0.0)
    return {
        box: member
        for box, member in members.items()
        if _matters(member) and member.saved >= WORTH * best
    }


def _within(restrictions: Sequence[Restriction] | frozenset[Restriction]) -> np.ndarray:
    """Return ``(world,)`` which worlds lie in all of the ranges."""
    return np.all([each.inside() for each in restrictions], axis=0)


def _member(name: str, truth: Truth, restrictions: Sequence[Restriction]) -> Member:
    number = np.arange(len(truth.tested))
    judging = truth.tested & ~halves(truth.tested, truth.holds, number)
    box = _within(restrictions)
    inside, elsewhere = (_count(truth, judging & side) for side in (box, ~box))
    (hits, worlds), (others, rest) = inside, elsewhere
    gained = float(saved(worlds + rest, hits + others, worlds, hits))
    return Member(name, inside, elsewhere, gained)


def _count(truth: Truth, where: np.ndarray) -> Count:
    return int(np.count_nonzero(truth.true & where)), int(np.count_nonzero(where))


def _matters(member: Member) -> bool:
    """Return whether a box by itself makes a difference of a world of twenty, or doubles a share."""
    (hits, worlds), (others, rest) = member.inside, member.elsewhere
    if not worlds or not rest:
        return False
    low, high = sorted((hits / worlds, others / rest))
    return high - low >= SMALLEST or high >= 2.0 * low > 0.0


def _box(restrictions: frozenset[Restriction], members: Mapping[str, Member]) -> SharedBox:
    ordered = sorted(restrictions, key=lambda each: each.feature.name)
    ranked = sorted(members.values(), key=lambda each: (-each.saved, each.claim))
    worlds = int(np.count_nonzero(_within(restrictions)))
    return SharedBox(tuple(ordered), worlds, tuple(ranked))


def _folded(
    under: Mapping[frozenset[Restriction], dict[str, Member]],
) -> Iterator[tuple[frozenset[Restriction], dict[str, Member]]]:
    """Yield the boxes, of a range and the rest of the worlds only one."""
    rank = {
        box: (-len(members), int(np.count_nonzero(_within(box))), place)
        for place, (box, members) in enumerate(under.items())
    }
    for box, members in under.items():
        rest = _rest(box)
        if rest is None or rest not in under:
            yield box, members
        elif rank[box] < rank[rest]:
            turned = {
                name: Member(name, each.elsewhere, each.inside, each.saved)
                for name, each in under[rest].items()
            }
            yield box, turned | members


def _rest(box: frozenset[Restriction]) -> frozenset[Restriction] | None:
    """Return the box of all worlds that are not in a box; None if there is no such box."""
    if len(box) != 1:
        return None
    (only,) = box
    if np.isinf(only.at_least) == np.isinf(only.below):
        return None
    return (
        frozenset([Restriction(only.feature, only.below, np.inf)])
        if np.isinf(only.at_least)
        else frozenset([Restriction(only.feature, -np.inf, only.at_least)])
    )


def _lines(found: SharedBoxes) -> Iterator[str]:
    for box in found.boxes:
        first, *others = box.members
        told = [_told(first, "holds in "), *(_told(each, "in ") for each in others)]
        size = of_twenty(box.worlds, found.worlds).removesuffix(" worlds")
        yield f"Worlds {box.condition} ({size}): {'; '.join(told)}."
    for why, begin in ELSEWISE.items():
        names = found.without.get(why)
        if names:
            yield f"{begin}: {listed(names)}."


def _told(member: Member, begin: str) -> str:
    inside, elsewhere = (of_twenty_short(*count) for count in (member.inside, member.elsewhere))
    return f"{member.claim} {begin}{inside}, elsewhere in {elsewhere}"


def _plain(box: SharedBox) -> dict[str, Any]:
    return {
        "condition": box.condition,
        "restrictions": [range_mapping(each) for each in box.restrictions],
        "worlds": box.worlds,
        "claims": [
            {
                "claim": each.claim,
                "inside": {"holds": each.inside[0], "of": each.inside[1]},
                "elsewhere": {"holds": each.elsewhere[0], "of": each.elsewhere[1]},
                "bits_saved": each.saved,
            }
            for each in box.members
        ],
    }
