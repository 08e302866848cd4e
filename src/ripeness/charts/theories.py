"""How the same worlds end under rival theories: a bar per theory, a part per ending."""

from __future__ import annotations

from typing import Final

from ripeness.charts.chart import Chart, table_of
from ripeness.charts.reading import listed, rounded
from ripeness.charts.stacked import Columns, stacked_bars
from ripeness.charts.style import (
    BLUE,
    GREEN,
    GREY,
    PURPLE,
    SKY,
    VERMILLION,
    of_twenty_axis,
)
from ripeness.explore.comparison import Comparison
from ripeness.explore.naming import cell, ending_labels, told
from ripeness.outcomes.endings import SETTLED
from ripeness.outcomes.words import OUT_OF

COLOURS: Final = (GREEN, SKY, GREY, VERMILLION, BLUE, PURPLE)
"""Of the endings, in the order of their codes; as in the chart of endings over time."""

THEORY, ENDING, WORLDS, OF_TWENTY = "theory", "ending", "worlds", "of 20"


def theories_chart(comparison: Comparison) -> Chart:
    """Draw the endings of the same worlds under each theory."""
    rivals, shares = comparison.rivals, comparison.agreement.endings
    endings = ending_labels(rivals.scenario)
    rows = [
        (label, ending, rounded(float(share) * rivals.worlds), cell(float(share)))
        for label, row in zip(rivals.labels, shares, strict=True)
        for ending, share in zip(endings, row, strict=True)
    ]
    columns = (THEORY, ENDING, WORLDS, OF_TWENTY)
    table = table_of({name: [row[place] for row in rows] for place, name in enumerate(columns)})
    settled = {
        label: told(float(row[SETTLED]), rivals.worlds)
        for label, row in zip(rivals.labels, shares, strict=True)
    }
    return Chart(
        name="theories",
        title=_title(comparison),
        sentence="Settled: "
        + listed([f"in {words} under {label.lower()}" for label, words in settled.items()])
        + ".",
        spec=stacked_bars(
            table,
            Columns(*columns),
            dict(zip(endings, COLOURS, strict=True)),
            of_twenty_axis(rivals.worlds, "worlds"),
            rivals.worlds,
        ),
        table=table,
        alt="Stacked bars: for each theory of war ending, how many of the same worlds end in each way",
        method=f"The same {rivals.worlds:,} worlds with the same luck under each theory; means of "
        f"{rivals.plays} plays with different luck. Figures in the bars: of {OUT_OF} worlds.",
    )


def _title(comparison: Comparison) -> str:
    rivals, agreement = comparison.rivals, comparison.agreement
    every = "Both" if len(rivals.theories) == 2 else f"All {len(rivals.theories)}"
    settled = sorted(agreement.endings[:, SETTLED].tolist())
    least, most = (told(share, rivals.worlds) for share in (settled[0], settled[-1]))
    return (
        f"{every} theories bring the same ending in {told(agreement.same, rivals.worlds)}; "
        f"by theory, {least} to {most} settle".replace(" of 20 worlds to ", " to ")
    )
