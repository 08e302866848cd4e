"""What ``ripeness draft`` says."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ripeness.bargaining.strategy import STRATEGIES
from ripeness.charts.reading import listed, month_name
from ripeness.cli.draft_data import best_change, by_theory, helps
from ripeness.explore.story import labels_of
from ripeness.outcomes.words import OUT_OF, of_twenty
from ripeness.types import WEEKS_PER_MONTH

if TYPE_CHECKING:
    from ripeness.explore.draft import Change, DraftJudged
    from ripeness.explore.draft_why import Refusals

WIDTH: Final = 96
NAME, CELL, THEORY = 20, 14, 34
HUNDREDTHS: Final = 100.0
MOST: Final = 3
"""Issues named of those on which a red line is crossed."""

FEW: Final = 3
"""Below so many of twenty, worlds are counted one by one."""

HEADS: Final = ("would sign", "a red line", "nothing yet", "too little")


def worlds_told(count: int, total: int) -> str:
    """Say a count of worlds: out of twenty, or exactly where twenty would hide it."""
    if total > OUT_OF and 0 < count < total and round(OUT_OF * count / total) < FEW:
        return f"{count:,} of {total:,} worlds"
    return of_twenty(count, total)


def all_told(counts: Sequence[int], total: int) -> list[str]:
    """Say several counts of the same worlds in one manner: exactly if one of them must be."""
    told = [worlds_told(count, total) for count in counts]
    plain = all(of_twenty(count, total) == words for count, words in zip(counts, told, strict=True))
    return told if plain else [f"{count:,} of {total:,} worlds" for count in counts]


def headline(found: DraftJudged) -> str:
    """Say the finding in one sentence."""
    both, kept, total = int(found.both.sum()), int(found.kept.sum()), found.standpoint.count
    if not both:
        where = f"In none of {total:,} worlds" if total > 1 else "Not in the one world there is"
        return f"{where} would both sides sign this draft."
    holds = "it is kept for five years in " + (
        "that one." if both == kept == 1 else f"{_of_them(kept, both)}."
    )
    return f"Both sides would sign in {worlds_told(both, total)}; {holds}"


def _of_them(count: int, total: int) -> str:
    if count == total:
        return f"all {total:,} of them" if total > 1 else "it"
    return f"{count:,} of them" if count else "none of them"


def answer_of(found: DraftJudged) -> str:
    """Return the findings as text."""
    draft, count = found.draft, found.standpoint.count
    worlds = f"{count:,} worlds" if count != 1 else "1 world"
    name = f'{draft.scenario.title}: the draft "{draft.title}"'
    opening = f"{name}, signed in {month_name(draft.signed)}, in {worlds}."
    lines = [
        *_wrapped(opening, 0),
        *_wrapped(not_open(found), 0),
        "A structured argument, not a forecast.",
    ]
    lines += ["", *_wrapped(headline(found), 0)]
    sections = (
        ("Who would sign, and why not (worlds)", _signing(found)),
        ("What becomes of it (played for five years from the signature)", _fate(found)),
        ("The single change of one level that helps most (played)", _changes(found)),
        ("Where it stands among all packages", _frontier(found)),
        ("If one theory is right (worlds)", _theories(found)),
    )
    for title, body in sections:
        told = list(body)
        lines += ["", title, *told] if told else []
    return "\n".join(line.rstrip() for line in lines)


def not_open(found: DraftJudged) -> str:
    """Say in which worlds nothing can be signed on the day; nothing if there are none."""
    gone = {why: count for why, count in found.standpoint.gone.items() if count}
    if not gone:
        return ""
    told = listed([f"{count:,} {GONE[why]}" for why, count in gone.items()])
    return f"Of {found.standpoint.drawn:,} worlds drawn, {told} by then and are left out."


GONE: Final = {
    "ended": "have ended", "settled": "have settled", "awaiting ratification": "have signed something else",
}  # fmt: skip


def reasons(found: DraftJudged) -> list[tuple[int, int, int, int]]:
    """Return worlds by first reason, per side: signs, too little, nothing yet, a red line."""
    total = found.standpoint.count
    return [
        (
            total - int(each.refuses.sum()),
            *(int(rows.sum()) for rows in (each.too_little, each.nothing, each.red_line)),
        )
        for each in found.refusals
    ]  # type: ignore[return-value]


def _signing(found: DraftJudged) -> Iterator[str]:
    yield _row("", HEADS)
    sides = labels_of(found.draft.scenario)
    for name, (signs, little, nothing, red) in zip(sides, reasons(found), strict=True):
        yield _row(name, [f"{each:,}" for each in (signs, red, nothing, little)])
    for name, each in zip(sides, found.refusals, strict=True):
        yield from _wrapped(why(found, name, each))
    signs = found.judged.signs[:, 0]
    alone = [
        f"{name} alone in {int((~signs[k] & signs[1 - k]).sum()):,}" for k, name in enumerate(sides)
    ]
    neither = int((~signs).all(axis=0).sum())
    yield from _wrapped(f"Who vetoes: {listed(alone)}; neither would sign in {neither:,}.")


def why(found: DraftJudged, name: str, each: Refusals) -> str:
    """Say on which issues a side's red lines lie, and what costs it most where there are none."""
    if not each.refuses.any():
        return f"{name} would sign in every world."
    told = []
    lines = list(each.by_red_line().items())
    if lines:
        named = [f"{_given(found, issue)} ({count:,})" for issue, count in lines[:MOST]]
        more = f", and {len(lines) - MOST} more" if len(lines) > MOST else ""
        told.append(f"red lines on {listed(named)}{more}")
    for issue, count in list(each.by_cost().items())[:1]:
        short = HUNDREDTHS * float(np.median(each.lack[each.too_little]))
        told.append(
            f"where it gives too little, {_given(found, issue)} costs it most in {count:,} of "
            f"{int(each.too_little.sum()):,}; it falls short by {short:.0f} hundredths of the stakes"
        )
    return f"{name}: {'; '.join(told)}." if told else f"{name} would sign nothing yet."


