"""What keeps a peace or breaks it besides its worth: incidents, observers, money, mediators (M12, M15)."""

from __future__ import annotations

import numpy as np
import pytest

import fixtures
from ripeness.types import CEASEFIRE, WAR

THEORY = "converging_expectations"
"""A theory under which many worlds pause and settle."""

PROVOKED = "war.diplomacy.provocation"
WATCHED = "war.diplomacy.monitoring"


def returns(war: fixtures.War) -> np.ndarray:
    """Return in which worlds the war came back, from a ceasefire or by a breach."""
    return np.isfinite(war.final("diplomacy", "resumed_week")) | np.isfinite(
        war.final("diplomacy", "broken_week")
    )


@pytest.fixture(scope="module")
def provoked():
    return fixtures.fight(changes={PROVOKED: 0.1}, theory=THEORY)


def test_incidents_bring_wars_back(provoked):
    calm = fixtures.fight(changes={PROVOKED: 0.0}, theory=THEORY)
    more, error = fixtures.mean(returns(provoked).astype(float) - returns(calm))
    assert more > 3 * error > 0


def test_observers_who_clear_up_everything_undo_what_incidents_do(provoked):
    calm = fixtures.fight(changes={PROVOKED: 0.0}, theory=THEORY)
    watched = fixtures.fight(changes={PROVOKED: 0.1, WATCHED: 1.0}, theory=THEORY)
    assert np.array_equal(watched.month("regime"), calm.month("regime"))
    assert not np.array_equal(provoked.month("regime"), calm.month("regime"))


def test_observers_agreed_on_hold_a_settlement_together():
    """Only those who are in a deal: nobody watches before."""
    hot = {PROVOKED: 0.1, "war.diplomacy.incidents_in_peace": 1.0, WATCHED: 0.0}
    named = [path for path in fixtures.base().worlds.values if path.endswith(".monitoring")]
    watchers = {path: 1.0 for path in named if path.startswith("guarantors.")}
    assert watchers
    some = fixtures.fight(changes={**hot, **watchers}, theory=THEORY)
    nobody = fixtures.fight(changes={**hot, **dict.fromkeys(watchers, 0.0)}, theory=THEORY)
    fewer, error = fixtures.mean(returns(nobody).astype(float) - returns(some))
    assert fewer > 3 * error > 0


def test_there_are_no_incidents_in_a_war():
    war = fixtures.base(THEORY)
    state, regime = war.state(), war.final("diplomacy", "regime")
    assert (regime == WAR).any()
    assert (regime == CEASEFIRE).any()
    assert np.all(np.asarray(state.diplomacy.incidents)[:, regime == WAR] == 0)
    assert np.all(np.asarray(state.diplomacy.incidents)[:, regime == CEASEFIRE] > 0)


def test_payments_let_an_economy_grow_in_a_settlement_only():
    parameters, names = fixtures.numbers(economy__investment_return=0.3)

    def output(regime: int, paid: float) -> np.ndarray:
        return fixtures.only(
            ["economy"], parameters, names, 52, keep=lambda s: s.economy.output,
            start=lambda s: fixtures.set_part(s, "diplomacy", regime=regime, payments=paid),
        )[-1]  # fmt: skip

    usual, paid = output(2, 0.0), output(2, 1.0)
    share = 12.0 / parameters.economy.output
    assert np.allclose(np.log(paid / usual), 0.3 * share, rtol=0.15)


# ------------------------------------------------------------------------------ mediators (B18)


def with_mediators(prior_spread: float, **numbers: float) -> fixtures.War:
    """Run the war with mediators who say this, under sides who disagree and learn."""
    who = fixtures.base().worlds.names.mediators
    told = {f"mediators.{name}.{what}": value for name in who for what, value in numbers.items()}
    slow = {"prior_spread": prior_spread, "drift_of_belief": 0.0, "obscurity": 10.0}
    apart = {
        "information.optimism": 0.5,
        "diplomacy.image": 1.0,
    }  # who disagree much, and talk always
    sides = fixtures.base().worlds.names.sides
    changes = {f"war.information.{name}": value for name, value in slow.items()}
    changes |= {f"belligerents.{side}.{name}": v for side in sides for name, v in apart.items()}
    return fixtures.fight(changes={**changes, **told}, theory=THEORY)


QUIET = {"leverage": 0.0, "entry_week": 0.0, "bias": 0.0}


def test_an_incredible_mediator_changes_nothing():
    silent = with_mediators(0.25, credibility=0.0, information=0.0, **QUIET)
    loud = with_mediators(0.25, credibility=0.0, information=1.0, **{**QUIET, "leverage": 5.0})
    for name in silent.parts[0].months:
        assert np.array_equal(silent.month(name), loud.month(name), equal_nan=True), name


def months_of_war(war: fixtures.War) -> np.ndarray:
    return (war.month("regime") == WAR).sum(axis=0).astype(float)


def saved_by_mediators(prior_spread: float) -> np.ndarray:
    """Return the months of war that credible mediators save in each world."""
    silent = with_mediators(prior_spread, credibility=0.0, information=0.0, **QUIET)
    heard = with_mediators(prior_spread, credibility=1.0, information=0.4, **QUIET)
    return months_of_war(silent) - months_of_war(heard)


def test_a_credible_mediator_shortens_war_but_hardly_where_priors_are_firm():
    open_minded, firm = saved_by_mediators(0.25), saved_by_mediators(0.03)
    saved, error = fixtures.mean(open_minded)
    assert saved > 3 * error > 0
    less, error = fixtures.mean(open_minded - firm)
    assert less > 2 * error > 0
    assert firm.mean() < 0.5 * open_minded.mean()


def test_what_a_mediator_says_for_its_favourite_the_other_side_does_not_believe():
    parameters, names = fixtures.numbers(
        combat__quality=0.0, information__drift_of_belief=0.0, mediators__credibility=1.0,
        mediators__information=1.0, mediators__bias=1.0, mediators__entry_week=0.0,
        mediators__against=np.array([[[0.0]], [[1.0]]], dtype=np.float32),
    )  # fmt: skip

    def told(mean: float) -> np.ndarray:
        """Beliefs about the first side's advantage, the truth being none and the first the favourite."""
        return fixtures.only(
            ["information"], parameters, names, 26, keep=lambda s: s.information.mean,
            start=lambda s: fixtures.set_part(
                fixtures.set_part(s, "information", mean=mean), "diplomacy", regime=CEASEFIRE, talks=1.0
            ),
        )[-1]  # fmt: skip

    weaker_than_it_thinks = told(-0.5)  # bad news for the second side, from the first one's friend
    assert np.allclose(weaker_than_it_thinks[1], -0.5, atol=1e-5)
    assert np.all(weaker_than_it_thinks[0] > -0.45)
    stronger_than_it_thinks = told(0.5)  # against the mediator's own interest: believed
    assert np.all(stronger_than_it_thinks < 0.45)
