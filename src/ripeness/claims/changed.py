"""What differs between two runs, from their manifests and, where they are kept, their scenarios.

A change has a path, an old and a new value: a number, a lever, the seed, the number of worlds, the
theories, a part of the program, the recorded data, or a claim's own definition. Names, labels and
sources change no verdict and are left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, get_args

from ripeness.claims.language import Claim
from ripeness.outcomes.stamp import RECORD, SIMULATION, TESTING

Tree = Mapping[str, Any]
Keys = tuple[str, ...]
What = Literal["claim", "tests", "program", "record", "lever", "scenario", "worlds"]

KINDS_OF_CHANGE: Final[Mapping[What, str]] = {
    "claim": "the claim itself",
    "tests": "how claims are tested",
    "program": "how the war is simulated",
    "record": "the recorded data",
    "lever": "the levers",
    "scenario": "the scenario",
    "worlds": "the drawing of worlds",
}
"""What can change, and what it is called."""

IN_ORDER: Final[tuple[What, ...]] = get_args(What)
"""The order in which changes are tried."""

NOT_RECORDED: Final = "not recorded"
_TEXTS: Final = {"label", "words", "why", "group", "note"}
_TOP_TEXTS: Final = {"ripeness", "name", "title", "summary", "lever_values", "recent"}
_FIGURES: Final = ("low", "likely", "high", "distribution", "unit")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two runs.

    Attributes:
        what: which kind of thing.
        path: its name.
        before: in the earlier run, as text.
        after: in the later run.
        keys: what leads to it in the scenario, if it is a part of one.
    """

    what: What
    path: str
    before: str
    after: str
    keys: Keys = ()

    def as_mapping(self) -> dict[str, Any]:
        """Return it made of JSON's own types."""
        return {name: value for name, value in asdict(self).items() if name != "keys"}

    def __str__(self) -> str:
        return f"{self.path}: {self.before} -> {self.after}"


def digest_of(claim: Claim) -> str:
    """Return a digest of what a claim is about and how it is tested; its wording is left out."""
    test = claim.test.model_dump(mode="json", by_alias=True)
    text = json.dumps([claim.about, claim.kind, test], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def digests_of(claims: Iterable[Claim]) -> dict[str, str]:
    """Return the digest of each claim by its id."""
    return {claim.id: digest_of(claim) for claim in claims}


def changes(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    trees: tuple[Tree, Tree] | None = None,
) -> tuple[Change, ...]:
    """Return everything that differs between two runs.

    Args:
        before: manifest of the earlier run.
        after: manifest of the later run.
        trees: the scenarios of both as plain data; None if one is not kept: then only numbers,
            horizon and theories are compared, which manifests list.
    """
    found = [*_claims(before, after), *_program(before, after), *_levers(before, after)]
    drawing = ["worlds", "seed"]
    if trees is not None:
        found += _scenario(*trees)
        if trees[0].get("theories") == trees[1].get("theories"):
            drawing.append("theories")  # one of them may have been asked for
    else:
        found += _numbers(before, after)
        found += _plain("scenario", ("horizon_weeks", "start", "theories"), before, after)
    return (*found, *_plain("worlds", drawing, before, after))


def replaced(old: Tree, new: Tree, chosen: Iterable[Keys]) -> dict[str, Any]:
    """Return the old scenario in which the parts at these keys are as in the new one."""
    tree = deepcopy(dict(old))
    for keys in chosen:
        there, value = _at(new, keys)
        place: Any = tree
        for key in keys[:-1]:
            place = place.setdefault(key, {})
        if there:
            place[keys[-1]] = deepcopy(value)
        else:
            place.pop(keys[-1], None)
    return tree


def _claims(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Change]:
    old, new = before.get("claims") or {}, after.get("claims") or {}
    for name in new:
        if name in old and old[name] != new[name]:
            yield Change("claim", name, str(old[name]), str(new[name]))


def _program(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Change]:
    """Yield which rooms of the program differ; a run that does not say may differ in all."""
    old, new = before.get("program") or {}, after.get("program") or {}
    groups: tuple[tuple[What, Sequence[str]], ...] = (
        ("tests", TESTING),
        ("program", SIMULATION),
        ("record", (RECORD,)),
    )
    for what, rooms in groups:
        if not old or not new:
            first, second = (_version(manifest) for manifest in (before, after))
            yield Change(what, "perhaps: one run does not list its files", first, second)
            continue
        for room in rooms:
            if old.get(room) != new.get(room):
                first, second = (str(each.get(room, NOT_RECORDED)) for each in (old, new))
                yield Change(what, room, first, second)


def _version(manifest: Mapping[str, Any]) -> str:
    known = "" if manifest.get("program") else f", files {NOT_RECORDED}"
    return f"version {manifest.get('version', '?')}{known}"


def _levers(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Change]:
    old, new = before.get("levers") or {}, after.get("levers") or {}
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            pair = (old.get(name), new.get(name))
            was, is_now = ("not moved" if value is None else f"{value:g}" for value in pair)
            yield Change("lever", name, was, is_now)


def _plain(
    what: What, names: Iterable[str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterable[Change]:
    for name in names:
        if before.get(name) != after.get(name):
            first, second = (_shown(each.get(name)) for each in (before, after))
            yield Change(what, name, first, second)


def _numbers(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Change]:
    """Yield the numbers that differ, as the manifests list them."""
    old, new = (
        {str(row["path"]): row for row in each.get("parameters") or ()} for each in (before, after)
    )
    for path in {**old, **new}:
        first, second = (_figures(each.get(path)) for each in (old, new))
        if first != second:
            yield Change("scenario", path, _shown(first), _shown(second))


def _scenario(old: Tree, new: Tree) -> Iterable[Change]:
    """Yield the parts of two scenarios that differ: numbers, and whatever else is no mere text."""
    first, second = dict(_parts(old, ())), dict(_parts(new, ()))
    for keys in {**first, **second}:
        if first.get(keys) != second.get(keys):
            path = ".".join(key for key in keys if key != "numbers")
            was, is_now = (_shown(each.get(keys)) for each in (first, second))
            yield Change("scenario", path, was, is_now, keys)


def _parts(value: Any, keys: Keys) -> Iterable[tuple[Keys, Any]]:
    if isinstance(value, Mapping) and not _is_number(value):
        skipped = _TEXTS if keys else _TOP_TEXTS
        for name, inner in value.items():
            if name not in skipped:
                yield from _parts(inner, (*keys, str(name)))
    else:
        yield keys, _figures(value) if isinstance(value, Mapping) else value


def _is_number(value: Mapping[str, Any]) -> bool:
    return {"low", "high", "unit"} <= set(value)


def _figures(row: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
    return None if row is None else tuple(row.get(name) for name in _FIGURES)


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, tuple) and len(value) == len(_FIGURES):
        low, likely, high, distribution, unit = value
        if low == high:
            return f"{_figure(low)} {unit}"
        middle = "" if likely is None else f"{_figure(likely)} "
        shape = "" if distribution == "triangular" else f", {distribution}"
        return f"{middle}({_figure(low)} to {_figure(high)}) {unit}{shape}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value)) or "none"
    return str(value)


def _figure(value: float | None) -> str:
    return "?" if value is None else f"{value:,.10g}"


def _at(tree: Tree, keys: Keys) -> tuple[bool, Any]:
    """Return whether something is at these keys, and what."""
    value: Any = tree
    for key in keys:
        if not isinstance(value, Mapping) or key not in value:
            return False, None
        value = value[key]
    return True, value
