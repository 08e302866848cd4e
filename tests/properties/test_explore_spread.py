"""The spread of an outcome is divided as it was made: synthetic worlds with known components."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from ripeness.errors import InputError
from ripeness.explore.spread import SOURCES, spread_of

SEEDS = (20250701, int(datetime.date.today().strftime("%Y%m%d")))  # noqa: DTZ011
REPEATS, WORLDS = 400, 60
EFFECTS = np.array([-0.6, 0.1, 0.5])

CASES = {
    # deviation of: ranges, interaction, luck; how far theories share luck; plays
    "everything": (1.0, 0.7, 0.8, 0.0, 2),
    "shared luck": (1.0, 0.7, 0.8, 0.9, 2),
    "three plays": (0.5, 0.3, 1.0, 0.5, 3),
    "no ranges": (0.0, 0.0, 1.0, 0.5, 2),
    "no luck": (1.0, 0.5, 0.0, 0.0, 2),
}


def made(random, ranges, interaction, luck, shared, plays) -> np.ndarray:
    """Return ``(1, theory, play, world)`` values with these components."""
    theories = len(EFFECTS)
    mean = ranges * random.normal(size=WORLDS) + EFFECTS[:, None]
    mean = mean + interaction * random.normal(size=(theories, WORLDS))
    common = random.normal(size=(1, plays, WORLDS))
    own = random.normal(size=(theories, plays, WORLDS))
    noise = luck * (np.sqrt(shared) * common + np.sqrt(1.0 - shared) * own)
    return (mean[:, None] + noise)[None]


def truth(ranges, interaction, luck, shared, plays) -> dict[str, float]:
    """Return the components of the spread: see the header of ``ripeness.explore.spread``."""
    del shared, plays
    theories = len(EFFECTS)
    crossed = interaction**2 * (1.0 - 1.0 / theories)
    return {
        "random": luck**2,
        "parametric": ranges**2 + interaction**2 / theories,
        "structural": float(EFFECTS.var()) + crossed,
        "interaction": crossed,
    }


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("case", CASES)
def test_components_are_estimated_without_bias_and_with_honest_errors(case, seed):
    random = np.random.default_rng([seed, list(CASES).index(case)])
    spreads = [spread_of(made(random, *CASES[case])) for _ in range(REPEATS)]
    for name, expected in truth(*CASES[case]).items():
        of = [each.interaction if name == "interaction" else getattr(each, name).variance
              for each in spreads]  # fmt: skip
        error = np.std(of, ddof=1) / np.sqrt(REPEATS)
        assert abs(np.mean(of) - expected) <= 4 * error + 1e-9, name
        if name != "interaction":
            told = np.mean([getattr(each, name).error for each in spreads])
            # The spread of theories' main effects is known as well as the worlds say, no better.
            assert told == pytest.approx(np.std(of, ddof=1), rel=0.2, abs=1e-9), name


@pytest.mark.parametrize("seed", SEEDS)
def test_errors_of_shares_are_honest(seed):
    random = np.random.default_rng(seed)
    spreads = [spread_of(made(random, *CASES["shared luck"])) for _ in range(REPEATS)]
    for name in ("random", "parametric", "structural"):
        shares = [getattr(each, name).share for each in spreads]
        told = np.mean([getattr(each, name).share_error for each in spreads])
        assert told == pytest.approx(np.std(shares, ddof=1), rel=0.2), name


def test_the_total_is_the_variance_of_a_world_and_a_theory_drawn_by_lot():
    random = np.random.default_rng(SEEDS[0])
    totals = [spread_of(made(random, *CASES["everything"])).variance for _ in range(REPEATS)]
    expected = sum(v for k, v in truth(*CASES["everything"]).items() if k != "interaction")
    error = np.std(totals, ddof=1) / np.sqrt(REPEATS)
    assert abs(np.mean(totals) - expected) <= 4 * error


finite = some.floats(-1e3, 1e3)
tables = arrays(np.float64, (2, 3, 3, 5), elements=finite)


@settings(max_examples=50, deadline=None)
@given(values=tables, solver=some.floats(0, 100))
def test_parts_add_to_the_whole(values, solver):
    spread = spread_of(values, solver)
    parts = [getattr(spread, name).variance for name in SOURCES]
    size = max(np.abs(values).max() ** 2, 1e-12)
    assert sum(parts) == pytest.approx(spread.variance, abs=1e-9 * size)
    assert spread.solver.variance == pytest.approx(solver)
    if spread.variance > 1e-9 * size:
        shares = [getattr(spread, name).share for name in SOURCES]
        assert sum(shares) == pytest.approx(1.0, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(values=tables, random=some.randoms(use_true_random=False))
def test_the_order_of_worlds_plays_and_theories_does_not_matter(values, random):
    shuffled = values
    for axis in range(4):
        order = list(range(values.shape[axis]))
        random.shuffle(order)
        shuffled = np.take(shuffled, order, axis=axis)
    first, second = spread_of(values), spread_of(shuffled)
    size = max(np.abs(values).max() ** 2, 1e-12)
    for name in SOURCES:
        assert getattr(first, name).variance == pytest.approx(
            getattr(second, name).variance, abs=1e-9 * size
        )


def test_pure_sources_are_told_apart():
    worlds = np.linspace(0.0, 1.0, 50)
    ranges = np.broadcast_to(worlds, (1, 3, 2, 50))
    theory = np.broadcast_to(EFFECTS[:, None, None], (1, 3, 2, 50))
    assert spread_of(ranges).parametric.share == pytest.approx(1.0)
    assert spread_of(theory).structural.share == pytest.approx(1.0)
    assert spread_of(theory).interaction == pytest.approx(0.0, abs=1e-12)
    assert spread_of(theory).variance == pytest.approx(EFFECTS.var())
    nothing = spread_of(np.ones((1, 2, 2, 9)))
    assert nothing.variance == 0.0
    assert np.isnan(nothing.random.share)


@pytest.mark.parametrize(
    ("values", "solver", "said"),
    [
        (np.ones((1, 2, 1, 9)), 0.0, "plays: 1"),
        (np.ones((2, 2, 9)), 0.0, "axes"),
        (np.full((1, 2, 2, 9), np.nan), 0.0, "missing"),
        (np.ones((1, 2, 2, 9)), -1.0, "variance of 0 or more"),
    ],
)
def test_what_cannot_be_divided_is_refused(values, solver, said):
    with pytest.raises(InputError, match=said):
        spread_of(values, solver)
