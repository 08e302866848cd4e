"""The front against a straight line, white noise and a Poisson process, one at a time."""

from __future__ import annotations

import numpy as np
import pytest

import fixtures

STILL = {
    "front__noise": 0.0, "front__mobility": 0.0, "front__breakthrough_rate": 0.0,
    "front__fortification_effect": 0.0, "front__season": 0.0,
}  # fmt: skip


def test_drift_is_the_cubic_response_to_the_advantage():
    advantage = np.linspace(-1.5, 1.5, fixtures.LANES)
    parameters, names = fixtures.numbers(
        **{**STILL, "front__mobility": 300.0}, front__advantage_needed=0.5,
        combat__quality=np.stack([advantage, 0 * advantage]), front__area_held=500e3,
    )  # fmt: skip
    area, start_visible = fixtures.only(
        ["front"], parameters, names, 52, double=True,
        keep=lambda s: (s.front.area, s.combat.force),
    )  # fmt: skip
    r = np.float32(advantage) + np.log(start_visible[0][0] / start_visible[0][1])
    pace = 300.0 * r**3 / (r**2 + 0.25)
    weeks = np.arange(1, 53)[:, None]
    np.testing.assert_allclose(area, 500e3 + weeks * pace, rtol=1e-6)


def test_line_stops_at_the_edge_of_the_theatre():
    parameters, names = fixtures.numbers(
        **{**STILL, "front__mobility": 1e6}, combat__quality=np.array([[3.0], [-3.0]])
    )
    area = fixtures.only(["front"], parameters, names, 20, keep=lambda s: s.front.area)
    theatre = parameters.front.area_held.sum(axis=0)
    np.testing.assert_allclose(area[-1], theatre, rtol=1e-6)


def test_noise_is_white_with_the_stated_deviation():
    sigma = 50.0
    parameters, names = fixtures.numbers(**{**STILL, "front__noise": sigma}, front__area_held=500e3)
    push = fixtures.only(
        ["front"], parameters, names, 104, keep=lambda s: s.front.push, double=True
    )
    n = push.size
    assert abs(push.mean()) < 4 * sigma / np.sqrt(n)
    assert abs(push.std() - sigma) < 4 * sigma / np.sqrt(2 * n)
    along = np.mean(push[1:] * push[:-1]) / sigma**2
    across = np.mean(push[:, 1:] * push[:, :-1]) / sigma**2
    assert max(abs(along), abs(across)) < 4 / np.sqrt(n * 0.97)


@pytest.fixture(scope="module")
def breakthroughs():
    parameters, names = fixtures.numbers(
        **{**STILL, "front__breakthrough_rate": 2.0}, front__breakthrough_advantage=0.0,
        front__breakthrough_thinness=0.0, front__breakthrough_area=100.0, front__area_held=1e6,
    )  # fmt: skip
    area, count = fixtures.only(
        ["front"], parameters, names, 208, double=True,
        keep=lambda s: (s.front.area, s.front.breakthroughs),
    )  # fmt: skip
    return np.diff(area, axis=0), np.diff(count, axis=0)


def test_breakthroughs_come_as_a_poisson_process(breakthroughs):
    _, made = breakthroughs
    chance = -np.expm1(-2.0 * 7 / 365.25)
    n = made.size
    assert abs(made.mean() - chance) < 4 * np.sqrt(chance * (1 - chance) / n)
    totals = made.sum(axis=0).ravel()
    expected = chance * (1 - chance) * len(made)
    spread = totals.var(ddof=1) / expected
    assert abs(spread - 1.0) < 4 * np.sqrt(2.0 / totals.size), "no clustering within a world"


def test_breakthroughs_have_exponential_size(breakthroughs):
    moved, made = breakthroughs
    alone = (made[:, 0] == 1) & (made[:, 1] == 0)
    size = moved[alone]
    assert size.min() > 0
    assert abs(size.mean() - 100.0) < 4 * 100.0 / np.sqrt(size.size)
    for level in (0.25, 0.5, 0.9):
        share = np.mean(size > -100.0 * np.log(1.0 - level))
        assert abs(share - (1.0 - level)) < 4 * np.sqrt(level * (1 - level) / size.size)


def test_a_breakthrough_takes_ground_from_the_side_that_is_broken_through(breakthroughs):
    moved, made = breakthroughs
    assert np.all(moved[(made[:, 0] == 0) & (made[:, 1] == 1)] < 0)
    assert np.all(moved[(made == 0).all(axis=1)] == 0)


def test_major_defeat_is_the_net_loss_of_eight_weeks():
    parameters, names = fixtures.numbers(
        **{**STILL, "front__noise": 300.0}, front__area_held=500e3, front__defeat_area=900.0
    )
    area, defeat, week = fixtures.only(
        ["front"], parameters, names, 60, double=True,
        keep=lambda s: (s.front.area, s.front.defeat, s.front.defeat_week),
    )  # fmt: skip
    padded = np.concatenate([np.full((8, area.shape[1]), 500e3), area])
    gained = padded[8:] - padded[:-8]
    for side, sign in ((0, 1.0), (1, -1.0)):
        lost = np.maximum(-sign * gained, 0.0) / 900.0
        np.testing.assert_allclose(defeat[:, side], np.minimum(lost, 1.0), atol=1e-6)
        met = lost >= 1.0
        first = np.where(met.any(axis=0), met.argmax(axis=0), np.nan)
        np.testing.assert_array_equal(week[-1, side], first)
