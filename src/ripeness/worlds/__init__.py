"""Worlds: every unknown of a scenario drawn once per world, and each world's own luck."""
