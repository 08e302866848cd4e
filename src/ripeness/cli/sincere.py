"""What ``ripeness sincerity`` says: is coming to talks real, what does it reveal, what does a stall gain?"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from ripeness.bargaining.strategy import STRATEGIES
from ripeness.charts.reading import about, listed, month_name
from ripeness.charts.render import to_svg
from ripeness.charts.sincerity import finding, sincerity_chart
from ripeness.errors import Problem
from ripeness.explore.decompose import Estimate
from ripeness.explore.naming import cell
from ripeness.explore.replay import days_of
from ripeness.explore.sincerity import Sincerity
from ripeness.explore.stalling import CHANNELS, MOTIVES, Split
from ripeness.explore.story import labels_of
from ripeness.outcomes.sincerity import KINDS, Share
from ripeness.outcomes.store import write_json
from ripeness.outcomes.words import OUT_OF, of_twenty

WIDTH: Final = 96
NAME, CELL, THEORY, GAIN = 30, 13, 34, 15
"""Widths of a table's first column, of a count of twenty, of a theory and of a gain with its error."""

DATA: Final = "sincerity.json"
HUNDREDTHS: Final = 100.0
TWO: Final = 2.0
"""Standard errors that a finding must exceed: 19 of 20 ensembles as large would lie inside."""

SMALLEST: Final = {"own_aid": 0.05, "enemy_aid": 0.05, "own_area": 0.5, "months_of_war": 0.05}
"""Changes below these read as nothing when they are rounded: bn EUR, km2, months."""

KIND_HEADS: Final = ("would sign", "for a pause", "to be seen", "away")
SIGNAL_NAMES: Final = {
    "any": "in any month",
    "away": "if it stays away",
    "comes": "if it comes",
    "low_rank": "  at low rank",
    "high_rank": "  at high rank",
}
NOTHING_TOLD: Final = "changes nothing that can be told from chance"
MOTIVES_TOLD: Final = {"to_be_seen": "coming to be seen", "for_a_pause": "coming for a pause"}


def sincere_answer(found: Sincerity) -> str:
    """Return the findings as text."""
    sides = labels_of(found.scenario)
    count = found.worlds.count
    worlds = f"{count:,} worlds" if count != 1 else "1 world"
    opening = (
        f"{found.scenario.title}: {worlds}, each played with and without each side's stalls, with the "
        "same luck."
    )
    lines = [*_wrapped(opening, 0), "A structured argument, not a forecast."]
    lines += ["", *_wrapped(f"{finding(found.attendance, sides)}.", 0)]
    for title, body in (
        (
            f"Is coming to talks real? (of {OUT_OF} months of war or ceasefire)",
            _kinds(found, sides),
        ),
        (f"What coming to talks reveals (of {OUT_OF} such months)", _signals(found, sides)),
        ("What a stall gains (hundredths of the stakes)", _gains(found, sides)),
        ("What it changes by the end", _changes(found, sides)),
        ("If one theory is right", _theories(found, sides)),
    ):
        body_lines = list(body)
        lines += ["", title, *body_lines] if body_lines else []
    return "\n".join(line.rstrip() for line in lines)


