"""The short answer on stdout: readable at midnight, in counts of twenty worlds."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ripeness.claims.drift import PHRASES
from ripeness.outcomes.words import of_twenty

WIDTH = 96
SHOWN_DEAD = 6
TOLD_CLAIMS = 12
"""More claims than this are counted rather than told one by one."""


def answer(
    manifest: dict[str, Any], summary: dict[str, Any], verdicts: list[dict[str, Any]], folder: Path
) -> str:
    """Return the answer of a run as text."""
    start = datetime.date.fromisoformat(manifest["start"])
    end = start + datetime.timedelta(weeks=manifest["horizon_weeks"])
    lines = [
        f"{manifest['title']}: {_counted(summary['worlds'], 'world')} from {_month(start)} to {_month(end)}.",
        "A structured argument, not a forecast.",
    ]
    for title, body in (
        ("How it ends", _endings(summary)),
        ("When", _when(summary, start)),
        ("What decided it", _decided(summary)),
        ("Was there anything to sign?", _zone(summary)),
        ("Experts' claims on trial", _claims(verdicts)),
        ("Is it sane?", _sanity(manifest, summary)),
    ):
        lines += ["", title, *body]
    lines += ["", f"Brief: {folder / 'brief.html'}"]
    return "\n".join(lines)


def _endings(summary: dict[str, Any]) -> Iterator[str]:
    total = summary["worlds"]
    for name, count in sorted(summary["endings"].items(), key=lambda item: -item[1]):
        yield f"  {name:<22} {of_twenty(count, total):<30} {count:>7,}"
    for theory, endings in summary["by_theory"].items():
        among = sum(endings.values())
        if among and among < total:
            settled = endings["settled"]
            yield f"  settled if {theory.replace('_', ' ')} is right: {of_twenty(settled, among)}"


def _when(summary: dict[str, Any], start: datetime.date) -> Iterator[str]:
    weeks = summary["ended_week"]
    if not weeks["count"]:
        yield "  In no world does it end before the horizon."
        return
    early, middle, late = (
        _month(start + datetime.timedelta(weeks=weeks[key])) for key in ("early", "middle", "late")
    )
    yield f"  Of the {_counted(weeks['count'], 'world')} in which it ends, half have ended by {middle}"
    yield f"  (1 of 20 by {early}, 19 of 20 by {late})."


def _decided(summary: dict[str, Any]) -> Iterator[str]:
    for rule, count in summary["decided_by"].items():
        yield from _wrapped(f"{of_twenty(count, summary['worlds'])}: {rule}")
    for rule in summary["flagged_rules"]:
        yield from _wrapped(
            f"Note: one rule ends most of the worlds that end ({rule}); look at what feeds it."
        )


def _zone(summary: dict[str, Any]) -> Iterator[str]:
    zone, total = summary["zone"], summary["worlds"]
    yield f"  A zone of agreement is open at the start in {of_twenty(zone['open_at_start'], total)},"
    ever, never = of_twenty(zone["ever_open"], total), of_twenty(zone["never_open"], total)
    yield f"  opens at some time in {ever}, never in {never}."
    settled, broken = summary["settled_once"], summary["settlement_broken"]
    if settled:
        yield f"  Of {_counted(settled, 'settlement')} that came into force, {_were(broken)} broken."
    ceased, broken = summary["ceasefire_once"], summary["ceasefire_broken"]
    yield f"  Of {_counted(ceased, 'first ceasefire')}, {_were(broken)} broken."


def _claims(verdicts: list[dict[str, Any]]) -> Iterator[str]:
    if not verdicts:
        yield "  No claims are filed for this scenario."
    if len(verdicts) > TOLD_CLAIMS:
        yield from _counted_claims(verdicts)
        return
    for verdict in verdicts:
        yield from _wrapped(f"{verdict['id']} {verdict['speaker']}: {verdict['proposition']}")
        reason = (verdict["words"] or verdict.get("reason") or "").removeprefix("untested: ")
        yield from _wrapped(f"{verdict['verdict']}: {reason}", indent=6)


def _counted_claims(verdicts: list[dict[str, Any]]) -> Iterator[str]:
    """Yield which claims have which verdict, where there are too many to tell each."""
    for word in ("supported", "contradicted", "depends", "untested"):
        names = [verdict["id"] for verdict in verdicts if verdict["verdict"] == word]
        if names:
            yield from _wrapped(f"{len(names)} {PHRASES[word]}: {', '.join(names)}")
    yield "  The brief tells each; so does `ripeness claims` on this folder, with where it holds."


def _sanity(manifest: dict[str, Any], summary: dict[str, Any]) -> Iterator[str]:
    most, count = max(summary["endings"].items(), key=lambda item: item[1])
    if count == summary["worlds"]:
        yield f"  NOT sane: all worlds end in one way ({most}); the ranges leave nothing open."
    else:
        yield "  No ending has all worlds."
    for row in manifest.get("sanity", ()):
        place = "around" if row["inside"] else "NOT around"
        yield from _wrapped(
            f"{row['what']}: {row['modelled_median']:,.0f} in the first half year "
            f"({row['modelled_low']:,.0f} to {row['modelled_high']:,.0f}), {place} the "
            f"{row['recorded']:,.0f} recorded in the half year before."
        )
    dead = manifest.get("dead", [])
    if dead:
        shown = ", ".join(dead[:SHOWN_DEAD]) + (", ..." if len(dead) > SHOWN_DEAD else "")
        yield from _wrapped(
            f"{_counted(len(dead), 'number')} moved nothing in this run (listed in the brief): {shown}"
        )


def _wrapped(text: str, indent: int = 2) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _month(date: datetime.date) -> str:
    return f"{date:%B %Y}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _were(number: int) -> str:
    return "1 was" if number == 1 else f"{number:,} were"
