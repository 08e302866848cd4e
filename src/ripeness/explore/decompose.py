"""Why is there no deal? What each friction accounts for in the months of war and in the bargaining gap.

All sets of frictions are removed in turn, in the same worlds with the same luck; the statistic of each
world is then split by Shapley's rule (``ripeness.explore.shapley``). A share is what the friction
accounts for: the shares and what is left with all frictions off add to the statistic as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import xarray as xr
from jaxtyping import Float

from ripeness.bargaining.packages import Packages, enumerate_packages
from ripeness.explore.ensemble import run_worlds
from ripeness.explore.frictions import FRICTIONS, without
from ripeness.explore.shapley import alone, mean_and_error, sets_of, shapley_shares
from ripeness.outcomes.endings import FIRST_WINS, HOLDING, SECOND_WINS, SETTLED
from ripeness.scenario.model import Scenario
from ripeness.types import CEASEFIRE, WAR, WEEKS_PER_MONTH
from ripeness.worlds.draw import Worlds

RunOne = Callable[[frozenset[str]], Mapping[str, np.ndarray]]
"""From the frictions removed to statistics, each ``(world,)``, of the same worlds every time."""

Prepare = Callable[[Worlds, frozenset[str]], Worlds]
"""Adds to changed worlds what a theory must know beforehand, such as rules that it has learnt."""

Progress = Callable[[int, int], None]

A_YEAR: Final = 13
"""Months of four weeks."""

ALL_OF_IT: Final = 0.999
"""Gaps are cut at all of the stakes."""


class Estimate(NamedTuple):
    """A mean over worlds and its standard error; of a difference, the error of the paired one."""

    mean: float
    error: float


class Statistic(NamedTuple):
    """What is split."""

    label: str
    unit: str
    meaning: str


STATISTICS: Final[dict[str, Statistic]] = {
    "months_of_war": Statistic(
        "months of war", "months of four weeks",
        "until a first settlement is in force, a ceasefire begins that holds, a side wins or the war "
        "leaves the model; the horizon at most",
    ),
    "spared_by_agreement": Statistic(
        "spared by agreement", "months of four weeks",
        "months of the horizon that a settlement or a ceasefire spares, being the first to end the war",
    ),
    "spared_by_victory": Statistic(
        "spared by victory", "months of four weeks", "the same for the victory of a side"
    ),
    "gap": Statistic(
        "gap at the start", "share of the stakes",
        "what the package nearest to a deal falls short of, at the start; none where the zone is open",
    ),
    "gap_later": Statistic(
        "gap after a year", "share of the stakes",
        "the same after thirteen months; none where the war is over",
    ),
    "settled": Statistic("settled", "share of worlds", "a settlement comes into force"),
    "won": Statistic("won", "share of worlds", "one side wins outright"),
    "never_open": Statistic(
        "never open", "share of worlds", "no zone of agreement in any month of war or ceasefire"
    ),
}  # fmt: skip
"""Statistics of a world, see :func:`statistics`."""


@dataclass(frozen=True)
class Split:
    """A statistic and where it comes from; all in its unit.

    Attributes:
        base: with all frictions on.
        residual: with all frictions off.
        shares: what each friction accounts for; with the residual they add to the base.
        alone: what removing only that friction would spare. For contrast: these do not add up.
    """

    base: Estimate
    residual: Estimate
    shares: dict[str, Estimate]
    alone: dict[str, Estimate]

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        told = lambda each: {"mean": each.mean, "standard_error": each.error}  # noqa: E731
        return {
            "base": told(self.base),
            "all_off": told(self.residual),
            "shares": {name: told(each) for name, each in self.shares.items()},
            "removed_alone": {name: told(each) for name, each in self.alone.items()},
        }


@dataclass(frozen=True)
class Decomposition:
    """The statistics of all sets of frictions.

    Attributes:
        frictions: names, in the order of the bits of a set's code.
        values: statistic -> ``(set, world)``, sets being those removed.
    """

    frictions: tuple[str, ...]
    values: dict[str, Float[np.ndarray, "set world"]]

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return next(iter(self.values.values())).shape[-1]

    def split(self, statistic: str, among: np.ndarray | None = None) -> Split:
        """Split a statistic over some worlds, all if none are named.

        Args:
            statistic: its name.
            among: ``(world,)`` flags.
        """
        values = self.values[statistic]
        values = values if among is None else values[:, among]
        return Split(
            base=_estimate(values[0]),
            residual=_estimate(values[-1]),
            shares=self._named(-shapley_shares(values)),
            alone=self._named(-alone(values)),
        )

    def within_reach(self) -> np.ndarray:
        """Return ``(world,)`` whether some package falls short by less than all of the stakes as it is.

        In the other worlds red lines or a side's refusal leave nothing to measure a gap by.
        """
        return self.values["gap"][0] < ALL_OF_IT

    def _named(self, per_world: np.ndarray) -> dict[str, Estimate]:
        return {name: _estimate(row) for name, row in zip(self.frictions, per_world, strict=True)}


def decompose(
    run_one: RunOne, frictions: Sequence[str], progress: Progress | None = None
) -> Decomposition:
    """Run all sets of frictions removed and keep their statistics.

    Args:
        run_one: runs the ensemble without some frictions; same worlds, same luck, whatever they are.
            Several seeds may be joined along the world axis.
        frictions: names.
        progress: called with (sets done, sets in all).
    """
    found: list[Mapping[str, np.ndarray]] = []
    for each in sets_of(len(frictions)):
        found.append(run_one(frozenset(frictions[place] for place in each)))
        if progress is not None:
            progress(len(found), 1 << len(frictions))
    values = {name: np.stack([np.asarray(row[name], float) for row in found]) for name in found[0]}
    return Decomposition(tuple(frictions), values)


def runner(scenario: Scenario, worlds: Worlds, prepare: Prepare | None = None) -> RunOne:
    """Return what runs these worlds without some frictions. Packages are made anew only if they change.

    Args:
        scenario: what the worlds were drawn from.
        worlds: the ensemble.
        prepare: adds what a theory must know beforehand, once the frictions are removed.
    """
    known: dict[frozenset[str], Packages] = {}

    def run_one(removed: frozenset[str]) -> dict[str, np.ndarray]:
        changed = without(worlds, removed)
        touching = frozenset(
            name
            for name in removed
            if FRICTIONS[name].remove(worlds.parameters, worlds.values)[1] is not worlds.values
        )
        if touching not in known:
            known[touching] = enumerate_packages(scenario, changed)
        ready = changed if prepare is None else prepare(changed, removed)
        return statistics(run_worlds(scenario, ready, known[touching]))

    return run_one


def statistics(data: xr.Dataset) -> dict[str, np.ndarray]:
    """Return the statistics of every world, each ``(world,)``; see ``STATISTICS``."""
    last = float(data["week"].values[-1])
    settled, ended = data["settlement_week"].values, data["ended_week"].values
    over = np.fmin(np.fmin(settled, ended), last)
    won = np.isin(data["ending"].values, (FIRST_WINS, SECOND_WINS))
    agreed = (settled <= over) | np.isin(data["ending"].values, (SETTLED, HOLDING))
    spared = (last - over) / WEEKS_PER_MONTH
    talking = np.isin(data["regime"].values, (WAR, CEASEFIRE))
    gap = np.where(talking, np.clip(-data["zone_width"].values, 0.0, 1.0), 0.0)
    return {
        "months_of_war": over / WEEKS_PER_MONTH,
        "spared_by_agreement": np.where(agreed, spared, 0.0),
        "spared_by_victory": np.where(won & ~agreed, spared, 0.0),
        "gap": gap[:, 0],
        "gap_later": gap[:, min(A_YEAR, gap.shape[1] - 1)],
        "settled": np.isfinite(settled).astype(float),
        "won": won.astype(float),
        "never_open": np.isnan(data["zone_open_week"].values).astype(float),
    }


def _estimate(per_world: np.ndarray) -> Estimate:
    mean, error = mean_and_error(per_world)
    return Estimate(float(mean), float(error))
