"""Quantile functions, designs and random streams against scipy and published test vectors."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from jax.extend.random import threefry2x32_p
from scipy import stats

import fixtures
from ripeness.scenario.quantity import Quantity, Source
from ripeness.worlds.designs import unit_draws
from ripeness.worlds.quantiles import quantile
from ripeness.worlds.streams import Luck, threefry, words_of

UNIT = (np.arange(1000) + 0.5) / 1000
ASSUMED = Source(kind="assumed")


def quantity(low: float, likely: float, high: float, distribution: str) -> Quantity:
    return Quantity(
        low=low, likely=likely, high=high, distribution=distribution, unit="share", source=ASSUMED
    )


ranges = some.tuples(some.floats(-1e3, 1e3), some.floats(1e-3, 1e3), some.floats(0.0, 1.0)).map(
    lambda three: (three[0], three[0] + three[1] * three[2], three[0] + three[1])
)


@settings(max_examples=25, deadline=None)
@given(ranges)
def test_triangular_and_pert_and_uniform_are_scipys(three):
    low, likely, high = three
    width = high - low
    peak = (likely - low) / width
    exact = {
        "triangular": stats.triang(peak, low, width),
        "pert": stats.beta(1 + 4 * peak, 1 + 4 * (1 - peak), low, width),
        "uniform": stats.uniform(low, width),
    }
    for name, law in exact.items():
        found = quantile(quantity(low, likely, high, name), UNIT)
        np.testing.assert_allclose(found, law.ppf(UNIT), rtol=1e-9, atol=1e-9 * width)


@settings(max_examples=25, deadline=None)
@given(some.floats(1e-4, 1e3), some.floats(1.01, 1e4))
def test_loguniform_is_scipys(low, ratio):
    found = quantile(quantity(low, low, low * ratio, "loguniform"), UNIT)
    np.testing.assert_allclose(found, stats.loguniform(low, low * ratio).ppf(UNIT), rtol=1e-9)


def test_a_fixed_number_is_the_same_in_all_worlds():
    assert np.all(quantile(quantity(3.0, 3.0, 3.0, "fixed"), UNIT) == 3.0)


@settings(max_examples=15, deadline=None)
@given(some.integers(1, 300), some.integers(0, 2**63))
def test_each_latin_column_has_one_world_in_each_stratum(worlds, seed):
    unit = unit_draws(["a", "b"], worlds, seed)
    for column in unit:
        assert sorted(np.floor(column * worlds).astype(int)) == list(range(worlds))


def test_a_new_quantity_moves_no_other_column_and_columns_are_unrelated():
    few = unit_draws(["a", "b"], 512, 3)
    more = unit_draws(["new", "b", "a"], 512, 3)
    assert np.array_equal(few[0], more[2])
    assert np.array_equal(few[1], more[1])
    assert abs(np.corrcoef(few)[0, 1]) < 4 / np.sqrt(512)


@pytest.mark.parametrize("design", ["latin", "sobol"])
def test_designs_are_uniform_inside_the_cube(design):
    unit = unit_draws([f"q{i}" for i in range(12)], 1024, 5, design)
    assert unit.min() > 0
    assert unit.max() < 1
    np.testing.assert_allclose(unit.mean(axis=1), 0.5, atol=4 * (1 / 12 / 1024) ** 0.5)
    np.testing.assert_allclose(unit.var(axis=1), 1 / 12, rtol=0.05)


VECTORS = (
    ((0, 0), (0, 0), (0x6B200159, 0x99BA4EFE)),
    ((0xFFFFFFFF,) * 2, (0xFFFFFFFF,) * 2, (0x1CB996FC, 0xBB002BE7)),
    ((0x13198A2E, 0x03707344), (0x243F6A88, 0x85A308D3), (0xC4923A9C, 0x483DF7A0)),
)
"""Key, counter and result of Threefry-2x32 with 20 rounds: Random123's kat_vectors."""


@pytest.mark.parametrize(("key", "counter", "result"), VECTORS)
def test_the_cipher_gives_the_published_words(key, counter, result):
    words = [jnp.array(word, dtype=jnp.uint32) for word in (*key, *counter)]
    assert tuple(int(word) for word in threefry(tuple(words[:2]), tuple(words[2:]))) == result


