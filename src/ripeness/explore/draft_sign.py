"""Who would sign a package, who would not, and why.

A side signs what is worth at least its reservation to it and crosses none of its red lines:

    rival theories   q (worth - fear - reservation)  >=  cost of waiting until it is in force
    expectations     value of the terms awaiting ratification  >=  value of going on + its leader's own cost

q is the chance to pass at home. A term that comes later counts as it stands without a deal until then, at the
side's own discount rate:

    V_k = (1 - g) v(terms in force) + g V_(k+1),    g = patience ^ (years between the two stages)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.agreement import at_home
from ripeness.bargaining.expectations.values import Deal, settled_value
from ripeness.bargaining.levels import Levels, Sums, added_up, line_worth
from ripeness.explore.draft_stand import Stand, Standpoint, in_chunks
from ripeness.scenario.model import Scenario
from ripeness.types import MONTHS_PER_YEAR
from ripeness.war.ratification import foreseen_wait
from ripeness.worlds.bundle import Bundle

STAGES: Final = 4
"""Stages of a treaty: at the signature, and three later times."""

NEVER: Final = 1_000_000
"""Months until a stage that there is not."""


@dataclass(frozen=True)
class Package:
    """A package with its timetable.

    Attributes:
        level: place of each issue's level, in the order of ``Packages.issues``.
        after: months after the signature from which each issue's level holds.
        without: places of the levels that hold without a deal; the line's own stays where it is.
    """

    level: tuple[int, ...]
    after: tuple[int, ...]
    without: tuple[int, ...]

    @property
    def months(self) -> Int[np.ndarray, "stage"]:
        """When each stage begins, months after the signature."""
        found = sorted({0, *self.after})
        return np.array([*found, *[NEVER] * (STAGES - len(found))])

    @property
    def stages(self) -> Int[np.ndarray, "stage issue"]:
        """Level of each issue in each stage; -1 for a line that is where it is."""
        return np.array(
            [
                [
                    level if after <= month else before
                    for level, after, before in zip(
                        self.level, self.after, self.without, strict=True
                    )
                ]
                for month in self.months
            ]
        )

    def changed(self, issue: int, level: int) -> Package:
        """Return the package with one level changed; what stands without a deal does so at once."""
        levels, after = list(self.level), list(self.after)
        levels[issue] = level
        if level == self.without[issue]:
            after[issue] = 0
        return Package(tuple(levels), tuple(after), self.without)


def package_of(
    scenario: Scenario, issues: Sequence[str], levels: Mapping[str, str], after: Mapping[str, int]
) -> Package:
    """Return a package by the names of its levels."""
    place = lambda name, level: list(scenario.issues[name].levels).index(level)  # noqa: E731
    without = [place(name, scenario.issues[name].without_deal) for name in issues]
    return Package(
        tuple(place(name, levels[name]) for name in issues),
        tuple(after.get(name, 0) for name in issues),
        (HERE, *without[1:]),
    )


HERE: Final = -1
"""Level of a line that stays where it is until its own stage."""


@dataclass(frozen=True)
class Judged:
    """What both sides think of packages; ``(2, package, world)``.

    Attributes:
        gain: over the least that each would sign for, shares of the stakes; red lines left aside.
        worth: of the terms to each, fear taken off, whatever the theory.
        crossed: a red line of this side.
        signs: the side would sign.
    """

    gain: Float[np.ndarray, "2 package world"]
    worth: Float[np.ndarray, "2 package world"]
    crossed: Bool[np.ndarray, "2 package world"]

    @property
    def signs(self) -> Bool[np.ndarray, "2 package world"]:
        """Whether each side would sign."""
        return (self.gain >= 0) & ~self.crossed

    @property
    def both(self) -> Bool[np.ndarray, "package world"]:
        """Whether both would sign."""
        return self.signs[0] & self.signs[1]


def judge(standpoint: Standpoint, packages: Sequence[Package]) -> Judged:
    """Return what both sides think of these packages, timetables included."""
    found = [_staged_sums(standpoint, package) for package in packages]
    sums = Sums(*(np.stack(rows, axis=-2) for rows in zip(*found, strict=True)))
    return Judged(gains(sums, standpoint), sums.worth - sums.fear, sums.crossed)  # type: ignore[arg-type]


def _staged_sums(standpoint: Standpoint, package: Package) -> Sums:
    """Return one package added up over its stages, ``(2, world)`` each."""
    by_stage = _sums_of(standpoint, package.stages)
    impatience = -np.log(np.asarray(standpoint.worlds.parameters.diplomacy.patience, dtype=float))
    months = np.broadcast_to(package.months[:, None], (STAGES, standpoint.count))
    worth, fear, help_, shift = (
        to_come(np.asarray(rows), months, impatience)[:, 0] for rows in by_stage[:4]
    )
    last = int(np.sum(package.months < NEVER)) - 1
    # The whole treaty is ratified, and watched by those it brings in the end.
    names = ("passes", "wait", "monitoring", "votes")
    home = (getattr(by_stage, name)[last] for name in names)
    return Sums(worth, fear, help_, shift, by_stage.crossed[:, last], *home)  # type: ignore[arg-type]


def _sums_of(standpoint: Standpoint, stages: Int[np.ndarray, "stage issue"]) -> Sums:
    """Return the stages added up as packages; a line that stays is worth what it is here."""
    return added_up(with_here(standpoint), here_last(standpoint, stages), standpoint.stand.troops)


def here_last(
    standpoint: Standpoint, stages: Int[np.ndarray, "*rows issue"]
) -> Int[np.ndarray, "*rows issue"]:
    """Return levels with ``HERE`` as one more level of the line, after those of any issue."""
    return np.where(stages == HERE, standpoint.levels.worth.shape[2], stages)


def with_here(standpoint: Standpoint) -> Levels:
    """Return the levels with one more for every issue, the last: for the line, where it is."""
    wider = jax.tree.map(
        lambda rows: np.concatenate([rows, np.zeros_like(rows[:, :, :1])], axis=2),
        standpoint.levels,
    )
    wider.worth[0, :, -1] = line_here(standpoint)
    wider.fear[0, :, -1] = standpoint.levels.fear[0, :, 0]
    wider.log_cap[0, :, -1] = np.inf
    wider.passes[0, :, -1] = 1.0
    return wider


def line_here(standpoint: Standpoint) -> Float[np.ndarray, "2 world"]:
    """Return what the line where it is is worth to each side."""
    area = np.asarray(standpoint.state.front.area)
    return line_worth(standpoint.worlds, standpoint.packages, area)


def to_come(
    value: Float[np.ndarray, "2 stage world"],
    months: Int[np.ndarray, "stage world"],
    impatience: Float[np.ndarray, "2 world"],
) -> Float[np.ndarray, "2 stage world"]:
    """Return what a treaty is worth from each stage on."""
    found = [value[:, -1]]
    for stage in range(value.shape[1] - 2, -1, -1):
        wait = np.minimum(months[stage + 1] - months[stage], NEVER) / MONTHS_PER_YEAR
        later = np.where(months[stage + 1] < NEVER, np.exp(-impatience * wait), 0.0)
        found.append((1.0 - later) * value[:, stage] + later * found[-1])
    return np.stack(found[::-1], axis=1).astype(np.float32)


GROUP: Final = 16
"""Packages appraised together; fewer are padded, so that one program serves all."""


def gains(sums: Sums, standpoint: Standpoint) -> Float[np.ndarray, "2 package world"]:
    """Return what packages give each side over the least that it would sign for."""
    return in_groups(_gains(), sums, standpoint)


def in_groups(run: Any, sums: Sums, standpoint: Standpoint) -> np.ndarray:
    """Return what a program makes of packages ``(..., package, world)``, on the host."""
    parameters = talks_of(standpoint.worlds.parameters)
    rest = (standpoint.stand, parameters, standpoint.expects)
    total, found = sums.worth.shape[1], []
    for start in range(0, total, GROUP):
        places = np.minimum(np.arange(start, start + GROUP), total - 1)
        part = Sums(*(np.asarray(rows)[..., places, :] for rows in sums))
        found.append(in_chunks(run, (part, *rest), standpoint.count))
    return np.concatenate(found, axis=-2)[..., :total, :]


def talks_of(parameters: Bundle) -> Bundle:
    """Return the parameters that a signature hangs on: talks, and the calendar of votes."""
    return Bundle(diplomacy=parameters.diplomacy, calendar=parameters.calendar)


@lru_cache(maxsize=1)
def _gains() -> Any:
    return jax.jit(gains_of)


def gains_of(
    sums: Sums, stand: Stand, parameters: Bundle, expects: Array | None
) -> Float[Array, "2 package world"]:
    """Return the gains; ``expects`` says where sides go by what they expect, None that they never do."""
    date = (sums.wait, sums.votes, stand.week)
    plain = sums.worth - sums.fear - stand.reservation[:, None]
    plain = at_home(plain, sums.passes, date, parameters)
    if expects is None or stand.outlook is None:
        return plain
    o, cost = stand.outlook, parameters.diplomacy.war_cost
    wait = foreseen_wait(*date, parameters)
    deal = Deal(sums.worth, sums.help, sums.shift, sums.passes, wait, sums.monitoring)
    pending = jnp.ones_like(parameters.diplomacy.precision)
    value = settled_value(o.standing, o.form, deal, pending, o.war, parameters)
    return jnp.where(expects, value.at(cost[:, None]) - stand.reservation[:, None], plain)
