"""The solver with complete information: Slantchev's walk (B19) and the war that ends at once."""

import numpy as np
import pytest

from ripeness.bargaining.expectations.games.complete_information import CompleteInformation
from ripeness.bargaining.expectations.games.fighting_offers import FightingOffers
from ripeness.bargaining.expectations.regression import Ridges
from ripeness.bargaining.expectations.solver import Settings, solve
from ripeness.classics import gamblers_ruin, slantchev_complete

NO_PULL = Ridges(pooled=0.0, previous=0.0, baseline=0.0)
FORGETTING = ((0.0, 0.5),)

# ------------------------------------------------------------------------------- Slantchev 2003


def drawn_walks(seed, count):
    """Chance to win a battle, forts, discount factor and flows of war."""
    luck = np.random.default_rng(seed)
    return [
        (
            luck.uniform(0.35, 0.65),
            int(luck.integers(4, 9)),
            luck.uniform(0.8, 0.95),
            *luck.uniform(0.0, 0.45, 2),
        )
        for _ in range(count)
    ]


def check_terms(win, forts, discount, flow_1, flow_2):
    game = FightingOffers(
        win, forts, discount, (flow_1, flow_2), precision=2000.0 / (1 - discount), plays=32, seed=1
    )
    solution = solve(
        game,
        Settings(
            sweeps=120, least=60, forgetting=FORGETTING, ridges=NO_PULL, average=4, still=1e-4
        ),
    )
    exact = slantchev_complete(win, forts, discount, flow_1, flow_2)
    assert solution.converged, solution.message
    found = game.accepted(solution.coefficients)
    np.testing.assert_allclose(found[0], exact.share_1[1:-1], atol=0.01)
    np.testing.assert_allclose(found[1], exact.share_2[1:-1], atol=0.01)
    assert game.rules(solution.coefficients)[0].min() > 0.98


@pytest.mark.parametrize("case", [(0.5, 6, 0.9, 0.3, 0.3), *drawn_walks(5, 3)])
def test_terms_follow_the_front(case):
    check_terms(*case)


@pytest.mark.slow
@pytest.mark.parametrize("case", drawn_walks(6, 30))
def test_terms_follow_the_front_many(case):
    check_terms(*case)


# ------------------------------------------------------------------- a costly war, settled at once


def reservations(game):
    """What A and B have from fighting to the finish, with 1 .. N-1 forts."""
    own, other = game.costs
    walks = [
        gamblers_ruin(game.win, fort, game.forts, cost_a=own, cost_b=other)
        for fort in range(1, game.forts)
    ]
    return np.array([[walk.value_a for walk in walks], [walk.value_b for walk in walks]])


def exact_refusals(game):
    """Values of refusing when agreement is immediate and the responder gets just its value of that."""
    inner = game.forts - 1
    step = np.diag(np.full(inner - 1, game.win), 1) + np.diag(np.full(inner - 1, 1 - game.win), -1)
    powers = [np.linalg.matrix_power(step, number) for number in range(game.battles + 1)]
    fought, go = sum(powers[:-1]).sum(axis=1), powers[-1]
    won = sum(powers[:-1])[:, -1] * game.win
    lost = 1 - won - go.sum(axis=1)
    known = np.stack([won, lost]) - np.outer(game.costs, fought)
    proposes = np.array([[game.proposer], [1 - game.proposer]])
    refusal = reservations(game)
    for _ in range(5000):
        responder = np.clip(refusal, 0, 1)
        value = proposes * (1 - responder[::-1]) + (1 - proposes) * responder
        refusal = known + value @ go.T
    return refusal


def solve_war(win, forts, costs, battles, proposer, precision):
    game = CompleteInformation(
        win, forts, costs, battles, proposer, precision, degree=6, plays=50, seed=1
    )
    solution = solve(
        game,
        Settings(sweeps=80, least=60, forgetting=FORGETTING, ridges=NO_PULL, still=1e-3),
    )
    assert solution.converged, solution.message
    return game, [game.round_of(solution.coefficients, side) for side in (0, 1)]


def at_once(game, rounds):
    """Odds that the first offer is made and signed, by fort."""
    odds = (game.proposer, 1 - game.proposer)
    return sum(weight * np.asarray(one.signs) for weight, one in zip(odds, rounds, strict=True))


WARS = [
    (0.5, 20, (0.005, 0.005), 0.5),
    (0.55, 20, (0.01, 0.004), 0.5),
    (0.45, 12, (0.01, 0.02), 0.3),
]


@pytest.mark.parametrize("war", WARS)
@pytest.mark.parametrize("battles", [1, 6])
def test_a_known_war_is_settled_at_once_inside_the_range(war, battles):
    win, forts, costs, proposer = war
    precision = 200.0 / (battles * sum(costs))
    game, rounds = solve_war(win, forts, costs, battles, proposer, precision)
    assert at_once(game, rounds).min() >= 0.95
    least = reservations(game)
    for side, one in enumerate(rounds):
        deal = np.asarray(one.offered * one.accepted)
        terms = np.asarray(one.terms)
        share_a = 1 - terms if side == 0 else terms
        inside = (share_a >= least[0] - 0.001) & (share_a <= 1 - least[1] + 0.001)
        assert ((deal * inside).sum(axis=0) / deal.sum(axis=0)).min() >= 0.99


@pytest.mark.parametrize("war", WARS)
def test_the_terms_of_a_known_war(war):
    win, forts, costs, proposer = war
    game, rounds = solve_war(win, forts, costs, 4, proposer, 1000.0 / sum(costs))
    refusal = exact_refusals(game)
    for side, one in enumerate(rounds):
        np.testing.assert_allclose(one.mean_terms(), np.clip(refusal[1 - side], 0, 1), atol=0.01)


def test_what_makes_it_settle_is_what_waiting_costs():
    """The surplus of one round times the precision decides, whether battles are many or dear."""
    odds = {}
    for battles, precision in ((1, 100.0), (10, 100.0), (1, 1000.0)):
        game, rounds = solve_war(0.5, 20, (0.005, 0.005), battles, 0.5, precision)
        odds[battles, precision] = at_once(game, rounds)[9]
    assert odds[1, 100.0] < 0.6
    assert odds[10, 100.0] > 0.85
    assert odds[1, 1000.0] == pytest.approx(odds[10, 100.0], abs=0.05)
