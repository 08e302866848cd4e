"""Walks, learning and bargaining while fighting, each against an independent computation."""

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betaln

from ripeness.classics import (
    filson_werner,
    gamblers_ruin,
    powell_private_cost,
    slantchev_complete,
    smith_stam,
    smith_stam_disagreement,
    yildiz_optimism,
)
from ripeness.classics.durable_goods import price_sequence

quick = settings(max_examples=30, deadline=None)
share = st.floats(0, 1)


# ------------------------------------------------------------------------------- gambler's ruin


@quick
@given(st.floats(0.05, 0.95), st.integers(2, 40), share)
def test_ruin_solves_its_equations(p, big, part):
    n = min(big, round(part * big))
    inner = np.arange(1, big)
    system = np.eye(big + 1)
    system[inner, inner + 1], system[inner, inner - 1] = -p, -(1 - p)
    odds = np.linalg.solve(system, np.eye(big + 1)[-1])
    ones = np.zeros(big + 1)
    ones[inner] = 1
    battles = np.linalg.solve(system, ones)
    found = gamblers_ruin(p, n, big, cost_a=0.01, cost_b=0.03)
    assert found.win_probability == pytest.approx(odds[n], abs=1e-9)
    assert found.expected_battles == pytest.approx(battles[n], rel=1e-8, abs=1e-8)
    assert found.value_a == pytest.approx(odds[n] - 0.01 * battles[n], abs=1e-7)


@quick
@given(st.floats(0, 1e-3), st.integers(2, 200), share)
def test_ruin_is_smooth_and_symmetric_near_even_odds(step, big, part):
    n = min(big, round(part * big))
    one, two = gamblers_ruin(0.5 + step, n, big), gamblers_ruin(0.5 - step, big - n, big)
    assert one.expected_battles == pytest.approx(two.expected_battles, rel=1e-9)
    assert one.win_probability == pytest.approx(1 - two.win_probability, abs=1e-9)
    tiny = gamblers_ruin(0.5 + step * 1e-7, n, big)
    assert tiny.expected_battles == pytest.approx(n * (big - n), rel=1e-5)


def test_ruin_by_monte_carlo_and_corners():
    rng = np.random.default_rng(5)
    walk = np.full(20_000, 3)
    length = np.zeros(20_000)
    while (going := (walk > 0) & (walk < 8)).any():
        walk[going] += np.where(rng.random(going.sum()) < 0.45, 1, -1)
        length[going] += 1
    found = gamblers_ruin(0.45, 3, 8)
    won = walk == 8
    assert abs(won.mean() - found.win_probability) <= 4 * won.std() / math.sqrt(20_000)
    assert abs(length.mean() - found.expected_battles) <= 4 * length.std() / math.sqrt(20_000)
    assert gamblers_ruin(1, 3, 8).expected_battles == 5
    assert gamblers_ruin(0, 3, 8).expected_battles == 3
    assert gamblers_ruin(0.5, 0, 8).win_probability == 0
    assert gamblers_ruin(0.01, 5, 5000).win_probability == 0
    assert gamblers_ruin(0.99, 5, 5000).win_probability == pytest.approx(1, abs=1e-9)


# ------------------------------------------------------------------------------------ Smith-Stam


