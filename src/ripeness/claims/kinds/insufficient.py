"""Insufficient: the cause is there, and the outcome does not follow more than without it.

    tested  = worlds with the causes, as for a sufficient one; with an experiment (`with`, `without`)
              those too in which the outcome comes without the causes
    holds   = the outcome does not follow, or (with an experiment) would have come by then anyway

The claim only depends if the outcome surely follows more often, by 1 of 20, than without the causes:
rare as it may be, it would then be rarer without them. With an experiment that is read off the same
worlds; without one, where no world can show what would have been, off worlds that do not have the
causes at the same time (``sufficient.py``).
"""

from __future__ import annotations

from typing import Any, Final

from ripeness.claims.interval import STANDARD_ERRORS
from ripeness.claims.kinds.kind import KINDS, Runs, Settings, Trial, named, no_trial
from ripeness.claims.kinds.paired import mean_and_error
from ripeness.claims.kinds.sufficient import SufficientTest, experiment_settings, follow, told_of

SMALLEST_EXCESS: Final = 0.05
"""What follows in 1 of 20 worlds more often than without the cause follows from it (assumed)."""


class Insufficient:
    """Not enough."""

    model = SufficientTest

    def settings(self, test: SufficientTest) -> tuple[Settings, ...]:
        """Return the settings with the causes and without them."""
        return experiment_settings(test) if test.moves else ()

    def trial(self, test: SufficientTest, runs: Runs) -> Trial:
        """Test the claim in every world in which the causes are there."""
        found = follow(test, runs)
        if found.dead:
            return no_trial(runs.data, found.dead)
        tested, holds = found.ready, ~found.follows
        details, remarks = told_of(found, tested)
        if found.anyway is not None:
            holds = holds | found.anyway
            details = {**details, "would_come_anyway": int((found.anyway & tested).sum())}
            if tested.sum() > 1:
                more = found.follows[tested].astype(float) - found.anyway[tested]
                details["excess"], details["excess_standard_error"] = mean_and_error(more)
        return Trial(
            tested, holds & tested, named(test, "worlds with the causes"),
            details=details, remarks=remarks, doubt=_doubt(details),
        )  # fmt: skip


def _doubt(details: dict[str, Any]) -> str:
    error = details.get("excess_standard_error")
    if error is None or details["excess"] - STANDARD_ERRORS * error <= SMALLEST_EXCESS:
        return ""
    return (
        f"the outcome follows in {20 * details['excess']:.0f} of 20 worlds more than it would "
        "without the causes."
    )


KINDS.register("insufficient")(Insufficient())
