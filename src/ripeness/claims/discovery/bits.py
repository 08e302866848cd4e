"""Bits: what a description of worlds saves, and what it costs to state.

To tell in which of n worlds something happens, k of them, takes n h(k/n) bits, h(p) = -p log2 p -
(1 - p) log2(1 - p). If worlds are first put into parts, each takes bits of its own, and

    saved = n h(k/n) - sum over parts n_i h(k_i/n_i)                           never below 0

is the information between the parts and what happens, times n. Saying which parts costs bits as well:
log2 F for which of F features, 1 for the side and min(log2 (bins - 1), log2(n) / 2) for the place of each
threshold: it is known no better than to 1/sqrt(n). A description is worth its words if it saves more than
it costs (minimum description length: Rissanen 1978, Automatica 14: 465-471). With 400 features a
restriction costs about 15 bits, an evidence of 1 in 30,000, which is what it takes to choose the best of some
ten thousand thresholds and not be fooled.

Bits saved in the worlds that chose the parts are too many. In other worlds, with rates from the first,

    gain = mean over worlds of  log2 r_part(y) - log2 r(y)                       may be below 0

is honest, and so is its standard error over worlds. r are shares of the choosing half with half a world
added to either side (Krichevsky and Trofimov 1981), so that no rate is 0.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import numpy as np
from scipy.special import xlogy

STANDS: Final = 2.0
"""Standard errors by which the gain must be above none in the worlds that did not choose."""


def bits(worlds: Any, hits: Any) -> Any:
    """Return the bits that it takes to tell in which of so many worlds something happens.

    Args:
        worlds: whole numbers, of any shape.
        hits: of these, worlds in which it happens.
    """
    size = int(np.max(worlds, initial=0)) if np.ndim(worlds) else int(worlds)
    table = _table(1 << max(size, 1).bit_length())
    return table[worlds] - table[hits] - table[np.subtract(worlds, hits)]


@lru_cache(maxsize=8)
def _table(size: int) -> np.ndarray:
    """Return n log2 n for whole numbers up to a size."""
    numbers = np.arange(size + 1, dtype=float)
    return xlogy(numbers, numbers) / np.log(2.0)


def saved(worlds: Any, hits: Any, inside: Any, inside_hits: Any) -> Any:
    """Return the bits saved by telling first which worlds lie inside a part."""
    outside = bits(worlds - inside, hits - inside_hits)
    return bits(worlds, hits) - bits(inside, inside_hits) - outside


def limit_cost(bins: Any, worlds: int) -> Any:
    """Return the bits that it takes to say where and on which side a threshold is."""
    places = np.log2(np.maximum(np.asarray(bins) - 1, 1))
    return 1.0 + np.minimum(places, 0.5 * np.log2(max(worlds, 1)))


def feature_cost(features: int) -> float:
    """Return the bits that it takes to say which feature is meant."""
    return float(np.log2(max(features, 1)))


def gain(happens: np.ndarray, part: np.ndarray, choosing: np.ndarray) -> tuple[float, float]:
    """Return the bits per world gained in the worlds that did not choose, and their standard error.

    Args:
        happens: ``(world,)``.
        part: ``(world,)`` number of the part in which each world lies, from 0.
        choosing: ``(world,)`` which worlds chose the parts; the others judge.
    """
    judging = ~choosing
    count = int(judging.sum())
    if count < 2 or not choosing.any():
        return 0.0, np.inf
    size = int(part.max()) + 1
    worlds = np.bincount(part[choosing], minlength=size)
    hits = np.bincount(part[choosing & happens], minlength=size)
    rate = (hits + 0.5) / (worlds + 1.0)
    base = (hits.sum() + 0.5) / (worlds.sum() + 1.0)
    here = rate[part[judging]]
    each = np.where(happens[judging], np.log2(here / base), np.log2((1.0 - here) / (1.0 - base)))
    return float(each.mean()), float(each.std(ddof=1) / np.sqrt(count))
