"""`ripeness sincerity`, and what it says to who asks it nonsense."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import validate

from ripeness.cli.main import main
from ripeness.explore.stalling import CHANNELS, EFFECTS, MOTIVES
from ripeness.outcomes.sincerity import KINDS, SIGNALS

FEW = ("--worlds", "64", "--theory", "hurting_stalemate", "--quiet")
ESTIMATE = {"type": "object", "required": ["mean", "standard_error"]}


def named(names, what) -> dict:
    """Schema of an object with these names, each holding this."""
    return {"type": "object", "required": list(names), "additionalProperties": what}


SPLIT = {
    "type": "object",
    "required": ["gain", "channels", "remains", "motives"],
    "properties": {
        "gain": ESTIMATE,
        "remains": ESTIMATE,
        "channels": named(CHANNELS, ESTIMATE),
        "motives": named(MOTIVES, ESTIMATE),
    },
}
SIDE = {
    "type": "object",
    "required": ["months", "worlds", "signals", "stalls"],
    "properties": {
        "months": named(KINDS, {"type": "integer"}),
        "signals": named(SIGNALS, {"type": "object", "required": ["months", "real", "later"]}),
        "stalls": {
            "type": "object",
            "required": ["own", "enemy", "changes", "as_it_is"],
            "properties": {
                "own": SPLIT,
                "enemy": SPLIT,
                "changes": named(MOTIVES, named(EFFECTS, ESTIMATE)),
            },
        },
    },
}
RESULT = {
    "type": "object",
    "required": ["scenario", "worlds", "seed", "levers", "all", "by_theory", "by_month"],
    "properties": {"all": {"type": "object", "properties": {"sides": named((), SIDE)}}},
}


def test_it_is_told_in_words_and_as_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ("--out", str(tmp_path / "out"))
    assert main(["sincerity", "ukraine", *FEW, *out]) == 0
    text = capsys.readouterr().out
    for part in ("Coming to talks, Russia would sign in", "What a stall gains", "aid that fades"):
        assert part in text
    told, _, written = text.partition("\nWritten: ")
    assert all(len(line) <= 100 for line in told.splitlines())
    assert "sincerity.svg" in written
    assert "nan" not in told
    assert main(["sincerity", "ukraine", *FEW, *out, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)["result"]
    validate(result, RESULT)
    assert list(result["by_theory"]) == ["hurting_stalemate"]
    files = [Path(file) for file in result["files"]]
    assert [file.name for file in files] == ["sincerity.json", "sincerity.svg"]
    assert all(file.is_file() for file in files)


def test_two_worlds_are_enough_to_say_something(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sincerity", "ukraine", *FEW, "--worlds", "2"]) == 0
    text = capsys.readouterr().out
    assert "2 worlds" in text
    assert "nan" not in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ukraine", "--theory", "wishful_thinking"], "wishful_thinking"),
        (["ukraine", "--worlds", "0"], "--worlds"),
        (["ukraine", "--lever", "aid"], "--lever aid"),
        (["ukrain"], "ukrain"),
    ],
)
def test_nonsense_is_one_message(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sincerity", *arguments]) == 2
    text = capsys.readouterr()
    assert text.out == ""
    assert said in text.err
    assert "Traceback" not in text.err


def test_a_file_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert main(["sincerity", "ukraine", *FEW, "--out", str(tmp_path / "file")]) == 2
    assert "Traceback" not in capsys.readouterr().err
