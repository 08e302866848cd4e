"""What ``ripeness compare`` says: where rival theories agree, where not, and whose the spread is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from math import isnan
from pathlib import Path
from typing import Any, Final

from ripeness.charts.render import to_svg
from ripeness.charts.spread import spread_chart
from ripeness.charts.theories import theories_chart
from ripeness.errors import Problem
from ripeness.explore.comparison import Comparison
from ripeness.explore.measures import MEASURES
from ripeness.explore.naming import (
    cell,
    ending_labels,
    meaning_of,
    short,
    side_of,
    told,
    unit_of,
    with_unit,
)
from ripeness.explore.splits import Cut
from ripeness.explore.spread import Component
from ripeness.explore.standing import YES_OR_NO
from ripeness.outcomes.endings import HOLDING, SETTLED
from ripeness.outcomes.store import write_json
from ripeness.outcomes.words import OUT_OF

WIDTH: Final = 96
NAME, CELL, SHARE = 30, 10, 13
"""Widths of a table's first column, of a count of worlds and of a share with its error."""

DATA: Final = "compare.json"


def compared_answer(comparison: Comparison) -> str:
    """Return the comparison as text."""
    rivals = comparison.rivals
    played = "twice" if rivals.plays == 2 else f"{rivals.plays} times"
    opening = (
        f"{rivals.scenario.title}: {rivals.worlds:,} worlds under {len(rivals.theories)} rival "
        f"theories of war ending with the same luck, each played {played}."
    )
    lines = [*_wrapped(opening, 0), "A structured argument, not a forecast."]
    for title, body in (
        ("Where the theories agree", _agreement(comparison)),
        (f"How it ends (of {OUT_OF} worlds)", _endings(comparison)),
        (f"How often two theories bring the same ending (of {OUT_OF} worlds)", _pairs(comparison)),
        ("Where they disagree", _disagreement(comparison)),
        ("What settlement hangs on, where red lines leave something to sign", _cruxes(comparison)),
        ("Where the spread comes from (shares of the variance)", _spread(comparison)),
    ):
        lines += ["", title, *body]
    return "\n".join(line.rstrip() for line in lines)


