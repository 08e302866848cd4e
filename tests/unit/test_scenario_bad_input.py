"""One mistake in a file that is otherwise right: the message names the line and the remedy."""

from pathlib import Path

import pytest

from ripeness.errors import InputError
from ripeness.scenario.load import check, load
from ripeness.scenario.merge import LIBRARY

TEMPLATE = (LIBRARY / "template.yaml").read_text(encoding="utf-8")


def written(folder: Path, text: str) -> Path:
    file = folder / "mywar.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def edited(folder: Path, old: str, new: str) -> tuple[Path, int]:
    """Write the template with one change; return the file and the line of the change."""
    assert old in TEMPLATE, old
    line = TEMPLATE[: TEMPLATE.index(old)].count("\n") + 1
    return written(folder, TEMPLATE.replace(old, new, 1)), line


AREA = "area_held: {value: 8e3, unit: km2, source: assumed}"
CASUALTIES = "{low: 400, likely: 700, high: 1100, unit: soldiers per week, source: assumed}"

MISTAKES = {
    # name: (text replaced, by what, key, in the message, in the remedy)
    "unknown key": ("    economy:", "    econmy:", "norland.econmy", "not a key", "`economy`?"),
    "unknown top key": ("horizon_weeks:", "horizon:", "horizon", "not a key", "`horizon_weeks`?"),
    "missing number": ("      " + AREA, "", "front.area_held", "`area_held` is missing",
                       "unit: km2"),
    "reversed range": (CASUALTIES, CASUALTIES.replace("400", "800"), "combat.casualties",
                       "reversed", "soldiers per week"),
    "no unit": (CASUALTIES, "{value: 700, source: assumed}", "combat.casualties", "without `unit`",
                "unit: soldiers per week"),
    "no source": (CASUALTIES, "{value: 700, unit: soldiers per week}", "combat.casualties",
                  "without `source`", "source: assumed"),
    "no range": (CASUALTIES, "{high: 700, unit: soldiers per week, source: assumed}",
                 "combat.casualties", "without `low`, `likely`", "low: ..."),
    "wrong unit": (CASUALTIES, CASUALTIES.replace("per week", "per month"), "combat.casualties",
                   "must be in `soldiers per week`, but is in `soldiers per month`", "Convert"),
    "bare number": (CASUALTIES, "700", "combat.casualties", "number with unit and source", "low:"),
    "text for number": (CASUALTIES, CASUALTIES.replace("700", "'700'"), "casualties.likely",
                        "must be a number, but is the text `700`", "quotation marks"),
    "truth for number": (CASUALTIES, CASUALTIES.replace("700", "true"), "casualties.likely",
                         "must be a number, but is true", "560e3"),
    "infinite": (CASUALTIES, CASUALTIES.replace("1100", ".inf"), "casualties.high", "finite",
                 "560e3"),
    "value and range": (AREA, AREA.replace("value", "low: 1, value"), "front.area_held",
                        "either `value` or a range", "unit: km2"),
    "probability of 1.2": ("{low: 0.5, likely: 0.7, high: 0.85, unit: share",
                           "{low: 0.5, likely: 0.7, high: 1.2, unit: share", "combat.assault",
                           "at least 0 and at most 1, but ranges from 0.5 to 1.2", "bounds"),
    "negative area": (AREA, AREA.replace("8e3", "-4"), "front.area_held", "at least 0, but is -4",
                      "bounds"),
    "probability per side": ("norland: {low: 0.3, likely: 0.6, high: 0.85,",
                             "norland: {low: 0.3, likely: 0.6, high: 1.85,", "red_lines.norland",
                             "at most 1", "share"),
    "source without reference": (AREA, AREA.replace("assumed", "{kind: published}"),
                                 "area_held.source", "needs a reference", "source"),
    "kind of source": (AREA, AREA.replace("assumed", "guessed"), "area_held.source.kind",
                       "must be one of", "one of these words"),
    "date": ("start: 2030-04-01", "start: April 2030", "start", "must be a date", "2025-07-01"),
    "odd horizon": ("horizon_weeks: 156", "horizon_weeks: 155", "horizon_weeks", "multiple of 4",
                    "whole months"),
    "long horizon": ("horizon_weeks: 156", "horizon_weeks: 4000", "horizon_weeks", "at most 1040",
                     "Lower"),
    "format": ("ripeness: 1 ", "ripeness: 2 ", "ripeness", "must be one of 1", "Write"),
    "bad name": ("  norland:\n    label", "  Nor land:\n    label", "Nor land", "small letters",
                 "Start with a letter"),
    "list for mapping": ("  the_league:\n    label: The League\n    client",
                         "  the_league: []\n  other:\n    label: The League\n    client",
                         "the_league", "must be a mapping, but is a list", "key: value"),
    "kind of guarantor": ("kind: coalition", "kind: collation", "guarantors.the_league.kind",
                          "must be one of", "one of these words"),
    "unknown theory": ("theories: [hurting_stalemate,", "theories: [hurting_stale,", "theories",
                       "no theory `hurting_stale`", "`hurting_stalemate`?"),
    "twice": ("theories: [hurting_stalemate, conv", "theories: [converging_expectations, conv",
              "theories", "listed twice", "theories"),
    "unknown client": ("client: sudria", "client: sudra", "client", "no belligerent `sudra`",
                       "`sudria`?"),
    "unknown level": ("without_deal: where_it_is", "without_deal: where_is_it", "without_deal",
                      "no level `where_is_it`", "`where_it_is`?"),
    "unknown guarantor": ("guarantor: the_league", "guarantor: league", "guarantor",
                          "no guarantor `league`", "`the_league`?"),
    "value missing": ("          sudria: {value: 0, unit: share, source: assumed}\n", "",
                      "none.value", "says nothing for sudria", "sudria: ..."),
    "lever path": ("parameter: patrons.*.military,", "parameter: patrons.*.militry,", "parameter",
                   "no number `patrons.*.militry`", "`patrons.the_league.military`?"),
    "lever default": ("default: 1\n", "default: 7\n", "default", "between 0 and 3, but is 7",
                      "Move"),
    "lever not neutral": ("default: 1\n", "default: 2\n", "default", "must have the default 1",
                          "default: 1"),
    "lever unit": ("unit: ratio  ", "unit: share  ", "unit", "must be in `ratio`", "unit: ratio"),
    "lever bounds": ("maximum: 1  ", "maximum: 2  ", "maximum", "at least 0 and at most 1",
                     "bounds"),
    "lever setting": ("levers:  ", "lever_values: {aid_level: 9}\nlevers:  ",
                      "lever_values.aid_level", "between 0 and 3 ratio, but is 9", "Move"),
    "unknown lever": ("levers:  ", "lever_values: {aid_levl: 1}\nlevers:  ", "aid_levl", "no lever",
                      "`aid_level`?"),
}  # fmt: skip