def _smith_stam_by_recursion(a, b, start, big, cost_a, cost_b, p, horizon):
    """Posterior means from counts, no quadrature; the end of the horizon is split by forts."""

    @cache
    def step(k, n):
        if n in (0, big):
            return (1.0, 0.0, 0.0, 0.0) if n else (0.0, 1.0, 0.0, 0.0)
        if k == horizon:
            return n / big, 1 - n / big, 0.0, 0.0
        wins = (k + n - start) / 2
        chance_a = (a[0] + wins) / (sum(a) + k)
        chance_b = (b[0] + wins) / (sum(b) + k)
        up, down = step(k + 1, n + 1), step(k + 1, n - 1)
        fight_b = -cost_b + chance_b * up[1] + (1 - chance_b) * down[1]
        fight_a = -cost_a + chance_a * up[0] + (1 - chance_a) * down[0]
        if fight_a + fight_b <= 1 + 1e-12:
            return 1 - fight_b, fight_b, 0.0, 0.0
        battles = 1 + p * up[2] + (1 - p) * down[2]
        over = [1.0 if m in (0, big) else s[3] for m, s in ((n + 1, up), (n - 1, down))]
        return fight_a, fight_b, battles, p * over[0] + (1 - p) * over[1]

    for k in range(horizon, 0, -50):  # deep recursion in pieces
        for n in range(big + 1):
            if (k + n - start) % 2 == 0:
                step(k, n)
    return step(0, start)


@pytest.mark.parametrize(
    ("a", "b", "start", "big", "cost_a", "cost_b", "p"),
    [
        ((6, 4), (4, 6), 5, 10, 0.02, 0.02, 0.5),
        ((8, 2), (2, 8), 5, 10, 0.02, 0.02, 0.7),
        ((3, 1), (2, 2), 2, 6, 0.01, 0.05, 0.4),
        ((0.5, 0.5), (0.5, 0.5), 3, 6, 0.02, 0.0, 0.5),
        ((12, 3), (5, 5), 4, 8, 0.03, 0.01, 0.6),
    ],
)
def test_smith_stam_by_recursion_over_counts(a, b, start, big, cost_a, cost_b, p):
    value_a, value_b, battles, collapse = _smith_stam_by_recursion(
        a, b, start, big, cost_a, cost_b, p, 600
    )
    found = smith_stam(a, b, start=start, forts=big, cost_a=cost_a, cost_b=cost_b, true_chance=p)
    assert found.value_a == pytest.approx(value_a, abs=1e-5)
    assert found.value_b == pytest.approx(value_b, abs=1e-5)
    assert found.expected_battles == pytest.approx(battles, abs=1e-5)
    assert found.collapse_probability == pytest.approx(collapse, abs=1e-5)


def test_beta_weights_are_the_priors():
    assert smith_stam((6, 4), (4, 6)).mean_prior_a == pytest.approx(0.6)
    assert math.exp(betaln(7, 4) - betaln(6, 4)) == pytest.approx(0.6)
    assert smith_stam_disagreement(0.8, 0.2, 10, 0) == pytest.approx(0.6)


def test_a_common_prior_settles_at_once_and_shared_evidence_shortens_war():
    assert smith_stam((3, 7), (3, 7)).settles_at_once
    lengths = [smith_stam((8, 2), (2, 8), evidence=(k, k)).expected_battles for k in (0, 5, 20, 60)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] < lengths[0]


# ------------------------------------------------------------------------------------- Slantchev


@quick
@given(share, st.integers(2, 12), st.floats(0.05, 0.97), st.floats(0, 0.6), st.floats(0, 0.38))
def test_slantchev_by_iterating_its_equations(p, big, d, b1, b2):
    found = slantchev_complete(p, big, d, b1, b2)
    x, y = np.zeros(big + 1), np.zeros(big + 1)
    w1, w2 = np.zeros(big + 1), np.zeros(big + 1)
    x[-1] = y[0] = w1[-1] = w2[0] = 1
    for _ in range(900):
        x[1:-1], y[1:-1] = (
            1 - (1 - d) * b2 - d * (p * y[2:] + (1 - p) * y[:-2]),
            1 - (1 - d) * b1 - d * (p * x[2:] + (1 - p) * x[:-2]),
        )
        w1[1:-1] = (1 - d) * b1 + d * (p * w1[2:] + (1 - p) * w1[:-2])
        w2[1:-1] = (1 - d) * b2 + d * (p * w2[2:] + (1 - p) * w2[:-2])
    for ours, theirs in (
        (found.share_1, x),
        (found.share_2, y),
        (found.war_1, w1),
        (found.war_2, w2),
    ):
        assert ours == pytest.approx(theirs, abs=1e-8)
    assert np.all(np.array(found.range_low) <= np.array(found.range_high) + 1e-12)
    assert np.all(np.array(found.share_1) >= np.array(found.range_low) - 1e-9)
    assert np.all(np.array(found.share_1) <= np.array(found.range_high) + 1e-9)
    assert np.all(np.diff(found.share_1[1:-1]) >= -1e-9)
    mirror = slantchev_complete(1 - p, big, d, b2, b1)
    assert mirror.share_2[::-1] == pytest.approx(found.share_1, abs=1e-9)


