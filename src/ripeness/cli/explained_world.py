"""The story of one world as text and as a page."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Final

from ripeness.brief.explained import Explanation, Section
from ripeness.charts.story import story_chart
from ripeness.explore.story import Story
from ripeness.explore.telling import finding, tellings

WIDTH: Final = 96


def page_of(story: Story, title: str, worlds: int, command: str) -> Explanation:
    """Return the page of a story."""
    chart = story_chart(story)
    theory = story.theory.replace("_", " ")
    remark = (
        "Each time that the zone opens or shuts, what moved it since the story last spoke of it is named, "
        "with its size in hundredths of the stakes.",
    )
    section = Section("What happened", remark, (chart,) if chart else (), tuple(tellings(story)))
    return Explanation(
        title=f"{title}: the story of world {story.world}",
        facts=f"World {story.world} of {worlds:,} (counted from 0), in which the theory of {theory} holds.",
        answer=f"{finding(story)}.",
        sections=(section,),
        reproduce=command,
    )


def answer(page: Explanation, place: Path) -> str:
    """Return the story as text."""
    lines = [page.title, page.facts, "A structured argument, not a forecast.", ""]
    lines += textwrap.wrap(page.answer, WIDTH)
    for section in page.sections:
        lines += ["", section.heading]
        for number, (month, words) in enumerate(section.entries, start=1):
            lines += _entry(number, month, words)
    return "\n".join([*lines, "", f"Page: {place}"])


def _entry(number: int, month: str, words: str) -> list[str]:
    short = f"{month[:3]} {month[-4:]}"
    return textwrap.wrap(
        words, WIDTH, initial_indent=f"{number:>4}  {short}  ", subsequent_indent=" " * 16,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
