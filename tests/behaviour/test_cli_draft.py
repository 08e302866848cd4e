"""`ripeness draft`, and what it says to who asks it nonsense."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import validate

from ripeness.cli.main import main
from ripeness.scenario.load import load

FEW = ("--worlds", "96", "--quiet")
COUNT = {"type": "integer", "minimum": 0}
PER_SIDE = {"type": "object", "minProperties": 2, "maxProperties": 2, "additionalProperties": COUNT}
FATE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["signed", "kept"],
    "properties": {
        "signed": COUNT,
        "failed_at_home": COUNT,
        "war_resumed_before_ratification_by": PER_SIDE,
        "broken_by": PER_SIDE,
        "war_ended_otherwise": COUNT,
        "kept": COUNT,
    },
}
CHANGE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["issue", "level", "both_sign", "kept"],
    "properties": {
        "issue": {"type": "string"}, "level": {"type": "string"}, "both_sign": COUNT, "kept": COUNT,
    },
}  # fmt: skip
REFUSALS = {
    "type": "object",
    "required": ["refuses", "red_line", "would_sign_nothing", "too_little"],
    "properties": {
        "refuses": COUNT,
        "red_line": COUNT,
        "would_sign_nothing": COUNT,
        "too_little": COUNT,
        "red_line_by_issue": {"type": "object", "additionalProperties": COUNT},
        "costliest_issue": {"type": "object", "additionalProperties": COUNT},
        "median_lack": {"type": ["number", "null"]},
    },
}
FRONTIER = {
    "type": "object",
    "required": ["packages", "efficient", "mean_left_on_the_table", "best_compromise"],
    "properties": {
        "packages": COUNT,
        "contradict_themselves": COUNT,
        "efficient": COUNT,
        "mean_left_on_the_table": {"type": ["number", "null"]},
        "best_compromise": {"type": ["object", "null"]},
        "estimate_of_keeping": {"type": ["object", "null"]},
    },
}
RESULT = {
    "type": "object",
    "required": [
        "scenario", "title", "signed", "month", "terms", "worlds", "drawn", "not_open", "signs",
        "both_sign", "kept", "vetoes", "only_veto", "fate", "fate_if_signed_everywhere", "changes",
        "months_to_force", "waits_for",
        "helps_signing", "helps_keeping", "frontier", "by_theory",
    ],
    "properties": {
        "terms": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["level", "months_after"],
                "properties": {"level": {"type": "string"}, "months_after": COUNT},
            },
        },
        "months_to_force": {
            "type": "object",
            "required": ["earliest", "half", "latest"],
            "additionalProperties": {"type": "integer", "minimum": 1},
        },
        "waits_for": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "signs": PER_SIDE,
        "only_veto": PER_SIDE,
        "vetoes": {"type": "object", "additionalProperties": REFUSALS},
        "fate": FATE,
        "fate_if_signed_everywhere": FATE,
        "changes": {"type": "array", "items": CHANGE, "minItems": 1},
        "helps_signing": {"oneOf": [CHANGE, {"type": "null"}]},
        "helps_keeping": {"oneOf": [CHANGE, {"type": "null"}]},
        "frontier": FRONTIER,
        "by_theory": {"type": "object", "minProperties": 1},
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The draft that the program offers to start from."""
    folder = tmp_path_factory.mktemp("a place with spaces")
    assert main(["draft", "--new", "ukraine", "--out", str(folder), "--quiet"]) == 0
    return folder / "draft_ukraine.yaml"


def test_it_is_given_as_data_and_written_up(
    draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    capsys.readouterr()
    assert main(["draft", str(draft), *FEW, "--json", "--out", str(out)]) == 0
    result = json.loads(capsys.readouterr().out)["result"]
    validate(result, RESULT)
    adds_up(result)
    saved = json.loads((out / "draft.json").read_text(encoding="utf-8"))
    assert saved == {key: value for key, value in result.items() if key != "files"}
    assert [Path(file).name for file in result["files"]] == ["draft.html", "draft.json"]
    page = (out / "draft.html").read_text(encoding="utf-8")
    assert "Who would sign, and who vetoes" in page
    assert not re.search(r'(src|href)="(https?:)?//|<script', page)
    assert not re.search(
        r"\bnan\b|\d ?%", re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", page, flags=re.S)
    )


def adds_up(result: dict) -> None:
    for fate in (result["fate"], result["fate_if_signed_everywhere"]):
        parts = [
            fate["failed_at_home"], fate["war_ended_otherwise"], fate["kept"],
            *fate["war_resumed_before_ratification_by"].values(), *fate["broken_by"].values(),
        ]  # fmt: skip
        assert sum(parts) == fate["signed"]
    assert result["fate"]["signed"] == result["both_sign"]
    assert result["fate"]["kept"] == result["kept"]
    dates = result["months_to_force"]
    assert dates["earliest"] <= dates["half"] <= dates["latest"]
    assert result["fate_if_signed_everywhere"]["signed"] == result["worlds"]
    for side, each in result["vetoes"].items():
        assert each["refuses"] == result["worlds"] - result["signs"][side]
        assert each["refuses"] == each["red_line"] + each["would_sign_nothing"] + each["too_little"]
    assert sum(row["worlds"] for row in result["by_theory"].values()) == result["worlds"]


def test_it_is_told_in_words_of_few_worlds_too(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draft", str(draft), *FEW, "--worlds", "3"]) == 0
    text = capsys.readouterr().out
    for part in ("Who would sign, and why not", "What becomes of it", "single change",
                 "among all packages", "of 3 worlds"):  # fmt: skip
        assert part in text
    assert all(len(line) <= 100 for line in text.splitlines())
    assert not re.search(r"\bnan\b|%", text)


def test_a_later_day_looks_at_the_worlds_still_open(
    draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    war = load("ukraine")
    later = war.start.replace(year=war.start.year + 1)
    text = draft.read_text(encoding="utf-8").replace("terms:\n", f"signed: {later}\nterms:\n", 1)
    file = draft.with_name("later.yaml")
    file.write_text(text, encoding="utf-8")
    assert main(["draft", str(file), *FEW, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)["result"]
    assert result["month"] == 13
    assert result["worlds"] + sum(result["not_open"].values()) == result["drawn"]
    adds_up(result)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "No draft was given"),
        (["{draft}", "--new", "ukraine"], "Both a draft and --new"),
        (["--new", "ukrain"], "ukrain"),
        (["nothing.yaml"], "there is no such file"),
        (["{folder}"], "this is a folder"),
        (["{draft}", "--theory", "wishful_thinking"], "wishful_thinking"),
        (["{draft}", "--worlds", "0"], "--worlds"),
        (["{draft}", "--lever", "aid"], "--lever aid"),
        (["{draft}", "--lever", "no_such=1"], "no_such"),
        (["{draft}", "--out", "{draft}"], "This is a file"),
    ],
)
def test_nonsense_is_one_message(
    arguments: list[str], said: str, draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = [word.format(draft=draft, folder=draft.parent) for word in arguments]
    capsys.readouterr()
    assert main(["draft", *filled]) == 2
    text = capsys.readouterr()
    assert text.out == ""
    assert said in text.err
    assert text.err.count("error: ") == 1
    assert "Traceback" not in text.err


def test_problems_of_a_draft_come_as_data_too(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = draft.with_name("bad.yaml")
    bad.write_text("draft: 1\nscenario: ukraine\nterms:\n  atlantis: sunk\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["draft", str(bad), "--json"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert [problem["where"].rpartition(":")[2] for problem in found["problems"]] == ["4"]
