"""Do rival theories agree, where do they disagree, and how much of the spread is theirs?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ripeness.bargaining.strategy import STRATEGIES
from ripeness.errors import bad_input
from ripeness.explore.agreement import Agreement, agreement_of
from ripeness.explore.measures import MEASURES
from ripeness.explore.naming import meaning_of, unit_of
from ripeness.explore.rivals import Progress, Rivals, play_rivals
from ripeness.explore.splits import Cut, Region, best_cuts, regions
from ripeness.explore.spread import FEWEST_PLAYS, SOURCES, Component, Spread, spread_of
from ripeness.explore.standing import SIGNABLE
from ripeness.outcomes.endings import HOLDING, SETTLED
from ripeness.scenario.model import Scenario


@dataclass(frozen=True)
class Comparison:
    """Rival theories on the same worlds with the same luck.

    Attributes:
        rivals: what became of the worlds under each.
        agreement: where they agree.
        cuts: numbers that by themselves tell best where they disagree, best first.
        regions: parts of the worlds, most disagreement first.
        cruxes: theory -> numbers that, among worlds in which something can be signed, tell best
            whether it settles them.
        spreads: name of each measure -> its spread and where it comes from.
    """

    rivals: Rivals
    agreement: Agreement
    cuts: tuple[Cut, ...]
    regions: tuple[Region, ...]
    cruxes: dict[str, tuple[Cut, ...]]
    spreads: dict[str, Spread]

    def as_mapping(self) -> dict[str, Any]:
        """Return all of it as JSON's own types; shares are of worlds, variances in units squared."""
        rivals = self.rivals
        return {
            "scenario": rivals.scenario.name,
            "worlds": rivals.worlds,
            "plays": rivals.plays,
            "seed": rivals.seed,
            "learnt": rivals.learnt,
            "theories": [
                {"name": name, "label": STRATEGIES[name].label, "source": STRATEGIES[name].source}
                for name in rivals.theories
            ],
            "agreement": self._agreement(),
            "disagreement": {
                "share": 1.0 - self.agreement.same,
                "cuts": [_cut(cut, rivals.scenario) for cut in self.cuts],
                "regions": [self._region(region) for region in self.regions],
                "settlement_hangs_on": {
                    name: [_cut(cut, rivals.scenario) for cut in cuts]
                    for name, cuts in self.cruxes.items()
                },
            },
            "spread": {
                name: _spread(name, each, rivals.scenario) for name, each in self.spreads.items()
            },
        }

    def shares_by_theory(self, region: Region, ending: int) -> dict[str, float]:
        """Return the share of a region's worlds with this ending under each theory."""
        here = self.rivals.ending[:, :, region.inside] == ending
        return dict(zip(self.rivals.theories, here.mean(axis=(1, 2)).tolist(), strict=True))

    def _agreement(self) -> dict[str, Any]:
        agreement, names = self.agreement, self.rivals.theories
        rows = zip(names, agreement.endings.tolist(), strict=True)
        pairs = zip(names, agreement.pairs.tolist(), strict=True)
        return {
            "same_ending": agreement.same,
            "same_ending_by_ending": agreement.on,
            "endings": {
                name: dict(zip(self.rivals.endings, row, strict=True)) for name, row in rows
            },
            "pairs": {name: dict(zip(names, row, strict=True)) for name, row in pairs},
        }

    def _region(self, region: Region) -> dict[str, Any]:
        sides = [
            {"path": side.path, "value": side.value, "side": "above" if side.above else "below"}
            for side in region.sides
        ]
        return {
            "where": sides,
            "worlds": int(region.inside.sum()),
            "disagree": region.mean,
            "settled": self.shares_by_theory(region, SETTLED),
            "ceasefire_holding": self.shares_by_theory(region, HOLDING),
        }


def compare_theories(
    scenario: Scenario,
    theories: Sequence[str] | None = None,
    worlds: int = 1024,
    seed: int = 1,
    *,
    plays: int = FEWEST_PLAYS,
    solver: Mapping[str, float] | None = None,
    progress: Progress | None = None,
    learning: Progress | None = None,
) -> Comparison:
    """Play the same worlds with the same luck under rival theories, and compare.

    Args:
        scenario: the war, with its levers where they are wanted.
        theories: their names, listed by the scenario or not; None takes all that are registered.
        worlds: number of worlds.
        seed: any integer. Same seed, same scenario: bitwise the same.
        plays: how often each world is played, each time with other luck.
        solver: variance that the solver of a theory adds to a measure, by name of the measure, in
            its unit squared; what is not named has none.
        progress: called with (worlds done, worlds in all, theories and plays multiplied out).
        learning: called with (sweeps done, sweeps at most) where a theory must learn first.

    Returns:
        Where they agree, where they disagree, and the sources of the spread.

    Raises:
        InputError: if an argument is out of range, or a theory or measure is unknown.
    """
    given = dict(solver or {})
    for name in given.keys() - MEASURES.keys():
        raise bad_input(
            "solver", f"there is no measure `{name}`.", f"Known: {', '.join(MEASURES)}."
        )
    rivals = play_rivals(
        scenario, theories, worlds, seed, plays=plays, progress=progress, learning=learning
    )
    agreement = agreement_of(rivals)
    return Comparison(
        rivals=rivals,
        agreement=agreement,
        cuts=best_cuts(agreement.apart, rivals.values),
        regions=regions(agreement.apart, rivals.values),
        cruxes=_cruxes(rivals),
        spreads={
            name: spread_of(values, given.get(name, 0.0))
            for name, values in rivals.outcomes.items()
        },
    )


def _cruxes(rivals: Rivals) -> dict[str, tuple[Cut, ...]]:
    """Return what settlement hangs on under each theory, where red lines leave something to sign."""
    nothing = np.ones(rivals.worlds)
    signable = rivals.values.get(SIGNABLE, nothing) > 0
    values = {path: value[signable] for path, value in rivals.values.items() if path != SIGNABLE}
    settled = (rivals.ending == SETTLED).mean(axis=1)[:, signable]
    return {
        name: best_cuts(each, values) for name, each in zip(rivals.theories, settled, strict=True)
    }


def _cut(cut: Cut, scenario: Scenario) -> dict[str, Any]:
    return {
        "path": cut.path,
        "meaning": meaning_of(scenario, cut.path),
        "value": cut.value,
        "unit": unit_of(scenario, cut.path),
        "share_below": cut.below,
        "share_above": cut.above,
        "standard_error": cut.error,
    }


def _spread(name: str, spread: Spread, scenario: Scenario) -> dict[str, Any]:
    first = next(iter(scenario.belligerents.values()))
    sources = {key: getattr(spread, key) for key in SOURCES}
    return {
        "label": MEASURES[name].label.format(first=first.label),
        "unit": MEASURES[name].unit or "share of worlds",
        "variance": spread.variance,
        "standard_error": spread.error,
        "standard_deviation": spread.deviation,
        "interaction": spread.interaction,
        **{key: _component(each) for key, each in sources.items()},
    }


def _component(each: Component) -> dict[str, float]:
    return {
        "variance": each.variance,
        "standard_error": each.error,
        "share": each.share,
        "share_standard_error": each.share_error,
    }
