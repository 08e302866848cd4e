"""Boxes that claims share: each once, widest first, every claim somewhere, counts as planted."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.claims.discovery import Feature, Truth, describe, grid_of, shared_boxes
from ripeness.claims.discovery.grid import YES_OR_NO

WORLDS = 1200
RANDOM = np.random.default_rng(7)
FLAG = (RANDOM.random(WORLDS) < 0.3).astype(float)
X, Y, LOT = (RANDOM.random(WORLDS) for _ in range(3))
GRID = grid_of(
    [
        Feature("flag", "flag", YES_OR_NO, FLAG, "that have it", "that have it not"),
        Feature("x", "quantity", "km", X),
        Feature("y", "noise", "km", Y),
    ]
)
EVERYWHERE = np.ones(WORLDS, dtype=bool)
SOME = X < 0.9

PLANTED = {
    "C01": Truth(EVERYWHERE, FLAG > 0),  # the flag, exactly
    "C02": Truth(EVERYWHERE, np.where(FLAG > 0, 0.2, 0.9) > LOT),  # the other way round, with luck
    "C03": Truth(SOME, (X < 0.4) & SOME),
    "C04": Truth(EVERYWHERE, LOT[::-1] < 0.5),  # luck alone
    "C05": Truth(EVERYWHERE, EVERYWHERE),
    "C06": Truth(EVERYWHERE, ~EVERYWHERE),
    "C07": Truth(EVERYWHERE, np.arange(WORLDS) < 5),
}


@pytest.fixture(scope="module")
def found():
    return shared_boxes(
        {
            name: (truth, describe(GRID, truth.tested, truth.holds))
            for name, truth in PLANTED.items()
        }
    )


def test_a_flag_and_its_opposite_are_one_box(found):
    (box,) = [each for each in found.boxes if each.restrictions[0].feature.name == "flag"]
    assert [member.claim for member in box.members] == ["C01", "C02"]
    assert box.condition == "that have it"  # the narrower of the two
    assert box.worlds == int(FLAG.sum())


def test_counts_are_of_the_half_that_chose_nothing(found):
    members = {member.claim: member for box in found.boxes for member in box.members}
    exact = members["C01"]
    assert exact.inside[0] == exact.inside[1]
    assert exact.elsewhere[0] == 0
    for name, member in members.items():
        judged = member.inside[1] + member.elsewhere[1]
        assert judged == pytest.approx(PLANTED[name].tested.sum() / 2, abs=2)
    holds, of = members["C02"].inside
    error = np.sqrt(0.2 * 0.8 / of)
    assert holds / of == pytest.approx(0.2, abs=4 * error)


def test_boxes_come_widest_first_and_each_once(found):
    sizes = [box.worlds for box in found.boxes]
    assert sizes == sorted(sizes, reverse=True)
    assert len({frozenset(box.restrictions) for box in found.boxes}) == len(found.boxes)


def test_every_claim_is_under_a_box_or_told_why_not(found):
    boxed = {member.claim for box in found.boxes for member in box.members}
    unboxed = [name for names in found.without.values() for name in names]
    assert boxed == {"C01", "C02", "C03"}
    assert sorted([*boxed, *unboxed]) == sorted(PLANTED)


def test_one_line_per_box(found):
    lines = found.words
    told = [line for line in lines if line.startswith("Worlds ")]
    assert len(told) == len(found.boxes) == 2
    assert any("C01 holds in all, elsewhere in none; C02 in " in line for line in told)
    assert "No single condition tells the worlds apart: C04." in lines
    assert "Holding in every world that tests them: C05." in lines
    assert "Holding in no world that tests them: C06." in lines
    assert "Holding in too few worlds to tell what sets them apart: C07." in lines


def test_the_mapping_says_the_same(found):
    plain = found.as_mapping()
    assert plain["words"] == list(found.words)
    assert [box["worlds"] for box in plain["boxes"]] == [box.worlds for box in found.boxes]
    first = plain["boxes"][0]["claims"][0]
    assert set(first) == {"claim", "inside", "elsewhere", "bits_saved"}


def test_no_claims_share_nothing():
    assert shared_boxes({}).words == ()
