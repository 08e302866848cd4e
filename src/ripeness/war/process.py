"""The contract of a process of the week.

A process is one file with a class that knows its name, how its own part of the state starts, and
what that part is a week later. It may read every other part; it returns its own and nothing else,
so that no process can reach into another's books.
"""

from __future__ import annotations

import functools
import operator
from typing import Any, NamedTuple, Protocol, runtime_checkable

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float, Int, Shaped

from ripeness.types import WEEKS_PER_YEAR
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.names import Names
from ripeness.worlds.streams import Luck


class Moment(NamedTuple):
    """When it is, and every world's luck then. Streams are named; nothing is consumed.

    Attributes:
        week: weeks since the start, int32.
        luck: the worlds' luck.
        names: identifiers of sides and patrons, static.
    """

    week: Int[Array, ""]
    luck: Luck
    names: Names


@runtime_checkable
class Process(Protocol):
    """One numbered entry of the week."""

    name: str

    def start(self, parameters: Bundle) -> eqx.Module:
        """Return this process's part of the state at the start; arrays ``(..., world)``."""
        ...

    def week(self, state: Bundle, parameters: Bundle, moment: Moment) -> Any:
        """Return this process's part of the state one week later."""
        ...


def other(per_side: Shaped[Array, "2 *rest world"]) -> Shaped[Array, "2 *rest world"]:
    """Return each side's view of the enemy's value."""
    return per_side[::-1]


def for_sides(first: Float[Array, "world"]) -> Float[Array, "2 world"]:
    """Return a signed quantity stated for the first side as each side sees it."""
    return first * SIGN


def weekly(rate: Float[Array, "..."]) -> Float[Array, "..."]:
    """Return the chance that something with this rate a year happens within a week."""
    return -jnp.expm1(-rate / WEEKS_PER_YEAR)


def power(base: Float[Array, "..."], exponent: Float[Array, "..."]) -> Float[Array, "..."]:
    """Return ``base ** exponent`` for non-negative bases, zero kept finite."""
    return jnp.exp(exponent * jnp.log(jnp.maximum(base, SMALL)))


SIGN = np.array([[1.0], [-1.0]], dtype=np.float32)
"""+1 for the first side, -1 for the second: turns the first side's terms into each side's own."""

SECOND = np.array([[0.0], [1.0]], dtype=np.float32)
"""0 for the first side, 1 for the second."""

SMALL = 1e-6
"""Smallest base of a power: a millionth of the reference, far below anything that matters."""


def total(rows: Float[Array, "row ..."]) -> Float[Array, "..."]:
    """Return the sum over a short leading axis, written out.

    A reduction would stride through memory once per world; written out, it is fused with what makes
    the rows.
    """
    return functools.reduce(operator.add, (rows[place] for place in range(rows.shape[0])))


def to_clients(
    client: Float[Array, "2 patron #world"], amount: Float[Array, "patron world"]
) -> Float[Array, "2 world"]:
    """Return the patrons' amounts added up per side."""
    return functools.reduce(
        operator.add, (client[:, place] * amount[place] for place in range(amount.shape[0]))
    )
