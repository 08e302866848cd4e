"""A month of talks between sides that expect: offers, answers, and unilateral acts.

    1  every so many months one side, by lot, may propose: nothing, a ceasefire, or terms from its menu
         P(j | c) = w_j exp(l Q_j(c)) / sum,   Q_j = p_j V(j) + (1 - p_j) V(go on, having been refused)
    2  the other side answers by what it expects; both choices reveal something about the chooser's cost
    3  in a ceasefire either may resume, in a settlement either may break it, at a Poisson-logit hazard

w: 1/2 for nothing; of the rest .3 for a ceasefire and .7 for terms. Talks come up with the scenario's monthly
chance (mediators raise it), which all theories share. Signing costs each leader its own cost. See
``responses`` for the rules.
"""

from __future__ import annotations

import equinox as eqx
import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.agreement import terms_of
from ripeness.bargaining.conduct import HIGH_RANK, LOW_RANK, provoked, signing_chance
from ripeness.bargaining.expectations.features import (
    Standing,
    dot,
    resting_features,
    standing_of,
    types_of,
    war_features,
)
from ripeness.bargaining.expectations.offers import (
    TARGETS,
    Menu,
    deal_in_force,
    deals_at,
    find_offers,
)
from ripeness.bargaining.expectations.responses import (
    added,
    answer,
    choice,
    hazard,
    sigmoid,
    updated,
)
from ripeness.bargaining.expectations.values import (
    CEASEFIRE_BLOCK,
    RESTING_BLOCK,
    SETTLED_BLOCK,
    WAR_BLOCK,
    Deal,
    Fighting,
    Linear,
    SettledForm,
    ceasefire_baseline,
    fight_out,
    fighting_value,
    settled_form,
    settled_value,
)
from ripeness.bargaining.strategy import Situation
from ripeness.types import MONTHS_PER_YEAR, WEEKS_PER_MONTH
from ripeness.war.process import Moment, other
from ripeness.war.state import ATOMS, Acts
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.once import once

PROPOSAL_WEIGHT = 0.5
"""Chance to propose something at indifference, once talks have come up."""

CEASEFIRE_WEIGHT = 0.3
"""Share of proposals at indifference that are for a ceasefire."""

OFFER_MONTHS = 3
"""Months between occasions to propose: an offer and its answer bind for a quarter."""

DOUBT_LEFT = 0.005
"""Share of the belief that always stays as it was before the war: nobody is ever quite sure of the other."""

ANSWER, RESUME, BREACH = range(3)
"""Places of the thresholds that a diagnostic shifts, for one side and unseen by the other."""

NOTHING_ITEM, CEASEFIRE_ITEM = 0, 1


class Expectation(eqx.Module):
    """What both sides expect this month."""

    standing: Standing
    public: Float[Array, "feature 2 world"]
    war: Fighting
    ceasefire: Fighting
    form: SettledForm
    signed: Deal
    settled: Linear  # value of what was signed


class Talk(eqx.Module):
    """What came of an occasion to propose."""

    item: Array  # chosen, place in the menu
    accepted: Bool[Array, "world"]
    line: Array
    point: Array
    belief: Float[Array, "2 atom world"]
    deal: Float[Array, "world"]  # chance that terms were signed, before those lots were drawn
    pause: Float[Array, "world"]  # chance of a ceasefire, before those lots were drawn


def expectation_of(situation: Situation, parameters: Bundle, moment: Moment) -> Expectation:
    """Return what both sides expect."""
    coefficients, week = parameters.expectations.coefficients, moment.week
    s = once(week, lambda: standing_of(situation, parameters))
    public = once(week, lambda: jnp.stack(war_features(situation, parameters, s)))

    def values() -> tuple[Fighting, Fighting, SettledForm]:
        rest = ceasefire_baseline(s, parameters)
        # A ceasefire is learnt as what it changes: errors common to both values then cancel.
        pause = coefficients[:, WAR_BLOCK] + coefficients[:, CEASEFIRE_BLOCK]
        rested = dot(coefficients[:, RESTING_BLOCK], resting_features(situation))
        rest = Linear(rest.level + rested, rest.slope)
        return (
            fighting_value(s, public, coefficients[:, WAR_BLOCK], fight_out(s)),
            fighting_value(s, public, pause, rest),
            settled_form(s, coefficients[:, SETTLED_BLOCK]),
        )

    war, pause, form = once(week, values)

    def peace() -> tuple[Deal, Linear]:
        signed = deal_in_force(situation, parameters)
        pending = situation.pending.astype(s.share.dtype)
        return signed, settled_value(s, form, signed, pending, war.value, parameters)

    signed, settled = once(week, peace)
    return Expectation(s, public, war, pause, form, signed, settled)


