"""How firmly are the odds of ``ukraine`` pinned down? Prints tables for docs and notes; a few minutes.

    seeds       solves with other seeds and sizes, judged on the same worlds with the same luck
    wide        learnt in worlds whose sides' ranges are half as wide again, judged on the base worlds
    complete    private costs public, the truth known, settlements kept: how many sign at the first offer
    statics     signs of the comparative statics, one lever at a time
    deviations  what a side would gain by another rule

Run: python benchmarks/expectations_war.py [seeds wide complete statics deviations]
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np

from ripeness.bargaining.expectations import library
from ripeness.bargaining.expectations.diagnostics import diagnose, held_out
from ripeness.bargaining.expectations.month import expectation_of, going_on
from ripeness.bargaining.expectations.offers import deals_at
from ripeness.bargaining.expectations.prepare import Effort, Learnt, game_of, learn, with_learnt
from ripeness.bargaining.expectations.values import settled_value
from ripeness.bargaining.packages import enumerate_packages
from ripeness.bargaining.play import situation_of
from ripeness.explore.ensemble import run_worlds
from ripeness.explore.frictions import without
from ripeness.outcomes.engine import keep_compiled_programs, run_chunks
from ripeness.scenario.load import load
from ripeness.types import WEEKS_PER_MONTH
from ripeness.war.process import Moment
from ripeness.war.simulate import start_of
from ripeness.war.state import Terms
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds, draw_worlds
from ripeness.worlds.streams import Luck, seed_words

JUDGED = 4096
SEED = 1
WAR = load("ukraine")
SIZES = ((1, 4096, 2048), (2, 4096, 2048), (3, 4096, 2048), (4, 8192, 8192), (5, 2048, 2048))
WIDER = 1.5
STATICS = {
    "guarantees more credible": ("guarantors.*.credibility", 1.4),
    "war costs a third more": ("belligerents.*.diplomacy.war_cost", 4 / 3),
    "optimism none": ("belligerents.*.information.optimism", 0.0),
    "optimism double": ("belligerents.*.information.optimism", 2.0),
    "leaders' own costs none": ("belligerents.*.home_front.leader_cost", 0.0),
}


def judged() -> Worlds:
    """Return the worlds in which all are judged."""
    return draw_worlds(WAR, JUDGED, SEED).decided_by(("expectations",), 0)


def told(name: str, worlds: Worlds, learnt: Learnt, seconds: float) -> dict[str, float]:
    """Print a row and return its figures."""
    data = run_worlds(WAR, with_learnt(worlds, learnt))
    over = np.fmin(data["settlement_week"].values, data["week"].values[-1]) / 4.0
    settled = np.isfinite(data["settlement_week"].values)
    endings = np.bincount(data["ending"].values, minlength=6) / worlds.count
    found = {
        "settled": float(settled.mean()),
        "broken of settled": float(np.isfinite(data["broken_week"].values)[settled].mean()),
        "months of war": float(over.mean()),
        "zone open at start": float(data["zone_open"].values[:, 0].mean()),
    }
    row = "  ".join(f"{key} {value:.3f}" for key, value in found.items())
    parts = " ".join(f"{share:.3f}" for share in endings)
    sweeps = len(learnt.solution.sweeps)
    print(f"{name:28} {sweeps:3} sweeps {seconds:6.1f} s  {row}  endings {parts}", flush=True)
    return found


def solved(
    seed: int = 1, pool: int = 4096, per_sweep: int = 2048, **more: object
) -> tuple[Learnt, float]:
    """Return a solution and its seconds."""
    began = time.perf_counter()
    learnt = learn(
        WAR, "", seed=seed, effort=replace(Effort(), pool=pool, per_sweep=per_sweep), **more
    )  # type: ignore[arg-type]
    return learnt, time.perf_counter() - began


def seeds() -> None:
    """Print odds by seed and size."""
    for seed, pool, per_sweep in SIZES:
        told(f"seed {seed}, {per_sweep} a sweep", judged(), *solved(seed, pool, per_sweep))


def widened(worlds: Worlds) -> Worlds:
    """Return worlds whose sides differ half as much again from the middle."""
    names = ("war_cost", "patience", "breach_cost", "attack_cost", "fear")
    old = worlds.parameters.diplomacy
    wide = {}
    for name in names:
        middle = old[name].mean(axis=-1, keepdims=True)
        wide[name] = np.clip(middle + WIDER * (old[name] - middle), 0.2 * middle, 0.97)
    quality = worlds.parameters.combat.replace(quality=WIDER * worlds.parameters.combat.quality)
    parameters = worlds.parameters.replace(
        diplomacy=old.replace(**{k: v.astype(np.float32) for k, v in wide.items()}), combat=quality
    )
    return replace(worlds, parameters=parameters)


def wide() -> None:
    """Print odds on the base worlds, learnt in base and in wider worlds."""
    for seed in (1, 2, 3):
        base = told(f"base, seed {seed}", judged(), *solved(seed))
        other = told(f"wide, seed {seed}", judged(), *solved(seed, change=widened))
        print(f"  gap in settled: {other['settled'] - base['settled']:+.3f}")


def certain(worlds: Worlds) -> Worlds:
    """Return worlds without private information, optimism, leaders' costs or breaches; precise sides."""
    bare = without(worlds, ("information", "commitment", "optimism", "leaders"))
    d = bare.parameters.diplomacy
    sure = d.replace(
        precision=np.full_like(d.precision, 400.0), signing_chance=np.ones_like(d.signing_chance)
    )
    return replace(bare, parameters=bare.parameters.replace(diplomacy=sure))


