"""The kind of claim, the events and the quantities that some words are nearest to.

*Kinds* by cue words: each kind has a few patterns with a weight; the score of a kind is the sum over
its patterns that occur. *Events and quantities* by word overlap: with W(x) the stems of a name's own
words, its meaning and a few synonyms of ours, and n(s) the number of names that have the stem s,

    score(x) = sum over stems s of the text in W(x) of log(1 + N / n(s))  /  sqrt(|W(x)|)

so that a rare word counts more than one that many names share (inverse document frequency, Sparck
Jones 1972). All of this only ranks what a person is to look at first: nothing is decided by it.
What would break it: a claim in other words than ours, irony, and texts that are not English.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ripeness.claims.events import EVENTS
from ripeness.claims.kinds import KINDS
from ripeness.claims.nearest_words import KIND_CUES, NAME_WORDS
from ripeness.claims.quantities import QUANTITIES
from ripeness.sources.statements.words import word_set

SHOWN: Final = 3  # kinds, events and quantities that are suggested; assumed: more are not read
SHORTEST_STEM: Final = 3

_WORD: Final = re.compile(r"[^\W\d_]+")
_ENDINGS: Final = re.compile(r"(?:ations?|ements?|ings?|ied|ies|edly|ed|ly|es|s|e)$")
_EMPTY: Final = word_set(
    """the and for that this with from are was were been has have had its his her their than then who
    what when which where not per one two start side month before mean each some most first last over
    will would could should can may might into same other both any all world share chance value whether
    more less very also only but his they them there out about after"""
)


@dataclass(frozen=True, slots=True)
class Nearest:
    """What some words are nearest to, the nearest first; at most ``SHOWN`` of each.

    Attributes:
        kinds: kinds of claim; never empty.
        events: names of events.
        quantities: names of quantities.
        sides: belligerents that are named.
    """

    kinds: tuple[str, ...]
    events: tuple[str, ...]
    quantities: tuple[str, ...]
    sides: tuple[str, ...]


def nearest(words: str, sides: Iterable[str] = (), condition: bool = False) -> Nearest:
    """Return what some words are nearest to.

    Args:
        words: a sentence or a clause.
        sides: names of belligerents; each is found by the beginning of its name.
        condition: whether something is said to be needed in them.
    """
    text = stems(words)
    return Nearest(
        kinds=tuple(_kinds(words, condition))[:SHOWN],
        events=tuple(_ranked(text, _index("event")))[:SHOWN],
        quantities=tuple(_ranked(text, _index("quantity")))[:SHOWN],
        sides=tuple(
            side for side in sides
            if any(word.startswith(_stem(side.lower())) for word in _words(words))
        ),
    )  # fmt: skip


def stems(words: str) -> frozenset[str]:
    """Return the stems of the words that mean something."""
    return frozenset(
        _stem(word) for word in _words(words) if len(word) >= SHORTEST_STEM and word not in _EMPTY
    )


def _words(words: str) -> list[str]:
    return [match.group().lower() for match in _WORD.finditer(words)]


def _stem(word: str) -> str:
    """Return a word without its ending, as long as four letters are left."""
    cut = _ENDINGS.sub("", word)
    return cut if len(cut) >= 4 else word


def _kinds(words: str, condition: bool) -> list[str]:
    """Return the kinds by the weight of their cues; `state` where there is no cue at all."""
    scores: dict[str, float] = {
        kind: sum(weight for form, weight in cues if form.search(words))
        for kind, cues in _CUES.items()
    }
    if condition:
        scores["necessary"] += 2
    order = list(_CUES)
    found = [kind for kind in order if scores[kind] > 0]
    found.sort(key=lambda kind: (-scores[kind], order.index(kind)))
    return found or ["state"]


_CUES: Final[Mapping[str, list[tuple[re.Pattern[str], float]]]] = {
    kind: [(re.compile(form, re.IGNORECASE), weight) for form, weight in cues]
    for kind, cues in KIND_CUES.items()
    if kind in KINDS
}


@lru_cache(maxsize=2)
def _index(what: str) -> dict[str, frozenset[str]]:
    """Return the stems by which each event or quantity is found."""
    if what == "event":
        told = {name: event.words for name, event in EVENTS.items()}
    else:
        told = {name: quantity.meaning for name, quantity in QUANTITIES.items()}
    return {
        name: stems(f"{name.replace('_', ' ')} {meaning} {NAME_WORDS.get(name, '')}")
        for name, meaning in told.items()
    }


def _ranked(text: frozenset[str], index: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the names that share a stem with the text, the nearest first."""
    shared = Counter(stem for have in index.values() for stem in have)
    scores = {
        name: sum(math.log(1 + len(index) / shared[stem]) for stem in have & text)
        / math.sqrt(max(1, len(have)))
        for name, have in index.items()
    }
    names = [name for name in index if scores[name] > 0]
    return sorted(names, key=lambda name: -scores[name])
