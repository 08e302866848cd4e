"""Stalls in paired worlds: what is taken away is gone, what works through nothing gains nothing."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import fixtures
from ripeness.bargaining.packages import enumerate_packages
from ripeness.explore.ensemble import run_worlds
from ripeness.explore.sincerity import Sincerity, sincerity_of
from ripeness.explore.stage import Play, play, staged, taking
from ripeness.explore.stalling import CHANNELS, EFFECTS, MOTIVES
from ripeness.outcomes.sincerity import KINDS, PAUSE, SEEN
from ripeness.worlds.draw import Worlds, draw_worlds

THEORIES = ("unequal_priors", "hurting_stalemate")
WORLDS = 128


@cache
def drawn() -> Worlds:
    """Worlds of two theories that need not learn, half of each."""
    worlds = draw_worlds(fixtures.ukraine(), WORLDS, fixtures.SEED).decided_by(THEORIES, 0)
    return replace(worlds, theory=(np.arange(WORLDS) % 2).astype(np.int32))


@cache
def packages():
    return enumerate_packages(fixtures.ukraine(), drawn())


def played(worlds: Worlds) -> Play:
    return play(worlds, packages(), fixtures.MONTHS)


@cache
def as_it_is() -> Play:
    return played(staged(drawn()))


@cache
def found() -> Sincerity:
    return sincerity_of(fixtures.ukraine(), drawn())


def changed(group: str, name: str, value: float) -> Worlds:
    worlds = drawn()
    old = worlds.parameters[group]
    new = old.replace(**{name: np.full_like(old[name], value)})
    return replace(worlds, parameters=worlds.parameters.replace(**{group: new}))


def test_with_nothing_taken_away_the_worlds_go_as_in_a_run():
    data = run_worlds(fixtures.ukraine(), drawn(), packages())
    for name in ("attending", "real", "rank", "zone_open"):
        assert np.array_equal(np.moveaxis(as_it_is().months[name], -1, 0), data[name].values), name
    assert np.array_equal(np.moveaxis(as_it_is().months["held"], -1, 0), data["area_held"].values)


def test_a_side_that_does_not_care_for_its_image_never_comes_to_be_seen():
    nobody = played(staged(changed("diplomacy", "image", 0.0))).attendance()
    for side in range(2):
        assert nobody.months(side)[KINDS[SEEN]] == 0
        assert nobody.months(side)[KINDS[PAUSE]] > 0
    alone = played(taking(staged(drawn()), "unseen", 0)).attendance()
    assert alone.months(0)[KINDS[SEEN]] == 0
    assert alone.months(1)[KINDS[SEEN]] > 0


@pytest.mark.parametrize("side", [0, 1])
def test_a_side_that_comes_only_to_sign_never_stalls(side):
    strict = played(taking(staged(drawn()), "strict", side)).attendance()
    months = strict.months(side)
    assert months[KINDS[SEEN]] + months[KINDS[PAUSE]] == 0
    share = strict.real_share(side)
    assert set(share[np.isfinite(share)]) <= {1.0}


def test_shares_lie_between_nothing_and_all():
    for side in range(2):
        share = found().attendance.real_share(side)
        assert np.nanmin(share) >= 0.0
        assert np.nanmax(share) <= 1.0


def test_channels_and_motives_add_to_the_gain():
    for stalls in found().stalls:
        for enemy in (False, True):
            split = stalls.split(enemy=enemy)
            parts = sum(each.mean for each in split.channels.values()) + split.remains.mean
            assert parts == pytest.approx(split.gain.mean, abs=1e-12)
            motives = sum(each.mean for each in split.motives.values())
            assert motives == pytest.approx(split.gain.mean, abs=1e-12)


def test_with_all_channels_off_a_stall_gains_nothing():
    assert found().stalls[0].channels == tuple(CHANNELS)
    for stalls in found().stalls:
        assert np.abs(stalls.gain[:, -1]).max() == 0.0


def test_what_one_side_gains_by_theories_adds_to_what_it_gains_in_all():
    mapping = found().as_mapping()
    assert sum(part["worlds"] for part in mapping["by_theory"].values()) == WORLDS
    for side in drawn().names.sides:
        gains = [
            part["worlds"] * part["sides"][side]["stalls"]["own"]["gain"]["mean"]
            for part in mapping["by_theory"].values()
        ]
        whole = mapping["all"]["sides"][side]["stalls"]["own"]["gain"]["mean"]
        assert sum(gains) / WORLDS == pytest.approx(whole)


def test_where_talks_move_nobody_coming_to_be_seen_changes_nothing():
    silent = changed("patrons", "attention_shift", 0.0)
    old = silent.parameters.mediators
    none = old.replace(information=np.zeros_like(old.information))
    silent = replace(silent, parameters=silent.parameters.replace(mediators=none))
    told = sincerity_of(fixtures.ukraine(), silent)
    for stalls in told.stalls:
        assert stalls.channels == ("rest",)
        assert stalls.split().channels["aid"].mean == 0.0
        for name in EFFECTS:
            assert np.abs(stalls.effects[MOTIVES[0]][name]).max() == 0.0, name


def test_patrons_who_look_at_talks_give_less_while_the_enemy_stalls():
    """A planted truth: all of the patrons' attention moves to talks."""
    worlds = staged(changed("patrons", "attention_shift", 1.0))
    usual, without = (
        each.measured()["aid"] for each in (played(worlds), played(taking(worlds, "strict", 0)))
    )
    difference, error = fixtures.mean(usual[1] - without[1])
    assert difference < -4 * error < 0


def test_no_rest_by_talking_is_fewer_ceasefires():
    alert = played(taking(staged(drawn()), "alert", 1)).measured()["paused"]
    assert (alert <= as_it_is().measured()["paused"]).all()
    assert alert.sum() < as_it_is().measured()["paused"].sum()
