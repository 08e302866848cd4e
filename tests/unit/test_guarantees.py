"""Guarantees as a run keeps, tells and draws them: planted figures come out as planted."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

import synthetic
from ripeness.brief.guarantees import guarantees_told, signed
from ripeness.charts.guarantee_finding import deterring, finding, sentence
from ripeness.charts.guarantee_labels import LETTER, Mark, placed
from ripeness.charts.guarantees import BEST, UNSURE, guarantees_chart, roles_of
from ripeness.charts.render import to_svg
from ripeness.explore.draft_play import BROKEN, FAILED, IN_FORCE, RESUMED
from ripeness.explore.guarantee_arms import Option, options_of
from ripeness.explore.guarantee_data import MEANINGS, as_mapping, with_guarantees
from ripeness.explore.guarantee_effects import PARTS, effects_of
from ripeness.explore.guarantee_reading import FEW, clearly, kinds_in, paired
from ripeness.explore.guarantee_record import beside_record, honoured, score
from ripeness.explore.guarantees import NOT_PLAYED, Guarantees, GuaranteesTried
from ripeness.scenario.load import load
from ripeness.types import SETTLEMENT

SIDES = ("Russia", "Ukraine")
N = 400


def guarantees(*rows: tuple[str, int, int, int, int]) -> Guarantees:
    """Return planted guarantees; each row: name, adversary signs, protected signs, holds, holds if empty.

    Counts are of worlds, the first of them, so that smaller sets lie within larger ones. What does not hold
    is broken by the adversary, the first side.
    """
    place = np.arange(N)
    signs = np.array(
        [[place < adversary, place < protected] for _, adversary, protected, *_ in rows]
    )
    both = signs[:, 0] & signs[:, 1]
    watched = both.any(axis=0)
    fate = np.array([np.where(place < holds, IN_FORCE, BROKEN) for *_, holds, _ in rows])
    empty = np.array([np.where(place < holds, IN_FORCE, BROKEN) for *_, holds in rows])
    none = both[0]
    crossed = np.array([
        [[none, signs[0, 0] & sign[1]], [sign[0] & signs[0, 1], sign[0] & sign[1]]]
        for sign in signs
    ])  # fmt: skip
    hide = lambda rows: np.where(watched, rows, NOT_PLAYED).astype(np.int8)  # noqa: E731
    return Guarantees(
        tuple(name for name, *_ in rows), (-1, *(1,) * (len(rows) - 1)), place.astype(np.int64), N,
        signs, signs | False, crossed, hide(fate), hide(empty),
    )  # fmt: skip


def outcomes(found: Guarantees) -> xr.Dataset:
    """Return outcomes of a made-up run with these guarantees."""
    war = load("ukraine")
    options = tuple(
        Option(name, side, {"guarantee": ("none",)}, name.capitalize())
        for name, side in zip(found.names, found.protects, strict=True)
    )
    return with_guarantees(synthetic.dataset(N), GuaranteesTried(options, found, found), war)


TRADE_OFF = guarantees(
    ("none", 300, 300, 60, 60), ("alliance clause", 40, 300, 290, 60), ("coalition", 250, 300, 90, 60)
)  # fmt: skip
SAME = guarantees(("none", 200, 200, 100, 100), ("coalition", 201, 200, 101, 100))
GOOD = guarantees(("none", 200, 200, 50, 50), ("coalition", 200, 300, 180, 60))


# --------------------------------------------------------------------------------------- effects


def test_refusal_and_deterrence_planted_apart_come_out_apart():
    refused = guarantees(("none", 300, 300, 150, 150), ("treaty", 100, 300, 150, 150))
    effect = effects_of(refused, 1)[1]
    assert effect.net.mean == pytest.approx((100 - 150) / N)
    assert effect.parts["refusal"].mean < -3 * effect.parts["refusal"].error < 0
    assert effect.parts["willingness"].mean == effect.parts["deterrence"].mean == 0
    deters = guarantees(("none", 300, 300, 150, 150), ("treaty", 300, 300, 250, 150))
    effect = effects_of(deters, 1)[1]
    assert (
        effect.net.mean == pytest.approx(100 / N) == pytest.approx(effect.parts["deterrence"].mean)
    )
    assert effect.deterrence.mean == pytest.approx(100 / 300)
    assert effect.attacks_prevented.mean == pytest.approx(100 / 150)
    assert effect.parts["refusal"].mean == pytest.approx(0, abs=1e-12)
    assert effect.parts["willingness"].mean == pytest.approx(0, abs=1e-12)


def test_willingness_is_the_protected_side_s():
    willing = guarantees(("none", 300, 100, 300, 300), ("treaty", 300, 250, 300, 300))
    effect = effects_of(willing, 1)[1]
    assert effect.parts["willingness"].mean == pytest.approx(effect.net.mean) == 150 / N
    assert effect.protected_signs.mean == pytest.approx(150 / N)
    assert effect.adversary_signs.mean == 0


@pytest.mark.parametrize("found", [TRADE_OFF, SAME, GOOD])
def test_parts_add_up(found):
    for effect in effects_of(found, 3):
        assert sum(part.mean for part in effect.parts.values()) == pytest.approx(effect.net.mean)
        assert set(effect.parts) == set(PARTS)


def test_nobody_signs_and_nothing_breaks():
    never = guarantees(("none", 0, 0, 0, 0), ("treaty", 0, 50, 0, 0), ("coalition", 50, 50, 50, 50))
    for row, effect in enumerate(effects_of(never, 1)):
        assert np.isfinite([part.mean for part in effect.parts.values()]).all()
        assert effect.net.mean == pytest.approx(50 / N if row == 2 else 0)


def test_passing_at_home_is_told_from_deterrence():
    found = guarantees(("none", 300, 300, 100, 100), ("treaty", 300, 300, 200, 200))
    at_home = lambda fate: np.where(fate == BROKEN, FAILED, fate)  # noqa: E731
    found = replace(found, fate=at_home(found.fate), empty=at_home(found.empty))
    effect = effects_of(found, 1)[1]
    assert effect.parts["at_home"].mean == pytest.approx(effect.net.mean) == 100 / N
    assert effect.parts["deterrence"].mean == effect.parts["rest"].mean == 0


# --------------------------------------------------------------------------- what is kept and told


def test_a_run_keeps_what_was_found_world_by_world():
    data = outcomes(TRADE_OFF)
    assert set(MEANINGS) <= set(data.data_vars)
    assert data["guarantee_would_sign"].dims == ("guarantee", "side", "world")
    assert data["guarantee_would_sign"].sum("world").values.tolist() == [
        [300, 300], [40, 300], [250, 300]
    ]  # fmt: skip
    holds = data["guarantee_holds"].sel(guarantee="alliance clause").values
    assert np.isnan(holds[300:]).all()
    assert np.nansum(holds) == 290
    attacks = data["guarantee_attacks"].sel(guarantee="alliance clause", side="russia").values
    assert np.nansum(attacks) == 10
    assert all("long_name" in data[name].attrs for name in MEANINGS)


def test_worlds_not_asked_are_unknown_not_no():
    part = replace(
        SAME, asked=SAME.asked[10:], signs=SAME.signs[..., 10:], acceptable=SAME.acceptable[..., 10:],
        crossed=SAME.crossed[..., 10:], fate=SAME.fate[..., 10:], empty=SAME.empty[..., 10:],
    )  # fmt: skip
    data = outcomes(part)
    assert np.isnan(data["guarantee_would_sign"].values[..., :10]).all()
    kinds = kinds_in(data)
    assert kinds is not None
    assert kinds.worlds == N - 10


def test_json_counts_agree_with_the_arrays():
    war = load("ukraine")
    options = tuple(Option(name, side, {"guarantee": ("none",)}, name)
                    for name, side in zip(TRADE_OFF.names, TRADE_OFF.protects, strict=True))  # fmt: skip
    found = as_mapping(GuaranteesTried(options, TRADE_OFF, TRADE_OFF), war, 1)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    none, alliance, coalition = found["kinds"]
    assert none["kind"] == "none"
    assert "net" not in none
    assert (alliance["both_sign"], alliance["signed_and_holds"]) == (40, 40)
    assert coalition["would_sign"] == {"russia": 250, "ukraine": 300}
    low, high = coalition["holds_interval"]
    assert low < 90 / 250 < high
    assert alliance["watched"]["attacks_empty"] == {"russia": 240, "ukraine": 0}


def test_a_war_without_guarantors_shows_nothing():
    data = synthetic.dataset(32)
    assert kinds_in(data) is None
    assert guarantees_chart(data) is None
    assert guarantees_told(data, {}) is None


# ------------------------------------------------------------------------------------ the picture


def kinds_of(found: Guarantees):
    kinds = kinds_in(outcomes(found))
    assert kinds is not None
    return kinds


def test_the_trade_off_is_the_finding_only_where_the_figures_say_so():
    assert (
        finding(kinds_of(TRADE_OFF), SIDES)
        == "The guarantee that would hold is one that Russia would not sign"
    )
    assert finding(kinds_of(SAME), SIDES) == "No kind of guarantee is clearly better than none"
    told = finding(kinds_of(GOOD), SIDES)
    assert told == (
        "The coalition is signed and holds most often: in 9 of 20 worlds, without a guarantor in 3 of 20 worlds"
    )  # fmt: skip


def test_what_deters_may_be_refused_though_something_else_holds_best():
    found = guarantees(
        ("none", 300, 300, 60, 60), ("umbrella", 30, 300, 160, 60), ("union clause", 290, 300, 200, 195)
    )  # fmt: skip
    kinds = kinds_of(found)
    assert [kinds.names[row] for row in deterring(kinds)] == ["umbrella"]
    assert finding(kinds, SIDES) == (
        "The guarantee that deters most is one that Russia would not sign; "
        "the union clause is signed and holds most often"
    )


def test_what_deters_as_well_must_be_refused_too():
    found = guarantees(
        ("none", 300, 300, 60, 60), ("umbrella", 30, 300, 160, 60), ("coalition", 250, 300, 158, 60),
        ("union clause", 290, 300, 200, 195),
    )  # fmt: skip
    kinds = kinds_of(found)
    assert [kinds.names[row] for row in deterring(kinds)] == ["umbrella", "coalition"]
    assert finding(kinds, SIDES) == (
        "The union clause is signed and holds most often; the umbrella Russia would not sign"
    )
    assert "the umbrella and the coalition, not told apart" in sentence(kinds, SIDES)


def test_luck_is_not_a_finding():
    draw = np.random.default_rng(5)
    one, other = draw.random((2, 400)) < 0.5
    assert clearly(one, other) == 0
    assert clearly(np.ones(400, bool), one) == 1
    mean, error = paired(one, other)
    assert mean == pytest.approx(one.mean() - other.mean())
    assert error == pytest.approx(np.std(one.astype(float) - other, ddof=1) / 20)


def test_the_picture_holds_every_kind_that_is_signed():
    chart = guarantees_chart(outcomes(TRADE_OFF))
    assert chart is not None
    assert chart.spec["datasets"]["figures"] == chart.table.records()
    assert [row[0] for row in chart.table.rows] == ["No guarantor", "Alliance clause", "Coalition"]
    assert {row["text"] for row in chart.spec["datasets"]["names"]} == {
        "No guarantor", "Alliance clause", f"Coalition: {BEST}"
    }  # fmt: skip
    for text in (chart.title, chart.sentence, chart.alt, chart.method):
        assert text.strip()
        assert not re.search(r"\bnan\b|None|%|  ", text), text
    assert "20" in chart.method or "400" in chart.method
    svg = to_svg(chart)
    assert float(re.search(r'width="([\d.]+)"', svg).group(1)) < 700  # type: ignore[union-attr]


def test_kinds_signed_in_few_worlds_are_marked_and_told():
    found = guarantees(
        ("none", 200, 200, 50, 50), ("umbrella", FEW - 1, 300, 20, 10), ("paper", 0, 9, 0, 0)
    )
    kinds = kinds_of(found)
    assert roles_of(kinds)[1] == UNSURE
    told = sentence(kinds, SIDES)
    assert f"the umbrella ({FEW - 1})" in told
    assert "Signed by both in no world, and not drawn: the paper." in told
    assert guarantees_chart(outcomes(found)) is not None


def test_nothing_is_drawn_where_nobody_signs():
    data = outcomes(guarantees(("none", 0, 10, 0, 0), ("umbrella", 0, 20, 0, 0)))
    assert guarantees_chart(data) is None
    told = guarantees_told(data, {})
    assert told is not None
    assert told.picture is None
    assert "In none of 400 worlds" in told.lines[0]


def test_names_stand_on_no_other_name_and_within_the_plot():
    draw = np.random.default_rng(3)
    for _ in range(20):
        marks = [Mark(f"kind {k}", *draw.uniform((20, 20), (560, 340))) for k in range(10)]
        words = {mark.name: "a name of some length" for mark in marks}
        boxes = []
        for each in placed(marks, words, [], (585, 360)):
            long = LETTER * len(words[each.name])
            left = each.to_x - (long if each.align == "right" else 0)
            boxes.append((left, each.to_y - 7, left + long, each.to_y + 7))
        for place, (left, top, right, bottom) in enumerate(boxes):
            assert left >= 0
            assert right <= 585
            assert top >= -1e-9
            assert bottom <= 360
            for other in boxes[place + 1 :]:
                assert (
                    right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
                )


# ---------------------------------------------------------------------------- the danger in the run


def endangered(data: xr.Dataset) -> xr.Dataset:
    """Return a run in which all settlements are in danger, and strong help that halves it always in place."""
    settled = data["regime"].values == SETTLEMENT
    assert settled.any()
    chance = np.stack([0.01 * settled, 0.0 * settled], axis=-1)
    axes = ("world", "month", "side")
    return data.assign(
        breach_chance_alone=(axes, chance),
        breach_chance=(axes, chance / 2),
        help_in_place=(axes, np.stack([0.0 * settled, 0.5 * settled], axis=-1)),
    )


@pytest.mark.parametrize(
    "found", [TRADE_OFF, guarantees(("none", 0, 9, 0, 0), ("paper", 0, 9, 0, 0))]
)
def test_the_danger_is_told_whether_or_not_anything_is_signed_on_the_first_day(found):
    told = guarantees_told(endangered(outcomes(found)), {})
    assert told is not None
    assert (
        "Where it stands, a strong guarantee prevents one breach of two; "
        "it stands in nearly all of the danger."
    ) in told.lines
    table = next(table for table in told.tables if table.caption.startswith("Danger"))
    assert [row[0] for row in table.rows] == ["Strong help in place", "All months"]
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert all(row[5].startswith("0.50") for row in table.rows)


# ------------------------------------------------------------------------------------- the record


def test_the_record_is_told_for_the_kinds_of_which_it_speaks():
    kinds = kinds_of(TRADE_OFF)
    none, alliance, coalition = beside_record(kinds, outcomes(TRADE_OFF))
    assert none.record is not None
    assert none.promise is None
    assert (none.in_force, none.broken) == (300, 240)
    assert {each.citation for each in alliance.honoured} >= {"Berkemeier & Fuhrmann 2018"}
    assert coalition.record is None
    assert all(0 < each.share < 1 for each in honoured("alliance clause"))
    found = score([none, alliance, coalition], 5)
    assert found is not None
    model, baseline, number = found
    assert number == 1
    assert model == pytest.approx(240 / 300 - none.record.middle)
    assert baseline > 0


def test_the_record_names_only_kinds_that_there_are():
    known = {option.kind for option in options_of(load("ukraine"))}
    for kind in known:
        assert all(kind in each.kinds for each in honoured(kind))
    assert not honoured("a kind that nobody has thought of")


def test_a_change_within_luck_is_in_brackets():
    assert signed([0.1, 0.01]) == "+2.0"
    assert signed([-0.1, 0.01]) == "\N{MINUS SIGN}2.0"
    assert signed([0.01, 0.01]) == "(+0.2)"
    assert signed([0.0, 0.0]) == "(0.0)"
    assert signed(None) == "–"


def test_fates_of_both_sides_are_told_apart():
    found = replace(SAME, fate=np.where(SAME.fate == BROKEN, RESUMED + 1, SAME.fate))
    attacks = found.attacks(found.fate)
    assert not attacks[:, 0].any()
    assert attacks[:, 1].sum() == (found.fate == RESUMED + 1).sum() > 0
