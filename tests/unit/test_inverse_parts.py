"""The parts of the inverse search: the book, races, what an answer costs and how much of it is needed."""

from __future__ import annotations

from unittest import mock

import numpy as np
import pytest

import fixtures
from planted_moves import PlantedStage, names_of, planted
from ripeness.explore import inverse_play
from ripeness.explore.inverse import search
from ripeness.explore.inverse_book import Book, Rung, race
from ripeness.explore.inverse_moves import Move, part_way, set_of
from ripeness.explore.inverse_need import needs
from ripeness.explore.inverse_play import Course, Job, Stage
from ripeness.explore.inverse_price import price
from ripeness.outcomes.prepare import prepared
from ripeness.outcomes.run import run

MOVES = [Move("optimism", float(number)) for number in range(40)]


def book_of(rule, worlds=256, **more):
    stage = PlantedStage(rule, worlds, fresh=False, **more)
    return Book(stage.play, worlds), stage


# ------------------------------------------------------------------------------- the book and races


def test_no_world_is_played_twice_and_those_of_a_set_are_the_first():
    told = []
    stage = PlantedStage(lambda moves, fresh: 0.5, 64, fresh=False)
    book = Book(stage.play, 64, told.append)
    sets = [(MOVES[0],), (MOVES[1],)]
    few = book.upto(sets, 16)
    book.upto([*sets, sets[0]], 40)
    every = book.upto(sets[:1])[0]
    assert stage.jobs == [
        Job(sets[0], 0, 16), Job(sets[1], 0, 16), Job(sets[0], 16, 40), Job(sets[1], 16, 40),
        Job(sets[0], 40, 64),
    ]  # fmt: skip
    assert sum(told) == book.played == 64 + 40
    assert np.array_equal(every.holds[:16], few[0].holds)
    assert book.complete() == sets[:1]
    assert book.upto(sets, 8)[0].count == 8


def test_a_race_keeps_the_best_and_plays_few_worlds_of_the_others():
    book, _ = book_of(lambda moves, fresh: 0.2 + 0.015 * max(move.setting for move in moves))
    sets = [(move,) for move in MOVES]
    left = race(book, sets, (Rung(16, 20), Rung(64, 5)), book.holds)
    assert set(left) == {(move,) for move in MOVES[-5:]}
    assert book.played == 40 * 16 + 20 * 48


def test_a_race_leaves_out_rounds_that_gain_nothing():
    book, stage = book_of(lambda moves, fresh: 0.5, worlds=32)
    sets = [(move,) for move in MOVES[:4]]
    assert race(book, sets, (Rung(16, 4), Rung(32, 2), Rung(64, 1)), book.holds) == sets
    assert not stage.jobs


# -------------------------------------------------------------------------------------- what it costs


def test_a_price_is_the_paired_difference_and_its_standard_error():
    lot, count = np.random.default_rng(3), 400
    war = fixtures.ukraine()
    patrons = len(war.patrons)
    killed, bill = lot.normal(600.0, 200.0, count), lot.normal(50.0, 9.0, (patrons, count))
    shift = lot.normal(-30.0, 8.0, count)
    without = Course(np.zeros(count, bool), killed, np.full(count, 40.0), bill)
    moved = Course(np.zeros(count, bool), killed + shift, np.full(count, 40.0), bill + 2.0)
    costs = {change.name: change for change in price(war, moved, without)}
    assert costs["killed"].change == pytest.approx(shift.mean())
    assert costs["killed"].error == pytest.approx(shift.std(ddof=1) / np.sqrt(count))
    assert abs(costs["killed"].change + 30.0) < 4.0 * costs["killed"].error
    assert costs["killed"].without == pytest.approx(killed.mean())
    assert not costs["fought"].told_from_chance
    assert {name for name in costs if name.startswith("bill.")} == {
        f"bill.{patron}" for patron in war.patrons
    }
    assert costs["bill.europe"].change == pytest.approx(2.0)


def test_one_world_tells_nothing_from_chance():
    war = fixtures.ukraine()
    one = Course(np.zeros(1, bool), np.ones(1), np.ones(1), np.ones((len(war.patrons), 1)))
    two = Course(np.zeros(1, bool), np.zeros(1), np.ones(1), np.ones((len(war.patrons), 1)))
    assert not any(change.told_from_chance for change in price(war, one, two))


# ------------------------------------------------------------------------------ how much is needed


def planted_way(threshold):
    """Share at the target from a part of the way that optimism, 1 as it is, is moved to 0."""
    war = fixtures.ukraine()
    return (
        war,
        lambda moves, fresh: (
            0.6 if any(1.0 - m.setting >= threshold - 1e-9 for m in moves if not m.term) else 0.3
        ),
    )


