"""Why a kind of guarantee nets more peace, or less, than none: what it does to signing and what to holding.

With s the share of worlds in which both sign and h the share of these in which the deal holds,

    s_k h_k - s_0 h_0 = (s_k - s_0) (h_k + h_0) / 2  +  (h_k - h_0) (s_k + s_0) / 2        (Kitagawa 1955)

and each difference falls into parts that add up to it:

    s_k - s_0 = ruled out     deals without the terms that the guarantee excludes, less all deals
              + refusal       the adversary judges the deal with the guarantee (its value, its red lines)
              + willingness   the protected side does (its value, its red lines, less fear)
    h_k - h_0 = deterrence    the guarantor is there, less the same deal without it
              + at home       fewer deals without it fail at ratification than deals of "none"
              + the rest      other terms, in other worlds

Refusal and willingness are means over the order in which the two sides' eyes are opened (Shapley 1953). Where
no world signs with one of the two, its h counts as the other's. Standard errors are paired: worlds are drawn
again with replacement, the same for all kinds (Efron 1979).

The causes of a difference in holding are also told in the worlds that are the same for all guarantees.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from jaxtyping import Float

from ripeness.explore.draft_play import FAILED, IN_FORCE
from ripeness.explore.guarantees import Guarantees
from ripeness.worlds.designs import keyed_generator

REDRAWN: Final = 400
"""Times that worlds are drawn again: standard errors are then sure to a thirtieth."""

PARTS: Final = ("refusal", "willingness", "ruled_out", "deterrence", "at_home", "rest")
"""Parts of the net effect, which add up to it."""


@dataclass(frozen=True)
class Estimate:
    """A difference of shares of worlds, and its standard error."""

    mean: float
    error: float

    @property
    def clear(self) -> bool:
        """Whether it lies beyond twice its standard error."""
        return abs(self.mean) > 2.0 * self.error

    def as_list(self) -> list[float] | None:
        """Return it as JSON has it; nothing where it is not known."""
        if not (math.isfinite(self.mean) and math.isfinite(self.error)):
            return None
        return [round(self.mean, 5), round(self.error, 5)]


@dataclass(frozen=True)
class Effect:
    """What a kind of guarantee does, against none; shares of worlds.

    Attributes:
        net: change of the share of all worlds in which both sign and it holds.
        parts: of the net change, by name, see ``PARTS``.
        adversary_signs: change of the share of worlds in which the adversary would sign.
        protected_signs: the same of the protected side.
        holds: change of the share of the watched worlds in which the deal holds.
        deterrence: of it, what the guarantor's being there makes.
        attacks_prevented: share of the adversary's attacks on the empty deal that the guarantor prevents; NaN
            without any.
    """

    net: Estimate
    parts: dict[str, Estimate]
    adversary_signs: Estimate
    protected_signs: Estimate
    holds: Estimate
    deterrence: Estimate
    attacks_prevented: Estimate

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON has it: [change, standard error], shares of worlds."""
        names = ("adversary_signs", "protected_signs", "holds", "deterrence", "attacks_prevented")
        found: dict[str, Any] = {"net": self.net.as_list()}
        found["parts"] = {name: part.as_list() for name, part in self.parts.items()}
        return found | {name: getattr(self, name).as_list() for name in names}


def effects_of(found: Guarantees, seed: int) -> tuple[Effect, ...]:
    """Return the effect of each row against the first.

    Args:
        found: what became of every kind.
        seed: of the draws for standard errors.
    """
    draw = keyed_generator("guarantees drawn again", seed)
    count = len(found.asked)
    weight = draw.multinomial(count, np.full(count, 1.0 / count), size=REDRAWN).astype(float)
    weight = np.concatenate([np.ones((1, count)), weight])
    return tuple(_effect(found, row, weight) for row in range(len(found.names)))


def _effect(found: Guarantees, row: int, weight: Float[np.ndarray, "draw world"]) -> Effect:
    """Return the effect of one row; the first draw is the worlds as they are."""
    protected = max(found.protects[row], 0)
    numbers = _net(found, row, weight)
    watched = weight @ found.watched
    share = lambda happens: _over(weight @ (happens & found.watched), watched, 0.0)  # noqa: E731
    holds, empty = found.fate == IN_FORCE, found.empty == IN_FORCE
    before = found.attacks(found.empty)[row, 1 - protected]
    after = found.attacks(found.fate)[row, 1 - protected]
    change = (found.signs[row].astype(float) - found.signs[0]).T
    signs = (weight @ change).T / len(found.asked)
    return Effect(
        _estimate(numbers.pop("net")),
        {name: _estimate(numbers[name]) for name in PARTS},
        adversary_signs=_estimate(signs[1 - protected]),
        protected_signs=_estimate(signs[protected]),
        holds=_estimate(share(holds[row]) - share(holds[0])),
        deterrence=_estimate(share(holds[row]) - share(empty[row])),
        attacks_prevented=_estimate(1.0 - _over(weight @ after, weight @ before, np.nan)),
    )


def _net(
    found: Guarantees, row: int, weight: Float[np.ndarray, "draw world"]
) -> dict[str, Float[np.ndarray, "draw"]]:
    """Return the net effect and its parts, for each draw of worlds."""
    both, count = found.both, len(found.asked)
    of = lambda happens: (weight @ happens) / count  # noqa: E731
    neither, only_protected, only_adversary = (
        of(found.crossed[row, a, p]) for a, p in ((0, 0), (0, 1), (1, 0))
    )
    signed = [of(both[k]) for k in (0, row)]
    kept = [of(both[k] & (found.fate[k] == IN_FORCE)) for k in (0, row)]
    empty = of(both[row] & (found.empty[row] == IN_FORCE))
    failed = [of(both[k] & (found.empty[k] == FAILED)) for k in (0, row)]
    share = [_over(one, among, np.nan) for one, among in zip(kept, signed, strict=True)]
    none, mine = np.where(np.isnan(share[0]), share[1], share[0]), share[1]
    mine = np.where(np.isnan(mine), none, mine)
    hold, sign = np.nan_to_num(mine + none) / 2.0, (signed[0] + signed[1]) / 2.0
    refusal = (only_adversary - neither + signed[1] - only_protected) / 2.0
    willing = (only_protected - neither + signed[1] - only_adversary) / 2.0
    two = (signed[0] > 0) & (signed[1] > 0)
    deterrence = np.where(two, mine - _over(empty, signed[1], 0.0), 0.0)
    home = np.where(two, _over(failed[0], signed[0], 0.0) - _over(failed[1], signed[1], 0.0), 0.0)
    rest = np.nan_to_num(mine - none) - deterrence - home
    return {
        "net": kept[1] - kept[0],
        "refusal": refusal * hold,
        "willingness": willing * hold,
        "ruled_out": (neither - signed[0]) * hold,
        "deterrence": np.nan_to_num(deterrence) * sign,
        "at_home": home * sign,
        "rest": rest * sign,
    }


def _over(part: np.ndarray, whole: np.ndarray, missing: float) -> np.ndarray:
    """Return shares, and this where there is nothing to share."""
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), missing)


def _estimate(draws: Float[np.ndarray, "draw"]) -> Estimate:
    """Return the figure in the worlds as they are, and how far those drawn again lie around it."""
    again = draws[1:][np.isfinite(draws[1:])]
    return Estimate(float(draws[0]), float(again.std()) if len(again) else float("nan"))
