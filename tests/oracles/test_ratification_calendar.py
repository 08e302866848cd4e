"""The calendar of ratification: dates by hand, in the war, and in what sides expect of them."""

from __future__ import annotations

import datetime

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

import fixtures
from ripeness.bargaining.agreement import at_home
from ripeness.errors import InputError
from ripeness.scenario.load import load
from ripeness.types import MONTHS_PER_YEAR, WEEKS_PER_MONTH
from ripeness.war.ratification import chance_to_pass, foreseen_wait, months_to_force
from ripeness.worlds.bundle import Bundle

Calendar = list[tuple[int, int, int, bool]]
"""Votes: first week, weeks that it lasts, weeks until the next (0: none), whether it is always needed."""


def parameters_with(votes: Calendar, months: float = 2.0) -> Bundle:
    rows = np.array(votes, dtype=np.float32).reshape(-1, 4)
    column = lambda place: jnp.asarray(rows[:, place, None])  # noqa: E731
    one = jnp.ones(1)
    return Bundle(
        diplomacy=Bundle(
            ratification_months=one * months, ratification_chance=one * 0.8,
            ceasefire_cost=one * 0.3, war_cost=jnp.full((2, 1), 0.05),
        ),
        calendar=Bundle(
            vote_first=column(0), vote_weeks=column(1), vote_every=column(2), vote_always=column(3),
        ),
    )  # fmt: skip


def months(votes: Calendar, week: int, asked: int = 0, wait: float = 0.0) -> float:
    given = (jnp.full(1, wait), jnp.full(1, asked, dtype=jnp.int32), jnp.full(1, float(week)))
    return float(months_to_force(*given, parameters_with(votes))[0])


def by_hand(votes: Calendar, week: int, asked: int, wait: float) -> float:
    """The same, walking through the weeks."""
    ready = week + WEEKS_PER_MONTH * max(round(2.0 + wait), 1)
    last = ready
    for place, (first, lasts, every, always) in enumerate(votes):
        if not (always or asked >> place & 1):
            continue
        here = ready
        while not held(here, first, lasts, every):
            here += 1
        last = max(last, here)
    return max(round(2.0 + wait), 1) + int(np.ceil((last - ready) / WEEKS_PER_MONTH))


def held(week: int, first: int, lasts: int, every: int) -> bool:
    if week < first:
        return False
    return not every or (week - first) % every < lasts


def test_without_votes_only_preparation_counts():
    assert months([], 0) == 2.0
    assert months([], 100, wait=3.4) == 5.0
    assert months([], 0, wait=-5.0) == 1.0


def test_an_election_day_is_waited_for_and_no_longer_once_it_is_over():
    election = [(40, 1, 0, True)]
    assert months(election, 0) == 10.0
    assert months(election, 32) == 2.0
    assert months(election, 200) == 2.0


def test_only_levels_that_ask_for_a_vote_wait_for_it():
    votes = [(40, 1, 0, False), (60, 1, 0, False)]
    assert months(votes, 0) == 2.0
    assert months(votes, 0, asked=1) == 10.0
    assert months(votes, 0, asked=2) == 15.0
    assert months(votes, 0, asked=3) == 15.0


def test_a_recess_is_waited_out():
    sessions = [(0, 40, 52, True)]
    assert months(sessions, 20) == 2.0  # ready in week 28, in session
    assert months(sessions, 36) == 4.0  # ready in week 44; the next session begins in week 52
    assert months(sessions, 88) == 4.0  # and so a year later


@given(
    votes=some.lists(
        some.tuples(
            some.integers(-60, 120), some.integers(1, 20), some.sampled_from([0, 20, 26, 52]), some.booleans()
        ),
        max_size=3,
    ),
    week=some.integers(0, 65).map(lambda month: 4 * month),
    asked=some.integers(0, 7),
    wait=some.integers(0, 12),
)  # fmt: skip
def test_dates_agree_with_a_walk_through_the_weeks(votes, week, asked, wait):
    assert months(votes, week, asked, float(wait)) == by_hand(votes, week, asked, wait)


def test_what_is_foreseen_is_what_comes():
    votes, nobody = [(40, 1, 0, True)], jnp.zeros(1, dtype=jnp.int32)
    p = parameters_with(votes)
    wait = foreseen_wait(jnp.zeros(1), nobody, jnp.zeros(1), p)
    assert float(wait[0]) == months(votes, 0) - 2.0


def test_a_surplus_that_comes_late_or_may_fail_is_worth_less_by_the_equation():
    nobody = jnp.zeros(1, dtype=jnp.int32)
    date = (jnp.zeros(1), nobody, jnp.zeros(1))
    for votes, waited in (([], 2.0), ([(40, 1, 0, True)], 10.0)):
        found = at_home(jnp.full((2, 1), 0.2), jnp.full(1, 0.5), date, parameters_with(votes))
        waiting = 0.3 * 0.05 * waited / MONTHS_PER_YEAR
        assert np.allclose(found, (0.4 / 0.6) * 0.2 - waiting)
        lacks = at_home(jnp.full((2, 1), -0.2), jnp.full(1, 0.5), date, parameters_with(votes))
        assert np.allclose(lacks, -0.2 - waiting)


# ------------------------------------------------------------------------------------ in the war


