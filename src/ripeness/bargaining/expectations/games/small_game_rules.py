"""The small game: what both sides do at every time, front and belief, given what they expect.

    R_k(x) = -c_k + E v_k(t+1, m', b'(x))       refusing x, type k; b'(x): belief after the refusal
    p_k(x) = 1 / (1 + exp(-l (x - R_k(x))))     ``responses.answer``, which solves for b'
    Q(x)   = p(x) (1-x) + (1-p(x)) (-c + E v_A(t+1, m', b'(x)))
    P(x)   proportional to exp(l Q(x))          ``responses.choice``

The rules are tabulated once per sweep on a lattice of (time, front, position of the belief) and
interpolated in play, so that the fixed point is solved per lattice point and not per play. The lattice is
even in the position w of ``certainty``, and has b = 0 and b = 1 among its points.
"""

from __future__ import annotations

import equinox as eqx
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from ripeness.bargaining.expectations.games.certainty import belief_at, blend, position
from ripeness.bargaining.expectations.responses import Answer, answer, choice

FIXED_POINT_DAMPING = 0.3
"""Share of new odds per sweep of the fixed point. A higher belief makes the weak refuse more, which
lowers the belief: the slope is negative, and damped sweeps converge if it is above 1 - 2 / share = -5.7,
which it is up to precisions of about 60 with the costs of ENGINE.md."""


class Expected(eqx.Module):
    """What the sides expect, as coefficients of the parts of the basis in every cell.

    Heads are A, tough B, weak B.
    """

    now: Float[Array, "head part cell"]  # before the offer
    after: Float[Array, "head part cell"]  # after a refusal and the battle it costs, cost paid


class Table(eqx.Module):
    """The rules on the lattice; a place is a cell and a node of the belief, nodes fastest."""

    offered: Float[Array, "place item"]  # chance that A offers at most this item
    odds: Float[Array, "place item atom"]  # of accepting, tough and weak
    surprise: Float[Array, "place head"]  # value under these rules one round on, less that expected


@eqx.filter_jit
def tabulated(
    expected: Expected,
    terms: Float[Array, "item"],
    precision: Float[Array, ""],
    *,
    nodes: int,
    blunt: float,
    sweeps: int,
) -> Table:
    """Return the rules at every place.

    Args:
        expected: what the sides expect.
        terms: B's share in each offer.
        precision: of all logit rules, per share of the stakes.
        nodes: points of the lattice of beliefs.
        blunt: of the basis.
        sweeps: of the fixed point.
    """
    parts, cells = expected.now.shape[1:]
    place = jnp.tile(jnp.linspace(0.0, 1.0, nodes), cells)
    tough = belief_at(place, blunt)
    belief = jnp.stack([tough, 1.0 - tough])
    after = jnp.repeat(expected.after, nodes, axis=2)
    accept = jnp.broadcast_to(terms[:, None, None], (terms.shape[0], 2, place.shape[0]))

    def refuse(revealed: Float[Array, "item atom world"]) -> Float[Array, "item atom world"]:
        return _valued(after[1:], position(revealed[:, 0], blunt), parts)

    answers = answer(accept, refuse, belief, precision, sweeps=sweeps, damping=FIXED_POINT_DAMPING)
    fight = _valued(after, position(answers.after_refusal[:, 0], blunt), parts)
    payoff = _payoffs(terms, answers, fight)
    offers = choice(payoff[:, 0], jnp.full_like(payoff[:, 0], 1.0 / terms.shape[0]), precision)
    one_on = _mean(offers, payoff)
    seen = jnp.einsum("hpw,pw->hw", jnp.repeat(expected.now, nodes, axis=2), blend(place, parts))
    return Table(
        offered=jnp.cumsum(offers, axis=0).T,
        odds=jnp.moveaxis(answers.odds, 2, 0),
        surprise=(one_on - seen).T,
    )


def _payoffs(
    terms: Float[Array, "item"], answers: Answer, fight: Float[Array, "item head world"]
) -> Float[Array, "item head world"]:
    """Return what each offer is worth to A, tough B and weak B before it is answered."""
    odds = jnp.concatenate([answers.expected[:, None], answers.odds], axis=1)
    share = jnp.stack([1.0 - terms, terms, terms], axis=1)[:, :, None]
    return odds * share + (1.0 - odds) * fight


def _valued(
    weights: Float[Array, "head part world"], place: Float[Array, "item world"], parts: int
) -> Float[Array, "item head world"]:
    """Return values at a position of the belief per item and world."""
    bases = blend(place, parts)
    return jnp.stack(
        [sum(head[part] * bases[part] for part in range(parts)) for head in weights], axis=1
    )


def _mean(
    odds: Float[Array, "item world"], payoff: Float[Array, "item head world"]
) -> Float[Array, "head world"]:
    """Return means over items.

    Not ``sum(odds[:, None] * payoff, axis=0)``: for many worlds jaxlib 0.10.2 compiles that wrongly on a
    processor, without a word (github.com/jax-ml/jax/issues/39103).
    """
    return jnp.einsum("iw,ihw->hw", odds, payoff)
