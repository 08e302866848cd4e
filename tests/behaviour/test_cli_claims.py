"""``ripeness claims``: on a folder, a scenario, a file of one's own; against an older run; and misused.

One run of the library's invented war is made for the module, with claims of a user's own.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml

from ripeness.claims.changed import digests_of
from ripeness.claims.load import load_claims
from ripeness.cli.main import main
from ripeness.cli.progress import silent
from ripeness.cli.trying import Subject, kept_subject, try_claims
from ripeness.outcomes.folder import CLAIMS, MANIFEST, SCENARIO
from ripeness.outcomes.run import run, scenario_digest
from ripeness.outcomes.stamp import stamp
from ripeness.outcomes.store import Outcomes, write_json
from ripeness.scenario.load import as_yaml, load

WORLDS = 256
OWN = """\
about: template
claims:
  A01:
    speaker: A neighbour
    kind: not within
    proposition: A ceasefire takes nearly three years.
    test: {event: {event: ceasefire}, weeks: 145}
  A02:
    speaker: Somebody else
    kind: improbable
    proposition: Norland does not lose 36,000 soldiers.
    test: {what: [{quantity: killed, side: norland, at_least: 36000, unit: soldiers}]}
  A03:
    speaker: A neighbour
    kind: effect
    proposition: Harder sanctions lower the least that Norland would sign for.
    test:
      move: [{lever: sanctions, to: 0.9, unit: share}]
      outcome: {quantity: reservation, side: norland, direction: lower, smallest: 0.01,
                unit: share of the stakes}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    (folder / "own.yaml").write_text(OWN)
    return folder


def keep(folder: Path, scenario, worlds: int = WORLDS, seed: int = 1, **manifest: object) -> Path:
    """Make a run folder as ``ripeness run`` does, without its search for dead numbers and its brief."""
    outcomes = run(scenario, worlds, seed)
    own = load_claims(folder.parent / "own.yaml")
    outcomes.manifest.update({"program": dict(stamp()), "claims": digests_of(own)}, **manifest)
    outcomes.save(folder)
    (folder / SCENARIO).write_text(as_yaml(scenario))
    tried = try_claims(Subject(scenario, outcomes, worlds, None), own, silent)
    write_json(folder / CLAIMS, [each.verdict.as_mapping() for each in tried])
    return folder


@pytest.fixture(scope="module")
def whole(home: Path) -> Path:
    return keep(home / "whole", load("template"))


@pytest.fixture
def folder(whole: Path, home: Path, tmp_path: Path) -> Path:
    shutil.copy(home / "own.yaml", tmp_path)
    return Path(shutil.copytree(whole, tmp_path / "run"))


@pytest.fixture
def own(home: Path) -> str:
    return str(home / "own.yaml")


