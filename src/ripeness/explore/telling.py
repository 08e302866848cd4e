"""The story of a world in words, and as data."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

from ripeness.explore.causes import owner_of
from ripeness.explore.story import (
    ENDS,
    LAST,
    NEAREST,
    OPENS,
    OUT_OF_REACH,
    SHUTS,
    STANDS,
    Driver,
    Happening,
    Story,
)
from ripeness.war.state import BEYOND, VICTORY_FIRST, VICTORY_SECOND

MOST_DRIVERS: Final = 4
"""Causes that are named for one opening or shutting; the rest is in the JSON."""

TIPPED: Final = 0.5
"""A share this large took the zone out of reach or back: it tipped a decision, and has no size."""

MEN_ARMS_LINES: Final = "changes in men, arms and lines"

WORDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "line": ("the line moved in {first}'s favour", "the line moved in {second}'s favour", "the line moved"),
    "stillness": ("the front stood still", "the front moved again", "the front moved"),
    "strength": ("{side} saw itself stronger", "{side} saw itself weaker", "what {side} made of its strength"),
    "losses": ("{side} lost more soldiers", "{side} lost fewer soldiers", "{side}'s losses"),
    "economy": ("{side}'s economy was strained more", "{side}'s economy was strained less", "{side}'s economy"),
    "weariness": ("{side}'s public grew tired", "{side}'s public recovered", "{side}'s public"),
    "patrons": ("patrons pressed harder", "patrons pressed less", "the patrons"),
    "escalation": ("the danger of escalation grew", "the danger of escalation fell", "the danger"),
    "regime": ("the guns fell silent", "the guns spoke again", "the guns fell silent and spoke again"),
    "leaders": ("a leader left", "a leader left", "a leader left"),
    "talks": ("what the talks showed", "what the talks showed", "what the talks showed"),
    "forces": (MEN_ARMS_LINES, MEN_ARMS_LINES, MEN_ARMS_LINES),
    "time": ("the date", "the date", "the date"),
}  # fmt: skip
"""What a cause is called if the thing itself rose, fell, or did neither."""

NOUNS: Final[Mapping[str, str]] = {
    "line": "the line", "stillness": "stillness of the front", "strength": "{side}'s view of its strength",
    "losses": "{side}'s losses", "economy": "{side}'s economy", "weariness": "{side}'s public",
    "patrons": "patrons' pressure", "escalation": "danger of escalation",
    "regime": "war or ceasefire", "leaders": "new leaders",
    "talks": "what talks show", "forces": "men, arms and lines", "time": "the date",
}  # fmt: skip
"""What a cause is called in a picture."""


def driver_words(driver: Driver, sides: tuple[str, str], *, noun: bool = False) -> str:
    """Say what moved the zone, without how much."""
    rose, fell, neither = WORDS[driver.cause]
    words = neither if driver.rises is None else rose if driver.rises else fell
    side = sides[driver.side or 0]
    template = NOUNS[driver.cause] if noun else words
    return template.format(side=side, first=sides[0], second=sides[1])


def tellings(story: Story) -> Iterator[tuple[str, str]]:
    """Yield a month and what happened in it, in order."""
    last: Happening | None = None
    for each in story.happenings:
        yield month_of(each.date), _told(story, each, last)
        if each.width is not None:
            last = each


def month_of(day: np.datetime64) -> str:
    """Say a date to the month."""
    date: datetime.date = day.astype("datetime64[D]").item()
    return f"{date:%B %Y}"


def hundredths(share: float) -> str:
    """Say a share of the stakes in hundredths: ``3.1``."""
    return f"{abs(100 * share):.1f}"


def finding(story: Story) -> str:
    """Say the story in one line: how often the zone opened, what moved it most, how it ended."""
    opened = [each for each in story.happenings if each.kind == OPENS]
    counts = [each for each in story.happenings if each.width is not None]
    if not story.possible:
        zone = "every package crosses a red line, so that nothing can be signed"
    elif any((each.width or 0.0) >= 0 for each in counts[:1]):
        zone = "the zone of agreement is open from the start"
    elif opened:
        zone = f"the zone of agreement first opens in {month_of(opened[0].date)}"
        strongest = [d for d in opened[0].drivers if d.share > 0][:1]
        if strongest:
            zone += f", above all because {driver_words(strongest[0], story.sides)}"
    else:
        zone = "the zone of agreement never opens"
    return f"World {story.world}: {zone}; {ending_words(story)}"


def ending_words(story: Story) -> str:
    """Say how the world ends."""
    if story.ending in (VICTORY_FIRST, VICTORY_SECOND):
        return f"{story.sides[story.ending - VICTORY_FIRST]} wins"
    if story.ending == BEYOND:
        return "the war leaves the model"
    words = (
        "the war still goes on at the end",
        "the guns are silent at the end",
        "it ends settled",
    )
    return words[int(story.regime[-1])]


def _told(story: Story, each: Happening, last: Happening | None) -> str:
    if each.width is not None:
        return _of_the_zone(story, each, last)
    side = None if each.side is None else story.sides[each.side]
    if each.kind == ENDS:
        return f"{ending_words(story).capitalize()}."
    if each.kind == "signed":
        terms = "; ".join(f"{issue}: {level}" for issue, level in (each.terms or {}).items())
        return f"A settlement is signed, pending ratification. {terms}."
    return {
        "ceasefire": "A ceasefire begins.",
        "settlement": "The settlement comes into force.",
        "failed at home": "The settlement fails at home; the war goes on.",
        "war resumed": f"{side} resumes the war." if side else "The war resumes.",
        "settlement broken": f"{side} breaks the settlement."
        if side
        else "The settlement is broken.",
        "new leader": f"{side} has a new leader.",
        "major defeat": f"{side} suffers a major defeat.",
        "ultimatum": "The ultimatum has passed in vain and is carried out.",
    }[each.kind]


def _of_the_zone(story: Story, each: Happening, last: Happening | None) -> str:
    """Say where the zone stands, and what moved it since the story last spoke of it."""
    width = each.width or 0.0
    size = hundredths(width)
    if width <= OUT_OF_REACH:
        stands = (
            "at least one side would sign nothing"
            if story.possible
            else "every package crosses a red line of one side or the other"
        )
    elif width >= 0:
        stands = f"in the best package both gain at least {size} hundredths of the stakes"
    else:
        stands = f"the nearest package falls {size} hundredths of the stakes short"
    begins = {
        OPENS: "The zone of agreement opens",
        SHUTS: "The zone of agreement shuts",
        NEAREST: "The zone of agreement is as near to opening as it comes",
        LAST: "The zone of agreement is shut to the end",
        STANDS: f"The zone of agreement is {'open' if width >= 0 else 'shut'}",
    }[each.kind]
    why = _why(each.drivers, story.sides, None if last is None else last.date)
    return f"{begins}: {stands}.{why}"


def _why(drivers: tuple[Driver, ...], sides: tuple[str, str], since: np.datetime64 | None) -> str:
    """Say what widened and what narrowed the zone."""
    if not drivers or since is None:
        return ""
    parts = []
    for words, sign in (("widened", 1), ("narrowed", -1)):
        told = [_with_size(driver, sides) for driver in drivers if driver.share * sign > 0]
        if told:
            parts.append(
                f"What {words} it since {month_of(since)}: {', '.join(told[:MOST_DRIVERS])}."
            )
    return "".join(f" {part}" for part in parts)


def _with_size(driver: Driver, sides: tuple[str, str]) -> str:
    words = driver_words(driver, sides)
    if abs(driver.share) >= TIPPED:
        return words
    return f"{words} ({'+' if driver.share > 0 else '-'}{hundredths(driver.share)})"


def as_mapping(story: Story) -> dict[str, Any]:
    """Return a story as JSON has it."""
    owners = [owner_of(place) for place in range(len(story.changes.shares))]
    label = lambda side: None if side is None else story.sides[side]  # noqa: E731
    return {
        "world": story.world,
        "theory": story.theory,
        "some_package_crosses_no_red_line": story.possible,
        "happenings": [
            {
                "date": str(each.date),
                "what": each.kind,
                "side": label(each.side),
                "width": each.width,
                "because": [
                    {"cause": d.cause, "side": label(d.side), "share": d.share, "rises": d.rises}
                    for d in each.drivers
                ],
                "terms": each.terms,
            }
            for each in story.happenings
        ],
        "months": {
            "date": [str(day) for day in story.days],
            "regime": story.regime.tolist(),
            "width": story.changes.width.tolist(),
            "zone_counts": story.usable.tolist(),
            "change_by_cause": [
                {"cause": name, "side": label(side), "share": row.tolist()}
                for (name, side), row in zip(owners, story.changes.shares, strict=True)
            ],
        },
    }
