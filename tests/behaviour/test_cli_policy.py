"""``ripeness policy inverse`` answers, refuses in one message, and keeps what it has when it is stopped."""

from __future__ import annotations

import json

import pytest

import fixtures
from planted_moves import names_of, planted
from ripeness.cli.main import main
from ripeness.explore.inverse_moves import moves_of
from ripeness.scenario.load import as_yaml

ASK = ["policy", "inverse", "ukraine", "--worlds", "32", "--quiet"]


def helped(moves, fresh):
    return 0.7 if "optimism" in names_of(moves) else 0.2


@pytest.mark.parametrize(
    ("words", "where", "what"),
    [
        (["--target", "0"], "--target", "no share of worlds"),
        (["--target", "7"], "--target", "no share of worlds"),
        (["--target", "nan"], "--target", "no share of worlds"),
        (["--target", "half"], "--target", "valid number"),
        (["--most", "0"], "--most", "cannot be searched"),
        (["--worlds", "0"], "--worlds", "greater than or equal to 1"),
        (["--worlds", "9999999"], "--worlds", "must be between"),
        (["--lever", "optimist=1"], "lever optimist", "no lever"),
        (["--lever", "optimism=99"], "lever optimism", "must lie between"),
        (["--lever", "optimism"], "--lever optimism", "equals sign"),
        (["--only", "optimist"], "--only optimist", "no lever or issue"),
        (["--without", "crimee"], "--without crimee", "no lever or issue"),
        (["--only", "optimism", "--lever", "optimism=2"], "--lever", "no lever and no issue"),
        (["--only", "crimea", "--levers-only"], "--only", "no lever and no issue"),
        (["--least", "pain"], "--least", "no cost"),
        (["--theory", "wishful_thinking"], "--theory", "no theory"),
    ],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused_in_one_message(capsys, words, where, what):
    assert main([*ASK, *words]) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert caught.err.count("error:") == 1
    assert where in caught.err
    assert what in caught.err
    assert "Traceback" not in caught.err


def test_another_question_than_the_inverse_is_refused(capsys):
    assert main(["policy", "outverse", "ukraine"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_scenario_without_levers_is_refused_or_its_terms_are_searched(capsys, tmp_path):
    bare = fixtures.ukraine().model_copy(update={"levers": {}, "name": "bare"})
    file = tmp_path / "bare.yaml"
    file.write_text(as_yaml(bare), encoding="utf-8")
    assert main(["policy", "inverse", str(file), "--levers-only"]) == 2
    assert "`bare` has no levers" in capsys.readouterr().err
    with planted(lambda moves, fresh: 0.7 if "crimea" in names_of(moves) else 0.2):
        assert main(["policy", "inverse", str(file), "--worlds", "32", "--quiet"]) == 0
    assert "Status of Crimea" in capsys.readouterr().out


def test_an_answer_says_what_it_costs_and_how_much_of_it_is_needed(capsys):
    with planted(helped, killed=lambda moves: 80.0 if moves else 100.0):
        assert main([*ASK, "--only", "optimism"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "One change is enough" in out
    assert "Optimism of both sides: 1 -> 0" in out
    assert "half of it is enough" in out
    assert "so is 1 of 8 parts" in out
    assert "20 thousand fewer killed (of 100)" in out


def test_the_answer_as_json_holds_costs_distances_and_needs(capsys):
    with planted(helped):
        assert main([*ASK, "--only", "optimism", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)["result"]
    answer = result["answers"][0]
    assert answer["moves"][0] | {"words": ""} == {
        "kind": "lever", "name": "optimism", "setting": 0.5, "words": "", "start": 1.0,
        "distance": -0.5, "way": 0.5, "unit": "ratio",
    } or answer["moves"][0]["setting"] in (0.0, 2.0, 3.0)  # fmt: skip
    assert set(answer["costs"]) >= {"killed", "fought", "bill.europe"}
    assert answer["needs"][0]["lever"] == "optimism"
    assert answer["fresh_worlds"] == 64
    assert result["best"] is None
    assert result["stopped"] is False


@pytest.mark.parametrize("after", [1, 5, 90])
def test_what_was_found_is_kept_when_the_user_stops_it(capsys, after):
    with planted(lambda moves, fresh: 0.2, stop_after=after):
        assert main([*ASK, "--most", "2"]) == 130
    caught = capsys.readouterr()
    assert "You stopped the search" in " ".join(caught.out.split())
    assert "As it is, peace comes and holds in" in caught.out
    assert caught.err.count("error:") == 1
    assert "Stopped by you" in caught.err
    with planted(helped, stop_after=after):
        assert main([*ASK, "--json"]) == 130
    answer = json.loads(capsys.readouterr().out)
    assert answer["status"] == "interrupted"
    assert answer["result"]["stopped"] is True
    assert len(answer["result"]["singles"]) == after - 1


def test_stopped_among_the_pairs_the_best_so_far_is_shown(capsys):
    with planted(lambda moves, fresh: 0.3 if len(moves) == 2 else 0.2, stop_after=2000):
        assert main([*ASK, "--most", "2", "--json"]) == 130
    result = json.loads(capsys.readouterr().out)["result"]
    assert len(result["singles"]) == len(moves_of(fixtures.ukraine()))
    assert result["answers"] == []
    assert result["best"]["worlds"] == 32


def test_stopped_before_the_first_worlds_there_is_nothing_to_show(capsys):
    with planted(helped, stop_after=0):
        assert main(ASK) == 130
    caught = capsys.readouterr()
    assert caught.out == ""
    assert "Stopped by you" in caught.err


def test_a_real_war_is_searched(capsys):
    words = ["policy", "inverse", "template", "--worlds", "32", "--most", "1", "--levers-only"]
    assert main([*words, "--target", "0.01", "--json", "--quiet"]) == 0
    result = json.loads(capsys.readouterr().out)["result"]
    assert result["base"]["worlds"] == 32
    assert result["answers"][0]["moves"] == []
    assert main([*words, "--target", "1", "--quiet"]) == 0
    assert "None exists within the ranges" in capsys.readouterr().out


@pytest.mark.parametrize("worlds", ["32", "1"])
def test_the_picture_and_the_figures_are_written(capsys, tmp_path, worlds):
    folder = tmp_path / "new" / "policy"
    words = ["--only", "optimism", "--out", str(folder), "--json", "--worlds", worlds]
    with planted(helped):
        assert main([*ASK, *words]) == 0
    result = json.loads(capsys.readouterr().out)["result"]
    text = (folder / "inverse.json").read_text(encoding="utf-8")
    kept = json.loads(text)
    assert "Infinity" not in text
    assert kept == {name: value for name, value in result.items() if name != "files"}
    assert "<svg" in (folder / "inverse.svg").read_text(encoding="utf-8")


def test_a_file_in_the_place_of_the_folder_is_refused_before_the_search(capsys, tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("mine", encoding="utf-8")
    search = planted(helped)
    with search:
        assert main([*ASK, "--out", str(file)]) == 2
    assert not search.stages
    assert "This is a file." in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "mine"
