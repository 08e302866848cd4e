"""The inverse search finds the smallest sets, several unlike ones, and says when there are none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fixtures
from planted_moves import names_of, planted
from ripeness.cli.inverted import inverse_answer
from ripeness.errors import InputError
from ripeness.explore.inverse import search
from ripeness.explore.inverse_hunt import CHECKED
from ripeness.explore.inverse_json import as_mapping
from ripeness.explore.inverse_moves import Move, moves_of, part_way, start_of, way_of
from ripeness.explore.inverse_sets import all_pairs, representatives

WORLDS = 96
SOME = (
    "aid_level", "crimea", "desertion", "evasion", "observers", "optimism", "sanctions",
    "ultimatum", "ultimatum_kept",
)  # fmt: skip
"""Levers and issues that most tests search, of all: some 300 pairs."""


def asked(rule, target=0.5, *, stage=None, **more):
    with planted(lambda moves, fresh: rule(names_of(moves), fresh), **(stage or {})):
        asks = {"worlds": WORLDS, "only": SOME} | more
        return search(fixtures.ukraine(), target=target, **asks)


def found_in(found):
    return [names_of(each.tried.moves) for each in found.answers]


def told(found, **more):
    return " ".join(inverse_answer(fixtures.ukraine(), found, **more).split())


# ------------------------------------------------------------------------------------- what is found


def test_one_move_that_is_enough_is_found_and_no_larger_set_is_given():
    found = asked(lambda names, fresh: 0.7 if "optimism" in names else 0.2)
    assert {move.name for each in found.answers for move in each.tried.moves} == {"optimism"}
    assert all(len(each.tried.moves) == 1 for each in found.answers)


def test_two_that_are_enough_only_together_are_found_if_each_helps_a_little():
    both = {"optimism", "aid_level"}
    found = asked(lambda names, fresh: 0.2 + 0.1 * len(names & both) + 0.3 * (both <= names))
    assert found_in(found) == [both]


@pytest.mark.parametrize(
    ("both", "only"),
    [
        ({"ultimatum", "ultimatum_kept"}, ()),
        ({"crimea", "observers"}, SOME),
        ({"crimea", "sanctions"}, SOME),
    ],
)
def test_two_that_do_nothing_alone_but_work_together_are_found(both, only):
    """Luck of their own in a tenth of the worlds: pairs that do nothing differ by chance."""
    stage = {"own": 0.1}
    rule = lambda names, fresh: 0.65 if both <= names else 0.25  # noqa: E731
    found = asked(rule, worlds=256, most=2, stage=stage, only=only)
    assert both in found_in(found)
    assert all(len(each.tried.moves) == 2 for each in found.answers)


def test_two_that_do_harm_alone_but_work_together_are_found():
    both = {"ultimatum", "ultimatum_kept"}

    def rule(names, fresh):
        return 0.6 if both <= names else 0.1 if names & both else 0.25

    assert found_in(asked(rule, worlds=256, most=2)) == [both]


def test_a_third_that_works_only_with_two_others_is_found():
    two, third = {"optimism", "aid_level"}, "desertion"

    def rule(names, fresh):
        return 0.2 + 0.1 * len(names & two) + 0.3 * (names >= {*two, third})

    assert {*two, third} in found_in(asked(rule))


def test_unlike_answers_are_given():
    wanted = {"optimism", "aid_level", "crimea"}
    found = asked(lambda names, fresh: 0.6 if names & wanted else 0.1)
    assert {next(iter(names)) for names in found_in(found)} == wanted


def test_what_was_luck_in_the_worlds_searched_is_no_answer():
    found = asked(lambda names, fresh: 0.2 if fresh or "optimism" not in names else 0.9, most=1)
    assert found.answers == ()
    assert found.best.tried.moves[0].name == "optimism"
    assert found.best.tried.fresh_holds == round(0.2 * 2 * WORLDS)
    assert found.failed
    assert "None exists within the ranges" in told(found)
    assert "but not in fresh ones" in told(found)
    assert "in fresh ones in 4 of 20 worlds (38 of 192, where 96 are wanted)" in told(found)


def test_others_are_tried_where_the_first_were_luck():
    """Those that are cheaper reach the target by luck; the one that truly does comes after them."""
    lucky = {"aid_level", "optimism"}

    def rule(names, fresh):
        return 0.6 if "observers" in names or (names & lucky and not fresh) else 0.2

    killed = lambda moves: 90.0 if names_of(moves) & lucky else 100.0  # noqa: E731
    found = asked(rule, most=1, stage={"killed": killed}, only=[*lucky, "observers"])
    assert found_in(found) == [{"observers"}]
    assert found.failed == len(moves_of(fixtures.ukraine(), only=lucky))


def test_those_with_a_margin_are_tried_where_the_cheapest_were_luck():
    lucky = {*SOME} - {"observers"}

    def rule(names, fresh):
        return 0.8 if "observers" in names else 0.6 if names & lucky and not fresh else 0.2

    killed = lambda moves: 90.0 if names_of(moves) & lucky else 100.0  # noqa: E731
    found = asked(rule, most=1, stage={"killed": killed})
    assert found_in(found) == [{"observers"}]
    assert CHECKED <= found.failed < 2 * CHECKED


def test_none_within_the_ranges():
    found = asked(lambda names, fresh: 0.3, most=2)
    assert found.answers == ()
    assert found.best.tried.moves == ()
    assert found.larger is None
    assert "None exists" in told(found)
    json.dumps(as_mapping(found, fixtures.ukraine()))


def test_fewer_can_be_moved_than_an_answer_may_have():
    found = asked(lambda names, fresh: 0.3, most=4, only=["optimism"])
    assert found.answers == ()
    assert found.best.tried.moves == ()


def test_what_more_changes_would_do_is_said_when_so_few_do_not():
    helpful = {"optimism", "aid_level", "desertion", "evasion", "observers"}
    rule = lambda names, fresh: 0.1 + 0.1 * len(names & helpful)  # noqa: E731
    found = asked(rule, most=2, target=0.55)
    assert found.answers == ()
    assert names_of(found.larger.tried.moves) == helpful
    assert names_of(found.together.moves) == helpful
    assert "More changes do it, 5 together" in told(found)
    found = asked(rule, most=2, target=0.65)
    assert found.larger is None
    assert "all 5 that help by themselves" in told(found)


def test_nothing_has_to_change_where_peace_comes_as_it_is():
    found = asked(lambda names, fresh: 0.8 if not names else 0.9)
    assert found_in(found) == [set()]
    assert "Nothing has to change" in told(found)


def test_answers_that_cost_least_come_first():
    wanted = {"optimism": 80.0, "aid_level": 60.0, "desertion": 70.0}
    rule = lambda names, fresh: 0.6 if names & set(wanted) else 0.1  # noqa: E731
    killed = lambda moves: min([wanted.get(move.name, 100.0) for move in moves] or [100.0])  # noqa: E731
    found = asked(rule, stage={"killed": killed})
    assert found_in(found) == [{"aid_level"}, {"desertion"}, {"optimism"}]
    assert found.answers[0].price[0].change == pytest.approx(-40.0)
    assert "40 thousand fewer killed (of 100)" in told(found)
    moved = asked(rule, stage={"killed": killed}, least="moved")
    war = fixtures.ukraine()
    ways = [way_of(war, each.tried.moves[0]) for each in moved.answers]
    assert ways == sorted(ways)
    assert ways[0] == pytest.approx(0.5)


NAMES = ("aid_level", "optimism", "desertion")


@settings(max_examples=25, deadline=None)
@given(
    worth=st.lists(st.integers(-3, 3), min_size=12, max_size=12),
    gates=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=3),
    target=st.sampled_from([0.4, 0.5, 0.6]),
)
def test_against_exhaustive_search_of_a_few_moves(worth, gates, target):
    """As many changes as all single moves and pairs, tried one by one, say."""
    war = fixtures.ukraine()
    moves = moves_of(war, only=NAMES)
    known = dict(zip(moves, worth, strict=True))  # how much is needed is asked of others, too
    pairs = [{moves[one % len(moves)], moves[two % len(moves)]} for one, two in gates]

    def rule(chosen, fresh):
        gain = sum(known.get(move, 0) for move in chosen) + 8 * sum(
            pair <= chosen for pair in pairs
        )
        return 0.305 + 0.03 * gain  # never at a target: a world more or less decides nothing

    def reaches(chosen):
        return round(WORLDS * min(max(rule(frozenset(chosen), False), 0.0), 1.0)) >= target * WORLDS

    with planted(rule):
        found = search(war, target=target, worlds=WORLDS, most=2, only=NAMES)
    sizes = [
        size
        for size, sets in enumerate(([()], [(move,) for move in moves], all_pairs(moves)))
        if any(reaches(each) for each in sets)
    ]
    assert {len(each.tried.moves) for each in found.answers} == set(sizes[:1])


# --------------------------------------------------------------------------------- moves and pairs


def test_moves_stay_within_bounds_and_change_something():
    war = fixtures.ukraine()
    moves = moves_of(war)
    for move in moves:
        if move.term:
            assert move.setting in war.issues[move.name].levels
        else:
            lever = war.levers[move.name]
            assert lever.minimum <= move.setting <= lever.maximum
            assert move.setting != lever.default
            assert 0.0 < way_of(war, move) <= 1.0
        assert move.told(war)
    assert {move.name for move in moves if not move.term} == set(war.levers)
    assert not any(move.term for move in moves_of(war, terms=False))


def test_only_some_may_be_moved():
    war = fixtures.ukraine()
    assert names_of(moves_of(war, only=["crimea", "optimism"])) == {"crimea", "optimism"}
    assert "optimism" not in names_of(moves_of(war, without=["optimism"]))
    moved = war.with_levers(optimism=2.0)
    assert "optimism" not in names_of(moves_of(moved, held=["optimism"]))


def test_a_lever_whose_numbers_are_drawn_starts_in_their_middle():
    war = fixtures.ukraine()
    assert war.levers["evasion"].default is None
    assert start_of(war, "evasion") == pytest.approx(0.5, abs=0.01)
    half = part_way(war, Move("evasion", 0.0), 0.5)
    assert half.setting == pytest.approx(0.5 * start_of(war, "evasion"))


def test_pairs_are_made_of_the_bounds_and_of_the_best_setting():
    war = fixtures.ukraine()
    moves = moves_of(war)
    best = Move("optimism", 0.5)
    chosen = representatives(moves, lambda move: 9 if move == best else 5)
    settings_of = lambda name: {move.setting for move in chosen if move.name == name}  # noqa: E731
    assert settings_of("optimism") == {0.0, 0.5, 3.0}
    assert settings_of("aid_level") == {0.0, 3.0}
    assert not any(len(names_of(pair)) == 1 for pair in all_pairs(chosen))


@pytest.mark.parametrize(
    ("asks", "where"),
    [
        ({"target": 0.0}, "--target"),
        ({"target": 1.5}, "--target"),
        ({"target": float("nan")}, "--target"),
        ({"most": 9}, "--most"),
        ({"most": 0}, "--most"),
        ({"worlds": 1 << 20}, "--worlds"),
        ({"least": "death"}, "--least"),
        ({"only": ["optimist"]}, "--only optimist"),
        ({"without": ["crimee"]}, "--without crimee"),
        ({"only": ["crimea"], "without": ["crimea"]}, "--only, --without, --lever"),
    ],
)
def test_impossible_questions_are_refused(asks, where):
    with pytest.raises(InputError) as caught:
        search(fixtures.ukraine(), **({"target": 0.5} | asks))
    (problem,) = caught.value.problems
    assert problem.where == where
    assert problem.remedy
