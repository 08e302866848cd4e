"""Binding constraint: of several limits, this is the one that binds.

    tested = worlds in which it is known which limit bound
    holds  = this one did for more than the share of the time stated (a half if nothing is stated)

The share is read from the run, month by month, and not from what anybody believed to be scarce.
"""

from __future__ import annotations

import numpy as np
from pydantic import Field

from ripeness.claims.conditions import all_of, reading_of
from ripeness.claims.kinds.kind import KINDS, Runs, Trial, WithoutLevers, named
from ripeness.claims.language import Definition, QuantityReading
from ripeness.scenario.quantity import Number


class BindingConstraintTest(Definition):
    """Fields of a claim about what is scarce."""

    binds: QuantityReading = Field(description="share of the time in which this limit binds")
    more_than: Number = Field(0.5, ge=0, lt=1, description="share of the time")


class BindingConstraint(WithoutLevers):
    """What is scarce."""

    model = BindingConstraintTest

    def trial(self, test: BindingConstraintTest, runs: Runs) -> Trial:
        """Test the claim in every world in which it is known what bound."""
        data = runs.data
        share = reading_of(data, test.binds)
        tested = all_of(data, test.among).yes & np.isfinite(share)
        holds = np.zeros_like(tested)
        holds[tested] = share[tested] > test.more_than
        details = {"mean_share": float(share[tested].mean())} if tested.any() else {}
        return Trial(tested, holds, named(test), details=details)


KINDS.register("binding constraint")(BindingConstraint())
