"""Make those parts of docs/ that say what the code says: ``make docs``.

Whole pages are listed in ``PAGES``. Parts of pages written by hand stand between two marks,
``<!-- made: NAME -->`` and ``<!-- end -->``; the functions that make them are listed in ``PARTS``.
Nothing is simulated or compiled. A test holds the committed pages against what is made here.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import BaseModel

from ripeness.bargaining import agreement, conduct, frontier, packages, play, prospects, view
from ripeness.bargaining import strategy as strategy_contract
from ripeness.bargaining.strategy import STRATEGIES
from ripeness.charts import CHARTS
from ripeness.claims.kinds import KINDS
from ripeness.cli import main, report
from ripeness.outcomes import endings, variables
from ripeness.scenario import model, parameters
from ripeness.scenario.load import load
from ripeness.scenario.paths import Declared, declarations, quantities
from ripeness.scenario.quantity import Quantity
from ripeness.war import order, process, state
from ripeness.war.invariants import CHANGES, INVARIANTS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
EXAMPLE = "ukraine"
"""The scenario whose ranges the model page shows."""

GROUPS = {"patrons": "PatronNumbers"}
"""Processes whose numbers are stated per member rather than per belligerent."""


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


# -------------------------------------------------------------------------------- reading the code


def header(module: ModuleType) -> str:
    """Return a module's header as Markdown: equations as blocks of text, prose as it is."""
    lines, inside = [], False
    for line in inspect.cleandoc(module.__doc__ or "").splitlines()[1:]:
        equation = line.startswith("    ")
        if equation != inside:
            lines.append("```text" if equation else "```")
        inside = equation
        lines.append(line[4:] if equation else line.replace("``", "`"))
    return "\n".join([*lines, "```"] if inside else lines).strip()


def first_line(thing: Any) -> str:
    """Return the first line of something's docstring, without its full stop."""
    return inspect.cleandoc(thing.__doc__ or "").split("\n")[0].rstrip(".").replace("``", "`")


def prose(module: ModuleType) -> str:
    """Return a module's header as one line, without its equations."""
    paragraphs = inspect.cleandoc(module.__doc__ or "").split("\n")
    return " ".join(line for line in paragraphs if not line.startswith("    ")).replace("``", "`")


def streams(module: ModuleType) -> list[str]:
    """Return the names of the random streams that a module draws from."""
    found = re.findall(r"luck\.(?:uniform|normal)(?:_of)?\(\s*\"([^\"]+)\"", source(module))
    return list(dict.fromkeys(found))


def constants(module: ModuleType) -> Iterator[tuple[str, str, str]]:
    """Yield each number named in a module: name, value, meaning. One without a meaning is left out."""
    body = ast.parse(source(module)).body
    for statement, after in zip(body, body[1:], strict=False):
        if isinstance(statement, ast.AnnAssign):
            targets: list[ast.expr] = [statement.target]
        elif isinstance(statement, ast.Assign):
            targets = statement.targets
        else:
            continue
        described = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        names = [
            leaf.id for target in targets for leaf in ast.walk(target) if isinstance(leaf, ast.Name)
        ]
        values = [getattr(module, name) for name in names]
        if described and values and all(isinstance(value, int | float) for value in values):
            meaning = " ".join(inspect.cleandoc(after.value.value).split())
            yield ", ".join(names), ", ".join(f"{value:.6g}" for value in values), meaning


@cache
def source(module: ModuleType) -> str:
    """Return the text of a module."""
    return Path(inspect.getfile(module)).read_text(encoding="utf-8")


def fields(kind: type) -> Iterator[tuple[str, str]]:
    """Yield the fields of a class with the comment that stands beside each."""
    lines, _ = inspect.getsourcelines(kind)
    (declared,) = ast.parse("".join(lines)).body
    for each in ast.walk(declared):
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            text = "".join(lines[each.lineno - 1 : each.end_lineno])
            comment = text.partition("# ")[2].split("\n")[0]
            yield each.target.id, comment or each.target.id.replace("_", " ")


