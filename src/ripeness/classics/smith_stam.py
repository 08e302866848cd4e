"""War as disagreement about the odds, settled by learning from battle (after Smith and Stam).

Game: a walk over N forts (module ``gamblers_ruin``), A holds n. Nobody knows p, A's chance to win a
battle, and the sides' priors *differ*: A's is Beta(a1, a2), B's Beta(b1, b2), both known to both.
Each round A makes a take-it-or-leave-it offer; a rejection costs each side c_i and a battle is
fought, which both see; no discounting. With s = (forts, battles won, battles lost), each side
expecting by its own posterior:

    U_i(s) = -c_i + E_i[V_i(s')],   V_B = U_B,   V_A = 1 - U_B if U_A + U_B <= 1, else U_A,

since A leaves B just its value of going on. Hence U_B is B's value of fighting to the finish,
E_B[1 - P(n, p) - cB D(n, p)] under its posterior. Disagreement in means is deterministic for
priors of equal strength s: after k battles it is (mu_A - mu_B) s/(s + k), whatever the results.

Solution: p on the Gauss-Jacobi nodes of each prior, reweighted by the battles seen; backward
induction over k battles to a horizon beyond which a war has survived with probability below 1e-10
at p = 1/2 (the longest wars are at even odds).

What it shows: mutual optimism is burnt away by battle, and a mediator's words count only as
evidence counts: shared evidence shortens war, less the firmer the priors; mere talk does nothing.
Source: special case, derived here, in the sense of A. Smith and A. Stam, "Mediation and
peacekeeping in a random walk model of civil and interstate war", International Studies Review 5(4)
(2003), 115-135, and "Bargaining and the nature of war", J. of Conflict Resolution 48 (2004),
783-813. The protocol is ours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import roots_jacobi

from ripeness.classics.assumption import Assumptions
from ripeness.classics.gamblers_ruin import ruin_battles, ruin_odds

_NODES = 256
_SURVIVAL = 1e-10
_TIE = 1e-12


@dataclass(frozen=True, slots=True)
class SmithStam:
    """A war between sides with different priors.

    Attributes:
        settles_at_once: there is no battle.
        value_a: A's own expected payoff at the start, in shares of the prize.
        value_b: B's own expected payoff; with ``value_a`` it may exceed 1: both are optimistic.
        expected_battles: mean number of battles at the true chance.
        collapse_probability: chance, at the true chance, that one side loses all its forts first.
        mean_prior_a: A's mean belief about p, after the mediator's evidence.
        mean_prior_b: B's.
    """

    settles_at_once: bool
    value_a: float
    value_b: float
    expected_battles: float
    collapse_probability: float
    mean_prior_a: float
    mean_prior_b: float


def smith_stam_disagreement(
    mean_a: float | int, mean_b: float | int, strength: float | int, battles: int
) -> float:
    """Difference of mean beliefs after some battles, for priors of equal strength.

    Args:
        mean_a: A's prior mean of its chance in a battle, 0 to 1.
        mean_b: B's prior mean of the same chance, 0 to 1.
        strength: number of battles that either prior is worth, above 0.
        battles: battles fought since, 0 or more; their results do not matter.

    Returns:
        ``(mean_a - mean_b) strength / (strength + battles)``; positive: both are optimistic.

    Raises:
        InputError: if a number is out of range or not finite.
    """
    assume = Assumptions("smith_stam_disagreement")
    own = assume.probability("mean_a", mean_a)
    other = assume.probability("mean_b", mean_b)
    s = assume.number("strength", strength, 0, open_low=True)
    k = assume.count("battles", battles)
    assume.check()
    return (own - other) * s / (s + k)


def smith_stam(
    prior_a: tuple[float | int, float | int],
    prior_b: tuple[float | int, float | int],
    *,
    start: int = 5,
    forts: int = 10,
    cost_a: float | int = 0.02,
    cost_b: float | int = 0.02,
    true_chance: float | int = 0.5,
    evidence: tuple[float | int, float | int] = (0, 0),
) -> SmithStam:
    """Values, length and end of a war between sides with different priors.

    Args:
        prior_a: A's Beta parameters (wins, losses) for A's chance to win a battle, above 0.
        prior_b: B's Beta parameters for the same chance.
        start: forts that A holds, 1 to ``forts - 1``; default: the benchmark's.
        forts: number of forts, 2 to 60; default: the benchmark's.
        cost_a: A's cost of a battle, in shares of the prize, 0 or more; default: the benchmark's.
        cost_b: B's cost of a battle, likewise.
        true_chance: A's actual chance to win a battle, 0 to 1: drives what happens, not what the
            sides expect. Default: even odds.
        evidence: (wins, losses) that a credible mediator shows to both sides before the war, as
            equivalent battles, 0 or more. Default: none.

    Returns:
        Both sides' own expectations at the start, and what happens at the true chance.

    Raises:
        InputError: if a number is out of range or not finite.
    """
    assume = Assumptions("smith_stam")
    betas = [
        (
            assume.number(f"{name}[0]", pair[0], 0, open_low=True) + shown[0],
            assume.number(f"{name}[1]", pair[1], 0, open_low=True) + shown[1],
        )
        for shown in [
            (
                assume.number("evidence[0]", evidence[0], 0),
                assume.number("evidence[1]", evidence[1], 0),
            )
        ]
        for name, pair in (("prior_a", prior_a), ("prior_b", prior_b))
    ]
    big = assume.count("forts", forts, 2, 60)
    own, other = assume.cost("cost_a", cost_a), assume.cost("cost_b", cost_b)
    p = assume.probability("true_chance", true_chance)
    assume.check()
    n = assume.count("start", start, 1, big - 1)
    assume.check()
    horizon = math.ceil(math.log(_SURVIVAL) / math.log(math.cos(math.pi / big) + 1e-300)) + 2
    a, b = _Belief(*betas[0], n, big), _Belief(*betas[1], n, big)
    settled, value_a, value_b = _induct(a, b, own, other, horizon)
    battles, collapse = _play(settled, n, big, p)
    return SmithStam(
        settles_at_once=bool(settled[0][n]),
        value_a=value_a,
        value_b=value_b,
        expected_battles=battles,
        collapse_probability=collapse,
        mean_prior_a=betas[0][0] / sum(betas[0]),
        mean_prior_b=betas[1][0] / sum(betas[1]),
    )


class _Belief:
    """One side's prior on nodes; rows of every table are forts 0..N."""

    def __init__(self, wins: float, losses: float, start: int, big: int) -> None:
        x, weight = roots_jacobi(_NODES, losses - 1, wins - 1)
        self.p = (1 + x) / 2
        with np.errstate(divide="ignore"):
            self.log_weight = np.log(weight)
        self.log_win, self.log_lose = np.log(self.p), np.log1p(-self.p)
        self.net = np.arange(big + 1) - start
        self.odds = np.array([[ruin_odds(q, n, big) for q in self.p] for n in range(big + 1)])
        self.battles = np.array([[ruin_battles(q, n, big) for q in self.p] for n in range(big + 1)])

    def posterior(self, k: int) -> np.ndarray:
        """Weights (fort, node) after k battles; forts that k battles cannot reach are clipped."""
        wins = np.clip((k + self.net) / 2, 0, k)[:, None]
        log = self.log_weight + wins * self.log_win + (k - wins) * self.log_lose
        weight = np.exp(log - log.max(axis=1, keepdims=True))
        return weight / weight.sum(axis=1, keepdims=True)


