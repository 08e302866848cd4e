"""The board: who is right where, who said what, and how a brief shows it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as arrays

import synthetic
from ripeness.brief import write_brief
from ripeness.brief.learnt import shown_learnt
from ripeness.charts.board import contests_chart
from ripeness.charts.render import to_svg
from ripeness.claims.board import Finder, board_of, by_speaker, meet
from ripeness.claims.contest_words import counts_of, crux_of, relation, standing, verdict_on
from ripeness.claims.definition import definition_of
from ripeness.claims.discovery import Feature
from ripeness.claims.evaluate import Evaluation
from ripeness.claims.kinds import KINDS
from ripeness.claims.load import library_claims
from ripeness.claims.opponents import Camp, Opposition, library_opponents, load_opponents
from ripeness.claims.verdict import Verdict
from ripeness.errors import InputError
from ripeness.outcomes.store import FORMAT, Outcomes

WORLDS = 400
FLAGS = arrays.arrays(bool, 40)
CLAIMS = [each for each in library_claims() if each.id in ("C01", "C37", "C38")]
QUESTION = Opposition(
    "one", "Who is right?", Camp("The first", ("C01",)), Camp("The others", ("C37", "C99"))
)


def evaluation(name, tested, holds, word="depends"):
    counts = int((holds & tested).sum()), int(tested.sum())
    return Evaluation(
        Verdict(name, "S", "p", "necessary", word, *counts, "holds"), tested, holds & tested
    )


@pytest.fixture(scope="module")
def planted():
    """C01 holds exactly where the number is above 3, and C37 exactly where it is not; C38 is untested."""
    number = np.random.default_rng(3).uniform(0.0, 10.0, WORLDS)
    features = (
        Feature("war.x", "the number", "km", number),
        Feature("war.y", "another", "km", np.random.default_rng(4).uniform(0.0, 1.0, WORLDS)),
    )
    everywhere = np.ones(WORLDS, dtype=bool)
    found = [
        evaluation("C01", everywhere, number > 3.0),
        evaluation("C37", everywhere, number <= 3.0),
        evaluation("C38", ~everywhere, ~everywhere, "untested"),
    ]
    return features, found


@pytest.fixture(scope="module")
def board(planted):
    features, found = planted
    return board_of(CLAIMS, found, Finder(features), [QUESTION])


# ------------------------------------------------------------------------------ who is right where


@given(FLAGS, FLAGS, FLAGS, FLAGS)
def test_every_world_that_tests_both_is_counted_once(t1, h1, t2, h2):
    one, other = evaluation("C01", t1, h1), evaluation("C02", t2, h2)
    both, first, second, neither = meet(one, other)
    assert both + first + second + neither == int((t1 & t2).sum())
    assert (both, second, first, neither) == meet(other, one)
    assert both + first == int((h1 & t1 & t2).sum())


def test_opponents_meet_in_the_worlds_planted(board, planted):
    (contest,) = board.contests
    (pair,) = contest.pairs  # C99 was not tried
    first = int(planted[1][0].holds.sum())
    assert (pair.first, pair.second) == ("C01", "C37")
    assert (pair.first_only, pair.second_only, pair.both, pair.neither) == (
        first,
        WORLDS - first,
        0,
        0,
    )


def test_the_crux_is_the_number_that_was_planted(board):
    pair = board.contests[0].pairs[0]
    assert "the number" in pair.crux
    turn = float(re.findall(r"\d+\.?\d*", pair.crux.split("number")[1])[0])
    assert turn == pytest.approx(3.0, abs=0.3)


def test_where_says_the_number_and_leaves_out_what_was_not_tested(board):
    assert set(board.where) == {"C01", "C37"}
    assert "the number" in board.where["C01"].holds[0]
    assert board.where["C01"].neither == ""


def test_where_nothing_tells_worlds_apart_is_said_once(planted):
    luck = np.random.default_rng(5).random(WORLDS) < 0.5
    found = [evaluation("C01", np.ones(WORLDS, dtype=bool), luck)]
    where = board_of(CLAIMS[:1], found, Finder(planted[0]), []).where["C01"]
    assert where.holds == where.fails == ()
    assert "tells these worlds apart" in where.neither


def test_what_is_not_asked_for_is_not_looked_for(planted):
    bare = board_of(CLAIMS, planted[1], None, [QUESTION])
    assert (bare.where, bare.together, bare.contests[0].pairs[0].crux) == ({}, None, "")
    some = board_of(CLAIMS, planted[1], Finder(planted[0], ("cruxes",)), [QUESTION])
    assert some.where == {}
    assert some.contests[0].pairs[0].crux


def test_the_board_is_plain_json(board):
    plain = json.loads(json.dumps(board.as_mapping(), allow_nan=False))
    assert [row["claims"] for row in plain["speakers"]] == [
        list(ids) for ids in board.speakers.values()
    ]
    assert plain["oppositions"][0]["pairs"][0]["worlds"] == WORLDS
    assert plain["together"]["words"]


def pair_of(first=0, second=0, both=0, neither=0):
    counts = {"first_only": first, "second_only": second, "both": both, "neither": neither}
    return {"first": "C01", "second": "C02", "worlds": sum(counts.values()), "crux": "", **counts}


def test_who_is_right_is_said_by_fixed_bounds():
    cases = {
        "first": pair_of(first=75, both=25),
        "second": pair_of(second=75, neither=25),
        "both": pair_of(first=50, both=50),
        "neither": pair_of(second=50, neither=50),
        "open": pair_of(first=40, second=30, both=30),
        "few": pair_of(first=29),
    }
    assert {name: standing(pair) for name, pair in cases.items()} == {name: name for name in cases}
    assert verdict_on(cases["second"]) == "C02 is right, C01 is not."
    assert counts_of(cases["second"]) == (
        "C01 alone holds in none, C02 alone in 15 of 20, both in none, neither in 5 of 20 "
        "(100 worlds test both)."
    )
    assert counts_of(pair_of()) == "No world tests both."
    assert counts_of(pair_of(first=1)).endswith("(1 world tests both).")


def test_what_is_so_in_every_world_is_said_exactly():
    cases = {
        "C01 never holds; C02 holds in 14 of 20 worlds": pair_of(second=70, neither=30),
        "C01 always holds; C02 holds in 8 of 20 worlds": pair_of(first=60, both=40),
        "C01 never holds; C02 never holds": pair_of(neither=100),
        "C01 never holds; C02 always holds": pair_of(second=100),
        "C01 hardly ever holds; C02 holds in 12 of 20 worlds": pair_of(1, 60, 0, 39),
        "C02 holds wherever C01 does, and elsewhere too": pair_of(second=40, both=30, neither=30),
        "C01 holds wherever C02 does, and elsewhere too": pair_of(first=40, both=30, neither=30),
        "C01 and C02 hold in the same worlds": pair_of(both=40, neither=60),
        "C01 and C02 never hold both": pair_of(first=40, second=30, neither=30),
        "C01 and C02 never hold both, and always one of them holds": pair_of(first=40, second=60),
        "Always one of them holds": pair_of(first=30, second=30, both=40),
        "": pair_of(30, 30, 20, 20),
    }
    assert {words: relation(pair) for words, pair in cases.items()} == {
        each: each for each in cases
    }
    assert relation(pair_of()) == ""
    open_, both = pair_of(second=70, neither=30), pair_of(first=20, second=20, both=60)
    assert verdict_on(open_) == "C01 never holds; C02 holds in 14 of 20 worlds."
    assert "It depends" not in verdict_on(open_)
    assert verdict_on(both).endswith("do not contradict each other. Always one of them holds.")
    assert verdict_on(pair_of(30, 30, 20, 20)) == "It depends on the world."


def test_why_nothing_decides_is_not_told_where_that_is_said():
    never, open_ = pair_of(second=70, neither=30), pair_of(30, 30, 20, 20)
    for pair in (never, open_):
        pair["crux"] = "no single quantity decides."
    assert (crux_of(never), crux_of(open_)) == ("", "no single quantity decides.")
    never["details"] = {"decides": {"name": "x"}}
    assert crux_of(never) == never["crux"]


@given(FLAGS, FLAGS)
def test_no_relation_is_said_that_some_world_belies(one, other):
    everywhere = np.ones(40, dtype=bool)
    counts = meet(evaluation("C01", everywhere, one), evaluation("C02", everywhere, other))
    both, first, second, neither = counts
    said = relation(pair_of(first, second, both, neither))
    for name, each in (("C01", one), ("C02", other)):
        assert (f"{name} never holds" in said) == (not each.any()), said
        assert (f"{name} always holds" in said) == bool(each.all()), said
    if "C02 holds wherever C01 does" in said:
        assert other[one].all()
    if "C01 holds wherever C02 does" in said:
        assert one[other].all()
    assert ("never hold both" not in said) or not (one & other).any()
    assert ("always one of them" not in said.lower()) or (one | other).all()
    assert ("in the same worlds" not in said) or (one == other).all()


# ------------------------------------------------------------------------------ what the library says


def test_opponents_are_claims_of_the_library():
    known = {claim.id for claim in library_claims()}
    named = {
        name for each in library_opponents() for name in (*each.left.claims, *each.right.claims)
    }
    assert named <= known, named - known


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("about: ukraine\n", 1, "`oppositions` is missing"),
        ("oppositions:\n  a: {question: q, left: {says: s, claims: [C01]}}\n", 2, "needs `question`"),
        ("oppositions:\n  a:\n    question: q\n    left: {says: s, claims: []}\n"
         "    right: {says: s, claims: [C02]}\n", 4, "needs `says`"),
        ("oppositions:\n  a:\n    question: q\n    left: {says: s, claims: [C01]}\n"
         "    right: {says: s, claims: [C01]}\n", 2, "C01 stands on both sides"),
    ],
)  # fmt: skip
def test_a_file_of_opponents_is_checked(tmp_path, text, line, says):
    file = tmp_path / "opponents.yaml"
    file.write_text(text)
    with pytest.raises(InputError) as caught:
        load_opponents(file)
    problem = caught.value.problems[0]
    assert problem.where.startswith(f"opponents.yaml:{line}")
    assert says in problem.what


def test_every_kind_says_what_it_asks():
    shown = {claim.kind: definition_of(claim) for claim in library_claims()}
    assert set(shown) <= set(KINDS)
    for kind, definition in shown.items():
        assert definition.meaning.strip(), kind
        assert not definition.formula.startswith(" "), kind
    assert "needs:" in definition_of(CLAIMS[0]).test


def test_speakers_come_in_order_of_first_mention():
    assert list(by_speaker(CLAIMS).values())[0][0] == "C01"


# ------------------------------------------------------------------------------ the picture, the brief


def test_pairs_of_few_worlds_are_not_drawn():
    assert contests_chart([]) is None
    assert contests_chart([{"question": "q", "pairs": [pair_of(first=29)]}]) is None
    chart = contests_chart(
        [{"question": "q", "pairs": [pair_of(first=90, both=10), pair_of(second=9)]}]
    )
    assert chart.title == "C01 is right against its opponent"
    assert sum(row[2] for row in chart.table.rows) == 100
    assert chart.spec["datasets"]["figures"] == chart.table.records()
    ET.fromstring(to_svg(chart))


def test_a_pair_of_which_one_never_holds_is_not_told_as_open():
    pairs = [pair_of(second=70, neither=30), pair_of(30, 30, 20, 20)]
    sentence = contests_chart([{"question": "q", "pairs": pairs}]).sentence
    assert sentence == (
        "Open, by world: C01 or C02. C01 or C02: C01 never holds; C02 holds in 14 of 20 worlds."
    )


@pytest.fixture(scope="module")
def page(tmp_path_factory, board, planted):
    folder = tmp_path_factory.mktemp("run")
    manifest = {"format": FORMAT, "name": "made_up", "title": "A war", "start": "2025-07-01",
                "horizon_weeks": 260, "worlds": 64, "seed": 1}  # fmt: skip
    Outcomes(synthetic.dataset(64), manifest).save(folder)
    claims = [each.verdict.as_mapping() | {"proposition": "<b>p</b>"} for each in planted[1]]
    (folder / "claims.json").write_text(json.dumps(claims))
    (folder / "board.json").write_text(json.dumps(board.as_mapping()))
    return folder, write_brief(folder).read_text(encoding="utf-8")


def test_every_claim_opens_without_a_script(page):
    text = page[1]
    assert text.count("<details") == text.count("<summary>") == 4  # and one for all boxes
    assert all(f'id="claim-{name}"' in text for name in ("C01", "C37", "C38"))
    assert "<script" not in text
    assert "&lt;b&gt;p&lt;/b&gt;" in text
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    targets = set(re.findall(r'href="#([^"]+)"', text))
    assert targets <= set(ids), targets - set(ids)


def test_the_brief_shows_opponents_places_and_definitions(page):
    text = " ".join(re.sub(r"<[^>]+>", " ", page[1]).split())
    shown = [
        "Who is right where",
        "Who is right?",
        "The first",
        "C01 or C37?",
        "Holds where",
        "Fails where",
    ]
    for words in (*shown, "How it is tested", "Which claims can be true in one world"):
        assert words in text
    assert all(mark in page[1] for mark in "◆□")


def test_the_brief_draws_what_claims_hang_on_and_the_crux(page, board):
    text, plain = page[1], " ".join(re.sub(r"<[^>]+>", " ", page[1]).split())
    for name in ("boxes", "crux-C01-C37", "where-C01"):
        assert text.count(f'id="picture-{name}"') == 1, name
    assert "What the claims hang on" in plain
    assert all(line in plain for line in board.boxes["words"])
    pair = board.contests[0].pairs[0]
    assert plain.count(pair.crux) == 1  # beneath the picture, and not beside the pair as well
    assert board.at_once.words == ""  # nothing is called here
    assert "What can be seen" not in plain  # it was not looked for


def test_what_would_tell_is_one_row_per_sight(board):
    sight = {"week": 8.0, "name": "observed.rank.a", "label": "rank", "seen": "with rank below 0.6",
             "balanced_accuracy": 0.84}  # fmt: skip
    learnt = {
        "C01": {"earliest": sight, "last_week": 104.0},
        "C02": {"earliest": {**sight, "balanced_accuracy": 0.95}, "last_week": 104.0},
        "C03": {"earliest": None, "last_week": 104.0},
        "C04": {"earliest": {**sight, "week": 4.0}, "last_week": 104.0},
    }
    shown = shown_learnt(learnt)
    assert shown.title == "What can be seen within 104 weeks tells whether 3 of 4 claims are true"
    assert [(sign.seen, sign.week, sign.claims) for sign in shown.signs] == [
        ("Rank below 0.6", "4", (("C04", "17"),)),
        ("Rank below 0.6", "8", (("C01", "17"), ("C02", "19"))),
    ]
    assert "is assumed" in shown.note
    nothing = shown_learnt({"C03": learnt["C03"]})
    assert nothing.title.startswith("Nothing seen within 104 weeks")
    assert (nothing.signs, nothing.note, shown_learnt({})) == ((), "", None)


@pytest.mark.parametrize("content", ["{", "[]", '"x"'])
def test_a_damaged_board_is_one_problem(page, content):
    (page[0] / "board.json").write_text(content)
    with pytest.raises(InputError, match="board"):
        write_brief(page[0])


@pytest.mark.parametrize(
    "spoiled",
    [
        {"boxes": {"boxes": [{"claims": [{"claim": "C01"}]}]}},
        {"where": {"C01": {"slices": {"what": "holds"}}}},
        {"learnt": {"C01": {"earliest": {"week": "soon"}}}},
        {"oppositions": [{"question": "q"}]},
        {"at_once": 7},
    ],
)
def test_a_board_of_another_shape_is_one_problem(page, spoiled):
    (page[0] / "board.json").write_text(json.dumps(spoiled))
    with pytest.raises(InputError, match="board"):
        write_brief(page[0])


def test_names_of_claims_end_no_attribute(page, board):
    spoiled = board.as_mapping()
    name = 'C01"><script>x'
    spoiled["where"] = {name: spoiled["where"]["C01"]}
    claims = json.loads((page[0] / "claims.json").read_text())
    (page[0] / "claims.json").write_text(json.dumps([{**claims[0], "id": name}, *claims[1:]]))
    (page[0] / "board.json").write_text(json.dumps(spoiled))
    text = write_brief(page[0]).read_text(encoding="utf-8")
    (page[0] / "claims.json").write_text(json.dumps(claims))
    assert "where-C01___script_x" in text
    assert "<script" not in text


def test_a_run_without_a_board_has_a_brief(page):
    (page[0] / "board.json").unlink()
    text = write_brief(page[0]).read_text(encoding="utf-8")
    assert text.count("<details") == 3
    assert "Who is right where" not in text
