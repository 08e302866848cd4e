"""From files to a scenario, with every problem reported at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from ripeness.errors import InputError, Problem, bad_input
from ripeness.registry import suggestion
from ripeness.scenario.checks import check_scenario
from ripeness.scenario.explain import explained
from ripeness.scenario.merge import LIBRARY, gathered, is_name, library_names
from ripeness.scenario.model import Scenario
from ripeness.scenario.places import Places
from ripeness.scenario.repair import repaired
from ripeness.scenario.yaml_lines import NUMBER


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a scenario: the scenario unless there are errors, and all problems."""

    scenario: Scenario | None
    problems: tuple[Problem, ...]


def load(name_or_path: str | Path) -> Scenario:
    """Return the scenario of a library name or a file.

    Raises:
        InputError: with every error found in the files.
    """
    reading = read_scenario(name_or_path)
    errors = [problem for problem in reading.problems if problem.level == "error"]
    if reading.scenario is None or errors:
        raise InputError(errors)
    return reading.scenario


def check(name_or_path: str | Path) -> list[Problem]:
    """Return everything that is wrong with a scenario: errors first, then warnings."""
    problems = read_scenario(name_or_path).problems
    return sorted(problems, key=lambda problem: problem.level != "error")


def read_scenario(name_or_path: str | Path) -> Reading:
    """Return the scenario of a library name or a file, and all problems with it."""
    try:
        root = gathered(*_file(name_or_path))
    except InputError as error:
        return Reading(None, error.problems)
    places = Places(root)
    plain = root.plain()
    try:
        scenario = Scenario.model_validate(plain)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems = explained(details, places)
        mended = repaired(plain, details)
        if mended is not None:
            problems += check_scenario(mended.scenario, places, ignore=mended.keys)
        return Reading(None, tuple(problems))
    return Reading(scenario, tuple(check_scenario(scenario, places)))


def _file(name_or_path: str | Path) -> tuple[Path, str]:
    """Return the file of a scenario, and its name for the user."""
    given = str(name_or_path)
    if is_name(given):
        file = LIBRARY / f"{given}.yaml"
        if file.is_file() and given != "base":
            return file, file.name
        if not Path(given).exists():
            beside = Path(f"{given}.yaml").is_file()
            remedy = (
                f"Write `{given}.yaml` for the file."
                if beside
                else suggestion(given, library_names())
                + " A file of your own is given with its ending: mywar.yaml."
            )
            raise bad_input(given, "there is no such war in the library.", remedy)
    return Path(name_or_path), given


def new(name: str, folder: str | Path = ".") -> Path:
    """Write a small war to start from, and return its file.

    Args:
        name: name of the new war: small letters, digits and _.
        folder: folder to write it to; it must exist.

    Raises:
        InputError: if the name cannot be used, the file is there already or cannot be written.
    """
    folder = Path(folder)
    if not is_name(name) or len(name) > 40:
        remedy = "Use small letters, digits and _, starting with a letter; at most 40 of them."
        raise bad_input("NAME", f"`{name}` cannot be the name of a war.", remedy)
    if (LIBRARY / f"{name}.yaml").exists():
        remedy = "Choose another name, such as my_" + name + "."
        raise bad_input("NAME", f"`{name}` is the name of a war in the library.", remedy)
    text = (LIBRARY / "template.yaml").read_text(encoding="utf-8")
    target = folder / f"{name}.yaml"
    made = False
    try:
        with target.open("x", encoding="utf-8") as file:
            made = True
            file.write(text.replace("name: template\n", f"name: {name}\n", 1))
    except FileExistsError:
        raise bad_input(
            str(target), "this file exists already.", "Choose another name, or remove it first."
        ) from None
    except OSError as error:
        if made:  # and the disk was full then
            target.unlink(missing_ok=True)
        raise bad_input(
            str(target),
            f"the file cannot be written: {error.strerror}.",
            "Choose a folder that exists and has room, and that you may write to.",
        ) from None
    return target


def as_yaml(scenario: Scenario) -> str:
    """Return a scenario as one YAML text that extends nothing and loads to the same scenario."""
    return yaml_text(scenario.model_dump(mode="json", exclude_none=True))


def yaml_text(plain: dict[str, Any]) -> str:
    """Return plain data as a YAML text in which nothing is mistaken for something else."""
    return yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


class _Dumper(yaml.SafeDumper):
    """Puts text that would be read as a number in quotation marks; writes no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return that nothing is written as an alias."""
        return True


_HIDDEN_BREAKS = frozenset("\x85\u2028\u2029\ufeff")
"""Characters that YAML takes for line breaks or drops unless they are escaped."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _HIDDEN_BREAKS & set(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_implicit_resolver("tag:yaml.org,2002:float", NUMBER, list("-+.0123456789"))
