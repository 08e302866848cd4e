"""The wars that come with the program, their numbers and the schema of their files."""

import datetime
import re
from typing import get_args

import jsonschema
import pytest

from ripeness.scenario.load import check, load
from ripeness.scenario.merge import LIBRARY, library_names
from ripeness.scenario.model import Recent, War
from ripeness.scenario.names import MEASURES, THEORIES
from ripeness.scenario.paths import declarations, located, matching, quantities
from ripeness.scenario.schema import json_schema
from ripeness.scenario.yaml_file import read

FILES = sorted(LIBRARY.glob("*.yaml"))
WARS = [*library_names(), "template"]


@pytest.mark.parametrize("name", WARS)
def test_a_library_war_has_no_errors(name):
    assert [str(problem) for problem in check(name) if problem.level == "error"] == []
    assert [p for p in check(name) if "assumed" not in p.what] == []


@pytest.mark.parametrize("name", WARS)
def test_every_number_has_the_unit_and_bounds_of_its_field(name):
    for number in located(load(name)):
        assert number.quantity.unit == number.declared.unit
        assert number.quantity.low >= (number.declared.least or float("-inf")), number.path
        assert number.declared.meaning


def test_ukraine_says_where_its_numbers_come_from():
    scenario = load("ukraine")
    sources = {path: quantity.source for path, quantity in quantities(scenario).items()}
    assert sum(source.kind != "assumed" for source in sources.values()) >= 40
    for path in (
        "belligerents.russia.front.area_held",
        "belligerents.russia.combat.casualties",
        "belligerents.ukraine.home_front.support",
        "patrons.europe.military",
        "guarantors.nato_accession.credibility",
    ):
        assert sources[path].kind in ("measured", "published", "elicited"), path


def test_ukraine_knows_nothing_after_its_start():
    scenario = load("ukraine")
    assert scenario.start == datetime.date(2025, 7, 1)
    for path, quantity in quantities(scenario).items():
        for year, month in re.findall(
            r"(20\d\d)-(\d\d)", quantity.source.reference + quantity.note
        ):
            assert (int(year), int(month)) < (2025, 7), path


def test_ukraine_is_the_war_that_the_sources_describe():
    scenario = load("ukraine")
    assert scenario.sides == ("russia", "ukraine")
    assert scenario.horizon_weeks == 260
    assert set(scenario.theories) <= set(THEORIES)
    assert list(scenario.issues) == [
        "line_of_control", "recognition", "alignment", "guarantee", "force_cap", "sanctions",
        "crimea", "peacekeepers", "assets", "elections",
    ]  # fmt: skip
    area = [side.front.area_held.likely for side in scenario.belligerents.values()]
    assert sum(area) == 603_628
    assert len(scenario.levers) >= 12


def test_the_variant_differs_from_ukraine_in_one_lever():
    surge, original = load("ukraine_aid_surge"), load("ukraine")
    assert surge.lever_values == {"aid_surge": 3}
    assert quantities(surge) == quantities(original)
    assert original.with_levers(aid_surge=3).lever_values == surge.lever_values


def test_the_template_is_short_and_in_our_own_words():
    text = (LIBRARY / "template.yaml").read_text()
    assert text.count("\n") < 140
    assert text.count("#") > 20
    assert "name: template\n" in text


def test_base_leaves_nothing_out_that_has_no_size():
    stated = {
        field for group in read(LIBRARY / "base.yaml").plain()["war"].values() for field in group
    }
    wanted = {
        field for group in War.model_fields.values() for field in group.annotation.model_fields
    }
    assert wanted - stated == {"mobility", "noise", "stable_pace", "breakthrough_area", "length"}


def test_measures_have_units():
    assert set(get_args(Recent.model_fields["measure"].annotation)) == set(MEASURES)


def test_paths_come_in_one_fixed_order():
    scenario = load("ukraine")
    paths = list(quantities(scenario))
    sections = list(dict.fromkeys(path.split(".")[0] for path in paths))
    assert sections == [
        "belligerents", "war", "patrons", "guarantors", "mediators", "events", "issues",
    ]  # fmt: skip
    assert paths == list(quantities(load("ukraine"))) == list(declarations(scenario))
    assert paths[0] == "belligerents.russia.front.area_held"
    for path in (
        "patrons.europe.fatigue", "issues.recognition.weight.russia", "events.us_midterms.change",
        "issues.guarantee.levels.alliance.red_lines.russia", "mediators.turkey.leverage",
        "issues.sanctions.levels.phased.sanctions_relief",
        "issues.force_cap.levels.cap_85k.force_cap.ukraine",
        "issues.line_of_control.levels.four_regions.area_held.russia",
    ):  # fmt: skip
        assert path in paths


def test_the_order_of_sides_is_that_of_the_belligerents(tmp_path):
    file = tmp_path / "war.yaml"
    text = (LIBRARY / "template.yaml").read_text()
    norland, sudria = re.findall(r"      (?:norland|sudria): .*points.*\n", text)
    file.write_text(text.replace(norland + sudria, sudria + norland))
    assert list(quantities(load(file))) == list(quantities(load("template")))


def test_a_star_stands_for_one_name():
    paths = ["patrons.a.military", "patrons.b.military", "patrons.a.fit", "patrons.a.b.military"]
    assert matching("patrons.*.military", paths) == ("patrons.a.military", "patrons.b.military")
    assert matching("patrons.a.*", paths) == ("patrons.a.military", "patrons.a.fit")
    assert matching("patrons.a.fit", paths) == ("patrons.a.fit",)
    assert matching("patrons", paths) == matching("*", paths) == ()


def test_the_schema_is_valid():
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_schema_takes_the_library_files(file):
    validator = jsonschema.Draft202012Validator(json_schema())
    assert [error.message for error in validator.iter_errors(read(file).plain())] == []


@pytest.mark.parametrize(
    "entry",
    [
        {"speed": 3},
        {"war": {"front": {"mobilty": None}}},
        {"war": {"front": {"length": 3}}},
        {"war": {"front": {"length": {"value": 900, "unit": "m", "source": "assumed"}}}},
        {"war": {"front": {"season": {"value": 1.2, "unit": "share", "source": "assumed"}}}},
        {"war": {"front": {"length": {"low": 900, "unit": "km", "source": "assumed"}}}},
        {"war": {"front": {"length": {"value": 900, "unit": "km"}}}},
        {"defaults": {"patrons": {}}},
        {"horizon_weeks": "long"},
    ],
)
def test_the_schema_turns_mistakes_away(entry):
    validator = jsonschema.Draft202012Validator(json_schema())
    assert list(validator.iter_errors({"ripeness": 1, **entry}))


def test_the_schema_takes_null_and_both_forms_of_a_number():
    validator = jsonschema.Draft202012Validator(json_schema())
    number = {"value": 900, "unit": "km", "source": "assumed"}
    wide = {"low": 1, "likely": 2, "high": 3, "unit": "km", "source": {"kind": "assumed"}}
    for length in (None, number, wide):
        entry = {"ripeness": 1, "patrons": {"a": None}, "war": {"front": {"length": length}}}
        assert list(validator.iter_errors(entry)) == []


def test_every_number_of_the_schema_has_unit_bounds_and_meaning():
    schema = json_schema()["$defs"]
    for group in ("FrontOfSide", "CombatOfWar", "PatronNumbers", "DiplomacyOfSide"):
        for name, field in schema[group]["properties"].items():
            assert field["unit"], name
            assert field["description"], name
            assert {"least", "most"} <= field.keys()