def _given(found: DraftJudged, issue: str) -> str:
    """Name an issue and what the draft says of it."""
    place = found.standpoint.packages.issues.index(issue)
    return level_label(found, place, found.package.level[place])


def level_label(found: DraftJudged, issue: int, level: int) -> str:
    """Name an issue and one of its levels."""
    entry = found.draft.scenario.issues[found.standpoint.packages.issues[issue]]
    return f"{entry.label}: {list(entry.levels.values())[level].label}"


def _fate(found: DraftJudged) -> Iterator[str]:
    yield from _wrapped(in_force(found))
    both = int(found.both.sum())
    if both:
        yield from _wrapped(f"Where both would sign it, {told_fate(found, found.both)}.")
    everywhere = np.ones_like(found.both)
    yield from _wrapped(
        f"Were it signed in every world all the same, {told_fate(found, everywhere)}. Sides bound to what "
        "they would not have signed soon look for a way out."
    )


def in_force(found: DraftJudged) -> str:
    """Say when the draft can be in force, and for which votes it waits."""
    start, signed = found.draft.scenario.start, found.draft.month

    def month(share: float) -> str:
        months = signed + int(np.quantile(found.months, share, method="higher"))
        return month_name(start + timedelta(weeks=WEEKS_PER_MONTH * months))

    first, half = month(0.0), month(0.5)
    later = "" if first == half else f", in half of the worlds by {half}"
    waits = f" It must pass: {listed(list(found.votes))}." if found.votes else ""
    return f"It can be in force in {first} at the earliest{later}.{waits}"


def told_fate(found: DraftJudged, members: np.ndarray) -> str:
    """Say what becomes of the draft among some worlds."""
    fate, sides = found.fates(members), labels_of(found.draft.scenario)
    total = fate["signed"]
    rows = [(fate["failed_at_home"], "it fails at home")]
    for key, words in (
        ("war_resumed_before_ratification_by", "{} resumes the war before it is ratified"),
        ("broken_by", "{} breaks it"),
    ):
        rows += [(n, words.format(name)) for n, name in zip(fate[key].values(), sides, strict=True)]
    rows.append((fate["war_ended_otherwise"], "a side collapses or the war leaves the model"))
    parts = [f"{words} in {count:,}" for count, words in rows if count]
    kept = f"it is ratified and kept in {fate['kept']:,} of {total:,}"
    return f"{kept}; {listed(parts)}" if parts else kept


