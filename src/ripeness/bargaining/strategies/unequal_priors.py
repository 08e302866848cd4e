"""Unequal priors (Smith and Stam 2003, International Studies Review 5(4): 115-135; 2004, JCR 48: 783-813).

Each side pictures the war as a walk over N forts between the sides' aims: a battle moves one fort, and who
has them all has everything. Nobody knows the chance p to win a battle, and the sides' priors of it differ,
each knowing the other's: they agree to disagree, until battles have shown who was right. With a_s the
advantage the side would believe in had battle taught it nothing, n_s the forts it holds (between 1 and N - 1
while the war goes on, parts of forts too), k the battles fought and g_s the forts it has gained in them:

    p0_s = 1 / (1 + exp(-m a_s)),    wins_s = clip((k + g_s) / 2, 0, k)
    p    ~ Beta(S p0_s + wins_s,  S (1 - p0_s) + k - wins_s)              S: battles its prior is worth
    P(p) = (1 - r^n) / (1 - r^N),    D(p) = (N P - n) / (2 p - 1),    r = (1 - p) / p      gambler's ruin
    U_s  = E_s[P] - (c_s + dread_s) T E_s[D],    reservation_s = U_s + leader's own cost

T is a battle's length in years, c_s the felt cost of a year. Over one divisible stake the war can end if and
only if U_1 + U_2 <= 1. Means disagree by (p0_1 + p0_2 - 1) S / (S + k), whatever the results of the battles:
fighting itself burns optimism away, and both sides are the sooner convinced the less their priors weigh.

Different in substance from converging expectations, which filters the pace of the line and plans to a date
with the war's own hazards: here the line moves or it does not, one battle counts like another, there is no
date and no collapse, the loser loses all, and what a side holds now is worth only what it may bring.
Everything is paid for at today's cost. Smith and Stam's proposer also counts on settling later; here both
weigh the war to its finish, as their responder does, so that the zone opens no later than in their game.

The expectation over p is taken by Gauss-Legendre quadrature. It would break where ground changes hands
without a battle (a treaty's withdrawals count as battles won), and mediators' words teach nobody.
"""

from __future__ import annotations

from typing import Final

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from ripeness.bargaining.conduct import act_on
from ripeness.bargaining.prospects import prospect, rethought
from ripeness.bargaining.strategy import STRATEGIES, Situation, Stance
from ripeness.bargaining.view import View
from ripeness.types import WEEKS_PER_YEAR
from ripeness.war.process import Moment
from ripeness.war.processes.front import theatre_of
from ripeness.war.state import Acts
from ripeness.worlds.bundle import Bundle

NODES: Final = 32
"""Chances at which the expectation is evaluated: an error below a thousandth of the stakes (tested)."""


Sums = tuple[Array, Array, Array]


class UnequalPriors:
    """Settle when what both expect of the war to its finish, each by its own prior, leaves room."""

    name = "unequal_priors"
    label = "Unequal priors"
    source = "Smith & Stam 2003, 2004"
    rules: tuple[str, ...] = (
        "unequal priors: battles left too little to disagree about for the war to be worth its finish",
        "both preferred the line as it was to the war to its finish, with nothing to sign",
    )

    def decide(self, situation: Situation, parameters: Bundle, moment: Moment) -> Acts:
        """Return the acts of both sides."""
        return act_on(situation, parameters, moment, self.stance(situation, parameters))

    def stance(self, situation: Situation, parameters: Bundle) -> Stance:
        """Return where both sides stand, each row from what that side sees."""
        view = situation.view
        finish, area = war_to_its_finish(view, parameters)
        expected = prospect(view, parameters, situation.table)
        expected = rethought(expected, view, parameters, finish, area)
        reservation = expected.outside + view.leader_cost
        wish = expected.pause - parameters.diplomacy.fear - view.leader_cost > finish
        return Stance(expected, reservation, wish)


