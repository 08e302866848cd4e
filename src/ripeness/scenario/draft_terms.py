"""The terms of a draft treaty, read with their lines; every problem is told, none stops the reading."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ripeness.errors import Problem
from ripeness.registry import suggestion
from ripeness.scenario.model import Issue, Scenario
from ripeness.scenario.yaml_lines import Entry
from ripeness.types import WEEKS_PER_MONTH

TERM_KEYS: Final = ("level", "by", "months_after", "from")
MOST_MONTHS: Final = 260
"""Twenty years: nobody is bound to what comes later."""

MOST_DATES: Final = 3
"""Different times, after the signature, at which terms of one draft can come into force."""

DAYS: Final = 7 * WEEKS_PER_MONTH
"""Days of a month, in which everything is counted."""


@dataclass(frozen=True, slots=True)
class Term:
    """How an issue is settled.

    Attributes:
        issue: its name.
        level: name of the level.
        months_after: months of four weeks after the signature from which it holds; until then the issue
            stands as without a deal.
    """

    issue: str
    level: str
    months_after: int = 0


@dataclass
class Told:
    """A file being read: its tree, and the problems found so far."""

    file: str
    root: Entry
    problems: list[Problem] = field(default_factory=list)

    def report(self, entry: Entry, what: str, remedy: str) -> None:
        """Note a problem at the line of an entry."""
        self.problems.append(Problem("error", str(entry.place), what, remedy))

    def mapping(self, key: str) -> dict[str, Entry]:
        """Return the entries below a key of the file, or of the file itself; none if it holds no mapping."""
        content: Any = self.root.content
        if key:
            found = content.get(key)
            content = found.content if found is not None else {}
        return content if isinstance(content, dict) else {}

    def refuse_others(self, key: str, known: Sequence[str], where: str) -> None:
        """Report keys that are not known."""
        for name, entry in self.mapping(key).items():
            if name not in known:
                self.report(
                    entry, f"`{name}` is not a key of {where}.", suggestion(name, list(known))
                )

    def shown(self, entry: Entry) -> str:
        """Return a value as it is told: short, and only if it is a plain one."""
        content = entry.content
        if isinstance(content, dict | list):
            return "a mapping" if isinstance(content, dict) else "a list"
        return f"`{str(content)[:40]}`" if content is not None else "empty"

    def word(self, entry: Entry, name: str) -> str | None:
        """Return a text that is not empty; None after a problem."""
        if isinstance(entry.content, str) and entry.content.strip():
            return entry.content
        self.report(
            entry, f"`{name}` must be a name, but is {self.shown(entry)}.", "Write one word."
        )
        return None

    def text(self, key: str, missing: str, most: int) -> str:
        """Return a line of text of the file."""
        entry = self.mapping("").get(key)
        if entry is None:
            return missing
        if not isinstance(entry.content, str) or not 0 < len(entry.content.strip()) <= most:
            what = f"`{key}` must be text of at most {most} characters, but is {self.shown(entry)}."
            self.report(entry, what, "Put it in quotation marks, or shorten it.")
            return missing
        return entry.content.strip()

    def date(self, entry: Entry, name: str) -> datetime.date | None:
        """Return a date; None after a problem."""
        try:
            return datetime.date.fromisoformat(str(entry.content))
        except ValueError:
            what = f"`{name}` must be a date, but is {self.shown(entry)}."
            self.report(entry, what, "Write year-month-day: 2026-03-01.")
            return None


def terms_in(told: Told, scenario: Scenario, signed: datetime.date) -> tuple[Term, ...]:
    """Return a term for every issue; what is wrong with those in the file is noted."""
    given = told.mapping("").get("terms")
    if given is None or not isinstance(given.content, dict) or not given.content:
        where = told.root if given is None else given
        told.report(
            where,
            "`terms` must hold a level for at least one issue.",
            "Write `issue: level` below it.",
        )
        return ()
    found: dict[str, Term] = {}
    for name, entry in given.content.items():
        issue = scenario.issues.get(name)
        if issue is None:
            what = f"there is no issue `{name}` in {scenario.name}."
            told.report(entry, what, suggestion(name, list(scenario.issues)))
            continue
        term = _term(told, scenario, name, issue, entry, signed)
        if term is not None:
            found[name] = term
    _check_dates(told, given, found)
    _check_together(told, scenario, given.content, found)
    return tuple(
        found.get(name) or Term(name, issue.without_deal) for name, issue in scenario.issues.items()
    )


def _term(
    told: Told, scenario: Scenario, name: str, issue: Issue, entry: Entry, signed: datetime.date
) -> Term | None:
    """Return one term; None after a problem that leaves its level open."""
    parts = entry.content if isinstance(entry.content, dict) else {"level": entry}
    for key, part in parts.items():
        if key not in TERM_KEYS:
            told.report(part, f"`{key}` is not a key of a term.", suggestion(key, list(TERM_KEYS)))
    by = _guarantor(told, scenario, parts.get("by"))
    level = _level(told, scenario, name, issue, parts, entry, by)
    months = _months(told, parts, signed)
    if level is None:
        return None
    if months and level == issue.without_deal:
        late = parts.get("months_after") or parts.get("from") or entry
        what = f"`{name}` contradicts itself: `{level}` is how it stands without a deal, from the first day on."
        told.report(late, what, "Choose another level, or leave out when it begins.")
    return Term(name, level, months)


def _level(  # noqa: PLR0913 - what the message needs
    told: Told,
    scenario: Scenario,
    name: str,
    issue: Issue,
    parts: dict[str, Entry],
    entry: Entry,
    by: str | None,
) -> str | None:
    """Return the level of a term, which may be named by its guarantor alone."""
    given = parts.get("level")
    if given is None:
        named = [key for key, level in issue.levels.items() if by and level.guarantor == by]
        if len(named) == 1:
            return named[0]
        unsaid = all(
            key in TERM_KEYS for key in parts
        )  # else a word misspelt has been told already
        if unsaid and ("by" not in parts or by is not None):
            what = f"`{name}` has no level" + (f" that brings in `{by}`." if by else ".")
            told.report(entry, what, f"Levels: {', '.join(issue.levels)}.")
        return None
    word = told.word(given, "level" if isinstance(entry.content, dict) else name)
    if word is None:
        return None
    if word not in issue.levels:
        told.report(
            given, _no_such_level(scenario, name, word), suggestion(word, list(issue.levels))
        )
        return None
    brings = issue.levels[word].guarantor
    if by and brings != by:
        what = f"`{name}` contradicts itself: `{word}` brings in `{brings}`, not `{by}`."
        if brings is None:
            what = f"`{name}` contradicts itself: `{word}` brings in no guarantor, but it is to be by `{by}`."
        told.report(parts["by"], what, "Change the level or the guarantor, or leave `by` out.")
    return word


def _no_such_level(scenario: Scenario, name: str, word: str) -> str:
    what = f"`{name}` has no level `{word}`."
    guarantors = any(level.guarantor for level in scenario.issues[name].levels.values())
    if guarantors and word in scenario.guarantors:
        return f"{what} It is the name of a guarantor: write `by: {word}`."
    if guarantors:
        return f"{what} Guarantors in {scenario.name}: {', '.join(scenario.guarantors)}."
    return what


def _guarantor(told: Told, scenario: Scenario, entry: Entry | None) -> str | None:
    """Return the guarantor that a term names, if it is one of the scenario's."""
    if entry is None:
        return None
    word = told.word(entry, "by")
    if word is None or word in scenario.guarantors:
        return word
    what = f"`{word}` is not among the guarantors of {scenario.name}."
    told.report(entry, what, suggestion(word, list(scenario.guarantors)))
    return None


