"""State: what a side expects at a date, and what it does.

    tested = worlds in which the expectation and the conduct are both known
    holds  = both are as the claim says

"So" and "because" are not tested by this: whether the conduct goes with the expectation is shown
by how often it is found with and without it, in a remark.
"""

from __future__ import annotations

import numpy as np
from pydantic import Field

from ripeness.claims.conditions import all_of
from ripeness.claims.kinds.kind import KINDS, Runs, Trial, WithoutLevers, named
from ripeness.claims.language import Condition, Definition
from ripeness.outcomes.words import of_twenty


class StateTest(Definition):
    """Fields of a claim about a state of mind and what follows."""

    expects: tuple[Condition, ...] = Field(min_length=1, description="what the side expects")
    does: tuple[Condition, ...] = Field((), description="what it does, or leaves")


class State(WithoutLevers):
    """Expects, and does."""

    model = StateTest

    def trial(self, test: StateTest, runs: Runs) -> Trial:
        """Test the claim in every world."""
        data = runs.data
        among = all_of(data, test.among).yes
        expects, does = all_of(data, test.expects), all_of(data, test.does)
        tested = among & expects.known & does.known
        believing, others = tested & expects.yes, tested & expects.no
        details = {"expects_share": _share(believing, tested)}
        remarks: tuple[str, ...] = ()
        if test.does:
            details["does_if_expects"] = _share(does.yes & believing, believing)
            details["does_if_not"] = _share(does.yes & others, others)
            remarks = _contrast(believing, others, does.yes)
        holds = tested & expects.yes & does.yes
        return Trial(tested, holds, named(test), details=details, remarks=remarks)


def _share(part: np.ndarray, whole: np.ndarray) -> float | None:
    return int(part.sum()) / int(whole.sum()) if whole.any() else None


def _contrast(believing: np.ndarray, others: np.ndarray, does: np.ndarray) -> tuple[str, ...]:
    """Say how often the conduct is found with and without the expectation."""
    with_it, without = int(believing.sum()), int(others.sum())
    if not with_it:
        return ("The expectation is not found in any world.",)
    words = of_twenty(int((does & believing).sum()), with_it)
    first = f"Where the side expects this, it acts so in {words}"
    if not without:
        return (f"{first}; there is no world in which it does not expect it.",)
    second = of_twenty(int((does & others).sum()), without)
    return (f"{first}; where it does not, in {second}.",)


KINDS.register("state")(State())
