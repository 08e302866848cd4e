"""Whether a signed settlement passes at home, and when: preparation, and the dates of votes.

    chance   = c r / (1 - c + c r)                       r: product over the levels of their odds ratios
    ready_m  = week + 4 max(round(ratification months + what the levels add), 1)
    opens_v  = first week >= ready in [first_v + k every_v, first_v + k every_v + weeks_v), k = 0, 1, ...
    in force = max over the votes that are needed of opens_v, at least ready

c is the chance of a settlement whose levels move nobody; what a level adds is stated as a ratio of odds, so
that several hard ones do not add up to less than nothing. A vote is an election day or the session of an
assembly, once or again and again; bodies vote each on its own first day, and the last one decides. One that is
never held again has been held. That a second level at home must agree, in its own time, is Putnam's (1988,
"Diplomacy and Domestic Politics", International Organization 42: 427-460); odds and dates are the scenario's.
It would break if a government called a vote early.
"""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float, Int

from ripeness.types import WEEKS_PER_MONTH
from ripeness.war.process import SMALL
from ripeness.worlds.bundle import Bundle


def chance_to_pass(ratio: Float[Array, "..."], parameters: Bundle) -> Float[Array, "..."]:
    """Return the chance that a settlement passes at home; certainty and its opposite stay what they are.

    Args:
        ratio: factor on the odds, by all its levels.
        parameters: the worlds' parameters: ``diplomacy.ratification_chance``.
    """
    chance = parameters.diplomacy.ratification_chance
    odds = chance * ratio
    return odds / jnp.maximum(1.0 - chance + odds, SMALL)


def months_to_force(
    wait: Float[Array, "..."],
    votes: Int[Array, "..."],
    week: Array | np.ndarray,
    parameters: Bundle,
) -> Float[Array, "..."]:
    """Return whole months from a signature now to the vote that decides, at least one.

    Args:
        wait: months that the levels add to the time it takes.
        votes: votes that the levels ask for, bit by bit in the order of the scenario's ``votes``.
        week: now, weeks since the start.
        parameters: the worlds' parameters: ``diplomacy.ratification_months`` and ``calendar.vote_*``.
    """
    prepared = jnp.maximum(jnp.round(parameters.diplomacy.ratification_months + wait), 1.0)
    return prepared + months_until_votes(prepared, votes, week, parameters)


def months_until_votes(
    prepared: Float[Array, "..."],
    votes: Int[Array, "..."],
    week: Array | np.ndarray,
    parameters: Bundle,
) -> Float[Array, "..."]:
    """Return the months that dates add to those of preparation."""
    dates = parameters.calendar
    ready = jnp.asarray(week) + WEEKS_PER_MONTH * prepared
    opens = ready
    for place in range(dates.vote_first.shape[0]):
        asked = (jnp.right_shift(votes, place) & 1) > 0
        needed = asked | (dates.vote_always[place] > 0)
        opens = jnp.maximum(opens, jnp.where(needed, _opens(ready, dates, place), ready))
    return jnp.ceil((opens - ready) / WEEKS_PER_MONTH)


def foreseen_wait(
    wait: Float[Array, "..."],
    votes: Int[Array, "..."],
    week: Array | np.ndarray,
    parameters: Bundle,
) -> Float[Array, "..."]:
    """Return what levels and dates together add to the usual months of ratification."""
    prepared = jnp.maximum(jnp.round(parameters.diplomacy.ratification_months + wait), 1.0)
    return wait + months_until_votes(prepared, votes, week, parameters)


def _opens(ready: Array, dates: Bundle, place: int) -> Array:
    """Return the first week, from when all is ready, in which this vote can be held."""
    first, weeks, every = (
        rows[place] for rows in (dates.vote_first, dates.vote_weeks, dates.vote_every)
    )
    since, recurs = ready - first, every > 0
    into = jnp.where(recurs, jnp.mod(since, jnp.maximum(every, 1.0)), since)
    missed = recurs & (into >= weeks)
    return jnp.where(since < 0, first, jnp.where(missed, ready + every - into, ready))
