"""Games whose Shapley values are known."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest

from ripeness.explore.shapley import alone, mean_and_error, members, shapley_shares, tabulate


def test_an_additive_game_gives_each_its_own():
    worth = np.array([3.0, -1.5, 0.0, 7.25])
    values = tabulate(lambda who: sum(worth[i] for i in who), 4)
    np.testing.assert_allclose(shapley_shares(values), worth, rtol=1e-12)
    np.testing.assert_allclose(alone(values), worth, rtol=1e-12)


@pytest.mark.parametrize("carrier", [{0}, {1, 3}, {0, 2, 4}, {0, 1, 2, 3, 4}])
def test_a_unanimity_game_is_shared_by_its_carrier(carrier):
    values = tabulate(lambda who: float(carrier <= who), 5)
    expected = [1 / len(carrier) if i in carrier else 0.0 for i in range(5)]
    np.testing.assert_allclose(shapley_shares(values), expected, atol=1e-12)


@pytest.mark.parametrize("right", [1, 2, 3, 6])
def test_the_glove_game(right):
    """One left glove, some right ones: the left's share is right / (right + 1) (Shapley and Shubik)."""
    values = tabulate(lambda who: float(0 in who and len(who) > 1), right + 1)
    shares = shapley_shares(values)
    assert shares[0] == pytest.approx(right / (right + 1), rel=1e-12)
    np.testing.assert_allclose(shares[1:], 1 / (right * (right + 1)), rtol=1e-12)


def test_an_apex_without_the_coalition_of_the_rest():
    """Votes 4, 2, 1, 1 with a quota of 5: the first and any other win, the others never."""
    votes = (4, 2, 1, 1)
    values = tabulate(lambda who: float(sum(votes[i] for i in who) >= 5), 4)
    np.testing.assert_allclose(shapley_shares(values), [3 / 4, 1 / 12, 1 / 12, 1 / 12], rtol=1e-12)


def test_the_airport_game():
    """Who needs a longer runway pays for it: Littlechild and Owen 1973."""
    cost = np.array([1.0, 2.0, 4.0])
    values = tabulate(lambda who: max((cost[i] for i in who), default=0.0), 3)
    np.testing.assert_allclose(shapley_shares(values), [1 / 3, 1 / 3 + 1 / 2, 1 / 3 + 1 / 2 + 2])


def test_substitutes_alone_exceed_their_shares():
    values = tabulate(lambda who: float(len(who) > 0), 4)
    assert alone(values).sum() == 4.0
    assert shapley_shares(values).sum() == pytest.approx(1.0)


def test_worlds_are_split_one_by_one():
    generator = np.random.default_rng(20250701)
    values = generator.normal(size=(8, 2, 5))
    together = shapley_shares(values)
    for seed in range(2):
        for world in range(5):
            np.testing.assert_allclose(
                together[:, seed, world], shapley_shares(values[:, seed, world]), rtol=1e-12
            )


def test_the_error_of_a_paired_share_is_that_of_the_difference():
    generator = np.random.default_rng(20250701)
    luck = generator.normal(0.0, 10.0, 4000)
    effect = generator.normal(1.0, 0.1, 4000)
    values = np.stack([luck, luck + effect])
    mean, error = mean_and_error(shapley_shares(values)[0])
    assert float(error) == pytest.approx(0.1 / np.sqrt(4000), rel=0.1)
    assert abs(float(mean) - 1.0) < 4 * float(error)


def test_few_worlds_have_no_error():
    mean, error = mean_and_error(np.array([[2.0]]))
    assert mean[0] == 2.0
    assert np.isnan(error[0])
    assert np.isnan(mean_and_error(np.zeros((3, 0)))[0]).all()


def test_sets_are_coded_by_bits():
    assert members(0b101, 3) == {0, 2}
    assert comb(5, 2) == sum(len(members(code, 5)) == 2 for code in range(32))


@pytest.mark.parametrize("length", [0, 3, 6])
def test_a_number_of_values_that_is_no_power_of_two_is_refused(length):
    with pytest.raises(ValueError, match="2, 4, 8"):
        shapley_shares(np.zeros(length))
