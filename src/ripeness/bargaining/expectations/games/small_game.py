"""The small game: war and bargaining with one hidden cost, on a line of few fronts.

Front m in 0..size starts at ``start``. Each round A offers B the share x; acceptance ends the game with
(1-x, x). After a refusal both pay for a battle, which moves the front by +1 or -1 with equal chance. At
``size`` A has everything, at 0 B; after the last round the war is frozen and split by position
(m/size, 1-m/size). B knows whether it is tough (battle costs it little) or weak; A believes b = P(tough).

    v_A(t, m, b), v_tough(t, m, b), v_weak(t, m, b)     values before the offer: three heads
    y(t) = v(t) + sum_k l^k [one round on under the rules - v](t + k)         what is regressed

b is the public belief, moved by Bayes with the rules in force, so it sums up the history. The return y is
realised along the play; with trace l = 1 it is the Monte Carlo return, less its mean-zero lotteries (offer,
answer, battle), whose odds are known and are integrated out. Left is which situations were met.
Splitting by position, m/size and 1 - m/size, is the baseline: costs aside it is what fighting on brings.

An exact solution by backward induction is in ``tests/oracles/small_game_exact.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from ripeness.bargaining.expectations.games.certainty import CertaintyBasis
from ripeness.bargaining.expectations.games.small_game_play import Board, Explore, luck_of
from ripeness.bargaining.expectations.games.small_game_returns import Values, swept
from ripeness.bargaining.expectations.games.small_game_rules import Expected, Table, tabulated
from ripeness.bargaining.expectations.regression import Ridges
from ripeness.bargaining.expectations.solver import Played, Settings


@dataclass(frozen=True)
class SmallWar:
    """The rules of the game; the defaults are those of ENGINE.md section 0.

    Attributes:
        precision: of all logit rules, per share of the stakes.
        cost: of a battle to A, share of the stakes.
        cost_tough: to tough B.
        cost_weak: to weak B.
        prior: chance that B is tough, as A believes at the start.
        rounds: most rounds.
        size: front at which A has won.
        start: front at the start.
        offers: shares for B that A can offer, evenly spaced from 0 to 1.
    """

    precision: float = 20.0
    cost: float = 0.03
    cost_tough: float = 0.01
    cost_weak: float = 0.06
    prior: float = 0.5
    rounds: int = 20
    size: int = 10
    start: int = 5
    offers: int = 41

    @property
    def costs(self) -> np.ndarray:
        """Cost of a battle to A, tough B and weak B."""
        return np.array([self.cost, self.cost_tough, self.cost_weak])


@dataclass(frozen=True)
class Effort:
    """How hard to try.

    Chosen by what the rules in force say of the values they follow from (``surprise``), not by exact
    solutions: at precision 60, twice the nodes, fixed-point sweeps or slots, or a trace of 0.9 change its
    root mean square of .003 by less than .0001. It falls to .002 with ``doubt`` 8 in the basis and rises to
    .005 with 4; other degrees hardly count. Without exploring starts the iteration runs away.

    Attributes:
        slots: plays at a time; each sweep plays ``rounds`` rounds in each slot.
        explore: share of plays that start anywhere instead of at the start.
        certain: share of these that start where A knows the type.
        trace: weight of a surprise one round later in the return; 1 is Monte Carlo.
        nodes: lattice points of the belief.
        fixed_point: sweeps of the fixed point of answers and beliefs.
    """

    slots: int = 512
    explore: float = 0.6
    certain: float = 0.3
    trace: float = 1.0
    nodes: int = 33
    fixed_point: int = 24


@dataclass(frozen=True)
class SmallGame:
    """The small game as the solver sees it."""

    war: SmallWar = field(default_factory=SmallWar)
    effort: Effort = field(default_factory=Effort)
    seed: int = 0

    heads = ("A", "tough B", "weak B")
    groups = ((0,), (1,), (2,))

    @cached_property
    def basis(self) -> CertaintyBasis:
        """The basis of all three heads."""
        return CertaintyBasis(self.war.rounds, self.war.size - 1)

    @property
    def features(self) -> int:
        """Coefficients of a head."""
        return self.basis.features

    @property
    def terms(self) -> Float[Array, "item"]:
        """B's share in each offer."""
        return jnp.linspace(0.0, 1.0, self.war.offers)

    @cached_property
    def board(self) -> Board:
        """Sizes and start, for play."""
        war, nodes = self.war, self.effort.nodes
        return Board(
            war.rounds,
            war.size,
            war.start,
            nodes,
            self.basis.parts,
            self.basis.blunt,
            jnp.float32(war.prior),
        )

    def play(self, coefficients: np.ndarray, sweep: int) -> Played:
        """Play one sweep; stream: the seed, play ``sweep + 1``."""
        table = self.table(coefficients)
        effort = self.effort
        moments, shares = swept(
            self.board,
            Explore(jnp.float32(effort.explore), jnp.float32(effort.certain)),
            table,
            Values(
                jnp.float32(coefficients),
                jnp.float32(self.basis.shape),
                jnp.asarray(self.basis.part_of),
            ),
            jnp.float32(effort.trace),
            luck_of(self.seed, sweep + 1, effort.slots),
        )
        largest = float(np.abs(self._by_cell(coefficients)[:, :2]).max())
        return Played(moments.on_host(), {k: float(v) for k, v in shares.items()}, largest)

    def rules(self, coefficients: np.ndarray) -> np.ndarray:
        """Return the odds of acceptance, by type, at all times and fronts and nine beliefs."""
        return np.asarray(self.table(coefficients, nodes=9).odds)

    def table(self, coefficients: np.ndarray, nodes: int | None = None) -> Table:
        """Return the rules that follow from coefficients."""
        return tabulated(
            self.expected(coefficients),
            self.terms,
            jnp.float32(self.war.precision),
            nodes=self.effort.nodes if nodes is None else nodes,
            blunt=self.basis.blunt,
            sweeps=self.effort.fixed_point,
        )

    def expected(self, coefficients: np.ndarray) -> Expected:
        """Return what the sides expect before an offer and after its refusal, by cell."""
        war = self.war
        now = self._by_cell(coefficients).reshape(3, -1, war.rounds, war.size - 1)
        split = np.arange(war.size + 1) / war.size
        ends = np.stack([split, 1.0 - split, 1.0 - split])
        whole = np.zeros((3, now.shape[1], war.rounds + 1, war.size + 1))
        whole[:, :2] = ends[:, None, None]
        whole[:, :, :-1, 1:-1] = now
        after = 0.5 * (whole[:, :, 1:, 2:] + whole[:, :, 1:, :-2])
        after[:, :2] -= war.costs[:, None, None, None]
        flat = (3, now.shape[1], -1)
        return Expected(jnp.float32(now.reshape(flat)), jnp.float32(after.reshape(flat)))

    def _by_cell(self, coefficients: np.ndarray) -> np.ndarray:
        """Return coefficients of the parts of the basis in each cell, baseline included."""
        split = np.tile(np.arange(1, self.war.size) / self.war.size, self.war.rounds)
        found = self.basis.by_cell(coefficients)
        found[:, :2] += np.stack([split, 1.0 - split, 1.0 - split])[:, None]
        return found


def settings_for(war: SmallWar) -> Settings:
    """Return how to iterate, with the reasons.

    Values travel back from the last round by one round a sweep, because A's offer follows what B expects
    next. So for more than ``rounds`` sweeps nothing of earlier sweeps is kept, and the stopping rule is not
    asked before (small changes would pass for convergence while the news is still under way). Then four
    fifths are kept and ten solutions averaged, against cycling of rules that are steep at high precision.
    Pulls are next to nothing: the returns have little noise, and a pull to the baseline is a bias.
    ``steady`` is three standard errors of the difference of two means of four sweeps of some 200 plays.
    """
    return Settings(
        sweeps=2 * war.rounds,
        least=(7 * war.rounds) // 4,
        forgetting=((0.0, 0.0), (0.6, 0.8)),
        ridges=Ridges(pooled=0.0, previous=1e-3, baseline=1e-5),
        average=10,
        steady=0.02,
    )
