"""Where the spread of each outcome comes from: luck, ranges, which theory, the solver."""

from __future__ import annotations

from typing import Final

from ripeness.charts.chart import Chart, table_of
from ripeness.charts.reading import rounded
from ripeness.charts.stacked import Columns, stacked_bars
from ripeness.charts.style import GREY, ORANGE, PURPLE, SKY
from ripeness.explore.comparison import Comparison
from ripeness.explore.measures import MEASURES
from ripeness.explore.spread import SOURCES, Spread

WORDS: Final = {
    "random": "luck",
    "parametric": "ranges",
    "structural": "which theory",
    "solver": "solver",
}
"""What each source is called in the picture."""

COLOURS: Final = {"random": GREY, "parametric": SKY, "structural": ORANGE, "solver": PURPLE}

OUTCOME, SOURCE, SHARE, ERROR, FIGURE = "outcome", "source", "share", "standard error", "in short"


def spread_chart(comparison: Comparison) -> Chart:
    """Draw the shares of the spread of each outcome; outcomes without any spread are left out."""
    rivals = comparison.rivals
    first = next(iter(rivals.scenario.belligerents.values())).label
    open_ = {name: each for name, each in comparison.spreads.items() if each.variance > 0.0}
    used = [key for key in SOURCES if any(_share(each, key) > 0.0 for each in open_.values())]
    rows = [
        (
            MEASURES[name].label.format(first=first), WORDS[key], rounded(_share(spread, key)),
            rounded(getattr(spread, key).share_error), f"{_share(spread, key):.2f}",
        )
        for name, spread in open_.items()
        for key in used
    ]  # fmt: skip
    columns = (OUTCOME, SOURCE, SHARE, ERROR, FIGURE)
    table = table_of({name: [row[place] for row in rows] for place, name in enumerate(columns)})
    return Chart(
        name="spread",
        title=_title(comparison.spreads),
        sentence=_sentence(open_, first),
        spec=stacked_bars(
            table,
            Columns(OUTCOME, SOURCE, SHARE, FIGURE),
            {WORDS[key]: COLOURS[key] for key in used},
            {"title": "share of the variance", "values": [0, 0.25, 0.5, 0.75, 1], "format": ".2f"},
            1.0,
        ),
        table=table,
        alt="Stacked bars: shares of luck, ranges and theories in the spread of each outcome",
        method=f"Law of total variance over the same {rivals.worlds:,} worlds under "
        f"{len(rivals.theories)} theories, each played {rivals.plays} times with different luck. "
        "Theory: what is still open where all ranges are known.",
    )


def _share(spread: Spread, key: str) -> float:
    """Return a share as it is drawn: an estimate just below zero is drawn as zero."""
    return max(getattr(spread, key).share, 0.0)


def _title(spreads: dict[str, Spread]) -> str:
    spread = spreads["ending"]
    if spread.variance <= 0.0:
        return "All worlds end alike: there is no spread to divide"
    told = sorted(((_share(spread, key), WORDS[key]) for key in SOURCES), reverse=True)
    most, *others = [f"{word} {share:.2f}" for share, word in told if share > 0.0]
    return f"How a world ends: {most} of the spread" + "".join(f", {other}" for other in others)


def _sentence(open_: dict[str, Spread], first: str) -> str:
    if not open_:
        return "No outcome differs between worlds, plays or theories."
    by_theory = sorted(open_.items(), key=lambda item: -_share(item[1], "structural"))
    (most, high), (least, low) = by_theory[0], by_theory[-1]
    return (
        f"Which theory holds matters most for {MEASURES[most].label.format(first=first)} "
        f"({_share(high, 'structural'):.2f} of the spread) and least for "
        f"{MEASURES[least].label.format(first=first)} ({_share(low, 'structural'):.2f})."
    )
