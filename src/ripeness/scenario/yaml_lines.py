"""YAML with a line number on everything, and nothing in it that can run or explode.

PyYAML's parser only supplies events; the tree is built here. So no constructor, tag or object is
ever looked at, nesting and aliases are counted while they are read, and every key remembers where
it stands. Plain words are read as in YAML 1.2: ``no`` is a word, ``560e3`` is a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml
from yaml import events as event

from ripeness.errors import InputError, Problem, bad_input

MOST_DEPTH = 40
MOST_NODES = 100_000
MOST_PROBLEMS = 50

START = "`ripeness new NAME` writes a war to start from."
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9](?:_?[0-9])*\Z")
NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9](?:_?[0-9])*(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_SPECIAL = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, as the user knows it."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


Content: TypeAlias = "dict[str, Entry] | list[Entry] | str | int | float | bool | None"


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a YAML file and the place of the key (or list item) that holds it."""

    content: Content
    place: Place

    def plain(self) -> Any:
        """Return the value without its places."""
        if isinstance(self.content, dict):
            return {key: entry.plain() for key, entry in self.content.items()}
        if isinstance(self.content, list):
            return [entry.plain() for entry in self.content]
        return self.content


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read."""

    content: dict[str, Entry] | list[Entry]
    place: Place
    anchor: str | None
    key: tuple[str, Place] | None = None
    keys_seen: dict[str, int] = field(default_factory=dict)


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class _Reader:
    """Builds the tree from events; collects what can be collected, stops where it must."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Entry, int, int]] = {}
        self.nodes = 0
        self.root: Entry | None = None

    def report(self, place: Place, what: str, remedy: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem("error", str(place), what, remedy))

    def count(self, place: Place, nodes: int = 1, depth: int = 0) -> None:
        self.nodes += nodes
        if self.nodes > MOST_NODES:
            raise bad_input(
                str(place),
                f"the file has more than {MOST_NODES:,} entries once its aliases are written out.",
                "Use fewer aliases, or split the war into smaller files with `extends`.",
            )
        if len(self.open) + depth > MOST_DEPTH:
            raise bad_input(
                str(place),
                f"the file is nested more than {MOST_DEPTH} levels deep.",
                "A scenario needs fewer than ten; look for a bracket that is never closed.",
            )

    def place(self, given: Any) -> Place:
        top = self.open[-1] if self.open else None
        if top is not None and top.key is not None:
            return top.key[1]
        return Place(self.file, given.start_mark.line + 1)

    def read(self, given: Any) -> None:
        if isinstance(given, event.DocumentStartEvent) and self.root is not None:
            self.report(
                Place(self.file, given.start_mark.line + 1),
                "the file holds a second document.",
                "Keep one war in a file: remove the line `---` and what follows it.",
            )
        elif isinstance(given, event.NodeEvent):
            self.node(given)
        elif isinstance(given, event.MappingEndEvent | event.SequenceEndEvent):
            done = self.open.pop()
            self.finish(Entry(done.content, done.place), done.anchor)

    def node(self, given: Any) -> None:
        top = self.open[-1] if self.open else None
        place = self.place(given)
        self.count(place)
        if getattr(given, "tag", None) is not None:
            self.report(
                place,
                f"the tag `{given.tag}` must not be used, because a scenario is plain data.",
                "Write the value without a tag.",
            )
        if top is not None and isinstance(top.content, dict) and top.key is None:
            self.name(given, top)
        elif isinstance(given, event.AliasEvent):
            self.repeat(given, place)
        elif isinstance(given, event.ScalarEvent):
            self.refuse_controls(given.value, place)
            content = _scalar(given.value) if given.implicit[0] else given.value
            self.finish(Entry(content, place), given.anchor)
        else:
            empty: dict[str, Entry] | list[Entry] = (
                {} if isinstance(given, event.MappingStartEvent) else []
            )
            self.open.append(_Open(empty, place, given.anchor))

    def name(self, given: Any, top: _Open) -> None:
        """Take a mapping's key."""
        place = Place(self.file, given.start_mark.line + 1)
        if not isinstance(given, event.ScalarEvent):
            raise bad_input(
                str(place),
                "a key must be a word, but is a list, mapping or alias.",
                "Write `word: value`; put text with { or [ or * in quotation marks.",
            )
        word = given.value
        self.refuse_controls(word, place)
        if given.implicit[0] and not isinstance(_scalar(word), str):
            self.report(
                place, f"the key `{word}` must be a word.", "Start it with a letter, or quote it."
            )
        if word in top.keys_seen:
            self.report(
                place,
                f"the key `{word}` is already used in line {top.keys_seen[word]}.",
                "Remove one of the two, or rename it.",
            )
        top.keys_seen.setdefault(word, place.line)
        top.key = (word, place)

    def refuse_controls(self, text: str, place: Place) -> None:
        """Report what a terminal would obey and a page cannot hold; only escapes can write it."""
        found = _CONTROL.search(text)
        if found:
            self.report(
                place,
                f"the text holds the control character U+{ord(found[0]):04X}.",
                "Remove it; in double quotation marks, `\\` begins such a character.",
            )

    def repeat(self, given: Any, place: Place) -> None:
        if given.anchor not in self.anchors:
            raise bad_input(
                str(place),
                f"the alias `*{given.anchor}` stands for nothing that is complete.",
                f"Set the anchor `&{given.anchor}` on an earlier value that does not contain it.",
            )
        entry, nodes, depth = self.anchors[given.anchor]
        self.count(place, nodes, depth)
        self.finish(Entry(entry.content, place), None)

    def finish(self, entry: Entry, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = (entry, *_size(entry))
        if not self.open:
            self.root = entry
            return
        top = self.open[-1]
        if isinstance(top.content, list):
            top.content.append(entry)
        elif top.key is not None:
            top.content.setdefault(top.key[0], entry)
            top.key = None


def _size(entry: Entry) -> tuple[int, int]:
    """Return the number of nodes under an entry and its depth."""
    content = entry.content
    if not isinstance(content, dict | list):
        return 1, 0
    sizes = [_size(child) for child in (content.values() if isinstance(content, dict) else content)]
    return 1 + sum(size for size, _ in sizes), 1 + max((depth for _, depth in sizes), default=0)


def _scalar(text: str) -> str | int | float | bool | None:
    if text in _SPECIAL:
        return _SPECIAL[text]
    if _INTEGER.match(text) and len(text) <= 15:
        return int(text)
    if NUMBER.match(text):
        return float(text)
    return text


def parse(text: str, file: str, start: str = START) -> Entry:
    """Return the tree of a YAML text.

    Args:
        text: the text.
        file: name of the file, as it is to be shown to the user.
        start: where to find such a file to start from, for one that holds nothing of the kind.

    Returns:
        The root, always a mapping.

    Raises:
        InputError: with every problem found, each with file and line.
    """
    reader = _Reader(file)
    try:
        for given in yaml.parse(text, Loader=_LOADER):
            reader.read(given)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = f"this is not YAML: {error.problem or error.context or 'it cannot be read'}."
        remedy = "Check the indentation, the colons and the quotation marks in and above this line."
        problem = Problem("error", f"{file}:{line}", what, remedy)
        raise InputError([*reader.problems, problem]) from None
    except yaml.YAMLError:
        what = "this is not YAML: it holds characters that text may not hold."
        raise bad_input(f"{file}:1", what, "Save the file as plain text in UTF-8.") from None
    except InputError as error:
        raise InputError([*reader.problems, *error.problems]) from None
    root = reader.root
    if root is None or root.content is None:
        raise bad_input(f"{file}:1", "the file is empty.", start)
    if not isinstance(root.content, dict):
        reader.report(
            Place(file, 1),
            "the file must be a mapping of `key: value` lines, but is a list or text.",
            start,
        )
    if reader.problems:
        raise InputError(reader.problems)
    return root
