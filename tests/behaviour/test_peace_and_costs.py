"""A real run tells what its endings cost and whether its peace holds, in data, JSON and brief."""

from __future__ import annotations

import re

import numpy as np
import pytest

from ripeness.brief import write_brief
from ripeness.outcomes.danger import danger_of
from ripeness.outcomes.ending_costs import ALL, ending_costs
from ripeness.outcomes.peace import KINDS, peaces_of
from ripeness.outcomes.run import run
from ripeness.outcomes.spells import in_first
from ripeness.outcomes.store import Outcomes
from ripeness.outcomes.summary import summarise
from ripeness.scenario.load import load
from ripeness.types import ENDED, SETTLEMENT, WAR

WORLDS = 256


@pytest.fixture(scope="module")
def outcomes() -> Outcomes:
    return run(load("template"), WORLDS, seed=1)


def test_the_first_peaces_are_those_that_the_run_dates(outcomes):
    data = outcomes.data
    settled = np.isfinite(data["settlement_week"].values)
    assert settled.any()
    assert (np.isfinite(data["first_guarantee"].values) == settled).all()
    assert (data["first_guarantee"].values[settled] >= 0).all()
    found = peaces_of(data)
    assert found["settlement"].number == settled.sum()
    assert found["settlement"].breaks == np.isfinite(data["broken_week"].values).sum()
    ceased = np.isfinite(data["first_ceasefire_week"].values)
    assert found["ceasefire"].number + found["ratification"].number == ceased.sum()
    assert (~data["ceasefire_signed"].values[~ceased]).all()
    assert found["victory"].breaks == 0
    signed = data["signing"].values.any(axis=1)
    assert 0 <= signed.sum() - found["signed"].number <= (data["ending"].values != 0).sum()
    assert found["signed"].breaks >= found["settlement"].breaks


def test_chances_of_a_breach_add_up_to_breaches(outcomes):
    """Month by month, each chance belongs to the settlement that it threatens."""
    data = outcomes.data
    here = in_first(data["regime"].values == SETTLEMENT)[:, :-1]
    chance = data["breach_chance"].values[:, :-1].astype(float)
    either = (1 - (1 - chance[..., 0]) * (1 - chance[..., 1]))[here]
    broken = np.isfinite(data["broken_week"].values).sum()
    assert abs(either.sum() - broken) < 4 * np.sqrt((either * (1 - either)).sum())


def test_guarantors_take_danger_away_only_where_they_are_in_place(outcomes):
    data = outcomes.data
    alone, kept = data["breach_chance_alone"].values, data["breach_chance"].values
    there = data["help_in_place"].values[..., ::-1] > 0  # behind the other side
    np.testing.assert_allclose(kept[~there], alone[~there], rtol=1e-4, atol=1e-6)
    assert (kept <= alone * (1 + 1e-4) + 1e-6).all()
    found = danger_of(data)
    assert (found is None) == (not there.any())
    if found is not None:
        assert found.whole.left <= found.whole.danger * (1 + 1e-4)


def test_money_is_spent_until_the_world_ends(outcomes):
    data = outcomes.data
    spent = data["war_spending"].values
    months = (data["regime"].values[:, 1:] != ENDED).sum(axis=1)
    assert (spent[months > 0] > 0).all()
    assert np.corrcoef(months, spent.sum(axis=1))[0, 1] >= 0 or months.std() == 0
    names = {each.name for each in ending_costs(data).measures}
    assert {"war_spending", "output_lost", "land_taken"} <= names


def test_more_months_of_war_go_with_more_dead(outcomes):
    data = outcomes.data
    months = (data["regime"].values[:, 1:] == WAR).sum(axis=1)
    dead = data["killed"].values.sum(axis=1)
    longest, shortest = months >= np.quantile(months, 0.75), months <= np.quantile(months, 0.25)
    assert dead[longest].mean() > dead[shortest].mean()


def test_the_summary_has_all_of_it(outcomes):
    summary = summarise(outcomes)
    assert summary["costs"]["endings"][ALL]["worlds"] == WORLDS
    assert set(summary["peace"]["kinds"]) <= set(KINDS)
    assert summary["later_war"]["worlds"] == WORLDS


def test_the_brief_tells_it(outcomes, tmp_path):
    outcomes.save(tmp_path)
    text = re.sub(r"<[^>]+>", " ", write_brief(tmp_path).read_text(encoding="utf-8"))
    for heading in ("Does the peace hold? The model beside the record", "What each ending costs"):
        assert heading in text
    assert "the baseline" in text
    assert "people under its occupation" in text
    assert "bn EUR" in text
    assert "Fortna 2004" in text