# ------------------------------------------------------------------------------- private cost


def _prices_on_a_grid(top, gap, beta, points=2000):
    b = np.linspace(0, top, points + 1)
    gain, price, accept = np.zeros((3, points + 1))
    target = np.zeros(points + 1, dtype=int)
    for i in range(1, points + 1):
        worth = (accept[:i] + gap) * (b[i] - b[:i]) + beta * gain[:i]
        target[i] = i - 1 - int(np.argmax(worth[::-1]))
        gain[i], price[i] = worth[target[i]], accept[target[i]]
        accept[i] = (1 - beta) * b[i] + beta * price[i]
    path, i = [], points
    while i > 0:
        path.append(price[i])
        i = target[i]
    return gain[points] / top, path


@pytest.mark.parametrize(
    ("gap", "beta"), [(0.1, 0.8), (0.02, 0.8), (0.3, 0.5), (1.2, 0.8), (0.05, 0.97), (0.2, 0.0)]
)
def test_prices_with_a_gap_by_a_grid(gap, beta):
    found = price_sequence(1.0, gap, beta)
    gain, path = _prices_on_a_grid(1, gap, beta)
    assert found.gain == pytest.approx(gain, abs=4e-4)
    assert len(found.prices) == pytest.approx(len(path), abs=1)
    assert found.prices[0] == pytest.approx(path[0], abs=4e-3)


@quick
@given(
    st.one_of(st.just(0.0), st.floats(1e-6, 0.3)),
    st.floats(0.05, 0.5),
    st.floats(0.02, 0.6),
    st.one_of(st.just(0.0), st.floats(1e-6, 0.2)),
)
def test_every_type_of_d_takes_its_best_offer(low, width, k, sigma):
    found = (
        powell_private_cost(k, 0.05, low, low + width, own_cost=sigma)
        if _fits(k, low, width, sigma)
        else None
    )
    if found is None:
        return
    beta = 1 - k - 0.05
    offers = np.array(found.offers)
    for quantile in (0.05, 0.3, 0.55, 0.8, 0.99):
        c = low + quantile * width
        gain = beta ** np.arange(offers.size) * (c - (found.power - offers))
        refused = int(np.sum(np.array(found.fights_on) > quantile))
        assert refused < offers.size
        assert gain[refused] >= gain.max() - 1e-9
    assert np.all(np.diff(offers) >= -1e-12)
    assert 0 <= found.collapse_probability <= 1


def _fits(k, low, width, sigma):
    """Offers stay shares: a sufficient condition."""
    return k / (k + 0.05) >= low + width


@quick
@given(st.floats(0.02, 0.4), st.floats(0.02, 0.4), st.floats(0.05, 0.5))
def test_private_cost_closed_form_and_monte_carlo_identity(k_s, k_d, high):
    if k_s / (k_s + k_d) < high:
        return
    found = powell_private_cost(k_s, k_d, 0, high)
    s = math.sqrt(k_s + k_d)
    assert found.offers[0] == pytest.approx(found.power - high * s / (1 + s))
    assert found.expected_battles == pytest.approx(1 / (s * (1 + s)), rel=1e-6)
    assert found.collapse_probability == pytest.approx(s / (1 + s), rel=1e-6)


