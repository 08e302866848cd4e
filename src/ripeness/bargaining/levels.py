"""What every level of every issue is worth to each side, so that any package can be added up.

``packages`` keeps the efficient packages of each world. A draft treaty need not be one of them, and the whole
space of packages has many more, so here values stay by level:

    worth_s(package) = sum over issues of w_i value_{s, i}(level)       the line's own value at the area now
    fear_s           = the least that a guarantee on any issue leaves
    help_s, cap_s    = of the strongest guarantee; the lowest cap on forces
    passes, wait     = product, sum                                     of what levels mean for ratification
    votes            = all that any level asks for
    monitoring       = of the best observers

These are the rules of ``packages``, and the numbers are taken from there; a test holds the two together.
Axes: ``issue`` (the line first), 2 sides, ``level`` (padded to the longest issue), ``package``, ``world``.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial, reduce
from typing import Any, NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.expectations.offers import DEEPEST_CUT
from ripeness.bargaining.packages import (
    Packages,
    consequences_of,
    fears_of,
    level_values,
    levels_ruled_out,
    weights_of,
)
from ripeness.bargaining.prospects import line_value
from ripeness.scenario.model import Scenario
from ripeness.war.processes.front import held_by_each
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds


class Levels(eqx.Module):
    """What each level of each issue means to each side; padded levels are worth nothing."""

    worth: Float[Array | np.ndarray, "issue 2 level world"]  # shares of the stakes
    fear: Float[Array | np.ndarray, "issue 2 level world"]  # left at this level, were it alone
    strength: Float[Array | np.ndarray, "issue 2 level world"]  # of the guarantee to this side
    help: Float[Array | np.ndarray, "issue 2 level world"]  # log force that it is expected to add
    log_cap: Float[Array | np.ndarray, "issue 2 level world"]  # of this side's soldiers
    crossed: Bool[Array | np.ndarray, "issue 2 level world"]  # a red line of this side rules it out
    passes: Float[Array | np.ndarray, "issue 1 level world"]  # factor on the odds of ratification
    wait: Float[Array | np.ndarray, "issue 1 level world"]  # months that ratification takes longer
    monitoring: Float[Array | np.ndarray, "issue 1 level world"]  # share of incidents cleared up
    votes: Int[Array | np.ndarray, "issue 1 level world"]  # that it must wait for, bit by bit


class Part(NamedTuple):
    """Some issues of packages added up; as ``Levels``, each ``(2, package, world)``, on the host or not."""

    worth: Any
    fear: Any
    strength: Any
    help: Any
    log_cap: Any
    crossed: Any
    passes: Any
    wait: Any
    monitoring: Any
    votes: Any


class Sums(NamedTuple):
    """Packages added up: ``(2, package, world)`` each, but the last four ``(package, world)``."""

    worth: Any  # fear not taken off
    fear: Any
    help: Any
    shift: Any  # change of own advantage by caps, log ratio
    crossed: Any  # a red line of this side
    passes: Any  # factor on the odds of ratification
    wait: Any  # months that ratification takes longer
    monitoring: Any  # share of incidents along the line that is cleared up
    votes: Any  # on the calendar that ratification must wait for, bit by bit


def levels_of(
    scenario: Scenario, worlds: Worlds, packages: Packages, area: Float[np.ndarray, "world"]
) -> Levels:
    """Return what all levels mean, the line being where it is.

    Args:
        scenario: the war.
        worlds: the ensemble.
        packages: what can be signed in it.
        area: held by the first side, km2.
    """
    issues = list(packages.issues)
    weight = weights_of(scenario, worlds, issues)
    fear = fears_of(scenario, worlds, issues[1:])
    rows = []
    for place, name in enumerate(issues):
        worth = weight[:, place, None] * level_values(scenario, worlds, name)
        left = np.broadcast_to(fear[place] if place else fear[0], worth.shape)
        means = _meaning(scenario, worlds, name) if place else _of_line(packages, worth)
        if not place:
            line = packages.table.line_area
            worth = line_worth(worlds, packages, np.where(np.isnan(line), area, line))
        rows.append(_row(worth, left, means, _crossed(scenario, worlds, name)))
    return Levels(*(_padded(part) for part in zip(*rows, strict=True)))


def _row(
    worth: np.ndarray, fear: np.ndarray, means: dict[str, np.ndarray], crossed: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Return one issue's arrays in the order of ``Levels``."""
    strength = means["credibility"] * means["capacity"]
    help_ = means["credibility"] * np.log1p(means["capacity"])
    with np.errstate(divide="ignore"):
        cap = np.log(means["force_cap"])
    home = tuple(means[name][None] for name in ("passes", "wait", "monitoring", "votes"))
    return worth, fear, strength, help_, cap, crossed, *home


def _of_line(packages: Packages, worth: np.ndarray) -> dict[str, np.ndarray]:
    """Return what the levels of the line mean: no guarantee and no cap."""
    nothing, table = np.zeros_like(worth), packages.table
    return {
        "credibility": nothing, "capacity": nothing, "force_cap": nothing + np.inf,
        "passes": np.asarray(table.line_passes), "wait": np.asarray(table.line_wait),
        "monitoring": nothing[0], "votes": np.asarray(table.line_votes),
    }  # fmt: skip


