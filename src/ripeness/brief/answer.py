"""The answer of a run in one sentence and one table."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import xarray as xr

from ripeness.charts.reading import (
    days_of,
    ending_counts,
    ending_names,
    listed,
    month_name,
    side_names,
    worlds_of,
)
from ripeness.charts.survival import worlds_by_theory
from ripeness.outcomes.words import of_twenty

MEANINGS: Final = {
    "settled": "a settlement is in force when the run stops",
    "ceasefire holding": "the guns are silent when the run stops, but nothing is settled",
    "frozen at horizon": "the war still goes on when the run stops",
    "beyond the model": "the war spread or the gravest weapons were used; "
    "the model stops there and does not say what follows",
}


def one_sentence(data: xr.Dataset) -> str:
    """Say how the worlds end."""
    counts, worlds = ending_counts(data), worlds_of(data)
    won = sum(number for name, number in counts.items() if name.startswith("victory"))
    parts = [
        ("settled in", counts.get("settled", 0)),
        ("halted by a ceasefire in", counts.get("ceasefire holding", 0)),
        ("won outright by one side in", won),
        ("out of the model's reach in", counts.get("beyond the model", 0)),
        ("still being fought in", counts.get("frozen at horizon", 0)),
    ]
    told = [f"{words} {of_twenty(number, worlds)}" for words, number in parts if number]
    sides = listed(side_names(data))
    return f"By {month_name(days_of(data)[-1])} the war of {sides} is {listed(told)}."


def endings_table(data: xr.Dataset) -> dict[str, Any]:
    """Return the endings with counts, over all worlds and under each theory of ending."""
    worlds, names = worlds_of(data), ending_names(data)
    theories = worlds_by_theory(data)
    index = data["ending"].values.astype(int)
    rows = []
    for place, (name, count) in enumerate(ending_counts(data).items()):
        split = [
            of_twenty(int(((index == place) & member).sum()), int(member.sum()))
            for member in theories.values()
        ]
        rows.append(
            {
                "name": name,
                "meaning": MEANINGS.get(name, "the other side has collapsed or given up"),
                "told": of_twenty(count, worlds),
                "count": count,
                "by_theory": split if len(theories) > 1 else [],
            }
        )
    assert len(rows) == len(names)
    total = int(np.isin(index, range(len(names))).sum())
    return {
        "rows": rows,
        "theories": list(theories) if len(theories) > 1 else [],
        "total": total,
    }
