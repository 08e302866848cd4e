"""Drift: how far verdicts are apart, what differs between two runs, and what moved them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripeness.claims.attribution import Setting, Standing, attribute, told
from ripeness.claims.changed import Change, changes, digest_of, replaced
from ripeness.claims.drift import difference, shifts
from ripeness.claims.drift import told as told_shift
from ripeness.claims.load import library_claims
from ripeness.outcomes.stamp import RECORD, SIMULATION, TESTING, _digest, stamp

COUNTS = st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


def verdict(name="C01", word="depends", holds=50, of=100, **more):
    return {
        "id": name,
        "speaker": "S",
        "proposition": "p",
        "verdict": word,
        "holds": holds,
        "of": of,
    } | more


# ------------------------------------------------------------------------------ how far apart


def test_the_interval_is_that_of_the_published_example():
    """56 of 70 against 48 of 80: Newcombe (1998), Statistics in Medicine 17, table II, method 10."""
    found = difference((48, 80), (56, 70))
    assert found.size == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert found.beyond_luck


@given(COUNTS, COUNTS)
def test_exchanging_the_runs_turns_the_difference_round(one, other):
    there, back = difference(one, other), difference(other, one)
    assert there.size == pytest.approx(-back.size)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert -1.0 - 1e-9 <= there.low <= there.size <= there.high <= 1.0 + 1e-9


def test_luck_alone_is_rarely_taken_for_more():
    """Of runs of one and the same war, about 1 in 20 differ beyond luck; four standard errors are allowed."""
    random, trials = np.random.default_rng(7), 2000
    pairs = random.binomial(200, 0.3, (trials, 2))
    false = sum(difference((int(a), 200), (int(b), 200)).beyond_luck for a, b in pairs)
    assert false / trials < 0.05 + 4 * np.sqrt(0.05 * 0.95 / trials)
    moved = random.binomial(200, 0.6, trials)
    found = sum(
        difference((int(a), 200), (int(b), 200)).beyond_luck
        for (a, _), b in zip(pairs, moved, strict=True)
    )
    assert found > 0.99 * trials


# ------------------------------------------------------------------------------ what has moved


def test_the_same_verdicts_have_not_moved():
    listed = [verdict(), verdict("C02", "untested", 0, 0)]
    assert shifts(listed, listed) == ()


def test_flips_shifts_new_and_gone_claims_are_told_apart():
    before = [
        verdict("C01", "supported", 90),
        verdict("C02", "depends", 40),
        verdict("C03"),
        verdict("C04"),
    ]
    after = [
        verdict("C01", "depends", 82),
        verdict("C02", "depends", 65),
        verdict("C03", holds=55),
        verdict("C05"),
    ]
    found = {shift.id: shift for shift in shifts(before, after)}
    assert {name: shift.how for name, shift in found.items()} == {
        "C01": "flipped", "C02": "shifted", "C05": "new", "C04": "gone",
    }  # fmt: skip
    assert not found["C01"].difference.beyond_luck
    assert "no more than the luck" in told_shift(found["C01"])
    assert told_shift(found["C02"]).startswith(
        "is still dependent on the world: it held in 8 of 20"
    )
    assert "5.0 of 20 more (2.2 to 7.5)" in told_shift(found["C02"])


def test_a_claim_that_can_no_longer_be_tested_is_a_flip_without_a_difference():
    (shift,) = shifts([verdict()], [verdict(word="untested", holds=0, of=0)])
    assert shift.how == "flipped"
    assert shift.difference is None
    assert told_shift(shift) == "was dependent on the world, is now untested."


def test_a_number_over_all_worlds_is_compared_in_its_unit():
    number = {"name": "ratio", "value": 6.0, "low": 5.0, "high": 7.0, "unit": "times"}
    lower = number | {"value": 3.0, "low": 2.5, "high": 3.5}
    (shift,) = shifts([verdict(measured=number)], [verdict(measured=lower)])
    assert shift.how == "shifted"
    assert "It is 3 times lower (1.88 to 4.12)" in told_shift(shift)
    assert shifts([verdict(measured=number)], [verdict(holds=1, measured=number)]) == ()


def test_damaged_counts_move_nothing():
    assert shifts([verdict(holds=None, of=None)], [verdict(holds=7, of=3)]) == ()


# ------------------------------------------------------------------------------ what differs

NUMBER = {"low": 1.0, "likely": 2.0, "high": 3.0, "distribution": "triangular", "unit": "km",
          "source": {"kind": "assumed"}, "note": ""}  # fmt: skip
TREE = {"name": "a", "title": "A", "theories": ["x", "y"], "horizon_weeks": 260,
        "war": {"front": {"pace": NUMBER, "label": "old"}},
        "patrons": {"p": {"client": "s", "numbers": {"aid": NUMBER}}}}  # fmt: skip


def test_numbers_are_told_by_their_path_and_texts_are_left_out():
    new = replaced(TREE, TREE, [])
    new["title"], new["war"]["front"]["label"] = "B", "new"
    new["war"]["front"]["pace"] = NUMBER | {"note": "found", "source": {"kind": "measured"}}
    assert changes({}, {"program": None}, (TREE, new)) == changes({}, {}, (TREE, TREE))
    new["patrons"]["p"]["numbers"]["aid"] = NUMBER | {"high": 4.0}
    found = [change for change in changes({}, {}, (TREE, new)) if change.what == "scenario"]
    assert [str(change) for change in found] == ["patrons.p.aid: 2 (1 to 3) km -> 2 (1 to 4) km"]
    assert replaced(TREE, new, [found[0].keys])["patrons"] == new["patrons"]


def test_parts_that_come_and_go_are_replaced_too():
    new = replaced(TREE, TREE, [])
    del new["patrons"]
    new["events"] = {"vote": {"date": "2026-01-01"}}
    found = [change for change in changes({}, {}, (TREE, new)) if change.what == "scenario"]
    assert {change.path for change in found} == {
        "patrons.p.client",
        "patrons.p.aid",
        "events.vote.date",
    }
    again = replaced(TREE, new, [change.keys for change in found])
    assert again["events"] == new["events"]
    assert again["patrons"] == {"p": {"numbers": {}}}


def test_without_scenarios_the_manifests_numbers_are_compared():
    row = {"path": "war.front.pace", **NUMBER}
    before = {"parameters": [row], "worlds": 64, "seed": 1, "levers": {}, "program": stamp()}
    after = before | {"parameters": [row | {"likely": 2.5}], "seed": 2, "levers": {"aid": 2.0}}
    assert [
        (change.what, change.path, change.before, change.after) for change in changes(before, after)
    ] == [
        ("lever", "aid", "not moved", "2"),
        ("scenario", "war.front.pace", "2 (1 to 3) km", "2.5 (1 to 3) km"),
        ("worlds", "seed", "1", "2"),
    ]


def test_rooms_of_the_program_are_compared_by_their_files():
    now = dict(stamp())
    assert set(now) == {*SIMULATION, *TESTING, RECORD}
    found = changes({"program": now | {"war": "other"}}, {"program": now})
    assert [(change.what, change.path) for change in found] == [("program", "war")]
    unknown = changes({"version": "0.1.0"}, {"version": "0.2.0", "program": now})
    assert {change.what for change in unknown} == {"tests", "program", "record"}


def test_a_digest_follows_names_and_contents(tmp_path):
    for name, text in (("a.py", "1"), ("b.py", "2")):
        (tmp_path / name).write_text(text)
    files = list(tmp_path.glob("*.py"))
    first = _digest(tmp_path, files)
    assert _digest(tmp_path, reversed(files)) == first
    (tmp_path / "a.py").write_text("3")
    assert _digest(tmp_path, files) != first


def test_a_claim_changes_with_its_test_and_not_with_its_wording():
    claim = next(each for each in library_claims() if each.id == "C03")
    assert digest_of(claim.model_copy(update={"proposition": "Other words."})) == digest_of(claim)
    test = claim.test.model_copy(update={"weeks": 27})
    assert digest_of(claim.model_copy(update={"test": test})) != digest_of(claim)


# ------------------------------------------------------------------------------ what moved it

OLD = Setting({"a": 1, "b": 1}, {}, 100, 100, 1)
NEW = Setting({"a": 2, "b": 2}, {"aid": 1.0}, 100, 100, 2)


def standing(holds):
    word = "supported" if holds > 80 else "contradicted" if holds < 20 else "depends"
    return Standing(word, holds, 100)


def planted(setting, claims):
    """Holds in 10 more worlds by the program, 5 by a, 20 by b, 3 by the lever, 1 by the seed."""
    holds = 40 + 10 + 5 * (setting.tree["a"] - 1) + 20 * (setting.tree["b"] - 1)
    return {name: standing(holds + 3 * len(setting.levers) + setting.seed - 1) for name in claims}


PROGRAM = (Change("tests", "claims", "x", "y"), Change("program", "war", "x", "y"))
NUMBERS = (Change("scenario", "a", "1", "2", ("a",)), Change("scenario", "b", "1", "2", ("b",)))
LEVER, SEED = Change("lever", "aid", "not moved", "1"), Change("worlds", "seed", "1", "2")


def attributed(found, retest=None, settings=(OLD, NEW)):
    ends = ({"C01": standing(40)}, {"C01": standing(79)})
    return attribute(["C01"], ends, settings, found, planted, retest)


def test_parts_find_what_was_planted_and_add_up():
    parts = attributed((*PROGRAM, LEVER, *NUMBERS, SEED), lambda ids: {"C01": standing(44)})["C01"]
    gains = {part.what: part.after.holds - part.before.holds for part in parts}
    assert gains == {
        ("tests",): 4,
        ("program",): 6,
        ("lever",): 3,
        ("scenario",): 25,
        ("worlds",): 1,
    }
    assert parts[0].before.holds + sum(gains.values()) == 79
    alone = {change.path: found.holds for change, found in parts[3].alone}
    assert alone == {"a": 58, "b": 73}
    lines = told(parts)
    assert lines[0] == "Moved by how claims are tested: from 8.0 to 8.8 of 20."
    assert lines[3:6] == [
        "Moved by the scenario: from 10.6 to 15.6 of 20.", "a alone: 11.6", "b alone: 14.6",
    ]  # fmt: skip


def test_one_change_needs_no_trial():
    def never(setting, claims):
        raise AssertionError("nothing is to be played")

    ends = ({"C01": standing(40)}, {"C01": standing(90)})
    for change in (LEVER, SEED, NUMBERS[0], PROGRAM[1]):
        (part,) = attribute(["C01"], ends, (OLD, NEW), [change], never)["C01"]
        assert (part.before.holds, part.after.holds, part.changes) == (40, 90, (change,))
    assert "so that it is supported" in told([part])[0]


def test_several_changes_cannot_be_told_apart_without_the_earlier_scenario():
    assert attributed((LEVER, SEED), settings=None) is None
    assert attributed((), settings=None) == {"C01": ()}
    assert told(()) == ["Nothing that the two runs record differs."]


def test_a_change_that_makes_no_sense_by_itself_is_told_so():
    from ripeness.errors import bad_input

    def attempt(setting, claims):
        if setting.tree == {"a": 2, "b": 1}:
            raise bad_input("--against", "no sense")
        return planted(setting, claims)

    ends = ({"C01": standing(40)}, {"C01": standing(76)})
    (part,) = attribute(["C01"], ends, (OLD, NEW), NUMBERS, attempt)["C01"]
    assert [found and found.holds for _, found in part.alone] == [None, 70]
    assert "a alone: cannot be tried" in told([part])


def test_a_part_that_ends_untested_or_in_another_unit_is_not_told_out_of_twenty():
    from ripeness.claims.attribution import Part

    def line(before, after):
        return told([Part(("lever",), (Change("lever", "aid", ("aid",), 1, 2),), before, after)])[0]

    some, none = Standing("depends", 30, 60), Standing("untested", 5, 9)
    assert line(some, none) == "Moved by the levers (aid): from 10.0 of 20 to untested."
    assert line(none, some) == "Moved by the levers (aid): from untested to 10.0 of 20."
    ratio = Standing("depends", 30, 60, 2.5, "times"), Standing("supported", 30, 60, 4.0, "times")
    assert line(*ratio).startswith("Moved by the levers (aid): from 2.5 times to 4 times, so that")
