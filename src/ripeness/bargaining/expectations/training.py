"""Worlds to learn from: play in which some of the past is forced, turned into rows of the regression.

Half of the worlds explore: for tau months war is forced and nobody bargains; then a regime is forced (war, a
ceasefire, or a settlement on terms drawn at random) and play is free. What a side sees stays consistent with
what happened, so that inference from it is not corrupted; the public belief about its type starts from a noisy
signal of the truth, updated by Bayes.

A row starts at each quarter's decisions, once the regime is known, and ends after the next quarter's:

    y = sum over the quarter of D_k [(1 - gamma) flow - cost (1 - gamma) / i + gamma h' end] - lumps
    D = product of gamma (1 - h) over its months

Nobody collapses and nothing leaves the model in these worlds: the chances h that they would are in the rows
instead, which takes out the noise of rare events. Returns: G = y + D (t V' + (1 - t) G'), V the value expected.

side i's rows are weighted by w_i = exp(b_i e / s^2 - b_i^2 / (2 s^2)), e the hidden advantage, b_i its
optimism: averages with these weights are expectations under i's own prior (importance weights), so that
optimism is unlearned in battle without further code. Optimism counts up to one standard deviation s of e,
beyond which too few worlds would carry the weight.
"""

from __future__ import annotations

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float, Int

from ripeness.bargaining.agreement import terms_of
from ripeness.bargaining.expectations.features import (
    fight_out_features,
    resting_features,
    types_of,
)
from ripeness.bargaining.expectations.month import (
    OFFER_MONTHS,
    Expectation,
    acts_from,
    expectation_of,
    unilateral,
)
from ripeness.bargaining.expectations.offers import deals_at
from ripeness.bargaining.expectations.regression import Moments, moments_of
from ripeness.bargaining.expectations.responses import added
from ripeness.bargaining.expectations.values import (
    FEATURES,
    FIGHTING,
    SETTLED_BLOCK,
    breach_of,
    ceasefire_baseline,
    fight_out,
    fighting_features,
    ratified,
    settled_baseline,
    settled_features,
    waiting,
)
from ripeness.bargaining.play import situation_of
from ripeness.bargaining.prospects import prospect
from ripeness.bargaining.strategy import Situation
from ripeness.types import CEASEFIRE, MONTHS_PER_YEAR, SETTLEMENT, WAR, WEEKS_PER_MONTH
from ripeness.war.process import SIGN, Moment
from ripeness.war.processes.combat import hidden_advantage
from ripeness.war.simulate import one_month, start_of
from ripeness.war.state import (
    CONQUEST_FIRST,
    CONQUEST_SECOND,
    VICTORY_FIRST,
    VICTORY_SECOND,
    Acts,
    alive,
)
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.names import Names
from ripeness.worlds.streams import Luck

MOST_OPTIMISM = 1.0
"""Optimism counts up to this many standard deviations of the hidden advantage."""

HEAVIEST = 5.0
"""Largest exponent of a world's weight in a side's own prior: five standard deviations out at most optimism."""


class Exploring(eqx.Module):
    """What is forced on a world."""

    months: Int[Array, "world"]  # of forced war; 0 leaves the world free
    regime: Int[Array, "world"]  # forced after it
    line: Int[Array, "world"]  # terms of a forced settlement
    point: Int[Array, "world"]
    belief: Float[Array, "2 atom world"]  # public, at the end of the forced war


class Row(eqx.Module):
    """What a quarter gives the regression: ``(2, ...)`` per side."""

    feature: Float[Array, "2 feature world"]
    baseline: Float[Array, "2 world"]
    live: Array  # whether the row counts
    reward: Float[Array, "2 world"]  # of the quarter before, closed by this quarter's decisions
    discount: Float[Array, "2 world"]


def month_weight(parameters: Bundle) -> tuple[Array, Array]:
    """Return the discount of a month, and its length in discounted years."""
    impatience = -jnp.log(parameters.diplomacy.patience)
    gamma = jnp.exp(-impatience / MONTHS_PER_YEAR)
    return gamma, (1.0 - gamma) / impatience


