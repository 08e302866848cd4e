"""Ripeness: a workbench on how wars end.

    import ripeness

    outcomes = ripeness.run(ripeness.load("ukraine"), worlds=4096, seed=1)

The names below are fetched on first use (PEP 562), so that ``import ripeness`` costs next to
nothing and loads neither JAX nor a web server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ripeness.explore.comparison import compare_theories
    from ripeness.outcomes.run import run
    from ripeness.outcomes.store import Outcomes
    from ripeness.scenario.load import load
    from ripeness.scenario.model import Scenario

    __version__: str

__all__ = ["Outcomes", "Scenario", "__version__", "compare_theories", "load", "run"]

_HOMES = {
    "load": "ripeness.scenario.load",
    "run": "ripeness.outcomes.run",
    "Scenario": "ripeness.scenario.model",
    "Outcomes": "ripeness.outcomes.store",
    "compare_theories": "ripeness.explore.comparison",
}


def __getattr__(name: str) -> object:
    """Fetch a public name from the module it lives in, and keep it."""
    if name == "__version__":
        from importlib.metadata import version

        value: object = version("ripeness")
    elif name in _HOMES:
        from importlib import import_module

        value = getattr(import_module(_HOMES[name]), name)
    else:
        message = f"module `ripeness` has no attribute `{name}`"
        raise AttributeError(message)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, fetched or not."""
    return sorted({*globals(), *__all__})
