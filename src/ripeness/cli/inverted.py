"""What ``ripeness policy inverse`` says."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Any, Final

from ripeness.charts.inverse import inverse_chart
from ripeness.charts.render import to_svg
from ripeness.errors import Problem
from ripeness.explore.inverse_found import Answer, Inverse, Tried
from ripeness.explore.inverse_moves import Move, rounded, start_of, stated, way_of, with_unit
from ripeness.explore.inverse_need import Need
from ripeness.explore.inverse_price import Change
from ripeness.outcomes.store import write_json
from ripeness.outcomes.words import OUT_OF, of_twenty
from ripeness.scenario.model import Scenario

WIDTH: Final = 96
DATA: Final = "inverse.json"
SINGLES: Final = 8
"""Single moves shown."""

COLUMN: Final = 56
"""Width of what a single move is called."""

EIGHTHS: Final = 8
TEN: Final = 10.0
"""Figures are whole from here on, and have one decimal below."""

WORST: Final = 0.05
"""Changes of a cost below this, in its unit, are none."""

LEAST: Final = {
    "deaths": "fewest deaths first",
    "months": "shortest war first",
    "bill": "cheapest for the patrons first",
    "moved": "those that move levers least first",
}
"""How answers of one size are put in order, by the name of the cost."""


def inverse_answer(
    scenario: Scenario, found: Inverse, *, anew: bool = False, least: str = "deaths"
) -> str:
    """Return the answers as text."""
    wanted = f"{found.target * OUT_OF:.3g} of {OUT_OF} worlds"
    lines = [
        f"{scenario.title}: what would have to change for peace to come and hold in {wanted}?",
        "A structured argument, not a forecast.",
        "",
        *_wrapped(_as_it_is(found)),
        "",
    ]
    if found.answers:
        lines += _answers(scenario, found, least)
    elif found.stopped:
        lines += ["No answer was found until then. The best so far:"]
        lines += _set(scenario, found.best)
    else:
        lines += _none(scenario, found, wanted)
    lines += _singles(scenario, found)
    lines += ["", *_wrapped(_small_print(scenario, anew))]
    return "\n".join(line.rstrip() for line in lines)


def write_inverse(
    folder: Path, scenario: Scenario, found: Inverse, result: Mapping[str, Any]
) -> list[Path]:
    """Write the figures and the picture into a folder and return the files.

    Raises:
        OSError: if the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chart = inverse_chart(scenario, found)
    files = [folder / DATA, folder / f"{chart.name}.svg"]
    write_json(files[0], result)
    files[1].write_text(to_svg(chart, titled=True), encoding="utf-8")
    return files


def stopped_early(found: Inverse) -> Problem:
    """Return what is to be said of a search that the user stopped."""
    what = f"Stopped by you after {_sets(found.tried)}; what was found until then is shown."
    remedy = "The same command starts again; fewer --worlds or a smaller --most take less time."
    return Problem("error", "ripeness policy inverse", what, remedy)


def _sets(count: int) -> str:
    return "1 set" if count == 1 else f"{count:,} sets"


def _as_it_is(found: Inverse) -> str:
    base = found.base
    played = "was" if found.tried == 1 else "were"
    fresh = (
        f", in fresh ones {base.fresh_holds:,} of {base.fresh_worlds:,}"
        if base.fresh_worlds
        else ""
    )
    told = (
        f"As it is, peace comes and holds in {of_twenty(base.holds, base.worlds)} ({base.holds:,} of "
        f"{base.worlds:,}{fresh}). {_sets(found.tried)} of levers and terms {played} played. Out of "
        f"{OUT_OF}, a count of {base.worlds:,} worlds is known give or take {_give_or_take(base.worlds):.1f}."
    )
    return f"{told} You stopped the search before its end." if found.stopped else told


def _give_or_take(worlds: int) -> float:
    """Return two standard errors of a share near a half, in worlds of twenty."""
    return OUT_OF * (1.0 / worlds) ** 0.5


