"""Counts of worlds in words that people read rightly.

Nobody is told "65.3 % probability of peace". They are told "13 of 20 worlds", and a rounded count
never claims certainty: 0 of 20 and 20 of 20 are said only where no world, or every world, is
meant.
"""

from __future__ import annotations

from typing import Final

OUT_OF: Final = 20
"""Shares are told out of this many worlds: few enough to picture, many enough to tell apart."""


def of_twenty(count: int, total: int, noun: str = "worlds") -> str:
    """Say a count of worlds as so many out of twenty.

    Twenty or fewer worlds are not rescaled. Examples: ``13 of 20 worlds``, ``fewer than 1 of 20
    worlds``, ``none of 4,096 worlds``, ``3 of 7 worlds``.

    Args:
        count: worlds in which something holds, 0 to ``total``.
        total: worlds looked at.
        noun: what is counted, in the plural and with the word "worlds" in it.

    Returns:
        The words, to be put after "in".

    Raises:
        ValueError: if ``count`` is not between 0 and ``total``.
    """
    count, total = int(count), int(total)
    if not 0 <= count <= total:
        message = f"`count` must lie between 0 and {total:,}, but is {count:,}"
        raise ValueError(message)
    if total == 1:
        return f"{count} of 1 {noun.replace('worlds', 'world', 1)}"
    if count == 0:
        return f"none of {total:,} {noun}"
    if count == total:
        return f"all {total:,} {noun}"
    if total <= OUT_OF:
        return f"{count} of {total} {noun}"
    nearest = (2 * OUT_OF * count + total) // (2 * total)  # half rounds up, in whole numbers
    if nearest == 0:
        return f"fewer than 1 of {OUT_OF} {noun}"
    if nearest == OUT_OF:
        return f"more than {OUT_OF - 1} of {OUT_OF} {noun}"
    return f"{nearest} of {OUT_OF} {noun}"


def of_twenty_short(count: int, total: int) -> str:
    """Say a count of worlds where the noun is understood: ``13 of 20``, ``all``, ``none``.

    Raises:
        ValueError: if ``count`` is not between 0 and ``total``.
    """
    words = of_twenty(count, total)
    if not count:
        return "none"
    return "all" if count == total else words.removesuffix(" worlds").removesuffix(" world")
