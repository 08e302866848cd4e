"""Improbable: something happens in few worlds.

    tested  = worlds in which it is known whether it happens
    holds   = it does not

    verdict on |holds| / |tested|: supported if surely above 3 of 4, contradicted if surely below

The bound is the same both ways: what happens in half of the worlds is not improbable.
"""

from __future__ import annotations

import math

import numpy as np
from pydantic import Field

from ripeness.claims.conditions import all_of
from ripeness.claims.interval import wilson
from ripeness.claims.kinds.kind import KINDS, Runs, Trial, WithoutLevers, named
from ripeness.claims.language import Condition, Definition
from ripeness.claims.verdict import SUPPORTED_ABOVE, Measured
from ripeness.outcomes.words import of_twenty


class ImprobableTest(Definition):
    """Fields of a claim that something hardly ever happens."""

    what: tuple[Condition, ...] = Field(min_length=1, description="what hardly ever happens")


class Improbable(WithoutLevers):
    """Hardly ever."""

    model = ImprobableTest

    def trial(self, test: ImprobableTest, runs: Runs) -> Trial:
        """Test the claim in every world."""
        answer = all_of(runs.data, test.what)
        tested = all_of(runs.data, test.among).yes & answer.known
        happens, of = int((tested & answer.yes).sum()), int(tested.sum())
        details = (
            {"happens_share": happens / of, "happens_interval": wilson(happens, of)} if of else {}
        )

        def measure(worlds: np.ndarray) -> Measured:
            here = tested & worlds
            return _share(int((here & answer.no).sum()), int(here.sum()))

        return Trial(tested, tested & answer.no, named(test), details=details, measure=measure)


def _share(count: int, of: int) -> Measured:
    low, high = wilson(count, of)
    return Measured(
        "share of worlds without it", count / of if of else math.nan, low, high, "",
        more_than=SUPPORTED_ABOVE,
        words=f"It happens in {of_twenty(of - count, of)}." if of else "",
    )  # fmt: skip


KINDS.register("improbable")(Improbable())