def prior_weights(parameters: Bundle) -> Float[Array, "2 world"]:
    """Return the weight of each world in each side's own prior."""
    spread = jnp.maximum(parameters.expectations.quality_spread, 1e-3)
    surprise = (hidden_advantage(parameters) - parameters.information.prior_mean) / spread
    believed = jnp.minimum(parameters.information.optimism / spread, MOST_OPTIMISM) * SIGN
    # Cut where one world would outweigh all others; nothing known of the spread must not give infinity.
    return jnp.exp(jnp.clip(believed * surprise - 0.5 * believed**2, -HEAVIEST, HEAVIEST))


class Hazards(eqx.Module):
    """Chances in a month that the war ends at once, and what that would be worth."""

    goes_on: Float[Array, "world"]
    end: Float[Array, "2 world"]  # chance times value, of all ends


def spared(before: Bundle, after: Bundle, parameters: Bundle, now: Array) -> tuple[Bundle, Hazards]:
    """Return the state as if nobody had collapsed, and the chances that somebody would have.

    Conquest stays an end. A collapse gives the enemy all the stakes; leaving the model costs its dread.
    """
    fell, left = after.home_front.collapse_risk, after.escalation.exit_risk
    rate = jnp.concatenate([fell, left[None]]) / MONTHS_PER_YEAR
    rate = jnp.where(after.diplomacy.regime == WAR, rate, 0.0)
    total_rate = rate[0] + rate[1] + rate[2]
    ends = -jnp.expm1(-total_rate)
    share = ends * rate / jnp.maximum(total_rate, 1e-9)
    end = jnp.stack([share[1], share[0]]) + share[2] * (now - parameters.escalation.dread)
    conquered = (after.ending.rule == CONQUEST_FIRST) | (after.ending.rule == CONQUEST_SECOND)
    keep = lambda new, old: jnp.where(conquered, new, old)  # noqa: E731
    home = eqx.tree_at(lambda h: h.collapsed, after.home_front, after.home_front.collapsed & False)
    edge = eqx.tree_at(lambda h: h.left, after.escalation, after.escalation.left & False)
    state = after.replace(
        ending=jax.tree.map(keep, after.ending, before.ending), home_front=home, escalation=edge
    )
    won = jnp.stack([state.ending.code == VICTORY_FIRST, state.ending.code == VICTORY_SECOND])
    ended = alive(before) & ~alive(state)
    return state, Hazards(
        jnp.where(ended, 0.0, 1.0 - ends), jnp.where(ended, won.astype(end.dtype), end)
    )


def month_reward(
    before: Bundle,
    after: Bundle,
    parameters: Bundle,
    situation: Situation,
    hazards: Hazards,
    flows: tuple[Array, Array],
) -> tuple[Array, Array]:
    """Return each side's reward in a month, from after its decisions, and its discount.

    ``flows`` are what things as they are and what the settlement in force are worth.
    """
    gamma, year = month_weight(parameters)
    regime = after.diplomacy.regime
    share = jnp.where(regime == CEASEFIRE, parameters.diplomacy.ceasefire_cost, 1.0)
    cost = situation.view.war_cost * jnp.where(regime == SETTLEMENT, 0.0, share)
    flow = jnp.where(regime == SETTLEMENT, flows[1], flows[0])
    reward = (1.0 - gamma) * flow - cost * year + gamma * hazards.end
    on = alive(before)
    return jnp.where(on, reward, 0.0), gamma * jnp.where(on, hazards.goes_on, 0.0)


def lumps(before: Bundle, after: Bundle, parameters: Bundle, situation: Situation) -> Array:
    """Return the costs that this month's decisions bring each side at once."""
    old, new = before.diplomacy, after.diplomacy
    signed = new.signatures > old.signatures
    did = jnp.stack([new.acted == 0, new.acted == 1])
    against_peace = (old.regime == SETTLEMENT) | situation.pending
    p = parameters.diplomacy
    price = jnp.where(against_peace, p.breach_cost, p.attack_cost)
    cost = jnp.where(signed, situation.view.leader_cost, 0.0) + jnp.where(did, price, 0.0)
    return jnp.where(alive(before), cost, 0.0)


