"""Each mechanism of the system does what the table says must be possible: M01-M08, M15, M18, M19.

Whole wars are compared in the same worlds with the same luck; they are one compiled program, so
that moving a number costs a fraction of a second.
"""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest

import fixtures
from ripeness.types import WAR

RUSSIA, UKRAINE = 0, 1
SIDE = "belligerents.ukraine."


def change(first, second, name, month, row=None):
    """Mean paired change of what is recorded in a month, and its standard error."""
    difference = (second.month(name) - first.month(name))[month]
    return fixtures.mean(np.ravel(difference if row is None else difference[row]))


# --------------------------------------------------------------------------- M01 attrition


@pytest.fixture(scope="module")
def losses():
    """Losses of the second week when one thing is different, over those when nothing is."""
    parameters, names = fixtures.numbers(combat__assault_response=2.0)

    def lost(part=None, **fields):
        return fixtures.only(
            ["calendar", "combat"], parameters, names, 2, keep=lambda s: s.combat.casualties,
            start=lambda s: fixtures.set_part(s, part, **fields) if part else s,
        )[-1]  # fmt: skip

    usual, start = lost(), parameters.combat

    def by(part, **fields):
        return lost(part, **fields) / usual

    return by, start, parameters


def test_m01_losses_grow_with_the_enemys_force_and_equipment(losses):
    by, start, _ = losses
    armed = by("combat", equipment=start.equipment * np.array([[1.0], [3.0]]))
    assert np.all(armed[RUSSIA] > 1.0)
    assert np.allclose(armed[UKRAINE], 1.0)


def test_m01_losses_grow_with_the_attack_that_a_side_chooses(losses):
    by, _, _ = losses
    bold = by("information", advantage=jnp.array([[2.0], [-2.0]]))
    assert np.all(bold[RUSSIA] > 1.0)
    assert np.all(bold[UKRAINE] < 1.0)


def test_m01_the_stronger_side_gains_ground_and_fortification_slows_it():
    strong = {"belligerents.russia.combat.quality": 0.6, SIDE + "combat.quality": -0.6}
    weak = {"belligerents.russia.combat.quality": -0.6, SIDE + "combat.quality": 0.6}
    ahead, behind = fixtures.fight(changes=strong), fixtures.fight(changes=weak)
    assert np.median(ahead.month("area_held")[6, RUSSIA]) > ahead.month("area_held")[0, RUSSIA, 0]
    difference, error = change(behind, ahead, "area_held", 6, RUSSIA)
    assert difference > 4 * error
    open_field = fixtures.fight(changes={**strong, "war.front.fortification_effect": 0.0})
    difference, error = change(ahead, open_field, "area_held", 6, RUSSIA)
    assert difference > 4 * error


# --------------------------------------------------------------------------- M02 front


def test_m02_slow_drift_and_rare_jumps_both_happen_and_events_are_dated():
    war = fixtures.base()
    moved = np.abs(np.diff(war.month("area_held")[:14, RUSSIA], axis=0))
    at_war = war.month("regime")[:13] == 0
    assert np.median(moved[at_war]) < 800 < 1500 < moved[at_war].max(), "km2 a month"
    years = (war.month("regime") == 0).sum() / 13
    rate = war.final("front", "breakthroughs").sum() / years
    assert 0.005 < rate < 1.0, "breakthroughs are rare, and there are some"
    for name in ("defeat_week", "stable_week"):
        dated = np.isfinite(war.final("front", name))
        assert 0.02 < dated.mean() < 0.98, name
    back = war.final("front", "area") < war.month("area_held")[0, RUSSIA]
    assert back.any(), "lost territory is recovered in some worlds"


def test_m02_thin_lines_are_broken_more_often():
    thick = fixtures.fight(changes={"war.front.thin_density": 20.0})
    thin = fixtures.fight(changes={"war.front.thin_density": 500.0})
    counts = [war.final("front", "breakthroughs").sum() for war in (thick, thin)]
    assert counts[1] > 3 * counts[0] + 10


# --------------------------------------------------------------------------- M03 manpower


def test_m03_men_can_bind_where_equipment_is_plentiful_and_the_run_says_when():
    short = fixtures.fight(changes={SIDE + "combat.sufficiency": 3.0, SIDE + "manpower.pool": 3e4})
    bare = fixtures.fight(changes={SIDE + "combat.sufficiency": 0.2, SIDE + "manpower.pool": 5e6})
    assert short.month("men_bind")[:13, UKRAINE].all()
    assert not bare.month("men_bind")[:3, UKRAINE].any()
    usual = fixtures.base().month("men_bind")[:, UKRAINE]
    first = np.where(usual.any(axis=0), usual.argmax(axis=0), -1)
    assert len(np.unique(first)) > 5, "the month in which men become scarce differs between worlds"


