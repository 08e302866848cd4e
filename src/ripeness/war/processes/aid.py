"""3 Aid: from a pledge to something a soldier can use.

    stage_1' = stage_1 + pledge - 3/delay stage_1,  stage_k' = stage_k + 3/delay (stage_{k-1} - stage_k)
    delivered = 3/delay stage_3
    used_s = fit cohesion cap (1 - exp(-delivered / cap)),   wasted = delivered - used

A third-order delay (Forrester 1961, ch. 9: the flow through three equal stages is Erlang-distributed
in time). Absorption saturates at what the client can train for and use in a week; cohesion is the
client's morale over its morale at the start, at most one. Everything pledged is in the pipeline, used
or wasted. It would break if patrons diverted aid already under way.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.types import WEEKS_PER_YEAR
from ripeness.war.process import SMALL, Moment, to_clients, total
from ripeness.worlds.bundle import Bundle

STAGES = 3
"""Order of the delay (Forrester 1961)."""


class AidPart(eqx.Module):
    """Where the aid is."""

    pipeline: Float[Array, "stage patron world"]  # bn EUR
    used: Float[Array, "2 world"]  # this week, bn EUR
    used_by_side: Float[Array, "2 world"]  # since the start, bn EUR
    pledged_total: Float[Array, "patron world"]  # with the pipeline at the start, bn EUR
    used_total: Float[Array, "patron world"]
    wasted_total: Float[Array, "patron world"]


class Aid:
    """Pipeline, delay, absorption."""

    name = "aid"

    def start(self, parameters: Bundle) -> AidPart:
        """Return a pipeline in its steady state: what was pledged keeps arriving."""
        p = parameters.patrons
        stage = p.military * (12.0 / WEEKS_PER_YEAR) * p.delay_weeks / STAGES
        pipeline = jnp.stack([stage] * STAGES)
        nothing = jnp.zeros_like(p.military)
        none = jnp.zeros_like(parameters.front.area_held)
        return AidPart(
            pipeline, none, none, jnp.sum(pipeline, axis=0), nothing, nothing,
        )  # fmt: skip

    def week(self, state: Bundle, parameters: Bundle, moment: Moment) -> AidPart:
        """Return the pipeline one week on."""
        del moment
        p, old = parameters.patrons, state.aid
        pledge = state.patrons.military
        leaving = old.pipeline * jnp.minimum(STAGES / p.delay_weeks, 1.0)
        entering = jnp.concatenate([pledge[None], leaving[:-1]])
        delivered = leaving[-1]
        cap = p.absorption * (12.0 / WEEKS_PER_YEAR)
        relative = jnp.minimum(
            state.manpower.morale / jnp.maximum(parameters.manpower.morale, SMALL), 1.0
        )
        cohesion = total(p.client * relative[:, None])
        used = p.fit * cohesion * cap * -jnp.expm1(-delivered / cap)
        used_now = to_clients(p.client, used)
        return AidPart(
            pipeline=old.pipeline + entering - leaving,
            used=used_now,
            used_by_side=old.used_by_side + used_now,
            pledged_total=old.pledged_total + pledge,
            used_total=old.used_total + used,
            wasted_total=old.wasted_total + delivered - used,
        )
