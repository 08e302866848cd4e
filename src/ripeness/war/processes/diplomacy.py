"""12 Diplomacy, every fourth week: what the sides' acts do to the regime.

    war        -- both sign -->                ceasefire, pending ratification
    war        -- both prefer a pause -->      ceasefire
    pending    -- months pass, a vote -->      settlement, or war again if it fails at home
    ceasefire  -- a side resumes -->           war
    settlement -- a side breaks it -->         war; guarantors in place decide whether to honour their word
    talks' = talks + (both attend - talks) / attention
    incidents' = severity (1 - monitored) [ceasefire, or a share of it in a settlement],  severity ~ exponential

Incidents along the line provoke whoever suffers them (see ``bargaining.conduct``); observers clear them up
(Fortna 2003, "Scraps of Paper?", International Organization 57). Guarantors: see ``war.guarantors``; dates of
votes: ``war.ratification``. What the
sides do comes from a strategy (``ripeness.bargaining``); this file knows only what follows. A settlement is
in force once ratified; until then the guns rest (Putnam 1988: the second level must agree). It would break
if a settlement were carried out in stages.
"""

from __future__ import annotations

import equinox as eqx
import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Bool, Float, Int

from ripeness.types import CEASEFIRE, SETTLEMENT, WAR
from ripeness.war.guarantors import hardship, honour_chance
from ripeness.war.process import SMALL, Moment
from ripeness.war.processes.front import first
from ripeness.war.ratification import chance_to_pass, months_to_force
from ripeness.war.state import ATOMS, Acts, Terms, alive
from ripeness.worlds.bundle import Bundle


class DiplomacyPart(eqx.Module):
    """Regime, terms, and what has happened in talks."""

    regime: Int[Array, "world"]
    talks: Float[Array, "world"]  # how much attention talks have, 0 to 1
    progress: Bool[Array, "world"]  # a zone of agreement was open at the last talks
    pending: Float[Array, "world"]  # months to ratification; 0 when nothing is pending
    pause: Float[Array, "world"]  # months until talks can resume
    months: Float[Array, "world"]  # since the regime began
    terms: Terms  # last signed
    agreed_area: Float[Array, "world"]  # where the settlement puts the line, km2
    relief: Float[Array, "world"]  # in force
    payments: Float[Array, "2 world"]  # in force, bn EUR a month
    force_cap: Float[Array, "2 world"]  # in force, soldiers
    guarantee: Float[Array, "2 world"]  # log of the force multiplied by guarantors who fight
    owed: Float[Array, "world"]  # times that guarantors in place were called upon
    kept: Float[Array, "world"]  # times that they came
    rule: Int[Array, "world"]  # of the last agreement, place in the strategies' list
    signatures: Float[Array, "world"]
    failures: Float[Array, "world"]  # of ratification
    ceasefire_week: Float[Array, "world"]  # first; NaN if none
    settlement_week: Float[Array, "world"]  # first in force
    resumed_week: Float[Array, "world"]  # first resumption from a ceasefire
    resumed_by: Int[Array, "world"]  # -1 nobody
    broken_week: Float[Array, "world"]  # first breach of a settlement in force
    broken_by: Int[Array, "world"]
    regime_week: Float[Array, "world"]  # when the regime began
    acted: Int[Array, "world"]  # who resumed the war or broke the peace this month; -1 nobody
    incidents: Float[
        Array, "2 world"
    ]  # suffered by each side this month; 1 the mean without observers
    belief: Float[Array, "2 atom world"]  # public, about each side's private type; adds to one
    zone_width: Float[Array, "world"]  # when last looked at, shares of the stakes
    real: Bool[Array, "2 world"]  # would have signed something then that the other would have too


