"""Why the zone of agreement opened or closed: its change from month to month, split by what changed.

The width of the zone follows from the state of the war by the same function with which the sides decide.
Between two months some parts of the state change together; the change of the width is split among them by
Shapley's rule (``ripeness.explore.shapley``), every subset of the changes being put to that function:

    width(t + 1) - width(t) = sum over causes of their shares,   exactly

Nothing is fitted, and the split holds for every theory of ending that decides from the state. What is no
named cause is "the forces" (men, arms, how thinly the line is held and how well it is fortified). If a
theory depends on the date itself, that part is the cause "time".
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from ripeness.bargaining.play import decide_by, theories_of
from ripeness.explore.replay import Replay, widened
from ripeness.explore.shapley import shapley_shares
from ripeness.outcomes.engine import keep_compiled_programs
from ripeness.types import CEASEFIRE, WAR, WEEKS_PER_MONTH
from ripeness.war.process import Moment
from ripeness.war.state import regime
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.names import Names
from ripeness.worlds.streams import Luck, seed_words


class Cause(NamedTuple):
    """Something that changes.

    Attributes:
        name: of the cause.
        side: place of the side whose it is; None if it is nobody's alone.
        leaves: ``part.field`` or ``part`` of the state, the more special first in ``CAUSES``.
    """

    name: str
    side: int | None
    leaves: tuple[str, ...]


def _of_both(name: str, *leaves: str) -> tuple[Cause, Cause]:
    return Cause(name, 0, leaves), Cause(name, 1, leaves)


CAUSES: Final[tuple[Cause, ...]] = (
    Cause("line", None, ("front.area",)),
    Cause("stillness", None, ("front.calm_weeks",)),
    *_of_both("strength", "information.advantage", "information.trend", "information.mean"),
    *_of_both("losses", "information.losses"),
    *_of_both("economy", "economy"),
    *_of_both("weariness", "home_front.support", "home_front.security"),
    Cause("leaders", None, ("home_front.new_leader",)),
    Cause("patrons", None, ("patrons",)),
    Cause("escalation", None, ("escalation",)),
    Cause("talks", None, ("diplomacy.belief",)),
    Cause("regime", None, ("diplomacy",)),
    Cause("forces", None, ()),
)
"""What can change, the last being all the rest. Most of them change in most months."""

TIME: Final = "time"


class Changes(NamedTuple):
    """The zone of agreement of one world and what moved it.

    Attributes:
        width: ``(month,)`` best package's smaller surplus, shares of the stakes; -1 where out of reach.
        talking: ``(month,)`` war or ceasefire: a zone could be used.
        shares: ``(cause, month)`` change since the month before by cause; zero where there was no
            talking in either. The causes are ``CAUSES`` and then time.
    """

    width: Float[np.ndarray, "month"]
    talking: np.ndarray
    shares: Float[np.ndarray, "cause month"]


def changes_of(played: Replay) -> Changes:
    """Return how wide the zone was each month and what changed it."""
    width = np.asarray(played.acts.zone_width, dtype=float)[:, 0]
    regimes = np.asarray(jax.vmap(regime)(played.states))[:, 0]
    talking = (regimes == WAR) | (regimes == CEASEFIRE)
    shares = np.zeros((len(CAUSES) + 1, len(width)))
    width_with = _evaluator(played)
    changed = _changed(played.states)
    for month in (np.flatnonzero(talking[1:] & talking[:-1]) + 1).tolist():
        players = np.flatnonzero(changed[:, month])
        values = width_with(month, players)
        shares[players, month] = shapley_shares(values)
        shares[-1, month] = values[0] - width[month - 1]
    shares[np.abs(shares) < ROUNDING] = 0.0
    return Changes(width, talking, shares)


ROUNDING: Final = 2e-6
"""Differences of widths in single precision below this are rounding."""

BLOCK: Final = 4096
"""Subsets of changes put to the sides' function at a time: few enough for a processor's cache."""


def _changed(states: Bundle) -> np.ndarray:
    """Return ``(cause, month)`` whether anything of a cause differs from the month before."""
    months = jax.tree.leaves(states)[0].shape[0]
    changed = np.zeros((len(CAUSES), months), dtype=bool)
    for path, leaf in jax.tree_util.tree_leaves_with_path(states):
        rows = causes_of(_name(path))
        now, before = leaf[1:], leaf[:-1]
        differs = (now != before) & ~((now != now) & (before != before))  # NaN is NaN as before
        by_row = differs if len(rows) == 2 else differs[:, None]
        for place, cause in enumerate(rows):
            changed[cause, 1:] |= by_row[:, place].reshape(months - 1, -1).any(axis=1)
    return changed


def _evaluator(played: Replay) -> Callable[[int, np.ndarray], np.ndarray]:
    """Return what gives the width of the zone with every subset of some changes made, by code."""
    worlds = played.worlds
    program = _program(worlds.names)
    fixed = [
        widened(tree, BLOCK) for tree in (worlds.parameters, played.packages.table, worlds.theory)
    ]
    seed = jnp.asarray(seed_words(worlds.seed, worlds.play))
    luck = Luck(seed, widened(worlds.identity, BLOCK))

    def width_with(month: int, players: np.ndarray) -> np.ndarray:
        before, after = (
            jax.tree.map(lambda a, m=m: a[m], played.states) for m in (month - 1, month)
        )
        week = jnp.int32(month * WEEKS_PER_MONTH)
        found = []
        for first in range(0, 1 << len(players), BLOCK):
            codes = first + np.arange(BLOCK)
            made = np.zeros((len(CAUSES), BLOCK), dtype=bool)
            made[players] = codes >> np.arange(len(players))[:, None] & 1
            found.append(np.asarray(program(before, after, *fixed, luck, week, made), dtype=float))
        return np.concatenate(found)[: 1 << len(players)]

    return width_with


@lru_cache(maxsize=4)
def _program(names: Names) -> Callable[..., Any]:
    """Return the compiled width of the zone in a state with some of the changes made."""
    keep_compiled_programs()
    theories = theories_of(names.theories)

    @jax.jit
    def widths(  # noqa: PLR0913 - everything that a decision may depend on
        before: Bundle, after: Bundle, parameters: Bundle, table: Bundle, theory: Any, luck: Luck,
        week: Any, made: Any,
    ) -> Any:  # fmt: skip
        def mixed(path: Any, old: Any, new: Any) -> Any:
            rows = causes_of(_name(path))
            if len(rows) == 1:
                return jnp.where(made[rows[0]], new, old)
            lift = (2, *(1,) * (jnp.ndim(old) - 2), BLOCK)
            return jnp.where(made[jnp.asarray(rows)].reshape(lift), new, old)

        state = jax.tree_util.tree_map_with_path(mixed, before, after)
        acts = decide_by(theories, theory, table)(state, parameters, Moment(week, luck, names))
        return acts.zone_width

    return widths


def _name(path: Any) -> str:
    """Return the name of a leaf of the state."""
    return ".".join(key.name for key in path)


def owner_of(place: int) -> tuple[str, int | None]:
    """Return the name of a cause in the order of ``Changes.shares``, and the side whose it is."""
    if place == len(CAUSES):
        return TIME, None
    return CAUSES[place].name, CAUSES[place].side


def causes_of(leaf: str) -> tuple[int, ...]:
    """Return the place of the cause that a leaf of the state belongs to; two, if each side has its own."""
    for length in range(leaf.count(".") + 1, 0, -1):
        prefix = ".".join(leaf.split(".")[:length])
        found = tuple(place for place, cause in enumerate(CAUSES) if prefix in cause.leaves)
        if found:
            return found
    return (len(CAUSES) - 1,)
