"""The library of claims: whole, referenced, in our own words, and plain about where a test departs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ripeness.claims import claims_about, needed_settings
from ripeness.claims.check import check_against
from ripeness.claims.kinds import KINDS
from ripeness.claims.load import LIBRARY, PASSAGES, load_passages
from ripeness.claims.opponents import library_opponents
from ripeness.scenario.load import load
from ripeness.sources import Library, load_library

CLAIMS = {claim.id: claim for claim in claims_about("ukraine")}
IDS = [f"C{number:02d}" for number in range(1, 43)]

SPEAKERS = {
    "6168": {*IDS[0:6]},
    "5853": {*IDS[6:20]},
    "aac4": {*IDS[20:30]},
    "f3ef": {*IDS[30:36]},
    "5bd6": {*IDS[36:42]},
}
"""Which document makes which claims, by the beginning of its digest."""

GOING_BEYOND = ("C02", "C04", "C17", "C20", "C31", "C40", "C42")
"""Claims whose common wording says more than the passage does."""


def users_copies() -> Library:
    folder = Path(os.environ.get("RIPENESS_SOURCES", Path(__file__).parents[3] / "shared/sources"))
    if not folder.is_dir():
        pytest.skip("no folder of sources here")
    return load_library(folder)


def test_all_claims_are_there_in_order():
    assert list(CLAIMS) == IDS


def test_every_claim_has_passages_of_its_own_document_with_what_is_weak_about_it():
    passages = load_passages(LIBRARY / PASSAGES)
    assert sorted(passages) == IDS
    for document, made in SPEAKERS.items():
        for name in made:
            assert CLAIMS[name].passages == passages[name]
            assert all(each.passage.document.startswith(document) for each in passages[name])
            assert all(each.quality for each in passages[name])


def test_passages_can_be_read_from_the_users_copies():
    library = users_copies()
    passages = [each.passage for claim in CLAIMS.values() for each in claim.passages]
    assert library.verify(passages) == []


@pytest.mark.parametrize("name", IDS)
def test_where_a_test_departs_is_told(name):
    """A test is narrower than any sentence: none of these claims is tested word for word."""
    claim = CLAIMS[name]
    assert len(claim.departs.split()) >= 8
    assert claim.departs.endswith(".")
    assert claim.proposition.endswith(".")
    if name in GOING_BEYOND:
        assert any(word in claim.departs for word in ("passage", "Nixey"))


@pytest.mark.parametrize("name", IDS)
def test_a_claim_fits_the_war_that_it_is_about(name):
    assert check_against(CLAIMS[name], load("ukraine")) == []
    assert CLAIMS[name].kind in KINDS


def test_settings_are_shared_between_claims():
    """Every setting is a run of all worlds: the list must not grow without a thought."""
    moved = [name for name in IDS if needed_settings([CLAIMS[name]])]
    settings = needed_settings(CLAIMS.values())
    assert len(settings) <= 17 < len(moved)


def test_levers_that_claims_move_change_nothing_where_they_stand():
    scenario = load("ukraine")
    moved = {lever for levers in needed_settings(CLAIMS.values()) for lever in levers}
    for name in moved:
        lever = scenario.levers[name]
        neutral = {"scale": 1.0, "add": 0.0, "set": lever.default}
        assert all(lever.default == neutral[effect.operation] for effect in lever.effects)


def test_every_side_of_an_opposition_is_in_the_library():
    found = library_opponents()
    assert len(found) >= 4
    for opposition in found:
        for side in (opposition.left, opposition.right):
            assert set(side.claims) <= set(IDS)
