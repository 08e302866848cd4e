"""One scenario from several files: ``extends`` and ``defaults``.

Rules, in full:

* mappings are merged key by key, and the later file wins;
* a number (a mapping with ``value`` or ``low``, ``likely``, ``high``) is replaced whole, so that
  no range is ever a blend of two sources; so are lists;
* ``null`` removes what the earlier file said;
* ``defaults:`` lie under every member of their kind, and whatever the member says wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ripeness.errors import InputError, Problem, bad_input
from ripeness.registry import suggestion
from ripeness.scenario.yaml_file import read
from ripeness.scenario.yaml_lines import Entry, Place

LIBRARY = Path(__file__).parent / "library"
MOST_FILES = 8
KINDS = {
    "belligerent": "belligerents",
    "patron": "patrons",
    "guarantor": "guarantors",
    "mediator": "mediators",
}
"""Keys of ``defaults`` and the members that they lie under."""

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_NUMBER_KEYS = ("value", "low", "likely", "high")


def library_names() -> tuple[str, ...]:
    """Names of the wars that come with the program, without what only serves to be extended."""
    names = {path.stem for path in LIBRARY.glob("*.yaml")}
    return tuple(sorted(names - {"base", "template"}))


def is_name(word: str) -> bool:
    """Whether a word is a name (of the library), not a path."""
    return _NAME.match(word) is not None


def is_number(entry: Entry) -> bool:
    """Whether an entry states a quantity."""
    content = entry.content
    return isinstance(content, dict) and any(
        key in content and not isinstance(content[key].content, dict | list) for key in _NUMBER_KEYS
    )


def merged(under: Entry, over: Entry) -> Entry:
    """Return ``over`` laid on ``under``; each value keeps its own file and line."""
    low, high = under.content, over.content
    if not isinstance(low, dict) or not isinstance(high, dict):
        return over
    if is_number(under) or is_number(over):
        return over
    content = dict(low)
    for key, entry in high.items():
        content[key] = merged(content[key], entry) if key in content else entry
    return Entry(content, over.place)


def without_nulls(entry: Entry) -> Entry:
    """Return the entry without the keys that were set to ``null``."""
    if isinstance(entry.content, dict):
        return Entry(
            {
                key: without_nulls(child)
                for key, child in entry.content.items()
                if child.content is not None
            },
            entry.place,
        )
    if isinstance(entry.content, list):
        return Entry([without_nulls(child) for child in entry.content], entry.place)
    return entry


def with_defaults(root: Entry) -> Entry:
    """Return the scenario with ``defaults`` laid under the members of each kind.

    Raises:
        InputError: if ``defaults`` is not a mapping of known kinds.
    """
    content = dict(root.content) if isinstance(root.content, dict) else {}
    defaults = content.pop("defaults", None)
    if defaults is None or defaults.content is None:
        return Entry(content, root.place)
    if not isinstance(defaults.content, dict):
        raise bad_input(
            f"{defaults.place} defaults",
            "`defaults` must be a mapping.",
            f"Its keys are {', '.join(KINDS)}.",
        )
    problems = [
        Problem(
            "error",
            f"{entry.place} defaults.{kind}",
            f"`defaults.{kind}` is not a kind of member.",
            suggestion(kind, KINDS),
        )
        for kind, entry in defaults.content.items()
        if kind not in KINDS
    ]
    if problems:
        raise InputError(problems)
    for kind, default in defaults.content.items():
        members = content.get(KINDS[kind])
        if members is not None and isinstance(members.content, dict):
            laid = {
                name: member if member.content is None else merged(default, member)
                for name, member in members.content.items()
            }
            content[KINDS[kind]] = Entry(laid, members.place)
    return Entry(content, root.place)


def gathered(path: Path, shown: str) -> Entry:
    """Return the whole scenario of a file: what it extends, its defaults, without nulls.

    Raises:
        InputError: if a file cannot be read, or extends one that it may not.
    """
    root = _with_extended(path, shown, ())
    return without_nulls(with_defaults(root))


def _with_extended(path: Path, shown: str, chain: Sequence[tuple[Path, str]]) -> Entry:
    root = read(path, shown)
    content = dict(root.content) if isinstance(root.content, dict) else {}
    extends = content.pop("extends", None)
    root = Entry(content, root.place)
    if extends is None or extends.content is None:
        return root
    chain = (*chain, (path.resolve(), shown))
    extended, extended_shown = _extended(extends, path, shown)
    names = [name for _, name in chain]
    if extended.resolve() in [seen for seen, _ in chain]:
        raise _bad_extends(
            extends.place,
            f"these files extend one another: {' > '.join([*names, extended_shown])}.",
            "Remove one of the `extends` lines.",
        )
    if len(chain) >= MOST_FILES:
        raise _bad_extends(
            extends.place, f"more than {MOST_FILES} files extend one another.", "Join some of them."
        )
    return merged(_with_extended(extended, extended_shown, chain), root)


def _extended(extends: Entry, path: Path, shown: str) -> tuple[Path, str]:
    """Return the file that ``extends`` names, and its name for the user."""
    name = extends.content
    if not isinstance(name, str) or not name.strip():
        raise _bad_extends(
            extends.place,
            "`extends` must be one name.",
            "Write the name of a library war, or a file in the same folder such as other.yaml.",
        )
    if is_name(name):
        known = [file.stem for file in LIBRARY.glob("*.yaml")]
        if name in known:
            return LIBRARY / f"{name}.yaml", f"{name}.yaml"
        beside = (path.parent / f"{name}.yaml").is_file()
        raise _bad_extends(
            extends.place,
            f"there is no library war `{name}`.",
            f"Write `extends: {name}.yaml`." if beside else suggestion(name, sorted(known)),
        )
    folder = path.resolve().parent
    given = Path(name)
    inside = not given.is_absolute() and "\\" not in name and ":" not in name and "\0" not in name
    if not inside or not (folder / given).resolve().is_relative_to(folder):
        raise _bad_extends(
            extends.place,
            f"`extends: {name}` must name a file in the same folder.",
            "Copy the file beside this one and write its bare name.",
        )
    if given.suffix not in {".yaml", ".yml"}:
        raise _bad_extends(
            extends.place, f"`extends: {name}` must be a YAML file.", "Its name ends in .yaml."
        )
    if not (folder / given).is_file():
        raise _bad_extends(
            extends.place,
            f"there is no file `{name}` in the folder of {shown}.",
            "Check the name, or extend a library war: " + ", ".join(library_names()) + ".",
        )
    return folder / given, str(Path(shown).parent / given)


def _bad_extends(place: Place, what: str, remedy: str) -> InputError:
    return bad_input(f"{place} extends", what, remedy)