def with_vote(tmp_path, week: int | None, name: str = "calendar", **more: object) -> object:
    """Return ``ukraine`` with an election that every settlement waits for, so many weeks from the start."""
    text = f"ripeness: 1\nextends: ukraine\nname: {name}\ntitle: Calendar\n"
    if week is not None:
        day = fixtures.ukraine().start + datetime.timedelta(weeks=week)
        extra = "".join(f"    {key}: {value}\n" for key, value in more.items())
        text += (
            f"votes:\n  election:\n    label: Election\n    side: ukraine\n    first: {day}\n"
            f"    always: true\n{extra}"
        )
    path = tmp_path / f"{name}.yaml"
    path.write_text(text)
    return load(str(path))


def test_no_settlement_is_in_force_before_the_election_and_sides_sign_less_before_it(tmp_path):
    week = 120
    usual = fixtures.base("converging_expectations")
    late = fixtures.fight(
        with_vote(tmp_path, week), theory="converging_expectations", learnt=fixtures.shipped()
    )
    dates = late.final("diplomacy", "settlement_week")
    known = np.isfinite(dates)
    assert known.sum() > 20
    assert dates[known].min() >= week
    early = usual.final("diplomacy", "settlement_week")
    assert (early[np.isfinite(early)] < week - 4).sum() > 10
    # A pending deal waits in silence: what was signed early is in force in the month of the election.
    assert np.isin(dates[known], np.arange(week, week + 8)).sum() > 5


@pytest.mark.parametrize("week", [None, 120])
def test_a_settlement_is_in_force_in_the_month_that_the_equation_says(tmp_path, week):
    """In worlds with one signature: signed in month m, in force in week 4 (m + months to force)."""
    scenario = with_vote(tmp_path, week, name="dated")
    run = fixtures.fight(scenario, theory="converging_expectations", learnt=fixtures.shipped())
    signed = run.month("signatures")
    once = signed[-1] == 1
    in_force = run.final("diplomacy", "settlement_week")
    here = once & np.isfinite(in_force)
    assert here.sum() > 20
    month = (signed > 0).argmax(axis=0) - 1  # recorded at the start of the month after
    terms = run.state().diplomacy.terms
    given = (terms.wait, terms.votes, WEEKS_PER_MONTH * month.astype(np.float32))
    device = jax.tree.map(jnp.asarray, (*given, run.worlds.parameters))
    told = np.asarray(months_to_force(*device))
    assert np.array_equal(in_force[here], (WEEKS_PER_MONTH * (month + told))[here])


def test_sides_that_expect_value_a_deal_less_the_later_its_election(tmp_path):
    """Same worlds, same knowledge, the same day: only the date of the vote is moved."""
    found = []
    for week in (8, 60, 160):
        war = with_vote(tmp_path, week, name=f"w{week}")
        run = fixtures.fight(war, theory="expectations", learnt=fixtures.shipped(), months=4)
        found.append(np.nan_to_num(run.month("zone_width")[1], nan=-1.0).mean())
    assert found[0] > found[1] > found[2]


POLL = "votes: {poll: {label: Poll, first: 2026-01-01, always: true, %s}}"


@pytest.mark.parametrize(
    ("lines", "what", "line"),
    [
        (POLL % "side: nobody", "no belligerent", 5),
        (POLL.replace("2026-01-01", "2026-13-01") % "side: russia", "must be a date", 5),
        (POLL % "side: russia, weeks: 30, every_weeks: 20", "cannot begin again", 5),
        ("issues:\n  elections:\n    levels:\n      referendum:\n        votes: [poll]", "no vote", 9),
    ],
)  # fmt: skip
def test_a_calendar_that_makes_no_sense_is_named_with_its_line(tmp_path, lines, what, line):
    path = tmp_path / "war.yaml"
    path.write_text(f"ripeness: 1\nextends: ukraine\nname: war\ntitle: War\n{lines}\n")
    with pytest.raises(InputError) as caught:
        load(str(path))
    (problem,) = caught.value.problems
    assert what in problem.what
    assert f"war.yaml:{line}" in problem.where
    assert problem.remedy


def test_a_calendar_compiles_nothing_anew_when_its_dates_move():
    p = parameters_with([(40, 1, 0, True)])
    program = jax.jit(
        lambda p, week: months_to_force(jnp.zeros(1), jnp.zeros(1, dtype=jnp.int32), week, p)
    )
    program(p, jnp.zeros(1))
    program(parameters_with([(80, 3, 52, False)]), jnp.ones(1))
    assert program._cache_size() == 1


# ------------------------------------------------------------------------------------- the chance


@given(chance=some.floats(0.01, 0.99), ratio=some.floats(0.0, 10.0), more=some.floats(0.0, 10.0))
def test_levels_multiply_the_odds_of_passing(chance, ratio, more):
    p = Bundle(diplomacy=Bundle(ratification_chance=jnp.full(1, chance)))
    passes = lambda r: float(chance_to_pass(jnp.full(1, r), p)[0])  # noqa: E731
    odds = chance / (1 - chance) * ratio
    assert np.isclose(passes(ratio), odds / (1 + odds), atol=1e-5)
    assert np.isclose(passes(1.0), chance, atol=1e-5)
    assert passes(min(ratio, more)) <= passes(max(ratio, more)) + 1e-6


@pytest.mark.parametrize(
    ("chance", "ratio", "passes"), [(0, 2, 0), (1, 0.3, 1), (0.5, 0, 0), (1, 0, 0)]
)
def test_certainty_and_its_opposite_stay_what_they_are(chance, ratio, passes):
    p = Bundle(diplomacy=Bundle(ratification_chance=jnp.full(1, float(chance))))
    assert float(chance_to_pass(jnp.full(1, float(ratio)), p)[0]) == passes
