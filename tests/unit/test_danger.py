"""The danger to settlements: planted chances and planted help come out as planted."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import synthetic
from ripeness.brief.danger import FRACTIONS, danger_told, finding, fraction
from ripeness.outcomes.danger import DRAWS, PLACES, STRONG, danger_of, ratio_in_place
from ripeness.outcomes.lifetimes import broken_within
from ripeness.outcomes.peace import FEWEST, peace_beside_record
from ripeness.outcomes.spells import in_first, signed_spells
from ripeness.types import CEASEFIRE, ENDED, SETTLEMENT, WAR

RUSSIA, UKRAINE = 0, 1
MONTHS = 24
"""Months in which a planted settlement can be broken."""


def run_of(
    settled: np.ndarray,
    *,
    alone: np.ndarray | float = 0.0,
    left: float = 1.0,
    there: np.ndarray | float = 0.0,
    promised: np.ndarray | float = 0.0,
) -> xr.Dataset:
    """Return a made-up run in which Ukraine may be protected.

    Args:
        settled: ``(world, month)`` whether a settlement is in force.
        alone: chance that Russia breaks it had nobody guaranteed it.
        left: share of that chance that is left where strong help is in place.
        there: ``(world, month)`` help in place.
        promised: ``(world,)`` help promised.
    """
    settled = np.pad(
        settled, ((0, 0), (0, 1)), mode="edge"
    )  # the horizon, at which nothing happens any more
    if isinstance(there, np.ndarray):
        there = np.pad(there, ((0, 0), (0, 1)), mode="edge")
    worlds, months = settled.shape
    data = synthetic.dataset(worlds, months=months - 1)
    data["regime"].values[:] = np.where(settled, SETTLEMENT, WAR)
    axes = ("world", "month", "side")
    help_there, chance = np.zeros((worlds, months, 2)), np.zeros((worlds, months, 2))
    help_there[..., UKRAINE] = there * settled
    chance[..., RUSSIA] = alone * settled
    kept = chance.copy()
    kept[..., RUSSIA] *= np.where(help_there[..., UKRAINE] >= STRONG, left, 1.0)
    return data.assign(
        breach_chance=(axes, kept),
        breach_chance_alone=(axes, chance),
        help_in_place=(axes, help_there),
        first_guarantee=("world", np.broadcast_to(promised, worlds).astype(float)),
        broken_week=("world", np.full(worlds, np.nan)),
    )


def four_quarters(worlds: int = 400) -> xr.Dataset:
    """Return a run in which a quarter of the danger falls under strong help, which leaves a third of it."""
    settled = np.ones((worlds, MONTHS), dtype=bool)
    quarter = np.arange(worlds) * 4 // worlds
    there = np.select([quarter == 0, quarter == 2], [0.5, 0.1], 0.0)
    promised = np.select([quarter < 2, quarter == 2], [0.5, 0.1], 0.0)
    return run_of(
        settled, alone=0.01, left=1 / 3, there=np.repeat(there[:, None], MONTHS, 1), promised=promised
    )  # fmt: skip


def test_the_finding_is_told_as_planted():
    found = danger_of(four_quarters())
    assert found is not None
    assert (found.settlements, found.protected) == (400, (UKRAINE,))
    assert finding(found) == (
        "Where it stands, a strong guarantee prevents two breaches of three; "
        "it stands in a quarter of the danger."
    )
    guarded = 100 * sum(0.01 * (0.99 / (1 - 0.01 / 3)) ** month for month in range(MONTHS))
    others = 100 * MONTHS * 0.01
    whole = guarded + 3 * others
    for part, danger in zip(found.parts, (guarded, others, others, 0.0, others), strict=True):
        assert part.share == (pytest.approx(danger / whole), pytest.approx(0.02, abs=0.02))
        assert part.danger == pytest.approx(danger)
        assert part.months == (100 * MONTHS if danger else 0)
    strong = found.part("strong")
    assert strong.ratio is not None
    assert strong.ratio[0] == pytest.approx(1 / 3)
    assert strong.left == pytest.approx(guarded / 3)
    assert found.whole.left == pytest.approx(guarded / 3 + 3 * others)
    assert found.expected == pytest.approx(others / 3 + 3 * others)
    assert found.part("weak_awaited").ratio is None


def test_the_standard_error_is_that_of_worlds_drawn_at_random():
    """Each world has all its danger under strong help or none: the share's error is that of a count."""
    worlds = 600
    data = four_quarters(worlds)
    data["breach_chance_alone"].values[:] *= (
        1e-4  # so rare that hardly a settlement would be broken twice
    )
    data["breach_chance"].values[:] *= 1e-4
    found = danger_of(data)
    assert found is not None
    share = found.part("strong").share
    assert share is not None
    assert share[1] is not None
    expected = np.sqrt(0.25 * 0.75 / worlds)
    assert abs(share[1] / expected - 1) < 4 / np.sqrt(2 * DRAWS)


