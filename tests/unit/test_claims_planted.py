"""Every kind on outcomes with a planted truth: true, false, borderline, untestable; dead levers."""

from __future__ import annotations

import json

import pytest

from planted_claims import planted
from planted_kinds import CASES, WORLDS
from ripeness.claims import evaluated, needed_settings
from ripeness.claims.kinds import KINDS

MOVING = [kind for kind, case in CASES.items() if needed_settings([case.claim])]


def test_every_kind_has_planted_truths():
    assert set(CASES) == set(KINDS), "a new kind needs an entry in tests/planted_kinds.py"
    for kind, case in CASES.items():
        assert case.claim.kind == kind
        assert set(case.counts) == {"supported", "contradicted", "depends"}


@pytest.mark.parametrize("word", ["supported", "contradicted", "depends"])
@pytest.mark.parametrize("kind", CASES)
def test_planted_truths_come_out(kind, word):
    case = CASES[kind]
    data, compare = case.worlds(case.counts[word])
    found = evaluated([case.claim], data, compare)[0]
    assert found.verdict.verdict == word, found.verdict
    assert found.verdict.words
    assert json.loads(json.dumps(found.verdict.as_mapping(), allow_nan=False))["id"] == "C01"
    assert found.verdict.holds == int(found.holds.sum())
    assert found.verdict.of == int(found.tested.sum())
    assert not (found.holds & ~found.tested).any()
    if found.verdict.measured is None:
        assert found.verdict.holds == case.counts[word]


@pytest.mark.parametrize("kind", CASES)
def test_what_cannot_be_tested_is_untested_with_the_reason(kind):
    case = CASES[kind]
    data, compare = case.untestable()
    verdict = evaluated([case.claim], data, compare)[0].verdict
    assert verdict.verdict == "untested"
    assert case.why in verdict.reason
    assert verdict.reason.endswith(".")
    assert verdict.strength is None
    assert verdict.measured is None


@pytest.mark.parametrize("kind", MOVING)
@pytest.mark.parametrize("count", [0, 100, WORLDS])
def test_a_dead_lever_is_untested_never_false(kind, count):
    case = CASES[kind]
    data, _ = case.worlds(count)
    verdict = evaluated([case.claim], data, lambda levers: data.copy(deep=True))[0].verdict
    assert verdict.verdict == "untested"
    assert "dead" in verdict.reason


@pytest.mark.parametrize("kind", MOVING)
def test_no_levers_moved_is_untested(kind):
    data, _ = CASES[kind].worlds(100)
    verdict = evaluated([CASES[kind].claim], data)[0].verdict
    assert verdict.reason == "no levers were moved in this run."


@pytest.mark.parametrize("kind", CASES)
def test_a_run_without_any_record_is_untested(kind):
    bare = planted(WORLDS)
    kept = ["theory"]
    data = bare.drop_vars([name for name in bare.data_vars if name not in kept])
    moved = data.assign(theory=1 - data["theory"])
    moved["theory"].attrs = data["theory"].attrs
    verdict = evaluated([CASES[kind].claim], data, lambda levers: moved)[0].verdict
    assert verdict.verdict == "untested"
    assert "does not record" in verdict.reason
