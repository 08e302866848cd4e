"""From a file to its text: what is not a readable text of sensible size is turned away here."""

from __future__ import annotations

from pathlib import Path

from ripeness.errors import bad_input
from ripeness.scenario.yaml_lines import START, Entry, parse

MOST_BYTES = 2_000_000


def read(
    path: Path,
    shown: str | None = None,
    *,
    wanted: str = "a scenario file, such as mywar.yaml",
    start: str = START,
) -> Entry:
    """Return the tree of a YAML file.

    Args:
        path: the file.
        shown: its name as the user knows it; by default the path.
        wanted: what should have been named, for a path that is no file.
        start: where to find such a file to start from, for one that holds nothing of the kind.

    Raises:
        InputError: if the file cannot be read, or with every problem found in it.
    """
    shown = shown or str(path)
    try:
        if not path.is_file():
            what = "this is a folder, not a file." if path.is_dir() else "there is no such file."
            if path.exists() and not path.is_dir():
                what = "this is a device or a pipe, not a file."
            raise bad_input(shown, what, f"Give the name of {wanted}.")
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        what = f"the file cannot be read: {reason}."
        raise bad_input(shown, what, "Check its name and rights.") from None
    if len(raw) > MOST_BYTES:
        what = f"the file is larger than {MOST_BYTES // 1_000_000} MB."
        remedy = "A scenario is text of some kilobytes; is this the right file?"
        raise bad_input(f"{shown}:1", what, remedy)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = "the file is not text in UTF-8."
        raise bad_input(f"{shown}:{line}", what, "Save it as plain text in UTF-8.") from None
    return parse(text, shown, start)
