"""What moves when a friction does: short warm solves of ``ukraine``, judged on the same worlds and luck."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from learning import with_lever
from ripeness.bargaining.expectations import library
from ripeness.bargaining.expectations.prepare import Effort, learn, with_learnt
from ripeness.bargaining.packages import enumerate_packages
from ripeness.outcomes.engine import keep_compiled_programs, run_chunks
from ripeness.scenario.load import load
from ripeness.scenario.model import Scenario
from ripeness.types import WAR
from ripeness.worlds.draw import draw_worlds

MONTHS = 65
WORLDS = 2048
SWEEPS = 10

COST = "belligerents.*.diplomacy.war_cost"
CASES: dict[str, tuple[Callable[[Scenario], Scenario], bool]] = {
    "base": (lambda war: war, False),
    "no guarantee": (lambda war: war.with_levers(guarantee_credibility=0.0), False),
    "guarantee up": (lambda war: war.with_levers(guarantee_credibility=1.3), False),
    "information public": (lambda war: war, True),
    "cost up": (lambda war: with_lever(war, COST, "scale", 1.5), False),
    "no optimism": (lambda war: war.with_levers(optimism=0.0), False),
    "optimism up": (lambda war: war.with_levers(optimism=2.0), False),
}


@lru_cache(maxsize=64)
def outcome(case: str, seed: int) -> dict[str, float]:
    """Return what a war of five years comes to once both sides have learnt how the case is."""
    keep_compiled_programs()
    change, public = CASES[case]
    base = load("ukraine")
    war = change(base)
    start = library.kept_for(base)
    assert start is not None
    usual = Effort()
    settings = replace(usual.settings, sweeps=SWEEPS, least=SWEEPS, average=SWEEPS // 2)
    effort = replace(usual, settings=settings)
    coefficients = start.solution.coefficients
    learnt = learn(war, "", seed=seed, effort=effort, start=coefficients, public=public)
    worlds = with_learnt(draw_worlds(war, WORLDS, 50 + seed, theory="expectations"), learnt)
    parts = list(run_chunks(worlds, enumerate_packages(war, worlds).table, MONTHS))
    join = lambda rows: np.concatenate(rows, axis=-1)  # noqa: E731
    at_war = join([part.months["regime"] for part in parts]) == WAR
    settled = ~np.isnan(join([part.final.diplomacy.settlement_week for part in parts]))
    broken = ~np.isnan(join([part.final.diplomacy.broken_week for part in parts]))
    return {
        "war_months": float(at_war.sum(axis=0).mean()),
        "settled": float(settled.mean()),
        "broken": float(broken.sum() / max(settled.sum(), 1)),
    }
