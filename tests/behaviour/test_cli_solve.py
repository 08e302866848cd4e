"""``ripeness solve``: what it says, what it keeps, and how it goes on.

The solve is a small one: two sweeps of few worlds, judged in as few.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from learning import narrow_chunks, template
from ripeness.bargaining.expectations import library
from ripeness.bargaining.expectations.solver import Status
from ripeness.bargaining.expectations.war_game import WarGame
from ripeness.cli import solving
from ripeness.cli.main import main
from ripeness.outcomes.engine import LANES

SHORT = ("solve", "template", "--worlds", str(LANES), "--sweeps", "2")


@pytest.fixture(scope="module", autouse=True)
def small():
    with narrow_chunks(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "HELD_OUT_WORLDS", LANES)
        yield


@pytest.fixture(scope="module")
def done(small, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A solution of two sweeps; tests copy it before they change it."""
    file = tmp_path_factory.mktemp("solved") / "new folder" / "solution.json"
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as said:
        assert main([*SHORT, "--out", str(file), "--quiet"]) == 3
    assert one_error(said.getvalue()).startswith("error: template")  # and no word besides
    return file


@pytest.fixture
def solution(done: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(done, tmp_path / "solution.json"))


def told(arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    capsys.readouterr()
    assert main(arguments) == code
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    assert "mistake in Ripeness" not in err
    return out, err


def one_error(err: str) -> str:
    """Return the one message there is."""
    assert err.count("error: ") == 1
    assert len(err.splitlines()) == 3
    return err


def sweeps_in(file: Path) -> list[int]:
    return [sweep.number for sweep in library.read(file).solution.sweeps]


# ------------------------------------------------------------------------------- an answer


def test_too_few_sweeps_end_with_3_the_reason_and_what_to_try(capsys):
    out, err = told([*SHORT], 3, capsys)
    assert "Norland and Sudria, an invented war: what both sides expect" in out
    assert "Sweeps: 2; the last changed odds by 0." in out
    assert "worlds that nothing was learnt from" in out
    for regime in ("war", "ceasefire", "settlement"):
        assert f"  {regime}" in out
    assert "nan" not in out.lower()
    assert "error: template\n  Not converged.\n" in err
    assert "Try more sweeps, more worlds a sweep" in err
    assert "sweeps: 100% (2 of 2)" in err


def test_one_sweep_has_nothing_to_compare_with_and_says_no_nonsense(capsys):
    out, _ = told([*SHORT[:-1], "1", "--quiet"], 3, capsys)
    assert "nan" not in out.lower()
    assert "Sweeps: 1.\n" in out


def test_json_is_one_object_with_the_keys_that_scripts_rely_on(capsys):
    out, _ = told([*SHORT, "--json", "--quiet"], 3, capsys)

    def no_nan(text: str) -> float:
        raise AssertionError(text)

    found = json.loads(out, parse_constant=no_nan)
    assert set(found) == {"schema_version", "status", "problems", "result", "provenance"}
    assert found["status"] == "not_converged"
    assert [problem["level"] for problem in found["problems"]].count("error") == 1
    result = found["result"]
    assert {"status", "message", "sweeps", "diagnostics"} <= set(result)
    assert result["status"] == "still_moving"
    assert [sweep["number"] for sweep in result["sweeps"]] == [0, 1]
    assert set(result["sweeps"][0]) == {"number", "change", "shares", "seconds"}
    assert result["sweeps"][0]["change"] is None
    judged = result["diagnostics"]
    assert {"worlds", "bias", "explained", "rows", "by_date"} <= set(judged)
    assert set(judged["bias"]) == {"war", "ceasefire", "settlement"}
    assert set(judged["bias"]["war"]) == {"Norland", "Sudria"}


@pytest.mark.parametrize(
    "wrong", [["--worlds", "0"], ["--sweeps", "0"], ["--sweeps", "many"], ["--lever", "no_such=1"]]
)
def test_what_cannot_be_meant_is_refused_at_once(wrong, capsys):
    _, err = told(["solve", "template", *wrong], 2, capsys)
    one_error(err)


def test_an_unknown_scenario_is_refused(capsys):
    _, err = told(["solve", "no_such_war"], 2, capsys)
    assert "no_such_war" in one_error(err)


# ------------------------------------------------------------------------------- keeping it


def test_what_is_kept_holds_the_scenario_and_enough_to_go_on(done):
    found = library.read(done)
    assert found.digest == library.digest_of(template())
    assert found.solution.status is Status.STILL_MOVING
    assert found.solution.moments is not None
    assert sweeps_in(done) == [0, 1]
    assert not list(done.parent.glob(".solution-*"))


def test_resume_goes_on_and_with_another_out_leaves_the_first_file_alone(
    solution, tmp_path, capsys
):
    kept, other = solution.read_bytes(), tmp_path / "other.json"
    _, err = told([*SHORT, "--resume", str(solution), "--out", str(other)], 3, capsys)
    assert "sweeps: 50% (1 of 2)" in err
    assert solution.read_bytes() == kept
    before, after = (library.read(file).solution for file in (solution, other))
    assert sweeps_in(other) == [0, 1, 2, 3]
    assert [s.shares for s in after.sweeps[:2]] == [s.shares for s in before.sweeps]
    assert not np.array_equal(after.coefficients, before.coefficients)


@pytest.mark.slow
def test_a_solve_that_went_on_is_about_the_one_that_did_not_stop(solution, tmp_path):
    """About: kept numbers are rounded, and the forgetting factor knows of the sweeps asked for."""
    whole = tmp_path / "whole.json"
    assert main([*SHORT[:-1], "4", "--out", str(whole), "--quiet"]) == 3
    assert main([*SHORT, "--resume", str(solution), "--quiet"]) == 3
    one, two = (library.read(file).solution.sweeps for file in (whole, solution))
    for first, second in zip(one[:2], two[:2], strict=True):
        assert first.shares == second.shares
    for name, share in one[-1].shares.items():
        assert abs(share - two[-1].shares[name]) < 0.15, name


@pytest.mark.parametrize(
    "arguments",
    [["solve", "ukraine"], ["solve", "template", "--lever", "aid_level=2"]],
    ids=["scenario", "lever"],
)
def test_a_solution_of_another_war_is_not_gone_on_with(arguments, solution, capsys):
    before = solution.read_bytes()
    _, err = told([*arguments, "--resume", str(solution)], 2, capsys)
    assert "in another scenario, or with other levers" in one_error(err)
    assert solution.read_bytes() == before


def damaged(text: str, kind: str) -> str:
    plain = json.loads(text)
    if kind == "cut off":
        return text[: len(text) // 2]
    if kind == "another format":
        plain["format"] = 0
    elif kind == "fewer coefficients":
        plain["arrays"]["coefficients"] = [row[:-1] for row in plain["arrays"]["coefficients"]]
    elif kind == "flat coefficients":
        plain["arrays"]["coefficients"] = [1.0, 2.0]
    elif kind == "no moments":
        del plain["moments"]["gram"]
    elif kind == "another status":
        plain["status"] = "FINE"
    return json.dumps(plain)


@pytest.mark.parametrize(
    "kind",
    ["cut off", "another format", "fewer coefficients", "flat coefficients", "no moments",
     "another status"],
)  # fmt: skip
def test_a_damaged_solution_is_refused(kind, solution, capsys):
    solution.write_text(damaged(solution.read_text(), kind))
    _, err = told([*SHORT, "--resume", str(solution)], 2, capsys)
    assert "is not a solution written by this version" in one_error(err)
    assert "ripeness solve SCENARIO --out FILE" in err


@pytest.mark.parametrize("rubbish", ["", "{}", "[]", "null", "3", "not json", "\x00\x01"])
def test_rubbish_is_refused(rubbish, tmp_path, capsys):
    file = tmp_path / "rubbish.json"
    file.write_text(rubbish)
    _, err = told([*SHORT, "--resume", str(file)], 2, capsys)
    assert "is not a solution" in one_error(err)
    assert file.read_text() == rubbish


def test_bytes_that_are_no_text_are_refused(tmp_path, capsys):
    file = tmp_path / "picture.json"
    file.write_bytes(b"\xff\xd8\xff\xe0")
    _, err = told([*SHORT, "--resume", str(file)], 2, capsys)
    one_error(err)


def test_a_missing_file_is_named(tmp_path, capsys):
    _, err = told([*SHORT, "--resume", str(tmp_path / "none.json")], 2, capsys)
    assert "none.json" in one_error(err)


def test_a_file_that_cannot_be_written_is_refused_before_the_work(tmp_path, capsys):
    (tmp_path / "file").touch()
    for out in (tmp_path, tmp_path / "file" / "solution.json"):
        _, err = told([*SHORT, "--out", str(out)], 2, capsys)
        assert "sweeps:" not in one_error(err)


# ------------------------------------------------------------------------------- stopping


@pytest.fixture
def interrupted_at(monkeypatch: pytest.MonkeyPatch):
    """Return what makes the play of a sweep be interrupted."""
    play = WarGame.play

    def set_up(at: int) -> None:
        def interrupted(game: WarGame, coefficients: np.ndarray, sweep: int) -> object:
            if sweep == at:
                raise KeyboardInterrupt
            return play(game, coefficients, sweep)

        monkeypatch.setattr(WarGame, "play", interrupted)

    return set_up


def test_an_interruption_keeps_the_last_finished_sweep_and_says_how_to_go_on(
    interrupted_at, done, tmp_path, capsys, monkeypatch
):
    file = tmp_path / "stopped.json"
    interrupted_at(1)
    _, err = told([*SHORT, "--out", str(file), "--quiet"], 130, capsys)
    assert f"1 finished sweeps are kept in {file}." in one_error(err)
    assert f"Go on with --resume {file}." in err
    assert sweeps_in(file) == [0]
    assert library.read(file).solution.status is Status.STOPPED
    monkeypatch.undo()
    told([*SHORT[:-1], "1", "--resume", str(file)], 3, capsys)
    assert sweeps_in(file) == sweeps_in(done)


def test_an_interruption_in_the_first_sweep_replaces_no_older_solution(
    interrupted_at, solution, capsys
):
    before = solution.read_bytes()
    interrupted_at(0)
    _, err = told([*SHORT, "--out", str(solution), "--quiet"], 130, capsys)
    assert "No sweep was finished." in one_error(err)
    assert solution.read_bytes() == before


def test_an_interruption_without_a_file_says_that_nothing_was_kept(interrupted_at, capsys):
    interrupted_at(1)
    _, err = told([*SHORT, "--quiet"], 130, capsys)
    assert "Nothing was kept, since no --out FILE was given." in one_error(err)


def test_an_interruption_in_json(interrupted_at, tmp_path, capsys):
    interrupted_at(1)
    file = str(tmp_path / "stopped.json")
    out, err = told([*SHORT, "--out", file, "--json", "--quiet"], 130, capsys)
    assert err == ""
    found = json.loads(out)
    assert found["status"] == "interrupted"
    assert f"--resume {file}" in found["problems"][0]["remedy"]


@pytest.mark.slow  # a process of its own, which draws and fights out its own worlds
def test_a_signal_ends_the_program_with_130_and_keeps_what_was_finished(tmp_path):
    file, pipe = tmp_path / "stopped.json", subprocess.PIPE
    command = [sys.executable, "-m", "ripeness.cli.main", *SHORT[:-1], "400", "--out", str(file)]
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as program:
        assert program.stderr is not None
        first = program.stderr.readline()
        program.send_signal(signal.SIGINT)
        said = program.stderr.read()
    assert first.startswith("sweeps: 10%")
    assert program.returncode == 130
    assert f"Go on with --resume {file}." in said
    assert "Traceback" not in said
    assert len(sweeps_in(file)) >= 40
    assert not list(tmp_path.glob(".solution-*"))


@pytest.mark.slow  # other numbers of worlds are other programs
@pytest.mark.parametrize("worlds", ["1", "64", "300"])
def test_any_number_of_worlds_will_do(worlds, capsys):
    out, _ = told(["solve", "template", "--worlds", worlds, "--sweeps", "2"], 3, capsys)
    assert "nan" not in out.lower()
