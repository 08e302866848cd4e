"""The files around the code agree with one another and give nothing away."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCKS = {name: (ROOT / "requirements" / f"{name}.txt").read_text() for name in ("run", "dev")}


def pins(text: str) -> dict[str, str]:
    """Return the exact version of each package in a lock."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_locks_have_hashes_and_no_hosts(name: str) -> None:
    text = LOCKS[name]
    assert text.count("--hash=sha256:") >= len(pins(text)) > 20
    assert not re.search(r"://|@ |--(extra-)?index|--find-links|/(home|root|tmp|Users)/", text)


@pytest.mark.parametrize("name", LOCKS)
def test_locks_are_for_the_processor_only(name: str) -> None:
    assert not [package for package in pins(LOCKS[name]) if "cuda" in package]


def test_developers_use_what_users_use() -> None:
    run, dev = pins(LOCKS["run"]), pins(LOCKS["dev"])
    assert {package: dev.get(package) for package in run} == run


def test_every_dependency_is_locked() -> None:
    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[^a-z0-9-]", requirement)[0] for requirement in requirements}

    assert names(PROJECT["dependencies"]) <= set(pins(LOCKS["run"]))
    assert names(PROJECT["optional-dependencies"]["dev"]) <= set(pins(LOCKS["dev"]))


def test_one_version() -> None:
    assert f"version: {PROJECT['version']}\n" in (ROOT / "CITATION.cff").read_text()
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text()


def test_continuous_integration_runs_the_readme_command() -> None:
    assert "\n    make test\n" in (ROOT / "README.md").read_text()
    assert (ROOT / ".ci" / "run").read_text().rstrip().endswith("\nmake test")
