"""The page of a judged draft: the pictures, the reasons and what would help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from ripeness.brief.explained import Explanation, Section
from ripeness.charts.draft import BEST, CHANGED, DRAFT, EDGE, Marked, draft_chart, edge_of
from ripeness.charts.draft_sides import sides_chart
from ripeness.charts.reading import listed, month_name
from ripeness.cli.draft_data import best_change, helps
from ripeness.cli.draft_text import (
    all_told,
    differing,
    frontier_told,
    headline,
    level_label,
    not_open,
    reasons,
    told_change,
    told_fate,
    why,
)
from ripeness.explore.story import labels_of
from ripeness.outcomes.words import OUT_OF

if TYPE_CHECKING:
    from ripeness.charts.chart import Chart
    from ripeness.explore.draft import DraftJudged

MOST_CHANGES: Final = 12
"""Single changes that the page lists, best first."""

MOST_ON_EDGE: Final = 24
"""Packages on the edge that are marked and in the table."""


def page_of(found: DraftJudged, command: str) -> Explanation:
    """Return the page."""
    draft, count = found.draft, found.standpoint.count
    facts = f"{draft.scenario.title}. Signed in {month_name(draft.signed)}; {count:,} worlds. {not_open(found)}"
    return Explanation(
        title=f"Draft treaty: {draft.title}",
        facts=facts.strip(),
        answer=headline(found),
        sections=(
            Section("The draft", entries=tuple(_terms(found))),
            _signing(found),
            Section("What becomes of it", tuple(_fate(found))),
            _help(found),
            _all_packages(found),
            Section("What this is, and what it is not", LIMITS),
        ),
        reproduce=command,
    )


LIMITS: Final = (
    "A side signs in a world if, by the theory of war ending that holds there, the package is worth to it at "
    "least what it would sign for, and none of its red lines is crossed. Whether it is ratified and kept is "
    "played by the war's own rules: each side breaks it when it expects more from that.",
    "A term that comes later counts as it stands without a deal until then, discounted at each side's own "
    "rate.",
    "Nothing is said of how the sides come to this draft: whether anybody offers it, or in what words.",
)


def _terms(found: DraftJudged) -> Iterator[tuple[str, str]]:
    """Yield what the draft says of each issue, and when."""
    for place, level in enumerate(found.package.level):
        months = found.package.after[place]
        later = f", from {months} months after the signature" if months else ""
        name = found.standpoint.packages.issues[place]
        issue = found.draft.scenario.issues[name]
        unsaid = "" if name in found.draft.named else " (not in the draft: as without a deal)"
        yield issue.label, f"{list(issue.levels.values())[level].label}{later}{unsaid}"


def _signing(found: DraftJudged) -> Section:
    sides = labels_of(found.draft.scenario)
    told = [why(found, name, each) for name, each in zip(sides, found.refusals, strict=True)]
    return Section("Who would sign, and who vetoes", tuple(told), (_sides_chart(found),))


def _sides_chart(found: DraftJudged) -> Chart:
    sides, counts = labels_of(found.draft.scenario), reasons(found)
    total = found.standpoint.count
    told = all_told([row[0] for row in counts], total)
    title = "; ".join(
        f"{name} would sign in {words}" for name, words in zip(sides, told, strict=True)
    )
    signs = found.judged.signs[:, 0]
    sentence = listed(
        [
            f"{name} alone vetoes it in {int((~signs[k] & signs[1 - k]).sum()):,} worlds"
            for k, name in enumerate(sides)
        ]
    )
    return sides_chart(sides, counts, title, f"{sentence}.")


def _fate(found: DraftJudged) -> Iterator[str]:
    if found.both.any():
        yield f"Where both would sign it, {told_fate(found, found.both)}."
    yield f"Were it signed in every world all the same, {told_fate(found, np.ones_like(found.both))}."


def _help(found: DraftJudged) -> Section:
    paragraphs = [
        f"{words}: {told_change(found, best_change(found.changes, what), what)}."
        for what, words in (("both", "To be signed"), ("kept", "To be signed and kept"))
    ]
    order = sorted(found.changes, key=lambda change: (-change.kept, -change.both))[:MOST_CHANGES]
    entries = tuple(
        (
            level_label(found, change.issue, change.level),
            f"Both sign in {change.both:,} worlds; signed and kept in {change.kept:,}",
        )
        for change in order
    )
    return Section("What would help: one level changed", tuple(paragraphs), entries=entries)


def _all_packages(found: DraftJudged) -> Section:
    chart = space_chart(found)
    return Section(
        "Signing against holding: all packages",
        tuple(frontier_told(found)),
        (chart,) if chart else (),
    )


def space_chart(found: DraftJudged) -> Chart | None:
    """Return the picture of all packages, the draft and the best compromise marked."""
    both, kept = int(found.both.sum()), int(found.kept.sum())
    total = found.standpoint.count
    if found.best is None:
        return None
    draft, best = all_told([kept, found.best.kept], total)
    title = f"The draft is signed and kept in {draft}, the best compromise in {best}"
    sentence = f"{_trade(found)} The draft is signed in {both:,} of {total:,} worlds."
    free = found.space.free
    return draft_chart(
        found.space.both[free], found.space.kept[free], list(_marked(found)), total, title, sentence
    )


def _trade(found: DraftJudged) -> str:
    """Say what is given up between the package most often signed and the one that holds best."""
    space, often = found.space, max(FEWEST, found.standpoint.count // LEAST_SIGNED)
    edge = [k for k in _edge(found) if space.both[k] >= often]
    if len(edge) < 2:
        return "No package that many worlds sign is kept better than the one that most worlds sign."
    first, last = (
        f"{round(OUT_OF * float(space.kept[k]) / int(space.both[k]))} of {OUT_OF}"
        for k in (edge[0], edge[-1])
    )
    return (
        f"The package that most worlds sign ({int(space.both[edge[0]]):,}) is kept in {first} of them; of "
        f"those signed in at least {often:,}, the one that is kept best in {last} (estimated)."
    )


FEWEST, LEAST_SIGNED = 3, 100
"""A package is told of where it is signed in so many worlds, and in one of a hundred at least."""


def _edge(found: DraftJudged) -> np.ndarray:
    return edge_of(found.space.both, found.space.kept)


def _marked(found: DraftJudged) -> Iterator[Marked]:
    space = found.space
    yield Marked(DRAFT, "", int(found.both.sum()), float(found.kept.sum()), True)
    if found.best is not None:
        yield Marked(
            BEST, _named(found, found.best.package), found.best.both, float(found.best.kept), True
        )
    change = best_change(found.changes, "kept")
    if change is not None and helps(found, change, "kept"):
        terms = level_label(found, change.issue, change.level)
        yield Marked(CHANGED, terms, change.both, float(change.kept), True)
    edge = _edge(found)
    for place in edge[
        np.unique(np.linspace(0, len(edge) - 1, min(len(edge), MOST_ON_EDGE)).astype(int))
    ]:
        yield Marked(
            EDGE,
            _named(found, space.package[place]),
            int(space.both[place]),
            float(space.kept[place]),
            False,
        )


def _named(found: DraftJudged, package: np.ndarray | tuple[int, ...]) -> str:
    return "; ".join(level_label(found, k, level) for k, level in differing(found, tuple(package)))