def forced(acts: Acts, exploring: Exploring, situation: Situation, moment: Moment) -> Acts:
    """Return the acts with what is forced on the world."""
    month = moment.week // WEEKS_PER_MONTH
    quiet, turn = month < exploring.months, (month == exploring.months) & (exploring.months > 0)
    sign, pause = turn & (exploring.regime == SETTLEMENT), turn & (exploring.regime == CEASEFIRE)
    bound = quiet | turn
    terms = terms_of(exploring.line, exploring.point, situation.table)
    pick = lambda new, old: jnp.where(turn, new, old)  # noqa: E731
    return eqx.tree_at(
        lambda a: (a.attend, a.sign, a.terms, a.ceasefire, a.resume, a.breach, a.belief),
        acts,
        (
            jnp.where(turn, True, acts.attend),
            jnp.where(bound, sign, acts.sign),
            jax.tree.map(pick, terms, acts.terms),
            jnp.where(bound, pause, acts.ceasefire),
            jnp.where(bound, 0.0, acts.resume),
            jnp.where(bound, 0.0, acts.breach),
            jnp.where(bound, exploring.belief, acts.belief),
        ),
    )


def only_unilateral(situation: Situation, parameters: Bundle, e: Expectation, acts: Acts) -> Acts:
    """Return the acts of a month without an occasion to propose."""
    chances = unilateral(situation, parameters, e)
    no = jnp.zeros_like(acts.sign)
    return eqx.tree_at(
        lambda a: (a.sign, a.ceasefire, a.resume, a.breach, a.breach_alone, a.belief),
        acts,
        (no, no, *chances, situation.belief),
    )


def row_of(
    situation: Situation,
    parameters: Bundle,
    e: Expectation,
    acts: Acts,
    before: Bundle,
    after: Bundle,
) -> tuple[Array, Array]:
    """Return features ``(2, feature, world)`` and baseline of the value once the regime is known."""
    s, cost, p = e.standing, parameters.diplomacy.war_cost, parameters
    regime, pending = after.diplomacy.regime, after.diplomacy.pending > 0
    mean = added(acts.belief * types_of(p.expectations, p), 1)
    fighting = fighting_features(s, e.public, mean, cost)
    signed = after.diplomacy.signatures > before.diplomacy.signatures
    new = deals_at(acts.terms.line[None], acts.terms.point[None], situation, parameters)
    deal = jax.tree.map(lambda one, two: jnp.where(signed, one[..., 0, :], two), new, e.signed)
    breach = breach_of(s, deal, parameters)
    waits = pending.astype(cost.dtype)
    settled = settled_features(s, deal, breach, cost, waits, parameters)
    at_war, at_peace = regime == WAR, pending | (regime == SETTLEMENT)
    rests = ~at_war & ~at_peace
    # Terms that wait for ratification teach both what they are worth and what failing at home leads to.
    chance = ratified(deal, parameters)
    fails = jnp.where(pending, 1.0 - chance, 0.0)
    blocks = [
        jnp.where(at_war | rests, 1.0, fails) * fighting,
        jnp.where(rests, fighting, 0.0),
        jnp.where(rests, jnp.stack(resting_features(situation)), 0.0),
        jnp.where(at_peace, settled, 0.0),
    ]
    feature = jnp.swapaxes(jnp.concatenate(blocks), 0, 1)
    sure, war = settled_baseline(s, deal, breach, parameters), fight_out(s)
    peace = jnp.where(pending, waiting(sure, war, chance).at(cost), sure.at(cost))
    pause = ceasefire_baseline(s, parameters).at(cost)
    return feature, jnp.where(at_war, war.at(cost), jnp.where(at_peace, peace, pause))


