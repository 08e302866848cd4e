"""Who contradicts whom: camps of claims that cannot all be right, read from ``opponents.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from ripeness.errors import InputError, Problem
from ripeness.scenario.places import Places
from ripeness.scenario.yaml_file import read

FILE: Final = Path(__file__).with_name("opponents.yaml")
_REMEDY: Final = "See opponents.yaml in the program's folder of claims for the form."


@dataclass(frozen=True, slots=True)
class Camp:
    """Claims on one side of a question.

    Attributes:
        says: what they have in common.
        claims: their ids.
    """

    says: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opposition:
    """Two camps that answer a question differently."""

    name: str
    question: str
    left: Camp
    right: Camp


@lru_cache(maxsize=1)
def library_opponents() -> tuple[Opposition, ...]:
    """Return the oppositions that come with the program."""
    return load_opponents(FILE)


def load_opponents(path: Path) -> tuple[Opposition, ...]:
    """Return the oppositions of a file.

    Raises:
        InputError: with every problem found, each with its line.
    """
    root = read(path, path.name)
    places, plain = Places(root), root.plain()
    listed = plain.get("oppositions")
    if not isinstance(listed, dict):
        raise InputError(_problem(places, (), "`oppositions` is missing."))
    problems: list[Problem] = []
    found = [_opposition(name, entry, places, problems) for name, entry in listed.items()]
    if problems:
        raise InputError(problems)
    return tuple(each for each in found if each is not None)


def _opposition(
    name: str, entry: object, places: Places, problems: list[Problem]
) -> Opposition | None:
    keys = ("oppositions", name)
    if not isinstance(entry, Mapping) or set(entry) != {"question", "left", "right"}:
        what = f"`{name}` needs `question`, `left` and `right`, and nothing else."
        problems.append(_problem(places, keys, what))
        return None
    left, right = (
        _camp(entry[side], (*keys, side), places, problems) for side in ("left", "right")
    )
    if left is None or right is None:
        return None
    both = sorted(set(left.claims) & set(right.claims))
    if both:
        what = f"a claim does not contradict itself: {', '.join(both)} stands on both sides."
        problems.append(_problem(places, keys, what))
    return Opposition(name, str(entry["question"]), left, right)


def _camp(
    entry: Any, keys: tuple[str, ...], places: Places, problems: list[Problem]
) -> Camp | None:
    says, claims = (
        entry.get(key) if isinstance(entry, Mapping) else None for key in ("says", "claims")
    )
    if isinstance(says, str) and isinstance(claims, list) and claims:
        return Camp(says, tuple(map(str, claims)))
    what = f"`{keys[-1]}` needs `says`, a text, and `claims`, a list of ids."
    problems.append(_problem(places, keys, what))
    return None


def _problem(places: Places, keys: tuple[str, ...], what: str) -> Problem:
    return Problem("error", places.where(keys), what, _REMEDY)