def test_the_danger_is_what_would_have_been_broken():
    """Settlements lived through with guarantors tell how many would be broken without, each once."""
    worlds, alone, left = 4000, 0.08, 0.3
    draw = np.random.default_rng(6)
    there = np.where(draw.random((worlds, 1)) < 0.5, 0.5, 0.0) * (np.arange(MONTHS) >= 6)
    chance = np.where(there > 0, alone * left, alone)
    breaks = draw.random((worlds, MONTHS)) < chance
    lasts = np.where(breaks.any(axis=1), breaks.argmax(axis=1) + 1, MONTHS)
    settled = np.arange(MONTHS) < lasts[:, None]
    found = danger_of(run_of(settled, alone=alone, left=left, there=there))
    assert found is not None
    broken = 1 - (1 - alone) ** MONTHS
    error = (
        np.sqrt(found.expected) / worlds
    )  # of breaches about their compensator: a sum of small chances
    assert abs(found.whole.danger / worlds - broken) < 4 * error
    actual = breaks.any(axis=1).mean()
    assert abs(found.expected / worlds - actual) < 4 * error
    assert found.whole.left < found.expected < found.whole.danger


def test_months_of_one_world_go_together():
    """Twice the months in half the worlds is no more certain."""
    wide, long = (danger_of(_split(worlds, months)) for worlds, months in ((400, 12), (200, 24)))
    assert wide is not None
    assert long is not None
    errors = [part.share[1] or 0.0 for each in (wide, long) if (part := each.part("strong")).share]
    assert errors[1] / errors[0] == pytest.approx(np.sqrt(2), rel=4 / np.sqrt(DRAWS))


def _split(worlds: int, months: int) -> xr.Dataset:
    settled = np.ones((worlds, months), dtype=bool)
    there = np.where(np.arange(worlds) % 2, 0.5, 0.0)[:, None] * np.ones(months)
    return run_of(settled, alone=0.01, left=0.5, there=there)


def test_help_that_comes_late_stands_late():
    settled = np.ones((50, MONTHS), dtype=bool)
    there = np.where(np.arange(MONTHS) >= 18, 0.4, 0.0) * np.ones((50, 1))
    found = danger_of(run_of(settled, alone=1e-6, left=0.5, there=there, promised=0.4))
    assert found is not None
    assert found.part("strong").share == (
        pytest.approx(6 / 24, rel=1e-4), pytest.approx(0.0, abs=1e-12)
    )  # fmt: skip
    assert found.part("strong_awaited").share == (
        pytest.approx(18 / 24, rel=1e-4), pytest.approx(0.0, abs=1e-12)
    )  # fmt: skip


def test_only_the_first_settlement_counts():
    settled = np.ones((30, MONTHS), dtype=bool)
    settled[:, :4] = settled[:, 10:14] = False
    found = danger_of(run_of(settled, alone=0.01, there=0.5))
    assert found is not None
    assert found.whole.months == 30 * 6


def test_no_settlement_no_guarantee_no_danger():
    never = np.zeros((30, MONTHS), dtype=bool)
    assert danger_of(run_of(never, alone=0.1, there=0.5)) is None
    always = ~never
    unprotected = run_of(always, alone=0.1)
    assert danger_of(unprotected) is None
    assert danger_told(unprotected) == ([], [])
    tried = unprotected.assign(guarantee_protects=("guarantee", np.array([-1, UKRAINE])))
    found = danger_of(tried)
    assert found is not None
    assert found.part("strong").ratio is None
    assert "in none of the danger" in finding(found)
    lines, tables = danger_told(tried)
    assert tables[0].rows[0][0] == "No help promised"
    assert all(line.strip() for line in lines)
    safe = run_of(always, there=0.5)
    found = danger_of(safe)
    assert found is not None
    assert found.whole.ratio is None
    assert danger_told(safe) == (
        ["In no first settlement would Russia have broken the peace: nothing to prevent."], []
    )  # fmt: skip


