"""Worlds put into a signed treaty, and what becomes of it: ratified or not, kept or broken, and by whom.

Each pair of a world and a package is played for some years from the day of the signature, by the war's own
rules and each theory's own decisions: nothing here is a fitted chance. The luck is that of the world, so that
two packages are compared in the same worlds with the same luck. Packages are arrays: none compiles anything.

A treaty in stages is signed as its first stage; when a later one begins, the terms in force become the next
one's. What each stage is worth counts all that is still to come. It is written into the table of packages
behind those of the frontier, one place per stage, so that the sides weigh it as they weigh any other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Int

from ripeness.bargaining.agreement import terms_of
from ripeness.bargaining.levels import Levels
from ripeness.bargaining.packages import consequences_of
from ripeness.bargaining.play import decide_by, theories_of
from ripeness.explore.draft_sign import (
    STAGES,
    Package,
    here_last,
    talks_of,
    to_come,
    with_here,
)
from ripeness.explore.draft_stand import Standpoint, in_chunks, pick_worlds, picked
from ripeness.outcomes.engine import keep_compiled_programs
from ripeness.scenario.model import Scenario
from ripeness.types import SETTLEMENT, WEEKS_PER_MONTH
from ripeness.war.process import Moment
from ripeness.war.ratification import months_to_force
from ripeness.war.simulate import one_month
from ripeness.war.state import Acts, alive
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds
from ripeness.worlds.names import Names
from ripeness.worlds.streams import Luck, seed_words

YEARS: Final = 5
MONTHS: Final = 65
"""Five years of thirteen months of four weeks."""

WAITING, IN_FORCE, FAILED, RESUMED, BROKEN, ENDED = 0, 1, 2, 3, 5, 7
"""What has become of a treaty; ``RESUMED`` and ``BROKEN`` by the first side, one more by the second."""

FATES: Final = 8


def play_pairs(
    standpoint: Standpoint,
    packages: Sequence[Package],
    package: Int[np.ndarray, "pair"],
    world: Int[np.ndarray, "pair"],
) -> Int[np.ndarray, "pair"]:
    """Return what has become of packages, each signed in one world, five years after the signature.

    Args:
        standpoint: the worlds on the day.
        packages: those that are played.
        package: place of each pair's package among them.
        world: place of each pair's world.
    """
    if not len(world):
        return np.zeros(0, dtype=np.int32)
    run = _program(standpoint.worlds.names)
    seed = jnp.asarray(seed_words(standpoint.worlds.seed, standpoint.worlds.play))
    wide = with_here(standpoint)
    found = []
    for start in range(0, len(world), BATCH):
        part = slice(start, start + BATCH)
        arrays = _arrays(standpoint, wide, packages, package[part], world[part])
        played = in_chunks(
            lambda *rows: run(*rows, seed, np.int32(standpoint.month)), arrays, len(world[part])
        )
        found.append(played)
    return np.concatenate(found)


BATCH: Final = 4096
"""Pairs laid out at a time, which bounds memory."""


def _arrays(
    standpoint: Standpoint,
    levels: Levels,
    packages: Sequence[Package],
    package: np.ndarray,
    world: np.ndarray,
) -> tuple[Any, ...]:
    """Return what the program needs of each pair, the pair's axis last."""
    count = standpoint.count
    worlds = pick_worlds(standpoint.worlds, world)
    stages = np.stack([each.stages for each in packages])[package]  # (pair, stage, issue)
    months = np.stack([each.months for each in packages])[package].T  # (stage, pair)
    chosen = np.moveaxis(np.maximum(stages, 0), 0, -1)  # (stage, issue, pair)
    table = _with_stages(
        standpoint, worlds, picked(standpoint.packages.table, world, count),
        _worth_by_stage(standpoint, levels, here_last(standpoint, stages), months, world),
        np.moveaxis(chosen, 1, 0)[1:],
    )  # fmt: skip
    line = stages[:, :, 0].T.astype(np.int32)
    home = _at_home(standpoint, packages, package, world)
    return (
        worlds.parameters, table, worlds.theory, worlds.identity,
        picked(standpoint.state, world, count), months.astype(np.int32), line, home,
    )  # fmt: skip


