"""What the schema found, in words: pydantic's errors become problems with place and remedy."""

from __future__ import annotations

import types
from collections.abc import Iterable
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from ripeness.errors import Problem
from ripeness.registry import suggestion
from ripeness.scenario.model import Scenario
from ripeness.scenario.paths import Declared, declared_by
from ripeness.scenario.places import Places
from ripeness.scenario.quantity import Quantity

Keys = tuple[str | int, ...]

_MUST_BE = {
    "float_type": ("a number", "Write it without quotation marks and without a unit: 560e3."),
    "finite_number": ("a finite number", "Write a number such as 560e3."),
    "int_type": ("a whole number", "Write it without quotation marks, decimals or a unit: 260."),
    "string_type": ("text", "Put it in quotation marks."),
    "bool_type": ("true or false", "Write true or false."),
    "bool_parsing": ("true or false", "Write true or false."),
    "dict_type": ("a mapping", "Write `name: ...` lines below it, indented."),
    "model_type": ("a mapping", "Write `key: value` lines below it, indented."),
    "list_type": ("a list", "Write it as [one, two]."),
    "date_type": ("a date", "Write year-month-day: 2025-07-01."),
    "date_parsing": ("a date", "Write year-month-day: 2025-07-01."),
    "date_from_datetime_parsing": ("a date", "Write year-month-day: 2025-07-01."),
    "date_from_datetime_inexact": ("a date", "Write year-month-day: 2025-07-01."),
}
_LIMITS = {
    "greater_than_equal": ("at least {ge}", "Raise it."),
    "less_than_equal": ("at most {le}", "Lower it."),
    "multiple_of": ("a multiple of {multiple_of}", "A month is four weeks; round to whole months."),
    "string_too_short": ("text of at least {min_length} character", "Say what it is called."),
    "string_too_long": ("text of at most {max_length} characters", "Shorten it."),
    "literal_error": ("one of {expected}", "Write one of these words."),
}


def explained(errors: Iterable[ErrorDetails], places: Places) -> list[Problem]:
    """Return the problems that pydantic's errors stand for, in the order of the files.

    Args:
        errors: what ``ValidationError.errors()`` returned for a scenario.
        places: where each key of the scenario stands.
    """
    incomplete: dict[Keys, list[str]] = {}
    problems: list[tuple[Keys, Problem]] = []
    for error in errors:
        keys = keys_of(error["loc"])
        owner = quantity_at(keys[:-1]) if keys else None
        if error["type"] == "missing" and owner is not None:
            incomplete.setdefault(keys[:-1], []).append(str(keys[-1]))
        else:
            problems.append((keys, _explain(error, keys, places)))
    for keys, lacking in incomplete.items():
        problems.append((keys, _lacking(keys, lacking, places)))
    problems.sort(key=lambda found: places.order(found[0]))
    return [problem for _, problem in problems]


def keys_of(loc: Iterable[str | int]) -> Keys:
    """Return the keys of the file for a pydantic location, without its marks for unions."""
    return tuple(part for part in loc if part not in ("per side", "word", "[key]"))


def _explain(error: ErrorDetails, keys: Keys, places: Places) -> Problem:
    kind, given, context = error["type"], error.get("input"), error.get("ctx", {})
    if kind in ("unit", "bounds") and context.get("key"):
        keys = (*keys, context["key"])
    name = f"`{keys[-1]}`" if keys else "the scenario"
    if kind == "missing":
        return _missing(keys, places)
    if kind == "extra_forbidden":
        what, remedy = f"{name} is not a key that is known here.", _nearest(keys)
    elif kind == "unit":
        what = f"{name} must be in `{context['unit']}`, but is in `{context['given']}`."
        remedy = f"Convert the number if need be, and write `unit: {context['unit']}`."
    elif kind == "bounds":
        what, remedy = _out_of_bounds(name, context)
    elif kind == "model_type" and quantity_at(keys) is not None:
        what = f"{name} must be a number with unit and source, but is {_shown(given)}."
        remedy = _how_to_write(keys)
    elif kind in _MUST_BE:
        must, remedy = _MUST_BE[kind]
        what = f"{name} must be {must}, but is {_shown(given)}."
    elif kind in _LIMITS:
        must, remedy = _LIMITS[kind]
        what = f"{name} must be {must.format(**context)}, but is {_shown(given)}."
    elif kind == "string_pattern_mismatch":
        what = f"{name} must be a name in small letters, digits and _, but is {_shown(given)}."
        remedy = "Start with a letter; use at most 40 characters; put what people read in `label`."
    elif kind in ("too_short", "too_long"):
        what, remedy = _count(name, kind, context)
    elif kind == "value_error":
        what, remedy = f"{name}: {context.get('error')}.", _how_to_write(keys)
    else:
        what, remedy = f"{name} cannot be read: {error['msg']}.", "See docs/start.md for the form."
    return Problem("error", places.where(keys), what, remedy)


