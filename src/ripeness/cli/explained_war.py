"""Why there is no deal and who would gain from delay: findings, as text, as data, as a page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from ripeness.brief.explained import Explanation, Section
from ripeness.charts.delay import delay_chart
from ripeness.charts.foresight import foresight_chart
from ripeness.charts.frictions import gap_chart, months_chart
from ripeness.explore.decompose import STATISTICS, Decomposition, Estimate, Split
from ripeness.explore.delay import Delay
from ripeness.explore.foresight import Foresight
from ripeness.explore.frictions import FRICTIONS
from ripeness.explore.replay import days_of
from ripeness.explore.story import labels_of
from ripeness.outcomes.words import of_twenty
from ripeness.scenario.model import Scenario
from ripeness.worlds.draw import Worlds

WIDTH: Final = 96
LABELS: Final = {name: friction.label for name, friction in FRICTIONS.items()}
BY_GAP: Final = ("gap", "gap_later")
"""Statistics that are told over the worlds in which a gap can be measured."""


@dataclass(frozen=True)
class Findings:
    """What was found out about a war.

    Attributes:
        scenario: the war.
        worlds: the ensemble.
        split: statistics with every set of frictions removed.
        delay: what delay brings each side.
        foresight: expected and true ends.
    """

    scenario: Scenario
    worlds: Worlds
    split: Decomposition
    delay: Delay
    foresight: Foresight

    @property
    def sides(self) -> tuple[str, str]:
        """What the sides are called."""
        return labels_of(self.scenario)

    def theories(self) -> dict[str, np.ndarray]:
        """Return the theories that hold in some world, and in which."""
        masks = {
            name: self.worlds.theory == place
            for place, name in enumerate(self.worlds.names.theories)
        }
        return {name: mask for name, mask in masks.items() if mask.any()}

    def splits(self, among: np.ndarray) -> dict[str, Any]:
        """Return all statistics over some worlds, split, as JSON has them."""
        reach = self.split.within_reach() & among
        found = {}
        for name, statistic in STATISTICS.items():
            members = reach if name in BY_GAP else among
            if members.any():
                split = self.split.split(name, members)
                found[name] = {
                    **statistic._asdict(), "worlds": int(members.sum()), **split.as_mapping()
                }  # fmt: skip
        return found

    def as_mapping(self) -> dict[str, Any]:
        """Return the findings as JSON has them."""
        ids = self.worlds.names.sides
        return {
            "scenario": self.scenario.name,
            "worlds": self.worlds.count,
            "seed": self.worlds.seed,
            "levers": dict(self.scenario.lever_values),
            "frictions": {
                name: {"label": each.label, "removed": each.removed}
                for name, each in FRICTIONS.items()
            },
            "statistics": self.splits(np.ones(self.worlds.count, dtype=bool)),
            "by_theory": {
                name: {"worlds": int(mask.sum()), "statistics": self.splits(mask)}
                for name, mask in self.theories().items()
            },
            "delay": {
                side: [self.delay.told(place, months) for months in self.delay.months]
                for place, side in enumerate(ids)
            },
            "expected_end": {side: self.foresight.told(place) for place, side in enumerate(ids)},
        }


def findings(
    scenario: Scenario, worlds: Worlds, split: Decomposition, delay: Delay, foresight: Foresight
) -> Findings:
    """Return what was found out."""
    return Findings(scenario, worlds, split, delay, foresight)


def page_of(found: Findings, command: str) -> Explanation:
    """Return the page of the findings."""
    days = days_of(found.scenario, found.delay.gain.shape[1])
    months, gap = months_chart(found.split, LABELS), gap_chart(found.split, LABELS)
    delay = delay_chart(found.delay, days, found.sides)
    ends = foresight_chart(found.foresight, days, found.sides)
    theories = ", ".join(name.replace("_", " ") for name in found.theories())
    sections = (
        Section("What stands between the sides", tuple(_definitions()), _drawn(months, gap)),
        Section("If one theory is right", tuple(_by_theory(found))),
        Section("Who would gain from delay", tuple(_no_delay(found)), _drawn(delay)),
        Section("What each side expects, and what comes", (), _drawn(ends)),
    )
    return Explanation(
        title=f"{found.scenario.title}: why there is no deal",
        facts=f"{found.worlds.count:,} worlds, seed {found.worlds.seed}. Theories of ending: {theories}.",
        answer=f"{months.title}.",
        sections=tuple(each for each in sections if each.paragraphs or each.charts),
        reproduce=command,
    )


def _drawn(*charts: Any) -> tuple[Any, ...]:
    return tuple(chart for chart in charts if chart is not None)


def _definitions() -> Iterator[str]:
    told = "; ".join(f"without {_lower(each.label)}, {each.removed}" for each in FRICTIONS.values())
    yield f"{told[:1].upper()}{told[1:]}."


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _by_theory(found: Findings) -> Iterator[str]:
    theories = found.theories()
    if len(theories) < 2:
        return
    for name, mask in theories.items():
        part = Decomposition(
            found.split.frictions, {key: rows[:, mask] for key, rows in found.split.values.items()}
        )
        finding = months_chart(part, LABELS).title
        yield f"{name.replace('_', ' ').capitalize()} ({int(mask.sum()):,} worlds): {finding}."


def _no_delay(found: Findings) -> Iterator[str]:
    missing = int(np.isnan(found.delay.gain[:, 0]).any(axis=1).sum())
    if missing:
        yield (
            f"In {of_twenty(missing, found.worlds.count)} nothing can be compared: every package crosses a "
            "red line, or a side would sign nothing."
        )


def answer(found: Findings, place: Path) -> str:
    """Return the findings as text."""
    page = page_of(found, "")
    lines = [page.title, *_wrapped(page.facts, 0), "A structured argument, not a forecast."]
    months, reach = found.split.split("months_of_war"), found.split.within_reach()
    lines += ["", "Months of war until a first settlement or another end (mean of all worlds)"]
    lines += _rows(months, 1.0)
    lines += _wrapped(months_chart(found.split, LABELS).sentence)
    if reach.any():
        words = of_twenty(int(reach.sum()), found.worlds.count)
        lines += [
            "",
            f"Gap at the start, hundredths of the stakes (mean of {words}, where there is one)",
        ]
        lines += _rows(found.split.split("gap", reach), 100.0)
    lines += ["", *_wrapped(_with_all_removed(found))]
    for section in page.sections[1:]:
        lines += ["", section.heading]
        for text in (
            *section.paragraphs,
            *(t for c in section.charts for t in (f"{c.title}.", c.sentence)),
        ):
            lines += _wrapped(text)
    return "\n".join([*lines, "", f"Page: {place}"])


def _with_all_removed(found: Findings) -> str:
    """Say how the worlds end without any friction, beside how they do with all of them."""

    def told(name: str, which: int) -> str:
        return of_twenty(int(found.split.values[name][which].sum()), found.worlds.count)

    return (
        f"With all removed a settlement comes into force in {told('settled', -1)} (as it is: "
        f"{told('settled', 0)}), one side wins in {told('won', -1)} ({told('won', 0)}), and no zone of "
        f"agreement ever opens in {told('never_open', -1)} ({told('never_open', 0)})."
    )


def _rows(split: Split, scale: float) -> Iterator[str]:
    yield f"  {'':<30}{'share':>8}{'+/-':>7}{'removed alone (no share)':>28}"
    yield _row("As it is", split.base, scale)
    for name, share in split.shares.items():
        yield f"{_row(LABELS[name], share, scale)}{scale * split.alone[name].mean:>28.1f}"
    yield _row("Left with all removed", split.residual, scale)


def _row(label: str, estimate: Estimate, scale: float) -> str:
    error = 2.0 * scale * estimate.error
    told = f"{error:.1f}" if np.isfinite(error) else "?"
    return f"  {label:<30}{scale * estimate.mean:>8.1f}{told:>7}"


def _wrapped(text: str, indent: int = 2) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
