"""Bargaining while power shifts (Powell 2006; Fearon 1995): promises that cannot be kept.

Game: in each period one side proposes a division of that period's flow of 1; the other accepts for the
period or fights, and the proposer may fight instead of proposing. War is final and worth w_p(t), w_r(t) for
ever; both follow a known path and stay at their last values. With values multiplied by 1 - d,

    accept: (1-d) x + d V_r(t+1),    refuse: w_r(t);    V_i(t): value to i before the offer of period t.

Several cases (paths) are solved side by side: a case is a world, a period a row, and the only feature of a
row is its period. Everything is public, nothing is drawn: what the regression has to find is the future of
peace, d V(t+1), and through it whether the declining side can be bought off now.

The noise of the logit rules costs (1 to 3)/(l (1-d)) of a period's flow each period, because war is final
and can be chosen in every period: the outcome is sharp for l (1 - d) >> 1.

Special cases: w = (p - cA, 1 - p - cB) is ``powell_shifting_power`` with A responding; w = (1 - destroyed)
(p, 1 - p) Powell's condition (1); a rising proposer and a lump cost of the other Fearon's preventive war.
"""

from __future__ import annotations

from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from ripeness.bargaining.expectations.games.offers import TARGETS, Round, offer_round
from ripeness.bargaining.expectations.regression import Moments, moments_of
from ripeness.bargaining.expectations.solver import Played


@dataclass(frozen=True)
class Commitment:
    """The game; one path of power per case.

    Attributes:
        war_proposer: ``(case, period)`` value of war to the proposer, share of the flow for ever.
        war_responder: ``(case, period)`` value of war to the responder.
        discount: discount factor per period, 0 to below 1.
        precision: of both sides' logit rules.
        targets: odds of acceptance at which terms are offered.
    """

    war_proposer: Float[np.ndarray, "case period"]
    war_responder: Float[np.ndarray, "case period"]
    discount: float
    precision: float
    targets: tuple[float, ...] = TARGETS

    @property
    def heads(self) -> tuple[str, ...]:
        """One value function per side and case."""
        cases = range(len(self.war_proposer))
        return tuple(f"{side} {case}" for side in ("proposer", "responder") for case in cases)

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """No head shares strength."""
        return tuple((head,) for head in range(len(self.heads)))

    @property
    def features(self) -> int:
        """One per period."""
        return self.war_proposer.shape[1]

    def round_of(self, coefficients: np.ndarray) -> Round:
        """Return the offers of all cases and periods; worlds are (case, period), flattened."""
        war = jnp.asarray(np.stack([self.war_proposer, self.war_responder]), jnp.float32)
        value = jnp.asarray(coefficients, jnp.float32).reshape(war.shape)
        numbers = jnp.asarray([self.discount, self.precision], jnp.float32)
        return _rounds(value, war, numbers, self.targets)

    def play(self, coefficients: np.ndarray, sweep: int) -> Played:
        """Play every period of every case; the chances of a round are summed, not drawn."""
        played = self.round_of(coefficients)
        shape = self.war_proposer.shape
        peace, share = played.signs.reshape(shape), played.share.reshape(shape)
        flow, war = 1.0 - self.discount, 1.0 - peace
        stay = self.discount * peace
        war_responder = jnp.asarray(self.war_responder, jnp.float32)
        reward = (
            flow * (peace - share) + war * jnp.asarray(self.war_proposer, jnp.float32),
            war_responder + played.gain.reshape(shape),
        )
        moments = _moments(jnp.stack(reward), jnp.stack([stay, jnp.zeros_like(stay)]))
        return Played(moments.on_host(), {"peace": float(peace.mean())})

    def rules(self, coefficients: np.ndarray) -> np.ndarray:
        """Return odds of peace, and mean terms times those odds, ``(2, case, period)``."""
        played = self.round_of(coefficients)
        return np.stack([played.signs, played.share]).reshape(2, *self.war_proposer.shape)


@jax.jit(static_argnums=3)
def _rounds(
    value: Float[Array, "side case period"],
    war: Float[Array, "side case period"],
    numbers: Float[Array, "2"],
    targets: tuple[float, ...],
) -> Round:
    discount, precision = numbers
    later = discount * _next(value).reshape(2, -1)
    ends = war.reshape(2, -1)
    return offer_round(
        ends[0],
        ends[1],
        precision,
        later_proposer=later[0],
        later_responder=later[1],
        flow=1.0 - discount,
        targets=targets,
    )


def _next(of_period: Float[Array, "*rest period"]) -> Float[Array, "*rest period"]:
    return jnp.concatenate([of_period[..., 1:], of_period[..., -1:]], axis=-1)


@jax.jit
def _moments(
    reward: Float[Array, "side case period"], discount: Float[Array, "side case period"]
) -> Moments:
    periods = reward.shape[-1]
    reward, discount = reward.reshape(-1, periods), discount.reshape(-1, periods)
    now = jnp.eye(periods)
    return moments_of(
        jnp.broadcast_to(now, (len(reward), periods, periods)),
        _next(now) * discount[:, None],
        reward,
        jnp.ones_like(reward),
    )
