"""Each friction takes away what it says, in the same worlds, and the rest stays."""

from __future__ import annotations

import numpy as np
import pytest

import fixtures
import synthetic
from ripeness.errors import InputError
from ripeness.explore.decompose import STATISTICS, decompose, runner, statistics
from ripeness.explore.ensemble import run_worlds, undecided
from ripeness.explore.frictions import FRICTIONS, without
from ripeness.outcomes.engine import LANES
from ripeness.outcomes.prepare import prepared
from ripeness.worlds.draw import Worlds, draw_worlds

THEORY = "converging_expectations"


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    drawn = draw_worlds(fixtures.ukraine(), LANES, fixtures.SEED, theory=THEORY)
    return prepared(fixtures.ukraine(), drawn)[0]


@pytest.fixture(scope="module")
def played(worlds):
    known = {}

    def play(*removed: str):
        if removed not in known:
            known[removed] = run_worlds(fixtures.ukraine(), without(worlds, removed))
        return known[removed]

    return play


def test_the_five_frictions_are_filed():
    assert list(FRICTIONS)[:5] == ["information", "commitment", "optimism", "patrons", "leaders"]
    for each in FRICTIONS.values():
        assert each.label
        assert each.removed


def test_nothing_removed_is_nothing_changed(worlds):
    same = without(worlds, ())
    assert same.parameters is worlds.parameters
    assert same.values is worlds.values


def test_an_unknown_friction_is_refused_with_the_known_ones(worlds):
    with pytest.raises(InputError, match="friction"):
        without(worlds, ["informations"])


@pytest.mark.parametrize("name", list(FRICTIONS))
def test_shapes_and_types_stay_so_that_nothing_compiles_again(name, worlds):
    import jax

    before, after = jax.tree.leaves(worlds.parameters), without(worlds, [name])
    for old, new in zip(before, jax.tree.leaves(after.parameters), strict=True):
        assert (old.shape, old.dtype) == (new.shape, new.dtype)
    assert after.identity is worlds.identity
    assert after.seed == worlds.seed


def test_without_uncertainty_both_know_the_truth_from_first_to_last(played):
    data = played("information")
    truth = data["force_ratio"].values[..., None]
    np.testing.assert_allclose(data["expected_advantage"].values, truth + np.zeros(2), atol=2e-5)


def test_without_optimism_both_start_from_one_belief(played):
    first = played("optimism")["expected_advantage"].values[:, 0]
    np.testing.assert_allclose(first[:, 0], first[:, 1], atol=1e-6)
    base = played()["expected_advantage"].values[:, 0]
    assert (base[:, 0] > base[:, 1]).mean() > 0.9  # who is optimistic overrates himself


def test_with_commitment_nobody_breaks_a_settlement_or_insures_against_it(worlds, played):
    data = played("commitment")
    assert (data["broken_by"].values == -1).all()
    assert data["breach_chance"].values.max() < 1e-9
    changed = without(worlds, ["commitment"])
    assert not any(v.any() for path, v in changed.values.items() if path.endswith("fear"))
    ceasefires = changed.parameters.diplomacy.fear
    assert ceasefires is worlds.parameters.diplomacy.fear, "a ceasefire is feared as before"
    wider = data["zone_width"].values[:, 0] - played()["zone_width"].values[:, 0]
    assert wider.min() >= 0
    assert wider.max() > 0


def test_without_patrons_there_is_neither_aid_nor_pressure(worlds, played):
    assert played("patrons")["aid_absorbed"].values.max() == 0
    changed = without(worlds, ["patrons"]).parameters.patrons
    assert not changed.client_leverage.any()
    assert not changed.enemy_leverage.any()
    assert changed.fit is worlds.parameters.patrons.fit


def test_without_their_own_costs_leaders_ask_for_less(played):
    less = played("leaders")["reservation"].values[:, 0] - played()["reservation"].values[:, 0]
    assert less.max() <= 0
    assert less.min() < 0


def test_undecided_worlds_sign_nothing(worlds):
    data = run_worlds(fixtures.ukraine(), undecided(worlds))
    assert (data["attempts"].values == 0).all()
    assert np.isnan(data["first_ceasefire_week"].values).all()


# ------------------------------------------------------------------------- decomposition


def test_shares_and_what_is_left_add_to_what_it_is():
    generator = np.random.default_rng(20250701)
    table = {
        frozenset(names): generator.random(50)
        for names in ((), ("a",), ("b",), ("a", "b"))
    }  # fmt: skip
    seen = []
    found = decompose(
        lambda removed: {"gap": table[removed]}, ["a", "b"], lambda *at: seen.append(at)
    )
    split = found.split("gap")
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert split.base.mean == pytest.approx(table[frozenset()].mean())
    assert split.residual.mean == pytest.approx(table[frozenset("ab")].mean())
    total = sum(share.mean for share in split.shares.values())
    assert split.residual.mean + total == pytest.approx(split.base.mean)
    spared = table[frozenset()] - table[frozenset("a")]
    assert split.alone["a"].mean == pytest.approx(spared.mean())
    assert split.alone["a"].error == pytest.approx(spared.std(ddof=1) / np.sqrt(50))


def test_a_split_may_be_over_some_worlds():
    months = np.array([10.0, 20.0, 60.0])
    gap = np.array([0.1, 0.0, 1.0])
    found = decompose(
        lambda removed: {"months_of_war": months - 5.0 * len(removed), "gap": gap}, ["a", "b"]
    )
    assert found.within_reach().tolist() == [True, True, False]
    split = found.split("months_of_war", found.within_reach())
    assert split.base.mean == 15.0
    assert split.shares["a"].mean == pytest.approx(5.0)
    assert split.shares["a"].error == pytest.approx(0.0)


def test_the_first_run_of_all_is_the_ensemble_as_it_is(worlds, played):
    run_one = runner(fixtures.ukraine(), worlds)
    found = decompose(run_one, ["leaders", "commitment"])
    as_it_is = statistics(played())
    for name, values in found.values.items():
        np.testing.assert_array_equal(values[0], as_it_is[name])
    both = statistics(played("commitment", "leaders"))
    np.testing.assert_array_equal(found.values["months_of_war"][-1], both["months_of_war"])


@pytest.mark.parametrize("case", ["mixed", "all settled", "all frozen", "all beyond", "one world"])
def test_statistics_of_a_run(case):
    data = synthetic.CASES[case]()
    found = statistics(data)
    assert set(found) == set(STATISTICS)
    horizon = data["week"].values[-1] / 4
    months = found["months_of_war"]
    assert ((months >= 0) & (months <= horizon)).all()
    spared = found["spared_by_agreement"] + found["spared_by_victory"]
    assert (spared <= horizon - months + 1e-6).all()
    for name in ("gap", "gap_later", "settled", "won", "never_open"):
        assert ((found[name] >= 0) & (found[name] <= 1)).all()
    if case == "all frozen":
        assert (months == horizon).all()
    if case == "all settled":
        np.testing.assert_allclose(months, data["settlement_week"].values / 4)
        np.testing.assert_allclose(spared, horizon - months)
