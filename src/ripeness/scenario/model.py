"""The declarative war: who fights, who helps, what is at stake, what can be changed.

A scenario is data. Nothing in it is executed, and it names no file but the one it extends.
Belligerents come in the order in which they are written; the order matters to nobody's luck.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag, field_validator

from ripeness.errors import InputError
from ripeness.scenario import parameters as groups
from ripeness.scenario.quantity import Number, Quantity, Strict, number, share

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=120)]
PerSide = dict[Identifier, Quantity]


def _form(given: object) -> str:
    return "word" if isinstance(given, str) else "per side"


Areas = Annotated[
    Annotated[PerSide, Tag("per side")] | Annotated[Literal["current"], Tag("word")],
    Discriminator(_form),
]


class Belligerent(Strict):
    """A side of the war: one group of numbers per process."""

    label: Label
    front: groups.FrontOfSide
    combat: groups.CombatOfSide
    manpower: groups.ManpowerOfSide
    economy: groups.EconomyOfSide
    sanctions: groups.SanctionsOfSide
    home_front: groups.HomeFrontOfSide
    escalation: groups.EscalationOfSide
    information: groups.InformationOfSide
    diplomacy: groups.DiplomacyOfSide
    exhaustion: groups.ExhaustionOfSide


class War(Strict):
    """What is common to both sides: one group of numbers per process."""

    front: groups.FrontOfWar
    combat: groups.CombatOfWar
    manpower: groups.ManpowerOfWar
    economy: groups.EconomyOfWar
    sanctions: groups.SanctionsOfWar
    home_front: groups.HomeFrontOfWar
    escalation: groups.EscalationOfWar
    information: groups.InformationOfWar
    diplomacy: groups.DiplomacyOfWar
    stalemate: groups.StalemateOfWar
    forts: groups.FortsOfWar
    exhaustion: groups.ExhaustionOfWar


class Patron(Strict):
    """A state or group of states that arms and pays a belligerent."""

    label: Label
    client: Identifier
    numbers: groups.PatronNumbers


class Guarantor(Strict):
    """Who promises to defend a belligerent after a settlement, and in which form."""

    label: Label
    protects: Identifier
    kind: Literal[
        "alliance clause",
        "bilateral treaty",
        "union clause",
        "coalition",
        "tripwire",
        "observers",
        "paper assurance",
        "umbrella",
        "promised accession",
    ]
    numbers: groups.GuarantorNumbers


class Mediator(Strict):
    """Who carries messages and adds weight to talks."""

    label: Label
    favours: Identifier | None = Field(None, description="belligerent that it leans to, if any")
    numbers: groups.MediatorNumbers


class Level(Strict):
    """One way to settle an issue.

    ``value`` says, per belligerent, which share of the issue's weight it gets. On the
    territorial issue the value follows from the area instead.
    """

    label: Label
    value: PerSide = share("share of the issue's weight, per belligerent", missing={})
    area_held: Areas | None = number(
        "km2",
        "territorial issue only: area held by one belligerent, or `current`",
        least=0,
        missing=None,
    )
    red_lines: PerSide = share(
        "chance that this level is out of the question, per belligerent", missing={}
    )
    guarantor: Identifier | None = Field(None, description="guarantor that this level brings in")
    excludes: dict[Identifier, list[Identifier]] = Field(
        {}, description="levels of other issues, by issue, that this one cannot stand beside"
    )
    sanctions_relief: Quantity | None = share("share of sanctions lifted", missing=None)
    passes: Quantity | None = number(
        "ratio", "factor on the odds that a settlement with this level passes at home",
        least=0, most=10, missing=None,
    )  # fmt: skip
    ratification_months: Quantity | None = number(
        "months", "what this level adds to the time from signature to force",
        least=0, most=24, missing=None,
    )  # fmt: skip
    votes: list[Identifier] = Field(
        [], description="votes on the calendar that a settlement with this level must wait for"
    )
    force_cap: PerSide = number(
        "soldiers", "highest number of soldiers, per belligerent", least=0, missing={}
    )
    patron_costs: PerSide = number(
        "bn EUR per month",
        "what a settlement with this level costs a patron while it is in force",
        least=0,
        missing={},
    )
    payments: PerSide = number(
        "bn EUR per month",
        "paid to a belligerent while the settlement is in force",
        least=0,
        missing={},
    )


class Issue(Strict):
    """Something the belligerents fight over, with the levels at which it can be settled."""

    label: Label
    territorial: bool = False
    weight: PerSide = number(
        "points",
        "what the whole issue is worth to each belligerent, relative to the others",
        least=0,
    )
    without_deal: Identifier = Field(description="the level that holds if nothing is signed")
    levels: dict[Identifier, Level] = Field(min_length=2, max_length=12)


class Event(Strict):
    """Something with a date: an election, a summit, a decision."""

    label: Label
    date: datetime.date
    target: str = Field(
        description="patrons.NAME.willingness, belligerents.NAME.support, or tension"
    )
    change: Quantity = number(
        "share", "change of the target that week, as a share", least=-1, most=10
    )


class Vote(Strict):
    """An election day, or the sessions of an assembly: when a settlement can be voted on at home."""

    label: Label
    side: Identifier
    first: datetime.date
    weeks: int = Field(
        1, ge=1, le=520, strict=True, description="weeks from then in which the vote can be held"
    )
    every_weeks: int | None = Field(
        None, ge=1, le=1040, strict=True, description="weeks until it can be held again; none: once"
    )
    always: bool = Field(
        False, description="every settlement needs it, not only levels that ask for it"
    )


class Recent(Strict):
    """What was recorded just before the start, to hold the first half year against."""

    label: Label
    measure: Literal["casualties_per_week", "area_change_per_week"]
    side: Identifier
    value: Quantity = Field(description="recorded range, same unit as the measure")


class Effect(Strict):
    """Which numbers a lever moves, and how."""

    parameter: str = Field(description="path of a number; * stands for any name")
    operation: Literal["set", "scale", "add"] = "set"


class Lever(Strict):
    """Something that somebody could change."""

    label: Label
    group: Label
    unit: str
    minimum: Number
    default: Number | None = Field(None, description="without one, ranges stay as drawn")
    maximum: Number
    words: list[str] = Field(default_factory=list, max_length=3)
    why: str = Field("", description="why this range: source or reasoning")
    effects: list[Effect] = Field(min_length=1)


class Scenario(Strict):
    """A war with ranges: the input of every run."""

    ripeness: Literal[1] = Field(description="version of this file format")
    name: Identifier
    title: Label
    summary: str = ""
    start: datetime.date
    horizon_weeks: int = Field(ge=4, le=1040, multiple_of=4, strict=True)
    belligerents: dict[Identifier, Belligerent] = Field(min_length=2, max_length=2)
    patrons: dict[Identifier, Patron] = Field(default_factory=dict, max_length=16)
    guarantors: dict[Identifier, Guarantor] = Field(default_factory=dict, max_length=16)
    mediators: dict[Identifier, Mediator] = Field(default_factory=dict, max_length=16)
    issues: dict[Identifier, Issue] = Field(min_length=1, max_length=12)
    war: War
    theories: list[Identifier] = Field(min_length=1, description="rival theories, by lot per world")
    events: dict[Identifier, Event] = Field(default_factory=dict, max_length=64)
    votes: dict[Identifier, Vote] = Field(
        default_factory=dict,
        max_length=16,
        description="dates at which ratification can be voted on",
    )
    recent: dict[Identifier, Recent] = Field(
        default_factory=dict, max_length=16, description="recorded before the start, for comparison"
    )
    levers: dict[Identifier, Lever] = Field(default_factory=dict, max_length=64)
    lever_values: dict[Identifier, Number] = Field(default_factory=dict)

    @field_validator("theories")
    @classmethod
    def _no_theory_twice(cls, theories: list[str]) -> list[str]:
        if len(set(theories)) < len(theories):
            raise ValueError("a theory is listed twice")
        return theories

    @property
    def sides(self) -> tuple[str, ...]:
        """Identifiers of the belligerents in their order."""
        return tuple(self.belligerents)

    def with_levers(self, **values: float) -> Scenario:
        """Return this scenario with levers moved.

        Raises:
            InputError: if a lever does not exist or a value lies outside its bounds.
        """
        from ripeness.scenario.checks import check_lever_values

        problems = check_lever_values(self, values)
        if problems:
            raise InputError(problems)
        moved = {**self.lever_values, **{name: float(value) for name, value in values.items()}}
        return self.model_copy(update={"lever_values": moved})
