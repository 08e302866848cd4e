"""Which guarantee: signing against holding, why kinds differ from none, and what the record says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any, Final

import xarray as xr

from ripeness.brief.danger import danger_told
from ripeness.brief.pictures import Picture, draw
from ripeness.brief.table import Rows
from ripeness.charts.guarantees import guarantees_chart, label_of
from ripeness.explore.guarantee_effects import PARTS
from ripeness.explore.guarantee_reading import CLEAR, CLEAR_OF_MANY, Kinds, kinds_in
from ripeness.explore.guarantee_record import Beside, beside_record, score
from ripeness.outcomes.peace import FEWEST
from ripeness.outcomes.peace_record import published
from ripeness.outcomes.words import OUT_OF

HEADINGS: Final = {
    "refusal": "the adversary is readier to sign, or refuses",
    "willingness": "the protected side is readier to sign",
    "ruled_out": "terms that it rules out",
    "deterrence": "the guarantor is there",
    "at_home": "passes at home",
    "rest": "other terms, other worlds",
}


@dataclass(frozen=True, slots=True)
class GuaranteesTold:
    """What the brief shows of guarantees.

    Attributes:
        picture: signing against holding; None if no world signs anything.
        lines: sentences below it.
        tables: why kinds differ, what deters, the danger in the run, and the record.
    """

    picture: Picture | None
    lines: tuple[str, ...]
    tables: tuple[Rows, ...]


def guarantees_told(data: xr.Dataset, manifest: Mapping[str, Any]) -> GuaranteesTold | None:
    """Return what the brief shows of guarantees; None in a war without guarantors.

    Args:
        data: outcomes of a run.
        manifest: of the run.
    """
    kinds = kinds_in(data)
    if kinds is None:
        return None
    chart = guarantees_chart(data)
    lines, danger = danger_told(data)
    if chart is None:
        nobody = f"In none of {kinds.worlds:,} worlds would both sides sign a deal on the first day, with a"
        return GuaranteesTold(None, (f"{nobody} guarantor or without.", *lines), tuple(danger))
    rows = (manifest.get("guarantees") or {}).get("kinds", ())
    record = beside_record(kinds, data)
    tables = (*_effects(rows, kinds), *_deterrence(rows, kinds), *danger, _record(record, kinds))
    told = _lines([row for row in rows if "parts" in row], record)
    told = (*told, *lines, *_scored(record, kinds))
    return GuaranteesTold(draw(chart), told, tables)


TOLD: Final = {
    "refusal": (
        -1,
        "Being refused by the adversary costs most with {}: {} of 20 worlds fewer sign and hold.",
    ),
    "willingness": (
        1,
        "The protected side's readiness adds most with {}: {} of 20 worlds more sign and hold.",
    ),
    "at_home": (
        1,
        "That a deal passes at home adds most with {}: {} of 20 worlds more sign and hold.",
    ),
    "deterrence": (
        1,
        "That the guarantor is there adds most with {}: {} of 20 worlds more sign and hold.",
    ),
}
"""The parts of the net effect that are told in words: the sign that is looked for, and the sentence."""


def _lines(rows: Sequence[Mapping[str, Any]], record: list[Beside]) -> list[str]:
    """Say what costs most and gains most."""
    found = []
    for name, (sign, words) in TOLD.items():
        figures = {row["kind"]: row["parts"][name] for row in rows}
        clear = {
            k: sign * mean
            for k, (mean, error) in figures.items()
            if sign * mean > CLEAR_OF_MANY * error
        }
        if clear:
            most = max(clear, key=lambda kind, clear=clear: clear[kind])
            found.append(words.format(f"the {most}", f"{OUT_OF * clear[most]:.1f}"))
        elif name == "deterrence" and rows:
            found.append(
                "That a guarantor is there makes no clear difference to how many worlds both sign and hold; "
                f"without one, {record[0].broken:,} of {record[0].in_force:,} deals in force are broken."
            )
    return found


def _scored(record: list[Beside], kinds: Kinds) -> list[str]:
    """Say how far the model and the dumb baseline are from the record."""
    found = score(record, kinds.years)
    if found is None:
        return []
    model, base, number = found
    better = "nearer to" if model < base else "NOT nearer to"
    known = published()["peacekeeping_hazard_ratio"]
    return [
        f"The base rates: over {number} kinds of which the record speaks, the share of deals broken within "
        f"{kinds.years} years differs from the record by {OUT_OF * model:.1f} of 20 in the model, and "
        f"by {OUT_OF * base:.1f} of 20 if one says of every kind what is true of all agreements: the model is "
        f"{better} the record than this baseline. In the literature peacekeepers cut the risk of renewed war "
        f"to {known.low:.2f} to {known.high:.2f} of what it is without ({known.citation}); the agreements of "
        "the record do not show it, peacekeepers being sent where peace is weakest."
    ]


def _effects(rows: Sequence[Mapping[str, Any]], kinds: Kinds) -> list[Rows]:
    """Return why each kind nets more worlds than none, or fewer."""
    columns = (
        "Guarantee",
        "Both sign, of 20",
        "Signed and holds, of 20",
        "Net change, of 20",
        *(HEADINGS[name] for name in PARTS),
    )
    cells = [
        (
            label_of(row["kind"]) + _members(row),
            _of(row["both_sign"], kinds.worlds),
            _of(row["signed_and_holds"], kinds.worlds),
            signed(row.get("net")),
            *(signed(row["parts"][name] if "parts" in row else None) for name in PARTS),
        )
        for row in rows
    ]
    note = (
        "The parts add up to the net change against no guarantor: first those that act on signing, then those "
        "that act on holding. In brackets: not twice its standard error, the same worlds with the same luck "
        "compared."
    )
    caption = (
        "Why a kind nets more worlds that sign and hold than no guarantor, or fewer: of 20 worlds"
    )
    return [Rows(caption, columns, tuple(cells), note)] if rows else []


def _of(count: int, worlds: int) -> str:
    """Write a count of worlds as so many of twenty; the heading says so."""
    return f"{OUT_OF * count / worlds:.1f}"


def _members(row: Mapping[str, Any]) -> str:
    """Name the levels of a kind that has several, and in how many worlds both sign each."""
    if len(row["levels"]) < 2:  # noqa: PLR2004 - nothing to tell apart
        return ""
    told = [f"{level['label']}: {level['both_sign']:,}" for level in row["levels"]]
    return f" ({', '.join(told)} worlds)"


def _deterrence(rows: Sequence[Mapping[str, Any]], kinds: Kinds) -> list[Rows]:
    """Return what the guarantor's being there does in the worlds that are the same for all kinds."""
    watched = int(kinds.watched.sum())
    cells = []
    for row in rows:
        seen = row["watched"]
        before, after = (sum(seen[key].values()) for key in ("attacks_empty", "attacks"))
        holds = [_of(seen[key], watched) for key in ("holds", "holds_empty")]
        changes = [signed(row.get(key)) for key in ("deterrence", "holds")]
        cells.append(
            (label_of(row["kind"]), *holds, changes[0], f"{before:,}", f"{after:,}", changes[1])
        )
    columns = (
        "Guarantee", "Holds, of 20", "Holds if the guarantor never comes, of 20", "Difference, of 20",
        "Attacks if it never comes, worlds", "Attacks, worlds", "Holds, against no guarantor, of 20",
    )  # fmt: skip
    note = (
        "The worlds are those in which both sides would sign a deal of at least one kind, so that no kind is "
        "given the credit for being signed in easy worlds only; in some of them a side is held to a deal that "
        "it would not sign. Attacks: worlds in which a side takes up the war again within the years watched."
    )
    caption = f"Does it deter? Each kind's deal signed in the same {watched:,} worlds"
    return [Rows(caption, columns, tuple(cells), note)] if rows else []


