"""A draft treaty: one level for each issue that it settles, and when each comes into force.

In a file::

    draft: 1
    scenario: ukraine
    title: A line, a guarantee, and relief that comes later
    signed: 2026-03-01                      # may be left out: signed at the scenario's start
    terms:
      line: current_line
      guarantee: {level: coalition, by: european_coalition}
      sanctions: {level: phased, months_after: 6}

Issues that are not named stand as they would without a deal. A draft is data: nothing in it is executed.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from ripeness.errors import InputError, Problem, bad_input
from ripeness.scenario.draft_terms import DAYS, Term, Told, terms_in
from ripeness.scenario.load import load
from ripeness.scenario.merge import is_name
from ripeness.scenario.model import Scenario
from ripeness.scenario.yaml_file import read
from ripeness.scenario.yaml_lines import Entry

FORMAT: Final = 1
"""Version of the file format."""

KEYS: Final = ("draft", "scenario", "title", "signed", "terms")
MOST_TITLE: Final = 120
START: Final = "`ripeness draft --new SCENARIO` writes a draft to start from."


@dataclass(frozen=True)
class Draft:
    """A draft treaty for a scenario.

    Attributes:
        title: what it is called.
        scenario: the war, as named in the file.
        given: the scenario's name or file, as the draft has it.
        signed: date of signing; that of the scenario's start if the file says nothing.
        terms: one for every issue, in the scenario's order; those not named stand as without a deal.
        named: issues that the file names.
    """

    title: str
    scenario: Scenario
    given: str
    signed: datetime.date
    terms: tuple[Term, ...]
    named: frozenset[str]

    @property
    def month(self) -> int:
        """Months from the scenario's start to the signature."""
        return round((self.signed - self.scenario.start).days / DAYS)

    @property
    def levels(self) -> dict[str, str]:
        """The level of every issue."""
        return {term.issue: term.level for term in self.terms}

    def with_levers(self, **values: float) -> Draft:
        """Return the draft in its scenario with levers moved.

        Raises:
            InputError: if a lever does not exist or a value lies outside its bounds.
        """
        return replace(self, scenario=self.scenario.with_levers(**values)) if values else self


def read_draft(path: str | Path) -> Draft:
    """Return the draft in a file, with the scenario that it names.

    Raises:
        InputError: with every problem found, each with file and line.
    """
    given = Path(path)
    root = _root(given)
    told = Told(str(given), root)
    _check_keys(told)
    title = told.text("title", "an untitled draft", MOST_TITLE)
    scenario, name = _scenario(told, given)
    if scenario is None:
        raise InputError(told.problems)
    signed = _signed(told, scenario)
    terms = terms_in(told, scenario, signed)
    if told.problems:
        raise InputError(told.problems)
    named = frozenset(told.mapping("terms"))
    return Draft(title, scenario, name, signed, terms, named)


def _root(path: Path) -> Entry:
    """Return the tree of the file, its problems told for a draft."""
    try:
        return read(path)
    except InputError as error:
        raise InputError([_for_a_draft(problem) for problem in error.problems]) from None


def _for_a_draft(problem: Problem) -> Problem:
    """Return a problem of reading YAML with the remedy that a draft wants."""
    about_war = "ripeness new" in problem.remedy or "scenario" in problem.remedy
    remedy = START if about_war else problem.remedy
    what = problem.what.replace("a scenario is plain data", "a draft is plain data")
    return Problem(problem.level, problem.where, what, remedy)


def _check_keys(told: Told) -> None:
    version = told.mapping("").get("draft")
    if version is None:
        told.report(
            told.root, "`draft` is missing: the version of this file format.", "Add `draft: 1`."
        )
    elif version.content != FORMAT or isinstance(version.content, bool):
        what = f"`draft` must be {FORMAT}, the version of this file format, but is {told.shown(version)}."
        told.report(version, what, f"Write `draft: {FORMAT}`.")
    told.refuse_others("", KEYS, "a draft")


