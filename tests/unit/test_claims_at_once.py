"""Judged all at once: with nothing to be found, hardly ever is anything called."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripeness.claims.at_once import LEVEL, at_once, chance_of, holm
from ripeness.claims.interval import STANDARD_ERRORS, wilson
from ripeness.claims.verdict import Measured, Verdict, word_for

CLAIMS = 42
REPETITIONS = 1000


def verdict(name: str, holds: int, of: int, word: str | None = None, measured=None) -> Verdict:
    return Verdict(
        name, "S", "p", "necessary", word or word_for(holds, of), holds, of, "", measured=measured
    )


def rate_of_calls(draws) -> tuple[float, float]:
    """In which share of repetitions some claim is called: one by one, and all at once."""
    alone = together = 0
    for counts, worlds in draws:
        found = [
            verdict(f"C{place:02d}", int(count), int(of))
            for place, (count, of) in enumerate(zip(counts, worlds, strict=True))
        ]
        alone += any(each.verdict != "depends" for each in found)
        together += bool(at_once(found).remain)
    return alone / REPETITIONS, together / REPETITIONS


# ----------------------------------------------------------------------------- planted truth


@pytest.mark.parametrize("worlds", [41, 200, 4096])
def test_where_every_claim_lies_at_a_bound_any_is_called_in_1_of_20_repetitions_at_most(worlds):
    bounds = np.where(np.arange(CLAIMS) % 2, 0.25, 0.75)
    random = np.random.default_rng(worlds)
    draws = ((random.binomial(worlds, bounds), np.full(CLAIMS, worlds)) for _ in range(REPETITIONS))
    alone, together = rate_of_calls(draws)
    assert together <= LEVEL + 4 * math.sqrt(LEVEL * (1 - LEVEL) / REPETITIONS)
    assert alone > 0.4  # which is why it is worth the trouble


def test_so_it_is_where_all_claims_hang_on_the_same_luck():
    def draws():
        random = np.random.default_rng(1)
        for _ in range(REPETITIONS):
            lot = random.random(400)
            low, high = int((lot < 0.25).sum()), int((lot < 0.75).sum())
            yield np.where(np.arange(CLAIMS) % 2, low, high), np.full(CLAIMS, 400)

    _, together = rate_of_calls(draws())
    assert together <= LEVEL + 4 * math.sqrt(LEVEL * (1 - LEVEL) / REPETITIONS)


def test_what_is_plain_remains_and_what_only_just_stands_falls():
    found = [verdict(f"C{place:02d}", 200, 400) for place in range(40)]  # open, all of them
    found += [verdict("S", 360, 400), verdict("X", 4, 400), verdict("J", 318, 400)]
    assert found[-1].verdict == "supported"  # by itself: Wilson's interval is just above 15 of 20
    told = at_once([*found, verdict("U", 0, 0, "untested")])
    assert (told.tested, told.remain, told.fall) == (43, ("S", "X"), ("J",))
    assert "2 of 3 of these verdicts remain; J would depend on the world" in told.words
    assert "U" not in told.single
    plain = told.as_mapping()
    assert plain["claims"]["J"]["single"] < LEVEL < plain["claims"]["J"]["adjusted"]


def test_a_claim_that_was_kept_from_being_called_gives_nothing_away():
    surely = verdict("D", 400, 400, "depends")  # a doubt, or rival theories
    assert chance_of(surely) == 1.0
    assert at_once([surely, verdict("S", 390, 400)]).remain == ("S",)


@pytest.mark.parametrize("found", [[], [verdict("C01", 200, 400)], [verdict("C01", 400, 400)]])
def test_nothing_is_said_of_one_claim_or_of_none_that_is_called(found):
    assert at_once(found).words == ""


# ----------------------------------------------------------------------------- figures


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []
    assert holm([0.9, 0.8]) == [1.0, 1.0]


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=50))
def test_adjusting_only_raises_and_keeps_the_order(chances):
    adjusted = holm(chances)
    assert all(before <= after <= 1.0 for before, after in zip(chances, adjusted, strict=True))
    order = np.argsort(chances, kind="stable")
    assert np.all(np.diff(np.asarray(adjusted)[order]) >= 0.0)


@pytest.mark.parametrize("unit", ["weeks", "times"])
def test_a_number_whose_interval_just_touches_its_bound_has_a_chance_of_1_in_20(unit):
    half = 0.3 * STANDARD_ERRORS
    turned = math.exp if unit == "times" else float
    ends = {"value": turned(2.0), "low": turned(2.0 - half), "high": turned(2.0 + half)}
    for name, more, less in (("low", ends["low"], None), ("high", None, ends["high"])):
        measured = Measured("n", **ends, unit=unit, more_than=more, less_than=less)
        assert chance_of(verdict("C", 1, 100, "supported", measured)) == pytest.approx(0.05), name


def test_a_share_with_a_bound_of_its_own_is_held_against_that():
    low, high = wilson(20, 100)
    share = Measured("share", 0.2, low, high, "", more_than=0.05)
    found = chance_of(verdict("C", 20, 100, "supported", share))
    tail = sum(math.comb(100, k) * 0.05**k * 0.95 ** (100 - k) for k in range(20, 101))
    assert found == pytest.approx(2 * tail)


def test_a_number_without_spread_is_where_it_is():
    sure = Measured("n", 3.0, 3.0, 3.0, "weeks", more_than=1.0)
    assert chance_of(verdict("C", 9, 100, "supported", sure)) == 0.0
