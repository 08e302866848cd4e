"""What the guarantees of a run come to, in a title and a few sentences; nothing that luck could have made."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ripeness.charts.reading import listed, sentence_case
from ripeness.claims.interval import wilson
from ripeness.explore.guarantee_arms import NONE
from ripeness.explore.guarantee_reading import CLEAR, CLEAR_OF_MANY, FEW, Kinds, clearly, spread_of
from ripeness.outcomes.words import of_twenty

REFUSED = 0.25
"""A side "would not sign" if it surely would in fewer than this share of worlds: 5 of 20."""


def finding(kinds: Kinds, sides: Sequence[str]) -> str:
    """Return the finding; "would hold" and "deters" are told in the worlds that are the same for all kinds."""
    best, holder, deterrents, least = (
        kinds.best,
        _most(kinds),
        deterring(kinds),
        least_signed(kinds),
    )
    who = adversary_name(kinds, sides)
    if refused(kinds, holder) and _holds_clearly(kinds, holder):
        return f"The guarantee that would hold is one that {who} would not sign"
    better = best > 0 and clearly(kinds.kept[best], kinds.kept[0], CLEAR_OF_MANY) > 0
    most = f"{name_of(kinds, best)} is signed and holds most often"
    if deterrents and best not in deterrents and all(refused(kinds, row) for row in deterrents):
        several = "guarantees that deter most are ones"
        alone = "guarantee that deters most is one" if len(deterrents) == 1 else several
        told = f"The {alone} that {who} would not sign"
        return f"{told}; {most}" if better else told
    if not better:
        return "No kind of guarantee is clearly better than none"
    if least != best and refused(kinds, least):
        return sentence_case(f"{most}; {name_of(kinds, least)} {who} would not sign")
    return sentence_case(
        f"{most}: in {_kept(kinds, best)}, without a guarantor in {_kept(kinds, 0)}"
    )


def sentence(kinds: Kinds, sides: Sequence[str]) -> str:
    """Return what the picture shows, for those who cannot see it."""
    best, rows = kinds.best, range(len(kinds.names))
    parts = [_told(kinds, best)]
    if best:
        parts.append(_told(kinds, 0))
    equal = [
        row for row in rows
        if row != best and kinds.both[row].any() and not clearly(kinds.kept[best], kinds.kept[row])
    ]  # fmt: skip
    if equal:
        told = listed([name_of(kinds, row) for row in equal])
        parts.append(f"Not told apart from it by these worlds: {told}.")
    parts += _refusal_told(kinds, sides)
    few = [row for row in rows if 0 < kinds.both[row].sum() < FEW]
    if few:
        told = listed([f"{name_of(kinds, row)} ({int(kinds.both[row].sum())})" for row in few])
        parts.append(
            f"Signed in fewer than {FEW} worlds, so that little can be said of it: {told}."
        )
    never = [name_of(kinds, row) for row in rows if not kinds.both[row].any()]
    if never:
        parts.append(f"Signed by both in no world, and not drawn: {listed(never)}.")
    return " ".join(parts)


def _refusal_told(kinds: Kinds, sides: Sequence[str]) -> list[str]:
    """Say what deters most and what is signed least by the side to be deterred."""
    if kinds.adversary < 0:
        return []
    who, least, deterrents = adversary_name(kinds, sides), least_signed(kinds), deterring(kinds)
    signs = kinds.signs[:, kinds.adversary]
    told = [of_twenty(int(signs[row].sum()), kinds.worlds) for row in (least, 0)]
    parts = []
    if clearly(signs[least], signs[0], CLEAR_OF_MANY) < 0:
        parts.append(
            f"{who} would sign least often with {name_of(kinds, least)}: in {told[0]}, without a guarantor "
            f"in {told[1]}."
        )
    if deterrents:
        told = listed([name_of(kinds, row) for row in deterrents])
        apart = "" if len(deterrents) == 1 else ", not told apart"
        parts.append(f"What deters most, each deal played in the same worlds: {told}{apart}.")
    return parts


def name_of(kinds: Kinds, row: int) -> str:
    """Return what a kind is called within a sentence."""
    return "no guarantor" if kinds.names[row] == NONE else f"the {kinds.names[row]}"


def adversary_name(kinds: Kinds, sides: Sequence[str]) -> str:
    """Return who is to be deterred; "the other side" where guarantees protect both."""
    return sides[kinds.adversary] if kinds.adversary >= 0 else "the other side"


def refused(kinds: Kinds, row: int) -> bool:
    """Whether the side to be deterred would not sign: in few worlds, and clearly fewer than without."""
    protected = kinds.protects[row]
    if protected < 0:
        return False
    signs = kinds.signs[:, 1 - protected]
    high = wilson(int(signs[row].sum()), kinds.worlds)[1]
    return high < REFUSED and clearly(signs[row], signs[0]) < 0


def deterring(kinds: Kinds) -> list[int]:
    """Return the kinds whose guarantor's being there makes most deals hold; none if no kind clearly does.

    The most of several, and those that are not told apart from it.
    """
    where = kinds.watched
    gain = kinds.holds[:, where].astype(float) - kinds.empty[:, where]
    most = int(np.argmax(gain.sum(axis=1)))
    if clearly(kinds.holds[most, where], kinds.empty[most, where], CLEAR_OF_MANY) <= 0:
        return []
    changes = [spread_of(gain[most] - row) for row in gain]
    return [row for row, (mean, error) in enumerate(changes) if row and mean <= CLEAR * error]


def least_signed(kinds: Kinds) -> int:
    """Return the kind of guarantee that the side to be deterred would sign least often; 0 if there are two."""
    if kinds.adversary < 0:
        return 0
    return 1 + int(np.argmin(kinds.signs[1:, kinds.adversary].sum(axis=1)))


def _most(kinds: Kinds) -> int:
    """Return the kind of guarantee that holds most often in the watched worlds."""
    return 1 + int(np.argmax(kinds.holds[1:, kinds.watched].sum(axis=1)))


def _holds_clearly(kinds: Kinds, row: int) -> bool:
    """Whether it holds clearly better than no guarantee and than the best compromise, in the same worlds."""
    where = kinds.watched
    return row != kinds.best and all(
        clearly(kinds.holds[row, where], kinds.holds[other, where]) > 0 for other in {0, kinds.best}
    )


def _kept(kinds: Kinds, row: int) -> str:
    return of_twenty(int(kinds.kept[row].sum()), kinds.worlds)


def _told(kinds: Kinds, row: int) -> str:
    """Say how often one kind is signed, and how often it then holds."""
    both, kept = int(kinds.both[row].sum()), int(kinds.kept[row].sum())
    with_it = "Without a guarantor" if not row else f"With {name_of(kinds, row)}"
    signed = f"{with_it} both sides sign in {of_twenty(both, kinds.worlds)}"
    if not both:
        return f"{signed}."
    years = f"for {kinds.years} years"
    return f"{signed}, and it holds {years} in {of_twenty(kept, both, 'worlds that sign')}."
