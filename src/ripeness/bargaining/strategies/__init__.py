"""Rival theories of how wars end, one file each. Importing this package registers them all."""

from ripeness.bargaining.strategies import (
    converging_expectations,
    exhaustion,
    expectations,
    hurting_stalemate,
    unequal_priors,
)

__all__ = [
    "converging_expectations",
    "exhaustion",
    "expectations",
    "hurting_stalemate",
    "unequal_priors",
]
