"""Assumptions of the published models, checked before a model is solved.

Every model calls :class:`Assumptions` with its own name, states what its arguments must satisfy,
and calls :meth:`Assumptions.check`, which raises one ``InputError`` with *all* problems: the
argument, the assumption that it breaks, and the remedy. NaN and infinities never pass.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Integral, Real

import numpy as np

from ripeness.errors import InputError, Problem


class Assumptions:
    """What one model assumes of its arguments.

    Args:
        model: the function's name, as the user called it; it begins every problem's ``where``.
    """

    def __init__(self, model: str) -> None:
        self._model = model
        self._problems: list[Problem] = []

    def that(self, holds: bool | np.bool_, where: str, what: str, remedy: str) -> Assumptions:
        """Record a problem at argument ``where`` unless the assumption ``holds``."""
        if not holds:
            self._problems.append(Problem("error", f"{self._model}({where})", what, remedy))
        return self

    def number(
        self,
        name: str,
        value: float | int,
        low: float | int = -math.inf,
        high: float | int = math.inf,
        *,
        open_low: bool = False,
        open_high: bool = False,
        means: str = "",
        remedy: str = "",
    ) -> float:
        """Require a finite number between ``low`` and ``high``; ``open_*`` excludes the bound.

        Args:
            name: the argument.
            value: what the caller gave.
            low: smallest value allowed.
            high: largest value allowed.
            open_low: whether ``low`` itself is excluded.
            open_high: whether ``high`` itself is excluded.
            means: the assumption behind the bounds, in words, added to the message.
            remedy: what to do instead; the default names the range.

        Returns:
            The value as a float, or NaN when it was refused (``check`` will raise).
        """
        allowed = _interval(low, high, open_low=open_low, open_high=open_high)
        inside = (
            _is_number(value)
            and math.isfinite(value)
            and (value > low if open_low else value >= low)
            and (value < high if open_high else value <= high)
        )
        because = f" ({means})" if means else ""
        self.that(
            inside,
            name,
            f"Argument `{name}` must be {allowed}{because}, but is {value!r}.",
            remedy or f"Give {allowed}.",
        )
        return float(value) if inside else math.nan

    def probability(self, name: str, value: float | int) -> float:
        """Require a probability, 0 and 1 included."""
        return self.number(name, value, 0, 1, means="a probability")

    def cost(self, name: str, value: float | int) -> float:
        """Require a cost: finite, zero or more, in shares of the prize."""
        return self.number(name, value, 0, means="fighting never pays in itself")

    def discount(self, name: str, value: float | int, *, open_low: bool = False) -> float:
        """Require a discount factor per period: below 1, so that values stay finite."""
        return self.number(
            name, value, 0, 1, open_low=open_low, open_high=True, means="the future counts for less"
        )

    def count(self, name: str, value: int, low: int = 0, high: int | None = None) -> int:
        """Require a whole number from ``low`` to ``high``."""
        inside = (
            isinstance(value, Integral)
            and not isinstance(value, bool)
            and value >= low
            and (high is None or value <= high)
        )
        allowed = f"a whole number of {low} or more"
        if high is not None:
            allowed = f"a whole number from {low} to {high}"
        self.that(
            inside,
            name,
            f"Argument `{name}` must be {allowed}, but is {value!r}.",
            f"Give {allowed}.",
        )
        return int(value) if inside else low

    def series(
        self,
        name: str,
        values: Sequence[float] | np.ndarray,
        low: float | int = -math.inf,
        high: float | int = math.inf,
        *,
        at_least: int = 1,
    ) -> np.ndarray:
        """Require a one-dimensional series of ``at_least`` finite numbers in [low, high]."""
        array = np.atleast_1d(np.asarray(values, dtype=float))
        long_enough = array.ndim == 1 and array.size >= at_least
        inside = bool(np.all(np.isfinite(array)) and np.all(array >= low) and np.all(array <= high))
        allowed = _interval(low, high, open_low=False, open_high=False)
        self.that(
            long_enough and inside,
            name,
            f"Argument `{name}` must be a list of {at_least} or more numbers, each {allowed},"
            f" but is {array.tolist()}.",
            "Remove missing and out-of-range entries; one entry per period.",
        )
        return array

    def check(self) -> None:
        """Raise every problem found so far, or do nothing.

        Raises:
            InputError: if any assumption is broken.
        """
        if self._problems:
            raise InputError(self._problems)


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, (bool, np.bool_))


def _interval(low: float | int, high: float | int, *, open_low: bool, open_high: bool) -> str:
    parts = []
    if low > -math.inf:
        parts.append(f"above {low:g}" if open_low else f"at least {low:g}")
    if high < math.inf:
        parts.append(f"below {high:g}" if open_high else f"at most {high:g}")
    return " ".join(["a finite number", " and ".join(parts)]).strip()
