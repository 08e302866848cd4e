"""Checks of numbers that contradict one another, or that are fine but deserve a second look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ripeness.scenario.finding import Check, Finding, error, warning
from ripeness.scenario.model import Scenario
from ripeness.scenario.paths import located

WIDE = 50.0
"""A range whose ends differ by more than this factor should say how it is spread."""

WEEKS_IN_A_MONTH = 4

OBSERVABLE = ("front", "combat", "manpower", "economy", "home_front")
"""Groups for which somebody, somewhere, has counted something."""


def check_wounded(scenario: Scenario) -> Iterator[Finding]:
    """Nobody is both killed and disabled."""
    for side, numbers in scenario.belligerents.items():
        keys = ("belligerents", side, "combat")
        killed, disabled = numbers.combat.killed_share, numbers.combat.disabled_share
        remedy = "Both are shares of all casualties; lower one of them."
        also = ((*keys, "disabled_share"),)
        if killed.high + disabled.high > 1:
            what = "the highest `killed_share` and `disabled_share` must add to at most 1, but add "
            what += f"to {killed.high + disabled.high:g}."
            yield error((*keys, "killed_share"), what, remedy, also)


def check_theatre(scenario: Scenario) -> Iterator[Finding]:
    """Somebody holds something, nobody has won already, and aims lie within the theatre."""
    held = {side: numbers.front.area_held for side, numbers in scenario.belligerents.items()}
    about = tuple(("belligerents", side, "front") for side in scenario.sides)
    theatre = sum(area.high for area in held.values())
    if sum(area.low for area in held.values()) <= 0:
        what = "neither belligerent holds any area."
        yield error(("belligerents",), what, "State `front.area_held` for both.", about)
        return
    for side, (low, high) in {side: (area.low, area.high) for side, area in held.items()}.items():
        keys = ("belligerents", side, "front")
        share = high / (high + sum(area.low for other, area in held.items() if other != side))
        if share >= scenario.war.front.conquest_share.low:
            what = f"{side} can hold {share:.0%} of the theatre at the start, which is victory."
            remedy = "Make the theatre larger, or raise `war.front.conquest_share`."
            yield error((*keys, "area_held"), what, remedy, (*about, ("war", "front")))
        aim = scenario.belligerents[side].front.aim_area
        if aim.high > theatre * 1.001:
            what = f"{side} aims at up to {aim.high:,.0f} km2, but the theatre has {theatre:,.0f}."
            remedy = "Lower the aim, or enlarge what the sides hold."
            yield error((*keys, "aim_area"), what, remedy, about)
        if aim.high < low:
            what = f"{side} aims at less than it holds."
            remedy = "An aim is the whole area to be held in the end."
            yield warning((*keys, "aim_area"), what, remedy)


def check_aims(scenario: Scenario) -> Iterator[Finding]:
    """The aims of both sides cannot both be met."""
    fronts = [numbers.front for numbers in scenario.belligerents.values()]
    about = tuple(("belligerents", side, "front") for side in scenario.sides)
    if sum(front.aim_area.low for front in fronts) <= sum(front.area_held.low for front in fronts):
        what = "both sides' lowest aims can be met at once, so that there is little to fight over."
        yield warning(("belligerents",), what, "Raise one `front.aim_area`.", about)


def check_levels_within_theatre(scenario: Scenario) -> Iterator[Finding]:
    """A settlement does not give a side more than there is."""
    theatre = sum(numbers.front.area_held.high for numbers in scenario.belligerents.values())
    about = tuple(("belligerents", side, "front", "area_held") for side in scenario.sides)
    for name, issue in scenario.issues.items():
        for label, level in issue.levels.items():
            areas = level.area_held if isinstance(level.area_held, dict) else {}
            for side, area in areas.items():
                if area.high > theatre * 1.001:
                    keys = ("issues", name, "levels", label, "area_held", side)
                    what = f"`{label}` gives {side} {area.high:,.0f} km2; there are {theatre:,.0f}."
                    yield error(keys, what, "Lower the area.", about)


def check_pool(scenario: Scenario) -> Iterator[Finding]:
    """The pool of recruits lasts longer than a month."""
    for side, numbers in scenario.belligerents.items():
        pool, intake = numbers.manpower.pool, numbers.manpower.intake
        if 0 < pool.low < WEEKS_IN_A_MONTH * intake.high:
            keys = ("belligerents", side, "manpower", "intake")
            what = f"{side} can take in more within a month than its whole pool."
            remedy = "`intake` is per week; `pool` is everybody who could still be taken."
            yield warning(keys, what, remedy, (("belligerents", side, "manpower", "pool"),))


def check_ceilings(scenario: Scenario) -> Iterator[Finding]:
    """What has a ceiling starts below it."""
    pairs = (
        ("economy", "war_share", "war_share_ceiling"),
        ("sanctions", "evasion", "evasion_ceiling"),
    )
    for side, numbers in scenario.belligerents.items():
        for group, start, ceiling in pairs:
            highest = getattr(getattr(numbers, group), start).high
            lowest = getattr(getattr(numbers, group), ceiling).low
            if highest > lowest:
                keys = ("belligerents", side, group)
                what = f"`{start}` reaches {highest:g}, above the lowest `{ceiling}`, {lowest:g}."
                remedy = "Let the two ranges meet at most."
                yield warning((*keys, start), what, remedy, ((*keys, ceiling),))


def check_ages(scenario: Scenario) -> Iterator[Finding]:
    """Soldiers are older than recruits may be."""
    for side, numbers in scenario.belligerents.items():
        men = numbers.manpower
        if men.mean_age.low < men.mobilisation_age.low:
            keys = ("belligerents", side, "manpower")
            what = "`mean_age` can lie below the age of mobilisation."
            also = ((*keys, "mobilisation_age"),)
            yield warning((*keys, "mean_age"), what, "Raise it, or lower the age.", also)


def check_patrons_give(scenario: Scenario) -> Iterator[Finding]:
    """A patron gives something."""
    for name, patron in scenario.patrons.items():
        if patron.numbers.military.high <= 0 and patron.numbers.financial.high <= 0:
            keys = ("patrons", name, "numbers")
            what = f"{name} gives neither military nor financial aid."
            yield warning(keys, what, "State `military` or `financial`, in bn EUR per month.")


def check_wide_ranges(scenario: Scenario) -> Iterator[Finding]:
    """A range over orders of magnitude says how it is spread."""
    for number in located(scenario):
        quantity = number.quantity
        wide = quantity.low > 0 and quantity.high > WIDE * quantity.low
        if wide and quantity.distribution != "loguniform":
            what = f"`{number.path}` ranges over a factor of {quantity.high / quantity.low:,.0f}."
            remedy = "Narrow it, or write `distribution: loguniform`."
            yield warning(number.keys, what, remedy)


def check_all_assumed(scenario: Scenario) -> Iterator[Finding]:
    """Somebody looked something up in each group that can be observed."""
    sources: dict[tuple[str, str], set[str]] = {}
    for number in located(scenario):
        if number.keys[0] == "belligerents" and number.keys[2] in OBSERVABLE:
            key = (number.keys[1], number.keys[2])
            sources.setdefault(key, set()).add(number.quantity.source.kind)
    for side in scenario.sides:
        bare = [
            group
            for (owner, group), kinds in sources.items()
            if owner == side and kinds == {"assumed"}
        ]
        if bare:
            what = f"every number of {side} is assumed in: {', '.join(bare)}."
            remedy = "Where you know a source, write `source: {kind: published, reference: ...}`."
            yield warning(("belligerents", side), what, remedy)


CHECKS: Final[tuple[Check, ...]] = (
    check_wounded,
    check_theatre,
    check_aims,
    check_levels_within_theatre,
    check_pool,
    check_ceilings,
    check_ages,
    check_patrons_give,
    check_wide_ranges,
    check_all_assumed,
)
