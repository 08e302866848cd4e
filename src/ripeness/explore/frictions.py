"""The frictions that stand between two sides and a deal, and how each is taken away.

A friction is removed in the arrays that a drawn ensemble has become, so that the same compiled program
serves with and without it, in the same worlds with the same luck. What is removed:

    information  nobody knows the true balance of strength; removed, both know it (no spread, mean true),
                 which leaves no room for optimism either: the two frictions overlap, and share
    commitment   a settlement can be broken; removed, nobody breaks one, and nobody gives up anything to
                 be sure of it. A ceasefire can still be broken, and is feared as before
    optimism     each side's own prior lies beyond the common one; removed, both start from the same
    patrons      aid to the sides and the pressure of impatient patrons; removed from the first week
    leaders      leaders' own costs of signing less than victory

Fearon (1995, International Organization 49) names the first two, Smith and Stam (2004, Journal of Conflict
Resolution 48) the third, Goemans (2000, "War and Punishment") the last. What is left with all of them
off is not "no reason": red lines and aims that exclude each other, offers that come rarely, chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ripeness.registry import Registry
from ripeness.worlds.assemble import Values
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.draw import Worlds

Removal = Callable[[Bundle, Values], tuple[Bundle, Values]]
"""From the parameters that the war reads and the values that packages are made of to both without it."""

UNBREAKABLE: Final = 10.0
"""Cost of breaking a settlement, in stakes: ten times all there is to gain; nobody pays it."""


@dataclass(frozen=True)
class Friction:
    """One friction.

    Attributes:
        label: what it is called, as a noun.
        removed: what holds in a world without it, in words.
        remove: takes it away.
    """

    label: str
    removed: str
    remove: Removal


FRICTIONS: Final[Registry[Friction]] = Registry("friction")
"""Frictions by name, in the order in which they are shown. Another one is another entry here."""


def friction(name: str, label: str, removed: str) -> Callable[[Removal], Removal]:
    """Return a decorator that files a removal as a friction."""

    def register(remove: Removal) -> Removal:
        FRICTIONS.register(name)(Friction(label, removed, remove))
        return remove

    return register


@friction("information", "Uncertainty about strength", "both know the true balance of strength")
def know_the_truth(parameters: Bundle, values: Values) -> tuple[Bundle, Values]:
    """Let both sides know how strong they are."""
    quality = parameters.combat.quality
    truth = quality[0] - quality[1]
    known = parameters.information.replace(
        prior_mean=truth,
        prior_spread=np.zeros_like(parameters.information.prior_spread),
        optimism=np.zeros_like(parameters.information.optimism),
    )
    return parameters.replace(information=known), values


@friction("commitment", "Breakable settlements", "nobody breaks a settlement, or fears it")
def keep_settlements(parameters: Bundle, values: Values) -> tuple[Bundle, Values]:
    """Let settlements be kept, and be worth what they say."""
    cost = np.full_like(parameters.diplomacy.breach_cost, UNBREAKABLE)
    kept = parameters.replace(diplomacy=parameters.diplomacy.replace(breach_cost=cost))
    trusted = {
        path: np.zeros_like(value) if path.endswith(".diplomacy.fear") else value
        for path, value in values.items()
    }
    return kept, trusted


@friction("optimism", "Optimism", "neither side overrates itself at the start")
def share_a_prior(parameters: Bundle, values: Values) -> tuple[Bundle, Values]:
    """Let both sides start from the same belief."""
    return _without(parameters, "information", "optimism"), values


@friction("patrons", "Patrons", "no aid to either side, and no pressure")
def lose_the_patrons(parameters: Bundle, values: Values) -> tuple[Bundle, Values]:
    """Take away what patrons give and what they press for."""
    effects = ("military", "financial", "client_leverage", "enemy_leverage")
    return _without(parameters, "patrons", *effects), values


@friction("leaders", "Leaders' own costs", "signing costs a leader nothing of his own")
def spare_the_leaders(parameters: Bundle, values: Values) -> tuple[Bundle, Values]:
    """Take away what a leader loses by signing less than victory."""
    return _without(parameters, "home_front", "leader_costs"), values


def without(worlds: Worlds, names: Iterable[str]) -> Worlds:
    """Return the same worlds without some frictions; what nothing touches is shared with the original.

    Raises:
        InputError: if a name is unknown.
    """
    parameters, values = worlds.parameters, worlds.values
    wanted = frozenset(names)
    for name in wanted - frozenset(FRICTIONS):
        _ = FRICTIONS[name]  # says what is known
    for name, each in FRICTIONS.items():
        if name in wanted:
            parameters, values = each.remove(parameters, values)
    return replace(worlds, parameters=parameters, values=values)


def _without(parameters: Bundle, group: str, *names: str) -> Bundle:
    """Return the parameters with some numbers of a group at zero."""
    old = parameters[group]
    changed = old.replace(**{name: np.zeros_like(old[name]) for name in names})
    return parameters.replace(**{group: changed})
