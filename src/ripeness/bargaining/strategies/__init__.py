"""Rival theories of how wars end, one file each. Importing this package registers them all."""

from ripeness.bargaining.strategies import converging_expectations, hurting_stalemate

__all__ = ["converging_expectations", "hurting_stalemate"]
