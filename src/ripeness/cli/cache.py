"""Trouble with the cache of compiled programs, told once and in our words.

A run does not need the cache, it is only slower without; so JAX warns, and goes on.
"""

from __future__ import annotations

import re
import warnings
from types import TracebackType
from typing import Any

from ripeness.errors import Problem

_FROM_THE_CACHE = re.compile("persistent compilation cache", re.IGNORECASE)


class CacheTrouble:
    """Collects, while it is entered, what JAX says about its cache; other warnings pass."""

    def __init__(self) -> None:
        self.reasons: list[str] = []

    def __enter__(self) -> CacheTrouble:
        self._catcher = warnings.catch_warnings()
        self._catcher.__enter__()
        show = warnings.showwarning

        def sort(message: Warning | str, *details: Any, **more: Any) -> None:
            if _FROM_THE_CACHE.search(str(message)):
                self.reasons.append(str(message))
            else:
                show(message, *details, **more)

        warnings.showwarning = sort
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        place: TracebackType | None,
    ) -> None:
        self._catcher.__exit__(kind, error, place)

    def problems(self) -> tuple[Problem, ...]:
        """Return one problem if there was any trouble."""
        if not self.reasons:
            return ()
        reason = self.reasons[0].rpartition("Error: ")[2].strip()
        what = f"Compiled programs could not be kept or read again: {reason}."
        remedy = (
            "The run is complete; the next one compiles again. To keep them, set RIPENESS_CACHE "
            "to a folder that you may write to and that has room."
        )
        return (Problem("warning", "the cache of compiled programs", what, remedy),)