def _scenario(told: Told, path: Path) -> tuple[Scenario | None, str]:
    """Return the scenario that the draft names, and its name or file; None after a problem."""
    entry = told.mapping("").get("scenario")
    if entry is None:
        told.report(told.root, "`scenario` is missing: the war that this draft would end.",
                    "Add a line such as `scenario: ukraine`.")  # fmt: skip
        return None, ""
    name = told.word(entry, "scenario")
    if name is None:
        return None, ""
    beside = path.parent / name
    given = name if is_name(name) or not beside.exists() else str(beside)
    try:
        return load(given), given
    except InputError as error:
        if not Path(given).exists() and is_name(name):
            told.report(entry, *_first(error))
        elif not Path(given).exists():
            told.report(
                entry,
                f"there is no scenario file `{name}`.",
                "Give its place from here, or a name.",
            )
        else:
            told.problems.extend(error.problems)
        return None, given


def _first(error: InputError) -> tuple[str, str]:
    problem = error.problems[0]
    return f"`{problem.where}`: {problem.what}", problem.remedy


def _signed(told: Told, scenario: Scenario) -> datetime.date:
    """Return the date of signing, which must lie within the scenario's horizon."""
    entry = told.mapping("").get("signed")
    if entry is None:
        return scenario.start
    date = told.date(entry, "signed")
    if date is None:
        return scenario.start
    end = scenario.start + datetime.timedelta(weeks=scenario.horizon_weeks)
    if not scenario.start <= date <= end:
        side = "before the scenario's start" if date < scenario.start else "after its horizon"
        what = f"`signed` is {date}, {side}."
        told.report(entry, what, f"Give a date from {scenario.start} to {end}, or leave it out.")
        return scenario.start
    return date


# ------------------------------------------------------------------------------ a draft to start from


def example(scenario: Scenario, given: str) -> str:
    """Return a commented draft for a scenario: all levels, those that hold without a deal chosen."""
    return "\n".join([*_head(scenario, given), *_issues(scenario), ""])


def _head(scenario: Scenario, given: str) -> Iterator[str]:
    yield f"# A draft treaty for: {scenario.title}."
    yield "# Choose a level for each issue that the treaty settles, then: ripeness draft THIS_FILE"
    yield "# Issues that you delete stand as they would without a deal."
    yield ""
    yield f"draft: {FORMAT}"
    yield f"scenario: {given}"
    yield "title: My draft"
    later = scenario.start + datetime.timedelta(weeks=26)
    yield f"# signed: {later}    # if not at the start, {scenario.start}"
    yield "terms:"


def _issues(scenario: Scenario) -> Iterator[str]:
    later = True
    for name, issue in scenario.issues.items():
        yield f"  # {issue.label}"
        for key, level in issue.levels.items():
            by = f"; guarantor {level.guarantor}" if level.guarantor else ""
            without = "; without a deal" if key == issue.without_deal else ""
            yield f"  #   {key}: {level.label}{by}{without}"
        yield f"  {name}: {_middle(issue)}"
        if later and not issue.territorial:
            yield "  # and if it comes later than the signature, in months of four weeks or from a date:"
            yield f"  # {name}: {{level: {_middle(issue)}, months_after: 6}}"
            later = False


def _middle(issue: Any) -> str:
    """Return the level in the middle of those that an issue has."""
    levels = list(issue.levels)
    return levels[len(levels) // 2]


def new_draft(name: str, folder: str | Path = ".") -> Path:
    """Write a draft for a scenario to start from, and return its file.

    Args:
        name: the scenario's name or file.
        folder: folder to write to; it must exist.

    Raises:
        InputError: if there is no such scenario, or the file is there already or cannot be written.
    """
    scenario, folder = load(name), Path(folder)
    given = name if is_name(name) else Path(os.path.relpath(name, folder)).as_posix()
    target = folder / f"draft_{scenario.name}.yaml"
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(example(scenario, given))
    except FileExistsError:
        what = "this file exists already."
        raise bad_input(
            str(target), what, "Choose another folder with --out, or remove it first."
        ) from None
    except OSError as error:
        raise bad_input(
            str(target),
            f"the file cannot be written: {error.strerror}.",
            "Choose a folder that exists and has room, and that you may write to.",
        ) from None
    return target