def going_on(situation: Situation, e: Expectation) -> Fighting:
    """Return the value of going on in the regime there is."""
    at_war = situation.view.in_war
    pick = lambda one, two: jnp.where(at_war, one, two)  # noqa: E731
    value = Linear(
        pick(e.war.value.level, e.ceasefire.value.level),
        pick(e.war.value.slope, e.ceasefire.value.slope),
    )
    return Fighting(
        value,
        pick(e.war.by_own, e.ceasefire.by_own),
        pick(e.war.by_enemy, e.ceasefire.by_enemy),
    )


def decide_month(situation: Situation, parameters: Bundle, moment: Moment) -> Acts:
    """Return the acts of both sides."""
    return acts_from(situation, parameters, moment, expectation_of(situation, parameters, moment))[
        0
    ]


def acts_from(
    situation: Situation, parameters: Bundle, moment: Moment, e: Expectation
) -> tuple[Acts, Talk]:
    """Return the acts that follow from what both sides expect, and what came of the talks."""
    cost, view = parameters.diplomacy.war_cost, situation.view
    stay = going_on(situation, e)
    lots = moment.luck.uniform_of("proposer", moment.names.sides, moment.week)[0]
    first = lots[0] < lots[1]  # keyed by name: the order of the sides must change nobody's luck
    at = (stay.value.at(e.standing.cost_seen), stay.value.at(cost))

    def occasion() -> tuple[Talk, Array, Array]:
        menu, zone = find_offers(e.standing, e.form, e.war.value, at, situation, parameters, first)
        talk = talk_of(situation, parameters, moment, e, stay, menu, first)
        return talk, jnp.clip(zone.width, -1.0, 1.0), zone.serious >= 0

    def none() -> tuple[Talk, Array, Array]:
        return no_talk(situation), situation.zone_width, situation.real

    # Between occasions what can be signed is what it was at the last one.
    month = moment.week // WEEKS_PER_MONTH
    talk, width, serious = jax.lax.cond(month % OFFER_MONTHS == 0, occasion, none)
    open_ = (width >= 0) & ~situation.closed & ~view.in_settlement[0]
    serious = serious & ~view.in_settlement & ~situation.closed
    signs = talk.accepted & (talk.item > CEASEFIRE_ITEM)
    pauses = talk.accepted & (talk.item == CEASEFIRE_ITEM)
    seen = moment.luck.uniform_of("attendance", moment.names.sides, moment.week)[0]
    attend = serious | (seen < parameters.diplomacy.image) | signs | pauses
    real = serious | signs
    resume, breach, breach_alone = unilateral(situation, parameters, e)
    zero = jnp.zeros(first.shape, dtype=jnp.int32)
    acts = Acts(
        attend=attend,
        rank=jnp.where(real, HIGH_RANK, jnp.where(attend, LOW_RANK, 0.0)),
        real=real,
        reservation=at[1] + view.leader_cost,
        expected_area=e.standing.expected.area,
        zone_open=open_,
        zone_width=width,
        sign=signs,
        terms=terms_of(talk.line, talk.point, situation.table),
        ceasefire=pauses,
        resume=resume,
        breach=breach,
        breach_alone=breach_alone,
        sign_rule=zero,
        ceasefire_rule=zero + 1,
        belief=talk.belief,
    )
    return acts, talk


def no_talk(situation: Situation) -> Talk:
    """Return what comes of a month without an occasion to propose."""
    nothing = jnp.zeros(situation.area.shape, dtype=jnp.int32)
    none = jnp.zeros_like(situation.area)
    return Talk(nothing, nothing > 0, nothing, nothing, situation.belief, none, none)


