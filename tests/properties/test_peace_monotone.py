"""Monotone where theory says so, on paired worlds: guarantees deter, and better terms are signed sooner."""

from __future__ import annotations

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import fixtures
from ripeness.bargaining.play import decide_by, theories_of
from ripeness.types import SETTLEMENT
from ripeness.war.process import Moment

THEORIES = ("converging_expectations", "expectations")


@pytest.fixture(scope="module", params=THEORIES)
def breaches(request):
    """Chances of a breach this month, by how credible the guarantee in force is, all else the same."""
    war = fixtures.fight(theory=request.param)
    state = jax.tree.map(jnp.asarray, war.state())
    device = lambda tree: jax.tree.map(jnp.asarray, tree)  # noqa: E731
    parameters, table = device(war.worlds.parameters), device(war.packages.table)
    theories = theories_of((request.param,))
    decide = decide_by(theories, jnp.zeros(war.worlds.count, dtype=jnp.int32), table)
    luck = fixtures.luck_of(war.worlds.count)
    names = war.worlds.names

    @jax.jit
    def acts(credibility: Any, capacity: Any) -> Any:
        promised = jnp.ones((2, war.worlds.count)) * capacity
        held = fixtures.set_part(state, "diplomacy", regime=SETTLEMENT, months=60.0, pending=0.0)
        talks = held.diplomacy
        new = (jnp.ones_like(promised) * credibility, promised)
        talks = eqx.tree_at(lambda d: (d.terms.credibility, d.terms.capacity), talks, new)
        held = held.replace(diplomacy=talks)
        return decide(held, parameters, Moment(jnp.int32(0), luck, names)).breach

    exact = request.param != "expectations"
    return lambda credibility, capacity=1.0: np.asarray(acts(credibility, capacity)), exact


def rarer(chances: list[np.ndarray], exact: bool) -> None:
    """Check that breaches grow rarer: in every world, or in the mean of the logarithm of their odds.

    What sides have learnt is a regression, in which a guarantee to oneself counts too: there the mean decides.
    """
    for less, more in zip(chances, chances[1:], strict=False):
        assert np.log(more + 1e-12).mean() < np.log(less + 1e-12).mean()
        if exact:
            assert np.all(more <= less * (1 + 1e-4) + 1e-9)
    assert np.mean(chances[-1] < chances[0]) > 0.5  # elsewhere it was sure, or moves nothing


def test_a_more_credible_guarantee_makes_a_breach_rarer(breaches):
    acts, exact = breaches
    rarer([acts(share) for share in (0.0, 0.25, 0.5, 0.75, 1.0)], exact)


def test_a_stronger_guarantor_makes_a_breach_rarer(breaches):
    acts, exact = breaches
    rarer([acts(0.5, capacity) for capacity in (0.0, 0.5, 1.0, 2.0)], exact)


def test_a_guarantee_of_nothing_is_no_guarantee(breaches):
    acts, _ = breaches
    assert np.array_equal(acts(0.0, 2.0), acts(0.0, 0.0))


RELIEF = "issues.sanctions.levels.phased"


def first_signature(war: fixtures.War) -> np.ndarray:
    """Return the month of the first signature, beyond the horizon where there is none."""
    signed = war.month("signatures") > 0
    return np.where(signed.any(axis=0), signed.argmax(axis=0), len(signed)).astype(float)


def test_relief_up_front_is_signed_no_later():
    """Phased relief that Russia values, and gets, like all of it; Ukraine gives up no more than before.

    Until the first signature nothing else differs. The sign for durability is reported, not asserted: in these
    worlds as many settlements are broken with it as without it, within two standard errors.
    """
    # Twice the usual worlds: the effect is small beside what the way home takes.
    usual = fixtures.fight(theory="converging_expectations", worlds=2 * fixtures.WORLDS)
    front = fixtures.fight(
        worlds=2 * fixtures.WORLDS,
        changes={f"{RELIEF}.value.russia": 1.0, f"{RELIEF}.sanctions_relief": 1.0},
        theory="converging_expectations",
    )
    months = first_signature(usual) - first_signature(front)
    sooner, error = fixtures.mean(months)
    assert sooner > 2 * error > 0
    assert (
        np.mean(months < 0) < 0.02
    )  # a frontier that is thinned may lose a package here and there
    broken = [np.isfinite(war.final("diplomacy", "broken_week")) for war in (usual, front)]
    settled = [np.isfinite(war.final("diplomacy", "settlement_week")) for war in (usual, front)]
    both = settled[0] & settled[1]
    more, error = fixtures.mean((broken[1].astype(float) - broken[0])[both])
    assert abs(more) <= max(2 * error, 1e-9)
