"""What ``ripeness policy inverse`` says."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from ripeness.explore.inverse import Inverse, Tried
from ripeness.outcomes.words import OUT_OF, of_twenty
from ripeness.scenario.model import Scenario

WIDTH: Final = 96
SINGLES: Final = 8
"""Single moves shown."""


def inverse_answer(scenario: Scenario, found: Inverse, *, anew: bool) -> str:
    """Return the answers as text."""
    wanted = f"{found.target * OUT_OF:.3g} of {OUT_OF} worlds"
    lines = [
        f"{scenario.title}: what would have to change for peace to come and hold in {wanted}?",
        "A structured argument, not a forecast.",
        "",
        *_wrapped(
            f"As it is, peace comes and holds in {of_twenty(found.base.holds, found.base.worlds)} "
            f"({found.base.holds:,} of {found.base.worlds:,}). {found.tried:,} sets of levers and terms "
            "were played."
        ),
        "",
    ]
    if found.answers:
        size = len(found.answers[0].moves)
        least = "One change is" if size == 1 else f"{size} changes together are"
        lines += [f"{least} enough; smaller sets that were tried are not. Answers:"]
        for number, each in enumerate(found.answers, start=1):
            lines += [f"  {number}.", *_moves(scenario, each)]
    else:
        lines += _wrapped(
            f"None exists within the ranges among the sets tried: no set of so few changes brings peace in "
            f"{wanted}, or none that did so in the worlds searched did so in fresh ones. The best:"
        )
        lines += _moves(scenario, found.best)
    lines += ["", "Each change by itself, best first"]
    for each in found.singles[:SINGLES]:
        told = textwrap.shorten(each.moves[0].told(scenario), 66, placeholder=" ...")
        lines.append(f"  {told:67}{of_twenty(each.holds, each.worlds)}")
    if not anew:
        lines += ["", *_wrapped(
            "Sides that expect keep what they learnt before the changes: a preliminary answer. Look at an "
            "answer closely with `ripeness run --lever ...` and `ripeness draft`."
        )]  # fmt: skip
    return "\n".join(lines)


def _moves(scenario: Scenario, each: Tried) -> Iterator[str]:
    for move in each.moves:
        kind = "terms" if move.term else "lever"
        yield f"     {kind}: {move.told(scenario)}"
    if not each.moves:
        yield "     nothing moved"
    fresh = of_twenty(each.fresh_holds, each.fresh_worlds)
    yield f"     peace in {of_twenty(each.holds, each.worlds)}; in fresh worlds in {fresh}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH)