@settings(max_examples=25, deadline=None)
@given(some.integers(0, 2**32 - 1))
def test_the_cipher_is_jaxs(seed):
    words = np.random.default_rng(seed).integers(0, 2**32, (4, 64), dtype=np.uint32)
    key_0, key_1, first, second = map(jnp.asarray, words)
    found = threefry((key_0, key_1), (first, second))
    exact = threefry2x32_p.bind(key_0, key_1, first, second)
    assert all(np.array_equal(a, b) for a, b in zip(found, exact, strict=True))


def test_a_stream_is_keyed_by_seed_and_name_and_counts_worlds_and_weeks():
    luck, week = fixtures.luck_of(64, 1), jnp.int32(7)
    found = luck.words(("front russia", "front ukraine"), week)
    for row, name in enumerate(("front russia", "front ukraine")):
        key = [luck.seed[place] ^ np.uint32(word) for place, word in enumerate(words_of(name))]
        exact = threefry2x32_p.bind(
            *(jnp.broadcast_to(word, (64,)) for word in key),
            luck.world, jnp.full(64, 7, dtype=jnp.uint32),
        )  # fmt: skip
        assert all(np.array_equal(a[row], b) for a, b in zip(found, exact, strict=True))


def draws(stream: str, kind: str, worlds: int = 512, weeks: int = 64, seed: int = 1) -> np.ndarray:
    """All draws of a stream, ``(week, draw, world)``: two uniforms, or a normal."""
    luck = fixtures.luck_of(worlds, seed)
    draw = jax.jit(lambda week: getattr(luck, f"{kind}_of")(stream, ("a side",), week))
    return np.stack(
        [np.asarray(draw(jnp.int32(week))).reshape(-1, worlds) for week in range(weeks)]
    )


def test_uniforms_are_uniform_and_independent():
    unit = draws("front", "uniform")
    assert unit.min() > 0
    assert unit.max() < 1
    n = unit.size
    assert abs(unit.mean() - 0.5) < 4 * (1 / 12 / n) ** 0.5
    assert abs(unit.var() - 1 / 12) < 4 * (1 / 180 / n) ** 0.5
    assert stats.kstest(unit.ravel(), "uniform").pvalue > 1e-4
    centred = unit - 0.5
    pairs = {
        "weeks": centred[1:] * centred[:-1], "worlds": centred[..., 1:] * centred[..., :-1],
        "two draws": centred[:, 0] * centred[:, 1],
        "streams": centred * (draws("combat", "uniform") - 0.5),
        "seeds": centred * (draws("front", "uniform", seed=2) - 0.5),
    }  # fmt: skip
    for name, product in pairs.items():
        assert abs(product.mean() * 12) < 4 / np.sqrt(product.size), name


def test_normals_are_normal():
    found = draws("front", "normal")
    n = found.size
    assert abs(found.mean()) < 4 / np.sqrt(n)
    assert abs(found.var() - 1) < 4 * np.sqrt(2 / n)
    assert stats.kstest(found.ravel(), "norm").pvalue > 1e-4


def test_the_ends_of_the_unit_interval_are_never_drawn():
    """The largest and smallest words that a counter can give."""
    from ripeness.worlds.streams import _open_unit

    ends = np.asarray(_open_unit(jnp.array([0, 0xFFFFFFFF], dtype=jnp.uint32)))
    assert 0.0 < ends[0] < ends[1] < 1.0
    assert np.all(np.isfinite(np.asarray(jax.lax.erf_inv(2.0 * ends - 1.0))))


def test_a_draw_depends_on_stream_world_week_and_seed_only():
    whole = draws("front", "uniform", worlds=64, weeks=3)
    luck = fixtures.luck_of(64, 1)
    luck_of_part = Luck(luck.seed, luck.world[10:13])
    part = luck_of_part.uniform_of("front", ("a side",), jnp.int32(2))[:, 0]
    assert np.array_equal(part, whole[2][:, 10:13])
    named = luck.uniform_of("x", ("russia", "ukraine"), jnp.int32(1))
    turned = luck.uniform_of("x", ("ukraine", "russia"), jnp.int32(1))
    assert np.array_equal(named[:, ::-1], turned)
