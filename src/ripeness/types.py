"""Shapes and words used everywhere.

The world axis is always the **last** one: ``Float[Array, "side world"]``. What differs between
worlds broadcasts against what differs between sides without a reshape, and the long axis is
contiguous in memory, which is what a processor's vector units want.

Axis letters: ``side`` (2 belligerents), ``patron``, ``guarantor``, ``mediator``, ``event``,
``issue``, ``level``, ``line`` (levels of the territorial issue), ``point`` (packages on an
efficient frontier), ``month`` (= 4 weeks), ``week``, ``world``.
"""

from __future__ import annotations

from typing import Final

WEEKS_PER_YEAR: Final = 365.25 / 7
"""Weeks in a mean Gregorian year."""

WEEKS_PER_MONTH: Final = 4
"""A month is the decision period: four weeks, thirteen to the year."""

MONTHS_PER_YEAR: Final = WEEKS_PER_YEAR / WEEKS_PER_MONTH

REGIMES: Final = ("war", "ceasefire", "settlement", "ended")
WAR, CEASEFIRE, SETTLEMENT, ENDED = range(4)
"""What a world is in. ``ended`` is absorbing: a victory, or an exit beyond the model."""