def test_private_cost_by_monte_carlo():
    found = powell_private_cost(0.1, 0.1, 0, 0.3)
    rng = np.random.default_rng(11)
    plays = 50_000
    quantile = rng.random(plays)
    offers_refused = np.sum(np.array(found.fights_on)[None, :] > quantile[:, None], axis=1)
    until_collapse = rng.geometric(0.2, plays)
    rounds = np.minimum(offers_refused, until_collapse)
    collapsed = until_collapse <= offers_refused
    for draws, exact in (
        (rounds, found.expected_battles),
        (collapsed, found.collapse_probability),
    ):
        assert abs(draws.mean() - exact) <= 4 * draws.std() / math.sqrt(plays)


def test_more_offers_per_round_shorten_the_war_towards_none():
    lengths = [
        powell_private_cost(0.1, 0.1, 0, 0.3, offers_per_round=m).expected_battles
        for m in (1, 4, 16, 64, 256)
    ]
    ratios = np.array(lengths[1:]) / np.array(lengths[:-1])
    assert ratios == pytest.approx([0.5] * 4, abs=0.07)
    assert powell_private_cost(0.1, 0.1, 0.2, 0.3, own_cost=0.1).fights_on == (0.0,)


# ------------------------------------------------------------------------------- Filson-Werner


@quick
@given(
    share, st.floats(0.1, 0.5), st.floats(0.05, 0.4), st.floats(0.01, 0.2), st.floats(0.01, 0.09)
)
def test_one_battle_screens_by_the_closed_form(mu, strong, edge, own, other):
    weak = strong + edge
    found = filson_werner(mu, 1, 1, win_weak=weak, win_strong=strong, cost_a=own, cost_d=other)
    cut = (own + other) / (weak - strong + own + other)
    if 1 - weak - other < 0:
        return
    assert found.pools_below == pytest.approx(cut, abs=1e-9)
    pool = strong + other
    screen = mu * (weak + other) + (1 - mu) * (strong - own)
    assert found.value_a == pytest.approx(max(pool, screen), abs=1e-7)


def _filson_werner_on_a_grid(a, d, weak, strong, own, other, points=4001):
    """Payoffs per belief on a grid of beliefs; the best step is searched among all beliefs."""
    mu = np.linspace(0, 1, points)

    @cache
    def solve(a, d):
        if d == 0:
            return np.ones(points), np.zeros(points), 0.0
        if a == 0:
            return np.zeros(points), np.ones(points), 1.0
        won, lost = solve(a, d - 1), solve(a - 1, d)
        up = mu * weak / (mu * weak + (1 - mu) * strong)
        down = mu * (1 - weak) / (mu * (1 - weak) + (1 - mu) * (1 - strong))
        # Just above a step: the right-hand value of the nearest belief not below.
        i, j = (
            np.minimum(np.ceil(z * (points - 1) - 1e-9).astype(int), points - 1) for z in (up, down)
        )
        chance = mu * weak + (1 - mu) * strong
        refuse_a = (
            chance * np.interp(up, mu, won[0]) + (1 - chance) * np.interp(down, mu, lost[0]) - own
        )
        refuse_w = np.maximum(weak * won[1][i] + (1 - weak) * lost[1][j] - other, 0)
        finish = max(strong * won[2] + (1 - strong) * lost[2] - other, 0.0)
        best_a, best_w = np.full(points, 1 - finish), np.full(points, finish)
        for n in range(points):
            m = mu[: n + 1]
            accept = (mu[n] - m) / np.maximum(1 - m, 1e-12)
            worth = accept * (1 - refuse_w[: n + 1]) + (1 - accept) * refuse_a[: n + 1]
            k = int(np.argmax(worth))
            if worth[k] > best_a[n] + 1e-12:
                best_a[n], best_w[n] = worth[k], refuse_w[k]
        return best_a, best_w, finish

    return mu, *solve(a, d)


