"""Every number on the benchmark sheet that a model of ours can give."""

import ast
import importlib.util
import math
import pkgutil
from pathlib import Path

import pytest

import ripeness.classics
from ripeness.classics.rows import BENCHMARKS
from ripeness.classics.table import Row, benchmark_table

# fmt: off
SHEET_ROWS = [
    "B01", "B02", "B05", "B06", "B07", "B08a", "B08c", "B09", "B10", "B13", "B14", "B14b", "B16",
    "B17", "B18", "B19", "B21", "B23", "B24", "B25", "B26", "B27", "B30", "B31", "B32", "B34",
    "B36", "B37", "B38",
]
# fmt: on


@pytest.fixture(scope="module")
def table() -> dict[tuple[str, str], Row]:
    return {(row.id, row.what): row for row in benchmark_table()}


@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=lambda b: f"{b.id} {b.what}")
def test_row(benchmark, table):
    row = table[benchmark.id, benchmark.what]
    assert row.ok, f"expected {row.expected}, ours {row.ours}, tolerance {row.tolerance}"


def test_the_table_is_complete_and_has_no_doubles(table):
    assert len(table) == len(BENCHMARKS)
    assert {row.id for row in table.values()} == set(SHEET_ROWS)
    for row in table.values():
        assert row.origin in {"published", "derived"}
        assert row.source
        assert math.isclose(row.difference, row.ours - row.expected)


def test_models_never_see_the_expected_numbers():
    package = Path(ripeness.classics.__file__).parent
    for module in pkgutil.iter_modules([str(package)]):
        if module.name == "table":
            continue
        spec = importlib.util.find_spec(f"ripeness.classics.{module.name}")
        assert spec is not None
        assert spec.origin is not None
        tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
        imported = {
            name
            for node in ast.walk(tree)
            for name in (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else []
            )
        }
        assert not imported & {"ripeness.classics.rows", "ripeness.classics.table"}, module.name
