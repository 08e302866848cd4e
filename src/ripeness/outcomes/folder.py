"""What a run folder holds, whether it is complete, and who may write to it. Imports nothing heavy."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ripeness.errors import bad_input

MANIFEST = "manifest.json"
DATA = "outcomes.zarr"
CLAIMS = "claims.json"
BRIEF = "brief.html"
SCENARIO = "scenario.yaml"
BOARD = "board.json"
SCRATCH = ".writing-"
"""What the names of unfinished files begin with."""


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Hold a run folder for one program, and leave no empty folder behind.

    Raises:
        InputError: if another program is writing a run into it.
        OSError: if it cannot be made or written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    holder = os.open(folder, os.O_RDONLY)
    try:
        _hold(holder, folder)
        for leftover in folder.glob(f"{SCRATCH}*"):  # of a run that was killed
            shutil.rmtree(leftover, ignore_errors=True)
        Path(tempfile.mkdtemp(prefix=SCRATCH, dir=folder)).rmdir()  # fails now rather than later
        yield
    finally:
        with suppress(OSError):
            folder.rmdir()  # only if it is empty
        os.close(holder)


def _hold(holder: int, folder: Path) -> None:
    try:
        fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
            return  # this file system cannot lock folders
        raise bad_input(
            str(folder), "another run is being written into this folder.",
            "Wait until it is done, or give another folder with --out FOLDER.",
        ) from None  # fmt: skip


def is_vacant(folder: Path) -> bool:
    """Return whether a folder is missing or holds nothing but what a killed run left half written."""
    return not folder.is_dir() or all(path.name.startswith(SCRATCH) for path in folder.iterdir())


def missing_parts(folder: Path) -> tuple[str, ...]:
    """Return what a run folder lacks because the run was stopped; () if it is complete."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ("the outcomes",)
    if not isinstance(manifest, dict) or "format" not in manifest or not (folder / DATA).is_dir():
        return ("the outcomes",)
    parts = (
        ("the search for numbers that move nothing", "dead" in manifest),
        ("the claims on trial", (folder / CLAIMS).is_file()),
        ("the brief", (folder / BRIEF).is_file()),
    )
    return tuple(name for name, there in parts if not there)