def _changes(found: DraftJudged) -> Iterator[str]:
    for what, words in (("both", "To be signed"), ("kept", "To be signed and kept")):
        yield from _wrapped(
            f"{words}: {told_change(found, best_change(found.changes, what), what)}."
        )


def told_change(found: DraftJudged, change: Change | None, what: str) -> str:
    """Say which single change helps most, and how much."""
    if change is None or not helps(found, change, what):
        return "no change of a single level helps"
    both, kept = int(found.both.sum()), int(found.kept.sum())
    label = level_label(found, change.issue, change.level)
    now = list(
        found.draft.scenario.issues[found.standpoint.packages.issues[change.issue]].levels.values()
    )
    instead = now[found.package.level[change.issue]].label
    return (
        f"{label}, instead of {instead}. Both then sign in {change.both:,} worlds, not {both:,}, and it is "
        f"kept in {change.kept:,}, not {kept:,}"
    )


def _frontier(found: DraftJudged) -> Iterator[str]:
    for text in frontier_told(found):
        yield from _wrapped(text)


def frontier_told(found: DraftJudged) -> Iterator[str]:
    """Say where the draft stands among all packages, and what of it is estimated."""
    space, open_ = found.space, ~found.crossed
    total = found.standpoint.count
    signed = int((space.both > 0).sum())
    yield (
        f"Of all {int(space.free.sum()):,} packages, {signed:,} would be signed by both in some world; "
        f"in {worlds_told(int(space.agree.sum()), total)} there is a package that both would sign."
    )
    if open_.any():
        left = HUNDREDTHS * float(space.left[open_].mean())
        efficient = f"{int(found.efficient.sum()):,}" if found.efficient.any() else "none"
        yield (
            f"No red line is crossed in {int(open_.sum()):,} worlds; in {efficient} of them the draft is "
            "efficient, no package being better for both. In the mean of them each side could have "
            f"{left:.1f} hundredths of the stakes more."
        )
    else:
        yield "In every world a red line of one side or the other is crossed."
    if found.best is not None:
        terms = listed(
            [level_label(found, k, level) for k, level in differing(found, found.best.package)]
        )
        yield (
            f"The best compromise is signed by both in {found.best.both:,} and kept in {found.best.kept:,} "
            f"worlds (played). It differs from the draft in {terms or 'nothing'}."
        )
    if found.hold is not None:
        yield hold_told(found)


def hold_told(found: DraftJudged) -> str:
    """Say how holding was estimated, and how well."""
    hold = found.hold
    assert hold is not None
    said = (
        "Signing is worked out for every package. Keeping is played for the draft, its neighbours and the best "
        f"compromise; for the others it is estimated from {hold.packages:,} packages played in {hold.pairs:,} "
        "pairs of a package and a world."
    )
    if not np.isfinite(hold.error):
        return f"{said} They are too few to say how good the estimate is."
    error, noise, dumb = (OUT_OF * each for each in (hold.error, hold.noise, hold.dumb))
    return (
        f"{said} In packages left out of the fit it errs by {error:.1f} of {OUT_OF} worlds; luck alone would "
        f"make {noise:.1f}, saying the same of all packages {dumb:.1f}."
    )


def differing(found: DraftJudged, package: Sequence[int]) -> list[tuple[int, int]]:
    """Return the issues at which a package differs from the draft, and its levels there."""
    return [(k, int(level)) for k, level in enumerate(package) if level != found.package.level[k]]


def _theories(found: DraftJudged) -> Iterator[str]:
    rows = by_theory(found)
    if len(rows) < 2:
        return
    sides = labels_of(found.draft.scenario)
    heads = ["worlds", *(name[: CELL - 3] for name in sides), "both sign", "kept"]
    yield f"  {'':<{THEORY}}" + "".join(f"{head:>{CELL - 2}}" for head in heads)
    for name, row in rows.items():
        cells = [row["worlds"], *row["signs"].values(), row["both_sign"], row["kept"]]
        yield f"  {STRATEGIES[name].label:<{THEORY}}" + "".join(
            f"{each:>{CELL - 2},}" for each in cells
        )


def _row(name: str, cells: Sequence[Any]) -> str:
    return f"  {name[: NAME - 1]:<{NAME}}" + "".join(f"{each:>{CELL}}" for each in cells)


def _wrapped(text: str, indent: int = 2) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
