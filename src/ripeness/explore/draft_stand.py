"""Where both sides stand on the day of a signature: played there, and asked what each would sign for.

The worlds are played to the day as in a run. Those still at war or in a ceasefire, with nothing awaiting
ratification, are where a treaty could be signed; the others are counted by what has become of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, Final

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float

from ripeness.bargaining.expectations.features import SHIFT, Standing
from ripeness.bargaining.expectations.month import expectation_of
from ripeness.bargaining.expectations.values import Linear, SettledForm
from ripeness.bargaining.expectations.war_game import in_threads
from ripeness.bargaining.levels import Levels, levels_of
from ripeness.bargaining.packages import Packages, enumerate_packages
from ripeness.bargaining.play import decide_by, situation_of, theories_of
from ripeness.bargaining.prospects import fighting_value
from ripeness.bargaining.strategies.expectations import Expectations
from ripeness.outcomes.engine import keep_compiled_programs
from ripeness.scenario.model import Scenario
from ripeness.types import SETTLEMENT, WEEKS_PER_MONTH
from ripeness.war.process import Moment
from ripeness.war.simulate import one_month, start_of
from ripeness.war.state import NOT_YET
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds
from ripeness.worlds.names import Names
from ripeness.worlds.streams import Luck, seed_words

WIDTH: Final = 512
"""Worlds in a chunk; always as many, so that nothing is compiled anew and nobody rounds otherwise."""


class Outlook(eqx.Module):
    """What sides that expect hold of a settlement, as a function of its terms."""

    standing: Standing
    form: SettledForm
    war: Linear


class Stand(eqx.Module):
    """Where both sides stand; ``(2, world)``."""

    reservation: Float[Array | np.ndarray, "2 world"]  # least value each would sign for
    alone: Float[Array | np.ndarray, "2 world"]  # expected of fighting on with nobody's help
    slope: Float[Array | np.ndarray, "2 world"]  # of that in the own advantage
    troops: Float[Array | np.ndarray, "2 world"]
    week: Float[Array | np.ndarray, "world"]  # of the signature, since the start
    outlook: Outlook | None  # of sides that expect; None if that theory is not among the rivals


@dataclass(frozen=True)
class Standpoint:
    """The worlds in which something could be signed on a day.

    Attributes:
        scenario: the war.
        month: months from the start to the day.
        drawn: worlds drawn.
        gone: worlds in which nothing can be signed, by why.
        worlds: the others.
        packages: what can be signed in them.
        state: on the day.
        stand: where both sides stand.
        levels: what each level of each issue means to them.
    """

    scenario: Scenario
    month: int
    drawn: int
    gone: Mapping[str, int]
    worlds: Worlds
    packages: Packages
    state: Bundle
    stand: Stand
    levels: Levels

    @property
    def count(self) -> int:
        """Number of worlds in which something could be signed."""
        return self.worlds.count

    @property
    def expects(self) -> Bool[np.ndarray, "world"]:
        """Whether sides decide by what they expect, rather than by a reservation value."""
        names = self.worlds.names.theories
        place = names.index(Expectations.name) if Expectations.name in names else -1
        return self.worlds.theory == place


def stand_at(scenario: Scenario, worlds: Worlds, month: int) -> Standpoint:
    """Play worlds to a month, and see where both sides stand.

    Args:
        scenario: what they were drawn from.
        worlds: the ensemble, ready to run.
        month: months from the start.
    """
    packages = enumerate_packages(scenario, worlds)
    run = _program(worlds.names, month > 0)
    seed = jnp.asarray(seed_words(worlds.seed, worlds.play))
    arrays = (worlds.parameters, packages.table, worlds.theory, worlds.identity)
    state, stand = in_chunks(
        lambda p, t, theory, who: run(p, t, theory, seed, who, np.int32(month)),
        arrays,
        worlds.count,
    )
    ended = np.asarray(state.ending.code) != NOT_YET
    settled = ~ended & (np.asarray(state.diplomacy.regime) == SETTLEMENT)
    signed = ~ended & ~settled & (np.asarray(state.diplomacy.pending) > 0)
    open_ = np.flatnonzero(~ended & ~settled & ~signed)
    gone = {"ended": ended, "settled": settled, "awaiting ratification": signed}
    pick = partial(picked, places=open_, among=worlds.count)
    here, packages = pick_worlds(worlds, open_), replace(packages, table=pick(packages.table))
    state = pick(state)
    levels = levels_of(scenario, here, packages, np.asarray(state.front.area))
    return Standpoint(
        scenario, month, worlds.count, {why: int(rows.sum()) for why, rows in gone.items()},
        here, packages, state, pick(stand), levels,
    )  # fmt: skip


def among(standpoint: Standpoint, places: np.ndarray) -> Standpoint:
    """Return the standpoint of these worlds alone."""
    pick = partial(picked, places=places, among=standpoint.count)
    return replace(
        standpoint,
        worlds=pick_worlds(standpoint.worlds, places),
        packages=replace(standpoint.packages, table=pick(standpoint.packages.table)),
        state=pick(standpoint.state),
        stand=pick(standpoint.stand),
        levels=pick(standpoint.levels),
    )


@lru_cache(maxsize=4)
def _program(names: Names, later: bool) -> Callable[..., Any]:
    """Return the compiled program that plays to a month, if not the first, and asks where both sides stand."""
    keep_compiled_programs()
    theories = theories_of(names.theories)

    @jax.jit
    def run(
        parameters: Bundle, table: Bundle, theory: Any, seed: Any, world: Any, months: Any
    ) -> tuple[Bundle, Stand]:
        luck, decide = Luck(seed, world), decide_by(theories, theory, table)

        def month(number: Array, state: Bundle) -> Bundle:
            moment = Moment(number * WEEKS_PER_MONTH, luck, names)
            acts = decide(state, parameters, moment)
            return one_month(state, parameters, moment, acts, jnp.asarray(True))

        state = start_of(parameters)
        if later:
            state = jax.lax.fori_loop(0, months, month, state)
        moment = Moment(months * WEEKS_PER_MONTH, luck, names)
        acts = decide(state, parameters, moment)
        return state, _stand(state, parameters, table, moment, acts.reservation)

    return run


def _stand(
    state: Bundle, parameters: Bundle, table: Bundle, moment: Moment, reservation: Array
) -> Stand:
    situation = situation_of(state, parameters, table)
    view, outlook = situation.view, None
    alone, _ = fighting_value(view, parameters, table, view.advantage)
    below, _ = fighting_value(view, parameters, table, view.advantage - SHIFT)
    if Expectations.name in moment.names.theories:
        e = expectation_of(situation, parameters, moment)
        outlook = Outlook(e.standing, e.form, e.war.value)
    slope = jnp.maximum(alone - below, 0.0) / SHIFT
    return Stand(reservation, alone, slope, situation.troops, situation.week, outlook)


# ------------------------------------------------------------------------------ worlds in chunks


def picked(tree: Any, places: np.ndarray, among: int) -> Any:
    """Return arrays of these worlds, which may repeat; arrays that all worlds share stay as they are."""

    def pick(leaf: Any) -> Any:
        leaf = np.asarray(leaf)
        return leaf[..., places] if leaf.ndim and leaf.shape[-1] == among else leaf

    return jax.tree.map(pick, tree)


def pick_worlds(worlds: Worlds, places: np.ndarray) -> Worlds:
    """Return the ensemble of these worlds, which may repeat."""
    pick = partial(picked, places=places, among=worlds.count)
    return replace(
        worlds,
        parameters=pick(worlds.parameters),
        values={path: value[places] for path, value in worlds.values.items()},
        theory=worlds.theory[places],
        identity=worlds.identity[places],
    )


def in_chunks(run: Callable[..., Any], arrays: tuple[Any, ...], count: int) -> Any:
    """Return what a program makes of arrays with the world axis last, a chunk at a time, on the host."""

    def job(start: int) -> Any:
        places = np.minimum(np.arange(start, start + WIDTH), count - 1)
        found = run(*picked(arrays, places, count))
        return jax.tree.map(lambda leaf: np.asarray(leaf)[..., : count - start], found)

    parts = in_threads([partial(job, start) for start in range(0, count, WIDTH)])
    return jax.tree.map(lambda *leaves: np.concatenate(leaves, axis=-1), *parts)