def said(arguments: list[object], code: int, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    capsys.readouterr()
    assert main([*map(str, arguments), "--quiet"]) == code
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    assert "mistake in Ripeness" not in err
    return out, err


def found(arguments: list[object], code: int, capsys: pytest.CaptureFixture[str]) -> dict:
    out, _ = said(["claims", *arguments, "--json"], code, capsys)
    return json.loads(out)["result"]


# ----------------------------------------------------------------------------- what it says


def test_a_folder_needs_no_run_but_for_levers(folder, own, capsys, monkeypatch):
    monkeypatch.setattr("ripeness.outcomes.run.run", None)  # a main run would fail
    text, _ = said(["claims", folder, "--claims", own], 0, capsys)
    place = {
        name: text.index(name) for name in ("A neighbour", "A01", "A03", "Somebody else", "A02")
    }
    assert list(place) == sorted(place, key=place.__getitem__)  # by speaker
    assert text.index("3 claims on trial") < place["A neighbour"]
    stored = json.loads((folder / CLAIMS).read_text())
    assert found([folder, "--claims", own], 0, capsys)["claims"] == stored


def test_a_scenario_is_run_first_and_says_the_same(whole, own, capsys):
    result = found(["template", "--claims", own, "--worlds", WORLDS], 0, capsys)
    assert result["claims"] == json.loads((whole / CLAIMS).read_text())
    assert result["folder"] is None
    alone = found([own, "--worlds", WORLDS], 0, capsys)  # the file says which war it is about
    assert alone["claims"] == result["claims"]


def test_levers_moved_in_some_worlds_give_those_worlds(whole):
    subject = kept_subject(whole)
    some, all_of_them = subject.played(100), run(subject.scenario, WORLDS, 1).data
    assert np.array_equal(some["area_held"], all_of_them["area_held"].isel(world=slice(100)))


def test_only_some_claims(folder, own, capsys):
    result = found([folder, "--claims", own, "--only", "A02, A01"], 0, capsys)
    assert [each["id"] for each in result["claims"]] == ["A01", "A02"]
    _, err = said(["claims", folder, "--claims", own, "--only", "A2"], 2, capsys)
    assert "Did you mean `A02`" in err


def test_where_cruxes_and_together_are_told_when_asked(folder, own, capsys):
    board = found([folder, "--claims", own, "--where", "--together"], 0, capsys)["board"]
    assert "A02" in board["where"]
    assert board["together"]["words"]
    text, _ = said(
        ["claims", folder, "--claims", own, "--where", "--cruxes", "--together"], 0, capsys
    )
    assert "No two of these claims are filed as opponents" in text
    assert "Which claims can be true in one world" in text
    joined = " ".join(text.split())
    assert "Where claims hold, the widest worlds first" in joined
    assert all(line in joined for line in board["boxes"]["words"])
    bare = found([folder, "--claims", own], 0, capsys)["board"]
    assert (bare["where"], bare["together"], bare["learnt"]) == ({}, None, {})
    assert bare["boxes"] is None
    assert bare["at_once"]["tested"] == sum(
        each["verdict"] != "untested"
        for each in found([folder, "--claims", own], 0, capsys)["claims"]
    )


def test_whether_a_verdict_stands_with_other_seeds_is_told_when_asked(folder, own, capsys):
    once = found([folder, "--claims", own], 0, capsys)
    assert "seeds" not in once
    result = found([folder, "--claims", own, "--seeds", "2"], 0, capsys)
    first = result["seed"]
    assert [each["id"] for each in result["seeds"]] == [each["id"] for each in once["claims"]]
    for each, alone in zip(result["seeds"], once["claims"], strict=True):
        assert list(each["words"]) == [str(first), str(first + 1)]
        assert each["words"][str(first)] == alone["verdict"]
        tested = alone["of"] if alone["verdict"] != "untested" else 0
        assert each["of"] >= tested
    text, _ = said(["claims", folder, "--claims", own, "--seeds", "2"], 0, capsys)
    assert "Does a verdict stand when the worlds are drawn anew?" in text


def test_what_would_tell_and_by_when_is_told_when_asked(folder, own, capsys):
    result = found([folder, "--claims", own, "--learnt"], 0, capsys)
    tried = {each["id"] for each in result["claims"] if each["verdict"] != "untested"}
    learnt = result["board"]["learnt"]
    assert learnt.keys() == tried
    text, _ = said(["claims", folder, "--claims", own, "--learnt"], 0, capsys)
    for told in learnt.values():
        assert told["words"]
        assert told["words"].split(".")[0] in " ".join(text.split())
        if told["earliest"]:
            assert told["earliest"]["week"] <= told["last_week"]


def test_strict_fails_on_what_is_contradicted_or_untested(folder, own, capsys):
    words = {
        each["id"]: each["verdict"]
        for each in found([folder, "--claims", own], 0, capsys)["claims"]
    }
    bad = [name for name, word in words.items() if word in ("contradicted", "untested")]
    _, err = said(["claims", folder, "--claims", own, "--strict"], 1 if bad else 0, capsys)
    assert all(f"claim {name}" in err for name in bad)
    assert bad  # or this test tests nothing: choose another claim


# ----------------------------------------------------------------------------- against an older run


def test_against_itself_nothing_has_moved(folder, own, capsys):
    text, _ = said(["claims", folder, "--claims", own, "--against", folder], 0, capsys)
    assert "No verdict has moved: the 3 claims" in text
    assert "Nothing that the two runs record differs." in text


def test_a_planted_flip_is_found(folder, whole, own, capsys):
    stored = json.loads((folder / CLAIMS).read_text())
    turned = {"supported": "contradicted"}.get(stored[1]["verdict"], "supported")
    stored[1] |= {"verdict": turned, "holds": stored[1]["of"] - stored[1]["holds"]}
    (folder / CLAIMS).write_text(json.dumps(stored))
    moved = found([whole, "--claims", own, "--against", folder], 0, capsys)["against"]["moved"]
    assert [(each["id"], each["how"], each["before"]) for each in moved] == [
        ("A02", "flipped", turned)
    ]
    said(
        ["claims", whole, "--claims", own, "--only", "A02", "--against", folder, "--strict"],
        1,
        capsys,
    )


@pytest.fixture(scope="module")
def changed(home: Path, whole: Path) -> Path:
    """The same war with two numbers changed, one of which matters to losses, and another seed."""
    war = load("template").model_dump(mode="json", exclude_none=True)
    combat, front = war["belligerents"]["norland"]["combat"], war["war"]["front"]
    combat["casualties"] |= {"low": 800.0, "likely": 1200.0, "high": 1600.0}
    front["mobility"] = front["mobility"] | {"high": front["mobility"]["high"] * 1.001}
    return keep(home / "changed", type(load("template")).model_validate(war), seed=2)


def test_what_moved_a_verdict_is_found_by_trying(whole, changed, own, capsys):
    result = found([changed, "--claims", own, "--against", whole], 0, capsys)["against"]
    assert {change["path"] for change in result["changes"]} == {
        "belligerents.norland.combat.casualties", "war.front.mobility", "seed",
    }  # fmt: skip
    moved = {each["id"]: each for each in result["moved"]}
    assert "A02" in moved
    assert moved["A02"]["difference"]["beyond_luck"]
    steps = {tuple(part["what"]): part for part in moved["A02"]["parts"]}
    assert set(steps) == {("scenario",), ("worlds",)}
    share = lambda standing: standing["holds"] / standing["of"]  # noqa: E731
    total = share(steps["worlds",]["after"]) - share(steps["scenario",]["before"])
    parts = sum(share(step["after"]) - share(step["before"]) for step in steps.values())
    assert parts == pytest.approx(total) == pytest.approx(moved["A02"]["difference"]["size"])
    alone = {row["change"]["path"]: share(row["standing"]) for row in steps["scenario",]["alone"]}
    before = share(steps["scenario",]["before"])
    assert abs(alone["belligerents.norland.combat.casualties"] - before) > 0.7 * abs(total)
    assert abs(alone["war.front.mobility"] - before) < 0.3 * abs(total)


def test_without_the_older_scenario_it_says_that_it_cannot_tell(folder, changed, own, capsys):
    (folder / SCENARIO).unlink()
    manifest = json.loads((folder / MANIFEST).read_text())
    write_json(folder / MANIFEST, manifest | {"scenario_digest": "0" * 64, "name": "template"})
    text, _ = said(["claims", changed, "--claims", own, "--against", folder], 0, capsys)
    assert "What moved it cannot be told" in text
    assert "belligerents.norland.combat.casualties: " in text  # but what differs is


def test_another_war_is_refused(folder, own, tmp_path, capsys):
    outcomes = Outcomes.open(folder)
    outcomes.data["side"] = ["alpha", "beta"]
    outcomes.save(tmp_path / "other")
    _, err = said(["claims", folder, "--claims", own, "--against", tmp_path / "other"], 2, capsys)
    assert "a run of another war: alpha and beta" in err


# ----------------------------------------------------------------------------- misuse


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (OWN.replace("event: ceasefire}, weeks", "event: cease_fire}, weeks"), 7, "`cease_fire`"),
        (OWN.replace("A02:", "A01:"), 8, "A01"),
        ("", 1, ""),
        ("about: template\nclaims: {}\n", 1, "There is no claim"),
        (OWN.replace("side: norland", "side: nordland"), 0, "`nordland`"),
        (OWN.replace("about: template", "about: templat"), 1, "no such war"),
        (OWN.replace("    speaker: Somebody else\n", ""), 8, "`speaker` is missing"),
    ],
)  # fmt: skip
def test_a_bad_file_of_claims_names_its_line(text, line, says, folder, tmp_path, capsys):
    file = tmp_path / "bad.yaml"
    file.write_text(text)
    _, err = said(["claims", folder, "--claims", file], 2, capsys)
    assert f"bad.yaml:{line}" in err if line else "bad.yaml:" in err
    assert says in err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["no/such/run"],
        ["no_such_war"],
        ["{folder}", "--worlds", "64"],
        ["{folder}", "--only", ","],
        ["{folder}", "--lever", "sanctions=0.5"],
        ["{own}", "--claims", "{own}"],
        ["{folder}", "--against", "no/such/run"],
        ["{folder}", "--claims", "no/such/file.yaml"],
        ["ukraine", "--claims", "{own}", "--worlds", "64"],
    ],
)
def test_what_makes_no_sense_is_said_in_a_message(arguments, folder, own, capsys):
    filled = [word.format(folder=folder, own=own) for word in arguments]
    _, err = said(["claims", *filled], 2, capsys)
    assert err.startswith("error: ")


