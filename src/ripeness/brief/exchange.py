"""What each issue is worth, as the brief's table tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SIGNIFICANT = 2
"""Digits shown: ranges of assumed weights are no better known."""


@dataclass(frozen=True, slots=True)
class RateRow:
    """What an issue is worth to a side, in words: median (16 of 20 worlds)."""

    issue: str
    side: str
    change: str
    months: str
    ground: str


def rates_table(manifest: Mapping[str, Any]) -> list[RateRow]:
    """Return the exchange rates of a run; empty if it has none (older runs)."""
    return [
        RateRow(
            str(rate["issue"]), str(rate["side"]), f"{rate['worst']} → {rate['best']}",
            _range(rate["months"]), _range(rate["ground"]),
        )
        for rate in manifest.get("exchange_rates") or ()
    ]  # fmt: skip


def _range(values: Sequence[float]) -> str:
    low, middle, high = (f"{_rounded(value):,}" for value in values)
    return f"{middle} ({low} to {high})"


def _rounded(value: float) -> int:
    return int(float(f"{value:.{SIGNIFICANT}g}"))