def learning_run(
    parameters: Bundle,
    table: Bundle,
    exploring: Exploring,
    luck: Luck,
    names: Names,
    quarters: int,
    probed: int,
) -> tuple[Bundle, Row, Bundle]:
    """Play worlds under the rules in ``parameters.expectations``.

    Returns:
        The final state; ``quarters + 1`` rows along a leading axis, each row's reward closing the one
        before it; and the states at which the quarters began, of the first ``probed`` worlds.
    """

    def acts_of(situation: Situation, moment: Moment, e: Expectation, offers: Array) -> Acts:
        def talks() -> Acts:
            return acts_from(situation, parameters, moment, e)[0]

        def no_talks() -> Acts:
            return only_unilateral(situation, parameters, e, idle_acts(situation))

        return forced(jax.lax.cond(offers, talks, no_talks), exploring, situation, moment)

    def month(carry: tuple, place: Array) -> tuple[tuple, None]:
        state, reward, discount, row, first_week = carry
        moment = Moment(first_week + place * WEEKS_PER_MONTH, luck, names)
        situation = situation_of(state, parameters, table)
        e = expectation_of(situation, parameters, moment)
        acts = acts_of(situation, moment, e, place == 0)
        after = one_month(state, parameters, moment, acts, jnp.asarray(True))
        after, hazards = spared(state, after, parameters, e.standing.now)
        reward = reward - discount * lumps(state, after, parameters, situation)

        def new_row() -> Row:
            feature, baseline = row_of(situation, parameters, e, acts, state, after)
            live = alive(state) & (moment.week // WEEKS_PER_MONTH >= exploring.months)
            return Row(feature, baseline, live, reward, discount)

        row = jax.lax.cond(place == 0, new_row, lambda: row)
        reward = jnp.where(place == 0, 0.0, reward)
        discount = jnp.where(place == 0, 1.0, discount)
        flows = (e.standing.now, e.signed.worth)
        gain, on = month_reward(state, after, parameters, situation, hazards, flows)
        return (after, reward + discount * gain, discount * on, row, first_week), None

    def quarter(carry: tuple, number: Array) -> tuple[tuple, tuple[Row, Bundle]]:
        first_week = number * (OFFER_MONTHS * WEEKS_PER_MONTH)
        months = jnp.arange(OFFER_MONTHS, dtype=jnp.int32)
        found, _ = jax.lax.scan(month, (*carry, first_week), months)
        probes = jax.tree.map(lambda leaf: leaf[..., :probed], carry[0])
        return found[:4], (found[3], probes)  # type: ignore[return-value]

    nothing = jnp.zeros_like(parameters.diplomacy.war_cost)
    feature = jnp.zeros((2, FEATURES, nothing.shape[-1]), dtype=nothing.dtype)
    row = Row(feature, nothing, nothing[0] > 1.0, nothing, nothing)
    start = (start_of(parameters), nothing, nothing, row)
    numbers = jnp.arange(quarters + 1, dtype=jnp.int32)
    carry, (rows, states) = jax.lax.scan(quarter, start, numbers)
    return carry[0], rows, states


def idle_acts(situation: Situation) -> Acts:
    """Return the acts of sides that do nothing."""
    no = jnp.zeros(situation.area.shape, dtype=bool)
    nobody = jnp.zeros_like(situation.view.in_war)
    none, zero = jnp.zeros_like(situation.area), jnp.zeros(no.shape, dtype=jnp.int32)
    per_side = jnp.zeros_like(situation.peace)
    return Acts(
        attend=nobody, rank=per_side, real=nobody, reservation=per_side, expected_area=per_side,
        zone_open=no, zone_width=none, sign=no, terms=situation.terms, ceasefire=no,
        resume=per_side, breach=per_side, breach_alone=per_side, sign_rule=zero, ceasefire_rule=zero,
        belief=situation.belief,
    )  # fmt: skip


TRUST = 0.05
"""How far a return counts on what is expected at the next row instead of on what is then realised: one less the
lambda of lambda-returns. Regressing on whole returns cannot run away, which quarter on quarter can where
features grow in time; a little trust in what was learnt before takes out noise."""


def targets_of(rows: Row, predicted: Array) -> Float[Array, "quarter 2 world"]:
    """Return the lambda-return of every row but the last, from there on as expected."""

    def back(later: Array, row: tuple) -> tuple[Array, Array]:
        reward, discount, expected = row
        value = reward + discount * (TRUST * expected + (1.0 - TRUST) * later)
        return value, value

    ahead = (rows.reward[1:], rows.discount[1:], predicted[1:])
    return jax.lax.scan(back, predicted[-1], ahead, reverse=True)[1]


def moments_from(rows: Row, predicted: Array, weight: Float[Array, "2 world"]) -> Moments:
    """Return the moments of all rows of a run; the last row only closes the one before it.

    Quarter by quarter, since the features of a whole run do not fit the processor's cache.
    """
    target = targets_of(rows, predicted) - rows.baseline[:-1]
    counts = rows.live[:-1, None].astype(weight.dtype) * weight

    def quarter(row: tuple[Array, Array, Array]) -> Moments:
        return moments_of(row[0], jnp.zeros_like(row[0]), row[1], row[2])

    parts = jax.lax.map(quarter, (rows.feature[:-1], target, counts))
    return jax.tree.map(lambda part: jnp.sum(part, axis=0), parts)


class Residual(eqx.Module):
    """Predicted against realised, weighted sums over rows: ``(2, group)`` per side."""

    weight: Float[Array, "2 *group"]
    error: Float[Array, "2 *group"]  # realised less predicted
    square: Float[Array, "2 *group"]
    predicted: Float[Array, "2 *group"]
    spread: Float[Array, "2 *group"]  # sum of squares of the realised


def returns_of(rows: Row, coefficients: Array) -> tuple[Array, Array]:
    """Return predicted and realised values, ``(quarter, 2, world)``; the last realised is the predicted."""
    expected = lambda feature: jnp.einsum("sfw,sf->sw", feature, coefficients[:, :, 0])  # noqa: E731
    predicted = rows.baseline + jax.lax.map(expected, rows.feature)

    def back(later: Array, row: tuple) -> tuple[Array, Array]:
        reward, discount = row
        value = reward + discount * later
        return value, value

    ahead = (rows.reward[1:], rows.discount[1:])
    _, realised = jax.lax.scan(back, predicted[-1], ahead, reverse=True)
    return predicted, jnp.concatenate([realised, predicted[-1:]])


def residuals(
    rows: Row, predicted: Array, realised: Array, weight: Array
) -> tuple[Residual, Residual]:
    """Return residuals by regime (war, ceasefire, settled or signed) and by quarter."""
    counts = (rows.live[:, None].astype(weight.dtype) * weight[None])[:-1]
    error = (realised - predicted)[:-1]
    rest, peace = (
        rows.feature[:-1, :, FIGHTING] != 0,
        rows.feature[:-1, :, SETTLED_BLOCK.start] != 0,
    )
    war = ~rest & ~peace
    masks = (war, rest, peace)

    def one(by: tuple[Array, ...], total: Any) -> Residual:
        parts = (
            [counts * mask for mask in by],
            [counts * mask * error for mask in by],
            [counts * mask * error**2 for mask in by],
            [counts * mask * predicted[:-1] for mask in by],
            [counts * mask * realised[:-1] ** 2 for mask in by],
        )
        return Residual(*(jnp.stack([total(row) for row in rows_], axis=-1) for rows_ in parts))

    by_regime = one(masks, lambda row: jnp.sum(row, axis=(0, 2)))
    by_quarter = one((jnp.ones_like(war),), lambda row: jnp.sum(row, axis=2).T)
    return by_regime, jax.tree.map(lambda row: row[..., 0], by_quarter)


def fight_out_run(
    parameters: Bundle, table: Bundle, luck: Luck, names: Names, months: int
) -> tuple[Moments, Moments]:
    """Fight it out with no bargaining: moments of the share of the stakes and of the burden.

    Whole returns are regressed, not one step at a time: nothing can run away. What comes after the last
    month played is taken to stay as it is then.
    """
    gamma, year = month_weight(parameters)

    def month(state: Bundle, number: Array) -> tuple[Bundle, tuple]:
        week = number * WEEKS_PER_MONTH
        moment = Moment(week, luck, names)
        situation = situation_of(state, parameters, table)
        view = situation.view
        expected = prospect(view, parameters, table)
        feature = jnp.stack(fight_out_features(situation, parameters, expected), axis=1)
        none = idle_acts(situation)
        after = one_month(state, parameters, moment, none, jnp.asarray(True))
        after, hazards = spared(state, after, parameters, expected.now)
        share = (1.0 - gamma) * expected.now - view.pressure * year + gamma * hazards.end
        share = jnp.where(alive(state), share, 0.0)
        burden = jnp.where(alive(state), view.burden * year, 0.0)
        going = gamma * jnp.where(alive(state), hazards.goes_on, 0.0)
        return after, (feature, jnp.stack([share, burden]), going, alive(state))

    _, (feature, reward, going, on) = jax.lax.scan(
        month, start_of(parameters), jnp.arange(months + 1, dtype=jnp.int32)
    )

    def back(later: Array, row: tuple) -> tuple[Array, Array]:
        value = row[0] + row[1] * later
        return value, value

    for_ever = reward[-1] / jnp.maximum(1.0 - going[-1], 1e-3)
    _, value = jax.lax.scan(back, for_ever, (reward, going), reverse=True)
    rows = slice(0, max(months // 2, 1))
    feature = jnp.moveaxis(feature[rows], 0, 2)
    weight = prior_weights(parameters)[:, None] * on[rows]
    no_more = jnp.zeros_like(feature)
    return tuple(
        moments_of(feature, no_more, jnp.moveaxis(value[rows, place], 0, 1), weight)
        for place in (0, 1)
    )  # type: ignore[return-value]
