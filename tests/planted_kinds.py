"""For every kind of claim, outcomes in which it is known to hold in so many of 200 worlds.

The 1st ... n-th worlds are those in which the claim holds, the rest those in which it fails. A kind
without an entry here fails ``test_claims_planted.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import xarray as xr

from planted_claims import CHANNELS, GUARANTEES, LEVELS, NEVER, by_side, claim, of_first, planted
from ripeness.claims.language import Claim

WORLDS = 200
MONTHS = 27
SHARES = {"supported": 180, "contradicted": 20, "depends": 100}
SETTLEMENT = {"event": "settlement"}
DEFEAT = {"event": "major_defeat", "side": "north"}
RESERVATION = {"quantity": "reservation", "side": "south", "unit": "share of the stakes"}

Runs = tuple[xr.Dataset, Callable[[dict[str, float]], xr.Dataset] | None]


@dataclass(frozen=True)
class Planted:
    """Claims of a kind and the worlds to try them on.

    Attributes:
        claim: of the kind.
        worlds: makes outcomes, and what moving levers does, in which so many worlds bear it out.
        untestable: makes outcomes in which it cannot be tested.
        why: words in the reason.
        counts: so many worlds for each verdict.
        of: worlds in which it can be tested, by verdict; all if left out.
    """

    claim: Claim
    worlds: Callable[[int], Runs]
    untestable: Callable[[], Runs]
    why: str
    counts: Mapping[str, int] = field(default_factory=lambda: SHARES)


def move(lever: str = "pressure", to: float = 2.0) -> list[dict[str, Any]]:
    """Return a move of one lever."""
    return [{"lever": lever, "to": to, "unit": "ratio"}]


def on_path(first: np.ndarray) -> np.ndarray:
    """Return what differs between worlds, in every month."""
    return np.broadcast_to(first[:, None], (len(first), MONTHS)).copy()


def one(data: xr.Dataset) -> Runs:
    """Return a run in which no lever is moved."""
    return data, None


def pair(before: xr.Dataset, after: xr.Dataset) -> Runs:
    """Return a run and the same with any levers moved."""
    return before, lambda levers: after


def necessary(count: int) -> Runs:
    defeat = by_side(of_first(WORLDS, count, 40.0, other=60.0), NEVER)
    return one(planted(WORLDS, settlement_week=50.0, major_defeat_week=defeat))


def sufficient(count: int) -> Runs:
    defeat = by_side(8.0, NEVER)
    settled = of_first(WORLDS, count, 30.0)
    return one(planted(WORLDS, settlement_week=settled, major_defeat_week=defeat))


def insufficient(count: int) -> Runs:
    settled = of_first(WORLDS, count, NEVER, other=30.0)
    return one(planted(WORLDS, settlement_week=settled, major_defeat_week=by_side(8.0, NEVER)))


def effect(count: int) -> Runs:
    after = planted(WORLDS, settlement_week=of_first(WORLDS, count, 30.0, other=90.0))
    return pair(planted(WORLDS, settlement_week=60.0), after)


def no_effect(count: int) -> Runs:
    after = by_side(0.5, on_path(of_first(WORLDS, count, 0.505, other=0.6)))
    return pair(planted(WORLDS, reservation=0.5), planted(WORLDS, reservation=after))


def interaction(count: int) -> Runs:
    def compare(levers: dict[str, float]) -> xr.Dataset:
        value = np.full(WORLDS, 0.8) - 0.1 * len(levers)
        if len(levers) == 2:
            value = value + of_first(WORLDS, count, -0.1, other=0.1)
        return planted(WORLDS, reservation=by_side(0.5, on_path(value)))

    return compare({}), compare


def comparison(count: int) -> Runs:
    share = by_side(of_first(WORLDS, count, 0.6, other=0.4), 0.5)
    return one(planted(WORLDS, men_bound_share=share))


def only_way(count: int) -> Runs:
    def compare(levers: dict[str, float]) -> xr.Dataset:
        mine, others = of_first(WORLDS, count, 30.0), of_first(WORLDS, count, NEVER, other=30.0)
        return planted(WORLDS, settlement_week=mine if "way" in levers else others)

    return planted(WORLDS), compare


def alternative_cause(count: int) -> Runs:
    """In 200 worlds either cause is there, and a settlement; in as many others none of the three."""
    usual = by_side(
        np.where(
            np.arange(2 * WORLDS) < WORLDS, of_first(2 * WORLDS, count, NEVER, other=10.0), NEVER
        ),
        NEVER,
    )
    stable = of_first(2 * WORLDS, count, 10.0)
    settled = of_first(2 * WORLDS, WORLDS, 50.0)
    return one(
        planted(
            2 * WORLDS, settlement_week=settled, major_defeat_week=usual, front_stable_week=stable
        )
    )


def state(count: int) -> Runs:
    belief = on_path(of_first(WORLDS, count, -0.5, other=0.5))
    return one(planted(WORLDS, expected_advantage=by_side(9.0, belief)))


def not_within(count: int) -> Runs:
    return one(planted(WORLDS, settlement_week=of_first(WORLDS, count, 30.0, other=26.0)))


def improbable(count: int) -> Runs:
    return one(planted(WORLDS, settlement_week=of_first(WORLDS, count, NEVER, other=26.0)))


def binding_constraint(count: int) -> Runs:
    share = by_side(1.0, of_first(WORLDS, count, 0.6, other=0.5))
    return one(planted(WORLDS, men_bound_share=share))


def asymmetric_gain(count: int) -> Runs:
    month = np.arange(MONTHS)
    pause = np.where((month >= 5) & (month < 10), 1, 0)[None, :]
    gain = of_first(WORLDS, count, 0.2, other=-0.2)
    during = np.clip(month - 4, 0, 5)[None, :] * gain[:, None] / 5
    return one(planted(WORLDS, regime=pause, force_ratio=-during))


def association(count: int) -> Runs:
    random = np.random.default_rng(1)
    start = random.integers(4, 14, WORLDS)[:, None]
    month = np.arange(MONTHS)[None, :]
    still = (month > start) & (month <= start + 8)
    area = np.cumsum(np.where(still, 0.0, 100.0), axis=1)
    falls = of_first(WORLDS, count, 0.05, other=-0.05)[:, None]
    value = 1.0 - np.cumsum(np.where(still, falls, 0.0), axis=1)
    value = value + random.normal(0, 0.02, value.shape)
    return one(planted(WORLDS, area_held=by_side(area, -area), reservation=by_side(0.0, value)))


def trend(count: int) -> Runs:
    slope = of_first(WORLDS, count, 0.01, other=-0.01)
    return one(planted(WORLDS, exit_risk=slope[:, None] * np.arange(MONTHS)))


def empty_zone(count: int) -> Runs:
    """North rules out the high status; South the low one, in the first worlds."""
    low, high = (LEVELS.index(("status", level)) for level in ("low", "high"))
    ruled_out = np.zeros((WORLDS, 2, len(LEVELS)))
    ruled_out[:, 0, high] = 1.0
    ruled_out[:count, 1, low] = 1.0
    return one(planted(WORLDS, ruled_out=ruled_out))


def trade_off(count: int) -> Runs:
    """The clause holds everywhere; what North would sign is paper, and past the first worlds the clause."""
    holds = np.zeros((len(GUARANTEES), WORLDS))
    holds[GUARANTEES.index("clause")] = 1.0
    signs = np.zeros((len(GUARANTEES), 2, WORLDS))
    signs[GUARANTEES.index("paper"), 0] = 1.0
    signs[GUARANTEES.index("clause"), 0] = of_first(WORLDS, count, 0.0, other=1.0)
    return one(planted(WORLDS, guarantee_holds=holds, guarantee_would_sign=signs))


def instrument(count: int) -> Runs:
    """North comes to talks in every other month, and would sign what it discusses, or not."""
    comes = np.broadcast_to(np.arange(MONTHS) % 2, (WORLDS, MONTHS))
    real = on_path(of_first(WORLDS, count, 0.0, other=1.0))
    return one(planted(WORLDS, attending=by_side(comes, 0.0), real=by_side(real, 0.0)))


def diagnostic(count: int) -> Runs:
    """Low rank goes with refusing to sign in so many of 200 worlds; in the rest it goes with nothing.

    In every world eight months are real. The low-rank months are ten of the others, or spread evenly.
    """
    month = np.arange(MONTHS)
    real = np.broadcast_to(month < 9, (WORLDS, MONTHS))
    apart, spread = (month >= 15), (month % 3 == 0)
    low = np.where(np.arange(WORLDS)[:, None] < count, apart, spread)
    return one(planted(WORLDS, real=by_side(real, 0.0), rank=by_side(np.where(low, 0.3, 0.9), 0.0)))


def information(count: int) -> Runs:
    """The front is stable in every other world; where it is not, pressing helps, in the first worlds."""
    stable = np.where(np.arange(WORLDS) % 2 == 0, 10.0, NEVER)
    helps = np.isnan(stable) & (np.arange(WORLDS) < count)
    share = by_side(0.0, np.where(helps, 1.0, np.where(np.isnan(stable), 0.5, 0.0)))
    waits = planted(WORLDS, front_stable_week=stable, men_bound_share=by_side(0.0, 0.5))
    return pair(waits, planted(WORLDS, front_stable_week=stable, men_bound_share=share))


def base_rate(count: int) -> Runs:
    broken = of_first(WORLDS, count, 40.0, other=NEVER)
    return one(planted(WORLDS, settlement_week=20.0, broken_week=broken, broken_by=0))


def terms(count: int) -> Runs:
    conceded = np.zeros((WORLDS, 2, 3))
    conceded[:, :, 1] = of_first(WORLDS, count, 0.2, other=0.0)[:, None]
    conceded[:, :, 2] = 0.1
    return one(planted(WORLDS, conceded=conceded))


def nothing_happens() -> Runs:
    return one(planted(WORLDS))


def nothing_known(*names: str) -> Callable[[], Runs]:
    return lambda: one(planted(WORLDS, **dict.fromkeys(names, np.nan)))


def nothing_moves() -> Runs:
    data = planted(WORLDS, settlement_week=60.0, reservation=0.5)
    return pair(data, data.copy(deep=True))


CASES: dict[str, Planted] = {
    "necessary": Planted(
        claim("necessary", {"outcome": SETTLEMENT, "needs": [DEFEAT]}),
        necessary, nothing_happens, "no worlds in which a settlement came into force",
    ),
    "sufficient": Planted(
        claim("sufficient", {"causes": [DEFEAT], "outcome": SETTLEMENT, "within": 40}),
        sufficient, nothing_happens, "no worlds with the causes",
    ),
    "insufficient": Planted(
        claim("insufficient", {"causes": [DEFEAT], "outcome": SETTLEMENT, "within": 40}),
        insufficient, nothing_happens, "no worlds with the causes",
    ),
    "effect": Planted(
        claim("effect", {"move": move(), "outcome": {**SETTLEMENT, "direction": "earlier"}}),
        effect, nothing_moves, "dead",
    ),
    "no effect": Planted(
        claim("no effect", {"move": move(), "outcome": {**RESERVATION, "within": 0.02}}),
        no_effect, nothing_moves, "dead",
    ),
    "interaction": Planted(
        claim("interaction", {
            "move": move("aid"), "and_move": move("pressure"),
            "outcome": {**RESERVATION, "direction": "lower", "smallest": 0.01},
            "together": "work with each other",
        }),
        interaction, nothing_moves, "dead",
    ),
    "comparison": Planted(
        claim("comparison", {
            "more": {"quantity": "men_bound_share", "side": "north", "unit": "share"},
            "than": {"quantity": "men_bound_share", "side": "south", "unit": "share"},
        }),
        comparison, nothing_known("men_bound_share"), "there are no worlds",
    ),
    "only way": Planted(
        claim("only way", {
            "outcome": SETTLEMENT, "way": move("way"), "others": {"another": move("other")},
        }),
        only_way, nothing_moves, "dead",
    ),
    "alternative cause": Planted(
        claim("alternative cause", {
            "outcome": SETTLEMENT, "cause": [{"event": "front_stable"}], "instead_of": [DEFEAT],
        }),
        alternative_cause, nothing_happens, "no worlds in which a settlement came into force",
        {"supported": 40, "contradicted": 1, "depends": 10},
    ),
    "state": Planted(
        claim("state", {
            "expects": [{"quantity": "own_expected_advantage", "side": "south", "at_least": 0.1,
                         "unit": "log ratio", "during": "first_half_year"}],
            "does": [{"quantity": "real", "side": "south", "at_most": 0, "unit": "share"}],
        }),
        state, nothing_known("expected_advantage"), "there are no worlds",
    ),
    "not within": Planted(
        claim("not within", {"event": SETTLEMENT, "weeks": 26}),
        not_within, nothing_happens, "no worlds in which a settlement came into force",
    ),
    "improbable": Planted(
        claim("improbable", {"what": [SETTLEMENT]}),
        improbable, lambda: one(planted(WORLDS).drop_vars("settlement_week")), "does not record",
        {"supported": 180, "contradicted": 100, "depends": 150},
    ),
    "binding constraint": Planted(
        claim("binding constraint", {
            "binds": {"quantity": "men_bound_share", "side": "south", "unit": "share"},
        }),
        binding_constraint, nothing_known("men_bound_share"), "there are no worlds",
    ),
    "asymmetric gain": Planted(
        claim("asymmetric gain", {
            "during": "ceasefire",
            "gains": {"quantity": "own_advantage", "side": "south", "unit": "log ratio"},
        }),
        asymmetric_gain, nothing_happens, "no worlds with a ceasefire",
    ),
    "association": Planted(
        claim("association", {
            "when": {"quantity": "pace", "at_most": 5, "unit": "km2 per week"}, "weeks": 12,
            "then": [RESERVATION], "direction": "falls",
        }),
        association, nothing_happens, "had such months and others",
    ),
    "trend": Planted(
        claim("trend", {"quantity": {"quantity": "exit_risk", "unit": "per year"},
                        "direction": "rises", "smallest": 0.1}),
        trend, nothing_known("exit_risk"), "there are no worlds",
    ),
    "empty zone": Planted(
        claim("empty zone", {"issues": ["line", "status"]}),
        empty_zone, nothing_known("ruled_out"), "there are no worlds",
    ),
    "trade-off": Planted(
        claim("trade-off", {
            "first": {"quantity": "guarantee_holds", "at_least": 1, "unit": "share"},
            "second": {"quantity": "guarantee_would_sign", "side": "north", "at_least": 1,
                       "unit": "share"},
        }),
        trade_off, nothing_happens, "some alternative is enough in each respect",
    ),
    "instrument": Planted(
        claim("instrument", {
            "act": [{"quantity": "attending", "side": "north", "at_least": 1, "unit": "share"}],
            "while": [{"quantity": "real", "side": "north", "at_most": 0, "unit": "share"}],
        }),
        instrument, nothing_happens, "no worlds with the act",
    ),
    "diagnostic": Planted(
        claim("diagnostic", {
            "signal": [{"quantity": "rank", "side": "north", "at_most": 0.5, "unit": "share"}],
            "shows": [{"quantity": "real", "side": "north", "at_most": 0, "unit": "share"}],
        }),
        diagnostic, lambda: one(planted(WORLDS, rank=0.9)), "no worlds in which the signal is given",
    ),
    "information": Planted(
        claim("information", {
            "finding": [{"event": "front_stable"}],
            "choices": {"press": move(), "wait": []},
            "outcome": {"quantity": "men_bound_share", "side": "south", "unit": "share",
                        "direction": "higher", "smallest": 0.125},
        }),
        information, nothing_moves, "dead",
    ),
    "base rate": Planted(
        claim("base rate", {
            "begins": SETTLEMENT, "event": {"event": "breach"}, "within": 52, "more_than": 0.5,
        }),
        base_rate, nothing_happens, "no worlds in which a settlement came into force",
    ),
    "terms": Planted(
        claim("terms", {
            "conceded": {"quantity": "conceded", "unit": "share of the stakes"}, "on": ["status"],
        }),
        terms, nothing_known("conceded"), "no worlds in which a deal was signed",
    ),
}  # fmt: skip

__all__ = ["CASES", "CHANNELS", "MONTHS", "Planted", "Runs", "WORLDS", "move"]
