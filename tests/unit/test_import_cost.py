"""`import ripeness` and `ripeness --help` load nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"jax", "equinox", "numpy", "scipy", "pydantic", "xarray", "pandas", "zarr", "jinja2"}


def modules_after(code: str) -> set[str]:
    """Return the top-level modules loaded by a fresh interpreter that ran some code."""
    code += "\nimport sys\nsys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stderr.split()}


def test_the_package_loads_nothing_heavy() -> None:
    loaded = modules_after("import ripeness")
    assert not loaded & (HEAVY | {"typer", "rich", "click", "importlib.metadata"})


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], []])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    loaded = modules_after(f"from ripeness.cli.main import main\nassert main({arguments}) == 0")
    assert not loaded & (HEAVY | {"rich"})


def test_a_command_line_is_read_before_anything_heavy_is_loaded() -> None:
    code = "from ripeness.cli.main import main\nassert main(['run', 'x', '--lever', 'y']) == 2"
    # Typer itself checks the values of options with pydantic.
    assert not modules_after(code) & (HEAVY - {"pydantic"})


def test_the_public_names_are_listed_and_unknown_ones_refused() -> None:
    import ripeness

    assert {"load", "run", "Scenario", "Outcomes", "__version__"} <= set(dir(ripeness))
    assert ripeness.__version__.count(".") == 2
    with pytest.raises(AttributeError, match="no attribute `lod`"):
        _ = ripeness.lod  # type: ignore[attr-defined]