def unilateral(
    situation: Situation, parameters: Bundle, e: Expectation
) -> tuple[Array, Array, Array]:
    """Return the chances this month that each side resumes the war, and that it breaks a settlement.

    The third is what the second would be if nobody guaranteed the settlement.
    """
    p, view, cost = parameters.diplomacy, situation.view, parameters.diplomacy.war_cost
    war, pause, peace = e.war.value.at(cost), e.ceasefire.value.at(cost), e.settled.at(cost)
    opposed = e.standing.slope * view.enemy_credibility * view.enemy_protection
    renege = war - opposed - p.breach_cost - peace
    insult = provoked(situation, parameters)
    resume = jnp.where(situation.pending, renege, war - p.attack_cost - pause) + insult
    renege = renege + insult
    chance = lambda gain: hazard(gain, p.precision, p.reconsider, 1.0 / MONTHS_PER_YEAR)  # noqa: E731
    tilt = parameters.expectations.tilt
    return (
        jnp.where(view.in_ceasefire, chance(resume + tilt[:, RESUME]), 0.0),
        jnp.where(view.in_settlement, chance(renege + tilt[:, BREACH]), 0.0),
        jnp.where(view.in_settlement, chance(renege + opposed + tilt[:, BREACH]), 0.0),
    )


def item_weights(
    situation: Situation, parameters: Bundle, moment: Moment, menu: Menu, first: Array
) -> Float[Array, "item world"]:
    """Return the prior weights of what can be proposed; all on nothing where there are no talks."""
    once = signing_chance(parameters, moment)
    omega = 1.0 - (1.0 - once) ** OFFER_MONTHS
    may = ~situation.closed & ~situation.view.in_settlement[0]
    comes_up = moment.luck.uniform("talks come up", moment.week)[0] < omega
    weight = jnp.where(may & comes_up, PROPOSAL_WEIGHT, 0.0)
    ceasefire = jnp.where(situation.view.in_war[0], CEASEFIRE_WEIGHT * weight, 0.0)
    terms = jnp.where(menu.available, (1.0 - CEASEFIRE_WEIGHT) * weight / len(TARGETS), 0.0)
    offered = ceasefire + sum(terms[k] for k in range(len(TARGETS)))
    return jnp.concatenate([(1.0 - offered)[None], ceasefire[None], terms])


class Turn(eqx.Module):
    """An occasion to propose, told from the proposer: row 0 is the proposer, row 1 the responder."""

    gain: Float[Array, "2 item world"]  # over going on, at no cost of war
    relative: Float[Array, "2 item world"]  # what a cost of war of one a year adds to it
    types: Float[Array, "2 atom world"]
    belief: Float[Array, "2 atom world"]
    cost: Float[Array, "2 world"]
    by_own: Float[Array, "2 world"]
    by_enemy: Float[Array, "2 world"]

    def advantage(self, row: int) -> Float[Array, "item atom world"]:
        """Return the advantage over going on, by type."""
        return self.gain[row][:, None] + self.relative[row][:, None] * self.types[row][None]

    def true(self, row: int) -> Float[Array, "item world"]:
        """Return the advantage over going on at the true type."""
        return self.gain[row] + self.relative[row] * self.cost[row]

    def mean(self, belief: Array, row: int) -> Array:
        """Return the mean type that a belief expects, ``(..., world)``, over what is expected now."""
        now = added(self.belief[row] * self.types[row], 0)
        return added(belief * self.types[row], -2) - now