def _nothing(run_folder: Path) -> None:
    shutil.rmtree(run_folder / "outcomes.zarr")


def _half_a_manifest(run_folder: Path) -> None:
    text = (run_folder / MANIFEST).read_text()
    (run_folder / MANIFEST).write_text(text[: len(text) // 2])


def _no_seed(run_folder: Path) -> None:
    manifest = json.loads((run_folder / MANIFEST).read_text())
    del manifest["seed"]
    write_json(run_folder / MANIFEST, manifest)


def _another_scenario(run_folder: Path) -> None:
    text = (run_folder / SCENARIO).read_text()
    (run_folder / SCENARIO).write_text(text.replace("horizon_weeks: 156", "horizon_weeks: 160"))


def _scenario_of_another_version(run_folder: Path) -> None:
    text = (run_folder / SCENARIO).read_text()
    (run_folder / SCENARIO).write_text(text.replace("horizon_weeks:", "weeks_to_horizon:"))


def _without_a_number(run_folder: Path, *paths: str) -> None:
    """Take numbers out of the kept scenario, as if they had been added to the program since."""
    war = yaml.safe_load((run_folder / SCENARIO).read_text())
    for path in paths:
        *groups, name = path.split(".")
        place = war
        for group in groups:
            place = place[group]
        del place[name]
    (run_folder / SCENARIO).write_text(yaml.safe_dump(war, sort_keys=False))


def test_a_run_that_lacks_what_was_added_since_is_to_be_made_again(folder, whole, own, capsys):
    paths = [f"belligerents.{side}.combat.casualties" for side in load("template").sides]
    _without_a_number(folder, *paths)
    _, err = said(["claims", folder, "--claims", own], 2, capsys)
    assert err.count("error: ") == 1
    assert f"error: {folder / SCENARIO}" in err
    assert f"lacks what this one needs, {', '.join(paths)}." in err
    assert f"--out {folder} --force" in err
    text, _ = said(["claims", whole, "--claims", own, "--against", folder], 0, capsys)
    assert "No verdict has moved" in text  # the verdicts of the old run are still there


def test_of_one_number_the_line_is_told(folder, own, capsys):
    _without_a_number(folder, "war.front.mobility")
    _, err = said(["claims", folder, "--claims", own], 2, capsys)
    assert "scenario.yaml:" in err
    assert "lacks what this one needs, war.front.mobility." in err


def test_a_scenario_that_another_version_reads_otherwise_is_not_called_another(folder, own, capsys):
    _another_scenario(folder)
    manifest = json.loads((folder / MANIFEST).read_text())
    reproduce = ["ripeness run template --worlds 256 --seed 1", "more"]
    program = {**manifest["program"], "scenario": "older"}
    write_json(folder / MANIFEST, manifest | {"program": program, "reproduce": reproduce})
    _, err = said(["claims", folder, "--claims", own], 2, capsys)
    assert "this one reads the scenario kept with it otherwise" in err
    assert f"`{reproduce[0]} --out {folder} --force`" in err


def _bad_claims(run_folder: Path) -> None:
    (run_folder / CLAIMS).write_text('{"claims": 7}')


@pytest.mark.parametrize(
    "spoil",
    [
        _nothing,
        _half_a_manifest,
        _no_seed,
        _another_scenario,
        _scenario_of_another_version,
        _bad_claims,
    ],
)
def test_a_damaged_folder_is_one_message(spoil, folder, whole, own, capsys):
    spoil(folder)
    _, err = said(["claims", folder, "--claims", own], 2, capsys)
    assert "run" in err
    if spoil not in (_another_scenario, _scenario_of_another_version, _no_seed):
        said(["claims", whole, "--claims", own, "--against", folder], 2, capsys)


def test_a_folder_that_was_stopped_before_its_claims_is_tried_now(folder, whole, own, capsys):
    (folder / CLAIMS).unlink()
    text, err = said(["claims", whole, "--claims", own, "--against", folder], 0, capsys)
    assert "No verdict has moved" in text
    assert err == ""  # --quiet keeps the warning


def test_a_run_that_was_stopped_is_tried_on_the_worlds_it_has(folder, own, capsys):
    outcomes = Outcomes.open(folder)
    first = outcomes.data.isel(world=slice(200))
    manifest = outcomes.manifest | {"worlds": 200, "worlds_asked": WORLDS}
    Outcomes(first, manifest).save(folder)
    (folder / SCENARIO).write_text(as_yaml(load("template")))
    result = found([folder, "--claims", own], 0, capsys)
    assert result["worlds"] == 200
    assert all(each["of"] <= 200 for each in result["claims"])


def test_one_world_tests_nothing_and_breaks_nothing(own, capsys):
    asked = [own, "--worlds", "1", "--only", "A01,A02", "--where", "--cruxes", "--together"]
    result = found(asked, 0, capsys)
    assert {each["verdict"] for each in result["claims"]} == {"untested"}


def test_a_run_made_by_another_version_is_played_again(folder, own, capsys):
    manifest = json.loads((folder / MANIFEST).read_text())
    write_json(folder / MANIFEST, manifest | {"program": {**manifest["program"], "war": "older"}})
    stored = json.loads((folder / CLAIMS).read_text())
    assert found([folder, "--claims", own], 0, capsys)["claims"] == stored  # it goes as it did
    outcomes = Outcomes.open(folder)
    outcomes.data["area_held"] = outcomes.data["area_held"] + 1.0
    outcomes.save(folder)
    (folder / SCENARIO).write_text(as_yaml(load("template")))
    capsys.readouterr()
    assert main(["claims", str(folder), "--claims", own]) == 0
    assert "Another version of the program made this run" in capsys.readouterr().err


def test_the_kept_scenario_is_the_one_that_was_run(whole):
    assert (
        scenario_digest(load(whole / SCENARIO))
        == json.loads((whole / MANIFEST).read_text())["scenario_digest"]
    )


def test_trials_of_what_moved_a_claim_about_guarantees_try_the_guarantees():
    from ripeness.claims import claims_about
    from ripeness.claims.attribution import Setting
    from ripeness.cli.against import _attempted

    tree = load("ukraine").model_dump(mode="json", exclude_none=True)
    (claim,) = (each for each in claims_about("ukraine") if each.id == "C18")
    found = _attempted(Setting(tree, {}, 64, 64, 1), [claim], lambda done, total, label: None)
    assert found["C18"].of > 0


def test_how_a_test_departs_is_told_where_an_expert_is_contradicted():
    from ripeness.claims.board import board_of
    from ripeness.cli.claims_text import claims_answer

    def told(word: str, passages: dict[str, str]) -> str:
        verdict = {
            "id": "A01", "speaker": "S", "proposition": "p.", "verdict": word, "holds": 1, "of": 40,
            "words": "holds in 1 of 20 worlds", "departs": "We ask less.", "measured": None,
        }  # fmt: skip
        board = board_of([], [], None)
        object.__setattr__(board, "speakers", {"S": ("A01",)})
        return claims_answer("A war", 40, [verdict], board, passages=passages)

    assert "how the test departs: We ask less." in told("contradicted", {})
    assert "how the test departs: We ask less." in told("supported", {"A01": "words"})
    assert "departs" not in told("supported", {})