def test_one_world_has_no_standard_error_and_no_finding():
    found = danger_of(run_of(np.ones((1, MONTHS), dtype=bool), alone=0.1, left=0.3, there=0.5))
    assert found is not None
    assert found.part("strong").ratio == (pytest.approx(0.3), None)
    assert "cannot be told" in finding(found)
    assert "in 1 world." in finding(found)


def test_few_worlds_and_no_clear_effect_are_no_finding():
    few = np.ones((FEWEST - 1, MONTHS), dtype=bool)
    found = danger_of(run_of(few, alone=0.1, left=0.3, there=0.5))
    assert found is not None
    assert "cannot be told" in finding(found)
    idle = _split(200, MONTHS)
    found = danger_of(idle.assign(breach_chance=idle["breach_chance_alone"]))
    assert found is not None
    assert "cannot be told" in finding(found)


def test_an_older_run_says_nothing():
    assert danger_of(synthetic.dataset(64)) is None
    assert ratio_in_place(synthetic.dataset(64)) is None


def test_both_sides_may_be_protected():
    data = run_of(np.ones((40, MONTHS), dtype=bool), alone=0.01, left=0.5, there=0.5)
    data["help_in_place"].values[..., RUSSIA] = 0.5
    data["breach_chance_alone"].values[..., UKRAINE] = 0.03
    data["breach_chance"].values[..., UKRAINE] = 0.03
    found = danger_of(data)
    assert found is not None
    assert found.protected == (RUSSIA, UKRAINE)
    assert found.expected == pytest.approx(40 * MONTHS * 0.035)
    rusty = 40 * sum(0.01 * (0.99 / 0.995) ** month for month in range(MONTHS))
    assert found.whole.danger == pytest.approx(rusty + 40 * MONTHS * 0.03)
    assert "by the other side" in danger_told(data)[0][-1]


def test_the_json_and_the_words_are_fit_to_be_read():
    data = four_quarters()
    found = danger_of(data)
    assert found is not None
    plain = asdict(found)
    assert json.loads(json.dumps(plain, allow_nan=False))["whole"] == plain["whole"] | {
        "share": list(plain["whole"]["share"]), "ratio": list(plain["whole"]["ratio"])
    }  # fmt: skip
    lines, tables = danger_told(data)
    assert any("Fortna 2008" in line and "civil wars" in line for line in lines)
    assert [row[0].lower() for row in tables[0].rows] == [
        *(words for name, words in PLACES.items() if name != "weak_awaited"), "all months"
    ]  # fmt: skip
    for text in (*lines, *(cell for row in tables[0].rows for cell in row)):
        assert text.strip()
        assert not re.search(r"\bnan\b|None|%|probability|  ", text), text


def test_shares_in_words_are_the_nearest():
    assert [value for value, *_ in FRACTIONS] == sorted(value for value, *_ in FRACTIONS)
    for value, breaches, danger in FRACTIONS:
        assert fraction(value) == (breaches, danger)
    assert fraction(0.68)[0] == "two breaches of three"
    assert fraction(0.26)[1] == "a quarter of the danger"


# ------------------------------------------------------------------------- breaks per year, and clocks


def test_waiting_for_help_is_not_mistaken_for_its_effect():
    """Help that changes nothing: while it stands peace breaks as often, though who broke early had none."""
    worlds, months, chance = 3000, 40, 0.03
    draw = np.random.default_rng(7)
    lasts = draw.geometric(chance, worlds)
    settled = np.arange(months)[None, :] < lasts[:, None]
    there = np.where(np.arange(months) >= 12, 0.5, 0.0) * np.ones((worlds, 1))
    data = run_of(settled, alone=chance, there=there)
    data["broken_week"].values[:] = np.where(lasts < months, 4.0 * lasts, np.nan)
    found = ratio_in_place(data)
    assert found is not None
    ratio, low, high = found
    error = np.log(high / low) / (2 * 1.96)
    assert abs(np.log(ratio)) < 4 * error
    late = lasts > 12
    naive = (lasts[late] < months).sum() / lasts[late].clip(max=months).sum()
    naive /= 1 / lasts[~late].mean()
    assert naive < 0.5, "split by whether help came it would look as if it prevented most breaches"