def test_m03_a_small_pool_starves_the_front_and_desertion_follows_morale():
    small = fixtures.fight(changes={SIDE + "manpower.pool": 1e5})
    for month in (12, 24):
        difference, error = change(fixtures.base(), small, "intake", month, UKRAINE)
        assert difference < -4 * error
    difference, error = change(fixtures.base(), small, "troops", 24, UKRAINE)
    assert difference < -4 * error
    loyal = fixtures.fight(changes={"war.manpower.desertion_effect": 0.0})
    sad = fixtures.base().month("morale")[12, UKRAINE] < fixtures.base().month("morale")[0, UKRAINE]
    gone = fixtures.base().final("manpower", "deserted") - loyal.final("manpower", "deserted")
    assert np.mean(gone[UKRAINE][sad] > 0) > 0.75


def test_m03_training_delays_what_recruitment_gives():
    quick = fixtures.fight(changes={SIDE + "manpower.training_weeks": 3.0})
    assert quick.final("manpower", "training")[:, UKRAINE].sum() < (
        fixtures.base().final("manpower", "training")[:, UKRAINE].sum()
    )


# --------------------------------------------------------------------------- M04 aid


def used(war):
    return np.cumsum(war.month("aid_absorbed"), axis=0)[:, UKRAINE]


def test_m04_the_same_surge_arrives_early_or_late():
    surge = {"patrons.europe.surge_week": 4.0, "patrons.united_states.surge_week": 4.0}
    extra = {}
    for delay in (6.0, 60.0):
        numbers = surge | {
            f"patrons.{who}.delay_weeks": delay for who in ("europe", "united_states")
        }
        numbers |= {f"patrons.{who}.absorption": 50.0 for who in ("europe", "united_states")}
        without, with_it = (
            fixtures.fight(changes=numbers),
            fixtures.fight(changes=numbers, aid_surge=3.0),
        )
        extra[delay] = (used(with_it) - used(without)).mean(axis=1)
    assert extra[6.0][4] > 4 * max(extra[60.0][4], 1e-6), "after four months"
    assert extra[60.0][20] > 2 * extra[60.0][8], "it comes in the end"


def test_m04_half_of_it_is_wasted_where_it_cannot_be_absorbed():
    narrow = {f"patrons.{who}.absorption": 0.5 for who in ("europe", "united_states")}
    war = fixtures.fight(changes=narrow)
    share = war.final("aid", "wasted_total") / np.maximum(
        war.final("aid", "wasted_total") + war.final("aid", "used_total"), 1e-9
    )
    patrons = list(war.worlds.names.patrons)
    assert np.median(share[patrons.index("europe")]) > 0.5
    assert np.median(share[patrons.index("north_korea")]) < 0.5


def test_m04_a_client_of_low_cohesion_uses_less():
    parameters, names = fixtures.numbers()
    spent = {}
    for morale in (1.0, 0.5):
        spent[morale] = fixtures.only(
            ["aid"], parameters, names, 4, keep=lambda s: s.aid.used,
            start=lambda s, m=morale: fixtures.set_part(
                s, "manpower", morale=s.manpower.morale * m
            ),
        )[-1]  # fmt: skip
    np.testing.assert_allclose(spent[0.5], 0.5 * spent[1.0], rtol=1e-5)


# --------------------------------------------------------------------------- M05 patrons


def test_m05_aid_falls_while_talks_are_on_and_with_fatigue():
    parameters, names = fixtures.numbers(patrons__volatility=0.0, patrons__attention_shift=0.4)

    def pledged(talks, numbers=parameters):
        return fixtures.only(
            ["patrons"], numbers, names, 26, keep=lambda s: s.patrons.military,
            before=lambda s, week: fixtures.set_part(s, "diplomacy", talks=talks),
        )  # fmt: skip

    np.testing.assert_allclose(pledged(1.0)[0], 0.6 * pledged(0.0)[0], rtol=1e-5)
    tired, _ = fixtures.numbers(patrons__volatility=0.0, patrons__fatigue=0.5)
    given = pledged(0.0, tired)
    real = given[0] > 0
    assert np.all(given[-1][real] < 0.85 * given[0][real])


def test_m05_an_impatient_patron_makes_its_client_content_with_less():
    at_once = {"patrons.united_states.impatience_months": 1.0}
    leverage = {"patrons.united_states.client_leverage": 0.2}
    calm = fixtures.fight(changes=at_once, client_pressure=0.0)
    hurried = fixtures.fight(changes=at_once | leverage)
    warring = (hurried.month("regime")[2] == 0) & (calm.month("regime")[2] == 0)
    converging = calm.worlds.names.theories.index("converging_expectations")
    warring &= calm.worlds.theory == converging  # where a reservation is a value
    lower = (hurried.month("reservation") - calm.month("reservation"))[2]
    assert np.all(lower[UKRAINE][warring] < 0)
    assert np.abs(lower[RUSSIA][warring]).max() < 0.01, "over the client, not over the enemy"


