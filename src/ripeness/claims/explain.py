"""What the models of claims found, in words: pydantic's errors become problems with remedies."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ripeness.claims.language import FORMS
from ripeness.errors import Problem
from ripeness.registry import suggestion
from ripeness.scenario.places import Places

Keys = tuple[str | int, ...]

_MUST_BE = {
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "text",
    "bool_type": "true or false",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "tuple_type": "a list",
    "literal_error": "one of {expected}",
    "greater_than": "more than {gt:g}",
    "greater_than_equal": "at least {ge:g}",
    "less_than": "less than {lt:g}",
    "less_than_equal": "at most {le:g}",
    "too_short": "a list of at least {min_length}",
    "string_too_short": "text of at least {min_length} character",
    "string_too_long": "text of at most {max_length} characters",
}


def explained(
    error: ValidationError, model: type[BaseModel], above: Keys, places: Places
) -> list[Problem]:
    """Return the problems that pydantic's errors stand for.

    Args:
        error: what the model found.
        model: the model.
        above: keys of the file that lead to what was given to the model.
        places: where each key of the file stands.
    """
    problems = []
    found = error.errors(include_url=False)
    for details in found:
        if details["type"] == "too_short" and _holds_another(details, found):
            continue  # it is short only of the members that are refused themselves
        keys = (*above, *(part for part in details["loc"] if part not in FORMS))
        what, remedy = _told(details, keys, model)
        problems.append(Problem("error", places.where(keys), what, remedy))
    return problems


def _holds_another(details: ErrorDetails, found: list[ErrorDetails]) -> bool:
    """Whether another error is of a member of the list that this one is of."""
    loc = details["loc"]
    return any(each["loc"][: len(loc)] == loc and len(each["loc"]) > len(loc) for each in found)


def _told(details: ErrorDetails, keys: Keys, model: type[BaseModel]) -> tuple[str, str]:
    kind, context = details["type"], details.get("ctx", {})
    name = (
        f"`{keys[-1]}`" if isinstance(keys[-1], str) else f"number {keys[-1] + 1} of `{keys[-2]}`"
    )
    if kind == "missing":
        return f"{name} is missing.", f"Add {name}; docs/claims.md says what it means."
    if kind == "extra_forbidden":
        known = [field.alias or key for key, field in model.model_fields.items()]
        if len(details["loc"]) == 1:
            remedy = f"{suggestion(str(keys[-1]), known)} Otherwise remove it."
        else:
            remedy = "Remove it; docs/claims.md says which keys there are."
        return f"{name} is not a key that is known here.", remedy
    if kind == "unknown":
        return f"{details['msg']}.", str(context["remedy"])
    if kind == "unit":
        return (
            f"{details['msg']}.",
            f"Convert the bounds if need be, and write `unit: {context['unit']}`.",
        )
    if kind == "value_error":
        return f"{name}: {context.get('error')}.", "docs/claims.md says what each key means."
    if kind == "string_pattern_mismatch":
        remedy = "See docs/claims.md."
        if keys[-1] == "id":
            remedy = "Write one to four capital letters and two to four digits, such as C01 (docs/claims.md)."
        return f"{name} cannot be a name here: {_shown(details['input'])}.", remedy
    if kind in _MUST_BE:
        must = _MUST_BE[kind].format(**context)
        return f"{name} must be {must}, but is {_shown(details['input'])}.", "Mend it."
    return f"{name} cannot be read: {details['msg']}.", "docs/claims.md says what each key means."


def _shown(given: Any) -> str:
    if given is None:
        return "empty"
    if isinstance(given, dict):
        return "a mapping"
    if isinstance(given, list | tuple):
        return f"a list of {len(given)}"
    if isinstance(given, bool):
        return "true" if given else "false"
    text = str(given)
    text = text if len(text) <= 60 else f"{text[:57]}..."
    return f"the text `{text}`" if isinstance(given, str) else text
