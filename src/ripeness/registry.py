"""Named collections of interchangeable parts: strategies, outcomes, charts, claim kinds.

A member registers itself under a name; asking for an unknown name gives an error that lists
the known ones and suggests the nearest.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

from ripeness.errors import bad_input

Member = TypeVar("Member")


def suggestion(name: str, known: Mapping[str, object] | list[str] | tuple[str, ...]) -> str:
    """Return a remedy that names the nearest known word, or lists them all."""
    words = list(known)
    near = difflib.get_close_matches(name, words, n=1)
    if near:
        return f"Did you mean `{near[0]}`?"
    return f"Known: {', '.join(words)}." if words else "There are none."


class Registry(Mapping[str, Member], Generic[Member]):
    """A mapping from names to members, in order of registration."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._members: dict[str, Member] = {}

    def register(self, name: str) -> Callable[[Member], Member]:
        """Return a decorator that files its argument under ``name``."""

        def file_under(member: Member) -> Member:
            if name in self._members:
                raise ValueError(f"{self._what} `{name}` is registered twice")
            self._members[name] = member
            return member

        return file_under

    def __getitem__(self, name: str) -> Member:
        if name not in self._members:
            raise bad_input(
                self._what, f"there is no {self._what} `{name}`.", suggestion(name, self._members)
            )
        return self._members[name]

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)