def complete() -> None:
    """Print how many of the worlds with a zone sign at the first offer, and where their deals lie."""
    learnt, seconds = solved(change=certain, public=True)
    worlds = with_learnt(certain(judged()), learnt)
    packages = enumerate_packages(WAR, worlds)
    parts = list(run_chunks(worlds, packages.table, WAR.horizon_weeks // WEEKS_PER_MONTH))
    join = lambda rows: np.concatenate(rows, axis=-1)  # noqa: E731
    zone = join([part.months["zone_open"][0] for part in parts])
    signed = join([part.months["pending"][1] for part in parts])
    silent = join([part.months["regime"][1] != 0 for part in parts])
    print(
        f"zone open at the start {zone.mean():.3f}; of these terms are signed at the first offer in "
        f"{signed[zone].mean():.3f}, a ceasefire in {(silent & ~signed)[zone].mean():.3f}"
    )
    final = Bundle(jax.tree.map(lambda *leaves: join(leaves), *(part.final for part in parts)))
    once = (final.diplomacy.signatures == 1) & signed & zone
    place = surplus_shares(worlds, packages.table, final.diplomacy.terms)[once]
    quantiles = np.quantile(place, (0.05, 0.25, 0.5, 0.75, 0.95))
    print(
        "where deals lie, 0 at the first side's reservation value and 1 at the second's: quantiles .05 "
        ".25 .50 .75 .95 " + " ".join(f"{value:.2f}" for value in quantiles)
    )
    told("complete information", certain(judged()), learnt, seconds)


def surplus_shares(worlds: Worlds, table: Bundle, terms: Terms) -> np.ndarray:
    """Return the first side's share of what both gain, at the start, over going on."""
    parameters, table = (jax.tree.map(jnp.asarray, tree) for tree in (worlds.parameters, table))

    @jax.jit
    def gains(parameters: Bundle, table: Bundle, terms: Terms) -> jax.Array:
        situation = situation_of(start_of(parameters), parameters, table)
        luck = Luck(jnp.asarray(seed_words(worlds.seed)), jnp.asarray(worlds.identity))
        e = expectation_of(situation, parameters, Moment(jnp.int32(0), luck, worlds.names))
        deal = deals_at(terms.line[None], terms.point[None], situation, parameters)
        wait = jnp.ones_like(parameters.diplomacy.precision)
        value = settled_value(e.standing, e.form, deal, wait, e.war.value, parameters)
        cost = parameters.diplomacy.war_cost
        stay = going_on(situation, e).value.at(cost) + situation.view.leader_cost
        return value.at(cost[:, None])[:, 0] - stay

    gain = np.asarray(gains(parameters, table, terms))
    return gain[0] / (gain[0] + gain[1])


def statics() -> None:
    """Print what one lever does, each solved anew from the base."""
    for seed in (1, 2, 3):
        base, seconds = solved(seed)
        told(f"base, seed {seed}", judged(), base, seconds)
        start = base.solution.coefficients
        for name, (pattern, factor) in STATICS.items():
            change = scaled(pattern, factor)
            found, seconds = solved(seed, start=start, change=change)
            told(f"  {name}", change(judged()), found, seconds)
        found, seconds = solved(seed, start=start, public=True)
        told("  costs of war public", judged(), found, seconds)
        kept = lambda worlds: without(worlds, ("commitment",))  # noqa: E731
        found, seconds = solved(seed, change=kept)  # a start that fears breaches misleads for long
        told("  settlements unbreakable", kept(judged()), found, seconds)


def scaled(pattern: str, factor: float):  # noqa: ANN201 - a function of worlds
    """Return what scales some numbers of all worlds."""
    from ripeness.scenario.paths import matching
    from ripeness.worlds.assemble import assemble

    def change(worlds: Worlds) -> Worlds:
        values = dict(worlds.values)
        for path in matching(pattern, list(values)):
            values[path] = values[path] * factor
        return replace(
            worlds, values=values, parameters=assemble(WAR, worlds.names, values, worlds.count)
        )

    return change


def deviations() -> None:
    """Print what a side would gain by another rule."""
    effort = Effort()
    game = game_of(WAR, effort, SEED)
    learnt = library.kept_for(WAR)
    if learnt is None:
        raise SystemExit("ukraine has no solution: make expectations")
    found = diagnose(
        held_out(game, WAR, JUDGED, SEED), learnt.solution, ("Russia", "Ukraine"), responses=True
    )
    print(found.bias, found.explained, *found.probes, *found.responses, sep="\n")


if __name__ == "__main__":
    keep_compiled_programs()
    for part in sys.argv[1:] or ("seeds", "wide", "complete", "statics", "deviations"):
        print(f"== {part}", flush=True)
        {
            "seeds": seeds,
            "wide": wide,
            "complete": complete,
            "statics": statics,
            "deviations": deviations,
        }[part]()
