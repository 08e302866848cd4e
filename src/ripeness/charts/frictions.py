"""Why there is no deal: what each friction accounts for, beside what is left with all of them off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from ripeness.charts.chart import Cell, Chart, Table, table_of
from ripeness.charts.friction_bars import (
    AGREED,
    FRICTION,
    HIGH,
    KIND,
    LEFT,
    LOW,
    OTHER,
    PARTS,
    VALUE,
    WHAT,
    WHOLE,
    WON,
    bars,
)
from ripeness.charts.reading import listed, rounded

if TYPE_CHECKING:
    from ripeness.explore.decompose import Decomposition, Split

ALONE: Final = "if only it were removed"
AS_IT_IS: Final = "As it is"
REMAINS: Final = "Left with all removed"
TWO: Final = 2.0
"""Standard errors to either side: 19 of 20 ensembles as large would lie inside."""

_MAIN: Final = 0.1
"""Share of what the frictions account for; who has a smaller one is not in the title."""


def months_chart(found: Decomposition, labels: Mapping[str, str]) -> Chart:
    """Draw the months of war as bars: each friction's share, and what is left.

    Args:
        found: statistics of all sets of frictions.
        labels: what each friction is called.
    """
    months = found.split("months_of_war")
    agreed, won = found.split("spared_by_agreement"), found.split("spared_by_victory")
    # What a friction adds to the months of war is what it takes from those spared.
    parts: dict[str, dict[str, float]] = {}
    for name, share in months.shares.items():
        sooner, victory = -agreed.shares[name].mean, -won.shares[name].mean
        parts[name] = {AGREED: sooner, WON: victory, OTHER: share.mean - sooner - victory}
    table = _table(months, labels, 1.0, parts)
    return Chart(
        name="frictions_months",
        title=_title_of_months(months, parts, labels),
        sentence=_sentence(months, parts, labels),
        spec=bars(table, "months of war (of four weeks), mean of all worlds", parts=True),
        table=table,
        alt="Bars: the months of war that each friction accounts for, and those left without any",
        method=f"{found.worlds:,} worlds, run again for each of the {1 << len(found.frictions)} sets of "
        "frictions removed, with the same luck. A bar is a Shapley share: the change averaged over "
        "all orders of removal; bars and what is left add to what it is. The dot is the share, the "
        "colours say by what the war would be shorter, the line is two standard errors. War counts "
        "until a first settlement is in force, a ceasefire begins that holds, a side wins or the "
        "war leaves the model, the horizon at most.",
    )


def gap_chart(found: Decomposition, labels: Mapping[str, str]) -> Chart | None:
    """Draw the bargaining gap at the start as bars, over the worlds in which it can be measured.

    Returns:
        None if there is no such world.
    """
    among = found.within_reach()
    if not among.any():
        return None
    gap = found.split("gap", among)
    table = _table(gap, labels, 100.0, {})
    shares = {labels[name]: 100 * each.mean for name, each in gap.shares.items()}
    told = _due([(words, f"{value:.1f}") for words, value in _largest(shares)])
    whole = f"Of a gap of {100 * gap.base.mean:.1f} hundredths of the stakes at the start"
    left = f"{100 * gap.residual.mean:.1f} remain with all removed"
    return Chart(
        name="frictions_gap",
        title=f"{whole}, {told}; {left}"
        if told and gap.base.mean >= _SMALLEST
        else "At the start there is hardly a gap to account for",
        sentence=f"The gap is measured in {int(among.sum()):,} of {found.worlds:,} worlds; in the others "
        "a red line or a side's refusal leaves no package to measure it by.",
        spec=bars(table, "gap at the start, hundredths of the stakes, mean", parts=False),
        table=table,
        alt="Bars: the bargaining gap that each friction accounts for, and what is left without any",
        method="The gap is what the package nearest to a deal falls short of for the side that it "
        "serves worse, at the start; none where a zone of agreement is open. Shapley shares over "
        f"{1 << len(found.frictions)} sets of frictions removed in the same worlds; the line is two "
        "standard errors.",
    )


_SMALLEST: Final = 5e-4
"""A mean gap below a twentieth of a hundredth of the stakes is told as none."""


def _table(
    split: Split, labels: Mapping[str, str], scale: float, parts: Mapping[str, Mapping[str, float]]
) -> Table:
    rows: list[dict[str, Cell]] = [_row(AS_IT_IS, split.base, scale, WHOLE)]
    for name, share in split.shares.items():
        row = _row(labels[name], share, scale, FRICTION)
        row[ALONE] = rounded(scale * split.alone[name].mean)
        rows.append(row | {part: rounded(scale * v) for part, v in parts.get(name, {}).items()})
    rows.append(_row(REMAINS, split.residual, scale, LEFT))
    columns = [WHAT, VALUE, LOW, HIGH, KIND, ALONE, *(PARTS if parts else ())]
    return table_of({column: [row.get(column) for row in rows] for column in columns})


def _row(name: str, estimate: Any, scale: float, kind: str) -> dict[str, Cell]:
    mean, error = scale * estimate.mean, scale * estimate.error
    return {
        WHAT: name,
        VALUE: rounded(mean),
        LOW: rounded(mean - TWO * error),
        HIGH: rounded(mean + TWO * error),
        KIND: kind,
    }


def _largest(shares: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return the frictions that account for much, most first."""
    total = sum(abs(value) for value in shares.values())
    order = sorted(shares.items(), key=lambda item: -item[1])
    return [(name, value) for name, value in order if value > _MAIN * total] if total else []


def _title_of_months(
    split: Split, parts: Mapping[str, Mapping[str, float]], labels: Mapping[str, str]
) -> str:
    shares = {
        labels[name] + (_SIDE_WINS if _wins_sooner(parts[name]) else ""): each.mean
        for name, each in split.shares.items()
    }
    told = _due([(name, f"{value:.0f}") for name, value in _largest(shares) if value >= 0.5])
    if not told:
        return "None of these frictions accounts for much of the war"
    whole, left = f"{split.base.mean:.0f}", f"{split.residual.mean:.0f}"
    return f"Of {whole} months of war, {told}; {left} remain with all removed"


_SIDE_WINS: Final = " (without, a side wins sooner)"


def _wins_sooner(by: Mapping[str, float]) -> bool:
    """Return whether it is victories rather than agreements that would make the war shorter."""
    return by[WON] > max(by[AGREED], 0.5)


def _due(shares: list[tuple[str, str]]) -> str:
    """Say what is due to what: ``7 are due to patrons and 3 to optimism``."""
    if not shares:
        return ""
    lower = [(name[:1].lower() + name[1:], value) for name, value in shares]
    first, value = lower[0]
    return listed([f"{value} are due to {first}", *(f"{v} to {name}" for name, v in lower[1:])])


def _sentence(
    split: Split, parts: Mapping[str, Mapping[str, float]], labels: Mapping[str, str]
) -> str:
    told = []
    for name, share in split.shares.items():
        if _wins_sooner(parts[name]) and share.mean > 0:
            told.append(
                f"{labels[name]}: without them the war is shorter above all because a side wins sooner."
            )
    removed = sum(each.mean for each in split.alone.values())
    total = split.base.mean - split.residual.mean
    told.append(
        f"Together the frictions account for {total:.1f} months; removed one at a time they would spare "
        f"{removed:.1f} in all, since they stand in for one another."
        if removed > 1.1 * total
        else f"Together the frictions account for {total:.1f} months."
    )
    told.append(
        "What is left has other reasons: red lines, aims that exclude each other, offers that come "
        "rarely, chance, small urgency."
    )
    return " ".join(told)