def _answers(scenario: Scenario, found: Inverse, least: str) -> Iterator[str]:
    size = len(found.answers[0].tried.moves)
    if not size:
        yield "Nothing has to change:"
    else:
        enough = "One change is" if size == 1 else f"{size} changes together are"
        yield f"{enough} enough; smaller sets that were tried are not. Answers, {LEAST[least]}:"
    for number, each in enumerate(found.answers, start=1):
        first, *others = _set(scenario, each)
        yield f"  {number}. {first.strip()}"
        yield from others


def _none(scenario: Scenario, found: Inverse, wanted: str) -> Iterator[str]:
    told = (
        f"None exists within the ranges among the sets tried: no set of {_at_most(found.most)} brings "
        f"peace in {wanted}"
    )
    if found.failed:
        told += f"; {found.failed} did so in the worlds searched, but not in fresh ones"
    yield from _wrapped(f"{told}. The nearest:")
    yield from _set(scenario, found.best, short_of=found.target)
    if found.larger is not None:
        yield f"More changes do it, {len(found.larger.tried.moves)} together:"
        yield from _set(scenario, found.larger)
    else:
        yield from _wrapped(_not_by_more(scenario, found))


def _not_by_more(scenario: Scenario, found: Inverse) -> str:
    """Say what more changes bring where they do not reach the target either."""
    told = []
    if found.beyond is not None:
        words = "; ".join(move.told(scenario) for move in found.beyond.moves)
        told.append(
            f"the best {len(found.beyond.moves)} bring it in {_counted(found.beyond)} ({words})"
        )
    if found.together is not None:
        number = len(found.together.moves)
        told.append(
            f"all {number} that help by themselves, made together, bring it in {_counted(found.together)}"
        )
    return f"More changes, as far as tried, do not do it either: {'; '.join(told)}." if told else ""


def _counted(each: Tried) -> str:
    return of_twenty(each.holds, each.worlds)


def _at_most(most: int) -> str:
    return "one change" if most == 1 else f"up to {most} changes"


def _set(scenario: Scenario, each: Answer | None, short_of: float | None = None) -> Iterator[str]:
    if each is None or not each.tried.moves:
        yield "     nothing moved"
    if each is None:
        return
    needs = {need.move: need for need in each.needs}
    for move in each.tried.moves:
        yield from _wrapped(_move(scenario, move), "     ", "       ")
        if move in needs:
            yield from _wrapped(_need(scenario, needs[move], each.tried), "       ", "       ")
    yield from _wrapped(_shares(each.tried, short_of), "     ", "     ")
    if each.tried.moves and each.price:
        yield from _wrapped(_price(scenario, each.price), "     ", "     ")


def _move(scenario: Scenario, move: Move) -> str:
    if move.term:
        return f"terms: {move.told(scenario)}"
    lever, start = scenario.levers[move.name], start_of(scenario, move.name)
    from_ = (
        rounded(start, 4)
        if stated(scenario, move.name) is not None
        else f"about {rounded(start, 2)}"
    )
    told = f"{from_} -> {with_unit(float(move.setting), lever)}"
    return f"lever: {lever.label}: {told}, {_way(way_of(scenario, move))}"


def _way(way: float) -> str:
    if way > 1.0 - 1e-9:
        return "as far as it goes"
    if abs(way - 0.5) < 1e-9:
        return "half of the way it can go"
    return f"{way * EIGHTHS:.2g} eighths of the way it can go"


def _need(scenario: Scenario, need: Need, answer: Tried) -> str:
    """Say how much of a lever's move the answer needs."""
    lever = scenario.levers[need.move.name]
    told = lambda setting, holds: (  # noqa: E731
        f"{with_unit(setting, lever)}: peace in {holds:,} of {answer.fresh_worlds:,} worlds"
    )
    if need.half_is_enough:
        words = f"half of it is enough ({told(need.half, need.half_holds)})"
        if need.least != need.half:
            words += (
                f"; so is {round(need.way * EIGHTHS)} of 8 parts ({told(need.least, need.holds)})"
            )
        return words
    words = f"half of it is not enough ({told(need.half, need.half_holds)})"
    if need.way < 1.0:
        parts = round(need.way * EIGHTHS)
        return f"{words}, {parts} of 8 parts are ({told(need.least, need.holds)})"
    return f"{words}, nor are 7 of 8 parts: all of it is needed"


