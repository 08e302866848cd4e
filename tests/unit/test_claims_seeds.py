"""Verdicts of several seeds, put together."""

from __future__ import annotations

import pytest

from planted_kinds import CASES
from ripeness.claims import evaluate, over_seeds


def verdicts(kind: str, *counts: int):
    case = CASES[kind]
    return {
        seed: evaluate([case.claim], *case.worlds(count)) for seed, count in enumerate(counts, 1)
    }


@pytest.mark.parametrize(
    ("counts", "word", "flips"),
    [
        ((180, 182, 178), "supported", False),
        ((10, 12, 14), "contradicted", False),
        ((100, 90, 110), "depends", False),
        ((158, 162, 163), "supported", True),  # each of few worlds; together they are enough
        ((190, 10), "depends", True),
    ],
)
def test_counts_are_pooled_and_flips_are_told(counts, word, flips):
    found = over_seeds(verdicts("not within", *counts))[0]
    assert (found.verdict, found.flips, found.holds, found.of) == (
        word, flips, sum(counts), 200 * len(counts),
    )  # fmt: skip
    assert ("depends on the seed" in found.sentence) == flips
    assert list(found.words) == list(range(1, len(counts) + 1))
    assert found.as_mapping()["shares"]["1"] == counts[0] / 200


def test_a_measured_verdict_is_not_pooled_by_its_count():
    """Ten of twenty outcomes by another cause are a few worlds, and yet enough to say that it may."""
    found = over_seeds(verdicts("alternative cause", 40, 44))[0]
    assert (found.verdict, found.flips) == ("supported", False)
    split = over_seeds(verdicts("alternative cause", 40, 1))[0]
    assert (split.verdict, split.flips) == ("depends", True)


def test_untested_seeds_are_left_out_and_all_untested_is_said():
    case = CASES["not within"]
    tested, untested = case.worlds(180), case.untestable()
    some = over_seeds({1: evaluate([case.claim], *tested), 2: evaluate([case.claim], *untested)})[0]
    assert (some.verdict, some.of, some.shares[2], some.flips) == ("supported", 200, None, False)
    none = over_seeds({1: evaluate([case.claim], *untested)})[0]
    assert (none.verdict, none.of) == ("untested", 0)
    assert "untested with all 1 seeds" in none.sentence


def test_seeds_must_be_about_the_same_claims():
    with pytest.raises(ValueError, match="at least one"):
        over_seeds({})
    with pytest.raises(ValueError, match="same claims"):
        over_seeds({1: verdicts("not within", 9)[1], 2: []})
