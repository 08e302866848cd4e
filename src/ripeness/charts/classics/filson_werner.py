"""What the attacker offers first, and how much fighting follows, by what it believes."""

from __future__ import annotations

from typing import Any

from ripeness.charts.chart import Chart, Table, table_of
from ripeness.charts.classics.panel import HALF, Axis, Panel, beside
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, nearest
from ripeness.charts.style import BLUE, VERMILLION, specification
from ripeness.classics import filson_werner

BATTLE = {"win_weak": 0.7, "win_strong": 0.4, "cost_a": 0.05, "cost_d": 0.05}
LIMITS = (1, 2)  # defeats that break the attacker, the defender
BELIEF, OFFER = "belief that D is weak", "first offer to D"
REFUSED, BATTLES = "chance of a refusal", "battles on average"


@PICTURES.register("filson-werner")
def build() -> Picture:
    """Draw the first offer, and the mean number of battles, against the belief."""
    table, edge = _figures()
    safe = filson_werner(0, *LIMITS, **BATTLE).offer or 0.0
    low = filson_werner(1, *LIMITS, **BATTLE).offer or 0.0
    just = filson_werner(edge, *LIMITS, **BATTLE)
    return Picture(
        Chart(
            name="filson-werner",
            title=f"Above a belief of {edge:.2f} that the defender is weak, the attacker offers "
            "too little and fights; the surer it is, the less it has to fight",
            sentence=f"Below that belief A offers {safe:.2f} of the prize, which even a strong D "
            f"takes, and there is no war. Above it A offers {low:.2f}: the strong and some of the "
            f"weak refuse, {1 - just.accept_probability:.2f} of all at first, and "
            f"{just.expected_battles:.2g} battles follow on average. Near certainty almost "
            "nobody refuses.",
            spec=_spec(table, edge),
            table=table,
            alt="Two panels against A's belief that D is weak: the first offer, which drops at one "
            "belief, and the mean number of battles, which jumps there and then falls",
            method=f"A is broken by {LIMITS[0]} lost battle, D by {LIMITS[1]}; A wins a battle "
            f"with chance {BATTLE['win_weak']:g} against a weak and {BATTLE['win_strong']:g} "
            f"against a strong D; a battle costs either {BATTLE['cost_a']:g} of the prize.",
        ),
        nearest(table, (0, 0.2, 0.31, 0.32, 0.5, 0.7, 0.9, 1)),
    )


def _figures() -> tuple[Table, float]:
    edge = filson_werner(0, *LIMITS, **BATTLE).pools_below
    beliefs = sorted({*grid(0, 1, 100), edge})
    solved = [filson_werner(belief, *LIMITS, **BATTLE) for belief in beliefs]
    table = table_of(
        {
            BELIEF: figures(beliefs),
            OFFER: figures(each.offer for each in solved),
            REFUSED: figures(round(1 - each.accept_probability, 8) for each in solved),
            BATTLES: figures(round(each.expected_battles, 8) for each in solved),
        }
    )
    return table, edge


def _spec(table: Table, edge: float) -> dict[str, Any]:
    across = Axis("A's belief that D is weak, chance", 0, 1)
    offer = Panel(across, Axis("first offer to D, share of the prize", 0, 1), BELIEF, HALF + 60)
    fight = Panel(across, Axis("battles, average", 0, 1.5, (0, 0.5, 1, 1.5)), BELIEF, HALF + 60)
    left = offer.view(
        offer.between(edge, 1),
        offer.line(OFFER, BLUE, steps=True),
        offer.words("even the\nstrong accept", edge / 2, 0.6, align="center"),
        offer.words("the strong and some\nof the weak refuse", (1 + edge) / 2, 0.6, align="center"),
    )
    right = fight.view(
        fight.between(edge, 1),
        fight.line(BATTLES, VERMILLION),
        fight.words("no war", edge / 2, 0.12, align="center"),
        fight.words("war until one side breaks\nor D accepts", (1 + edge) / 2, 1.3, align="center"),
    )
    return specification(table, beside(left, right))
