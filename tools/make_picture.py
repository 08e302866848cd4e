"""Make README.md's picture and example of an answer from a finished run: ``make picture``.

    tools/make_picture.py RUN_FOLDER

The picture is the chart "endings" in docs/picture.svg. The answer is what the run printed, cut to
what became of the claims; it stands in README.md between ``<!-- made: answer ... -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from ripeness.charts import CHARTS
from ripeness.charts.render import to_svg
from ripeness.cli.answer import answer
from ripeness.outcomes.store import Outcomes
from ripeness.outcomes.summary import summarise

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "picture.svg"
CHART = "endings"
SHOWN = 2
"""Rules in the example; how many more there are is said."""
DECIDED = "What decided it"


def picture(outcomes: Outcomes) -> str:
    """Return the picture on a white ground, which readers with dark pages need."""
    svg = to_svg(CHARTS[CHART](outcomes.data), titled=True)
    end = svg.index(">") + 1
    return f'{svg[:end]}<rect width="100%" height="100%" fill="white"/>{svg[end:]}\n'


def example(outcomes: Outcomes, claims: list[dict]) -> str:
    """Return the answer as it is printed, with its long lists cut."""
    summary = summarise(outcomes)
    rules = dict(list(summary["decided_by"].items())[:SHOWN])
    text = answer(outcomes.manifest, {**summary, "decided_by": rules}, claims, Path("runs/demo"))
    return with_more(text, DECIDED, len(summary["decided_by"]) - len(rules), before="  Note:")


def with_more(text: str, title: str, more: int, before: str = "\n") -> str:
    """Return the answer with a line at the end of a list that says how much was cut."""
    if more <= 0:
        return text
    start = text.index(f"\n{title}\n") + 1
    end = text.index("\n\n", start) + 1
    note = text.find(before, start, end)
    place = note if before != "\n" and note >= 0 else end
    return f"{text[:place]}  ... and {more} more\n{text[place:]}"


def with_example(page: str, outcomes: Outcomes, text: str) -> str:
    """Return README.md with the example in its place, and a note of what made it."""
    run = outcomes.manifest
    made = (
        f"<!-- made: answer by version {run['version']}, {run['worlds']} worlds, seed {run['seed']}, "
        f"scenario {run['scenario_digest'][:12]} -->"
    )
    return re.sub(
        r"<!-- made: answer.*?<!-- end -->",
        lambda _: f"{made}\n```text\n{text}\n```\n<!-- end -->",
        page,
        flags=re.DOTALL,
    )


def main(folder: Path) -> None:
    """Write both from the run in this folder."""
    outcomes = Outcomes.open(folder)
    claims = json.loads((folder / "claims.json").read_text(encoding="utf-8"))
    PICTURE.write_text(picture(outcomes), encoding="utf-8")
    page = README.read_text(encoding="utf-8")
    README.write_text(with_example(page, outcomes, example(outcomes, claims)), encoding="utf-8")
    sys.stdout.write(f"made {PICTURE.relative_to(ROOT)} and the answer in {README.name}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
