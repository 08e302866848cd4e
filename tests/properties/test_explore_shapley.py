"""Shapley's axioms hold for every game."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ripeness.explore.shapley import members, shapley_shares, tabulate

games = st.integers(1, 5).flatmap(
    lambda switches: arrays.arrays(
        float, 1 << switches, elements=st.floats(-100, 100, allow_subnormal=False)
    )
)
ROUNDING = 1e-9


def switches_of(values: np.ndarray) -> int:
    return len(values).bit_length() - 1


def permuted(values: np.ndarray, order: list[int]) -> np.ndarray:
    """The same game with switch ``order[i]`` called ``i``."""
    rename = {old: new for new, old in enumerate(order)}
    result = np.empty_like(values)
    for code, value in enumerate(values):
        result[sum(1 << rename[i] for i in members(code, len(order)))] = value
    return result


@given(games)
def test_shares_add_to_the_whole(values):
    assert abs(shapley_shares(values).sum() - (values[-1] - values[0])) < ROUNDING


@given(games, st.randoms(use_true_random=False))
def test_names_do_not_matter(values, random):
    order = list(range(switches_of(values)))
    random.shuffle(order)
    shares = shapley_shares(values)
    np.testing.assert_allclose(
        shapley_shares(permuted(values, order)), shares[order], atol=ROUNDING
    )


@given(games)
def test_equal_switches_have_equal_shares(values):
    """Symmetrised in two switches, the game gives both the same."""
    if switches_of(values) < 2:
        return
    order = [1, 0, *range(2, switches_of(values))]
    shares = shapley_shares((values + permuted(values, order)) / 2)
    assert abs(shares[0] - shares[1]) < ROUNDING


@given(games)
def test_a_switch_that_changes_nothing_has_no_share(values):
    """A game extended by a switch that does nothing."""
    extended = np.concatenate([values, values])
    shares = shapley_shares(extended)
    assert abs(shares[-1]) < ROUNDING
    np.testing.assert_allclose(shares[:-1], shapley_shares(values), atol=ROUNDING)


@given(games, st.floats(-10, 10))
def test_shares_are_linear(values, factor):
    other = np.cos(np.arange(len(values)))
    np.testing.assert_allclose(
        shapley_shares(values + factor * other),
        shapley_shares(values) + factor * shapley_shares(other),
        atol=ROUNDING,
    )


@given(games)
def test_a_share_lies_between_the_smallest_and_the_largest_change(values):
    switches = switches_of(values)
    shares = shapley_shares(values)
    for place in range(switches):
        changes = [
            values[code | 1 << place] - values[code]
            for code in range(len(values))
            if not code >> place & 1
        ]
        assert min(changes) - ROUNDING <= shares[place] <= max(changes) + ROUNDING


def test_a_game_of_sets_is_tabulated_in_the_order_of_codes():
    assert tabulate(lambda who: sum(1 << i for i in who), 3).tolist() == list(range(8))
