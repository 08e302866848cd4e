"""Shares of months and what a signal tells, on records whose truth was planted."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.outcomes.sincerity import (
    AWAY,
    KINDS,
    NOT_COUNTED,
    PAUSE,
    REAL,
    SEEN,
    SIGNALS,
    Attendance,
    kinds_of,
    share_of,
)


def attendance(kind: np.ndarray, *, agreed: np.ndarray | None = None) -> Attendance:
    """Attendance of these kinds ``(world, month)`` for the first side; the second stays away."""
    both = np.stack([kind, np.where(kind == NOT_COUNTED, NOT_COUNTED, AWAY)], axis=-1)
    rank = np.where(both == REAL, 0.9, np.where(np.isin(both, (PAUSE, SEEN)), 0.3, 0.0))
    nothing = np.zeros(kind.shape, dtype=bool)
    return Attendance(
        both.astype(np.int8), rank, kind == REAL, nothing if agreed is None else agreed
    )


def planted(worlds: int = 50, months: int = 40, seed: int = 3) -> Attendance:
    generator = np.random.default_rng(seed)
    kind = generator.choice([REAL, PAUSE, SEEN, AWAY, NOT_COUNTED], (worlds, months))
    return attendance(kind, agreed=generator.random((worlds, months)) < 0.1)


def test_what_a_month_was_for_follows_from_who_came_and_why():
    flag = lambda *values: np.array(values, dtype=bool)[:, None, None] & np.ones((1, 2), bool)  # noqa: E731
    kind = kinds_of(
        attending=flag(1, 1, 1, 0, 1),
        real=flag(1, 0, 0, 0, 1),
        interested=flag(1, 1, 0, 0, 1),
        counts=np.array([[1], [1], [1], [1], [0]], dtype=bool),
    )
    assert kind[:, 0, 0].tolist() == [REAL, PAUSE, SEEN, AWAY, NOT_COUNTED]
    assert (kind[..., 0] == kind[..., 1]).all()


def test_kinds_add_to_the_worlds_that_count():
    found = planted()
    for side in range(2):
        counts = found.counted(side)
        assert tuple(counts) == KINDS
        total = np.sum(list(counts.values()), axis=0)
        assert np.array_equal(total, (found.kind[:, :, side] != NOT_COUNTED).sum(axis=0))
        assert sum(found.months(side).values()) == total.sum()


def test_the_share_of_a_world_is_of_the_months_in_which_the_side_comes():
    kind = np.array(
        [
            [REAL, SEEN, PAUSE, REAL],
            [AWAY, AWAY, NOT_COUNTED, AWAY],
            [REAL, AWAY, AWAY, REAL],
            [SEEN, SEEN, AWAY, NOT_COUNTED],
        ]
    )
    assert np.array_equal(attendance(kind).real_share(0), [0.5, np.nan, 1.0, 0.0], equal_nan=True)
    told = attendance(kind).as_mapping(0)
    assert told["worlds"]["comes"] == 3
    assert (told["worlds"]["never_real"], told["worlds"]["always_real"]) == (1, 1)
    assert told["months"] == {"real": 4, "for_a_pause": 1, "to_be_seen": 3, "away": 6}


def test_shares_lie_between_nothing_and_all_and_signals_add_up():
    found = planted()
    told = {name: found.revealed(0, name) for name in SIGNALS}
    for each in told.values():
        for share in (each.real, each.both, each.later, each.agreed):
            assert 0.0 <= share.share <= 1.0
            assert share.error >= 0.0
    assert told["any"].months == told["away"].months + told["comes"].months
    assert told["comes"].months == told["low_rank"].months + told["high_rank"].months
    assert (told["away"].real.share, told["low_rank"].real.share) == (0.0, 0.0)
    assert told["high_rank"].real.share == 1.0
    weighted = told["low_rank"].months * told["low_rank"].later.share
    weighted += told["high_rank"].months * told["high_rank"].later.share
    assert weighted == pytest.approx(told["comes"].months * told["comes"].later.share)


def test_a_planted_posterior_is_found():
    """Sides that come at low rank turn real next month in a fifth of the worlds, others in half."""
    generator = np.random.default_rng(5)
    worlds = 4000
    low = generator.random(worlds) < 0.5
    turns = generator.random(worlds) < np.where(low, 0.2, 0.5)
    kind = np.stack([np.where(low, SEEN, AWAY), np.where(turns, REAL, AWAY)], axis=1)
    found = attendance(kind)
    for name, truth in (("low_rank", 0.2), ("away", 0.5)):
        later = found.revealed(0, name, ahead=1).later
        assert abs(later.share - truth) < 4 * later.error
        assert later.error == pytest.approx(np.sqrt(truth * (1 - truth) / (worlds / 2)), rel=0.1)


def test_the_error_counts_worlds_and_not_months():
    alike = np.repeat(np.arange(100) % 2 == 0, 30).reshape(100, 30)
    whole = share_of(alike, np.ones_like(alike))
    one_month = share_of(alike[:, :1], np.ones((100, 1), dtype=bool))
    assert whole == pytest.approx(one_month)


def test_a_signal_that_nobody_gives_tells_nothing():
    found = attendance(np.full((5, 10), AWAY))
    told = found.revealed(0, "comes")
    assert told.months == 0
    assert np.isnan(told.real.share)
    short = planted(months=3).revealed(0, "any")
    assert short.months == 0


def test_some_worlds_are_all_worlds_in_parts():
    found = planted()
    first = np.arange(found.worlds) < 20
    parts = [found.among(first), found.among(~first)]
    assert sum(part.worlds for part in parts) == found.worlds
    for kind, total in found.months(0).items():
        assert sum(part.months(0)[kind] for part in parts) == total
