"""Claims files: the library is sound, and bad input is told with place and remedy."""

from __future__ import annotations

import pytest

from ripeness.claims import claims_about, load_claims, needed_settings
from ripeness.claims.check import check_against
from ripeness.claims.load import LIBRARY, PASSAGES, library_claims, load_passages
from ripeness.errors import InputError
from ripeness.scenario.load import load

GOOD = """\
about: ukraine
claims:
  C01:
    speaker: somebody
    kind: necessary
    proposition: It comes only after that.
    test:
      outcome: {event: settlement}
      needs:
        - {event: major_defeat, side: russia}
        - {quantity: reservation, side: russia, at_most: 0.5, unit: share of the stakes,
           during: first_half_year}
  C02:
    speaker: somebody else
    kind: effect
    proposition: This brings that.
    test:
      move:
        - {lever: penalty_for_delay, to: 0.04, unit: per month}
      outcome: {event: settlement, direction: earlier}
"""


def test_the_library_holds_the_claims_with_their_passages():
    claims = claims_about("ukraine")
    passages = load_passages(LIBRARY / PASSAGES)
    for claim in claims:
        assert claim.passages == passages[claim.id]
        assert all(reference.quality for reference in claim.passages)
    assert len({claim.id for claim in library_claims()}) == len(library_claims())


def test_claims_are_found_for_a_variant_of_the_war_and_not_for_another():
    variant = load("ukraine_aid_surge")
    assert claims_about(variant) == claims_about("ukraine")
    assert claims_about("korea") == []
    other = variant.model_copy(update={"belligerents": {}, "name": "other"})
    assert claims_about(other) == []