# --------------------------------------------------------------------------- M06 sanctions


def test_m06_penalties_grow_month_by_month_and_evasion_blunts_them():
    none, penalty = fixtures.base(), fixtures.fight(penalty_for_delay=0.05)
    more = penalty.month("sanctions_felt")[:, RUSSIA] - none.month("sanctions_felt")[:, RUSSIA]
    in_war = (penalty.month("regime")[:4] == 0).all(axis=0)
    assert np.all(np.diff(more[:4], axis=0)[:, in_war] > 0)
    evaded = fixtures.fight(penalty_for_delay=0.05, evasion=0.9)
    for month, blunt in ((0, 0.4), (6, 0.8)):  # new measures are not evaded at first
        felt = [each.month("sanctions_felt")[month, RUSSIA].mean() for each in (evaded, penalty)]
        assert felt[0] < blunt * felt[1]
    difference, error = change(none, penalty, "output", 24, RUSSIA)
    assert difference < -4 * error
    difference, error = change(none, penalty, "strain", 24, RUSSIA)
    assert difference > 4 * error


# --------------------------------------------------------------------------- M07 war economy


def test_m07_converting_more_output_gives_equipment_now_and_strain_later():
    ceiling = {
        "belligerents.russia.economy.war_share_ceiling": 0.3,
        "war.economy.conversion_weeks": 26.0,
    }
    usual, total = fixtures.base(), fixtures.fight(changes=ceiling)
    for name, month, sign in (("equipment", 12, 1), ("strain", 24, 1), ("output", 36, -1)):
        at_war = (usual.month("regime")[month] == 0) & (total.month("regime")[month] == 0)
        difference, error = fixtures.mean(
            (total.month(name) - usual.month(name))[month, RUSSIA][at_war]
        )
        assert sign * difference > 4 * error, name


# --------------------------------------------------------------------------- M08 home front


def test_m08_support_falls_with_losses_as_the_public_is_sensitive():
    numb, touchy = (
        fixtures.fight(casualty_sensitivity=0.0),
        fixtures.fight(casualty_sensitivity=3.0),
    )
    for side in (RUSSIA, UKRAINE):
        difference, error = change(numb, touchy, "support", 24, side)
        assert difference < -4 * error


def test_m08_leaders_costs_can_be_switched_off():
    usual, off = fixtures.base(), fixtures.fight(leader_costs=0.0)
    lower = (usual.month("reservation") - off.month("reservation"))[0]
    own = np.stack([usual.worlds.values[f"belligerents.{side}.home_front.leader_cost"]
                    for side in usual.worlds.names.sides])  # fmt: skip
    converging = usual.worlds.theory == usual.worlds.names.theories.index("converging_expectations")
    np.testing.assert_allclose(lower[:, converging], own[:, converging], atol=1e-5)


def test_m08_repression_shields_the_leader():
    free = fixtures.fight(changes={"belligerents.russia.home_front.repression": 0.0,
                                   "war.home_front.insecurity_effect": 8.0})  # fmt: skip
    firm = fixtures.fight(changes={"belligerents.russia.home_front.repression": 1.0,
                                   "war.home_front.insecurity_effect": 8.0})  # fmt: skip
    left = [war.final("home_front", "new_leader")[RUSSIA].mean() for war in (free, firm)]
    assert left[0] > left[1]
    assert np.all(firm.month("security")[:, RUSSIA] == 1.0)


# --------------------------------------------------------------------------- M15 ceasefire


PAUSES = {
    "war.diplomacy.ceasefire_chance": 1.0,
    "war.diplomacy.signing_chance": 0.0,
    "war.diplomacy.reconsider": 8.0,
    "war.diplomacy.violations": 0.1,
    "war.stalemate.pain": 0.0,
    "war.stalemate.hope": 3.0,
    "war.home_front.leader_costs": 0.0,
    "belligerents.russia.diplomacy.image": 1.0,
    "belligerents.russia.diplomacy.fear": 0.0,
    SIDE + "diplomacy.image": 1.0,
    SIDE + "diplomacy.fear": 0.0,
}
"""A war in which ceasefires are frequent and end."""


@pytest.fixture(scope="module")
def pauses():
    return fixtures.fight(changes=PAUSES)


def test_m15_a_ceasefire_freezes_the_line_but_not_all_fire(pauses):
    regime = pauses.month("regime")
    resting = (regime[:-1] == 1) & (regime[1:] == 1)
    assert resting.sum() > 100
    area = pauses.month("area_held")[:, RUSSIA]
    assert np.all(np.diff(area, axis=0)[resting] == 0)
    lost = np.diff(pauses.month("casualties"), axis=0)[:, UKRAINE]
    fighting = (regime[:-1] == 0) & (regime[1:] == 0)
    assert lost[resting].min() > 0
    assert np.median(lost[resting]) < 0.4 * np.median(lost[fighting])


