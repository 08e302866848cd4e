"""How a claim names things: quantities with their units, events, and weeks.

An event is one that the run dates (``events.py``), or the end of the first time for which a
quantity lies within bounds, month by month::

    {event: major_defeat, side: russia}
    {first: {quantity: real, side: russia, at_least: 1, unit: share}, lasting: 26}
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from ripeness.claims.events import EVENTS
from ripeness.claims.quantities import QUANTITIES, Quantity
from ripeness.registry import suggestion
from ripeness.scenario.model import Identifier, Label
from ripeness.scenario.quantity import Number, Strict

NAMED_WINDOWS: Final = {
    "first_half_year": {"from": 0, "to": 26},
    "first_year": {"from": 0, "to": 52},
    "whole_run": {"from": 0},
}
"""Weeks since the start that have a name."""

Weeks = Annotated[float, Field(strict=True, gt=0, le=10_000)]


class QuantityName(Strict):
    """A quantity with the unit in which the claim speaks of it."""

    whole_axis: ClassVar[bool] = False
    """Whether the further axis of a quantity is meant as a whole, not one member of it."""

    quantity: str
    side: Identifier | None = None
    of: Label | None = Field(None, description="which patron, issue, guarantee ... is meant")
    unit: str

    @field_validator("quantity")
    @classmethod
    def _known(cls, quantity: str) -> str:
        if quantity not in QUANTITIES:
            raise unknown("quantity", quantity, QUANTITIES)
        return quantity

    @model_validator(mode="after")
    def _sided(self) -> Self:
        self._check_side()
        over = self.about.over
        if self.of is not None and not over:
            raise ValueError(f"`{self.quantity}` is the same for all: drop `of`")
        if self.of is None and over and not self.whole_axis:
            raise ValueError(f"`{self.quantity}` differs by {over}: add `of`")
        return self

    @property
    def about(self) -> Quantity:
        """What is known about the quantity."""
        return QUANTITIES[self.quantity]

    @property
    def expected_unit(self) -> str:
        """The unit in which it must be stated."""
        return self.about.unit

    def _check_side(self) -> None:
        check_side(self.quantity, self.side, "must" if self.about.sided else "no")

    @model_validator(mode="after")
    def _in_its_unit(self) -> Self:
        if self.unit != self.expected_unit:
            about = {"name": self.quantity, "unit": self.expected_unit, "given": self.unit}
            message = "`{name}` must be in `{unit}`, but is in `{given}`"
            raise PydanticCustomError("unit", message, about)
        return self


class Bounded(Strict):
    """Bounds, one or both, included."""

    at_least: Number | None = None
    at_most: Number | None = None

    @model_validator(mode="after")
    def _in_bounds(self) -> Self:
        low, high = self.at_least, self.at_most
        if low is None and high is None:
            raise ValueError("give `at_least`, `at_most` or both")
        if low is not None and high is not None and high < low:
            raise ValueError("`at_most` must not be below `at_least`")
        return self


class Monthly(QuantityName, Bounded):
    """A quantity that lies within bounds in a month."""

    @model_validator(mode="after")
    def _every_month(self) -> Self:
        if not self.about.over_time:
            raise ValueError(f"`{self.quantity}` has one value per world, not one a month")
        return self


class EventName(Strict):
    """An event, of a side if it has one; or the first time that a quantity lies within bounds."""

    event: str | None = None
    side: Identifier | None = None
    first: Monthly | None = Field(None, description="the first month in which this is so")
    lasting: Weeks | None = Field(None, description="it must have been so for so many weeks")
    called: Annotated[str, Field(max_length=200)] = Field("", description="a clause for people")

    @field_validator("event")
    @classmethod
    def _known(cls, event: str | None) -> str | None:
        if event is not None and event not in EVENTS:
            raise unknown("event", event, EVENTS)
        return event

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.event is None) == (self.first is None):
            raise ValueError("give either `event` or `first`")
        if self.event is not None:
            check_side(self.event, self.side, EVENTS[self.event].sided)
            if self.lasting is not None or self.called:
                raise ValueError("`lasting` and `called` go with `first`")
        elif self.side is not None:
            raise ValueError("the side of `first` stands inside it: drop `side`")
        return self


class Window(Strict):
    """Some weeks: from one to another since the start, the last ones, or around events."""

    from_week: Number = Field(0.0, alias="from", ge=0)
    to_week: Number | None = Field(None, alias="to", ge=0)
    last: Weeks | None = None
    since: EventName | None = Field(None, description="from this event on")
    until: EventName | None = Field(None, description="up to this event, if it comes")
    lasting: Weeks | None = Field(None, description="at most so many weeks after `since`")

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        if given not in NAMED_WINDOWS:
            raise unknown("window", given, NAMED_WINDOWS)
        return NAMED_WINDOWS[given]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last is not None and self.model_fields_set - {"last"}:
            raise ValueError("give either `last` or `from` and `to`, not both")
        if self.to_week is not None and self.to_week < self.from_week:
            raise ValueError("`from` must not be later than `to`")
        if self.lasting is not None and self.since is None:
            raise ValueError("`lasting` counts from an event: add `since`")
        return self


def check_side(name: str, side: str | None, sided: str) -> None:
    """Raise a ValueError if a side is named that is not asked for, or the other way round."""
    if sided == "must" and side is None:
        raise ValueError(f"`{name}` is of one side: add `side`")
    if sided == "no" and side is not None:
        raise ValueError(f"`{name}` is of no side: drop `side`")


def unknown(what: str, name: str, known: Any) -> PydanticCustomError:
    """Return the error that a name is not known."""
    about = {"remedy": suggestion(name, known), "what": what, "name": name}
    return PydanticCustomError("unknown", "there is no {what} `{name}`", about)