@pytest.mark.parametrize(
    ("threshold", "way", "half"), [(0.6, 0.625, False), (0.1, 0.125, True), (1.0, 1.0, False)]
)
def test_the_least_of_a_lever_is_found_to_an_eighth(threshold, way, half):
    war, rule = planted_way(threshold)
    book, _ = book_of(rule)
    answer = set_of([Move("optimism", 0.0), Move("crimea", "left_open", term=True)])
    book.upto([answer])
    ((need,),) = needs(war, book, [answer], 0.5)
    assert need.way == way
    assert need.least == pytest.approx(1.0 - way)
    assert need.half_is_enough is half
    assert need.half == pytest.approx(0.5)
    assert need.holds >= 0.5 * book.worlds


def test_each_lever_is_taken_back_with_the_others_as_in_the_answer():
    war = fixtures.ukraine()

    def rule(moves, fresh):
        by_name = {move.name: move.setting for move in moves}
        enough = by_name.get("optimism", 1.0) <= 0.25 and by_name.get("aid_level", 1.0) >= 2.5
        return 0.7 if enough else 0.2

    with planted(rule):
        found = search(
            war, target=0.5, worlds=64, most=2, terms=False, only=["optimism", "aid_level"]
        )
    (answer,) = found.answers
    least = {need.move.name: need.least for need in answer.needs}
    assert least == {"aid_level": 2.5, "optimism": 0.25}


def test_part_of_a_move_is_counted_from_where_the_lever_stands():
    war = fixtures.ukraine().with_levers(aid_level=2.0)
    assert part_way(war, Move("aid_level", 3.0), 0.25).setting == pytest.approx(2.25)


# ------------------------------------------------------------- many sets at once, as each by itself


@pytest.fixture(scope="module")
def stage():
    return Stage(fixtures.ukraine().with_levers(casualty_sensitivity=2.0), 96, 5, None)


SETS = [
    (),
    (Move("aid_level", 0.0),),
    (Move("foreign_force", 1.5), Move("guarantee_credibility", 0.5)),  # move the same numbers
    (Move("casualty_sensitivity", 3.0), Move("optimism", 0.0)),  # moved already
]


@pytest.mark.parametrize(
    "moves", SETS, ids=lambda moves: "+".join(sorted(names_of(moves))) or "none"
)
def test_a_set_in_a_batch_is_bitwise_the_run_of_it_alone(stage, moves):
    """The deaths, the months, the bill and whether peace holds are those of ``ripeness run``."""
    jobs = [Job((Move("desertion", 0.0),), 0, 40), Job(moves, 0, 96), Job(moves, 32, 64)]
    _, course, part = stage.play(jobs)
    levers = {move.name: move.setting for move in moves}
    data = run(stage.scenario.with_levers(**levers), worlds=96, seed=5).data
    assert np.array_equal(course.holds, data["peace_holds"].values)
    assert np.array_equal(course.killed, data["killed"].values.sum(axis=1) / 1000.0)
    assert np.array_equal(part.killed, course.killed[32:64])
    in_force = (data["regime"].values[:, 1:] == 2).sum(axis=1) * 12.0 * 4.0 / 52.0
    paid = np.nan_to_num(data["patron_cost"].values) * in_force[:, None]
    arms = data["aid_pledged"].values[:, 1:].sum(axis=1) * 4.0 / 52.0 * 12.0
    pipeline = course.bill.sum(axis=0) - paid.sum(axis=1) - arms.sum(axis=1)
    assert np.all(pipeline > 0.0)
    assert np.ptp(pipeline / pipeline.mean()) < 2.0


def test_a_term_takes_every_other_level_off_the_table(stage):
    """Another way than red lines: the table of packages made with that level only."""
    from ripeness.bargaining.packages import enumerate_packages
    from ripeness.outcomes.engine import LANES, run_chunks
    from ripeness.worlds.draw import draw_worlds

    war = stage.scenario
    worlds = prepared(war, draw_worlds(war, 96, 5))[0]
    line = next(name for name, issue in war.issues.items() if issue.territorial)
    only = {line: next(iter(war.issues[line].levels)), "guarantee": "coalition"}
    table = enumerate_packages(war, worlds, only).table
    (alone,) = run_chunks(worlds, table, war.horizon_weeks // 4, chunk=LANES)
    moves = set_of(Move(name, level, term=True) for name, level in only.items())
    free, tied = stage.play([Job((), 0, 96), Job(moves, 0, 96)])
    assert np.array_equal(tied.killed, alone.final.manpower.killed.sum(axis=0) / 1000.0)
    assert not np.array_equal(tied.killed, free.killed)


def test_sides_learn_anew_for_each_setting_of_the_levers_if_asked_to():
    war, asked = fixtures.ukraine(), []

    def learn(scenario, worlds, *, anew):
        asked.append((dict(scenario.lever_values), anew))
        return prepared(scenario, worlds)

    term = Move("crimea", "left_open", term=True)
    sets = [(), (Move("aid_level", 0.0),), (Move("aid_level", 0.0), term)]
    with mock.patch.object(inverse_play, "prepared", learn):
        stage = Stage(war, 8, 1, None, anew=True)
        assert len(list(stage.play([Job(moves, 0, 8) for moves in sets]))) == 3
    assert asked == [({}, True), ({"aid_level": 0.0}, True)]