def test_an_effect_on_the_rate_is_found():
    worlds, months = 3000, 40
    draw = np.random.default_rng(8)
    chance = np.where(np.arange(months) >= 12, 0.01, 0.03)
    breaks = draw.random((worlds, months)) < chance
    lasts = np.where(breaks.any(axis=1), breaks.argmax(axis=1) + 1, months)
    settled = np.arange(months)[None, :] < lasts[:, None]
    there = np.where(np.arange(months) >= 12, 0.5, 0.0) * np.ones((worlds, 1))
    data = run_of(settled, alone=0.03, there=there)
    broken = breaks.any(axis=1)
    data["broken_week"].values[:] = np.where(broken, 4.0 * lasts, np.nan)
    found = ratio_in_place(data)
    assert found is not None
    error = np.log(found[2] / found[1]) / (2 * 1.96)
    assert abs(np.log(found[0] / (0.01 / 0.03))) < 4 * error


def test_signed_deals_by_hand():
    w, c, s, e = WAR, CEASEFIRE, SETTLEMENT, ENDED
    regime = np.array([
        [w, w, c, c, w, s],  # refused at home after two months: war
        [w, w, c, s, s, w],  # passed, and broken
        [w, c, c, c, s, s],  # a ceasefire first, signed later: counted from the signature, holds
        [w, c, w, c, c, w],  # the first ceasefire without a deal does not count
        [w, w, c, e, e, e],  # the world ends: watched, not broken
        [w, w, w, w, w, w],  # nothing signed
        [w, w, c, c, e, e],  # resumed in week 14, and the world ended in that month: broken
    ], dtype=np.int8)  # fmt: skip
    signing = np.zeros(regime.shape, dtype=bool)
    for world, month in ((0, 1), (0, 4), (1, 1), (2, 2), (3, 2), (4, 1), (6, 1)):
        signing[world, month] = True
    resumed = np.full(7, np.nan)
    resumed[[3, 6]] = 4.0, 14.0
    seen, world = signed_spells(regime, np.arange(6) * 4.0, signing, resumed)
    assert world.tolist() == [0, 1, 2, 3, 4, 6]
    assert seen.broken.tolist() == [True, True, False, True, False, True]
    np.testing.assert_allclose(seen.duration * 365.25 / 7, [8, 12, 8, 8, 4, 8])


def test_a_refusal_at_home_is_in_the_signed_row_only():
    worlds = 200
    data = synthetic.dataset(worlds, months=40)
    regime = data["regime"].values
    regime[:] = WAR
    regime[:, 2:4] = CEASEFIRE
    regime[100:, 4:] = SETTLEMENT  # half of what is signed passes, and holds
    signing = np.zeros(regime.shape, dtype=bool)
    signing[:, 1] = True
    for name in ("resumed_week", "broken_week"):
        data[name].values[:] = np.nan
    found = peace_beside_record(data.assign(signing=(("world", "month"), signing)))
    signed, settled = (found.row(kind, 1) for kind in ("signed", "settlement"))
    assert signed.model is not None
    assert settled.model is not None
    assert (signed.model.share, settled.model.share) == (pytest.approx(0.5), 0.0)
    assert signed.record == settled.record is not None
    assert (signed.verdict, settled.verdict) == (
        "less safe than the record", "safer than the record"
    )  # fmt: skip


codes = st.sampled_from([WAR, CEASEFIRE, SETTLEMENT, ENDED])


@given(arrays.arrays(np.int8, (4, 9), elements=codes), st.integers(0, 7))
def test_signed_deals_are_followed_until_war_or_out_of_sight(regime, month):
    signing = np.zeros(regime.shape, dtype=bool)
    signing[:, month] = True
    seen, world = signed_spells(regime, np.arange(9.0), signing)
    assert broken_within(seen, 50) is None or seen.breaks
    follows = regime[:, month + 1 :]
    for place, row in zip(world, range(len(world)), strict=True):
        rest = follows[place]
        start = int(np.isin(rest, (CEASEFIRE, SETTLEMENT)).argmax())
        stop = next((m for m in range(start, len(rest)) if rest[m] in (WAR, ENDED)), None)
        assert seen.broken[row] == (stop is not None and rest[stop] == WAR)
    assert len(world) == np.isin(follows, (CEASEFIRE, SETTLEMENT)).any(axis=1).sum()


@given(arrays.arrays(bool, (3, 8)))
def test_the_first_spell_is_the_first(here):
    first = in_first(here)
    for row, kept in zip(here.tolist(), first.tolist(), strict=True):
        start = row.index(True) if True in row else len(row)
        stop = row.index(False, start) if False in row[start:] else len(row)
        assert [place for place, each in enumerate(kept) if each] == list(range(start, stop))
