"""Figures and words of a brief."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

MISSING: Final = "–"


def number(value: object) -> str:
    """Write a figure for people: thousands apart, four digits at most after them."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return MISSING if value is None else str(value)
    if isinstance(value, int):
        return f"{value:,}"
    if not math.isfinite(value):
        return MISSING
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.4g}" if abs(value) >= 1e-4 or value == 0 else f"{value:.1e}"


def range_words(row: Mapping[str, Any]) -> str:
    """Write a range: ``3 (2 to 5)``, or one figure if it is fixed."""
    low, likely, high = row.get("low"), row.get("likely"), row.get("high")
    if low == high:
        return number(low if likely is None else likely)
    span = f"{number(low)} to {number(high)}"
    return span if likely is None else f"{number(likely)} ({span})"


def grouped(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Sort parameters under the part of their path before the last point, in their order."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        group, _, name = str(row.get("path", "?")).rpartition(".")
        groups.setdefault(group or "others", []).append({**row, "name": name})
    return groups


def css_string(text: object) -> str:
    r"""Write a text as the inside of a CSS string, every sign but letters and digits escaped.

    The result can neither end the string nor the style sheet: it holds only letters, digits,
    backslashes and blanks.
    """
    return "".join(
        sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):06x} " for sign in str(text)
    )


def sentence(text: object) -> str:
    """Give a text a capital and a full stop if it has none."""
    words = str(text or "").strip()
    if not words:
        return ""
    return words[:1].upper() + words[1:] + ("" if words[-1] in ".!?" else ".")