def turn_of(
    situation: Situation,
    parameters: Bundle,
    e: Expectation,
    stay: Fighting,
    menu: Menu,
    first: Array,
) -> Turn:
    """Return the occasion: what a ceasefire and the terms on the menu are worth over going on."""
    p = parameters.diplomacy
    deals = deals_at(menu.line, menu.point, situation, parameters)
    pending = jnp.ones_like(p.precision)
    terms = settled_value(e.standing, e.form, deals, pending, e.war.value, parameters)
    leader = situation.view.leader_cost[:, None]
    level = jnp.concatenate([e.ceasefire.value.level[:, None], terms.level - leader], axis=1)
    slope = jnp.concatenate([e.ceasefire.value.slope[:, None], terms.slope], axis=1)
    turn = lambda rows: jnp.where(first, rows, other(rows))  # noqa: E731
    return Turn(
        gain=turn(level - stay.value.level[:, None]),
        relative=turn(slope - stay.value.slope[:, None]),
        types=turn(types_of(parameters.expectations, parameters)),
        belief=turn(situation.belief),
        cost=turn(p.war_cost),
        by_own=turn(stay.by_own),
        by_enemy=turn(stay.by_enemy),
    )


def talk_of(
    situation: Situation,
    parameters: Bundle,
    moment: Moment,
    e: Expectation,
    stay: Fighting,
    menu: Menu,
    first: Bool[Array, "world"],
) -> Talk:
    """Return what one side proposes and the other answers."""
    precision = parameters.diplomacy.precision
    turn = once(moment.week, lambda: turn_of(situation, parameters, e, stay, menu, first))

    def refuse(after: Array) -> Array:
        return (turn.by_own[1] * turn.mean(after, 1))[:, None]

    said = once(moment.week, lambda: answer(turn.advantage(1), refuse, turn.belief[1], precision))
    moved = turn.mean(said.after_refusal, 1)
    refused = (1.0 - said.expected) * turn.by_enemy[0] * moved
    weights = item_weights(situation, parameters, moment, menu, first)
    by_type = said.expected[:, None] * turn.advantage(0) + refused[:, None]
    proposes = choice(with_nothing(by_type), weights[:, None], precision)
    odds = choice(with_nothing(said.expected * turn.true(0) + refused), weights, precision)
    dice = moment.luck.uniform("offer", moment.week)
    item = drawn(odds, dice[0])
    about_proposer = updated(turn.belief[0], chosen(proposes, item))
    margin = chosen(with_nothing(turn.true(1) - turn.by_own[1] * moved), item)
    tilt = parameters.expectations.tilt
    margin = margin - turn.by_enemy[1] * turn.mean(about_proposer, 0)
    margin = margin + jnp.where(first, tilt[1, ANSWER], tilt[0, ANSWER])
    accepts = (item > NOTHING_ITEM) & (dice[1] < sigmoid(precision * margin))
    likely = chosen(with_nothing(said.odds), item)
    seen = jnp.where(accepts, likely, 1.0 - likely)
    about_responder = updated(turn.belief[1], jnp.where(item == NOTHING_ITEM, 1.0, seen))
    belief = jnp.stack([about_proposer, about_responder])
    belief = (1.0 - DOUBT_LEFT) * belief + DOUBT_LEFT / ATOMS
    place = jnp.maximum(item - 2, 0)
    accepted = odds[1:] * sigmoid(precision * (turn.true(1) - turn.by_own[1] * moved))
    return Talk(
        item=item,
        accepted=accepts,
        line=chosen(menu.line, place),
        point=chosen(menu.point, place),
        belief=jnp.where(first, belief, other(belief)),
        deal=added(accepted[1:], 0),
        pause=accepted[0],
    )


def drawn(odds: Float[Array, "item world"], dice: Float[Array, "world"]) -> Int[Array, "world"]:
    """Return the item that a uniform draw picks."""
    item, below = jnp.zeros(dice.shape, dtype=jnp.int32), jnp.zeros_like(dice)
    for place in range(odds.shape[0] - 1):
        below = below + odds[place]
        item = item + (below < dice)
    return item


def with_nothing(items: Float[Array, "item ..."]) -> Float[Array, "one_more ..."]:
    """Return the items with the one that changes nothing put first."""
    return jnp.concatenate([jnp.zeros_like(items[:1]), items])


def chosen(items: Array, item: Array) -> Array:
    """Return the entry of ``items`` ``(item, ..., world)`` that each world has chosen."""
    place = item[(None,) * (items.ndim - 1)]
    return jnp.take_along_axis(items, place, axis=0)[0]
