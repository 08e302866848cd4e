"""`ripeness explain`, and what it says to who asks it nonsense."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import xarray as xr
from jsonschema import validate

from ripeness.cli.main import main
from ripeness.explore.frictions import FRICTIONS

FEW = ("--worlds", "64", "--quiet")
STATISTIC = {
    "type": "object",
    "required": [
        "label",
        "unit",
        "meaning",
        "worlds",
        "base",
        "all_off",
        "shares",
        "removed_alone",
    ],
    "properties": {
        "shares": {"type": "object", "propertyNames": {"enum": list(FRICTIONS)}},
        "base": {"type": "object", "required": ["mean", "standard_error"]},
    },
}
WAR = {
    "type": "object",
    "required": [
        "scenario", "worlds", "seed", "frictions", "statistics", "by_theory", "delay", "expected_end",
        "page",
    ],
    "properties": {
        "statistics": {"type": "object", "additionalProperties": STATISTIC},
        "by_theory": {"type": "object"},
    },
}  # fmt: skip
WORLD = {
    "type": "object",
    "required": ["world", "theory", "happenings", "months", "page"],
    "properties": {
        "happenings": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["date", "what", "side", "width", "because", "terms"],
            },
        }
    },
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "a run"
    assert main(["run", "ukraine", *FEW, "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def copy(run: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(run, tmp_path / "run"))


def said_to(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(arguments) == 2
    text = capsys.readouterr()
    assert text.out == ""
    assert "Traceback" not in text.err
    assert text.err.count("error:") == 1
    assert main([*arguments, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["status"] == "bad_input"
    return text.err


def test_why_there_is_no_deal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ("--out", str(tmp_path / "out"))
    # By a theory that learns nothing: thirty-two solves are for the slow tests.
    theory = ("--theory", "converging_expectations")
    assert main(["explain", "ukraine", *FEW, *theory, *out, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    result = report["result"]
    validate(result, WAR)
    months = result["statistics"]["months_of_war"]
    total = months["all_off"]["mean"] + sum(s["mean"] for s in months["shares"].values())
    assert total == pytest.approx(months["base"]["mean"])
    assert sum(part["worlds"] for part in result["by_theory"].values()) == 64
    for rows in result["delay"].values():
        assert all(row["gains"] + row["loses"] <= row["of"] <= 64 for row in rows)

    assert main(["explain", "ukraine", *FEW, *theory, *out]) == 0
    text = capsys.readouterr().out
    for part in ("Left with all removed", "removed alone (no share)", "Who would gain from delay"):
        assert part in text
    assert all(len(line) <= 100 for line in text.splitlines())
    page = (tmp_path / "out" / "explained.html").read_text(encoding="utf-8")
    assert page.count("<svg") >= 3
    command = re.search(r"<pre>(.*)</pre>", page)
    assert command
    assert (
        command[1]
        == "ripeness explain ukraine --worlds 64 --seed 1 --theory converging_expectations"
    )


def test_the_story_of_a_world_is_the_same_from_a_run_and_from_the_scenario(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ("--out", str(tmp_path))
    capsys.readouterr()
    assert main(["explain", str(run), "--world", "3", "--json", "--quiet"]) == 0
    from_run = json.loads(capsys.readouterr().out)["result"]
    validate(from_run, WORLD)
    assert Path(from_run["page"]).is_file()
    assert Path(from_run["page"]).parent == run.parent / "a run_explained"
    assert main(["explain", "ukraine", *FEW, "--world", "3", *out, "--json"]) == 0
    from_scenario = json.loads(capsys.readouterr().out)["result"]
    assert {**from_run, "page": ""} == {**from_scenario, "page": ""}
    assert main(["explain", str(run), "--world", "3", *out]) == 0
    assert "What happened" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ukraine", "--world", "-1"], "0 to 1023"),
        (["ukraine", "--worlds", "8", "--world", "8"], "0 to 7"),
        (["ukraine", "--world", "seven"], "--world"),
        (["ukraine", "--theory", "wishful_thinking"], "wishful_thinking"),
        (["ukraine", "--worlds", "0"], "--worlds"),
        (["ukraine", "--lever", "aid"], "--lever aid"),
        (["ukraine", "--lever", "aid_levle=2"], "aid_level"),
        (["ukrain"], "no such war"),
        (["no/such/run", "--world", "1"], "neither a folder of a run nor a scenario"),
        (["nosuch.yaml", "--world", "1"], "nosuch.yaml"),
        ([""], "empty"),
    ],
)
def test_nonsense_is_one_message(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in said_to(["explain", *arguments], capsys)


def test_a_run_is_asked_for_one_world_and_as_it_was_made(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "--world K" in said_to(["explain", str(run)], capsys)
    assert "--seed" in said_to(["explain", str(run), "--world", "1", "--seed", "2"], capsys)
    assert "0 to 63" in said_to(["explain", str(run), "--world", "64"], capsys)
    (tmp_path / "file").touch()
    said = said_to(["explain", str(run), "--world", "1", "--out", str(tmp_path / "file")], capsys)
    assert "This is a file" in said


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda run: (run / "manifest.json").unlink(), "manifest.json"),
        (lambda run: (run / "manifest.json").write_text("{"), "manifest.json"),
        (
            lambda run: (run / "manifest.json").write_text('{"format": 1}'),
            "does not say what was run",
        ),
        (lambda run: (run / "manifest.json").write_text('{"format": 99}'), "format 99"),
        (lambda run: shutil.rmtree(run / "outcomes.zarr"), "outcomes.zarr"),
        (lambda run: shutil.rmtree(run), "neither a folder of a run nor a scenario"),
        (lambda run: [file.unlink() for file in run.rglob(".zarray")], "cannot be read"),
    ],
)
def test_a_damaged_run_is_one_message(
    damage, said: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(copy)
    assert said in said_to(["explain", str(copy), "--world", "1"], capsys)


def edited(run: Path, **changes: object) -> None:
    path = run / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | changes), encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"scenario_digest": "0" * 64}, "has changed since"),
        ({"reproduce": ["ripeness run gone.yaml --worlds 64"]}, "gone.yaml, is not as it was"),
        ({"reproduce": ["ripeness"]}, "does not say what was run"),
        ({"levers": {"no_such_lever": 1.0}}, "is not as it was"),
        ({"levers": "aid"}, "does not say what was run"),
        ({"seed": 2}, "goes otherwise than in the run"),
        ({"worlds_asked": 128}, "goes otherwise than in the run"),
    ],
)
def test_a_run_whose_scenario_is_another_now_is_refused(
    changes: dict[str, object], said: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(copy, **changes)
    assert said in said_to(["explain", str(copy), "--world", "1"], capsys)


def test_worlds_that_a_stopped_run_did_not_finish(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = xr.open_zarr(copy / "outcomes.zarr", consolidated=False).load().isel(world=slice(32))
    shutil.rmtree(copy / "outcomes.zarr")
    for variable in data.variables.values():
        variable.encoding.clear()
    data.to_zarr(copy / "outcomes.zarr", consolidated=False, zarr_format=2)
    edited(copy, worlds=32, worlds_asked=64)
    assert main(["explain", str(copy), "--world", "31", "--quiet"]) == 0
    assert "stopped after 32 worlds" in said_to(["explain", str(copy), "--world", "32"], capsys)


@pytest.mark.slow  # thirty-one solves
def test_sides_that_expect_learn_anew_without_each_friction(tmp_path: Path, capsys) -> None:
    out = ("--theory", "expectations", "--out", str(tmp_path / "out"), "--json")
    assert main(["explain", "ukraine", *FEW, *out]) == 0
    months = json.loads(capsys.readouterr().out)["result"]["statistics"]["months_of_war"]
    total = months["all_off"]["mean"] + sum(s["mean"] for s in months["shares"].values())
    assert total == pytest.approx(months["base"]["mean"])
