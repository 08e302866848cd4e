"""The language of claims: conditions on events and quantities of a run, as plain data.

There is no expression to evaluate. A condition names an event or a quantity that the program
knows (``events.py``, ``quantities.py``), and says when it is to have happened, or between which
bounds it is to lie, in which unit and during which weeks; or it joins other conditions::

    {event: major_defeat, side: russia, before: {event: settlement}}
    {quantity: own_expected_advantage, side: russia, at_least: 0.1, unit: log ratio,
     during: first_half_year}
    {any_of: [{event: settlement}, {event: ceasefire, within: 52}]}

What the kinds of claims add is in ``kinds/``, one file each.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from ripeness.claims.names import (
    NAMED_WINDOWS,
    Bounded,
    EventName,
    Monthly,
    QuantityName,
    Weeks,
    Window,
)
from ripeness.claims.record import Figure
from ripeness.claims.verdict import Reference
from ripeness.scenario.model import Identifier, Label
from ripeness.scenario.quantity import Number, Strict

__all__ = [
    "FORMS", "NAMED_WINDOWS", "Bounded", "Claim", "Combined", "Condition", "Definition",
    "EventCondition", "EventName", "Monthly", "Move", "QuantityCondition", "QuantityName",
    "QuantityReading", "Reading", "Weeks", "Window", "form_of",
]  # fmt: skip

FORMS: Final = ("of an event", "of a quantity", "of several conditions", "of levers")
"""What conditions and outcomes can be; the words never reach a user."""

JOINS: Final = ("all_of", "any_of", "none_of")

Reading = Literal["mean", "last", "change", "ratio_to_start"]


class EventCondition(EventName):
    """An event that happens, or that does not."""

    happens: bool = Field(True, strict=True)
    before: EventName | None = Field(None, description="it must happen before this one")
    after: EventName | None = Field(None, description="it must happen after this one")
    within: Weeks | None = Field(None, description="weeks since the start")


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
        if given and not self.about.over_time:
            words = " and ".join(f"`{word}`" for word in sorted(given))
            raise ValueError(f"`{self.quantity}` has one value per world: drop {words}")
        return self


class QuantityCondition(QuantityReading, Bounded):
    """A quantity that lies within bounds: summed up, or month by month."""

    months: Literal["throughout", "ever"] | None = Field(
        None, description="in all months, or in any, instead of summed up over them"
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.months is not None and "reading" in self.model_fields_set:
            raise ValueError("give either `months` or `reading`, not both")
        return self


class Combined(Strict):
    """Conditions that must all hold, of which any must hold, or none may."""

    all_of: tuple[Condition, ...] | None = Field(None, min_length=1)
    any_of: tuple[Condition, ...] | None = Field(None, min_length=1)
    none_of: tuple[Condition, ...] | None = Field(None, min_length=1)

    @model_validator(mode="after")
    def _one_join(self) -> Self:
        if sum(getattr(self, join) is not None for join in JOINS) != 1:
            raise ValueError("give one of `all_of`, `any_of` and `none_of`")
        return self

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions that are joined."""
        return self.all_of or self.any_of or self.none_of or ()


def form_of(given: object) -> str:
    """Return which form some data has: one of ``FORMS``."""
    named = given if isinstance(given, dict) else getattr(type(given), "model_fields", {})
    if "move" in named:
        return FORMS[3]
    if any(join in named for join in JOINS):
        return FORMS[2]
    return FORMS[1] if "quantity" in named else FORMS[0]


Condition = Annotated[
    Annotated[EventCondition, Tag(FORMS[0])]
    | Annotated[QuantityCondition, Tag(FORMS[1])]
    | Annotated[Combined, Tag(FORMS[2])],
    Discriminator(form_of),
]
Combined.model_rebuild()


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
    record: tuple[Figure, ...] = Field(
        (), description="figures of past wars that speak to the claim, and what it says of them"
    )

    def issues_named(self) -> dict[str, tuple[str, ...]]:
        """Return the issues that the test names, by the key under which they stand."""
        return {}


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
