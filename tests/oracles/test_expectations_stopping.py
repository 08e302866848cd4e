"""The solver against optimal stopping: surrender (B38) and Longstaff and Schwartz (B36, B37)."""

import math

import jax.numpy as jnp
import numpy as np
import pytest

from ripeness.bargaining.expectations.games.stopping import GeometricPaths, Stopping, given
from ripeness.bargaining.expectations.games.surrender import Surrender
from ripeness.bargaining.expectations.regression import Ridges, moments_of, solved
from ripeness.bargaining.expectations.solver import Settings, solve
from ripeness.classics import bermudan_put, longstaff_schwartz, surrender_time

NO_PULL = Ridges(pooled=0.0, previous=0.0, baseline=0.0)
SHARP = Settings(
    sweeps=40, least=10, forgetting=((0.0, 0.0),), ridges=NO_PULL, average=1, window=4, still=1e-4
)

# ----------------------------------------------------------------------------------- surrender


def drawn_walks(seed, count):
    """Chance to win, forts, cost and surrender value; no threshold within .002 of a tie."""
    luck = np.random.default_rng(seed)
    found = []
    while len(found) < count:
        win, forts = luck.uniform(0.4, 0.62), int(luck.integers(6, 18))
        cost, left = luck.uniform(0.003, 0.05), luck.uniform(0.0, 0.15)
        wider = [
            surrender_time(win, forts, cost + step, surrender_value=left).quit_at
            for step in (-0.002, 0.0, 0.002)
        ]
        if len(set(wider)) == 1:
            found.append((win, forts, cost, left))
    return found


def check_surrender(win, forts, cost, left):
    game = Surrender(win, forts, cost, left, precision=4000.0, plays=100, seed=2)
    solution = solve(game, SHARP)
    exact = surrender_time(win, forts, cost, surrender_value=left)
    assert solution.converged, solution.message
    assert int((game.rules(solution.coefficients) > 0.5).sum()) == exact.quit_at
    np.testing.assert_allclose(game.values(solution.coefficients), exact.values, atol=0.002)


@pytest.mark.parametrize("case", [(0.5, 10, 0.02, 0.0), (0.6, 10, 0.03, 0.0), *drawn_walks(3, 3)])
def test_surrender_at_the_threshold(case):
    check_surrender(*case)


@pytest.mark.slow
@pytest.mark.parametrize("case", drawn_walks(11, 30))
def test_surrender_at_the_threshold_many(case):
    check_surrender(*case)


# ------------------------------------------------------------------------ Longstaff and Schwartz

EIGHT_PATHS = np.array(
    [
        [1.00, 1.09, 1.08, 1.34],
        [1.00, 1.16, 1.26, 1.54],
        [1.00, 1.22, 1.07, 1.03],
        [1.00, 0.93, 0.97, 0.92],
        [1.00, 1.11, 1.56, 1.52],
        [1.00, 0.76, 0.77, 0.90],
        [1.00, 0.92, 0.84, 1.01],
        [1.00, 0.88, 1.22, 1.34],
    ]
)


def in_prices(coefficients, strike, width):
    """Constant, slope, .. in the price, of a polynomial in (S - K) / (width K)."""
    price = np.polynomial.Polynomial([-1.0 / width, 1.0 / (width * strike)])
    return np.polynomial.Polynomial(coefficients)(price).coef


def test_the_regression_on_eight_paths_by_hand():
    strike, width, discount = 1.1, 0.1, math.exp(-0.06)
    exact = longstaff_schwartz(EIGHT_PATHS, strike, 0.06)
    cash, coefficients = np.maximum(strike - EIGHT_PATHS[:, 3], 0.0), {}
    for date in (2, 1):
        cash *= discount
        price = EIGHT_PATHS[:, date]
        feature = ((price - strike) / (width * strike)) ** np.arange(3)[:, None]
        moments = moments_of(
            *(jnp.asarray(part[None], jnp.float32) for part in (feature, 0 * feature, cash)),
            jnp.asarray(price < strike, jnp.float32)[None],
        )
        fit = solved(moments.on_host(), np.zeros((1, 3)), NO_PULL, ((0,),))[0]
        now = (price < strike) & (strike - price > fit @ feature)
        cash = np.where(now, strike - price, cash)
        coefficients[date] = in_prices(fit, strike, width)
    for date in (1, 2):
        np.testing.assert_allclose(coefficients[date], exact.coefficients[date - 1], atol=5e-4)
    assert discount * cash.mean() == pytest.approx(exact.value, abs=1e-6)
    # The numbers printed in the source.
    np.testing.assert_allclose(coefficients[2], (-1.070, 2.983, -1.813), atol=1e-3)
    np.testing.assert_allclose(coefficients[1], (2.038, -3.335, 1.356), atol=1e-3)
    assert round(discount * cash.mean(), 4) == 0.1144


def test_iterating_on_eight_paths_ends_where_going_backward_does():
    strike, width = 1.1, 0.1
    game = Stopping(
        given(EIGHT_PATHS.T),
        dates=3,
        strike=strike,
        discount=math.exp(-0.06),
        degree=2,
        width=width,
        precision=1e5,
    )
    solution = solve(game, SHARP)
    exact = longstaff_schwartz(EIGHT_PATHS, strike, 0.06)
    shares = solution.sweeps[-1].shares
    assert solution.converged, solution.message
    assert shares["value"] == pytest.approx(exact.value, abs=1e-5)
    assert shares["last date only"] == pytest.approx(exact.european, abs=1e-6)
    found = [in_prices(row, strike, width) for row in solution.coefficients]
    np.testing.assert_allclose(found, exact.coefficients, atol=1e-3)


PUTS = [(36.0, 0.2, 1), (44.0, 0.4, 1)]
OTHER_PUTS = [
    (spot, volatility, years)
    for spot in (36.0, 38.0, 40.0, 42.0, 44.0)
    for volatility in (0.2, 0.4)
    for years in (1, 2)
]


def check_put(spot, volatility, years, pairs, strike=40.0, rate=0.06, dates_per_year=50):
    dates = dates_per_year * years
    game = Stopping(
        GeometricPaths(
            spot, rate / dates_per_year, volatility / dates_per_year**0.5, dates, pairs, seed=4
        ),
        dates=dates,
        strike=strike,
        discount=math.exp(-rate / dates_per_year),
        degree=3,
        width=0.2,
        precision=1000.0,
    )
    solution = solve(
        game, Settings(sweeps=20, least=20, forgetting=((0.0, 0.5), (0.5, 0.85)), ridges=NO_PULL)
    )
    # Each sweep's paths are fresh to the rules they meet; the last eight rules are as good as equal.
    values = np.array([sweep.shares["value"] for sweep in solution.sweeps[-8:]])
    error = values.mean() - bermudan_put(spot, strike, rate, volatility, years)
    standard_error = values.std(ddof=1) / math.sqrt(len(values))
    assert abs(error) <= max(3 * standard_error, 0.01 * (values.mean() - error))


@pytest.mark.parametrize("case", PUTS)
def test_an_american_put(case):
    check_put(*case, pairs=2000)


@pytest.mark.slow
@pytest.mark.parametrize("case", OTHER_PUTS)
def test_american_puts_many(case):
    check_put(*case, pairs=10_000)