def months_home(standpoint: Standpoint, package: Package) -> Int[np.ndarray, "world"]:
    """Return whole months from the signature to the vote that decides, in each world."""
    everywhere = np.arange(standpoint.count)
    _, wait, votes = _at_home(standpoint, [package], np.zeros_like(everywhere), everywhere)
    p, week = talks_of(standpoint.worlds.parameters), np.asarray(standpoint.stand.week)
    months = months_to_force(jnp.asarray(wait), jnp.asarray(votes), week, p)
    return np.asarray(months).astype(int)


def _at_home(
    standpoint: Standpoint, packages: Sequence[Package], package: np.ndarray, world: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what whole treaties mean for ratification: factor on its odds, months more, votes needed."""
    levels, place = standpoint.levels, np.arange(len(packages[0].level))
    chosen = np.array([each.level for each in packages])[package]  # (pair, issue)
    pick = lambda rows: np.asarray(rows)[place, 0, chosen, world[:, None]]  # noqa: E731
    votes = np.bitwise_or.reduce(pick(levels.votes), axis=1)
    return pick(levels.passes).prod(axis=1), pick(levels.wait).sum(axis=1), votes


def _worth_by_stage(
    standpoint: Standpoint,
    levels: Levels,
    stages: np.ndarray,
    months: np.ndarray,
    world: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return value without the line in force, and fear, ``(2, stage, pair)``, of what is to come."""
    issue, side = np.arange(stages.shape[-1]), np.arange(2)
    where = np.ix_(side)[0][:, None, None, None]
    place = (issue[None, None, None], where, stages[None], world[None, :, None, None])
    worth = np.moveaxis(np.asarray(levels.worth)[place], 1, -1)  # (2, stage, issue, pair)
    left = np.moveaxis(np.asarray(levels.fear)[place], 1, -1).min(axis=2)
    impatience = -np.log(np.asarray(standpoint.worlds.parameters.diplomacy.patience, dtype=float))
    impatience = np.broadcast_to(impatience, (2, standpoint.count))[:, world]
    value = to_come(worth.sum(axis=2) - left, months, impatience)
    return value - worth[:, :, 0], to_come(left, months, impatience)


def _with_stages(
    standpoint: Standpoint,
    worlds: Worlds,
    table: Bundle,
    worth: tuple[np.ndarray, np.ndarray],
    chosen: Int[np.ndarray, "issue stage pair"],
) -> Bundle:
    """Return the table of packages with the stages behind those of the frontier."""
    scenario: Scenario = standpoint.scenario
    others = list(standpoint.packages.issues[1:])
    more = consequences_of(scenario, worlds, others, chosen)
    more |= {"value": worth[0], "fear": worth[1], "package": np.zeros(chosen.shape[1:], np.int32)}
    join = lambda old, new: np.concatenate([old, new.astype(old.dtype)], axis=-2)  # noqa: E731
    return table.replace(**{name: join(table[name], rows) for name, rows in more.items()})


@lru_cache(maxsize=4)
def _program(names: Names) -> Callable[..., Any]:
    """Return the compiled program that signs a treaty and plays on."""
    keep_compiled_programs()
    theories = theories_of(names.theories)

    @jax.jit
    def run(  # noqa: PLR0913 - arrays of pairs
        parameters: Bundle, table: Bundle, theory: Any, world: Any, state: Bundle, months: Any,
        line: Any, home: Any, seed: Any, first: Any,
    ) -> Array:  # fmt: skip
        luck, decide = Luck(seed, world), decide_by(theories, theory, table)

        def month(carry: tuple[Bundle, Array], number: Array) -> tuple[tuple[Bundle, Array], None]:
            state, fate = carry
            state = _next_stage(state, table, months, (line, home), number)
            moment = Moment((first + number) * WEEKS_PER_MONTH, luck, names)
            acts = decide(state, parameters, moment)
            acts = _signing(acts, state, table, (line, home), number == 0)
            after = one_month(state, parameters, moment, acts, jnp.asarray(True))
            return (after, _fate(fate, state, after, number)), None

        # Talks that are paused since a treaty failed at home would keep this one from being signed.
        talks = eqx.tree_at(
            lambda d: d.pause, state.diplomacy, jnp.zeros_like(state.diplomacy.pause)
        )
        start = (state.replace(diplomacy=talks), jnp.zeros(world.shape, dtype=jnp.int32))
        numbers = jnp.arange(MONTHS, dtype=jnp.int32)
        return jax.lax.scan(month, start, numbers)[0][1]

    return run


def _terms(table: Bundle, treaty: tuple[Array, Any], stage: Array) -> Any:
    """Return the terms of a stage: its line, and its place behind those of the frontier."""
    line, home = treaty
    pick = jnp.take_along_axis(line, stage[None], axis=0)[0]
    point = table.value.shape[1] - STAGES + stage
    found = terms_of(jnp.maximum(pick, 0), point, table)
    area = jnp.where(pick < 0, jnp.nan, found.area)
    return eqx.tree_at(lambda t: (t.area, t.passes, t.wait, t.votes), found, (area, *home))


def _stage(months: Array, number: Array) -> Array:
    """Return the stage in which a treaty is so many months after its signature."""
    return jnp.sum(months <= number, axis=0).astype(jnp.int32) - 1


def _next_stage(
    state: Bundle, table: Bundle, months: Array, treaty: tuple[Array, Any], number: Array
) -> Bundle:
    """Return the state with the terms of a stage that begins this month."""
    old, stage = state.diplomacy, _stage(months, number)
    turns = (number > 0) & (stage > _stage(months, number - 1))
    new = _terms(table, treaty, stage)
    stays = (new.credibility == old.terms.credibility) & (new.capacity == old.terms.capacity)
    delay = jnp.where(stays[0] & stays[1], old.terms.delay, old.months + new.delay)
    new = eqx.tree_at(lambda t: t.delay, new, delay)
    moves = turns & (old.regime == SETTLEMENT) & ~jnp.isnan(new.area)
    terms = jax.tree.map(lambda one, two: jnp.where(turns, one, two), new, old.terms)
    area = jnp.where(moves, new.area, old.agreed_area)
    return state.replace(
        diplomacy=eqx.tree_at(lambda d: (d.terms, d.agreed_area), old, (terms, area))
    )


def _signing(
    acts: Acts, state: Bundle, table: Bundle, treaty: tuple[Array, Any], now: Array
) -> Acts:
    """Return the acts of the month of the signature, or the acts as they are, less any signature."""
    first = _terms(table, treaty, jnp.zeros_like(treaty[0][0]))
    quiet = jnp.where(now, 0.0, 1.0)
    return eqx.tree_at(
        lambda a: (a.attend, a.sign, a.terms, a.ceasefire, a.resume, a.breach, a.belief),
        acts,
        (
            acts.attend | now, jnp.broadcast_to(now, acts.sign.shape), first, acts.ceasefire & ~now,
            acts.resume * quiet, acts.breach * quiet,
            jnp.where(now, state.diplomacy.belief, acts.belief),
        ),
    )  # fmt: skip


def _fate(fate: Array, before: Bundle, after: Bundle, number: Array) -> Array:
    """Return what has become of the treaty after a month; what has failed stays so."""
    new, who = after.diplomacy, jnp.maximum(after.diplomacy.acted, 0)
    waits, holds = (fate == WAITING) & (number > 0), fate == IN_FORCE
    in_force = new.regime == SETTLEMENT
    failed = new.failures > before.diplomacy.failures
    resumed = (new.acted >= 0) & ~in_force
    found = jnp.where(waits & in_force, IN_FORCE, fate)
    found = jnp.where(waits & failed, FAILED, found)
    found = jnp.where(waits & resumed, RESUMED + who, found)
    found = jnp.where(holds & ~in_force, BROKEN + who, found)
    over = ~alive(after) & ((found == WAITING) | (found == IN_FORCE))
    return jnp.where(over, ENDED, found).astype(jnp.int32)
