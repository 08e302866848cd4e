"""Endings: a partition of the worlds, and what decided each."""

from __future__ import annotations

import numpy as np

from ripeness.bargaining.play import rules_of, theories_of
from ripeness.types import CEASEFIRE, SETTLEMENT
from ripeness.war.state import BEYOND, HORIZON, RULES, VICTORY_FIRST, VICTORY_SECOND
from ripeness.worlds.names import Names

SETTLED, HOLDING, FROZEN, FIRST_WINS, SECOND_WINS, BEYOND_MODEL = range(6)


def ending_names(sides: tuple[str, str]) -> tuple[str, ...]:
    """Return the names of the endings, in the order of their codes."""
    return (
        "settled",
        "ceasefire holding",
        "frozen at horizon",
        f"victory of {sides[0]}",
        f"victory of {sides[1]}",
        "beyond the model",
    )


def ending_codes(code: np.ndarray, regime: np.ndarray) -> np.ndarray:
    """Return each world's ending from its absorbing end, if any, or else its regime at the horizon.

    Args:
        code: ``(world,)`` absorbing end, see ``ripeness.war.state``.
        regime: ``(world,)`` regime of diplomacy at the horizon.
    """
    ending = np.full(code.shape, FROZEN, dtype=np.int8)
    ending[regime == CEASEFIRE] = HOLDING
    ending[regime == SETTLEMENT] = SETTLED
    ending[code == VICTORY_FIRST] = FIRST_WINS
    ending[code == VICTORY_SECOND] = SECOND_WINS
    ending[code == BEYOND] = BEYOND_MODEL
    return ending


def rule_sentences(names: Names, labels: tuple[str, str]) -> tuple[str, ...]:
    """Return the sentences of all rules: those of the war, then those of the theories."""
    war = (
        rule.replace("the first side", labels[0]).replace("the second side", labels[1])
        for rule in RULES
    )
    return (*war, *rules_of(theories_of(names.theories)))


def rule_codes(ending: np.ndarray, war_rule: np.ndarray, agreement: np.ndarray) -> np.ndarray:
    """Return what decided each world: an absorbing end, an agreement in force, or the horizon.

    Args:
        ending: ``(world,)`` codes of ``ending_codes``.
        war_rule: ``(world,)`` rule of the absorbing end.
        agreement: ``(world,)`` rule of the last agreement, -1 if there was none.
    """
    rule = np.where(ending >= FIRST_WINS, war_rule, HORIZON)
    agreed = (ending == SETTLED) | (ending == HOLDING)
    return np.where(agreed, agreement + len(RULES), rule).astype(np.int8)


def ended_weeks(ending: np.ndarray, week: np.ndarray, regime_week: np.ndarray) -> np.ndarray:
    """Return the week in which each world's final state began; NaN where the war goes on."""
    agreed = (ending == SETTLED) | (ending == HOLDING)
    return np.where(agreed, regime_week, week).astype(np.float32)
