"""The same worlds under rival theories: same luck, same worlds, and an answer in words and figures."""

from __future__ import annotations

import json

import numpy as np
import pytest

import fixtures
from ripeness.charts.render import to_svg
from ripeness.charts.spread import spread_chart
from ripeness.charts.theories import theories_chart
from ripeness.cli.compared import compared_answer, write_comparison
from ripeness.cli.main import main
from ripeness.cli.report import plain
from ripeness.errors import InputError
from ripeness.explore.comparison import compare_theories
from ripeness.explore.rivals import play_rivals
from ripeness.outcomes.run import run
from ripeness.scenario.names import THEORIES
from ripeness.scenario.paths import quantities
from ripeness.worlds.draw import draw_worlds
from ripeness.worlds.streams import seed_words

RIVALS = ("hurting_stalemate", "converging_expectations", "unequal_priors", "exhaustion")
WORLDS = 256


@pytest.fixture(scope="module")
def comparison():
    return compare_theories(fixtures.ukraine(), RIVALS, WORLDS, seed=2)


# ------------------------------------------------------------------------------ worlds and luck


def test_a_theory_that_the_scenario_does_not_list_may_be_asked_for():
    listed = fixtures.ukraine().model_copy(update={"theories": ["hurting_stalemate"]})
    usual = draw_worlds(listed, 8, 1)
    for name in THEORIES:
        worlds = draw_worlds(listed, 8, 1, theory=name)
        assert worlds.names.theories[int(worlds.theory[0])] == name
        assert all(np.array_equal(worlds.values[path], usual.values[path]) for path in usual.values)


def test_an_unknown_theory_is_refused_with_the_list():
    with pytest.raises(InputError) as caught:
        draw_worlds(fixtures.ukraine(), 8, 1, theory="fatigue")
    for name in THEORIES:
        assert name in str(caught.value)


def test_another_play_is_the_same_worlds_with_other_luck():
    first = draw_worlds(fixtures.ukraine(), 8, 1)
    again = first.played_again(1)
    assert again.parameters is first.parameters
    assert np.array_equal(first.identity, again.identity)
    assert not np.array_equal(seed_words(1, 0), seed_words(1, 1))
    assert np.array_equal(seed_words(1), seed_words(1, 0))
    assert first.first(3).played_again(2).first(2).play == 2


def test_the_first_play_is_the_run_itself_and_the_others_are_not(comparison):
    for place in (0, 3):
        alone = run(fixtures.ukraine(), WORLDS, 2, theory=RIVALS[place]).data["ending"].values
        same, other = comparison.rivals.ending[place]
        assert np.mean(same == alone) > 0.98, "programs of other theories may round otherwise"
        assert np.mean(other == alone) < 0.95


def test_what_a_world_is_does_not_depend_on_theory_or_play(comparison):
    drawn = draw_worlds(fixtures.ukraine(), WORLDS, 2)
    for path, value in comparison.rivals.values.items():
        if not path.startswith("start."):
            np.testing.assert_array_equal(value, drawn.values[path])
    ranges = {path for path, number in quantities(fixtures.ukraine()).items() if not number.fixed}
    assert ranges <= comparison.rivals.values.keys()


def test_where_every_package_crosses_a_red_line_nobody_settles(comparison):
    shut = comparison.rivals.values["start.signable"] == 0
    assert 0 < shut.mean() < 1
    assert not comparison.rivals.outcomes["settled"][..., shut].any()


# -------------------------------------------------------------------------------------- figures


def test_shares_fit_together(comparison):
    agreement, rivals = comparison.agreement, comparison.rivals
    np.testing.assert_allclose(agreement.endings.sum(axis=1), 1.0)
    np.testing.assert_allclose(agreement.pairs, agreement.pairs.T)
    assert agreement.same == pytest.approx(sum(agreement.on.values()))
    off = ~np.eye(len(RIVALS), dtype=bool)
    assert agreement.same <= agreement.pairs[off].min() + 1e-12
    assert agreement.apart.mean() == pytest.approx(1.0 - agreement.same)
    assert sum(int(region.inside.sum()) for region in comparison.regions) == rivals.worlds


def test_the_spread_of_endings_is_that_of_worlds_and_theories_by_lot(comparison):
    shares = comparison.agreement.endings.mean(axis=0)
    whole = comparison.spreads["ending"]
    assert whole.variance == pytest.approx(1.0 - (shares**2).sum(), abs=4 * whole.error)


