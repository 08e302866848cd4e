"""What does a stall gain? The same worlds with the same luck, with a side's stalls and without.

Without: the side comes to talks only if it would sign something (``strict``, see ``explore.stage``); all else,
the other side's conduct and what both have learnt included, is as it is. With V the realised worth of a world
to the side (``outcomes.worth``):

    gain      = mean over worlds of V(as it is) - V(strict),             its error that of paired worlds
    channels  = Shapley shares of the gain over what a stall could work through, each switched off in both arms
    gain      = sum of the channels + what remains with all of them off,    exactly

Channels: aid that fades (patrons' attention moves from arms to talks), what mediators tell (both sides learn
the true balance while talks are on), rest (a ceasefire that began while the side would sign nothing). Half way
between the arms lies ``unseen``: the side still comes for a pause, but never to be seen, so that the gain is
also the sum of both motives. A pause that both want is no trick: whether a stall is at the other's expense is
told by the other's worth.

A good name is no channel: how much a side cares to be seen at talks is an assumed number, and no rule of the
war pays for it. It would mislead where the other side answers in kind: here it does not learn that this side
never stalls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import numpy as np
from jaxtyping import Float

from ripeness.explore.decompose import Estimate
from ripeness.explore.shapley import mean_and_error, shapley_shares
from ripeness.explore.stage import taking
from ripeness.outcomes.sincerity import KINDS, PAUSE, SEEN
from ripeness.worlds.draw import Worlds


class Channel(NamedTuple):
    """Something through which a stall could gain.

    Attributes:
        label: what it is called, as a noun.
        alive: whether there is anything to switch off in these worlds.
        off: switches it off, in staged worlds and for the stalls of this side.
    """

    label: str
    alive: Callable[[Worlds], bool]
    off: Callable[[Worlds, int], Worlds]


def _aid_fades(worlds: Worlds) -> bool:
    p = worlds.parameters.patrons
    return bool(np.any(p.attention_shift * (p.military + p.financial) > 0))


def _keep_aid(worlds: Worlds, side: int) -> Worlds:
    del side
    return _without(worlds, "patrons", "attention_shift")


def _mediators_tell(worlds: Worlds) -> bool:
    m = worlds.parameters.mediators
    return bool(worlds.names.mediators) and bool(np.any(m.credibility * m.information > 0))


def _silence_mediators(worlds: Worlds, side: int) -> Worlds:
    del side
    return _without(worlds, "mediators", "information")


def _without(worlds: Worlds, group: str, name: str) -> Worlds:
    old = worlds.parameters[group]
    nothing = old.replace(**{name: np.zeros_like(old[name])})
    return replace(worlds, parameters=worlds.parameters.replace(**{group: nothing}))


CHANNELS: Final[dict[str, Channel]] = {
    "aid": Channel("aid that fades", _aid_fades, _keep_aid),
    "information": Channel("what mediators tell", _mediators_tell, _silence_mediators),
    "rest": Channel(
        "rest in a ceasefire", lambda worlds: True, lambda worlds, side: taking(worlds, "alert", side)
    ),
}  # fmt: skip
"""By name, in the order in which they are told. Another one is another entry here."""

EFFECTS: Final[dict[str, str]] = {
    "own_worth": "shares of the stakes",
    "enemy_worth": "shares of the stakes",
    "own_aid": "bn EUR",
    "enemy_aid": "bn EUR",
    "own_area": "km2",
    "own_casualties": "soldiers",
    "enemy_casualties": "soldiers",
    "months_of_war": "months of four weeks",
    "settled": "share of worlds",
    "paused": "share of worlds",
}
"""What stalls may change, by the horizon, and its unit."""

MOTIVES: Final = (KINDS[SEEN], KINDS[PAUSE])
"""Why a side may come that would sign nothing."""

Measured = dict[str, np.ndarray]


@dataclass(frozen=True)
class Split:
    """What a side's stalls gain it, or its enemy, and through what; in shares of the stakes.

    Attributes:
        gain: all of it.
        channels: name -> its Shapley share; with what remains they add to the gain.
        remains: with all channels off.
        motives: name of a motive -> what coming for it gains; they add to the gain.
    """

    gain: Estimate
    channels: dict[str, Estimate]
    remains: Estimate
    motives: dict[str, Estimate]

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "gain": told(self.gain),
            "channels": {name: told(each) for name, each in self.channels.items()},
            "remains": told(self.remains),
            "motives": {name: told(each) for name, each in self.motives.items()},
        }


@dataclass(frozen=True)
class Stalls:
    """What one side's stalls change, world by world; differences are as it is less without.

    Attributes:
        channels: names of the channels that are alive, in the order of the bits of a set's code.
        gain: ``(2, set, world)`` gain in worth, the side's own and its enemy's, with these sets of
            channels off.
        effects: motive -> name of a quantity in ``EFFECTS`` -> ``(world,)`` change.
        as_it_is: the same quantities as they are.
    """

    channels: tuple[str, ...]
    gain: Float[np.ndarray, "2 set world"]
    effects: dict[str, Measured]
    as_it_is: Measured

    def split(self, among: np.ndarray | None = None, *, enemy: bool = False) -> Split:
        """Return the gain, its channels and its motives.

        Args:
            among: flags of the worlds that count, ``(world,)``; all if left out.
            enemy: what the enemy gains by these stalls.
        """
        gain = self.gain[int(enemy)]
        gain = gain if among is None else gain[:, among]
        shares = -shapley_shares(gain)
        found = {name: estimate(row) for name, row in zip(self.channels, shares, strict=True)}
        worth = "enemy_worth" if enemy else "own_worth"
        return Split(
            gain=estimate(gain[0]),
            channels={name: found.get(name, Estimate(0.0, 0.0)) for name in CHANNELS},
            remains=estimate(gain[-1]),
            motives={name: self.effect(worth, among, name) for name in MOTIVES},
        )

    def effect(
        self, name: str, among: np.ndarray | None = None, motive: str | None = None
    ) -> Estimate:
        """Return the mean change of a quantity by stalls of one motive or all, over some worlds."""
        wanted = MOTIVES if motive is None else (motive,)
        change = np.sum([self.effects[each][name] for each in wanted], axis=0)
        return estimate(change if among is None else change[among])

    def usual(self, name: str, among: np.ndarray | None = None) -> float:
        """Return the mean of a quantity as it is over some worlds."""
        return estimate(self.as_it_is[name] if among is None else self.as_it_is[name][among]).mean

    def as_mapping(self, among: np.ndarray | None = None) -> dict[str, Any]:
        """Return all of it over some worlds as JSON has it; changes in the units of ``EFFECTS``."""
        return {
            "own": self.split(among).as_mapping(),
            "enemy": self.split(among, enemy=True).as_mapping(),
            "changes": {
                motive: {name: told(self.effect(name, among, motive)) for name in EFFECTS}
                for motive in MOTIVES
            },
            "as_it_is": {name: self.usual(name, among) for name in EFFECTS},
        }


def told(each: Estimate) -> dict[str, float]:
    """Return an estimate as JSON has it."""
    return {"mean": each.mean, "standard_error": each.error}


def estimate(per_world: Float[np.ndarray, "world"]) -> Estimate:
    """Return the mean over worlds and its standard error."""
    mean, error = mean_and_error(per_world)
    return Estimate(float(mean), float(error))