def write_sincerity(folder: Path, found: Sincerity, result: Mapping[str, Any]) -> list[Path]:
    """Write the figures and the picture into a folder and return the files.

    Raises:
        OSError: if the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / DATA]
    write_json(files[0], result)
    days = days_of(found.scenario, found.attendance.kind.shape[1])
    chart = sincerity_chart(found.attendance, days, labels_of(found.scenario))
    if chart is not None:
        files.append(folder / f"{chart.name}.svg")
        files[-1].write_text(to_svg(chart, titled=True), encoding="utf-8")
    return files


def not_learnt(learnt: Mapping[str, Any]) -> list[Problem]:
    """Return a warning if a theory that must learn first did not come to rest, or knows no lever."""
    remedy = "What is said of that theory is provisional."
    if not learnt.get("converged", True):
        what = str(learnt.get("message", "")) or "The rules had not come to rest."
        return [Problem("warning", "expectations", what, remedy)]
    if learnt.get("preliminary"):
        what = "What sides expect was learnt with no lever moved."
        return [Problem("warning", "expectations", what, "Learn it anew: `ripeness solve`.")]
    return []


def _kinds(found: Sincerity, sides: tuple[str, str]) -> Iterator[str]:
    yield _row("", KIND_HEADS)
    for side, name in enumerate(sides):
        months = found.attendance.months(side)
        total = max(sum(months.values()), 1)
        yield _row(name, [cell(months[kind] / total) for kind in KINDS])
    for side, name in enumerate(sides):
        yield from _wrapped(_by_world(found, side, name))
    yield from _wrapped(
        "A side would sign if some package gives it what it would sign for and leaves the other no "
        "worse. If not, its coming is a stall: for a pause if it would have the guns silent, else to "
        "be seen."
    )


def _by_world(found: Sincerity, side: int, name: str) -> str:
    """Say in how many worlds a side would sign at the start, and in how many never or whenever it comes."""
    worlds = found.worlds.count
    told = lambda number: of_twenty(int(number), worlds)  # noqa: E731
    share, start = found.attendance.real_share(side), found.attendance.counted(side)
    real, stalls = start["real"][0], start["for_a_pause"][0] + start["to_be_seen"][0]
    return (
        f"{name}: at the start it comes to sign in {told(real)}, stalls in {told(stalls)}, and stays away "
        f"in {told(start['away'][0])}. In {told((share == 0).sum())} it comes but never to sign; in "
        f"{told((share == 1).sum())} it would sign whenever it comes."
    )


def _signals(found: Sincerity, sides: tuple[str, str]) -> Iterator[str]:
    heads = ("would sign", "both would", "within half a year: would", "something signed")
    broken = [textwrap.wrap(head, CELL - 1) for head in heads]
    height = max(map(len, broken))
    for line in zip(*([""] * (height - len(part)) + part for part in broken), strict=True):
        yield _row("", line)
    for side, name in enumerate(sides):
        yield f"  {name}"
        for signal, words in SIGNAL_NAMES.items():
            told = found.attendance.revealed(side, signal)
            parts = (told.real, told.both, told.later, told.agreed)
            yield _row(f"  {words}", [_share(part) for part in parts])
    yield from _wrapped(
        "That a side which would sign sends a high rank, and no other does, is the model's assumption; "
        "what rank says of the half year to come is a finding."
    )


def _gains(found: Sincerity, sides: tuple[str, str]) -> Iterator[str]:
    splits = [found.stalls[side].split(enemy=enemy) for side in range(2) for enemy in (False, True)]
    names = [sides[side] for side in (0, 1, 1, 0)]
    yield _gain_row("by the stalls of", [sides[side][: GAIN - 1] for side in (0, 0, 1, 1)])
    yield _gain_row("to", [name[: GAIN - 1] for name in names])
    yield _gain_row("All stalls", [_sized(split.gain) for split in splits])
    for motive in MOTIVES:
        yield _gain_row(
            f"  {MOTIVES_TOLD[motive]}", [_sized(each.motives[motive]) for each in splits]
        )
    yield _gain_row("The same, by what it works", [""] * len(splits))
    for name, channel in CHANNELS.items():
        yield _gain_row(f"  {channel.label}", [_sized(split.channels[name]) for split in splits])
    yield _gain_row("  anything else", [_sized(split.remains) for split in splits])
    for side in range(2):
        yield from _wrapped(_verdict(splits[2 * side], splits[2 * side + 1], sides, side))
    yield from _wrapped(
        "The worth of a world as it came, less that of the same world in which the side comes only to "
        "sign; +- two standard errors. A good name is none of the gains: how much a side cares to be "
        "seen is an assumed number, and nothing in the war pays for it."
    )


def _verdict(own: Split, enemy: Split, sides: tuple[str, str], side: int) -> str:
    """Say for each motive whether the side gains by stalls, and what the other side has of them."""
    told = []
    for motive in MOTIVES:
        mine, theirs = own.motives[motive], enemy.motives[motive]
        parts = [
            f"{'gains' if each.mean > 0 else 'costs'} {name} {abs(HUNDREDTHS * each.mean):.2f}"
            for each, name in ((mine, sides[side]), (theirs, sides[1 - side]))
            if _told_from_nothing(each, 0.005 / HUNDREDTHS)
        ]
        told.append(f"{MOTIVES_TOLD[motive]} {listed(parts) or NOTHING_TOLD}")
    return f"{sides[side]}: {'; '.join(told)}."


def _changes(found: Sincerity, sides: tuple[str, str]) -> Iterator[str]:
    months = found.attendance.kind.shape[1]
    end = month_name(days_of(found.scenario, months + 1)[-1])
    for side in range(2):
        for motive in MOTIVES:
            told = list(_changed(found, sides, side, motive))
            yield from _wrapped(
                f"{sides[side]} {MOTIVES_TOLD[motive]}: by {end} {listed(told)}."
                if told
                else f"{sides[side]} {MOTIVES_TOLD[motive]} {NOTHING_TOLD}."
            )


def _changed(found: Sincerity, sides: tuple[str, str], side: int, motive: str) -> Iterator[str]:
    """Yield what stalls of a motive change, if it can be told from chance."""
    stalls, worlds = found.stalls[side], found.worlds.count
    change = {name: stalls.effect(name, None, motive) for name in stalls.as_it_is}
    known = {
        name: each.mean
        for name, each in change.items()
        if _told_from_nothing(each, SMALLEST.get(name, 0.0))
    }
    more = lambda mean: "more" if mean > 0 else "less"  # noqa: E731
    for name, who in (("enemy_aid", sides[1 - side]), ("own_aid", sides[side])):
        if name in known:
            amount = f"{abs(known[name]):.1f} bn EUR {more(known[name])} aid"
            yield f"{who} has used {amount} (of {stalls.usual(name):.0f})"
    if "own_area" in known:
        area = f"{about(abs(known['own_area']), 2)} km2 {more(known['own_area'])}"
        yield f"{sides[side]} holds {area}"
    if "months_of_war" in known:
        longer = "longer" if known["months_of_war"] > 0 else "shorter"
        yield f"the war is {abs(known['months_of_war']):.1f} months {longer}"
    for name, words in (("settled", "a settlement comes"), ("paused", "the guns fall silent")):
        if name in known:
            count = round(abs(known[name]) * worlds)
            fewer = "more" if known[name] > 0 else "fewer"
            yield f"{words} in {count:,} {fewer} of {worlds:,} worlds"


def _theories(found: Sincerity, sides: tuple[str, str]) -> Iterator[str]:
    theories = found.theories()
    if len(theories) < 2:
        return
    heads = [f"{name[: GAIN - 8]} signs" for name in sides] + [
        f"{name[: GAIN - 8]} gains" for name in sides
    ]
    yield f"  {'':<{THEORY}}" + "".join(f"{head:>{GAIN}}" for head in heads)
    for name, members in theories.items():
        here = found.attendance.among(members)
        would = [_share(here.revealed(side, "comes", 0).real) for side in range(2)]
        gains = [_sized(stalls.split(members).gain) for stalls in found.stalls]
        label = f"{STRATEGIES[name].label} ({int(members.sum()):,})"
        yield f"  {label:<{THEORY}}" + "".join(f"{each:>{GAIN}}" for each in (*would, *gains))
    yield from _wrapped(
        f"In brackets: worlds. Signs: of {OUT_OF} months in which it comes, those in which it would sign. "
        "Gains: by all its stalls, hundredths of the stakes."
    )


def _told_from_nothing(each: Estimate, smallest: float) -> bool:
    """Return whether a change exceeds its error, and does not read as nothing when it is rounded."""
    return abs(each.mean) > TWO * each.error and abs(each.mean) >= smallest


def _sized(each: Estimate) -> str:
    """Say a gain with two standard errors, in hundredths of the stakes."""
    error = f"{TWO * HUNDREDTHS * each.error:.2f}" if np.isfinite(each.error) else "?"
    return f"{HUNDREDTHS * each.mean + 0.0:.2f} +- {error}".replace("-0.00 ", "0.00 ")


def _gain_row(label: str, cells: Sequence[str]) -> str:
    return f"  {label:<{NAME}}" + "".join(f"{each:>{GAIN}}" for each in cells)


def _share(each: Share) -> str:
    return "-" if np.isnan(each.share) else cell(each.share)


def _row(name: str, cells: Sequence[str]) -> str:
    return f"  {name:<{NAME}}" + "".join(f"{each:>{CELL}}" for each in cells)


def _wrapped(text: str, indent: int = 2) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
