"""Outcomes: how the worlds end, what it cost, what decided it; and the run folder they are kept in."""
