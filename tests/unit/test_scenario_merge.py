"""``extends`` and ``defaults``: what wins, what is removed, what may be read."""

from pathlib import Path

import pytest

from ripeness.scenario.load import as_yaml, check, load, new, read_scenario
from ripeness.scenario.merge import LIBRARY, gathered, library_names
from ripeness.scenario.paths import quantities

HEAD = "ripeness: 1\nextends: template\nname: variant\n"


def variant(folder: Path, text: str, name: str = "variant.yaml") -> Path:
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def errors_of(file: Path) -> list[str]:
    return [str(problem) for problem in check(file) if problem.level == "error"]


def test_a_variant_changes_what_it_says_and_nothing_else(tmp_path):
    number = "{value: 500, unit: soldiers per week, source: assumed}"
    file = variant(
        tmp_path, HEAD + f"belligerents: {{sudria: {{combat: {{casualties: {number}}}}}}}\n"
    )
    changed, original = quantities(load(file)), quantities(load("template"))
    assert [path for path in original if changed[path] != original[path]] == [
        "belligerents.sudria.combat.casualties"
    ]
    assert list(changed) == list(original)
    assert load(file).sides == ("norland", "sudria")


def test_a_number_is_replaced_whole(tmp_path):
    file = variant(tmp_path, HEAD + "war: {front: {length: {high: 400}}}\n")
    (problem,) = errors_of(file)
    assert f"{file}:4 war.front.length" in problem
    assert "without `low`, `likely`, `unit`, `source`" in problem


def test_null_removes_and_a_later_file_may_put_back(tmp_path):
    middle = variant(tmp_path, HEAD + "levers: {sanctions: null}\npatrons: null\n", "middle.yaml")
    assert set(load_plain(middle)["levers"]) == {"aid_level"}
    last = variant(
        tmp_path,
        "ripeness: 1\nextends: middle.yaml\nname: last\n"
        "levers: {aid_level: null, tension: {label: T, group: G, unit: share, minimum: 0,"
        " maximum: 1, effects: [{parameter: war.escalation.tension}]}}\n",
        "last.yaml",
    )
    scenario = load(last)
    assert list(scenario.levers) == ["tension"]
    assert scenario.patrons == {}


def load_plain(file: Path) -> dict:
    return gathered(file, str(file)).plain()


def test_defaults_lie_under_every_member(tmp_path):
    file = variant(
        tmp_path,
        HEAD + "defaults:\n  patron:\n    label: A friend\n    client: norland\n"
        "patrons:\n  first: {}\n  second: {client: sudria}\n",
    )
    scenario = load(file)
    assert {name: patron.client for name, patron in scenario.patrons.items()} == {
        "the_league": "sudria", "first": "norland", "second": "sudria",
    }  # fmt: skip
    assert scenario.patrons["second"].label == "A friend"
    assert scenario.patrons["first"].numbers == scenario.patrons["second"].numbers


@pytest.mark.parametrize("defaults", ["[1]", "{belligerents: {}}", "{patrn: {}}"])
def test_defaults_are_for_known_kinds(tmp_path, defaults):
    (problem,) = errors_of(variant(tmp_path, HEAD + f"defaults: {defaults}\n"))
    assert "variant.yaml:4 defaults" in problem


def test_a_mistake_in_an_extended_file_is_placed_there(tmp_path):
    variant(tmp_path, HEAD + "horizon_weeks: 3\n", "under.yaml")
    over = variant(tmp_path, "ripeness: 1\nextends: under.yaml\nname: over\n", "over.yaml")
    (problem,) = errors_of(over)
    assert f"{tmp_path / 'under.yaml'}:4 horizon_weeks" in problem


@pytest.mark.parametrize(
    ("extends", "what"),
    [
        ("../secret.yaml", "same folder"),
        ("sub/../../secret.yaml", "same folder"),
        ("/etc/passwd", "same folder"),
        ("C:\\secret.yaml", "same folder"),
        ("..\\secret.yaml", "same folder"),
        ("link.yaml", "same folder"),
        ("file://x.yaml", "same folder"),
        ("notes.txt", "must be a YAML file"),
        ("missing.yaml", "there is no file"),
        ("ukrane", "no library war"),
        ("beside", "no library war"),
        ("[a, b]", "one name"),
        ("''", "one name"),
        ("12", "one name"),
    ],
)
def test_only_the_library_and_the_own_folder_can_be_extended(tmp_path, extends, what):
    (tmp_path / "secret.yaml").write_text("password: hunter2\n")
    home = tmp_path / "home"
    home.mkdir()
    (home / "sub").mkdir()
    (home / "notes.txt").write_text("a: 1\n")
    (home / "beside.yaml").write_text("ripeness: 1\n")
    (home / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    file = variant(home, f"ripeness: 1\nextends: {extends}\nname: variant\n")
    (problem,) = errors_of(file)
    assert f"{file}:2 extends" in problem
    assert what in problem
    assert "hunter2" not in problem


def test_files_that_extend_one_another_are_an_error(tmp_path):
    a = variant(tmp_path, "ripeness: 1\nextends: b.yaml\n", "a.yaml")
    variant(tmp_path, "ripeness: 1\nextends: a.yaml\n", "b.yaml")
    (problem,) = errors_of(a)
    assert "extend one another" in problem
    assert "a.yaml > " in problem
    itself = variant(tmp_path, "ripeness: 1\nextends: c.yaml\n", "c.yaml")
    assert "extend one another" in errors_of(itself)[0]


def test_a_long_chain_is_an_error(tmp_path):
    for number in range(12):
        variant(tmp_path, f"ripeness: 1\nextends: f{number + 1}.yaml\n", f"f{number}.yaml")
    assert "more than 8 files" in errors_of(tmp_path / "f0.yaml")[0]


@pytest.mark.parametrize("name", [*library_names(), "template"])
def test_a_scenario_survives_being_written_out(tmp_path, name):
    scenario = load(name)
    file = variant(tmp_path, as_yaml(scenario))
    assert load(file) == scenario
    assert load(file).sides == scenario.sides
    assert list(quantities(load(file))) == list(quantities(scenario))


def test_text_that_looks_like_a_number_stays_text(tmp_path):
    odd = load("template").model_copy(update={"title": "560e3", "summary": "no: null"})
    again = load(variant(tmp_path, as_yaml(odd)))
    assert (again.title, again.summary) == ("560e3", "no: null")


def test_new_writes_a_war_that_loads(tmp_path):
    file = new("mywar", tmp_path)
    assert file == tmp_path / "mywar.yaml"
    scenario = load(file)
    assert scenario.name == "mywar"
    assert quantities(scenario) == quantities(load("template"))
    assert not [p for p in read_scenario(file).problems if p.level == "error"]


@pytest.mark.parametrize(
    "name", ["", "My war", "../x", "a/b", "ukraine", "base", "9lives", "a" * 41]
)
def test_new_refuses_names_that_cannot_be_used(tmp_path, name):
    with pytest.raises(Exception, match="name of a war"):
        new(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_new_never_overwrites(tmp_path):
    file = variant(tmp_path, "precious\n", "mywar.yaml")
    with pytest.raises(Exception, match="exists already"):
        new("mywar", tmp_path)
    assert file.read_text() == "precious\n"
    with pytest.raises(Exception, match="cannot be written"):
        new("mywar", tmp_path / "nowhere")


def test_the_library_lies_beside_the_code():
    assert {"ukraine", "ukraine_aid_surge"} <= set(library_names())
    assert (LIBRARY / "base.yaml").is_file()
