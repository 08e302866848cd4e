"""Terms: in the deals that are signed, these issues carry more of the concessions than others.

    g_w(i)  = what is given up on issue i in the deal last signed, against the best level of the side
              that gives it up, shares of the stakes; of one side, or of both added
    tested  = worlds in which a deal was signed
    holds   = mean of g_w over the issues named > mean of g_w over the others, by more than `by`

A mean per issue, not a sum, so that naming many issues is no advantage. What was never signed is not
looked at: red lines that kept an issue out of every deal show up as no deal.
"""

from __future__ import annotations

from typing import Self

import numpy as np
import xarray as xr
from pydantic import Field, model_validator

from ripeness.claims.conditions import all_of
from ripeness.claims.kinds.kind import KINDS, Runs, Trial, WithoutLevers, named
from ripeness.claims.language import Definition, QuantityName
from ripeness.claims.quantities import QUANTITIES
from ripeness.claims.reading import place_of, place_on
from ripeness.scenario.model import Identifier
from ripeness.scenario.quantity import Number


class Conceded(QuantityName):
    """What is given up, issue by issue; of one side, or of both if none is named."""

    whole_axis = True

    def _check_side(self) -> None:
        if self.side is not None:
            super()._check_side()

    @model_validator(mode="after")
    def _by_issue(self) -> Self:
        if self.about.over != "issue" or self.of is not None:
            raise ValueError(f"`{self.quantity}` must differ by issue, and all issues are meant")
        return self


class TermsTest(Definition):
    """Fields of a claim about where concessions lie."""

    conceded: Conceded
    on: tuple[Identifier, ...] = Field(min_length=1, description="issues that give")
    than: tuple[Identifier, ...] = Field((), description="issues that do not; left out: all others")
    by: Number = Field(0.0, ge=0, description="by more than this, in its unit")

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if set(self.on) & set(self.than):
            raise ValueError("an issue cannot stand in both `on` and `than`")
        return self

    def issues_named(self) -> dict[str, tuple[str, ...]]:
        """Return the issues by the key under which they stand."""
        return {"on": self.on, "than": self.than}


class Terms(WithoutLevers):
    """Where it gives."""

    model = TermsTest

    def trial(self, test: TermsTest, runs: Runs) -> Trial:
        """Test the claim in every world in which a deal was signed."""
        data = runs.data
        given = _given(data, test.conceded)
        on = [place_on(data, "issue", issue) for issue in test.on]
        than = [place_on(data, "issue", issue) for issue in test.than]
        than = than or [place for place in range(len(given)) if place not in on]
        difference = given[on].mean(axis=0) - given[than].mean(axis=0)
        tested = all_of(data, test.among).yes & np.isfinite(difference)
        holds = np.zeros_like(tested)
        holds[tested] = difference[tested] > test.by
        name = named(test, "worlds in which a deal was signed")
        if not tested.any():
            return Trial(tested, holds, name)
        means = [float(given[places][:, tested].mean()) for places in (on, than)]
        unit = test.conceded.unit
        words = f"Per issue, {means[0]:.2g} {unit} on these and {means[1]:.2g} on the others in the mean."
        details = {"mean_on": means[0], "mean_than": means[1], "unit": unit}
        return Trial(tested, holds, name, details=details, remarks=(words,))


def _given(data: xr.Dataset, name: Conceded) -> np.ndarray:
    """Return ``(issue, world)`` what is given up, of one side or of both."""
    quantity = QUANTITIES[name.quantity]
    if name.side is not None or not quantity.sided:
        return quantity.read(data, place_of(data, name.side), None)
    sides = range(int(data.sizes["side"]))
    return np.sum([quantity.read(data, side, None) for side in sides], axis=0)


KINDS.register("terms")(Terms())
