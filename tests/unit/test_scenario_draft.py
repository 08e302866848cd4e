"""A draft treaty read: what is right is taken, what is wrong is named with its line and a remedy."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from ripeness.errors import InputError
from ripeness.scenario.draft import FORMAT, example, new_draft, read_draft
from ripeness.scenario.load import load
from ripeness.scenario.merge import library_names

WAR = load("ukraine")
OTHERS = {name: issue for name, issue in WAR.issues.items() if not issue.territorial}
GUARANTEED = next(
    name for name, issue in OTHERS.items() if any(lv.guarantor for lv in issue.levels.values())
)
PLEDGE, GUARANTOR = next(
    (key, level.guarantor) for key, level in OTHERS[GUARANTEED].levels.items() if level.guarantor
)
PLAIN = next(name for name in OTHERS if name != GUARANTEED)
LEVEL = next(key for key in OTHERS[PLAIN].levels if key != OTHERS[PLAIN].without_deal)
OTHER_GUARANTOR = next(name for name in WAR.guarantors if name != GUARANTOR)
HEAD = f"draft: {FORMAT}\nscenario: ukraine\ntitle: A test\n"


def written(folder: Path, text: str) -> Path:
    file = folder / "treaty.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def told(folder: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_draft(written(folder, text))
    return [str(problem) for problem in caught.value.problems]


def terms(*lines: str) -> str:
    return HEAD + "terms:\n" + "".join(f"  {line}\n" for line in lines)


def test_what_is_not_named_stands_as_without_a_deal(tmp_path: Path) -> None:
    draft = read_draft(written(tmp_path, terms(f"{PLAIN}: {LEVEL}")))
    assert draft.levels == {
        name: LEVEL if name == PLAIN else issue.without_deal for name, issue in WAR.issues.items()
    }
    assert draft.named == {PLAIN}
    assert draft.signed == WAR.start
    assert draft.month == 0


def test_dates_become_months_of_four_weeks(tmp_path: Path) -> None:
    signed = WAR.start + datetime.timedelta(weeks=40)
    later = signed + datetime.timedelta(weeks=26)
    text = terms(f"{PLAIN}: {{level: {LEVEL}, from: {later}}}")
    draft = read_draft(written(tmp_path, f"signed: {signed}\n{text}"))
    assert draft.month == 10
    assert {term.months_after for term in draft.terms if term.issue == PLAIN} == {6}


def test_a_guarantor_names_its_level(tmp_path: Path) -> None:
    draft = read_draft(written(tmp_path, terms(f"{GUARANTEED}: {{by: {GUARANTOR}}}")))
    assert draft.levels[GUARANTEED] == PLEDGE


def test_a_scenario_beside_the_draft_is_found(tmp_path: Path) -> None:
    from ripeness.scenario.load import new

    new("mywar", tmp_path)
    file = new_draft(str(tmp_path / "mywar.yaml"), tmp_path)
    assert read_draft(file).scenario.name == "mywar"


@pytest.mark.parametrize("name", [name for name in library_names() if name != "base"])
def test_the_example_of_every_war_can_be_judged(name: str, tmp_path: Path) -> None:
    scenario = load(name)
    draft = read_draft(written(tmp_path, example(scenario, name)))
    assert draft.named == set(scenario.issues)


HOSTILE = {
    "unknown issue": (terms(f"{PLAIN}x: {LEVEL}"), 5, f"no issue `{PLAIN}x`", f"`{PLAIN}`?"),
    "unknown level": (terms(f"{PLAIN}: {LEVEL}x"), 5, f"no level `{LEVEL}x`", f"`{LEVEL}`?"),
    "stranger by": (terms(f"{GUARANTEED}: {{level: {PLEDGE}, by: atlantis}}"), 5,
                    "`atlantis` is not among the guarantors", "nown: "),
    "stranger as level": (terms(f"{GUARANTEED}: atlantis"), 5, "Guarantors in ukraine: ", "nown: "),
    "guarantor as level": (terms(f"{GUARANTEED}: {GUARANTOR}"), 5, f"write `by: {GUARANTOR}`", ""),
    "contradicts itself": (terms(f"{GUARANTEED}: {{level: {PLEDGE}, by: {OTHER_GUARANTOR}}}"), 5,
                           f"contradicts itself: `{PLEDGE}` brings in", "leave `by` out"),
    "later than ever": (terms(f"{PLAIN}: {{level: {OTHERS[PLAIN].without_deal}, months_after: 3}}"),
                        5, "contradicts itself", "Choose another level"),
    "twice": (terms(f"{PLAIN}: {LEVEL}", f"{PLAIN}: {LEVEL}"), 6, "already used in line 5", "Remove one"),
    "out of order": (terms(f"{PLAIN}: {{level: {LEVEL}, from: 2024-01-01}}"), 5,
                     "dates are out of order", "later date"),
    "both times": (terms(f"{PLAIN}: {{level: {LEVEL}, from: 2027-01-01, months_after: 2}}"), 5,
                   "not both", "Leave out one"),
    "half a month": (terms(f"{PLAIN}: {{level: {LEVEL}, months_after: 2.5}}"), 5,
                     "must be a whole number", "four weeks"),
    "too early": (HEAD + f"signed: 1999-01-01\nterms: {{{PLAIN}: {LEVEL}}}\n", 4,
                  "before the scenario's start", "Give a date from"),
    "too late": (HEAD + f"signed: 2099-01-01\nterms: {{{PLAIN}: {LEVEL}}}\n", 4, "after its horizon",
                 "Give a date from"),
    "no date": (HEAD + f"signed: soon\nterms: {{{PLAIN}: {LEVEL}}}\n", 4, "must be a date", "year-month-day"),
    "no terms": (HEAD, 1, "`terms` must hold", "issue: level"),
    "terms a word": (HEAD + "terms: peace\n", 4, "`terms` must hold", "issue: level"),
    "unknown key": (HEAD + f"term: {{}}\nterms: {{{PLAIN}: {LEVEL}}}\n", 4, "`term` is not a key", "`terms`?"),
    "unknown key of a term": (terms(f"{PLAIN}: {{levl: {LEVEL}}}"), 5, "`levl` is not a key", "`level`?"),
    "level a list": (terms(f"{PLAIN}: [{LEVEL}]"), 5, "must be a name, but is a list", "one word"),
    "no version": (f"scenario: ukraine\nterms: {{{PLAIN}: {LEVEL}}}\n", 1, "`draft` is missing", "draft: 1"),
    "other version": (f"draft: 9\nscenario: ukraine\nterms: {{{PLAIN}: {LEVEL}}}\n", 1,
                      "must be 1", "draft: 1"),
    "no scenario": (f"draft: 1\nterms: {{{PLAIN}: {LEVEL}}}\n", 1, "`scenario` is missing", "ukraine"),
    "unknown scenario": (f"draft: 1\nscenario: ukrain\nterms: {{{PLAIN}: {LEVEL}}}\n", 2, "`ukrain`",
                         "`ukraine`?"),
    "no such file": (f"draft: 1\nscenario: ./war.yaml\nterms: {{{PLAIN}: {LEVEL}}}\n", 2,
                     "no scenario file", ""),
    "empty": ("", 1, "the file is empty", "ripeness draft --new"),
    "not YAML": ("draft: [1\n", 2, "this is not YAML", ""),
    "tag": (HEAD + "terms: !!python/object:os.system {}\n", 4, "must not be used", "without a tag"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_mistake_is_named_placed_and_remedied(name: str, tmp_path: Path) -> None:
    text, line, what, remedy = HOSTILE[name]
    messages = told(tmp_path, text)
    assert len(messages) == 1, messages
    assert f"treaty.yaml:{line}:" in messages[0]
    assert what in messages[0]
    assert remedy in messages[0]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    lines = (f"{PLAIN}: {LEVEL}x", "atlantis: none", f"{GUARANTEED}: {{by: atlantis}}")
    messages = told(tmp_path, "signed: soon\nmore: 1\n" + terms(*lines))
    assert len(messages) == 5, messages


def test_four_later_dates_are_too_many(tmp_path: Path) -> None:
    many = [
        f"{name}: {{level: {next(k for k in issue.levels if k != issue.without_deal)}, months_after: {n}}}"
        for n, (name, issue) in enumerate(OTHERS.items(), start=1)
    ]
    assert len(many) > 3
    assert "at most 3 are possible" in told(tmp_path, terms(*many))[0]


def test_what_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.yaml"):
        with pytest.raises(InputError) as caught:
            read_draft(path)
        assert "ripeness draft --new" in str(caught.value)


def test_a_new_draft_overwrites_nothing(tmp_path: Path) -> None:
    file = new_draft("ukraine", tmp_path)
    before = file.read_bytes()
    with pytest.raises(InputError, match="exists already"):
        new_draft("ukraine", tmp_path)
    assert file.read_bytes() == before
    with pytest.raises(InputError, match="cannot be written"):
        new_draft("ukraine", tmp_path / "nowhere")
