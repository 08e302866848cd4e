"""Words that a scenario may use although they belong to rooms above this one.

Contract tests of those rooms hold the two lists together.
"""

from __future__ import annotations

from typing import Final

THEORIES: Final = (
    "expectations",
    "hurting_stalemate",
    "converging_expectations",
    "unequal_priors",
    "exhaustion",
)
"""Rival theories of ending: files in ``ripeness.bargaining.strategies``."""

EVENT_TARGETS: Final = ("patrons.NAME.willingness", "belligerents.NAME.support", "tension")
"""What a dated event can change: read by ``ripeness.war.processes.calendar``."""

MEASURES: Final = {
    "casualties_per_week": "soldiers per week",
    "area_change_per_week": "km2 per week",
}
"""Units of what can be recorded under ``recent``."""

MOST_PACKAGES: Final = 1_000_000
"""Combinations of levels that are enumerated in every world."""