@pytest.mark.parametrize(("a", "d"), [(1, 2), (2, 1), (2, 2), (3, 2)])
def test_filson_werner_by_a_grid_of_beliefs(a, d):
    keys = {"win_weak": 0.7, "win_strong": 0.4, "cost_a": 0.05, "cost_d": 0.05}
    mu, value_a, _, finish = _filson_werner_on_a_grid(a, d, 0.7, 0.4, 0.05, 0.05, 801)
    for belief in (0.1, 0.35, 0.5, 0.65, 0.8, 0.95):
        found = filson_werner(belief, a, d, **keys)
        assert found.value_a == pytest.approx(np.interp(belief, mu, value_a), abs=4e-3)
        assert found.value_strong == pytest.approx(finish)
        assert found.value_weak <= found.value_strong + 1e-12


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 3), st.integers(1, 3), st.floats(0.45, 0.8), st.floats(0.02, 0.15))
def test_a_gains_by_a_weaker_opponent(a, d, weak, own):
    keys = {"win_weak": weak, "win_strong": 0.35, "cost_a": own, "cost_d": 0.04}
    found = [filson_werner(mu, a, d, **keys) for mu in (0, 0.2, 0.4, 0.6, 0.8, 1)]
    assert np.all(np.diff([f.value_a for f in found]) >= -1e-9)
    assert np.all(np.diff([f.value_weak for f in found]) <= 1e-9)
    assert found[0].expected_battles == 0
    assert found[-1].expected_battles == pytest.approx(0, abs=1e-6)


# ------------------------------------------------------------------------------------- Yildiz


def _yildiz_by_counts(n, delta, d, horizon):
    """Each player's payoff at every count of who was recognised, from its own beliefs."""
    first, second = (n + delta) / 2, (n + delta) / 2
    v1 = v2 = np.zeros(horizon + 1)  # nothing left to divide after the last date
    dates = None
    agree_at = []
    for t in range(horizon - 1, -1, -1):
        k = np.arange(t + 1)
        p1, p2 = (first + k) / (n + t), (second + t - k) / (n + t)
        # Recognition of 1 moves k to k + 1. Agreement iff the pie covers both continuations.
        left = []
        for nxt in (k + 1, k):
            total = d * (v1[nxt] + v2[nxt])
            left.append((nxt, total <= 1))
        (won, deal_won), (lost, deal_lost) = left
        one_won = np.where(deal_won, 1 - d * v2[won], d * v1[won])
        two_won = d * v2[won]
        two_lost = np.where(deal_lost, 1 - d * v1[lost], d * v2[lost])
        one_lost = d * v1[lost]
        v1 = p1 * one_won + (1 - p1) * one_lost
        v2 = p2 * two_lost + (1 - p2) * two_won
        agree_at.append(bool(deal_won.all() and deal_lost.all()))
        assert deal_won.all() == deal_lost.any()  # the date does not depend on the history
    dates = agree_at[::-1].index(True)
    return dates, v1[0] + v2[0]


@pytest.mark.parametrize(
    ("n", "delta", "d"), [(4, 2, 0.9), (4, 2, 0.99), (10, 2, 0.99), (6, 5, 0.95), (3, 3, 0.97)]
)
def test_yildiz_by_every_count_of_recognitions(n, delta, d):
    date, pie = _yildiz_by_counts(n, delta, d, 400)
    found = yildiz_optimism(n, delta, d)
    assert found.settlement_date == date
    assert found.perceived_pie[0] == pytest.approx(pie, abs=1e-6)


@quick
@given(st.floats(0.5, 50), share, st.floats(0.3, 0.99))
def test_yildiz_dates(n, part, d):
    found = yildiz_optimism(n, part * n, d)
    assert len(found.perceived_pie) == found.settlement_date + 1
    assert yildiz_optimism(n, -part * n, d).settlement_date == 0
    assert found.settlement_date <= max(0, part * n * d / (1 - d) - n) + 1
