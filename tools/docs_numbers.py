"""The numbers of the example scenario as tables: meaning, unit, bounds, ranges, sources."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import ModuleType

from docs_reading import constants, table
from pydantic import BaseModel

from ripeness.scenario import model
from ripeness.scenario.load import load
from ripeness.scenario.paths import Declared, declarations, quantities
from ripeness.scenario.quantity import Quantity

EXAMPLE = "ukraine"
"""The scenario whose ranges the model page shows."""


def told(value: float) -> str:
    """Return a number as people write it."""
    return f"{value:,.0f}" if abs(value) >= 10_000 or value == round(value) else f"{value:g}"


def range_of(quantity: Quantity) -> str:
    """Return a range: ``low / likely / high``, or one value."""
    if quantity.fixed:
        return told(quantity.low)
    words = " / ".join(map(told, (quantity.low, quantity.likely, quantity.high)))
    return words if quantity.distribution == "triangular" else f"{words} ({quantity.distribution})"


def bounds_of(declared: Declared) -> str:
    """Return the bounds that a number must keep."""
    least, most = declared.least, declared.most
    if least is None and most is None:
        return "any"
    if most is None:
        return f"from {told(least)}"  # type: ignore[arg-type]
    return f"{told(least)} to {told(most)}" if least is not None else f"up to {told(most)}"


def source_of(quantity: Quantity) -> str:
    """Return where a number comes from."""
    told_by = quantity.source.kind
    if quantity.source.reference:
        told_by += f": {quantity.source.reference}"
    return told_by + (f" ({quantity.note})" if quantity.note else "")


@cache
def war() -> model.Scenario:
    """Return the example scenario."""
    return load(EXAMPLE)


@cache
def numbers() -> dict[str, Quantity]:
    """Return its numbers by path."""
    return quantities(war())


def numbers_table(paths: dict[str, dict[str, str]]) -> str:
    """Return a table of numbers: one row each, one column for each who has it.

    Args:
        paths: name of the number -> who has it -> path.
    """
    known, demands = numbers(), declarations(war())
    owners = list(dict.fromkeys(owner for row in paths.values() for owner in row))
    rows = []
    for name, where in paths.items():
        declared = demands[next(iter(where.values()))]
        ranges = [range_of(known[where[owner]]) if owner in where else "" for owner in owners]
        rows.append(
            [
                f"`{name}`",
                declared.meaning,
                declared.unit,
                bounds_of(declared),
                *ranges,
                _sources(where),
            ]
        )
    return table(["number", "meaning", "unit", "may be", *owners, "source"], rows)


def _sources(where: dict[str, str]) -> str:
    """Return the sources of one number for all who have it, those in common told once."""
    sources = {owner: source_of(numbers()[path]) for owner, path in where.items()}
    if len(set(sources.values())) == 1:
        return next(iter(sources.values()))
    by_source: dict[str, list[str]] = {}
    for owner, words in sources.items():
        by_source.setdefault(words, []).append(owner)
    return "; ".join(f"{', '.join(owners)}: {words}" for words, owners in by_source.items())


def members_table(section: str, kind: type[BaseModel]) -> str:
    """Return the numbers of patrons, guarantors or mediators, a column for each of them."""
    members = getattr(war(), section)
    paths = {
        name: {member.label: f"{section}.{key}.{name}" for key, member in members.items()}
        for name in kind.model_fields
    }
    return numbers_table(paths)


def group_tables(group: str) -> Iterator[str]:
    """Yield the tables of a process's numbers: those stated per side, and those stated once."""
    if group in model.Belligerent.model_fields:
        kind = model.Belligerent.model_fields[group].annotation
        yield "Stated for each belligerent, as `belligerents.NAME." + group + ".NUMBER`:\n"
        paths = {
            name: {
                side.label: f"belligerents.{key}.{group}.{name}"
                for key, side in war().belligerents.items()
            }
            for name in kind.model_fields  # type: ignore[union-attr]
        }
        yield numbers_table(paths) + "\n"
    if group in model.War.model_fields:
        kind = model.War.model_fields[group].annotation
        yield f"Stated once, as `war.{group}.NUMBER`:\n"
        names = kind.model_fields  # type: ignore[union-attr]
        yield numbers_table({name: {"both sides": f"war.{group}.{name}"} for name in names}) + "\n"


def code_numbers(*modules: ModuleType) -> str:
    """Return the numbers that stand in the code of some modules, or nothing."""
    rows = [
        [f"`{name}`", value, meaning]
        for module in modules
        for name, value, meaning in constants(module)
    ]
    if not rows:
        return ""
    return (
        "In the code, the same in every world:\n\n"
        + table(["name", "value", "meaning"], rows)
        + "\n"
    )
