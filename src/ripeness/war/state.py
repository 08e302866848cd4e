"""What a world is in, and what a side may do: the vocabulary that war and bargaining share.

The state of a world is a bundle of parts, one per process, under the process's name, plus
``ending``: whether and how the war has left the three regimes.
"""

from __future__ import annotations

from typing import Final

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.types import ENDED
from ripeness.worlds.bundle import Bundle

ATOMS: Final = 5
"""Types that the enemy's private cost of war can have in a public belief: equally likely before the war."""

NOT_YET, VICTORY_FIRST, VICTORY_SECOND, BEYOND = range(4)
"""Codes of ``Ending.code``."""

RULES: Final = (
    "nothing before the horizon: the war goes on",
    "collapse of the first side",
    "collapse of the second side",
    "conquest by the first side",
    "conquest by the second side",
    "the war spread or the gravest weapons were used",
    "both sides collapsed",
)
"""What can decide a world without a signature. Strategies add their own rules after these."""

HORIZON, COLLAPSE_FIRST, COLLAPSE_SECOND, CONQUEST_FIRST, CONQUEST_SECOND, SPREAD, RUIN = range(
    len(RULES)
)


class Ending(eqx.Module):
    """Whether the war has ended in a way from which the model knows no return."""

    code: Int[Array, "world"]
    rule: Int[Array, "world"]
    week: Float[Array, "world"]  # weeks since the start; NaN while it goes on

    @staticmethod
    def start(worlds: int) -> Ending:
        """Return worlds in which nothing has ended."""
        nothing = jnp.zeros(worlds, dtype=jnp.int32)
        return Ending(nothing, nothing, jnp.full(worlds, jnp.nan, dtype=jnp.float32))


class Terms(eqx.Module):
    """What a package means for the war and the peace after it."""

    line: Int[Array, "world"]  # level of the territorial issue
    point: Int[Array, "world"]  # place on the frontier
    area: Float[Array, "world"]  # held by the first side, km2; NaN: where the line is
    relief: Float[Array, "world"]  # share of sanctions lifted
    force_cap: Float[Array, "2 world"]  # soldiers; infinity: none
    credibility: Float[Array, "2 world"]  # chance that a guarantee to this side is honoured
    capacity: Float[Array, "2 world"]  # force it would bring over this side's at the start
    delay: Float[Array, "world"]  # months until the guarantee is in place
    cost: Float[Array, "2 world"]  # log odds of honouring it lost per doubling of the enemy's force
    monitoring: Float[Array, "world"]  # share of incidents along the line that is cleared up
    payments: Float[Array, "2 world"]  # to each side while in force, bn EUR a month
    passes: Float[Array, "world"]  # factor on the odds of ratification
    wait: Float[Array, "world"]  # months that ratification takes longer
    votes: Int[Array, "world"]  # on the calendar that it must wait for, bit by bit


class Acts(eqx.Module):
    """What the sides do in a month of talks, as a strategy decides it.

    Chances are for the month. ``sign`` and ``ceasefire`` need both sides and are the strategy's
    account of how two sides come to agree; attendance and breach are each side's own.
    """

    attend: Bool[Array, "2 world"]
    rank: Float[Array, "2 world"]  # rank of the delegation, 0 (none) to 1 (the leader)
    real: Bool[
        Array, "2 world"
    ]  # would sign something that the other would too, or that leaves it no worse
    reservation: Float[Array, "2 world"]  # least value it would sign for, shares of the stakes
    expected_area: Float[Array, "2 world"]  # area it expects to hold at its planning date, km2
    zone_open: Bool[Array, "world"]
    zone_width: Float[Array, "world"]  # best package's smaller surplus, shares of the stakes
    sign: Bool[Array, "world"]
    terms: Terms  # of the package to sign
    ceasefire: Bool[Array, "world"]
    resume: Float[Array, "2 world"]  # chance to resume the war from a ceasefire
    breach: Float[Array, "2 world"]  # chance to break a settlement
    breach_alone: Float[Array, "2 world"]  # what that would be if nobody guaranteed it
    sign_rule: Int[Array, "world"]  # place in the strategies' list of rules
    ceasefire_rule: Int[Array, "world"]
    belief: Float[Array, "2 atom world"]  # public, about each side's type, after this month's talks


def fighting(state: Bundle) -> Bool[Array, "world"]:
    """Return where the regime is war."""
    return state.diplomacy.regime == 0


def alive(state: Bundle) -> Bool[Array, "world"]:
    """Return where the war has not left the three regimes."""
    return state.ending.code == NOT_YET


def regime(state: Bundle) -> Int[Array, "world"]:
    """Return the regime of each world, ``ENDED`` where the war has left the three."""
    return jnp.where(alive(state), state.diplomacy.regime, ENDED)
