"""The headline numbers of the library's scenarios: they change only when somebody says so.

``make baseline`` writes ``headlines.json`` anew. Counts of worlds may differ a little between processors,
because a last bit decides a world now and then; the tolerance is two standard errors of a count.
"""

from __future__ import annotations

import json
import math
import os
from pathlib import Path

import numpy as np
import pytest

from ripeness.outcomes.run import run
from ripeness.outcomes.summary import summarise
from ripeness.scenario.load import load

FILE = Path(__file__).with_name("headlines.json")
WORLDS, SEED = 512, 1
SCENARIOS = ("ukraine", "template")
RELATIVE = 0.02


def headlines(name: str) -> dict[str, dict[str, float]]:
    """Return counts of worlds and medians of quantities of a run."""
    outcomes = run(load(name), WORLDS, SEED)
    summary, data = summarise(outcomes), outcomes.data
    counts = {f"ending: {ending}": count for ending, count in summary["endings"].items()}
    counts |= {f"zone: {key}": count for key, count in summary["zone"].items()}
    counts |= {key: summary[key] for key in ("signed", "settled_once", "ceasefire_once")}
    last = data.isel(month=26)
    medians = {}
    for quantity in ("troops", "casualties", "equipment", "strain", "support", "area_held"):
        for side in data["side"].values:
            medians[f"{quantity} of {side}"] = float(
                np.median(last[quantity].sel(side=side).values)
            )
    return {"counts": counts, "medians": medians}


@pytest.mark.parametrize("name", SCENARIOS)
def test_headlines_are_those_on_file(name):
    found = headlines(name)
    if os.environ.get("RIPENESS_REFRESH_BASELINE") == "1":
        kept = json.loads(FILE.read_text()) if FILE.exists() else {}
        FILE.write_text(json.dumps(kept | {name: found}, indent=1, sort_keys=True) + "\n")
    expected = json.loads(FILE.read_text())[name]
    for key, count in expected["counts"].items():
        share = count / WORLDS
        allowed = 2.0 * math.sqrt(WORLDS * share * (1.0 - share)) + 1.0
        assert found["counts"][key] == pytest.approx(count, abs=allowed), key
    for key, value in expected["medians"].items():
        assert found["medians"][key] == pytest.approx(value, rel=RELATIVE), key