# ------------------------------------------------------------------------------------- small parts


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    cells = ([str(cell).replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def told(value: float) -> str:
    """Return a number as people write it."""
    return f"{value:,.0f}" if abs(value) >= 10_000 or value == round(value) else f"{value:g}"


def range_of(quantity: Quantity) -> str:
    """Return a range: ``low / likely / high``, or one value."""
    if quantity.fixed:
        return told(quantity.low)
    words = " / ".join(map(told, (quantity.low, quantity.likely, quantity.high)))
    return words if quantity.distribution == "triangular" else f"{words} ({quantity.distribution})"


def bounds_of(declared: Declared) -> str:
    """Return the bounds that a number must keep."""
    least, most = declared.least, declared.most
    if least is None and most is None:
        return "any"
    if most is None:
        return f"from {told(least)}"  # type: ignore[arg-type]
    return f"{told(least)} to {told(most)}" if least is not None else f"up to {told(most)}"


def source_of(quantity: Quantity) -> str:
    """Return where a number comes from."""
    told_by = quantity.source.kind
    if quantity.source.reference:
        told_by += f": {quantity.source.reference}"
    return told_by + (f" ({quantity.note})" if quantity.note else "")


@cache
def war() -> model.Scenario:
    """Return the example scenario."""
    return load(EXAMPLE)


@cache
def numbers() -> dict[str, Quantity]:
    """Return its numbers by path."""
    return quantities(war())


def numbers_table(paths: dict[str, dict[str, str]]) -> str:
    """Return a table of numbers: one row each, one column for each who has it.

    Args:
        paths: name of the number -> who has it -> path.
    """
    known, demands = numbers(), declarations(war())
    owners = list(dict.fromkeys(owner for row in paths.values() for owner in row))
    rows = []
    for name, where in paths.items():
        declared = demands[next(iter(where.values()))]
        ranges = [range_of(known[where[owner]]) if owner in where else "" for owner in owners]
        rows.append(
            [
                f"`{name}`",
                declared.meaning,
                declared.unit,
                bounds_of(declared),
                *ranges,
                _sources(where),
            ]
        )
    return table(["number", "meaning", "unit", "may be", *owners, "source"], rows)


def _sources(where: dict[str, str]) -> str:
    """Return the sources of one number for all who have it, those in common told once."""
    sources = {owner: source_of(numbers()[path]) for owner, path in where.items()}
    if len(set(sources.values())) == 1:
        return next(iter(sources.values()))
    by_source: dict[str, list[str]] = {}
    for owner, words in sources.items():
        by_source.setdefault(words, []).append(owner)
    return "; ".join(f"{', '.join(owners)}: {words}" for words, owners in by_source.items())


def members_table(section: str, kind: type[BaseModel]) -> str:
    """Return the numbers of patrons, guarantors or mediators, a column for each of them."""
    members = getattr(war(), section)
    paths = {
        name: {member.label: f"{section}.{key}.{name}" for key, member in members.items()}
        for name in kind.model_fields
    }
    return numbers_table(paths)


def group_tables(group: str) -> Iterator[str]:
    """Yield the tables of a process's numbers: those stated per side, and those stated once."""
    if group in model.Belligerent.model_fields:
        kind = model.Belligerent.model_fields[group].annotation
        yield "Stated for each belligerent, as `belligerents.NAME." + group + ".NUMBER`:\n"
        paths = {
            name: {
                side.label: f"belligerents.{key}.{group}.{name}"
                for key, side in war().belligerents.items()
            }
            for name in kind.model_fields  # type: ignore[union-attr]
        }
        yield numbers_table(paths) + "\n"
    if group in model.War.model_fields:
        kind = model.War.model_fields[group].annotation
        yield f"Stated once, as `war.{group}.NUMBER`:\n"
        names = kind.model_fields  # type: ignore[union-attr]
        yield numbers_table({name: {"both sides": f"war.{group}.{name}"} for name in names}) + "\n"


def code_numbers(*modules: ModuleType) -> str:
    """Return the numbers that stand in the code of some modules, or nothing."""
    rows = [
        [f"`{name}`", value, meaning]
        for module in modules
        for name, value, meaning in constants(module)
    ]
    if not rows:
        return ""
    return (
        "In the code, the same in every world:\n\n"
        + table(["name", "value", "meaning"], rows)
        + "\n"
    )


def module_of(thing: object) -> ModuleType:
    """Return the module in which something's class is written."""
    return sys.modules[type(thing).__module__]


def processes() -> list[tuple[int, Any, ModuleType]]:
    """Return the processes with their numbers and modules, in the order of the week."""
    everything = (*order.EVERY_WEEK, order.EVERY_MONTH)
    return [(place, each, module_of(each)) for place, each in enumerate(everything, start=1)]


def title_of(module: ModuleType) -> str:
    """Return what the header of a process says it is about, without its number."""
    return re.sub(r"^\d+ ", "", first_line(module))


# ----------------------------------------------------------------------------------- the model page


def model_page() -> str:
    """Return docs/model.md."""
    parts = [*_opening(), *_week(), *_bargaining(), *_endings(), *_limits()]
    text = "\n".join(part.rstrip() + "\n" for part in parts if part.strip())
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


def _opening() -> Iterator[str]:
    known = numbers()
    open_ = sum(not quantity.fixed for quantity in known.values())
    kinds = [quantity.source.kind for quantity in known.values()]
    counts = ", ".join(
        f"{kinds.count(kind)} {kind}" for kind in ("measured", "published", "elicited", "assumed")
    )
    yield f"""# The model, number by number

*This page is made from the code by `make docs`. Do not edit it: change the header of the module, the
field or the scenario, and make it again.*

Every world is one draw of all ranges, with its own luck. In it two belligerents fight week by week; every
fourth week they may talk. The page goes through the week in the order in which the program does, then through
what the sides could sign and what they decide, then through the ways in which a world can end, and closes with
what the model cannot say.

Ranges are those of the scenario `{EXAMPLE}`: {len(known)} numbers, of which {open_} are ranges and the rest
fixed. By source: {counts}. A range is written low / likely / high; worlds draw from a triangular
distribution unless another one is named. "In the code" are numbers that no scenario can change; each is
assumed unless its line names a source.

Notation: a prime is the value a week later, `_0` a value at the start, `dt` a week in years, `s` a side and `o`
its enemy, `r` a logarithmic advantage in power (0.7 is about twice as strong), `z` a standard normal draw."""


def _week() -> Iterator[str]:
    lines = [
        f"{place}. [{title_of(module)}](#{anchor(place, module)})"
        + (" *(every fourth week)*" if place == 12 else "")
        for place, _, module in processes()
    ]
    yield "## The week, in order\n\n" + "\n".join(lines)
    yield (
        "Each process sees what those before it have just written, and what those after it wrote the week "
        "before. Every fourth week begins with the talks: the sides decide on the state at its start, "
        "diplomacy (12) turns that into a regime, and four weeks follow."
    )
    for place, each, module in processes():
        yield f"## {place} {title_of(module).split(':')[0]}"
        yield f"*{title_of(module).partition(': ')[2].capitalize() or title_of(module)}.*"
        yield header(module)
        drawn = streams(module)
        if drawn:
            yield "Luck: " + ", ".join(f"`{name}`" for name in drawn) + "."
        if each.name in GROUPS:
            yield f"Stated for each patron, as `{each.name}.NAME.NUMBER`; some are used by the processes after it:\n"
            yield members_table(each.name, getattr(parameters, GROUPS[each.name]))
        yield from group_tables(each.name)
        if each.name == "information" and war().mediators:
            yield "Stated for each mediator, as `mediators.NAME.NUMBER`:\n"
            yield members_table("mediators", parameters.MediatorNumbers)
        if each.name == "calendar":
            yield from _events()
        yield code_numbers(module)


def anchor(place: int, module: ModuleType) -> str:
    """Return the anchor of a process's heading."""
    words = f"{place} {title_of(module).split(':')[0]}".lower()
    return re.sub(r"[^a-z0-9 -]", "", words).replace(" ", "-")


def _events() -> Iterator[str]:
    rows = [
        [
            event.label, event.date.isoformat(), f"`{event.target}`",
            range_of(event.change), source_of(event.change),
        ]
        for event in war().events.values()
    ]  # fmt: skip
    if rows:
        yield f"Dated events of `{EXAMPLE}`:\n"
        yield table(["event", "date", "changes", "by (share)", "source"], rows)


def _bargaining() -> Iterator[str]:
    yield "## What the sides could sign\n"
    yield header(packages)
    yield from _issues()
    if war().guarantors:
        yield "### Guarantors\n"
        yield "A level may bring in a guarantor. Stated as `guarantors.NAME.NUMBER`:\n"
        yield members_table("guarantors", parameters.GuarantorNumbers)
    yield "### The efficient frontier\n"
    yield header(frontier)
    yield "### The zone of agreement\n"
    yield header(agreement)
    yield code_numbers(packages, frontier, agreement)
    yield "## What a side sees\n"
    yield header(view)
    yield table(["field", "meaning"], [[f"`{name}`", note] for name, note in fields(view.View)])
    yield "## What a side expects\n"
    yield header(prospects)
    yield code_numbers(prospects)
    yield "## What the sides do\n"
    yield header(strategy_contract)
    yield header(conduct)
    yield header(play)
    yield "An act says:\n"
    yield table(["field", "meaning"], [[f"`{name}`", note] for name, note in fields(state.Acts)])
    yield code_numbers(conduct)
    for theory in STRATEGIES.values():
        module = module_of(theory)
        yield f"### {theory.label}\n"
        yield f"`{theory.name}`: {first_line(module)}.\n"
        yield header(module)
        yield "Its rules, as a run prints them:\n"
        yield "\n".join(f"* {rule}" for rule in theory.rules) + "\n"
        if theory.name == "hurting_stalemate":
            yield from group_tables("stalemate")
        yield code_numbers(module)


def _issues() -> Iterator[str]:
    known, sides = numbers(), list(war().belligerents)
    yield f"### Issues of `{EXAMPLE}`\n"
    yield (
        "Weight: points, made to add to one in each world. Value: the share of the weight that a level gives. "
        "Red line: in what share of worlds the level is out of the question.\n"
    )
    labels = [war().belligerents[side].label for side in sides]
    for key, issue in war().issues.items():
        weights = "; ".join(
            f"{label} {range_of(known[f'issues.{key}.weight.{side}'])}"
            for side, label in zip(sides, labels, strict=True)
        )
        yield f"**{issue.label}** (`{key}`). Weight: {weights}. Without a deal: `{issue.without_deal}`.\n"
        rows = []
        for name, level in issue.levels.items():
            value = [range_of(level.value[side]) if side in level.value else "" for side in sides]
            red = [
                range_of(level.red_lines[side]) if side in level.red_lines else "" for side in sides
            ]
            rows.append([f"{level.label} (`{name}`)", *value, *red, _brings(level)])
        heads = [f"value: {label}" for label in labels] + [f"red line: {label}" for label in labels]
        yield table(["level", *heads, "brings"], rows) + "\n"


def _brings(level: model.Level) -> str:
    """Return what a level means besides its value."""
    parts = []
    if level.area_held == "current":
        parts.append("the line where it is")
    elif level.area_held:
        parts += [f"{side} holds {range_of(area)} km2" for side, area in level.area_held.items()]
    if level.guarantor:
        parts.append(f"guarantor `{level.guarantor}`")
    if level.sanctions_relief is not None:
        parts.append(f"relief of {range_of(level.sanctions_relief)} of sanctions")
    parts += [f"{side}: at most {range_of(cap)} soldiers" for side, cap in level.force_cap.items()]
    return "; ".join(parts)


def _endings() -> Iterator[str]:
    first, second = war().belligerents
    names = endings.ending_names((first, second))
    yield "## How a world can end\n"
    yield (
        "A world is in one of three regimes (war, ceasefire, settlement) until it leaves them for good. Endings are a "
        "partition: every world has exactly one, and they add to all worlds.\n"
    )
    meaning = {
        "settled": "a settlement is in force at the horizon, the first or a later one",
        "ceasefire holding": "a ceasefire at the horizon, deals that await ratification included",
        "frozen at horizon": "still at war at the horizon",
        "beyond the model": "the war spread, the gravest weapons were used, or both sides collapsed at once",
    }
    rows = [
        [name, meaning.get(name, "the enemy collapsed, or the theatre was conquered")]
        for name in names
    ]
    yield table(["ending", "meaning"], rows)
    yield "What decides a world without a signature (strategies add the rules listed above):\n"
    yield "\n".join(f"* {rule}" for rule in state.RULES) + "\n"
    yield "## What must hold in every world\n"
    yield "Checked by tests, and cheap enough to check in any run (`ripeness.war.invariants`):\n"
    rows = [
        [name, each.holds, "exact" if each.tolerance == 0 else f"{each.tolerance:g}"]
        for registry in (INVARIANTS, CHANGES)
        for name, each in registry.items()
    ]
    yield table(["invariant", "what holds", "relative error allowed"], rows)
    yield f"## Levers of `{EXAMPLE}`\n"
    yield (
        "A lever sets, scales or adds to some numbers in every world; results stay within the bounds of each "
        "number. One without a default leaves the ranges as drawn until it is moved.\n"
    )
    rows = [
        [
            f"`{key}`", lever.label, lever.unit, told(lever.minimum),
            "as drawn" if lever.default is None else told(lever.default), told(lever.maximum),
            "; ".join(f"{effect.operation} `{effect.parameter}`" for effect in lever.effects),
        ]
        for key, lever in war().levers.items()
    ]  # fmt: skip
    yield table(["lever", "what", "unit", "lowest", "default", "highest", "moves"], rows)


def _limits() -> Iterator[str]:
    yield "## What would break it\n"
    yield "From the headers above, collected:\n"
    lines = []
    for _, _, module in processes():
        for sentence in re.findall(r"It would break (.+?)\.(?= |$)", prose(module)):
            lines.append(f"* {title_of(module).split(':')[0]}: {sentence}.")
    yield "\n".join(lines) + "\n"
    yield textwrap.dedent("""\
        ## What it cannot say

        * **How likely anything is.** A share of worlds follows from the ranges and mechanisms on this page. It has not been
          scored against events.
        * **What happens after an escalation.** "Beyond the model" is an exit with a share, not a description.
        * **Anything about places.** The line has a length and the sides have areas; there is no map, no air war and no sea war of
          their own.
        * **What a side learns from talking.** Sides learn from battle and from mediators. That an offer was refused teaches nobody
          anything, and no side bluffs about its strength.
        * **What a threat does beforehand.** An ultimatum and a penalty act when they come; nobody adapts to them in advance.
        * **A peace in steps.** A package is signed whole and ratified whole; it is not carried out in stages or renegotiated.
        * **More than two belligerents,** factions within one, or a patron that joins the fight before a settlement.
        * **Which theory is right.** Rival theories are drawn by lot; the answer is printed for each of them.
        * **Whether a peace is just.** Values are what the sides are assumed to want.
        """)


# --------------------------------------------------------------------------------- parts of pages


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
                    [f"`{name}{'.py' if found == single else '/'}`", doc.split("\n")[0].rstrip(".")]
                )
    return table(["room", "what it is for"], rows)


def members() -> str:
    """Return what is in each registry today."""
    rows = [
        ["process of the week", "`war/processes/`", [each.name for _, each, _ in processes()]],
        ["strategy", "`bargaining/strategies/`", list(STRATEGIES)],
        ["kind of claim", "`claims/kinds/`", list(KINDS)],
        ["chart", "`charts/`", list(CHARTS)],
        ["command", "`cli/commands/`", main.command_names()],
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
        ["helper", "what it returns"], [[f"`{name}`", first_line(thing)] for name, thing in found]
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


PARTS: dict[str, Callable[[], str]] = {
    "week": week_list,
    "rooms": rooms,
    "members": members,
    "helpers": helpers,
    "variables per world": variables_per_world,
    "variables by month": variables_by_month,
    "exit codes": exit_codes,
}

if __name__ == "__main__":
    for page, content in pages().items():
        if not page.exists() or page.read_text(encoding="utf-8") != content:
            page.write_text(content, encoding="utf-8")
            sys.stdout.write(f"made {page.relative_to(ROOT)}\n")
