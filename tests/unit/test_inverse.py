"""The inverse search finds the smallest sets, several unlike ones, and says when there are none."""

from __future__ import annotations

import json
from unittest import mock

import numpy as np
import pytest

import fixtures
from ripeness.bargaining.frontier import NOTHING
from ripeness.bargaining.packages import enumerate_packages
from ripeness.cli.inverted import inverse_answer
from ripeness.cli.main import main
from ripeness.errors import InputError
from ripeness.explore import inverse
from ripeness.explore.inverse import Move, as_mapping, held_in, moves_of, search
from ripeness.scenario.load import load
from ripeness.worlds.draw import draw_worlds

WORLDS = 100


def planted(rule):
    """Search where peace holds as a rule of the moves' names says."""

    def play(scenario, moves, worlds, seed, theory, anew):
        names = {move.name for move in moves}
        return round(worlds * rule(names, seed > inverse.FRESH_SEED))

    return mock.patch.object(inverse, "held_in", play)


def asked(rule, target=0.5, **more):
    with planted(rule):
        return search(fixtures.ukraine(), target=target, worlds=WORLDS, **more)


def test_one_move_that_is_enough_is_found_and_no_larger_set_is_given():
    found = asked(lambda names, fresh: 0.7 if "optimism" in names else 0.2)
    assert {move.name for each in found.answers for move in each.moves} == {"optimism"}
    assert all(len(each.moves) == 1 for each in found.answers)


def test_two_that_are_enough_only_together_are_found_if_each_helps_a_little():
    def rule(names, fresh):
        return (
            0.2
            + 0.1 * len(names & {"optimism", "aid_level"})
            + 0.3 * ({"optimism", "aid_level"} <= names)
        )

    found = asked(rule)
    assert [{move.name for move in each.moves} for each in found.answers] == [
        {"optimism", "aid_level"}
    ]


def test_unlike_answers_are_given():
    found = asked(lambda names, fresh: 0.6 if names & {"optimism", "aid_level", "crimea"} else 0.1)
    assert {each.moves[0].name for each in found.answers} == {"optimism", "aid_level", "crimea"}


def test_what_was_luck_in_the_worlds_searched_is_no_answer():
    found = asked(lambda names, fresh: 0.2 if fresh or "optimism" not in names else 0.9, most=1)
    assert found.answers == ()
    assert found.best.moves[0].name == "optimism"
    assert found.best.fresh_holds == round(0.2 * 2 * WORLDS)
    text = inverse_answer(fixtures.ukraine(), found, anew=False)
    assert "None exists within the ranges" in text
    assert "in fresh worlds in 4 of 20 worlds" in text


def test_none_within_the_ranges():
    found = asked(lambda names, fresh: 0.3, most=2)
    assert found.answers == ()
    assert found.best.moves == ()
    json.dumps(as_mapping(found, fixtures.ukraine()))


@pytest.mark.parametrize(
    ("target", "most", "what"), [(0.0, 2, "--target"), (1.5, 2, "--target"), (0.5, 9, "--most")]
)
def test_impossible_questions_are_refused(target, most, what):
    with pytest.raises(InputError) as caught:
        search(fixtures.ukraine(), target=target, most=most)
    assert caught.value.problems[0].where == what


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
        assert move.told(war)
    assert {move.name for move in moves if not move.term} == set(war.levers)
    assert not any(move.term for move in moves_of(war, terms=False))


def test_a_term_that_must_be_in_is_in_every_package():
    war = fixtures.ukraine()
    worlds = draw_worlds(war, 64, 2)
    found = enumerate_packages(war, worlds, {"guarantee": "coalition"})
    place = found.issues.index("guarantee") - 1
    level = found.levels["guarantee"].index("coalition")
    real = found.table.value[0] > NOTHING / 2
    assert real.any()
    assert np.all(found.levels_of(found.table.package)[..., place][real] == level)


def test_nothing_is_held_where_nothing_can_be_signed():
    war = load("template")
    word = next(name for name, issue in war.issues.items() if not issue.territorial)
    level = next(iter(war.issues[word].levels))
    usual = held_in(war, (), 64, 1, None, False)
    assert 0 < usual <= 64
    assert 0 <= held_in(war, (Move(word, level, term=True),), 64, 1, None, False) <= 64


def test_the_command_says_what_is_wrong(capsys):
    assert main(["policy", "inverse", "template", "--target", "7"]) == 2
    assert "--target" in capsys.readouterr().err
    assert main(["policy", "outverse", "template"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_the_command_answers(capsys):
    words = ["policy", "inverse", "template", "--worlds", "32", "--most", "1", "--levers-only"]
    assert main([*words, "--target", "0.01", "--json", "--quiet"]) == 0
    result = json.loads(capsys.readouterr().out)["result"]
    assert result["base"]["worlds"] == 32
    assert result["answers"]
