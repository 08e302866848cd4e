"""Play worlds on a stage where a side's coming to talks can be taken from it, and see why it came.

The sides decide as in a run. Beside it every month is told apart: who would have come were nobody looking
(its concern for its image at nothing), and who came to be seen. Three things can be taken away, per side,
in the same worlds with the same luck:

    unseen   its concern for its image is nothing: it comes to sign, or for a pause
    strict   it comes only if it would sign something
    alert    no ceasefire begins while it would sign nothing: it gets no rest by talking

With nothing taken away the worlds go as in a run, bit for bit (tested).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Bool, Float

from ripeness.bargaining.conduct import LOW_RANK
from ripeness.bargaining.packages import Packages
from ripeness.bargaining.play import decide_by, situation_of, theories_of
from ripeness.outcomes.engine import keep_compiled_programs, run_chunks
from ripeness.outcomes.sincerity import Attendance, kinds_of
from ripeness.outcomes.worth import realised_worth, worth_records
from ripeness.types import CEASEFIRE, SETTLEMENT, WAR
from ripeness.war.process import Moment
from ripeness.war.processes.front import held_by_each
from ripeness.war.simulate import Decide, simulate
from ripeness.war.state import NOT_YET, Acts
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds
from ripeness.worlds.names import Names
from ripeness.worlds.streams import Luck

CHUNK: Final = 256
"""Worlds per chunk: small, so that a few hundred worlds keep all cores busy."""


class Seen(Acts):
    """Acts, and who would have come were nobody looking."""

    interested: Bool[Array, "2 world"]


@dataclass(frozen=True)
class Play:
    """What became of the worlds.

    Attributes:
        months: records, ``(month, ..., world)``, the last of the horizon; see :func:`_kept`.
        worth: what the world has been worth to each side, shares of the stakes.
    """

    months: Mapping[str, np.ndarray]
    worth: Float[np.ndarray, "2 world"]

    def attendance(self) -> Attendance:
        """Return what coming to talks meant in each month but that of the horizon."""
        m = {name: np.moveaxis(self.months[name][:-1], -1, 0) for name in ATTENDED}
        counts = np.isin(m["regime"], (WAR, CEASEFIRE)) & (m["end"] == NOT_YET) & ~m["pending"]
        signed = np.diff(np.moveaxis(self.months["signatures"], -1, 0), axis=1) > 0
        kind = kinds_of(m["attending"], m["real"], m["interested"], counts)
        return Attendance(kind, m["rank"], m["zone_open"] & counts, signed)

    def measured(self) -> dict[str, np.ndarray]:
        """Return what is compared between plays, ``(..., world)``; see ``EFFECTS`` for the units."""
        m = self.months
        going = m["end"][:-1] == NOT_YET
        return {
            "worth": self.worth,
            "aid": m["aid"][-1],
            "area": m["held"][-1],
            "casualties": m["casualties"][-1],
            "months_of_war": ((m["regime"][1:] == WAR) & going).sum(axis=0).astype(float),
            "settled": (m["regime"] == SETTLEMENT).any(axis=0).astype(float),
            "paused": (m["regime"] == CEASEFIRE).any(axis=0).astype(float),
        }


ATTENDED: Final = (
    "regime", "end", "pending", "attending", "real", "interested", "rank", "zone_open",
)  # fmt: skip


def staged(worlds: Worlds) -> Worlds:
    """Return the same worlds, ready for the stage; nothing is taken away."""
    nothing = np.zeros((2, 1), dtype=np.float32)
    taken = Bundle(unseen=nothing, strict=nothing, alert=nothing)
    return replace(worlds, parameters=Bundle(worlds.parameters, stage=taken))


def taking(worlds: Worlds, what: str, side: int) -> Worlds:
    """Return staged worlds with ``unseen``, ``strict`` or ``alert`` for a side."""
    stage = worlds.parameters.stage
    changed = np.where(np.arange(2)[:, None] == side, np.float32(1.0), stage[what])
    return replace(
        worlds, parameters=worlds.parameters.replace(stage=stage.replace(**{what: changed}))
    )


def play(worlds: Worlds, packages: Packages, months: int) -> Play:
    """Play staged worlds to their horizon."""
    parts = list(run_chunks(worlds, packages.table, months, chunk=CHUNK, build=_program))
    joined = {
        name: np.concatenate([part.months[name] for part in parts], axis=-1)
        for name in parts[0].months
    }
    return Play(joined, realised_worth(joined, worlds.parameters))


@lru_cache(maxsize=8)
def _program(names: Names, months: int) -> Callable[..., Any]:
    """Return the compiled program of the stage."""
    keep_compiled_programs()
    theories = theories_of(names.theories)

    @jax.jit
    def run_chunk(parameters: Bundle, table: Bundle, theory: Any, seed: Any, world: Any) -> Any:
        decide = _on_stage(decide_by(theories, theory, table))

        def keep(state: Bundle, parameters: Bundle, acts: Acts) -> dict[str, Array]:
            assert isinstance(acts, Seen)
            return _kept(state, parameters, acts, table)

        return simulate(parameters, Luck(seed, world), names, months, decide, keep)

    return run_chunk


def _on_stage(decide: Decide) -> Decide:
    """Return the same decisions, less what is taken away."""

    def acts_of(state: Bundle, parameters: Bundle, moment: Moment) -> Seen:
        stage, image = parameters.stage, parameters.diplomacy.image
        alone = parameters.diplomacy.replace(image=jnp.zeros_like(image))
        acts = decide(state, parameters.replace(diplomacy=alone), moment)
        # As every theory has it: a side without interest comes with the chance of its image.
        dice = moment.luck.uniform_of("attendance", moment.names.sides, moment.week)[0]
        looked_at = (dice < image) & (stage.unseen < 0.5)
        strict, rests = stage.strict > 0.5, (stage.alert < 0.5) | acts.real
        comes = jnp.where(strict, acts.real, acts.attend | looked_at)
        fields = {name: getattr(acts, name) for name in acts.__dataclass_fields__}
        fields |= {
            "attend": comes,
            "rank": jnp.where(comes, jnp.maximum(acts.rank, LOW_RANK), 0.0),
            "ceasefire": acts.ceasefire & rests[0] & rests[1],
        }
        return Seen(**fields, interested=acts.attend)

    return acts_of


def _kept(state: Bundle, parameters: Bundle, acts: Seen, table: Bundle) -> dict[str, Array]:
    """Return what is kept of a month: attendance, what it was worth, and what stalls may change."""
    situation = situation_of(state, parameters, table)
    return {
        "attending": acts.attend,
        "interested": acts.interested,
        "real": acts.real,
        "rank": acts.rank,
        "zone_open": acts.zone_open,
        "aid": state.aid.used_by_side,
        "held": held_by_each(state.front.area, parameters),
        "casualties": state.manpower.casualties,
        **worth_records(situation, state, parameters),
    }