def _shares(each: Tried, short_of: float | None) -> str:
    told = f"peace in {_counted(each)}"
    if not each.fresh_worlds:
        return f"{told}; not played in fresh worlds"
    fresh = of_twenty(each.fresh_holds, each.fresh_worlds)
    counts = f"{each.fresh_holds:,} of {each.fresh_worlds:,}"
    if short_of is not None:
        counts += f", where {ceil(short_of * each.fresh_worlds):,} are wanted"
    return f"{told}; in fresh ones in {fresh} ({counts})"


def _price(scenario: Scenario, changes: Sequence[Change]) -> str:
    """Say what a set of moves costs against no moves."""
    known = {change.name: change for change in changes}
    killed = _more(known["killed"], " thousand {} killed", "fewer") or "about as many killed"
    fought = _more(known["fought"], " months {} of war", "less") or "a war about as long"
    parts = [f"{killed}; {fought}"]
    bills = {patron.label: known[f"bill.{name}"] for name, patron in scenario.patrons.items()}
    paid = {label: _more(bill, " {}", "less") for label, bill in bills.items()}
    told = [f"{label} {words}" for label, words in paid.items() if words]
    if told:
        rest = "" if all(paid.values()) else ", the others about as much"
        parts.append(f"bn EUR paid: {', '.join(told)}{rest}")
    elif paid:
        parts.append("patrons pay about as much")
    return f"against no changes: {'; '.join(parts)}"


def _more(change: Change, words: str, less: str) -> str | None:
    """Say how much more or less a cost is; None if that cannot be told from chance."""
    if not change.told_from_chance or abs(change.change) < WORST:
        return None
    told = words.format("more" if change.change > 0 else less)
    return f"{_figure(abs(change.change))}{told} (of {_figure(change.without)})"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= TEN else f"{value:.1f}"


def _singles(scenario: Scenario, found: Inverse) -> Iterator[str]:
    if not found.singles:
        return
    yield ""
    yield f"{'The best of each lever and issue by itself':60}{'peace in':>20}{'killed, thousand':>18}"
    for each in found.leading[:SINGLES]:
        told = _short(scenario, each.tried.moves[0])
        killed = each.price[0]
        change = f"{killed.change:+.1f}" if killed.told_from_chance else "about as many"
        shares = of_twenty(each.tried.holds, each.tried.worlds)
        yield f"  {told:58}{shares:>20}{change:>18}"


def _short(scenario: Scenario, move: Move) -> str:
    """Say a move in a column: what is moved may be cut short, and where it is moved to as little as can be."""
    if move.term:
        issue = scenario.issues[move.name]
        what, there = issue.label, f": {issue.levels[str(move.setting)].label}"
    else:
        lever = scenario.levers[move.name]
        what, there = lever.label, f": {with_unit(float(move.setting), lever)}"
    if len(what) + len(there) <= COLUMN:
        return what + there
    cut = lambda text, width: textwrap.shorten(text, width, placeholder=" ...")  # noqa: E731
    there = there if len(there) <= COLUMN // 2 else cut(there, COLUMN // 2)
    return cut(what, COLUMN - len(there)) + there


def _small_print(scenario: Scenario, anew: bool) -> str:
    told = (
        "Costs are means per world until it ends; what comes after a victory, and beyond the model, is "
        "not in them."
    )
    if scenario.patrons:
        told += (
            " Patrons pay for the arms that they pledge and for a settlement in force; financial aid is "
            "not in it."
        )
    if not anew:
        told += (
            " Sides that expect keep what they learnt before the changes: a preliminary answer. Look at an "
            "answer closely with `ripeness run --lever ...` and `ripeness draft`."
        )
    return told


def _wrapped(text: str, first: str = "", then: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=then)