def war_to_its_finish(
    view: View, parameters: Bundle
) -> tuple[Float[Array, "2 world"], Float[Array, "2 world"]]:
    """Return what each side expects of fighting to the finish, and the own area it expects then, km2."""
    walk = parameters.forts
    lowest, highest = (
        theatre_of(parameters) - parameters.front.aim_area[::-1],
        parameters.front.aim_area,
    )
    span = jnp.maximum(highest - lowest, 1.0)
    # While the war goes on nobody has won it: the walk has not reached either end.
    held = jnp.clip(walk.count * (view.own_area - lowest) / span, 1.0, walk.count - 1.0)
    wins, losses = posterior(view, parameters, span / walk.count)
    odds, battles = expected_finish(wins, losses, held, jnp.broadcast_to(walk.count, held.shape))
    price = (view.war_cost + view.dread) * walk.battle_weeks / WEEKS_PER_YEAR
    return odds - price * battles, lowest + odds * span


def posterior(
    view: View, parameters: Bundle, fort: Float[Array, "2 world"]
) -> tuple[Float[Array, "2 world"], Float[Array, "2 world"]]:
    """Return each side's Beta belief about its chance in a battle, as battles won and lost.

    Args:
        view: what each side sees.
        parameters: the worlds' parameters.
        fort: area of a fort, km2.
    """
    walk = parameters.forts
    prior = jax.nn.sigmoid(walk.decisiveness * view.prior_advantage)
    fought = view.weeks_fought / walk.battle_weeks
    gained = (view.own_area - parameters.front.area_held) / fort
    won = jnp.clip((fought + gained) / 2.0, 0.0, fought)
    return (
        walk.prior_battles * prior + won,
        walk.prior_battles * (1.0 - prior) + fought - won,
    )


def expected_finish(
    wins: Float[Array, "2 world"],
    losses: Float[Array, "2 world"],
    held: Float[Array, "2 world"],
    forts: Float[Array, "2 world"],
) -> tuple[Float[Array, "2 world"], Float[Array, "2 world"]]:
    """Return the expected chance to win the war, and the expected number of battles.

    Chances come in pairs p > 1/2 and 1 - p, at which the walk is the enemy's seen from the other end.

    Args:
        wins: first parameter of the Beta belief about the chance to win a battle, above 0.
        losses: its second parameter.
        held: forts held, 0 to ``forts``.
        forts: number of forts.
    """
    missing = forts - held
    mean = wins / (wins + losses)
    largest = (wins - 1.0) * jnp.log(mean) + (losses - 1.0) * jnp.log1p(-mean)

    def add(sums: Sums, node: tuple[Array, Array]) -> tuple[Sums, None]:
        chance, weight = node
        up, down = jnp.log(chance), jnp.log1p(-chance)
        likely = weight * jnp.exp((wins - 1.0) * up + (losses - 1.0) * down - largest)
        mirror = weight * jnp.exp((wins - 1.0) * down + (losses - 1.0) * up - largest)
        odds, battles = ruin(chance, held, forts)
        their_odds, as_many = ruin(chance, missing, forts)
        won = likely * odds + mirror * (1.0 - their_odds)
        fought = likely * battles + mirror * as_many
        return (sums[0] + likely + mirror, sums[1] + won, sums[2] + fought), None

    nothing = jnp.zeros_like(held)
    nodes = (jnp.asarray(_CHANCES), jnp.asarray(_WEIGHTS))
    (mass, odds, battles), _ = jax.lax.scan(add, (nothing, nothing, nothing), nodes)
    return odds / mass, battles / mass


def ruin(
    chance: Float[Array, ""], held: Float[Array, "2 world"], forts: Float[Array, "2 world"]
) -> tuple[Float[Array, "2 world"], Float[Array, "2 world"]]:
    """Return the odds and the length of the walk from here, at a chance in a battle above one half."""
    step = jnp.log1p(-chance) - jnp.log(chance)
    odds = jnp.expm1(held * step) / jnp.expm1(forts * step)
    return odds, (forts * odds - held) / (2.0 * chance - 1.0)


def _better_than_even() -> tuple[np.ndarray, np.ndarray]:
    """Return the nodes above one half of the quadrature on (0, 1), and their weights."""
    place, weight = np.polynomial.legendre.leggauss(NODES)
    above = place > 0
    chances, weights = (1.0 + place[above]) / 2.0, weight[above] / 2.0
    return chances.astype(np.float32), weights.astype(np.float32)


_CHANCES, _WEIGHTS = _better_than_even()

STRATEGIES.register(UnequalPriors.name)(UnequalPriors())