def _induct(
    a: _Belief, b: _Belief, own: float, other: float, horizon: int
) -> tuple[list[np.ndarray], float, float]:
    """Which forts settle after each number of battles, and both values at the start."""
    big = len(a.net) - 1
    start = int(-a.net[0])
    finish_b = (1 - b.odds) - other * b.battles
    value_a = np.empty(0)
    value_b = np.empty(0)
    settled: list[np.ndarray] = []
    for k in range(horizon, -1, -1):
        weight_a = a.posterior(k)
        value_b = np.einsum("fn,fn->f", b.posterior(k), finish_b)
        if k == horizon:
            fight = np.einsum("fn,fn->f", weight_a, a.odds - own * a.battles)
        else:
            chance = weight_a @ a.p
            fight = np.zeros(big + 1)
            up, down = value_a[2:], value_a[:-2]
            fight[1:-1] = -own + chance[1:-1] * up + (1 - chance[1:-1]) * down
        agree = fight + value_b <= 1 + _TIE
        value_a = np.where(agree, 1 - value_b, fight)
        value_a[0], value_a[-1] = 0.0, 1.0
        settled.append(agree)
    settled.reverse()
    return settled, float(value_a[start]), float(value_b[start])


def _play(settled: list[np.ndarray], start: int, big: int, p: float) -> tuple[float, float]:
    """Mean number of battles and chance of a collapse at the true chance p."""
    at = np.zeros(big + 1)
    at[start] = 1.0
    battles = collapse = 0.0
    for agree in settled:
        going = np.where(agree, 0.0, at)
        battles += float(going.sum())
        at = np.zeros(big + 1)
        at[1:] += p * going[:-1]
        at[:-1] += (1 - p) * going[1:]
        collapse += float(at[0] + at[-1])
        at[0] = at[-1] = 0.0
    return battles, collapse
