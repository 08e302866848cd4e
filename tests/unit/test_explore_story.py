"""One world played again: the same world, its changes split without remainder, told in order."""

from __future__ import annotations

import json

import jax
import numpy as np
import pytest

import fixtures
from ripeness.charts.render import to_svg
from ripeness.charts.story import story_chart
from ripeness.cli.report import plain
from ripeness.errors import InputError
from ripeness.explore.causes import CAUSES, causes_of, changes_of, owner_of
from ripeness.explore.ensemble import run_worlds
from ripeness.explore.replay import one_of, replay
from ripeness.explore.story import ENDS, NEAREST, OPENS, SHUTS, STANDS, tell
from ripeness.explore.telling import NOUNS, WORDS, as_mapping, finding, tellings
from ripeness.outcomes.engine import LANES
from ripeness.outcomes.prepare import prepared
from ripeness.war.state import NOT_YET
from ripeness.worlds.draw import draw_worlds

KINDS = {
    STANDS, OPENS, SHUTS, NEAREST, "zone at last", "ceasefire", "signed", "settlement", "failed at home",
    "war resumed", "settlement broken", "new leader", "major defeat", "ultimatum", ENDS,
}  # fmt: skip
PLAYED = 12


@pytest.fixture(scope="module")
def war():
    worlds = draw_worlds(fixtures.ukraine(), LANES, fixtures.SEED)
    worlds = prepared(fixtures.ukraine(), worlds)[0]
    return worlds, run_worlds(fixtures.ukraine(), worlds)


@pytest.fixture(scope="module")
def replays(war):
    return [replay(fixtures.ukraine(), war[0], world) for world in range(PLAYED)]


@pytest.fixture(scope="module")
def stories(replays):
    return [tell(played) for played in replays]


def rounding(played):
    """No tolerance, but where long sums of a learnt value may be compiled in another order."""
    learnt = played.theory == "expectations"
    return {"rtol": 1e-4, "atol": 1e-5} if learnt else {"rtol": 0, "atol": 0}


def test_a_world_played_alone_is_the_same(war, replays):
    _, data = war
    for world, played in enumerate(replays):
        record = data.isel(world=world)
        assert played.world == world
        for kept, name in (
            (played.states.front.area, "area_held"),
            (played.states.home_front.support, "support"),
            (played.acts.zone_width, "zone_width"),
            (played.acts.reservation, "reservation"),
        ):
            known = record[name].values
            known = known[:, 0] if name == "area_held" else known
            np.testing.assert_allclose(np.asarray(kept)[..., 0], known, **rounding(played))
        np.testing.assert_array_equal(played.days, record["date"].values.astype("datetime64[D]"))


@pytest.mark.parametrize("world", [-1, LANES, 10**9])
def test_a_world_that_is_not_there_is_refused(world, war):
    with pytest.raises(InputError, match=f"0 to {LANES - 1}"):
        one_of(war[0], world)


def test_one_world_of_one(war):
    assert one_of(one_of(war[0], 5), 0).identity.tolist() == [5]


def test_causes_add_to_the_change_of_the_width(replays):
    for played in replays:
        found = changes_of(played)
        both = found.talking[1:] & found.talking[:-1]
        change = np.diff(found.width)
        np.testing.assert_allclose(found.shares[:, 1:].sum(axis=0)[both], change[both], atol=2e-5)
        assert (found.shares[:, 1:][:, ~both] == 0).all()
        if played.theory != "expectations":  # it has occasions to propose, once a quarter
            assert (found.shares[-1] == 0).all(), "none of the other theories looks at the date"


def test_what_did_not_change_caused_nothing(replays):
    leaders = [owner_of(place)[0] for place in range(len(CAUSES))].index("leaders")
    for played in replays:
        shares = changes_of(played).shares[leaders]
        new = np.asarray(played.states.home_front.new_leader)[..., 0]
        same = np.concatenate([[True], (new[1:] == new[:-1]).all(axis=1)])
        assert (shares[same] == 0).all()


