"""The benchmark table: what the literature or the sheet says, and what our models give."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from ripeness.classics.rows import BENCHMARKS


@dataclass(frozen=True, slots=True)
class Row:
    """One compared number.

    Attributes:
        id: of the row on the benchmark sheet, such as ``B02``; several numbers share one.
        what: model, case and quantity. Verdicts are numbers: 1 yes (war), 0 no (peace).
        origin: ``published``: the formula or the number is in the source; ``derived``: a special
            case worked out independently on the benchmark sheet.
        source: author, year, place.
        expected: the published or derived number.
        ours: what our model gives.
        difference: ours less expected.
        tolerance: largest difference allowed: half a unit of the last digit printed, as a rule.
        ok: the difference is within the tolerance.
    """

    id: str
    what: str
    origin: Literal["published", "derived"]
    source: str
    expected: float
    ours: float
    difference: float
    tolerance: float
    ok: bool


def benchmark_table() -> list[Row]:
    """Solve every benchmark and compare.

    Returns:
        One row per number, in the sheet's order. A model that gives NaN is not ok.
    """
    table = []
    for benchmark in BENCHMARKS:
        ours = float(benchmark.solve())
        difference = ours - benchmark.expected
        table.append(
            Row(
                id=benchmark.id,
                what=benchmark.what,
                origin=benchmark.origin,
                source=benchmark.source,
                expected=float(benchmark.expected),
                ours=ours,
                difference=difference,
                tolerance=benchmark.tolerance,
                ok=math.isfinite(difference) and abs(difference) <= benchmark.tolerance,
            )
        )
    return table