LINES_UP = {"missing number": 1, "value missing": 2}
"""What is missing has no line of its own: the message gives that of what should hold it."""


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_line_and_remedy(tmp_path, name):
    old, new, key, what, remedy = MISTAKES[name]
    file, line = edited(tmp_path, old, new)
    errors = [problem for problem in check(file) if problem.level == "error"]
    assert errors, "nothing was found"
    at_line = [e for e in errors if key in e.where and what in e.what]
    assert at_line, [str(e) for e in errors]
    place, _, _ = at_line[0].where.partition(" ")
    assert place.startswith(f"{file}:")
    assert int(place.rpartition(":")[2]) == line - LINES_UP.get(name, 0)
    assert remedy in at_line[0].remedy
    with pytest.raises(InputError) as raised:
        load(file)
    assert list(raised.value.problems) == errors
    assert raised.value.exit_code == 2


def test_the_line_is_exact(tmp_path):
    file, line = edited(tmp_path, CASUALTIES, CASUALTIES.replace("per week", "per month"))
    (error,) = (problem for problem in check(file) if problem.level == "error")
    assert error.where == f"{file}:{line} belligerents.norland.combat.casualties"


def test_all_mistakes_come_at_once_and_in_order(tmp_path):
    text = TEMPLATE
    for old, new in (
        ("client: sudria", "client: sudra"),  # found by a check of names
        ("without_deal: none", "without_deal: nothing"),  # found by a check of issues
        (CASUALTIES, "{value: 3}"),  # found by the schema
        ("horizon_weeks: 156", "horizon_weeks: 156\nspeed: 3"),  # found by the schema
    ):
        text = text.replace(old, new, 1)
    errors = [problem for problem in check(written(tmp_path, text)) if problem.level == "error"]
    places = [int(error.where.split(" ")[0].rpartition(":")[2]) for error in errors]
    assert len(errors) == 4
    assert [error.where.split(" ")[1].split(".")[0] for error in errors] == [
        "speed", "belligerents", "patrons", "issues",
    ]  # fmt: skip
    assert places == sorted(places)


def test_what_was_replaced_to_go_on_checking_is_not_blamed(tmp_path):
    file, _ = edited(tmp_path, AREA, AREA.replace("km2", "ha"))
    errors = [problem for problem in check(file) if problem.level == "error"]
    assert ["`area_held` must be in" in error.what for error in errors] == [True]


@pytest.mark.parametrize("name", ["nowhere", "ukrane", "base"])
def test_an_unknown_name_is_not_a_file(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (problem,) = check(name)
    assert problem.where == name
    assert "library" in problem.what
    assert "mywar.yaml" in problem.remedy


def test_a_file_given_without_its_ending_is_pointed_out(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written(tmp_path, TEMPLATE)
    (problem,) = check("mywar")
    assert "`mywar.yaml`" in problem.remedy
