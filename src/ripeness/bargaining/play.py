"""Bind strategies to packages: the ``decide`` of the simulation.

With several theories each world follows its own, drawn by lot: which theory is right is one more thing
that nobody knows, and its share of the spread can be told apart from the rest.
"""

from __future__ import annotations

from functools import partial

import equinox as eqx
import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Int

from ripeness.bargaining import strategies
from ripeness.bargaining.conduct import act_on
from ripeness.bargaining.prospects import line_value
from ripeness.bargaining.strategy import STRATEGIES, ReservationTheory, Situation, Strategy
from ripeness.bargaining.view import view_of
from ripeness.war.guarantors import hardship
from ripeness.war.process import Moment
from ripeness.war.processes.front import held_by_each
from ripeness.war.simulate import Decide
from ripeness.war.state import Acts
from ripeness.worlds.bundle import Bundle

RULES_PER_THEORY = 2

__all__ = ["RULES_PER_THEORY", "decide_by", "rules_of", "strategies", "theories_of"]


def theories_of(names: tuple[str, ...]) -> tuple[Strategy, ...]:
    """Return the strategies of these names.

    Raises:
        InputError: if one is unknown; the message lists the known ones.
    """
    return tuple(STRATEGIES[name] for name in names)


def rules_of(theories: tuple[Strategy, ...]) -> tuple[str, ...]:
    """Return the sentences of all rules, in the order of the codes that ``decide_by`` gives."""
    return tuple(rule for theory in theories for rule in theory.rules)


def decide_by(theories: tuple[Strategy, ...], theory: Int[Array, "world"], table: Bundle) -> Decide:
    """Return the decision of every world by its own theory.

    Args:
        theories: the rival theories (static).
        theory: place of each world's theory among them.
        table: the packages of every world.
    """

    def decide(state: Bundle, parameters: Bundle, moment: Moment) -> Acts:
        situation = situation_of(state, parameters, table)
        alone = [
            place
            for place, rival in enumerate(theories)
            if not isinstance(rival, ReservationTheory)
        ]
        if len(alone) == len(theories):
            acts, left = _decide_alone(theories, 0, situation, parameters, moment), alone[1:]
        else:
            acts, left = _decide_together(theories, theory, situation, parameters, moment), alone
        for place in left:
            # Behind a branch: chunks in which nobody follows this theory do not pay for it.
            acts = jax.lax.cond(
                jnp.any(theory == place),
                lambda old, place=place: jax.tree.map(
                    partial(jnp.where, theory == place),
                    _decide_alone(theories, place, situation, parameters, moment),
                    old,
                ),
                lambda old: old,
                acts,
            )
        return acts

    return decide


def _decide_alone(
    theories: tuple[Strategy, ...],
    place: int,
    situation: Situation,
    parameters: Bundle,
    moment: Moment,
) -> Acts:
    """Return the acts by one theory, its rules numbered after those of the theories before it."""
    return _numbered(
        theories[place].decide(situation, parameters, moment), jnp.int32(place * RULES_PER_THEORY)
    )


def _numbered(acts: Acts, first_rule: Array) -> Acts:
    """Return the acts with rules numbered from this one on."""
    return eqx.tree_at(
        lambda a: (a.sign_rule, a.ceasefire_rule),
        acts,
        (acts.sign_rule + first_rule, acts.ceasefire_rule + first_rule),
    )


def _decide_together(
    theories: tuple[Strategy, ...],
    theory: Int[Array, "world"],
    situation: Situation,
    parameters: Bundle,
    moment: Moment,
) -> Acts:
    """Return the acts of all theories that work by reservation values: one search for the zone."""
    stances = [
        (place, rival.stance(situation, parameters))
        for place, rival in enumerate(theories)
        if isinstance(rival, ReservationTheory)
    ]
    stance = stances[0][1]
    for place, theirs in stances[1:]:
        here = theory == place
        stance = jax.tree.map(lambda new, old, here=here: jnp.where(here, new, old), theirs, stance)
    return _numbered(act_on(situation, parameters, moment, stance), theory * RULES_PER_THEORY)


def situation_of(state: Bundle, parameters: Bundle, table: Bundle) -> Situation:
    """Return the talks of the month as the sides see them."""
    signed = state.diplomacy.terms
    value = terms_value(signed.point, table)
    place = jnp.where(jnp.isnan(signed.area), state.front.area, signed.area)
    pending = state.diplomacy.pending > 0
    agreed = jnp.where(pending, place, state.diplomacy.agreed_area)
    own = held_by_each(agreed, parameters)
    return Situation(
        view=view_of(state, parameters),
        table=table,
        week=state.calendar.week,
        area=state.front.area,
        peace=line_value(own, parameters, table) + value,
        pending=pending,
        months_left=state.diplomacy.pending,
        closed=pending | (state.diplomacy.pause > 0),
        terms=signed,
        troops=state.manpower.troops,
        hardship=hardship(state, parameters),
        belief=state.diplomacy.belief,
        zone_width=state.diplomacy.zone_width,
        real=state.diplomacy.real,
    )


def terms_value(point: Int[Array, "world"], table: Bundle) -> Array:
    """Return what the signed package is worth to each side without the line."""
    place = jnp.maximum(point, 0)[None, None]
    index = jnp.broadcast_to(place, (2, 1, point.shape[0]))
    return jnp.take_along_axis(table.value, index, axis=1)[:, 0]
