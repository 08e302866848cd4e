"""What a check of a scenario returns, before its place in the user's files is looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ripeness.errors import Level
from ripeness.scenario.model import Scenario

Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    Attributes:
        level: ``error`` stops the work, ``warning`` does not.
        keys: the keys of the scenario that it is about.
        what: what is wrong.
        remedy: what to do about it.
        also: further keys that it follows from.
    """

    level: Level
    keys: Keys
    what: str
    remedy: str
    also: tuple[Keys, ...] = ()

    def touches(self, keys: Keys) -> bool:
        """Whether the finding follows from what stands at, above or below these keys."""
        return any(
            own[: len(keys)] == keys or keys[: len(own)] == own for own in (self.keys, *self.also)
        )


Check = Callable[[Scenario], Iterator[Finding]]


def error(keys: Keys, what: str, remedy: str, also: tuple[Keys, ...] = ()) -> Finding:
    """Return a finding that stops the work."""
    return Finding("error", keys, what, remedy, also)


def warning(keys: Keys, what: str, remedy: str, also: tuple[Keys, ...] = ()) -> Finding:
    """Return a finding that does not."""
    return Finding("warning", keys, what, remedy, also)
