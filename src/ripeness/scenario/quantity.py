"""A number nobody knows exactly: a range, a distribution, a unit, and where it comes from.

In a scenario file::

    troops: {low: 560e3, likely: 640e3, high: 720e3, unit: soldiers,
             source: {kind: elicited, reference: "UK MOD intelligence updates, 2025"}}
    theatre: {value: 603628, unit: km2, source: {kind: published, reference: "CIA 2024"}}
    fatigue: {low: 0, likely: 0.1, high: 0.3, unit: per year, source: assumed}

The field that holds the quantity says which unit and which bounds it must have, so that one
declaration serves validation, editors, documentation and slider limits.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError, PydanticUndefined

Number = Annotated[float, Field(strict=True)]
"""A number, and neither a text that looks like one nor true or false."""

Distribution = Literal["fixed", "uniform", "triangular", "pert", "loguniform"]
SourceKind = Literal["published", "measured", "elicited", "assumed"]


class Strict(BaseModel):
    """Base of everything in a scenario: frozen, unknown keys are errors, units are checked."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @field_validator("*", mode="after")
    @classmethod
    def _as_declared(cls, value: Any, info: ValidationInfo) -> Any:
        """Check that quantities have the unit and the bounds that their field declares."""
        declared = cls.model_fields[info.field_name or ""].json_schema_extra
        if isinstance(declared, dict) and "unit" in declared:
            each = value.items() if isinstance(value, dict) else [("", value)]
            for key, quantity in each:
                if isinstance(quantity, Quantity):
                    _check_declared(quantity, declared, key)
        return value


class Source(Strict):
    """Where a number comes from."""

    kind: SourceKind = Field(description="published, measured, elicited or assumed")
    reference: str = Field("", description="author, year, page; or data set, file and dates")

    @model_validator(mode="after")
    def _reference_unless_assumed(self) -> Self:
        if self.kind != "assumed" and not self.reference.strip():
            raise ValueError(f"a {self.kind} number needs a reference; or write `source: assumed`")
        return self


class Quantity(Strict):
    """A range with its distribution, unit and source."""

    low: Number
    likely: Number
    high: Number
    distribution: Distribution = "triangular"
    unit: str
    source: Source
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        full = dict(given)
        if isinstance(full.get("source"), str):
            full["source"] = {"kind": full["source"]}
        if "value" in full:
            clash = {"low", "likely", "high", "distribution"} & full.keys()
            if clash:
                words = ", ".join(f"`{word}`" for word in sorted(clash))
                raise ValueError(f"give either `value` or a range, not `value` with {words}")
            value = full.pop("value")
            full |= {"low": value, "likely": value, "high": value, "distribution": "fixed"}
        return full

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.likely <= self.high:
            raise ValueError(
                "low, likely and high must not be reversed, but are "
                f"{self.low:g}, {self.likely:g}, {self.high:g}"
            )
        if self.distribution == "fixed" and self.low != self.high:
            raise ValueError("a fixed number has one value; drop `distribution` or close the range")
        if self.distribution == "loguniform" and self.low <= 0:
            raise ValueError(f"a loguniform range must be positive, but starts at {self.low:g}")
        return self

    @property
    def fixed(self) -> bool:
        """Whether all worlds share one value."""
        return self.low == self.high


def _check_declared(quantity: Quantity, declared: dict[str, Any], key: str) -> None:
    """Raise unless a quantity has its field's unit and lies within its bounds.

    Args:
        quantity: the number as written.
        declared: ``unit``, ``least`` and ``most`` of its field.
        key: belligerent that the number belongs to, if the field holds one for each.
    """
    about = {**declared, "key": key, "low": quantity.low, "high": quantity.high}
    if quantity.unit != declared["unit"]:
        message = "must be in `{unit}`, but is in `{given}`"
        raise PydanticCustomError("unit", message, {**about, "given": quantity.unit})
    least, most = declared["least"], declared["most"]
    if least is not None and quantity.low < least:
        raise PydanticCustomError("bounds", "must be at least {least}, but is {low}", about)
    if most is not None and quantity.high > most:
        raise PydanticCustomError("bounds", "must be at most {most}, but is {high}", about)


def number(
    unit: str,
    meaning: str,
    *,
    least: float | None = None,
    most: float | None = None,
    missing: Any = PydanticUndefined,
) -> Any:
    """Declare a quantity field: its unit, its bounds and what it means.

    Args:
        unit: the unit that a scenario must write.
        meaning: what the number is, in the field's terms.
        least: smallest value that makes sense; None if there is none.
        most: largest value that makes sense; None if there is none.
        missing: what the field holds if the scenario says nothing; by default it must say it.

    Returns:
        A pydantic field.
    """
    extra: dict[str, Any] = {"unit": unit, "least": least, "most": most}
    return Field(missing, description=meaning, json_schema_extra=extra)


def share(meaning: str, *, missing: Any = PydanticUndefined) -> Any:
    """Declare a share or a probability: a number between 0 and 1 without a unit of its own."""
    return number("share", meaning, least=0.0, most=1.0, missing=missing)
