"""What the code says about itself, as Markdown: headers, constants, fields, random streams."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from ripeness.war import order


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


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    cells = ([str(cell).replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)