def write_comparison(folder: Path, comparison: Comparison, result: dict[str, Any]) -> list[Path]:
    """Write the figures and the pictures into a folder and return the files.

    Raises:
        OSError: if the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / DATA, result)
    files = [folder / DATA]
    for chart in (theories_chart(comparison), spread_chart(comparison)):
        if chart.table.rows:
            file = folder / f"{chart.name}.svg"
            file.write_text(to_svg(chart, titled=True), encoding="utf-8")
            files.append(file)
    return files


def not_learnt(comparison: Comparison) -> list[Problem]:
    """Return a warning if a theory that must learn first did not come to rest."""
    learnt = comparison.rivals.learnt
    if learnt.get("converged", True):
        return []
    what = str(learnt.get("message", "")) or "The rules had not come to rest."
    remedy = "Its endings, and its part in the spread, are provisional."
    return [Problem("warning", "expectations", what, remedy)]


def _agreement(comparison: Comparison) -> Iterator[str]:
    agreement, rivals = comparison.agreement, comparison.rivals
    every = "both" if len(rivals.theories) == 2 else f"all {len(rivals.theories)}"
    yield f"  Under {every} the ending is the same in {told(agreement.same, rivals.worlds)}:"
    labelled = zip(ending_labels(rivals.scenario), agreement.on.values(), strict=True)
    ordered = sorted(labelled, key=lambda item: -item[1])
    parts = [f"{name} in {cell(share)}" for name, share in ordered if share > 0.0]
    yield from _wrapped(f"{', '.join(parts) or 'none'} (of {OUT_OF}).", 4)
    alone = sorted(agreement.pairs.diagonal().tolist())
    least, most = cell(alone[0]), cell(alone[-1])
    between = least if least == most else f"{least} to {most}"
    yield from _wrapped(
        f"For comparison: one theory, played again with other luck, brings the same ending in "
        f"{between} of {OUT_OF} worlds."
    )


def _endings(comparison: Comparison) -> Iterator[str]:
    yield from _heads(list(ending_labels(comparison.rivals.scenario)))
    for label, row in zip(comparison.rivals.labels, comparison.agreement.endings, strict=True):
        yield _row(label, [cell(share) for share in row])


def _pairs(comparison: Comparison) -> Iterator[str]:
    labels, pairs = comparison.rivals.labels, comparison.agreement.pairs
    yield _row("", [f"{place})" for place in range(1, len(labels) + 1)])
    for place, label in enumerate(labels):
        row = [cell(share) for share in pairs[place]]
        row[place] = f"[{row[place]}]"
        yield _row(f"{place + 1}) {label}", row)
    yield "  In brackets: the theory with itself, played again with other luck."


def _disagreement(comparison: Comparison) -> Iterator[str]:
    rivals = comparison.rivals
    apart = 1.0 - comparison.agreement.same
    if apart <= 0.0:
        yield "  Nowhere: all endings are the same."
        return
    yield from _wrapped(
        f"In {told(apart, rivals.worlds)}. What by itself tells best where, and in how many they "
        "disagree then (chosen in one half of the worlds, counted in the other):"
    )
    for cut in comparison.cuts:
        yield from _cut(cut, comparison)
    if not comparison.cuts:
        yield "    nothing: no number by itself tells these worlds apart."
    if len(comparison.regions) > 1:
        yield "  Put together:"
        yield from _regions(comparison)


def _regions(comparison: Comparison) -> Iterator[str]:
    rivals = comparison.rivals
    for region in comparison.regions:
        where = ", and ".join(side_of(rivals.scenario, *side) for side in region.sides)
        count = int(region.inside.sum())
        share = told(region.mean, count).removesuffix(" worlds")
        yield from _wrapped(f"in {share}, where {where} ({count:,} worlds)", 4)
        silent = zip(
            rivals.labels,
            comparison.shares_by_theory(region, SETTLED).values(),
            comparison.shares_by_theory(region, HOLDING).values(),
            strict=True,
        )
        row = ", ".join(
            f"{label} {cell(signed)} + {cell(quiet)}" for label, signed, quiet in silent
        )
        yield from _wrapped(f"settled + ceasefire holding: {row}", 6)


def _cruxes(comparison: Comparison) -> Iterator[str]:
    for label, cuts in zip(comparison.rivals.labels, comparison.cruxes.values(), strict=True):
        yield f"  {label}:"
        for cut in cuts:
            yield from _cut(cut, comparison)
        if not cuts:
            yield "    nothing: no number by itself tells which worlds it settles."


def _spread(comparison: Comparison) -> Iterator[str]:
    heads = ("luck", "ranges", "theory", "solver", "in all")
    yield f"  {'':<{NAME}}" + "".join(f"{head:>{SHARE}}" for head in heads)
    first = next(iter(comparison.rivals.scenario.belligerents.values())).label
    for name, spread in comparison.spreads.items():
        measure = MEASURES[name]
        sources = (spread.random, spread.parametric, spread.structural, spread.solver)
        size = f"{short(spread.deviation)} {measure.unit}" if measure.unit else ""
        cells = "".join(f"{each:>{SHARE}}" for each in (*map(_share, sources), size))
        yield f"  {measure.label.format(first=first):<{NAME}}{cells}"
    yield from _wrapped(
        "Luck: what is still open where ranges and theory are known. Ranges: what knowing all numbers "
        "would take away, theories averaged. Theory: what is still open where all numbers are known. "
        "With standard errors; in all: one standard deviation."
    )


def _share(each: Component) -> str:
    """Say a share with its standard error; a dash where there is no spread."""
    if isnan(each.share):
        return "-"
    if each.variance == 0.0 and each.error == 0.0:
        return "0"
    return f"{max(each.share, 0.0):.2f} +- {each.share_error:.2f}".replace("0.", ".")


def _cut(cut: Cut, comparison: Comparison) -> Iterator[str]:
    """Yield what a number is, and in how many worlds something holds on either side of a threshold."""
    scenario, worlds = comparison.rivals.scenario, comparison.rivals.worlds
    yield from _wrapped(meaning_of(scenario, cut.path), 4)
    more, fewer = f"above {with_unit(scenario, cut.path, cut.value)}", "up to it"
    if unit_of(scenario, cut.path) == YES_OR_NO:
        more, fewer = "if so", "if not"
    yield f"      {more}: {told(cut.above, worlds)}; {fewer}: {cell(cut.below)}"


def _heads(heads: list[str]) -> Iterator[str]:
    """Yield the lines of a table's head, each heading broken over several."""
    broken = [textwrap.wrap(head, CELL - 1, break_long_words=False) for head in heads]
    height = max(len(lines) for lines in broken)
    padded = [[""] * (height - len(lines)) + lines for lines in broken]
    for line in zip(*padded, strict=True):
        yield _row("", list(line))


def _row(name: str, cells: list[str]) -> str:
    return f"  {name:<{NAME}}" + "".join(f"{each:>{CELL}}" for each in cells)


def _wrapped(text: str, indent: int = 2) -> list[str]:
    more = indent + 2 if indent else 0
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * more,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
