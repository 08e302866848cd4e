"""A run folder as the brief reads it: outcomes, manifest, and claims if there are any."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import xarray as xr

from ripeness.errors import InputError, bad_input
from ripeness.outcomes.folder import BOARD
from ripeness.outcomes.store import Outcomes

CLAIMS: Final = "claims.json"
_AGAIN: Final = "Make the run again with `ripeness run SCENARIO --out FOLDER`."


@dataclass(frozen=True, slots=True)
class Run:
    """What a brief is written from.

    Attributes:
        data: the outcomes.
        manifest: what was run; any key may be missing.
        claims: results of the claims, or ``None`` if none were tried.
        board: opponents, definitions, and where claims hold; empty in older runs.
    """

    data: xr.Dataset
    manifest: Mapping[str, Any]
    claims: list[Mapping[str, Any]] | None
    board: Mapping[str, Any] = field(default_factory=dict)


def read_run(folder: Path) -> Run:
    """Read a run folder.

    Raises:
        InputError: if it is missing, or a file in it is damaged.
    """
    if not folder.is_dir():
        raise bad_input(str(folder), "There is no such folder.", _AGAIN)
    try:
        outcomes = Outcomes.open(folder)
        ready = outcomes.data.sizes["world"] > 0 and outcomes.data.sizes["month"] > 1
    except (InputError, KeyboardInterrupt, MemoryError):
        raise
    except Exception as error:  # a damaged store fails in as many ways as it has parts
        raise bad_input(str(folder), f"The run cannot be read: {error}.", _AGAIN) from error
    if not ready:
        raise bad_input(str(folder), "The run holds no worlds, or only one month.", _AGAIN)
    return Run(
        outcomes.data, outcomes.manifest, read_claims(folder / CLAIMS), read_board(folder / BOARD)
    )


def read_claims(path: Path) -> list[Mapping[str, Any]] | None:
    """Read the results of the claims.

    Returns:
        One mapping per claim, or ``None`` if there is no such file.

    Raises:
        InputError: if the file is damaged.
    """
    remedy = "Delete the file to do without the claims, or make the run again."
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise bad_input(str(path), f"The claims cannot be read: {error}.", remedy) from error
    claims = content.get("claims") if isinstance(content, Mapping) else content
    if not isinstance(claims, list) or not all(isinstance(claim, Mapping) for claim in claims):
        raise bad_input(str(path), "The claims must be a list of results.", remedy)
    return claims


def read_board(path: Path) -> dict[str, Any]:
    """Read the board of a run folder; older runs have none, and then it is empty.

    Raises:
        InputError: if the file is damaged.
    """
    remedy = "Delete the file to do without the board, or make the run again."
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise bad_input(str(path), f"The board cannot be read: {error}.", remedy) from error
    if not isinstance(content, dict):
        raise bad_input(str(path), "The board must be an object.", remedy)
    return content
