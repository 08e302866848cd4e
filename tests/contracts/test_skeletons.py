"""The skeletons in docs/developing/ are what the contracts ask for, and they run."""

from __future__ import annotations

import functools
import importlib.util
import json
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import fixtures
import synthetic
from ripeness.bargaining.packages import enumerate_packages
from ripeness.bargaining.play import RULES_PER_THEORY, situation_of
from ripeness.bargaining.strategy import STRATEGIES, Strategy
from ripeness.charts.render import to_svg
from ripeness.scenario.load import load
from ripeness.types import WAR
from ripeness.war.order import EVERY_MONTH, EVERY_WEEK
from ripeness.war.process import Moment, Process
from ripeness.war.simulate import start_of
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds, draw_worlds

FOLDER = Path(__file__).parents[2] / "docs" / "developing" / "skeletons"
WORLDS = 8
SEED = 1
WEEKS = 6


@functools.cache
def skeleton(name: str) -> ModuleType:
    """Import a skeleton from its file; none registers itself."""
    spec = importlib.util.spec_from_file_location(f"skeleton_{name}", FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where classes look up the words in their annotations
    spec.loader.exec_module(module)
    return module


@functools.cache
def drawn() -> Worlds:
    return draw_worlds(load("template"), WORLDS, SEED)


@functools.cache
def parameters() -> Bundle:
    return jax.tree.map(jnp.asarray, drawn().parameters)


@functools.cache
def started() -> Bundle:
    return jax.jit(start_of)(parameters())


def moment(week: int) -> Moment:
    luck = fixtures.luck_of(WORLDS, SEED)
    return Moment(jnp.asarray(week, jnp.int32), luck, drawn().names)


def shapes(tree) -> list[tuple[str, tuple[int, ...], str, bool]]:
    """Where each leaf is, its shape and dtype, and whether its dtype is only a guess."""
    return [
        (jax.tree_util.keystr(path), leaf.shape, str(leaf.dtype), leaf.weak_type)
        for path, leaf in jax.tree_util.tree_leaves_with_path(tree)
    ]


def is_like(first, second) -> bool:
    return shapes(first) == shapes(second)


# ------------------------------------------------------------------------------------- process


@pytest.fixture(scope="module")
def displaced() -> list[Bundle]:
    """Some weeks of a moving line, then a week without fighting; states before and after each."""
    process = skeleton("process").Displacement()
    state = Bundle(dict(started()), displacement=process.start(parameters()))
    states = [state]
    for week in range(WEEKS):
        moved = jnp.full((8, WORLDS), 10.0 * week, dtype=jnp.float32)
        state = fixtures.set_part(state, "front", change=moved)
        if week == WEEKS - 1:
            state = fixtures.set_part(state, "diplomacy", regime=WAR + 1)
        new = process.week(state, parameters(), moment(week))
        state = state.replace(displacement=new)
        states.append(state)
    return states


def test_a_process_keeps_the_contract(displaced):
    process = skeleton("process").Displacement()
    assert isinstance(process, Process)
    assert process.name not in {each.name for each in (*EVERY_WEEK, EVERY_MONTH)}
    for before, after in zip(displaced, displaced[1:], strict=False):
        assert is_like(before.displacement, after.displacement), "a week changes no shape or dtype"


def test_a_process_keeps_its_books(displaced):
    for state in displaced[1:]:
        part = state.displacement
        np.testing.assert_allclose(part.displaced + part.returned, part.fled, rtol=1e-6)
    assert (displaced[-2].displacement.fled[1] > 0).all(), "the first side gained, the second fled"
    assert (displaced[-2].displacement.fled[0] == 0).all()
    assert (displaced[-1].displacement.returned[1] > 0).all()


def test_a_process_draws_luck_of_its_own(displaced):
    last = displaced[-2].displacement.fled[1]
    assert len(set(np.asarray(last).tolist())) == WORLDS
    streams = re.findall(r'luck\.\w+\(\s*"([^"]+)"', (FOLDER / "process.py").read_text())
    assert streams == [skeleton("process").Displacement.name]


@pytest.mark.parametrize("name", ["process", "strategy"])
def test_a_header_states_the_model(name):
    header = skeleton(name).__doc__
    assert re.search(r"^    \S+ += ", header, flags=re.MULTILINE), "it has an equation"
    if name == "process":
        assert re.match(r"\d+ [A-Z]", header)
        assert "It would break" in header


# ------------------------------------------------------------------------------------ strategy


def decided(strategy: Strategy):
    table = jax.tree.map(jnp.asarray, enumerate_packages(load("template"), drawn()).table)
    decide = jax.jit(
        lambda state: strategy.decide(
            situation_of(state, parameters(), table), parameters(), moment(0)
        )
    )
    return decide(started())


def test_a_strategy_keeps_the_contract():
    strategy = skeleton("strategy").NothingWorse()
    assert isinstance(strategy, Strategy)
    assert len(strategy.rules) == RULES_PER_THEORY
    assert strategy.name not in STRATEGIES
    acts, known = decided(strategy), decided(STRATEGIES["converging_expectations"])
    assert is_like(acts, known), "it decides what every strategy decides"
    assert np.isfinite(acts.reservation).all()
    assert not np.array_equal(acts.reservation, known.reservation)


# --------------------------------------------------------------------------------------- chart


@pytest.mark.parametrize("case", ["mixed", "one world", "holes", "awkward names"])
def test_a_chart_keeps_the_contract(case):
    data = synthetic.CASES[case]()
    before = data.copy(deep=True)
    chart = skeleton("chart").build(data)
    assert data.identical(before)
    assert chart.spec["datasets"]["figures"] == chart.table.records()
    assert json.dumps(chart.spec, allow_nan=False)
    assert chart.title[0].isupper()
    assert chart.sentence.endswith(".")
    assert re.search(r"\d", chart.method)


def test_a_chart_draws():
    chart = skeleton("chart").build(synthetic.CASES["mixed"]())
    assert ET.fromstring(to_svg(chart)).get("aria-label") == chart.alt