def _months(told: Told, parts: dict[str, Entry], signed: datetime.date) -> int:
    """Return how many months after the signature a term begins to hold."""
    after, date = parts.get("months_after"), parts.get("from")
    if after is not None and date is not None:
        told.report(date, "a term has either `months_after` or `from`, not both.", "Leave out one.")
        return 0
    if after is not None:
        content = after.content
        if (
            isinstance(content, bool)
            or not isinstance(content, int)
            or not 0 <= content <= MOST_MONTHS
        ):
            what = f"`months_after` must be a whole number from 0 to {MOST_MONTHS}, but is {told.shown(after)}."
            told.report(after, what, "Months are of four weeks: 13 are a year.")
            return 0
        return content
    if date is None:
        return 0
    begins = told.date(date, "from")
    if begins is None:
        return 0
    months = round((begins - signed).days / DAYS)
    if begins < signed:
        what = f"dates are out of order: it holds from {begins}, before the signature of {signed}."
        told.report(date, what, "Give a later date, or leave it out.")
        return 0
    if months > MOST_MONTHS:
        told.report(
            date,
            f"`from` is more than {MOST_MONTHS} months after the signature.",
            "Bring it forward.",
        )
        return 0
    return months


def _check_together(
    told: Told, scenario: Scenario, entries: dict[str, Entry], found: dict[str, Term]
) -> None:
    """Report levels that exclude each other, at the later of the lines that say so."""
    level = {name: issue.without_deal for name, issue in scenario.issues.items()}
    level |= {name: term.level for name, term in found.items()}
    for name, word in level.items():
        for other, words in scenario.issues[name].levels[word].excludes.items():
            lines = [entries[each] for each in (name, other) if each in entries]
            if level[other] in words and lines:
                last = max(lines, key=lambda entry: entry.place.line)
                silent = "" if other in entries else ", as it stands without a deal"
                pair = f"`{name}: {word}` excludes `{other}: {level[other]}`"
                what = f"the draft contradicts itself: {pair}{silent}."
                told.report(last, what, "Change one of the two.")


def _check_dates(told: Told, terms: Entry, found: dict[str, Term]) -> None:
    later = {term.months_after for term in found.values()} - {0}
    if len(later) > MOST_DATES:
        what = f"terms begin at {len(later)} times after the signature, but at most {MOST_DATES} are possible."
        told.report(terms, what, "Let some of them begin together.")
