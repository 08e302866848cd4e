"""Does the scenario hang together? Many small checks, all of them run, all findings reported.

Units, bounds, order of ranges and unknown keys are checked by the models themselves. Here: names
that must exist, issues, levers and events (this file), levers (``check_levers.py``), and numbers
that contradict one another (``check_numbers.py``). To add a check, write a function that yields
findings and add it to a tuple of checks.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ripeness.errors import Problem
from ripeness.registry import suggestion
from ripeness.scenario import check_levers, check_numbers
from ripeness.scenario.finding import Check, Finding, Keys, error, warning
from ripeness.scenario.model import Issue, Level, Scenario
from ripeness.scenario.names import EVENT_TARGETS, MEASURES, MOST_PACKAGES, THEORIES
from ripeness.scenario.places import Places


def check_scenario(
    scenario: Scenario, places: Places | None = None, ignore: Iterable[Keys] = ()
) -> list[Problem]:
    """Return what all checks find, in the order of the files.

    Args:
        scenario: the war.
        places: where its keys stand, if it was read from files.
        ignore: keys whose values are not the user's; what follows from them is not reported.
    """
    places = places or Places()
    findings = [
        finding
        for check in CHECKS
        for finding in check(scenario)
        if not any(finding.touches(keys) for keys in ignore)
    ]
    findings.sort(key=lambda finding: places.order(finding.keys))
    return [
        Problem(finding.level, places.where(finding.keys), finding.what, finding.remedy)
        for finding in findings
    ]


def check_lever_values(scenario: Scenario, values: Mapping[str, float]) -> list[Problem]:
    """Return what is wrong with settings of levers, each under the name of its lever."""
    return [
        Problem(finding.level, f"lever {finding.keys[-1]}", finding.what, finding.remedy)
        for finding in check_levers.settings(scenario, values)
    ]


def check_names(scenario: Scenario) -> Iterator[Finding]:
    """Patrons and guarantors are on the side of a belligerent that exists."""
    for name, patron in scenario.patrons.items():
        yield from _known(("patrons", name, "client"), patron.client, scenario.sides, "belligerent")
    for name, guarantor in scenario.guarantors.items():
        keys = ("guarantors", name, "protects")
        yield from _known(keys, guarantor.protects, scenario.sides, "belligerent")
    for name, mediator in scenario.mediators.items():
        if mediator.favours is not None:
            keys = ("mediators", name, "favours")
            yield from _known(keys, mediator.favours, scenario.sides, "belligerent")


def check_theories(scenario: Scenario) -> Iterator[Finding]:
    """Theories of ending are ones that the program has."""
    for place, theory in enumerate(scenario.theories):
        yield from _known(("theories", place), theory, THEORIES, "theory")


def check_one_line(scenario: Scenario) -> Iterator[Finding]:
    """Exactly one issue is about territory."""
    lines = [name for name, issue in scenario.issues.items() if issue.territorial]
    if len(lines) != 1:
        now = f"but {', '.join(lines)} are" if lines else "but none is"
        what = f"exactly one issue must be territorial, {now}."
        yield error(
            ("issues",), what, "Write `territorial: true` at the issue about the line only."
        )


def check_issues(scenario: Scenario) -> Iterator[Finding]:
    """Issues have a level without a deal, and a weight for both sides."""
    for name, issue in scenario.issues.items():
        keys = ("issues", name)
        yield from _known((*keys, "without_deal"), issue.without_deal, tuple(issue.levels), "level")
        yield from _both_sides((*keys, "weight"), issue.weight, scenario.sides)
    for side in scenario.sides:
        weights = [issue.weight[side] for issue in scenario.issues.values() if side in issue.weight]
        if weights and max(weight.low for weight in weights) <= 0:
            what = f"all issues can have weight 0 for {side}, so that it has nothing at stake."
            yield error(("issues",), what, "Give one issue a weight whose `low` is above 0.")


def check_levels(scenario: Scenario) -> Iterator[Finding]:
    """Levels say what they mean, for belligerents and guarantors that exist."""
    for name, issue in scenario.issues.items():
        for label, level in issue.levels.items():
            keys = ("issues", name, "levels", label)
            if level.guarantor is not None:
                known = tuple(scenario.guarantors)
                yield from _known((*keys, "guarantor"), level.guarantor, known, "guarantor")
            for place, vote in enumerate(level.votes):
                yield from _known((*keys, "votes", place), vote, tuple(scenario.votes), "vote")
            for field in ("red_lines", "force_cap", "payments"):
                for side in getattr(level, field):
                    yield from _known((*keys, field, side), side, scenario.sides, "belligerent")
            for patron in level.patron_costs:
                known = tuple(scenario.patrons)
                yield from _known((*keys, "patron_costs", patron), patron, known, "patron")
            check = _territorial_level if issue.territorial else _other_level
            yield from check(keys, level, scenario.sides)


def check_votes(scenario: Scenario) -> Iterator[Finding]:
    """Votes are of a belligerent, come again only once over, and something waits for them."""
    levels = [level for issue in scenario.issues.values() for level in issue.levels.values()]
    asked = {name for level in levels for name in level.votes}
    for name, vote in scenario.votes.items():
        keys = ("votes", name)
        yield from _known((*keys, "side"), vote.side, scenario.sides, "belligerent")
        if vote.every_weeks is not None and vote.every_weeks < vote.weeks:
            what = f"a session of {vote.weeks} weeks cannot begin again after {vote.every_weeks}."
            yield error((*keys, "every_weeks"), what, "Write a longer time, or leave `weeks` out.")
        ahead = (vote.first - scenario.start).days
        if vote.every_weeks is None and ahead + 7 * vote.weeks <= 0:
            what = f"this vote is over before the war's start on {scenario.start}: nothing waits for it."
            yield warning((*keys, "first"), what, "Write the next date, or `every_weeks`.")
        if vote.always and ahead > 7 * scenario.horizon_weeks:
            what = "every settlement waits for this vote, and it comes after the horizon."
            yield warning((*keys, "first"), what, "Nothing can come into force in a run: check it.")
        if not vote.always and name not in asked:
            what = "no settlement waits for this vote."
            remedy = "Write `always: true`, or name it under `votes` of a level."
            yield warning(keys, what, remedy)


def _territorial_level(keys: Keys, level: Level, sides: tuple[str, ...]) -> Iterator[Finding]:
    if level.value:
        what = f"`{keys[-1]}` is a level of the territorial issue; its `value` is not used."
        yield warning((*keys, "value"), what, "Remove it: the value follows from the area.")
    if level.area_held is None:
        what = f"`{keys[-1]}` does not say who holds what."
        yield error(keys, what, "Write `area_held: current`, or the area held by one belligerent.")
    elif level.area_held != "current":
        for side in level.area_held:
            yield from _known((*keys, "area_held", side), side, sides, "belligerent")
        if len(level.area_held) != 1:
            what = f"`area_held` must name one belligerent, but names {len(level.area_held)}."
            yield error((*keys, "area_held"), what, "The other one holds the rest of the theatre.")


def _other_level(keys: Keys, level: Level, sides: tuple[str, ...]) -> Iterator[Finding]:
    if level.area_held is not None:
        what = f"`{keys[-1]}` has an area, but its issue is not territorial."
        yield error((*keys, "area_held"), what, "Move it to the territorial issue.")
    yield from _both_sides((*keys, "value"), level.value, sides)


def check_exclusions(scenario: Scenario) -> Iterator[Finding]:
    """Levels exclude levels of other issues that exist, and not the line, which is joined month by month."""
    for name, issue in scenario.issues.items():
        others = tuple(
            each
            for each in scenario.issues
            if each != name and not scenario.issues[each].territorial
        )
        for label, level in issue.levels.items():
            for excluded, words in level.excludes.items():
                keys = ("issues", name, "levels", label, "excludes", excluded)
                if issue.territorial or excluded not in others:
                    what = "levels can exclude each other between two issues without the line only."
                    yield error(keys, what, suggestion(excluded, others))
                    continue
                known = tuple(scenario.issues[excluded].levels)
                for word in words:
                    yield from _known(keys, word, known, f"level of `{excluded}`")


def check_guarantors_used(scenario: Scenario) -> Iterator[Finding]:
    """Each guarantor comes in with some level."""
    used = {level.guarantor for level in _levels(scenario.issues.values())}
    for name in scenario.guarantors:
        if name not in used:
            what = f"no level of any issue brings in the guarantor `{name}`."
            remedy = f"Write `guarantor: {name}` at a level, or remove it."
            yield warning(("guarantors", name), what, remedy)


def check_number_of_packages(scenario: Scenario) -> Iterator[Finding]:
    """The levels do not combine to more packages than can be enumerated."""
    packages = math.prod(len(issue.levels) for issue in scenario.issues.values())
    if packages > MOST_PACKAGES:
        what = f"the levels make {packages:,} packages; the most is {MOST_PACKAGES:,}."
        yield error(("issues",), what, "Remove levels or issues that matter least.")


def check_events(scenario: Scenario) -> Iterator[Finding]:
    """Events change something that exists, while the scenario lasts."""
    end = scenario.start + datetime.timedelta(weeks=scenario.horizon_weeks)
    for name, event in scenario.events.items():
        keys = ("events", name)
        yield from _target((*keys, "target"), event.target, scenario)
        if not scenario.start <= event.date < end:
            what = f"{event.date} is not within the horizon, {scenario.start} to {end}."
            yield warning((*keys, "date"), what, "It has no effect; remove it or move the horizon.")


def _target(keys: Keys, target: str, scenario: Scenario) -> Iterator[Finding]:
    match target.split("."):
        case ["tension"]:
            return
        case ["patrons", name, "willingness"]:
            yield from _known(keys, name, tuple(scenario.patrons), "patron")
        case ["belligerents", name, "support"]:
            yield from _known(keys, name, scenario.sides, "belligerent")
        case _:
            what = f"an event cannot change `{target}`."
            yield error(keys, what, f"It can change: {', '.join(EVENT_TARGETS)}.")


def check_recent(scenario: Scenario) -> Iterator[Finding]:
    """What was recorded before the start is of a belligerent, in the unit of its measure."""
    for name, recent in scenario.recent.items():
        keys = ("recent", name)
        yield from _known((*keys, "side"), recent.side, scenario.sides, "belligerent")
        unit = MEASURES[recent.measure]
        if recent.value.unit != unit:
            what = f"`value` must be in `{unit}`, but is in `{recent.value.unit}`."
            yield error((*keys, "value"), what, f"Convert it, and write `unit: {unit}`.")


def _levels(issues: Iterable[Issue]) -> Iterator[Level]:
    for issue in issues:
        yield from issue.levels.values()


def _known(keys: Keys, name: str, known: tuple[str, ...], what: str) -> Iterator[Finding]:
    if name not in known:
        yield error(keys, f"there is no {what} `{name}`.", suggestion(name, known))


def _both_sides(
    keys: Keys, given: Mapping[str, object], sides: tuple[str, ...]
) -> Iterator[Finding]:
    for side in given:
        yield from _known((*keys, side), side, sides, "belligerent")
    for side in sides:
        if side not in given:
            what = f"`{keys[-1]}` says nothing for {side}."
            yield error(keys, what, f"Write a line `{side}: ...` below it.")


CHECKS: Final[tuple[Check, ...]] = (
    check_names,
    check_theories,
    check_one_line,
    check_issues,
    check_levels,
    check_exclusions,
    check_votes,
    check_guarantors_used,
    check_number_of_packages,
    check_events,
    check_recent,
    *check_levers.CHECKS,
    *check_numbers.CHECKS,
)
