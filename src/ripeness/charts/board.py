"""Opponents side by side: in how many worlds only the one is right, both, neither, only the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.reading import listed, rounded
from ripeness.charts.stacked import Columns, stacked_bars
from ripeness.charts.style import GREY, ORANGE, SKY, YELLOW
from ripeness.claims.contest_words import CLEAR, relation, standing
from ripeness.claims.verdict import FEWEST_WORLDS
from ripeness.outcomes.words import OUT_OF

_GROUPS: Final = {
    "both": "mostly both right",
    "neither": "mostly both wrong",
    "open": "open, by world",
}

PAIR, WHO, WORLDS, SIZE, FIGURE = "pair", "right", "worlds", "of 20", "figure"
PARTS: Final = {
    "first_only": ("only the first", SKY),
    "both": ("both", YELLOW),
    "neither": ("neither", GREY),
    "second_only": ("only the second", ORANGE),
}
"""Key of each part of a bar, its words and its colour, from left to right."""


def contests_chart(oppositions: Sequence[Mapping[str, Any]]) -> Chart | None:
    """Draw a bar per pair of opponents; None if no pair is tested in enough worlds.

    Args:
        oppositions: as a board keeps them: ``question`` and ``pairs``, each with ``first``,
            ``second``, ``worlds`` and a count per part.
    """
    pairs = [pair for each in oppositions for pair in each["pairs"]]
    drawn = [pair for pair in pairs if standing(pair) != "few"]
    if not drawn:
        return None
    table = _table(drawn)
    few = len(pairs) - len(drawn)
    left_out = (
        f" {few} more {'is' if few == 1 else 'are'} tested by fewer than {FEWEST_WORLDS} worlds."
        if few
        else ""
    )
    return Chart(
        name="contests",
        title=_title(drawn),
        sentence=_sentence(drawn),
        spec=_spec(table),
        table=table,
        alt="Bars: for each pair of opponents, in how many worlds only one is right, both or neither",
        method="A bar is the worlds that test both claims, the first-named on the left. That both hold, or "
        "neither, means that the two do not quite contradict each other there. Clearly decided: in "
        f"{CLEAR} of {OUT_OF} worlds or more.{left_out}",
    )


def name_of(pair: Mapping[str, Any]) -> str:
    """Return what a pair is called."""
    return f"{pair['first']} or {pair['second']}"


def _table(pairs: Iterable[Mapping[str, Any]]) -> Table:
    columns: dict[str, list[Any]] = {name: [] for name in (PAIR, WHO, WORLDS, SIZE, FIGURE)}
    for pair in pairs:
        for key, (words, _) in PARTS.items():
            share = OUT_OF * pair[key] / pair["worlds"]
            row = (name_of(pair), words, pair[key], rounded(share), f"{share:.0f}")
            for column, cell in zip(columns.values(), row, strict=True):
                column.append(cell)
    return table_of(columns)


def _title(pairs: Sequence[Mapping[str, Any]]) -> str:
    winners = [pair[found] for pair in pairs if (found := standing(pair)) in ("first", "second")]
    if len(pairs) == 1:
        return (
            f"{winners[0]} is right against its opponent"
            if winners
            else "Neither opponent is clearly right"
        )
    if not winners:
        return f"In none of {len(pairs)} pairs of opponents is one clearly right"
    names = listed(sorted(set(winners)))
    return f"In {len(winners)} of {len(pairs)} pairs of opponents, one is clearly right: {names}"


def _sentence(pairs: Sequence[Mapping[str, Any]]) -> str:
    """Say which pairs come out how."""
    groups: dict[str, list[str]] = {}
    exact: list[str] = []
    for pair in pairs:
        found, always = standing(pair), relation(pair)
        if found in ("first", "second"):
            loser = pair["second" if found == "first" else "first"]
            groups.setdefault("clearly right", []).append(f"{pair[found]} against {loser}")
        elif found == "open" and always:
            exact.append(f"{name_of(pair)}: {always}.")
        else:
            groups.setdefault(_GROUPS[found], []).append(name_of(pair))
    told = [f"{words[:1].upper()}{words[1:]}: {listed(names)}." for words, names in groups.items()]
    return " ".join([*told, *exact])


def _spec(table: Table) -> dict[str, Any]:
    colours = dict(PARTS.values())
    axis = {"values": [0, 5, 10, 15, 20], "title": "worlds that test both claims, of 20"}
    return stacked_bars(table, Columns(PAIR, WHO, SIZE, FIGURE), colours, axis, float(OUT_OF))
