"""Which files of the program made a run: one digest per room, kept in the manifest.

The version of the program changes rarely, its files often. Two runs whose digests are the same were
made by the same code and the same data, so that a verdict that differs between them differs for
another reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final

SIMULATION: Final = ("scenario", "worlds", "war", "bargaining", "outcomes", "learnt")
"""Rooms, and what sides have learnt, on which the outcomes of a given scenario depend."""

TESTING: Final = ("claims", "explore")
"""Rooms on which verdicts depend besides the outcomes."""

RECORD: Final = "record"
"""Recorded data that come with the program."""

_DIGITS: Final = 16


@lru_cache(maxsize=1)
def stamp() -> Mapping[str, str]:
    """Return a digest of each room's code, of what sides have learnt, and of the recorded data."""
    root = Path(str(resources.files("ripeness")))
    rooms = [name for name in (*SIMULATION, *TESTING) if name != "learnt"]
    found = {name: _digest(root, (root / name).rglob("*.py")) for name in rooms}
    found["learnt"] = _digest(root, (root / "scenario" / "library").glob("*.json"))
    found[RECORD] = _digest(root, (root / "outcomes").glob("*.yaml"))
    return found


def _digest(root: Path, files: Iterable[Path]) -> str:
    """Return a digest of the names and contents of files."""
    total = hashlib.sha256()
    for file in sorted(files):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        total.update(f"{file.relative_to(root).as_posix()} {content}\n".encode())
    return total.hexdigest()[:_DIGITS]
