from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripeness.outcomes.words import of_twenty


@st.composite
def counts(draw):
    total = draw(st.integers(1, 100_000))
    return draw(st.integers(0, total)), total


@pytest.mark.parametrize(
    ("count", "total", "words"),
    [
        (0, 4096, "none of 4,096 worlds"),
        (1, 4096, "fewer than 1 of 20 worlds"),
        (2663, 4096, "13 of 20 worlds"),
        (4095, 4096, "more than 19 of 20 worlds"),
        (4096, 4096, "all 4,096 worlds"),
        (3, 7, "3 of 7 worlds"),
        (0, 1, "0 of 1 world"),
        (1, 1, "1 of 1 world"),
        (0, 0, "none of 0 worlds"),
    ],
)
def test_examples(count, total, words):
    assert of_twenty(count, total) == words


def test_another_noun():
    assert of_twenty(30, 60, "worlds at war") == "10 of 20 worlds at war"
    assert of_twenty(1, 1, "settled worlds") == "1 of 1 settled world"


@given(counts())
def test_certainty_is_said_only_where_it_is_so(case):
    count, total = case
    words = of_twenty(count, total)
    assert words.startswith("none") == (count == 0 and total > 1)
    assert words.startswith("all") == (count == total and total > 1)
    assert not words.startswith(("0 of 20", "20 of 20"))


@given(counts())
def test_the_words_are_within_half_a_twentieth(case):
    count, total = case
    words = of_twenty(count, total)
    if total > 20 and words[0].isdigit():
        assert abs(int(words.split()[0]) / 20 - count / total) <= 1 / 40 + 1e-12


@pytest.mark.parametrize(("count", "total"), [(-1, 5), (6, 5), (1, 0)])
def test_impossible_counts_are_refused(count, total):
    with pytest.raises(ValueError, match="`count` must lie between"):
        of_twenty(count, total)