def test_the_json_is_json_and_has_every_part(comparison):
    result = json.loads(json.dumps(plain(comparison.as_mapping()), allow_nan=False))
    assert result["worlds"] == WORLDS
    assert [each["name"] for each in result["theories"]] == list(RIVALS)
    assert set(result["spread"]) == {"ending", "settled", "broken", "victory", "war_months", "line"}
    for each in result["spread"].values():
        shares = [each[key]["share"] for key in ("random", "parametric", "structural", "solver")]
        assert sum(shares) == pytest.approx(1.0)
        assert each["solver"]["share"] == 0.0
    assert set(result["disagreement"]) >= {"cuts", "regions", "settlement_hangs_on"}


def test_a_solvers_variance_is_a_share_of_its_own():
    rivals = compare_theories(fixtures.ukraine(), RIVALS, WORLDS, seed=2, solver={"settled": 0.1})
    settled = rivals.spreads["settled"]
    assert settled.solver.variance == pytest.approx(0.1)
    assert 0.2 < settled.solver.share < 0.5
    assert rivals.spreads["ending"].solver.share == 0.0


# ---------------------------------------------------------------------------------- words, pictures


def test_the_answer_is_in_words_of_twenty(comparison):
    answer = compared_answer(comparison)
    for title in ("Where the theories agree", "Where they disagree", "Where the spread comes from"):
        assert f"\n{title}" in answer
    assert max(len(line) for line in answer.splitlines()) <= 100
    assert "of 20 worlds" in answer
    for bad in ("nan", "None", "%", "{first}"):
        assert bad not in answer


@pytest.mark.parametrize("draw", [theories_chart, spread_chart])
def test_pictures_keep_the_promises_of_charts(draw, comparison):
    chart = draw(comparison)
    assert chart.spec["datasets"]["figures"] == chart.table.records()
    assert not chart.title.endswith(".")
    assert chart.sentence.endswith(".")
    assert "%" not in chart.title + chart.sentence + chart.method
    svg = to_svg(chart)
    assert svg == to_svg(draw(comparison))
    assert "NaN" not in svg
    sums = {}
    for row in chart.table.rows:
        sums[row[0]] = sums.get(row[0], 0.0) + row[2]
    np.testing.assert_allclose(list(sums.values()), next(iter(sums.values())), rtol=1e-3)


def test_files_are_written(comparison, tmp_path):
    files = write_comparison(tmp_path / "new", comparison, plain(comparison.as_mapping()))
    assert {file.name for file in files} == {"compare.json", "theories.svg", "spread.svg"}
    assert json.loads((tmp_path / "new" / "compare.json").read_text())["worlds"] == WORLDS


# ------------------------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"theories": ["hurting_stalemate", "fatigue"]}, "no theory `fatigue`"),
        ({"theories": ["exhaustion", "exhaustion"]}, "at least two"),
        ({"plays": 1}, "2 or more"),
        ({"worlds": 1}, "2 or more"),
    ],
)
def test_bad_arguments_are_refused(changes, said):
    with pytest.raises(InputError, match=said):
        play_rivals(fixtures.ukraine(), **{"theories": RIVALS, "worlds": 8, **changes})


def test_an_unknown_measure_is_refused_before_any_work():
    with pytest.raises(InputError, match="no measure `peace`"):
        compare_theories(fixtures.ukraine(), RIVALS, 8, solver={"peace": 1.0})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ukraine", "--theories", "fatigue,exhaustion"], "no theory `fatigue`"),
        (["ukraine", "exhaustion"], "at least two"),
        (["nowhere", "--theories"], "nowhere"),
        (["ukraine", "--plays", "1"], "--plays"),
    ],
)
def test_the_command_line_explains_bad_input(words, said, capsys):
    assert main(["compare", *words]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert "Traceback" not in shown.err
    assert not shown.out


def test_the_command_answers_in_json(capsys, tmp_path):
    code = main(
        ["compare", "ukraine", "--theories", "hurting_stalemate,converging_expectations",
         "unequal_priors", "exhaustion", "--worlds", str(WORLDS), "--seed", "2", "--json",
         "--out", str(tmp_path)]
    )  # fmt: skip
    assert code == 0
    said = json.loads(capsys.readouterr().out)
    assert said["status"] == "done"
    assert said["result"]["plays"] == 2
    assert len(said["result"]["files"]) == 3