class Diplomacy:
    """Regimes and their changes."""

    name = "diplomacy"

    def start(self, parameters: Bundle) -> DiplomacyPart:
        """Return a war without talks."""
        none = jnp.zeros_like(parameters.front.mobility)
        per_side = jnp.zeros_like(parameters.front.area_held)
        never, nobody = jnp.full_like(none, jnp.nan), jnp.full(none.shape, -1, dtype=jnp.int32)
        no_terms = Terms(
            nobody,
            nobody,
            never,
            none,
            per_side + jnp.inf,
            per_side,
            per_side,
            none,
            per_side,
            none,
            per_side,
            none + 1,
            none,
            nobody * 0,
        )
        return DiplomacyPart(
            regime=jnp.full(none.shape, WAR, dtype=jnp.int32),
            talks=none, progress=none > 0, pending=none, pause=none, months=none,
            terms=no_terms, agreed_area=parameters.front.area_held[0], relief=none, payments=per_side,
            force_cap=per_side + jnp.inf, guarantee=per_side, owed=none, kept=none, rule=nobody,
            signatures=none, failures=none, ceasefire_week=never, settlement_week=never,
            resumed_week=never, resumed_by=nobody, broken_week=never, broken_by=nobody,
            regime_week=none, acted=nobody, incidents=per_side,
            zone_width=none - 1.0, real=per_side > 0,
            belief=jnp.full((2, ATOMS, *none.shape), 1.0 / ATOMS, dtype=none.dtype),
        )  # fmt: skip

    def month(self, state: Bundle, parameters: Bundle, moment: Moment, acts: Acts) -> DiplomacyPart:
        """Return what the month's acts have made of the regime."""
        old = state.diplomacy
        turns = self._turns(state, parameters, moment, acts)
        regime = _regime_after(old.regime, turns)
        changed, now = regime != old.regime, moment.week.astype(jnp.float32)
        signed, ratified, broken = turns["signed"], turns["ratified"], turns["broken"]
        terms = _choose(signed, acts.terms, old.terms)
        pending = jnp.where(
            signed, months_to_force(acts.terms.wait, acts.terms.votes, now, parameters),
            jnp.where(turns["reopened"], 0.0, jnp.maximum(old.pending - 1.0, 0.0)),
        )  # fmt: skip
        failed = turns["failed"]
        owed, kept = self._guarantee(state, parameters, moment, turns)
        pause = jnp.where(
            failed, parameters.diplomacy.pause_months, jnp.maximum(old.pause - 1.0, 0.0)
        )
        in_force = regime == SETTLEMENT
        talking = acts.attend[0] & acts.attend[1] & (old.regime != SETTLEMENT)
        attending = talking.astype(jnp.float32)
        here = jnp.where(jnp.isnan(terms.area), state.front.area, terms.area)
        return DiplomacyPart(
            regime=regime,
            talks=old.talks + (attending - old.talks) / parameters.diplomacy.attention,
            progress=acts.zone_open & (attending > 0),
            pending=pending,
            pause=pause,
            months=jnp.where(changed, 0.0, old.months + 1.0),
            terms=terms,
            agreed_area=jnp.where(ratified, here, old.agreed_area),
            relief=jnp.where(in_force, terms.relief, 0.0),
            payments=jnp.where(in_force, terms.payments, 0.0),
            force_cap=jnp.where(in_force, terms.force_cap, jnp.inf),
            guarantee=jnp.where(
                kept,
                jnp.log1p(old.terms.capacity),
                jnp.where(ratified | signed, 0.0, old.guarantee),
            ),
            owed=old.owed + (owed[0] | owed[1]),
            kept=old.kept + (kept[0] | kept[1]),
            rule=jnp.where(
                signed, acts.sign_rule, jnp.where(turns["paused"], acts.ceasefire_rule, old.rule)
            ),
            signatures=old.signatures + signed,
            failures=old.failures + failed,
            ceasefire_week=first(old.ceasefire_week, changed & (regime == CEASEFIRE), now),
            settlement_week=first(old.settlement_week, ratified, now),
            resumed_week=first(old.resumed_week, turns["resumed"], now),
            resumed_by=jnp.where(
                jnp.isnan(old.resumed_week) & turns["resumed"], turns["who"], old.resumed_by
            ),
            broken_week=first(old.broken_week, broken, now),
            broken_by=jnp.where(jnp.isnan(old.broken_week) & broken, turns["who"], old.broken_by),
            regime_week=jnp.where(changed, now, old.regime_week),
            acted=jnp.where(turns["resumed"] | broken, turns["who"], -1),
            incidents=self._incidents(parameters, moment, regime, pending, terms),
            belief=acts.belief,
            zone_width=acts.zone_width,
            real=acts.real,
        )

    def _turns(
        self, state: Bundle, parameters: Bundle, moment: Moment, acts: Acts
    ) -> dict[str, Array]:
        """Return which turn each world takes this month; at most one of them."""
        old, sides = state.diplomacy, moment.names.sides
        dice, order = moment.luck.uniform_of("diplomacy", sides, moment.week)
        passes = moment.luck.uniform("ratification", moment.week)[0]
        going = alive(state)
        talking = acts.attend[0] & acts.attend[1] & (old.pause <= 0) & (old.pending <= 0)
        at_war, in_pause = (old.regime == WAR) & going, (old.regime == CEASEFIRE) & going
        due = in_pause & (old.pending == 1)
        resumes = dice < acts.resume
        breaks = dice < acts.breach
        resumed = in_pause & (resumes[0] | resumes[1])
        broken = (old.regime == SETTLEMENT) & going & (breaks[0] | breaks[1])
        both = jnp.where(broken, breaks[0] & breaks[1], resumes[0] & resumes[1])
        alone = jnp.where(jnp.where(broken, breaks[0], resumes[0]), 0, 1)
        ratified = due & ~resumed & (passes < chance_to_pass(old.terms.passes, parameters))
        signed = (at_war | (in_pause & ~resumed)) & talking & acts.sign
        return {
            "signed": signed,
            "paused": at_war & talking & acts.ceasefire & ~signed,
            "resumed": resumed,
            "ratified": ratified,
            "failed": due & ~resumed & ~ratified,
            "broken": broken,
            "reopened": resumed | broken | (due & ~ratified),
            "who": jnp.where(both, jnp.where(order[0] < order[1], 0, 1), alone).astype(jnp.int32),
        }

    def _guarantee(
        self, state: Bundle, parameters: Bundle, moment: Moment, turns: dict[str, Array]
    ) -> tuple[Bool[Array, "2 world"], Bool[Array, "2 world"]]:
        """Return to which side a guarantor in place owes help this month, and where it keeps its word."""
        old = state.diplomacy
        resolve = moment.luck.uniform("guarantor", moment.week)[0]
        victim = jnp.stack([turns["who"] == 1, turns["who"] == 0])
        owed = (
            turns["broken"] & victim & (old.months >= old.terms.delay) & (old.terms.credibility > 0)
        )
        harder = hardship(state, parameters)
        kept = resolve < honour_chance(old.terms.credibility, old.terms.cost, harder)
        return owed, owed & kept

    def _incidents(
        self, parameters: Bundle, moment: Moment, regime: Array, pending: Array, terms: Terms
    ) -> Float[Array, "2 world"]:
        """Return how badly each side is provoked along the line this month."""
        p = parameters.diplomacy
        lots = moment.luck.uniform_of("incidents", moment.names.sides, moment.week)[0]
        watched = jnp.where((pending > 0) | (regime == SETTLEMENT), terms.monitoring, 0.0)
        watched = jnp.maximum(watched, p.monitoring)
        share = jnp.where(regime == SETTLEMENT, p.incidents_in_peace, 1.0)
        share = jnp.where(regime == WAR, 0.0, share) * (1.0 - watched)
        return -jnp.log(jnp.maximum(lots, SMALL)) * share


def _regime_after(old: Int[Array, "world"], turns: dict[str, Array]) -> Int[Array, "world"]:
    """Return the regime that follows from the turns."""
    new = jnp.where(turns["signed"] | turns["paused"], CEASEFIRE, old)
    new = jnp.where(turns["resumed"] | turns["failed"] | turns["broken"], WAR, new)
    return jnp.where(turns["ratified"], SETTLEMENT, new).astype(jnp.int32)


def _choose(where: Bool[Array, "world"], new: Terms, old: Terms) -> Terms:
    """Return the new terms where something was signed, else the old."""
    return jax.tree.map(lambda one, two: jnp.where(where, one, two), new, old)