def test_a_good_file_loads(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert [claim.id for claim in load_claims(path)] == ["C01", "C02"]


BAD = {
    "unknown event": (
        "{event: settlement}",
        "{event: setlement}",
        8,
        "there is no event `setlement`",
        "`settlement`",
    ),
    "unknown quantity": (
        "quantity: reservation",
        "quantity: reservatoin",
        11,
        "there is no quantity `reservatoin`",
        "`reservation`",
    ),
    "wrong unit": (
        "unit: share of the stakes",
        "unit: km2",
        11,
        "must be in `share of the stakes`, but is in `km2`",
        "write `unit: share of the stakes`",
    ),
    "no unit": (", unit: share of the stakes", "", 11, "`unit` is missing", "Add"),
    "no side": (
        "event: major_defeat, side: russia",
        "event: major_defeat",
        10,
        "`major_defeat` is of one side",
        "docs/claims.md",
    ),
    "side too much": (
        "{event: settlement}",
        "{event: settlement, side: russia}",
        8,
        "`settlement` is of no side",
        "docs/claims.md",
    ),
    "unknown side": (
        "defeat, side: russia",
        "defeat, side: rusia",
        10,
        "no belligerent `rusia`",
        "`russia`",
    ),
    "unknown kind": (
        "kind: necessary",
        "kind: neccessary",
        5,
        "no kind of claim `neccessary`",
        "`necessary`",
    ),
    "unknown key": (
        "outcome: {event: settlement}\n      needs",
        "outcomes: {event: settlement}\n      needs",
        8,
        "`outcomes` is not a key",
        "`outcome`",
    ),
    "unknown window": (
        "first_half_year",
        "first_half",
        12,
        "there is no window `first_half`",
        "`first_half_year`",
    ),
    "no bounds": ("at_most: 0.5, ", "", 11, "give `at_least`, `at_most` or both", "docs/claims.md"),
    "not a number": (
        "at_most: 0.5",
        "at_most: half",
        11,
        "must be a number, but is the text `half`",
        "Mend",
    ),
    "infinite": ("at_most: 0.5", "at_most: .inf", 11, "must be a finite number", "Mend"),
    "unknown lever": (
        "lever: penalty_for_delay",
        "lever: penalty_of_delay",
        19,
        "no lever `penalty_of_delay`",
        "`penalty_for_delay`",
    ),
    "lever beyond its bounds": (
        "to: 0.04",
        "to: 0.4",
        19,
        "cannot be moved to 0.4",
        "0 to 0.05 per month",
    ),
    "lever in another unit": (
        "unit: per month",
        "unit: per year",
        19,
        "is in `per month`",
        "write `unit: per month`",
    ),
    "lever that stays": (
        "to: 0.04",
        "from: 0.04, to: 0.04",
        19,
        "nothing is moved",
        "docs/claims.md",
    ),
    "wrong direction": (
        "direction: earlier",
        "direction: lower",
        20,
        "must be one of 'earlier' or 'later'",
        "Mend",
    ),
    "no speaker": ("    speaker: somebody\n", "", 3, "`speaker` is missing", "Add"),
    "bad id": ("  C01:", "  one:", 3, "cannot be a name here: the text `one`", "such as C01"),
    "no scenario": ("about: ukraine", "about: ukrain", 1, "no such war", "`ukraine`"),
    "no about": ("about: ukraine\n", "", 1, "`about` is missing", "about: NAME"),
    "no claims": ("claims:", "claim:", 2, "`claim` is not a key here", "`claims`"),
    "claim is text": (
        "  C02:\n    speaker",
        "  C02: text\n  C03:\n    speaker",
        13,
        "a claim is a mapping",
        "indented",
    ),
    "id given twice": (
        "    speaker: somebody else",
        "    id: C02\n    speaker: somebody else",
        14,
        "`id` is not a key",
        "Remove",
    ),
    "code": (
        "{event: settlement}",
        "!!python/object/apply:os.getcwd []",
        8,
        "must not be used",
        "without a tag",
    ),
    "empty list": (
        "move:\n        - {lever: penalty_for_delay, to: 0.04, unit: per month}",
        "move: []",
        18,
        "must be a list of at least 1, but is a list of 0",
        "Mend",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_told_with_line_and_remedy(case, tmp_path):
    old, new, line, what, remedy = BAD[case]
    assert old in GOOD
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_claims(path)
    found = [p for p in caught.value.problems if what in p.what]
    assert found, [str(problem) for problem in caught.value.problems]
    assert found[0].where.startswith(f"mine.yaml:{line}"), found[0].where
    assert remedy in found[0].remedy


def test_all_problems_are_told_at_once(tmp_path):
    path = tmp_path / "mine.yaml"
    text = GOOD.replace("settlement", "setlement").replace("to: 0.04", "to: 4")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_claims(path)
    assert len(caught.value.problems) >= 2


def test_a_claim_without_a_passage_is_told_where_passages_are_given(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD.replace("C02:", "X99:"), encoding="utf-8")
    with pytest.raises(InputError, match="the claim X99 has no passage"):
        load_claims(path, LIBRARY / PASSAGES)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("start: 104", "start: 300", "0 <= start < end"),
        ("start: 104", "begin: 104", "exactly the fields"),
        ('label: "news report', 'title: "news report', "says nothing of the document"),
        ("claims:\n", "claim:\n", "has the keys"),
    ],
)
def test_bad_passages_are_told(old, new, what, tmp_path):
    text = (LIBRARY / PASSAGES).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / PASSAGES
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=what) as caught:
        load_passages(path)
    assert caught.value.problems[0].where.startswith(f"{PASSAGES}:")


def test_claims_can_be_held_against_another_war():
    war = load("ukraine").model_copy(update={"levers": {}})
    claims = claims_about("ukraine")
    problems = [p for claim in claims for p in check_against(claim, war)]
    moving = {claim.id for claim in claims if needed_settings([claim])}
    assert {"C24", "C37"} < moving
    assert {problem.where.split(".")[1] for problem in problems} == moving


def test_a_member_that_is_refused_does_not_make_its_list_short(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(GOOD.replace("to: 0.04, unit: per month", "to: half, unit: per month"))
    with pytest.raises(InputError) as caught:
        load_claims(path)
    assert len(caught.value.problems) == 1
    assert "must be a number" in caught.value.problems[0].what


@pytest.mark.parametrize("text", ["", "- a list\n", "about: ukraine\nclaims:\n"])
def test_a_file_without_claims_is_told_how_a_file_of_claims_looks(text, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        load_claims(path)
    (problem,) = caught.value.problems
    assert "claims" in problem.remedy
    assert "ripeness new" not in problem.remedy