def test_every_leaf_of_the_state_has_its_cause(replays):
    leaves = [
        ".".join(key.name for key in path)
        for path, _ in jax.tree_util.tree_leaves_with_path(replays[0].states)
    ]
    for cause in CAUSES:
        for named in cause.leaves:
            assert any(leaf == named or leaf.startswith(f"{named}.") for leaf in leaves) or (
                named == "diplomacy.belief"
            ), named
    assert causes_of("front.area") == (0,)
    first, second = causes_of("information.advantage")
    assert (CAUSES[first].side, CAUSES[second].side) == (0, 1)
    assert CAUSES[causes_of("manpower.troops")[0]].name == "forces"
    assert CAUSES[causes_of("diplomacy.terms.area")[0]].name == "regime"
    for leaf in leaves:
        places = causes_of(leaf)
        assert len(places) in (1, 2)


def test_stories_are_in_order_and_end(stories):
    for story in stories:
        dates = [each.date for each in story.happenings]
        assert dates == sorted(dates)
        assert {each.kind for each in story.happenings} <= KINDS
        assert [each.kind for each in story.happenings].count(ENDS) == 1
        assert story.happenings[-1].kind == ENDS
        assert story.happenings[0].kind == STANDS


def test_the_zone_opens_and_shuts_in_turns(stories):
    assert any(each.kind == OPENS for story in stories for each in story.happenings)
    for story in stories:
        stands = None
        for each in story.happenings:
            if each.kind in (OPENS, SHUTS):
                assert stands is not None
                assert (each.kind == OPENS) != stands
                assert (each.width >= 0) == (each.kind == OPENS)
                moved = sum(driver.share for driver in each.drivers)
                assert (moved > 0) == (each.kind == OPENS)
            if each.width is not None:
                stands = each.width >= 0


def test_what_is_told_of_the_regime_is_what_the_run_records(war, stories):
    _, data = war
    for story in stories:
        record = data.isel(world=story.world)
        signed = [each for each in story.happenings if each.kind == "signed"]
        assert len(signed) == int(record["attempts"])
        assert all(len(each.terms) == data.sizes["issue"] for each in signed)
        settled = [each for each in story.happenings if each.kind == "settlement"]
        assert bool(settled) == np.isfinite(float(record["settlement_week"]))
        if settled:
            week = (settled[0].date - story.days[0]).astype(int) / 7
            assert week == float(record["settlement_week"])
        assert (story.ending == NOT_YET) == (int(record["ending"]) <= 2)


def test_words_say_everything_and_nothing_strange(stories):
    assert set(WORDS) == set(NOUNS) == {owner_of(place)[0] for place in range(len(CAUSES) + 1)}
    for story in stories:
        told = [finding(story), *(text for pair in tellings(story) for text in pair)]
        for text in told:
            assert text
            strange = {"nan", "{", "  "} if "is signed" in text else {"None", "nan", "{", "  "}
            assert not any(word in text for word in strange)
        for text in told[2::2]:
            assert text[0].isupper()
            assert text.endswith(".")


def test_the_story_as_data_is_json(stories):
    for story in stories:
        data = json.loads(json.dumps(plain(as_mapping(story)), allow_nan=False))
        assert data["world"] == story.world
        assert len(data["happenings"]) == len(story.happenings)
        assert len(data["months"]["change_by_cause"]) == len(CAUSES) + 1


def test_the_picture_of_a_story(stories):
    charts = [chart for chart in map(story_chart, stories) if chart]
    assert 0 < len(charts) < len(stories), "some have nothing within reach to draw"
    for chart in charts:
        assert chart.title.startswith("World ")
        assert sum(map(len, chart.spec["datasets"].values())) < 150
        assert chart.spec["datasets"]["figures"] == chart.table.records()
    svg = to_svg(charts[0])
    assert 'role="img"' in svg
    assert "NaN" not in svg