def test_m15_a_ceasefire_can_be_broken_by_either_side_at_its_own_date(pauses):
    week, by = pauses.final("diplomacy", "resumed_week"), pauses.final("diplomacy", "resumed_by")
    assert len(np.unique(week[np.isfinite(week)])) > 5
    assert RUSSIA in by
    stronger = {SIDE + "combat.quality": 1.0, "belligerents.russia.combat.quality": -1.0}
    other = fixtures.fight(changes=PAUSES | stronger).final("diplomacy", "resumed_by")
    assert (other == UKRAINE).sum() > (by == UKRAINE).sum()
    never = fixtures.fight(
        changes={"war.diplomacy.reconsider": 0.0, "war.diplomacy.ceasefire_chance": 1.0}
    )
    assert np.isnan(never.final("diplomacy", "resumed_week")).all()


# --------------------------------------------------------------------------- M18 escalation


def test_m18_exit_beyond_the_model_rises_with_tension():
    parameters, names = fixtures.numbers(
        worlds=256, escalation__exit_effect=4.0, escalation__exit_rate=0.05,
        escalation__calm_weeks=500.0,
    )  # fmt: skip
    share = []
    for tension in (0.1, 0.9):
        left = fixtures.only(
            ["escalation"], parameters, names, 26, keep=lambda s: s.escalation.left,
            start=lambda s, t=tension: fixtures.set_part(s, "escalation", tension=t),
        )  # fmt: skip
        share.append(left[-1].mean())
    assert share[1] > 3 * share[0] + 0.05


def test_m18_nothing_escalates_in_a_ceasefire_and_threats_hold_patrons_back():
    parameters, names = fixtures.numbers(escalation__exit_rate=1.0, escalation__signal_rate=50.0)
    left, signals = fixtures.only(
        ["escalation"], parameters, names, 52,
        keep=lambda s: (s.escalation.left, s.escalation.signals),
        before=lambda s, week: fixtures.set_part(s, "diplomacy", regime=1),
    )  # fmt: skip
    assert not left.any()
    assert not signals.any()
    bold = fixtures.fight(
        changes={"war.escalation.signal_rate": 30.0, "war.escalation.restraint": 0.2}
    )
    meek = fixtures.fight(
        changes={"war.escalation.signal_rate": 30.0, "war.escalation.restraint": 0.0}
    )
    difference, error = change(meek, bold, "willingness", 12, 0)
    assert difference < -4 * error


def test_m18_a_larger_surge_raises_tension():
    usual, surge = fixtures.base(), fixtures.fight(aid_surge=5.0)
    difference, error = change(usual, surge, "tension", 3)
    assert difference > 4 * error


# --------------------------------------------------------------------------- M19 ultimata


@pytest.mark.parametrize(("progress", "regime"), [(False, 0), (True, 0), (False, 1)])
def test_m19_an_ultimatum_is_carried_out_only_in_vain_and_with_its_chance(progress, regime):
    parameters, names = fixtures.numbers(
        worlds=512, sanctions__deadline_week=10.0, sanctions__ultimatum_kept=0.3
    )
    done, now = fixtures.only(
        ["calendar"], parameters, names, 16,
        keep=lambda s: (s.calendar.ultimatum, s.calendar.ultimatum_now),
        before=lambda s, week: fixtures.set_part(s, "diplomacy", progress=progress, regime=regime),
    )  # fmt: skip
    assert not done[:10].any()
    share = done[-1].mean()
    if progress or regime == 1:
        assert share == 0
    else:
        assert abs(share - 0.3) < 4 * np.sqrt(0.3 * 0.7 / 512)
        assert np.array_equal(done[10], done[-1]), "it never lapses"
        assert now.sum(axis=0).max() == 1, "it comes once"


def test_m19_what_was_threatened_is_done_in_arms_and_sanctions():
    bluff, kept = (fixtures.fight(ultimatum=24.0, ultimatum_kept=chance) for chance in (0.0, 1.0))
    felt = (kept.month("sanctions_felt") - bluff.month("sanctions_felt"))[7, RUSSIA]
    assert (felt > 0).mean() > 0.3
    # It is foreseen, so that some sign before it, for relief: only who fights in both is compared.
    both = (bluff.month("regime")[:8] == WAR).all(axis=0) & (kept.month("regime")[:8] == WAR).all(
        axis=0
    )
    assert felt[both].min() >= 0
    difference, error = change(bluff, kept, "aid_absorbed", 18, UKRAINE)
    assert difference > 4 * error
