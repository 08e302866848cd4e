"""JSON Schema of scenario files, for editors that check and complete YAML as it is typed.

The schema describes *files*, not finished scenarios: a file may leave out what it extends or what
has a default, and may set a key to null to remove it. So only the parts of a number are required.
Every number carries its ``unit``, its bounds and its meaning. What needs more than one key to
judge (names that must exist, areas that must add up) is left to ``ripeness check``.
"""

from __future__ import annotations

from typing import Any

from ripeness.scenario.merge import KINDS
from ripeness.scenario.model import Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ENDS = ("low", "likely", "high", "value")

Schema = dict[str, Any]


def json_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of scenario files."""
    whole: Schema = Scenario.model_json_schema()
    models: Schema = whole.pop("$defs")
    for name, model in models.items():
        if name not in ("Quantity", "Source"):
            models[name] = _partial(model)
    models["Quantity"] = _quantity(models["Quantity"])
    whole = _partial(whole)
    whole["properties"] |= {
        "extends": {
            "type": ["string", "null"],
            "description": "a library war, or a file in the same folder, that this file builds on",
        },
        "defaults": {
            "type": ["object", "null"],
            "description": "laid under every member of a kind; what the member says wins",
            "additionalProperties": False,
            "properties": {kind: {"$ref": f"#/$defs/{kind.capitalize()}"} for kind in KINDS},
        },
    }
    return {
        "$schema": DIALECT,
        **whole,
        "title": "Ripeness scenario",
        "required": ["ripeness"],
        "$defs": models,
    }


def _partial(model: Schema) -> Schema:
    """Return an object's schema in which nothing is required and everything may be null."""
    properties = {
        name: _or_null(_with_limits(field)) for name, field in model.get("properties", {}).items()
    }
    kept = {key: value for key, value in model.items() if key != "required"}
    return {**kept, "properties": properties} if properties else kept


def _or_null(field: Schema) -> Schema:
    """Return a field's schema that also takes null; what describes the field stays in front."""
    if "patternProperties" in field:
        members = field["patternProperties"].items()
        removable = {name: {"anyOf": [part, {"type": "null"}]} for name, part in members}
        field = {**field, "patternProperties": removable}
    about = {key: field[key] for key in ("description", "unit", "least", "most") if key in field}
    rest = {key: value for key, value in field.items() if key not in (*about, "title", "default")}
    return {**about, "anyOf": [rest, {"type": "null"}]}


def _with_limits(field: Schema) -> Schema:
    """Return a field's schema with the unit and the bounds that it demands of its numbers."""
    if "unit" not in field:
        return field
    ends: Schema = {"type": "number"}
    if field["least"] is not None:
        ends["minimum"] = field["least"]
    if field["most"] is not None:
        ends["maximum"] = field["most"]
    limits = {"properties": {"unit": {"const": field["unit"]}, **dict.fromkeys(ENDS, ends)}}
    return _limited(field, limits)


def _limited(schema: Any, limits: Schema) -> Any:
    """Return a schema with the limits joined to every place where a quantity stands."""
    if isinstance(schema, dict):
        if schema.get("$ref") == "#/$defs/Quantity":
            return {**schema, **limits}
        return {key: _limited(value, limits) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_limited(part, limits) for part in schema]
    return schema


def _quantity(model: Schema) -> Schema:
    """Return the schema of a number: a range or a value, with unit and source."""
    properties: Schema = dict(model["properties"])
    properties["value"] = {"type": "number", "description": "the number, if it is known"}
    kinds = {"const": "assumed", "description": "no source but our own judgement"}
    properties["source"] = {"anyOf": [kinds, {"$ref": "#/$defs/Source"}]}
    return {
        **{key: value for key, value in model.items() if key != "required"},
        "properties": properties,
        "required": ["unit", "source"],
        "oneOf": [
            {"required": ["value"], "not": {"required": ["distribution"]}},
            {"required": ["low", "likely", "high"]},
        ],
    }