def _record(record: list[Beside], kinds: Kinds) -> Rows:
    """Return every kind beside the record; sources are told once, below."""
    sources = list(dict.fromkeys(each for row in record for each in row.honoured))
    letters = dict(zip([each.id for each in sources], ascii_lowercase, strict=False))
    cells = [
        (
            label_of(row.kind),
            _range(row.promise),
            ", ".join(f"{OUT_OF * each.share:.1f} ({letters[each.id]})" for each in row.honoured)
            or "–",
            _broken(row),
            "–"
            if row.record is None
            else _span(row.record.middle, row.record.low, row.record.high),
            row.source or "–",
        )
        for row in record
    ]
    told = [
        f"({letters[each.id]}) {each.what}: {each.citation}"
        + (
            ""
            if each.low is None
            else f"; {OUT_OF * each.low:.1f} to {OUT_OF * (each.high or 0):.1f}"
        )
        for each in sources
    ]
    note = (
        f"Honoured: {'; '.join(told)}. The record's peaces are nearly all of civil wars, its promises those of "
        "allies to each other, seldom to a side that has just fought: like is not compared with like. Of "
        "coalitions of states without a treaty, and of accession promised, it counts nothing."
        if told
        else "The record's peaces are nearly all of civil wars: like is not compared with like."
    )
    columns = (
        "Guarantee", "Promise honoured, as drawn", "Honoured in the record",
        f"Broken within {kinds.years} years, of those in force", "Broken in the record", "Which peaces",
    )  # fmt: skip
    caption = (
        "The record: how often such promises were honoured, how long peace with them lasted; of 20"
    )
    return Rows(caption, columns, tuple(cells), note)


def _broken(row: Beside) -> str:
    """Say how many of the deals in force were broken in the model."""
    if row.model is None:
        return "–"
    counts = f"{row.broken:,} of {row.in_force:,}"
    return f"{counts}: too few" if row.in_force < FEWEST else f"{counts}: {_span(*row.model)}"


def _span(middle: float, low: float, high: float) -> str:
    return f"{OUT_OF * middle:.1f} ({OUT_OF * low:.1f} to {OUT_OF * high:.1f})"


def _range(promise: tuple[float, float, float] | None) -> str:
    return "–" if promise is None else _span(promise[1], promise[0], promise[2])


def signed(figures: Sequence[float] | None) -> str:
    """Write a change of shares as worlds of 20, in brackets where luck could have made it."""
    if figures is None:
        return "–"
    mean, error = (OUT_OF * each for each in figures)
    told = f"{mean:+.1f}".replace("-", "\N{MINUS SIGN}") if abs(mean) >= 0.05 else "0.0"  # noqa: PLR2004
    return told if abs(mean) > CLEAR * error else f"({told})"
