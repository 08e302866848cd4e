"""The language of claims: conditions on events and quantities of a run, as plain data.

There is no expression to evaluate. A condition names an event or a quantity that the program
knows (``events.py``, ``quantities.py``), and says when it is to have happened, or between which
bounds it is to lie, in which unit and during which weeks::

    {event: major_defeat, side: russia, before: {event: settlement}}
    {quantity: own_expected_advantage, side: russia, at_least: 0.1, unit: log ratio,
     during: first_half_year}

What the kinds of claims add is in ``kinds/``, one file each.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self

from pydantic import Discriminator, Field, Tag, field_validator, model_validator
from pydantic_core import PydanticCustomError

from ripeness.claims.events import EVENTS
from ripeness.claims.quantities import QUANTITIES
from ripeness.claims.verdict import Reference
from ripeness.registry import suggestion
from ripeness.scenario.model import Identifier, Label
from ripeness.scenario.quantity import Number, Strict

NAMED_WINDOWS: Final = {
    "first_half_year": {"from": 0, "to": 26},
    "first_year": {"from": 0, "to": 52},
    "whole_run": {"from": 0},
}
"""Weeks since the start that have a name."""

FORMS: Final = ("of an event", "of a quantity")
"""What conditions and outcomes can be; the words never reach a user."""

Weeks = Annotated[float, Field(strict=True, gt=0, le=10_000)]
Reading = Literal["mean", "last", "change", "ratio_to_start"]


class Window(Strict):
    """Some weeks: from one to another since the start, or the last ones before the outcome."""

    from_week: Number = Field(0.0, alias="from", ge=0)
    to_week: Number | None = Field(None, alias="to", ge=0)
    last: Weeks | None = None

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        if given not in NAMED_WINDOWS:
            raise _unknown("window", given, NAMED_WINDOWS)
        return NAMED_WINDOWS[given]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last is not None and {"from_week", "to_week"} & self.model_fields_set:
            raise ValueError("give either `last` or `from` and `to`, not both")
        if self.to_week is not None and self.to_week < self.from_week:
            raise ValueError("`from` must not be later than `to`")
        return self


class EventName(Strict):
    """An event, of a side if it has one."""

    event: str
    side: Identifier | None = None

    @field_validator("event")
    @classmethod
    def _known(cls, event: str) -> str:
        if event not in EVENTS:
            raise _unknown("event", event, EVENTS)
        return event

    @model_validator(mode="after")
    def _sided(self) -> Self:
        _check_side(self.event, self.side, EVENTS[self.event].sided)
        return self


class EventCondition(EventName):
    """An event that happens, or that does not."""

    happens: bool = Field(True, strict=True)
    before: EventName | None = Field(None, description="it must happen before this one")
    within: Weeks | None = Field(None, description="weeks since the start")


class QuantityName(Strict):
    """A quantity with the unit in which the claim speaks of it."""

    quantity: str
    side: Identifier | None = None
    unit: str

    @field_validator("quantity")
    @classmethod
    def _known(cls, quantity: str) -> str:
        if quantity not in QUANTITIES:
            raise _unknown("quantity", quantity, QUANTITIES)
        return quantity

    @model_validator(mode="after")
    def _sided(self) -> Self:
        _check_side(self.quantity, self.side, "must" if QUANTITIES[self.quantity].sided else "no")
        return self

    @property
    def expected_unit(self) -> str:
        """The unit in which it must be stated."""
        return QUANTITIES[self.quantity].unit

    @model_validator(mode="after")
    def _in_its_unit(self) -> Self:
        if self.unit != self.expected_unit:
            about = {"name": self.quantity, "unit": self.expected_unit, "given": self.unit}
            message = "`{name}` must be in `{unit}`, but is in `{given}`"
            raise PydanticCustomError("unit", message, about)
        return self


class QuantityReading(QuantityName):
    """One number per world: a quantity over some weeks, summed up in one way."""

    during: Window | None = Field(None, description="by default the whole run")
    reading: Reading = Field("mean", description="how the weeks become one number")

    @property
    def expected_unit(self) -> str:
        """The unit in which it must be stated: a ratio has its own."""
        return "ratio" if self.reading == "ratio_to_start" else super().expected_unit

    @model_validator(mode="after")
    def _over_time(self) -> Self:
        given = {"during", "reading", "months"} & self.model_fields_set
        if given and not QUANTITIES[self.quantity].over_time:
            words = " and ".join(f"`{word}`" for word in sorted(given))
            raise ValueError(f"`{self.quantity}` has one value per world: drop {words}")
        return self


class QuantityCondition(QuantityReading):
    """A quantity that lies within bounds: summed up, or month by month."""

    at_least: Number | None = None
    at_most: Number | None = None
    months: Literal["throughout", "ever"] | None = Field(
        None, description="in all months, or in any, instead of summed up over them"
    )

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        low, high = self.at_least, self.at_most
        if low is None and high is None:
            raise ValueError("give `at_least`, `at_most` or both")
        if low is not None and high is not None and high < low:
            raise ValueError("`at_most` must not be below `at_least`")
        if self.months is not None and "reading" in self.model_fields_set:
            raise ValueError("give either `months` or `reading`, not both")
        return self


def form_of(given: object) -> str:
    """Return which form some data has: of an event, or of a quantity."""
    named = given if isinstance(given, dict) else getattr(given, "model_fields", {})
    return FORMS[1] if "quantity" in named else FORMS[0]


Condition = Annotated[
    Annotated[EventCondition, Tag(FORMS[0])] | Annotated[QuantityCondition, Tag(FORMS[1])],
    Discriminator(form_of),
]


class Move(Strict):
    """A lever moved from one setting to another; what is left out is where the run has it."""

    lever: Identifier
    from_value: Number | None = Field(None, alias="from")
    to_value: Number | None = Field(None, alias="to")
    unit: str

    @model_validator(mode="after")
    def _moves(self) -> Self:
        if self.from_value is None and self.to_value is None:
            raise ValueError("give `from`, `to` or both")
        if self.from_value == self.to_value:
            raise ValueError("`from` and `to` are the same: nothing is moved")
        return self


class Definition(Strict):
    """What a kind needs to know for a test. Every kind of claim has a model built on this one."""

    among: tuple[Condition, ...] = Field(
        (), description="the claim is about worlds in which all of these hold"
    )


class Claim(Strict):
    """What an expert says, as a proposition that a run can bear out or not.

    ``test`` fits the model of the kind, see ``ripeness.claims.kinds``.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]{1,4}[0-9]{2,4}$")]
    speaker: Label
    about: Identifier = Field(description="scenario that the claim is about")
    kind: str
    proposition: Annotated[str, Field(min_length=1, max_length=300)]
    test: Definition
    departs: str = Field("", description="in which way the test says other than the passage")
    passages: tuple[Reference, ...] = Field((), description="where the claim is made")


def _check_side(name: str, side: str | None, sided: str) -> None:
    if sided == "must" and side is None:
        raise ValueError(f"`{name}` is of one side: add `side`")
    if sided == "no" and side is not None:
        raise ValueError(f"`{name}` is of no side: drop `side`")


def _unknown(what: str, name: str, known: Any) -> PydanticCustomError:
    about = {"remedy": suggestion(name, known), "what": what, "name": name}
    return PydanticCustomError("unknown", "there is no {what} `{name}`", about)
