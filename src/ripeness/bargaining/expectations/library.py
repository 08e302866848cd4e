"""What sides have learnt, kept: shipped with the library's scenarios, in the user's cache, or in a file.

Text, so that a change can be read: arrays rounded to what a float32 holds, how the solve went, and the
digests of the scenario with and without its levers. The second lets a moved lever be answered at once with
what was learnt without it (preliminary), until it is solved anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from ripeness.bargaining.expectations.prepare import FORMAT, Learnt
from ripeness.bargaining.expectations.regression import Moments
from ripeness.bargaining.expectations.solver import Solution, Status, Sweep
from ripeness.bargaining.expectations.values import FEATURES
from ripeness.errors import bad_input
from ripeness.scenario.load import as_yaml
from ripeness.scenario.model import Scenario
from ripeness.worlds.bundle import Bundle

SHIPPED = "ripeness.scenario.library"
DIGITS = 8
"""Significant digits kept: a float32 has seven."""


def digest_of(scenario: Scenario, *, levers: bool = True) -> str:
    """Return the digest of what expectations depend on; without levers, as if none were moved.

    Names, texts, lists of theories and levers that nobody moves change nothing that is learnt and are left out.
    """
    plain = scenario if levers else scenario.model_copy(update={"lever_values": {}})
    texts = {"name": "x", "title": "x", "summary": "x"}
    moved = {name: plain.levers[name] for name in plain.lever_values}
    plain = plain.model_copy(update={**texts, "theories": [], "levers": moved})
    return hashlib.sha256(f"{FORMAT} {as_yaml(plain)}".encode()).hexdigest()


def kept_for(scenario: Scenario) -> Learnt | None:
    """Return what was learnt in this scenario, shipped or cached; preliminary if only without its levers."""
    exact, bare = digest_of(scenario), digest_of(scenario, levers=False)
    preliminary = None
    for text in _candidates(scenario.name, exact, bare):
        found = from_text(text)
        if found.digest == exact:
            return found
        if found.digest == bare:
            preliminary = replace(found, preliminary=True)
    return preliminary


def cache(learnt: Learnt) -> None:
    """Keep what was learnt for the next time; a cache that cannot be written is done without."""
    try:
        write(learnt, cached_file(learnt.digest))
    except OSError:
        return


def cache_folder() -> Path:
    """Return where solutions are cached."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(os.environ.get("RIPENESS_CACHE") or Path(home) / "ripeness") / "expectations"


def write(learnt: Learnt, path: Path) -> None:
    """Write what was learnt into a file, whole or not at all."""
    keep_text(as_text(learnt), path)


def keep_text(text: str, path: Path) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=".solution-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(scratch).chmod(0o644)
        Path(scratch).replace(path)
    finally:
        Path(scratch).unlink(missing_ok=True)


def as_text(learnt: Learnt, *, moments: bool = False) -> str:
    """Return what was learnt as JSON; with moments, enough to go on from."""
    solution = learnt.solution
    plain: dict[str, Any] = {
        "format": FORMAT,
        "digest": learnt.digest,
        "status": solution.status.name,
        "detail": solution.detail,
        "arrays": {name: _listed(value) for name, value in sorted(learnt.arrays.items())},
        "sweeps": [
            {
                "number": sweep.number,
                "change": _finite(sweep.change),
                "shares": sweep.shares,
                "seconds": round(sweep.seconds, 3),
            }
            for sweep in solution.sweeps
        ],
    }  # fmt: skip
    if moments and solution.moments is not None:
        kept = ("gram", "target", "square", "rows")
        plain["moments"] = {name: _listed(getattr(solution.moments, name)) for name in kept}
        plain["last"] = _listed(solution.last)
    return json.dumps(plain, indent=1) + "\n"


def from_text(text: str) -> Learnt:
    """Return what was learnt from its JSON.

    Raises:
        ValueError: if it is not such a text, or of another format.
    """
    plain = json.loads(text)
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise ValueError("not a solution of this version")
    arrays = Bundle({name: np.array(value, np.float32) for name, value in plain["arrays"].items()})
    if arrays.coefficients.shape != (2, FEATURES, 1):
        raise ValueError("coefficients of other values than those of this version")
    coefficients = np.asarray(arrays.coefficients[:, :, 0], dtype=np.float64)
    sweeps = tuple(
        Sweep(
            s["number"], np.nan if s["change"] is None else s["change"], s["shares"], s["seconds"]
        )
        for s in plain["sweeps"]
    )
    found = None
    if "moments" in plain:
        found = Moments(**{name: np.array(value) for name, value in plain["moments"].items()})
    last = np.array(plain["last"]) if "last" in plain else coefficients[None]
    status = Status[plain["status"]]
    solution = Solution(coefficients, last, found, status, sweeps, plain["detail"])
    return Learnt(arrays, solution, plain["digest"])


def read(path: Path) -> Learnt:
    """Return what a file holds.

    Raises:
        InputError: if it cannot be read or is no solution.
    """
    try:
        return from_text(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise bad_input(
            str(path), f"cannot be read: {error.strerror}.", "Check the path."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise bad_input(
            str(path),
            "is not a solution written by this version of Ripeness.",
            "Solve again: `ripeness solve SCENARIO --out FILE`.",
        ) from None


def _candidates(name: str, exact: str, bare: str) -> list[str]:
    """Return what there is, what everybody has first: a run must not depend on what is cached here."""
    texts = []
    shipped = resources.files(SHIPPED) / f"{name}.expectations.json"
    if shipped.is_file():
        texts.append(_usable(shipped.read_text(encoding="utf-8")))
    for digest in dict.fromkeys((exact, bare)):
        path = cached_file(digest)
        if path.is_file():
            texts.append(_readable(path))
    return [text for text in texts if text]


def cached_file(digest: str) -> Path:
    """Return where the solution of a scenario is cached by this version of the program's own text."""
    return cache_folder() / f"{digest[:24]}-{_program_digest()[:8]}.json"


@lru_cache(maxsize=1)
def _program_digest() -> str:
    """Return the digest of the code that solutions come out of."""
    found = hashlib.sha256()
    for package in ("ripeness.war", "ripeness.bargaining"):
        root = Path(str(resources.files(package)))
        for path in sorted(root.rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()


def _readable(path: Path) -> str:
    """Return a cached text, or nothing if it is damaged: it is then solved and written anew."""
    try:
        return _usable(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return ""


def _usable(text: str) -> str:
    """Return the text of a solution, or nothing if it is none of this version."""
    try:
        from_text(text)
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
    return text


def _listed(array: Any) -> Any:
    plain = np.asarray(array, dtype=np.float64)
    return np.vectorize(lambda value: float(f"{value:.{DIGITS}g}"))(plain).tolist()


def _finite(value: float) -> float | None:
    return None if not np.isfinite(value) else float(f"{value:.4g}")