def _padded(rows: tuple[np.ndarray, ...]) -> np.ndarray:
    """Return all issues' arrays as one, levels padded with zeros."""
    most = max(row.shape[1] for row in rows)
    kind = rows[0].dtype if rows[0].dtype in (bool, np.int32) else np.float32
    found = np.zeros((len(rows), len(rows[0]), most, rows[0].shape[-1]), dtype=kind)
    for place, row in enumerate(rows):
        found[place, :, : row.shape[1]] = row
    return found


def line_worth(
    worlds: Worlds, packages: Packages, area: Float[np.ndarray, "*rows world"]
) -> Float[np.ndarray, "2 *rows world"]:
    """Return what a line that leaves the first side so much is worth to each, red lines left aside."""
    device = lambda tree: jax.tree.map(jnp.asarray, tree)  # noqa: E731
    parameters = Bundle(front=device(worlds.parameters.front))
    own = held_by_each(jnp.asarray(area), parameters)
    return np.asarray(line_value(own, parameters, device(packages.table)))


def _meaning(scenario: Scenario, worlds: Worlds, name: str) -> dict[str, np.ndarray]:
    """Return what each level of an issue means after it is signed, alone."""
    count = len(scenario.issues[name].levels)
    chosen = np.broadcast_to(np.arange(count)[None, :, None], (1, count, worlds.count))
    return consequences_of(scenario, worlds, [name], chosen)


def _crossed(scenario: Scenario, worlds: Worlds, name: str) -> np.ndarray:
    """Return ``(2, level, world)``: whether a red line of each side rules the level out."""
    found = []
    for side in worlds.names.sides:
        ends = tuple(f".red_lines.{enemy}" for enemy in worlds.names.sides if enemy != side)
        own = {path: row for path, row in worlds.values.items() if not path.endswith(ends)}
        found.append(levels_ruled_out(scenario, replace(worlds, values=own), name))
    return np.stack(found)


def added_up(
    levels: Levels,
    package: Int[np.ndarray, "package issue"],
    troops: Float[Array | np.ndarray, "2 world"],
) -> Sums:
    """Return what packages are worth and what they lead to, on the host.

    Args:
        levels: of all issues.
        package: level of each issue.
        troops: soldiers that caps on forces are held against.
    """
    rows = [
        Part(*(np.asarray(getattr(levels, name))[place][:, level] for name in Part._fields))
        for place, level in enumerate(package.T)
    ]
    return finished(reduce(partial(joined, arrays=np), rows), np.asarray(troops), np)


def part_at(levels: Levels, chosen: Int[np.ndarray, "issue world"]) -> Part:
    """Return one package for each world, added up."""
    world = np.arange(chosen.shape[1])
    rows = [
        Part(
            *(
                np.asarray(getattr(levels, name))[place][:, level, world][:, None]
                for name in Part._fields
            )
        )
        for place, level in enumerate(chosen)
    ]
    return reduce(partial(joined, arrays=np), rows)


def joined(one: Part, two: Part, arrays: Any = jnp) -> Part:
    """Return two parts as one: values add, the strongest guarantee and the lowest cap count.

    Args:
        one: some issues.
        two: others, listed after them.
        arrays: the module whose arrays they are, ``jax.numpy`` or ``numpy``.
    """
    stronger = two.strength >= one.strength
    return Part(
        worth=one.worth + two.worth,
        fear=arrays.minimum(one.fear, two.fear),
        strength=arrays.maximum(one.strength, two.strength),
        help=arrays.where(stronger, two.help, one.help),
        log_cap=arrays.minimum(one.log_cap, two.log_cap),
        crossed=one.crossed | two.crossed,
        passes=one.passes * two.passes,
        wait=one.wait + two.wait,
        monitoring=arrays.maximum(one.monitoring, two.monitoring),
        votes=one.votes | two.votes,
    )


def finished(part: Part, troops: Float[Array | np.ndarray, "2 world"], arrays: Any = jnp) -> Sums:
    """Return whole packages from all their issues; ``arrays`` as for ``joined``."""
    over = arrays.log(arrays.maximum(troops, 1.0))[:, None] - part.log_cap
    cut = arrays.clip(over, 0.0, DEEPEST_CUT)
    shift = cut[::-1] - cut
    home = (part.passes[0], part.wait[0], part.monitoring[0], part.votes[0])
    return Sums(part.worth, part.fear, part.help, shift, part.crossed, *home)


def conflict_free(
    scenario: Scenario, packages: Packages, package: Int[np.ndarray, "package issue"]
) -> Bool[np.ndarray, "package"]:
    """Return which packages hold no two levels that exclude each other."""
    issues = list(packages.issues)
    free = np.ones(len(package), dtype=bool)
    for place, name in enumerate(issues):
        for index, level in enumerate(scenario.issues[name].levels.values()):
            for other_name, words in level.excludes.items():
                known = packages.levels[other_name]
                there = package[:, issues.index(other_name)]
                excluded = np.isin(there, [known.index(word) for word in words])
                free &= ~((package[:, place] == index) & excluded)
    return free
