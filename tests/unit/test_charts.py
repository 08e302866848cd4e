"""What single charts say, held against datasets in which the answer is known."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import synthetic
from ripeness.charts import CHARTS
from ripeness.charts.endings import states_over_time
from ripeness.charts.labels import spread
from ripeness.charts.reading import carried, month_name, quantiles_of, war_end_week
from ripeness.charts.render import to_svg
from ripeness.charts.style import nice_scale
from ripeness.charts.survival import wilson
from ripeness.charts.weeks import binned
from ripeness.errors import InputError


def column(chart, name):
    return [row[chart.table.columns.index(name)] for row in chart.table.rows]


@pytest.mark.parametrize("case", list(synthetic.CASES))
def test_states_add_to_all_worlds_in_every_month(case):
    data = synthetic.CASES[case]()
    total = sum(states_over_time(data).values())
    assert (total == data.sizes["world"]).all()


def test_endings_name_the_victor_by_label():
    chart = CHARTS["endings"](synthetic.CASES["other order"]())
    assert "victory of Ukraine" in chart.table.columns
    assert "victory of ukraine" not in chart.table.columns


def test_endings_title_when_all_fight_on():
    title = CHARTS["endings"](synthetic.CASES["all frozen"]()).title
    assert title.startswith("In none of 64 worlds the guns are silent")
    assert "in all 64 worlds the war still goes on" in title


def test_survival_never_rises_and_stays_in_its_band():
    chart = CHARTS["survival"](synthetic.CASES["mixed"]())
    for theory in synthetic.THEORIES:
        share = np.array(column(chart, theory), float)
        assert (np.diff(share) <= 0).all()
        assert (np.array(column(chart, f"{theory}, from")) <= share + 1e-9).all()
        assert (np.array(column(chart, f"{theory}, to")) >= share - 1e-9).all()


def test_worlds_beyond_the_model_have_not_ended():
    assert np.isinf(war_end_week(synthetic.CASES["all beyond"]())).all()
    title = CHARTS["survival"](synthetic.CASES["all beyond"]()).title
    assert "in none of" in title


def test_wilson_against_published_figures():
    # Newcombe 1998, table I: 81 of 263 and 0 of 20, 95 per cent, without continuity correction
    low, high = wilson(np.array([81]), 263)
    assert (round(float(low[0]), 4), round(float(high[0]), 4)) == (0.2553, 0.3662)
    low, high = wilson(np.array([0]), 20)
    assert (round(float(low[0]), 4), round(float(high[0]), 4)) == (0.0, 0.1611)


def test_fan_is_ordered_and_shows_the_first_worlds():
    data = synthetic.CASES["mixed"]()
    chart = CHARTS["front"](data)
    headings = ["18 of 20 worlds, from", "10 of 20 worlds, from", "median"]
    headings += ["10 of 20 worlds, to", "18 of 20 worlds, to"]
    fan = np.array([column(chart, heading) for heading in headings], float)
    assert (np.diff(fan, axis=0) >= 0).all()
    first = data["area_held"].values[0, :, 0] / 1000
    assert np.allclose(column(chart, "world 1"), first, rtol=1e-4)


def test_dots_are_twenty():
    for case in ("mixed", "one world", "all frozen", "all settled", "short"):
        chart = CHARTS["weeks"](synthetic.CASES[case]())
        assert sum(column(chart, "dots, of 20")) == 20
        assert sum(column(chart, "worlds")) == synthetic.CASES[case]().sizes["world"]


def test_dots_fall_in_the_half_year_of_their_week():
    days = np.array(["2025-07-01", "2030-06-25"], "datetime64[D]")
    labels, counts = binned(np.array([0.0, 30.0, 260.0, np.inf]), days)
    found = dict(zip(labels, counts, strict=True))
    assert found["Jul–Dec|2025"] == 1
    assert found["Jan–Jun|2026"] == 1
    assert found["Jan–Jun|2030"] == 1
    assert found["not|ended"] == 1


def test_zone_counts_only_worlds_at_war():
    data = synthetic.CASES["mixed"]()
    chart = CHARTS["zone"](data)
    fighting = data["regime"].values[:, 5] == 0
    is_open = data["zone_open"].values[:, 5][fighting]
    assert column(chart, "worlds at war")[5] == fighting.sum()
    assert column(chart, "zone open")[5] == pytest.approx(20 * is_open.mean(), rel=1e-4)
    states = [column(chart, name)[5] for name in ("zone open", "a gap to close", "out of reach")]
    assert sum(states) == pytest.approx(20, rel=1e-3)


def test_expectations_count_who_overrates_itself():
    data = synthetic.CASES["mixed"]().copy(deep=True)
    truth = data["force_ratio"].values[:, :, None]
    data["expected_advantage"].values[:] = truth + np.array([0.1, 0.1])
    title = CHARTS["expectations"](data).title
    assert title.startswith("Russia overrates itself in all")
    assert "Ukraine overrates itself in none" in title


def test_rules_are_sorted_and_one_that_rules_all_is_flagged():
    data = synthetic.CASES["mixed"]().copy(deep=True)
    counts = column(CHARTS["rules"](data), "worlds")
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == 400
    data["rule"].values[:300] = 2
    assert "One rule ends most worlds" in CHARTS["rules"](data).sentence


def test_a_missing_variable_is_one_clear_message():
    data = synthetic.CASES["mixed"]().drop_vars("force_ratio")
    with pytest.raises(InputError, match="force_ratio"):
        CHARTS["expectations"](data)


def test_names_cannot_break_out_of_the_picture():
    data = synthetic.dataset(64, labels=("<script>alert(1)</script>", "A & \"B\" 'C' [d].e"))
    for name in ("endings", "losses", "expectations"):
        svg = to_svg(CHARTS[name](data))
        assert "<script" not in svg


def test_carried_keeps_the_last_figure():
    values = np.array([[np.nan, 1.0, np.nan, 3.0, np.nan]])
    assert np.array_equal(carried(values), [[np.nan, 1, 1, 3, 3]], equal_nan=True)


def test_quantiles_of_nothing_are_missing():
    values = np.full((3, 2), np.nan)
    values[:, 1] = [1, 2, 3]
    found = quantiles_of(values)
    assert np.isnan(found[:, 0]).all()
    assert found[2, 1] == 2


def test_months_have_english_names():
    assert month_name(np.datetime64("2028-06-15")) == "June 2028"


@given(
    st.lists(
        st.tuples(st.floats(-50, 300), st.sampled_from([18.0, 32.0, 46.0])),
        min_size=1,
        max_size=8,
    )
)
def test_labels_never_cover_one_another(entries):
    places, sizes = [place for place, _ in entries], [size for _, size in entries]
    moved = spread(places, sizes, 250)
    order = sorted(range(len(moved)), key=lambda i: moved[i])
    for above, below in zip(order, order[1:], strict=False):
        assert moved[below] - moved[above] >= (sizes[above] + sizes[below]) / 2 - 0.2
    if sum(sizes) <= 250:
        assert min(m - s / 2 for m, s in zip(moved, sizes, strict=True)) >= -0.1
        assert max(m + s / 2 for m, s in zip(moved, sizes, strict=True)) <= 250.1


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=5))
def test_a_scale_holds_its_figures(values):
    scale = nice_scale(values)
    assert scale.low < scale.high
    slack = 1e-6 * (scale.high - scale.low)
    assert scale.low - slack <= min(values)
    assert max(values) <= scale.high + slack


def test_no_text_in_a_picture_is_a_raw_field_name():
    svg = to_svg(CHARTS["front"](synthetic.CASES["mixed"]()))
    assert not re.search(r">[a-z]+_[a-z_]+<", svg)
