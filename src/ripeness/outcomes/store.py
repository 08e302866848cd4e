"""A run on disk: a folder with ``manifest.json`` and ``outcomes.zarr``.

Everything is written beside its final place first and then moved there, so that a full disk or an
interruption leaves either the old file or the new one, never half of one. What was made from older
outcomes (the claims, the brief) goes when the outcomes are replaced, so that a folder never mixes runs.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from ripeness.errors import bad_input
from ripeness.outcomes.folder import BOARD, BRIEF, CLAIMS, DATA, MANIFEST, SCENARIO, SCRATCH

FORMAT = 1
"""Version of the run folder's format."""


@dataclass(frozen=True)
class Outcomes:
    """The result of a run.

    Attributes:
        data: every outcome with its axes and units; see ``ripeness.outcomes.variables``.
        manifest: what was run: scenario digest, seed, levers, versions, timings.
    """

    data: xr.Dataset
    manifest: dict[str, Any]

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return int(self.data.sizes["world"])

    def endings(self) -> dict[str, int]:
        """Return the number of worlds per ending; they add to all worlds."""
        names = self.data["ending"].attrs["flag_meanings"]
        counts = np.bincount(self.data["ending"].values, minlength=len(names))
        return dict(zip(names, counts.tolist(), strict=True))

    def save(self, folder: str | Path) -> Path:
        """Write the run into a folder; what is there of an older run is replaced.

        Raises:
            OSError: if the disk is full or the folder cannot be written.
        """
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=target))
        try:
            self.data.to_zarr(scratch / DATA, mode="w", consolidated=False, zarr_format=2)
            write_json(scratch / MANIFEST, self.manifest)
            for name in (BRIEF, BOARD, CLAIMS, SCENARIO, MANIFEST):
                (target / name).unlink(missing_ok=True)
            _replace_folder(scratch / DATA, target / DATA)
            (scratch / MANIFEST).replace(target / MANIFEST)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        return target

    @classmethod
    def open(cls, folder: str | Path) -> Outcomes:
        """Read a run.

        Raises:
            InputError: if the folder holds no complete run, or one of another format.
        """
        place = Path(folder)
        manifest = read_json(place / MANIFEST)
        if manifest.get("format") != FORMAT:
            raise bad_input(
                str(place / MANIFEST), f"is of format {manifest.get('format')!r}, not {FORMAT}.",
                "Run the scenario again with this version.",
            )  # fmt: skip
        try:
            data = xr.open_zarr(place / DATA, consolidated=False, chunks=None).load()
        except (OSError, ValueError, KeyError) as error:
            raise bad_input(
                str(place / DATA), f"cannot be read: {error}.", "Run the scenario again."
            ) from error
        return cls(data, manifest)


def write_json(path: Path, content: Any) -> None:
    """Write JSON so that a reader sees either the old file or the whole new one."""
    write_text(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def write_text(path: Path, content: str) -> None:
    """Write a text so that a reader sees either the old file or the whole new one."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        scratch.write_text(content, encoding="utf-8")
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def read_json(path: Path) -> Any:
    """Read JSON of a run folder.

    Raises:
        InputError: if it is missing or damaged.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise bad_input(
            str(path), "there is no such file.", "Name a folder that `ripeness run` has written."
        ) from None
    except (OSError, ValueError) as error:
        raise bad_input(
            str(path), f"cannot be read: {error}.", "Run the scenario again."
        ) from error


def _replace_folder(new: Path, old: Path) -> None:
    """Put a folder in the place of another."""
    if old.exists():
        aside = new.with_name("replaced")
        old.replace(aside)
    new.replace(old)
