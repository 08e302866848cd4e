"""What must be true of verdicts whatever the outcomes are."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from planted_claims import LEVELS, claim, planted
from planted_kinds import CASES, WORLDS
from ripeness.claims import evaluate
from ripeness.claims.interval import wilson
from ripeness.claims.language import Condition
from ripeness.claims.verdict import CONTRADICTED_BELOW, SUPPORTED_ABOVE, Verdict, word_for

SETTLEMENT = {"event": "settlement"}
DEFEAT = {"event": "major_defeat", "side": "north"}
RESERVATION = {"quantity": "reservation", "side": "south", "unit": "share of the stakes"}
MOVE = [{"lever": "aid", "to": 2, "unit": "ratio"}]
STABLE = (TypeAdapter(Condition).validate_python({"event": "front_stable"}),)
CLAIMS = [
    claim("necessary", {"outcome": SETTLEMENT, "needs": [DEFEAT]}),
    claim("not within", {"event": SETTLEMENT, "weeks": 26}),
    claim("state", {
        "among": [SETTLEMENT],
        "expects": [{**RESERVATION, "at_least": 0.5, "during": {"from": 0, "to": 26}}],
        "does": [{**RESERVATION, "quantity": "real", "unit": "share", "at_most": 0.5}],
    }),
    claim("binding constraint", {
        "among": [SETTLEMENT],
        "binds": {"quantity": "men_bound_share", "side": "south", "unit": "share"},
    }),
    claim("asymmetric gain", {
        "during": "ceasefire", "only_gainer_breaks": True,
        "gains": {"quantity": "own_advantage", "side": "north", "unit": "log ratio"},
    }),
    claim("effect", {
        "among": [SETTLEMENT], "move": MOVE,
        "outcome": {**RESERVATION, "direction": "lower", "smallest": 0.05},
    }),
    claim("effect", {
        "move": MOVE, "outcome": {"event": "breach", "direction": "later"},
    }),
    claim("association", {
        "when": {"quantity": "pace", "at_most": 5, "unit": "km2 per week"},
        "weeks": 8, "then": [RESERVATION], "direction": "falls",
    }),
    *(
        case.claim.model_copy(update={"test": case.claim.test.model_copy(update={"among": STABLE})})
        for case in CASES.values()
    ),
]  # fmt: skip
RANKS = {"contradicted": 0, "depends": 1, "supported": 2}


def random_outcomes(seed: int, worlds: int, holes: float = 0.1) -> xr.Dataset:
    """Make outcomes in which everything is random and some of it is missing."""
    random = np.random.default_rng(seed)
    path = (worlds, 15, 2)

    def week(*shape: int) -> np.ndarray:
        return np.where(random.random(shape) < 0.5, random.integers(0, 60, shape), np.nan)

    share = random.random((worlds, 2))
    share[random.random((worlds, 2)) < holes] = np.nan
    reservation = random.random(path)
    reservation[random.random(path) < holes] = np.nan
    area = np.cumsum(random.choice([0.0, 100.0], path[:2], p=[0.8, 0.2]), axis=1)
    return planted(
        worlds,
        months=14,
        settlement_week=week(worlds),
        major_defeat_week=week(worlds, 2),
        broken_week=week(worlds),
        resumed_week=week(worlds),
        resumed_by=random.integers(-1, 2, worlds),
        regime=np.sort(random.choice([0, 0, 0, 1, 2, 3], path[:2]), axis=1),
        reservation=reservation,
        real=random.random(path),
        men_bound_share=share,
        force_ratio=random.normal(size=path[:2]),
        area_held=np.stack([area, -area], axis=-1),
        front_stable_week=week(worlds),
        exit_risk=random.random(path[:2]),
        attending=random.integers(0, 2, path),
        rank=random.random(path),
        zone_open=random.integers(0, 2, path[:2]),
        ruled_out=random.integers(0, 2, (worlds, 2, len(LEVELS))),
        conceded=random.random((worlds, 2, 3)),
        guarantee_holds=random.integers(0, 2, (3, worlds)),
        guarantee_would_sign=random.integers(0, 2, (3, 2, worlds)),
        theory=random.integers(0, 2, worlds),
    )  # fmt: skip


def counts(data: xr.Dataset, moved: xr.Dataset) -> list[tuple]:
    verdicts = evaluate(CLAIMS, data, lambda levers: moved)
    return [(v.kind, v.verdict, v.holds, v.of, dict(v.by_theory), measure(v)) for v in verdicts]


def measure(verdict: Verdict) -> tuple[float, ...]:
    """Return the number that decides, as far as summing in another order leaves it the same."""
    found = verdict.measured
    if found is None:
        return ()
    return tuple(round(value, 9) for value in (found.value, found.low, found.high))


@given(seed=st.integers(0, 2**31), worlds=st.integers(1, 90))
@settings(max_examples=12)
def test_counts_never_exceed_the_worlds(seed, worlds):
    data, moved = random_outcomes(seed, worlds), random_outcomes(seed + 1, worlds)
    for verdict in evaluate(CLAIMS, data, lambda levers: moved):
        assert 0 <= verdict.holds <= verdict.of <= worlds
        assert verdict.as_mapping()["kind"] == verdict.kind
        assert sum(holds for holds, _ in verdict.by_theory.values()) == verdict.holds
        assert sum(of for _, of in verdict.by_theory.values()) == verdict.of
        if verdict.verdict == "untested":
            assert verdict.reason
            assert verdict.strength is None
        else:
            low, high = verdict.interval
            assert 0 <= low <= verdict.strength <= high <= 1


@given(seed=st.integers(0, 2**31))
@settings(max_examples=8)
def test_relabelling_worlds_changes_nothing(seed):
    worlds = 80
    data, moved = random_outcomes(seed, worlds), random_outcomes(seed + 1, worlds)
    order = np.random.default_rng(seed).permutation(worlds)
    label = np.arange(worlds) + 7
    shuffled = [part.isel(world=order).assign_coords(world=label) for part in (data, moved)]
    assert counts(data, moved) == counts(*shuffled)


@given(seed=st.integers(0, 2**31), extra=st.integers(1, 60))
@settings(max_examples=8)
def test_worlds_that_cannot_be_tested_change_nothing(seed, extra):
    data, moved = random_outcomes(seed, 80), random_outcomes(seed + 1, 80)
    unknown = dict.fromkeys(("men_bound_share", "reservation", "rank", "real"), np.nan)
    empty = planted(extra, months=14, **unknown)
    joined = [
        xr.concat([part, empty], "world", data_vars="minimal", coords="minimal", compat="override",
                  join="outer").assign_coords(world=np.arange(80 + extra))
        for part in (data, moved)
    ]  # fmt: skip
    assert counts(data, moved) == counts(*joined)


@given(seed=st.integers(0, 2**31))
@settings(max_examples=5)
def test_relabelled_theories_leave_the_verdict(seed):
    data, moved = random_outcomes(seed, 80), random_outcomes(seed + 1, 80)
    other = [part.assign(theory=1 - part["theory"]) for part in (data, moved)]
    for part in other:
        part["theory"].attrs["flag_meanings"] = ["another theory", "one theory"]
    one, two = counts(data, moved), counts(*other)
    assert one == two  # by_theory is a mapping: the order of the names does not count


@given(kind=st.sampled_from(list(CASES)), counted=st.tuples(*[st.integers(0, WORLDS)] * 2))
@settings(max_examples=40)
def test_more_worlds_in_which_it_holds_never_make_a_verdict_worse(kind, counted):
    case = CASES[kind]
    ranks = []
    for count in sorted(counted):
        data, compare = case.worlds(count)
        verdict = evaluate([case.claim], data, compare)[0]
        if verdict.verdict != "untested":
            ranks.append(RANKS[verdict.verdict])
    assert ranks == sorted(ranks)


@given(total=st.integers(1, 5000), share=st.floats(0, 1))
def test_interval_holds_the_share_and_the_verdict_follows_it(total, share):
    count = round(total * share)
    low, high = wilson(count, total)
    assert 0 <= low <= count / total <= high <= 1
    assert wilson(total - count, total) == pytest.approx((1 - high, 1 - low))
    word = word_for(count, total)
    assert (word == "supported") == (low > SUPPORTED_ABOVE)
    assert (word == "contradicted") == (high < CONTRADICTED_BELOW)
