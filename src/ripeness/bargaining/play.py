"""Bind strategies to packages: the ``decide`` of the simulation.

With several theories each world follows its own, drawn by lot: which theory is right is one more thing
that nobody knows, and its share of the spread can be told apart from the rest.
"""

from __future__ import annotations

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
        if all(isinstance(rival, ReservationTheory) for rival in theories):
            return _decide_together(theories, theory, situation, parameters, moment)
        acts = theories[0].decide(situation, parameters, moment)
        for place, rival in enumerate(theories[1:], start=1):
            theirs = rival.decide(situation, parameters, moment)
            acts = _choose(theory == place, theirs, acts, place * RULES_PER_THEORY)
        return acts

    return decide


def _decide_together(
    theories: tuple[Strategy, ...],
    theory: Int[Array, "world"],
    situation: Situation,
    parameters: Bundle,
    moment: Moment,
) -> Acts:
    """Return the acts where all theories work by reservation values: one search for the zone."""
    stances = [
        rival.stance(situation, parameters)
        for rival in theories
        if isinstance(rival, ReservationTheory)
    ]
    stance = stances[0]
    for place, theirs in enumerate(stances[1:], start=1):
        here = theory == place
        stance = jax.tree.map(lambda new, old, here=here: jnp.where(here, new, old), theirs, stance)
    acts = act_on(situation, parameters, moment, stance)
    first_rule = theory * RULES_PER_THEORY
    return eqx.tree_at(
        lambda a: (a.sign_rule, a.ceasefire_rule),
        acts,
        (acts.sign_rule + first_rule, acts.ceasefire_rule + first_rule),
    )


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
        area=state.front.area,
        peace=line_value(own, parameters, table) + value,
        pending=pending,
    )


def terms_value(point: Int[Array, "world"], table: Bundle) -> Array:
    """Return what the signed package is worth to each side without the line."""
    place = jnp.maximum(point, 0)[None, None]
    index = jnp.broadcast_to(place, (2, 1, point.shape[0]))
    return jnp.take_along_axis(table.value, index, axis=1)[:, 0]


def _choose(where: Array, new: Acts, old: Acts, offset: int) -> Acts:
    """Return the new acts where this theory holds; its rules are numbered after the others'."""
    chosen = jax.tree.map(lambda theirs, ours: jnp.where(where, theirs, ours), new, old)
    return Acts(
        **{
            name: getattr(chosen, name)
            for name in Acts.__dataclass_fields__
            if name not in ("sign_rule", "ceasefire_rule")
        },
        sign_rule=jnp.where(where, new.sign_rule + offset, old.sign_rule),
        ceasefire_rule=jnp.where(where, new.ceasefire_rule + offset, old.ceasefire_rule),
    )
