"""Improbable: something happens in few worlds.

    tested  = worlds in which it is known whether it happens
    holds   = it does not

Supported if it surely fails to happen in more than 15 of 20 worlds, contradicted if it surely
happens in more than that. How often it happens is told with its interval.
"""

from __future__ import annotations

from pydantic import Field

from ripeness.claims.conditions import all_of
from ripeness.claims.interval import wilson
from ripeness.claims.kinds.kind import KINDS, Runs, Trial, WithoutLevers, named
from ripeness.claims.language import Condition, Definition


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
        return Trial(tested, tested & answer.no, named(test), details=details)


KINDS.register("improbable")(Improbable())
