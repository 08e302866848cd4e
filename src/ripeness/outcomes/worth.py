"""What a world has been worth to each side: what it held, less what it paid, in shares of the stakes.

    V = sum over months k until the end, or the horizon  g^k [(1 - g) flow_k - x_k c_k (1 - g) / i - lumps_k]
        + g^n last,          i = -log(patience),  g = exp(-i / months a year),  n months counted

flow: what things as they are would be worth for ever; in a settlement, what it gives. c: felt cost of a year
of war, patrons' pressure included; x: 1 in war, the scenario's share of it in a ceasefire, 0 in a settlement.
lumps: the leader's own cost of a signature, the cost of resuming the war or of breaking a settlement.
last: 1 to the victor and 0 to the loser; things as they are, less the dread of it, where the war leaves the
model; at the horizon things stay for ever as they stand then.

These are the books by which sides that expect keep count (``bargaining.expectations.training``), taken over
what came rather than over what was expected: a mean over worlds is an expectation. It would mislead about
what lies beyond the horizon: a war that still goes on there costs nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping

import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from ripeness.bargaining.prospects import line_value
from ripeness.bargaining.strategy import Situation
from ripeness.types import CEASEFIRE, MONTHS_PER_YEAR, SETTLEMENT
from ripeness.war.state import BEYOND, NOT_YET, VICTORY_FIRST, VICTORY_SECOND
from ripeness.worlds.bundle import Bundle


def worth_records(situation: Situation, state: Bundle, parameters: Bundle) -> dict[str, Array]:
    """Return what must be kept of a month to count what it was worth; each ``(..., world)``."""
    view, table, talks = situation.view, situation.table, state.diplomacy
    place = jnp.maximum(situation.terms.point, 0)[None, None]
    index = jnp.broadcast_to(place, (2, 1, place.shape[-1]))
    # What sides would give up to be sure is no loss in itself: breaches are counted when they come.
    fear = jnp.take_along_axis(table.fear, index, axis=1)[:, 0]
    return {
        "regime": talks.regime,
        "end": state.ending.code,
        "now": line_value(view.own_area, parameters, table) + table.status_quo,
        "peace": jnp.where(situation.terms.point >= 0, situation.peace + fear, 0.0),
        "cost": view.war_cost,
        "leader": view.leader_cost,
        "signatures": talks.signatures,
        "acted": talks.acted,
        "pending": talks.pending > 0,
    }


def realised_worth(
    months: Mapping[str, np.ndarray], parameters: Bundle
) -> Float[np.ndarray, "2 world"]:
    """Return what the worlds have been worth to each side, in shares of the stakes.

    Args:
        months: records of :func:`worth_records`, ``(month, ..., world)``; the last is of the horizon.
        parameters: of the worlds.
    """
    impatience = -np.log(np.asarray(parameters.diplomacy.patience, dtype=float))
    month = np.exp(-impatience / MONTHS_PER_YEAR)  # (side, world)
    years = (1.0 - month) / impatience
    counts = (months["end"] == NOT_YET)[:-1, None]
    after = months["regime"][1:, None]
    flow = np.where(after == SETTLEMENT, months["peace"][:-1], months["now"][:-1])
    paid = np.where(after == CEASEFIRE, parameters.diplomacy.ceasefire_cost, 1.0)
    paid = np.where(after == SETTLEMENT, 0.0, paid) * months["cost"][:-1]
    net = (1.0 - month) * flow - paid * years - _lumps(months, parameters)
    weight = month ** np.arange(len(net))[:, None, None]
    total = np.sum(np.where(counts, weight * net, 0.0), axis=0)
    return total + month ** counts.sum(axis=0) * _last(months, parameters)


def _lumps(
    months: Mapping[str, np.ndarray], parameters: Bundle
) -> Float[np.ndarray, "month 2 world"]:
    """Return what each month's signatures and breaches cost each side at once."""
    signed = np.diff(months["signatures"], axis=0)[:, None] > 0
    did = months["acted"][1:, None] == np.arange(2)[:, None]
    bound = ((months["regime"] == SETTLEMENT) | months["pending"])[:-1, None]
    p = parameters.diplomacy
    price = np.where(bound, np.asarray(p.breach_cost), np.asarray(p.attack_cost))
    return np.where(signed, months["leader"][:-1], 0.0) + np.where(did, price, 0.0)


def _last(months: Mapping[str, np.ndarray], parameters: Bundle) -> Float[np.ndarray, "2 world"]:
    """Return what each world's last state is worth for ever."""
    end, side = months["end"][-1], np.arange(2)[:, None]
    stands = np.where(months["regime"][-1] == SETTLEMENT, months["peace"][-1], months["now"][-1])
    won = np.where(side == 0, end == VICTORY_FIRST, end == VICTORY_SECOND)
    over = (end == VICTORY_FIRST) | (end == VICTORY_SECOND)
    left = months["now"][-1] - np.asarray(parameters.escalation.dread)
    return np.where(over, won, np.where(end == BEYOND, left, stands))