def _missing(keys: Keys, places: Places) -> Problem:
    field = field_at(keys)
    meaning = f": {field.description}" if field is not None and field.description else ""
    what = f"`{keys[-1]}` is missing{meaning}."
    return Problem("error", places.where(keys), what, _how_to_write(keys))


def _lacking(keys: Keys, lacking: list[str], places: Places) -> Problem:
    words = ", ".join(f"`{word}`" for word in lacking)
    what = f"`{keys[-1]}` is a number without {words}."
    return Problem("error", places.where(keys), what, _how_to_write(keys))


def _out_of_bounds(name: str, context: dict[str, Any]) -> tuple[str, str]:
    least, most, low, high = (context[key] for key in ("least", "most", "low", "high"))
    must = " and ".join(
        f"at {word} {bound:g}"
        for word, bound in (("least", least), ("most", most))
        if bound is not None
    )
    is_now = f"is {low:g}" if low == high else f"ranges from {low:g} to {high:g}"
    remedy = f"Keep it within its bounds; its unit is `{context['unit']}`."
    return f"{name} must be {must}, but {is_now}.", remedy


def _count(name: str, kind: str, context: dict[str, Any]) -> tuple[str, str]:
    actual = context.get("actual_length")
    if kind == "too_short":
        return f"{name} must have at least {context['min_length']}, but has {actual}.", "Add some."
    return f"{name} must have at most {context['max_length']}, but has more.", "Remove some."


def _nearest(keys: Keys) -> str:
    model = model_at(keys[:-1])
    if model is None:
        return "Remove it."
    known = list(model.model_fields)
    if model is Scenario:
        known += ["extends", "defaults"]
    if model is Quantity:
        known += ["value"]
    return f"{suggestion(str(keys[-1]), known)} Otherwise remove it."


def _how_to_write(keys: Keys) -> str:
    declared = quantity_at(keys)
    if declared is None:
        return f"Add `{keys[-1]}`, or mend it." if keys else "See docs/start.md for the form."
    return (
        f"Write `{keys[-1]}: {{low: ..., likely: ..., high: ..., unit: {declared.unit}, "
        "source: assumed}`, or `value: ...` if it is known."
    )


def _shown(given: object) -> str:
    if given is None:
        return "empty"
    if isinstance(given, dict):
        return "a mapping"
    if isinstance(given, list):
        return "a list"
    if isinstance(given, bool):
        return "true" if given else "false"
    text = str(given)
    text = text if len(text) <= 60 else f"{text[:57]}..."
    return f"the text `{text}`" if isinstance(given, str) else text


def field_at(keys: Keys) -> FieldInfo | None:
    """Return the field of the schema that holds the value at these keys."""
    if not keys:
        return None
    model = model_at(keys[:-1])
    return model.model_fields.get(str(keys[-1])) if model is not None else None


def model_at(keys: Keys) -> type[BaseModel] | None:
    """Return the model that the value at these keys must fit; None if it is not a model."""
    annotation: object = Scenario
    for key in keys:
        annotation = _inside(annotation, key)
    return next((kind for kind in _alternatives(annotation) if _is_model(kind)), None)


def quantity_at(keys: Keys) -> Declared | None:
    """Return what is demanded of the number at these keys; None if there is none."""
    if not keys or model_at(keys) is not Quantity:
        return None
    field = field_at(keys) or field_at(keys[:-1])
    return declared_by(field) if field is not None else None


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _alternatives(annotation: object) -> list[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _alternatives(get_args(annotation)[0])
    if origin is Union or origin is types.UnionType:
        return [kind for part in get_args(annotation) for kind in _alternatives(part)]
    return [annotation]


def _inside(annotation: object, key: str | int) -> object:
    for kind in _alternatives(annotation):
        if _is_model(kind) and key in kind.model_fields:
            return kind.model_fields[key].annotation
        if get_origin(kind) in (dict, list):
            return get_args(kind)[-1]
    return None
