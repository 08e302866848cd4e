"""Make those parts of docs/ that say what the code says: ``make docs``.

docs/model.md is made whole (``docs_model.py``). Parts of pages written by hand stand between two
marks, ``<!-- made: NAME -->`` and ``<!-- end -->``; ``PARTS`` lists what makes them. Nothing is
simulated or compiled. A test holds the committed pages against what is made here.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from docs_model import model_page
from docs_reading import first_line, processes, table, title_of

from ripeness.bargaining.strategy import STRATEGIES
from ripeness.charts import CHARTS
from ripeness.claims.kinds import KINDS
from ripeness.claims.verdict import Verdict
from ripeness.cli import application, report
from ripeness.outcomes import variables
from ripeness.outcomes.peace import YEARS
from ripeness.outcomes.peace_record import peace_record
from ripeness.outcomes.words import OUT_OF
from ripeness.war import process

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def pages() -> dict[Path, str]:
    """Return every page with made parts, as it should be."""
    made = {DOCS / "model.md": model_page()}
    for path in sorted(DOCS.rglob("*.md")):
        if path not in made:
            text = path.read_text(encoding="utf-8")
            if "<!-- made: " in text:
                made[path] = with_parts(text)
    return made


def with_parts(text: str) -> str:
    """Return a page with every marked part made anew."""

    def remade(mark: re.Match[str]) -> str:
        return f"<!-- made: {mark[1]} -->\n{PARTS[mark[1]]()}\n<!-- end -->"

    return re.sub(r"<!-- made: ([a-z ]+) -->\n.*?\n?<!-- end -->", remade, text, flags=re.DOTALL)


def week_list() -> str:
    """Return the week as a numbered list."""
    return "\n".join(f"{place}. {title_of(module)}" for place, _, module in processes())


def rooms() -> str:
    """Return the rooms of the package from the lowest to the highest, with what each is for."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(each for each in contracts if each["id"] == "layers")["layers"]
    rows = []
    for layer in reversed(layers):
        for name in (part.strip(" ()") for part in layer.split(":")):
            file = ROOT / "src" / "ripeness" / name / "__init__.py"
            single = file.parent.with_suffix(".py")
            found = file if file.is_file() else single
            if found.is_file():
                doc = ast.get_docstring(ast.parse(found.read_text(encoding="utf-8"))) or ""
                rows.append(
                    [
                        f"`{name}{'.py' if found == single else '/'}`",
                        doc.split("\n")[0].rstrip(".").replace("``", "`"),
                    ]
                )
    return table(["room", "what it is for"], rows)


def members() -> str:
    """Return what is in each registry today."""
    rows = [
        ["process of the week", "`war/processes/`", [each.name for _, each, _ in processes()]],
        ["strategy", "`bargaining/strategies/`", list(STRATEGIES)],
        ["kind of claim", "`claims/kinds/`", list(KINDS)],
        ["chart", "`charts/`", list(CHARTS)],
        ["command", "`cli/commands/`", application.command_names()],
    ]
    return table(
        ["kind of part", "folder", "members today"],
        [[kind, folder, ", ".join(names)] for kind, folder, names in rows],
    )


def helpers() -> str:
    """Return the helpers that processes share."""
    found = [
        (name, thing) for name, thing in vars(process).items()
        if inspect.isfunction(thing) and thing.__module__ == process.__name__
    ]  # fmt: skip
    return table(
        ["helper", "what it returns"],
        [[f"`{name}`", first_line(thing).removeprefix("Return ")] for name, thing in found],
    )


def variables_per_world() -> str:
    """Return what a run says once per world."""
    return _variables(variables.PER_WORLD)


def variables_by_month() -> str:
    """Return what a run says month by month."""
    return _variables(variables.BY_MONTH)


def _variables(known: dict[str, variables.Variable]) -> str:
    rows = [
        [f"`{name}`", ", ".join(each.axes), each.units, each.meaning]
        for name, each in known.items()
    ]
    return table(["variable", "axes", "unit", "meaning"], rows)


def exit_codes() -> str:
    """Return the exit codes of the program and the words in its JSON."""
    meaning = {
        "DONE": "done",
        "FAILED": "the work was done, but a strict check or a claim's test failed",
        "BAD_INPUT": "bad input or usage; a full disk or a forbidden folder, too",
        "NOT_CONVERGED": "a solver stopped before its rules settled (no command does so yet)",
        "BUG": "a mistake in Ripeness, not in your input; please report it",
        "INTERRUPTED": "stopped by you; what was finished is kept",
        "READER_LEFT": "the program that read the output closed it before the end",
    }
    rows = [
        [str(int(code)), f"`{code.name.lower()}`", meaning[code.name]] for code in report.ExitCode
    ]
    return table(["exit code", "`status`", "meaning"], rows)


def verdict_fields() -> str:
    """Return what a verdict says, from its docstring."""
    attributes = inspect.getdoc(Verdict).partition("Attributes:")[2]  # type: ignore[union-attr]
    rows = re.findall(r"^ +(\w+): (.+)$", attributes, flags=re.MULTILINE)
    return table(["key", "meaning"], [[f"`{name}`", told.rstrip(".")] for name, told in rows])


def record_of_peace() -> str:
    """Return every line of the record of how long peace lasts."""
    rows = []
    for entry in peace_record():
        cells = []
        for years in YEARS:
            found = entry.years.get(years)
            span = f"{found.low * OUT_OF:.1f} to {found.high * OUT_OF:.1f}" if found else "-"
            known = found is not None and found.share is not None
            cells.append(f"{found.share * OUT_OF:.1f} ({span})" if known else span)
        use = {True: f"**{entry.kind.replace('_', ' ')}**", False: entry.kind.replace("_", " ")}[
            entry.main
        ]
        rows.append([use, f"{entry.what}; {entry.event}. {entry.citation}", f"{entry.n:,}", *cells])
    headings = [f"{years} year{'s' if years > 1 else ''}" for years in YEARS]
    return table(
        ["kind (bold: the model is measured by it)", "what; what counts as broken", "n", *headings],
        rows,
    )


PARTS: dict[str, Callable[[], str]] = {
    "week": week_list,
    "rooms": rooms,
    "members": members,
    "helpers": helpers,
    "variables per world": variables_per_world,
    "variables by month": variables_by_month,
    "exit codes": exit_codes,
    "verdict": verdict_fields,
    "peace record": record_of_peace,
}


if __name__ == "__main__":
    for page, content in pages().items():
        if not page.exists() or page.read_text(encoding="utf-8") != content:
            page.write_text(content, encoding="utf-8")
            sys.stdout.write(f"made {page.relative_to(ROOT)}\n")
