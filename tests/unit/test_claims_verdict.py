"""From counts to verdicts: intervals, thresholds, words, JSON."""

from __future__ import annotations

import json

import numpy as np
import pytest

from planted_claims import by_side, claim, of_first, planted
from ripeness.claims import evaluate
from ripeness.claims.interval import wilson
from ripeness.claims.verdict import fewest, word_for
from synthetic import CASES

BINDING = claim(
    "binding constraint",
    {"binds": {"quantity": "men_bound_share", "side": "south", "unit": "share"}},
)


def test_wilson_agrees_with_published_numbers():
    """Newcombe 1998 (Statistics in Medicine 17: 857-872), table I, method 3."""
    for count, total, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert wilson(count, total) == pytest.approx((low, high), abs=5e-5)
    assert wilson(0, 0) == (0.0, 1.0)


def test_thresholds_are_on_the_interval_and_not_on_the_share():
    assert word_for(80, 100) == "depends"
    assert word_for(800, 1000) == "supported"
    assert word_for(20, 100) == "depends"
    assert word_for(200, 1000) == "contradicted"
    assert word_for(750, 1000) == word_for(250, 1000) == "depends"


def test_a_claim_needs_thirty_worlds_and_one_in_a_hundred():
    assert (fewest(1), fewest(3000), fewest(3001), fewest(4096)) == (30, 30, 31, 41)


def test_few_worlds_are_told_from_mixed_worlds():
    few = planted(50, men_bound_share=by_side(0.0, of_first(50, 40, 0.9, other=0.1)))
    assert evaluate([BINDING], few)[0].reason.startswith("it lies too near 15 of 20 worlds")
    mixed = planted(50, men_bound_share=by_side(0.0, of_first(50, 25, 0.9, other=0.1)))
    assert evaluate([BINDING], mixed)[0].reason.startswith("it holds in some worlds")


def test_theories_that_contradict_one_another_make_a_claim_depend():
    theory = (np.arange(1000) >= 900).astype(np.int8)
    share = np.where(theory == 0, 0.9, 0.1)
    data = planted(1000, theory=theory, men_bound_share=by_side(0.0, share))
    verdict = evaluate([BINDING], data)[0]
    assert verdict.by_theory == {"one theory": (900, 900), "another theory": (0, 100)}
    assert verdict.verdict == "depends"
    assert "supported under one theory, contradicted under another theory" in verdict.reason


def test_words_say_how_many_of_twenty():
    data = planted(1000, men_bound_share=by_side(0.0, of_first(1000, 652, 0.9, other=0.1)))
    assert evaluate([BINDING], data)[0].words == "holds in 13 of 20 worlds"


def test_one_world_is_never_enough():
    verdict = evaluate([BINDING], planted(1, men_bound_share=0.9))[0]
    assert (verdict.verdict, verdict.holds, verdict.of) == ("untested", 1, 1)


def test_verdict_is_plain_json():
    verdict = evaluate([BINDING], planted(60, men_bound_share=0.9))[0]
    plain = json.loads(json.dumps(verdict.as_mapping(), allow_nan=False))
    assert plain["verdict"] == "supported"
    assert plain["by_theory"]["one theory"] == {"holds": 30, "of": 30}
    assert plain["interval"] == list(verdict.interval)


SIDES_OF = {"long names": "south"}


@pytest.mark.parametrize("case", CASES)
def test_awkward_outcomes_do_not_break_anything(case):
    """Every kind on holes, one world, no settlement, missing variables, sides in other order."""
    data = CASES[case]()
    side = SIDES_OF.get(case, "russia")
    belief = {"quantity": "own_expected_advantage", "side": side, "unit": "log ratio"}
    reservation = {"quantity": "reservation", "side": side, "unit": "share of the stakes"}
    settlement, move = {"event": "settlement"}, [{"lever": "aid", "to": 2, "unit": "ratio"}]
    tests = {
        "necessary": {"outcome": settlement, "needs": [{"event": "major_defeat", "side": side}]},
        "not within": {"event": settlement, "weeks": 26},
        "state": {"expects": [{**belief, "at_least": 0, "during": "first_year"}]},
        "binding constraint": {
            "binds": {"quantity": "men_bound_share", "side": side, "unit": "share"}
        },
        "asymmetric gain": {
            "during": "ceasefire", "gains": {**belief, "quantity": "own_advantage"},
            "only_gainer_breaks": True,
        },
        "effect": {
            "move": move, "outcome": {**reservation, "direction": "lower", "smallest": 0.01},
        },
        "association": {
            "when": {"quantity": "pace", "at_most": 100, "unit": "km2 per week"},
            "weeks": 12, "then": [reservation], "direction": "falls",
        },
    }  # fmt: skip
    claims = [claim(kind, test) for kind, test in tests.items()]
    claims.append(claim("state", {"expects": [
        {"quantity": "morale", "side": side, "at_least": 0, "unit": "share"}]}))  # fmt: skip
    moved = data.copy(deep=True)
    moved["reservation"] = moved["reservation"] - 0.1
    verdicts = evaluate(claims, data, lambda levers: moved)
    for verdict in verdicts:
        assert 0 <= verdict.holds <= verdict.of <= data.sizes["world"]
        assert verdict.words
        json.dumps(verdict.as_mapping(), allow_nan=False)
    assert verdicts[-1].reason == "the run does not record `morale`."
    if data.sizes["world"] == 1:
        assert {verdict.verdict for verdict in verdicts} == {"untested"}


def test_a_side_that_is_not_in_this_war_leaves_the_claim_untested():
    test = {"binds": {"quantity": "men_bound_share", "side": "sout", "unit": "share"}}
    verdict = evaluate([claim("binding constraint", test)], planted(60))[0]
    assert "no belligerent `sout`" in verdict.reason
