"""A hostile user of the command line: one message, the documented code, nothing lost.

One small run is shared by the module; a run is a fresh process only where a signal or a closed stream
must reach it.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ripeness.cli.application import invoke
from ripeness.cli.cache import CacheTrouble
from ripeness.cli.main import main
from ripeness.cli.report import Output, as_lines, visible
from ripeness.errors import InputError, Interrupted, Problem
from ripeness.outcomes.folder import BRIEF, CLAIMS, MANIFEST, missing_parts, writing_to
from ripeness.outcomes.store import Outcomes

PROGRAM = (sys.executable, "-m", "ripeness.cli.main")
FEW = ("--worlds", "64", "--quiet")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a place with spaces and жуть")
    assert main(["new", "mywar", "--out", str(folder), "--quiet"]) == 0
    return folder


@pytest.fixture(scope="module")
def war(home: Path) -> str:
    return str(home / "mywar.yaml")


@pytest.fixture(scope="module")
def whole(home: Path, war: str) -> Path:
    """A complete run; tests copy it before they change it."""
    assert main(["run", war, *FEW, "--out", str(home / "whole")]) == 0
    return home / "whole"


@pytest.fixture
def run(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "run"))


def said_to(arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(arguments) == code
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return said


def started(*arguments: str, **more: object) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen([*PROGRAM, *arguments], stdout=pipe, stderr=pipe, text=True, **more)


# ----------------------------------------------------------------------------- stopping


def test_a_complete_run_lacks_nothing_and_can_be_made_again(whole: Path, war: str) -> None:
    assert missing_parts(whole) == ()
    assert not list(whole.glob(".writing-*"))
    command, _ = json.loads((whole / MANIFEST).read_text())["reproduce"]
    assert f"'{war}'" in command  # the file, in quotation marks since it holds spaces


def test_an_interruption_during_the_worlds_leaves_nothing(war: str, tmp_path: Path) -> None:
    error = stopped(war, tmp_path / "new", at="worlds")
    assert "Nothing was finished" in error.problems[0].what
    assert not (tmp_path / "new").exists()


def test_an_interruption_during_the_worlds_keeps_an_older_run(war: str, run: Path) -> None:
    before = (run / MANIFEST).read_bytes()
    error = stopped(war, run, at="worlds")
    assert "untouched" in error.problems[0].what
    assert (run / MANIFEST).read_bytes() == before
    assert missing_parts(run) == ()


def test_an_interruption_later_keeps_the_outcomes(
    war: str, run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    error = stopped(war, run, at="trials of each number")
    assert "outcomes of all 64 worlds are kept; missing" in error.problems[0].what
    assert "ripeness brief" in error.problems[0].remedy
    assert not (run / BRIEF).exists(), (
        "the brief of the older run must not stay beside new outcomes"
    )
    assert not (run / CLAIMS).exists()

    assert "was stopped; missing: the search" in said_to(["run", war, "--out", str(run)], 2, capsys)
    said = said_to(["brief", str(run)], 0, capsys)
    assert "missing: the search for numbers that move nothing, the claims on trial" in said
    assert (run / BRIEF).is_file()


def test_an_interruption_between_chunks_keeps_the_finished_worlds(war: str, tmp_path: Path) -> None:
    from ripeness.outcomes.run import Stopped, run
    from ripeness.outcomes.store import Outcomes
    from ripeness.scenario.load import load

    def progress(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    whole = run(load(war), 512, 2, chunk=256)
    with pytest.raises(Stopped) as caught:
        run(load(war), 512, 2, chunk=256, progress=progress)
    kept = Outcomes.open(caught.value.outcomes.save(tmp_path / "part"))
    assert (kept.worlds, kept.manifest["worlds_asked"]) == (256, 512)
    for name in ("ending", "area_held", "terms", "parameters"):
        np.testing.assert_array_equal(kept.data[name], whole.data[name].isel(world=slice(256)))


def stopped(war: str, out: Path, *, at: str) -> Interrupted:
    """Run until the first report on a step, and interrupt there."""
    from ripeness.cli.pipeline import run_pipeline
    from ripeness.scenario.load import load

    def progress(done: int, total: int, label: str) -> None:
        if label == at:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as caught:
        run_pipeline(
            load(war), worlds=64, seed=2, out=out, sources=None, theory=None, force=True,
            strict=False, progress=progress,
        )  # fmt: skip
    assert caught.value.exit_code == 130
    return caught.value


def test_a_signal_ends_the_program_with_130(war: str, tmp_path: Path) -> None:
    program = started("run", war, "--worlds", "64", "--out", str(tmp_path / "out"))
    with program:
        assert program.stderr is not None
        first = program.stderr.readline()
        program.send_signal(signal.SIGINT)
        said = program.stderr.read()
    assert first.startswith("worlds")
    assert program.returncode == 130
    assert "Stopped by you." in said
    assert "Traceback" not in said


# ------------------------------------------------------------------------------ folders


def test_two_runs_do_not_share_a_folder(
    war: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    holder = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(holder, fcntl.LOCK_EX)
    try:
        said = said_to(["run", war, *FEW, "--out", str(tmp_path)], 2, capsys)
    finally:
        os.close(holder)
    assert "another run is being written" in said


def test_what_a_killed_run_left_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / "out" / ".writing-abc").mkdir(parents=True)
    with writing_to(tmp_path / "out"):
        assert not list((tmp_path / "out").iterdir())
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_refused_before_the_work(
    war: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    said = said_to(["run", war, "--out", str(tmp_path / "file" / "sub")], 2, capsys)
    assert "worlds:" not in said
    assert "Not a directory" in said


def test_force_does_not_replace_somebody_elses_manifest(
    war: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / MANIFEST).write_text('{"name": "my web page"}')
    assert "that no run has written" in said_to(
        ["run", war, "--out", str(tmp_path), "--force"], 2, capsys
    )
    assert "web page" in (tmp_path / MANIFEST).read_text()


def test_a_disk_that_fills_up_while_saving_keeps_the_older_run(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = Outcomes.open(run)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ripeness.outcomes.store.write_json", full)
    with pytest.raises(OSError, match="No space"):
        outcomes.save(run)
    assert missing_parts(run) == ()
    assert not list(run.glob(".writing-*"))


@pytest.mark.parametrize("damage", [MANIFEST, "outcomes.zarr"])
def test_the_brief_of_half_a_folder_is_refused(
    damage: str, run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shutil.rmtree if (run / damage).is_dir() else os.remove)(run / damage)
    assert "no finished run" in said_to(["brief", str(run)], 2, capsys)


# ------------------------------------------------------------------------------ streams


def test_a_full_stdout_is_told_as_such(war: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "check", war, "--quiet"], stdout=full, stderr=subprocess.PIPE, text=True
        )
        silent = subprocess.run([*PROGRAM, "check", war], stdout=full, stderr=full)
    assert done.returncode == 2
    assert done.stderr.startswith("error: stdout\n")
    assert silent.returncode == 2


@pytest.mark.parametrize("closed", ["1", "2"])
def test_a_closed_stream_is_borne(closed: str, war: str) -> None:
    line = f'exec "$@" {closed}>&-'
    done = subprocess.run(
        ["sh", "-c", line, "sh", *PROGRAM, "check", war], capture_output=True, text=True
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_json_stays_valid_in_a_poor_locale(tmp_path: Path) -> None:
    poor = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = started("check", f"{tmp_path}/жуть\udcff.yaml", "--json", env=poor)
    out, err = done.communicate()
    assert done.returncode == 2
    assert err == ""
    assert json.loads(out)["problems"][0]["where"].endswith("жуть\udcff.yaml")


# ---------------------------------------------------------------------------- what is shown


def test_nothing_that_commands_a_terminal_is_shown() -> None:
    nasty = "a\x1b[31m\x1b]0;title\x07b\x9bc\u202ed\r\ne\udcff"
    shown = as_lines(Problem("error", nasty, nasty, nasty))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", shown)
    assert shown.count("\n") == 3
    assert visible("line\n\tnext — жуть") == "line\n\tnext — жуть"


def test_control_characters_in_a_scenario_are_refused(
    war: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Path(war).read_text(encoding="utf-8")
    file = tmp_path / "nasty.yaml"
    file.write_text(re.sub("title: .*", r'title: "red \\e[31m"', text), encoding="utf-8")
    said = said_to(["check", str(file)], 2, capsys)
    assert "nasty.yaml:11" in said
    assert "control character U+001B" in said


@pytest.mark.parametrize("arguments", [["run", "x", "--out", ""], ["run", "x", "--out="], [""]])
def test_an_empty_word_is_refused(arguments: list[str]) -> None:
    with pytest.raises(InputError, match="is empty"):
        invoke(arguments, Output())


def test_trouble_with_the_cache_is_one_warning() -> None:
    import warnings

    with CacheTrouble() as cache:
        warnings.simplefilter("always")  # here they are errors; in the program they are shown
        for _ in range(2):
            warnings.warn(
                "Error writing persistent compilation cache entry for 'jit_f': OSError: [Errno 28] Full",
                stacklevel=1,
            )
    (problem,) = cache.problems()
    assert "[Errno 28] Full" in problem.what
    assert "RIPENESS_CACHE" in problem.remedy


def test_a_missing_document_is_named_once(home: Path) -> None:
    from ripeness.cli.pipeline import passages_of
    from ripeness.sources import load_library

    folder = home / "sources"
    folder.mkdir()
    (folder / "other.txt").write_text("Another document.")
    passage = {"document": "0" * 64, "start": 0, "end": 5, "digest": "1" * 64}
    verdicts = [
        {"id": claim, "passages": [{"passage": passage, "label": "a paper"}] * 2}
        for claim in ("C01", "C02")
    ]
    texts, problems = passages_of(load_library(folder), verdicts)
    assert texts == {}
    assert [problem.where for problem in problems] == ["a paper (cited for C01, C02)"]
