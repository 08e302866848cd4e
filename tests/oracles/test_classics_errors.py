"""Bad input to the classics: one InputError with the argument, the assumption and the remedy."""

import math

import pytest

import ripeness.classics as c
from ripeness.errors import InputError

BASES = {
    c.fearon_range: {"win_probability": 0.5, "cost_a": 0.1, "cost_b": 0.1},
    c.fearon_optimism: {"belief_a": 0.5, "belief_b": 0.5, "cost_a": 0.1, "cost_b": 0.1},
    c.fearon_first_strike: {
        "strike_first": 0.6,
        "struck_first": 0.5,
        "cost_a": 0.1,
        "cost_b": 0.1,
    },
    c.fearon_screening: {
        "win_probability": 0.5,
        "own_cost": 0.1,
        "cost_low": 0.0,
        "cost_high": 0.4,
    },
    c.fearon_screening_power: {"win_low": 0.3, "win_high": 0.6, "cost_a": 0.1, "cost_b": 0.1},
    c.fearon_preventive_war: {
        "win_probability_now": 0.4,
        "win_probability_later": 0.6,
        "cost_b": 0.1,
        "discount": 0.9,
    },
    c.rubinstein: {"discount_1": 0.9, "discount_2": 0.8},
    c.rubinstein_limit: {"rate_1": 0.1, "rate_2": 0.1},
    c.rubinstein_fixed_costs: {"cost_1": 0.1, "cost_2": 0.2},
    c.outside_option: {"discount_1": 0.9, "discount_2": 0.9, "outside_1": 0.1, "outside_2": 0.2},
    c.inside_option: {"discount_1": 0.9, "discount_2": 0.9, "inside_1": 0.1, "inside_2": 0.2},
    c.breakdown: {"continuation": 0.9, "war_1": 0.4, "war_2": 0.3},
    c.powell_shadow_of_power: {
        "power": 0.5,
        "status_quo": 0.3,
        "satisfied_cost": 0.1,
        "cost_low": 0.05,
        "cost_high": 0.4,
    },
    c.powell_preventive_war: {"power": 0.3, "shift": 0.1, "destroyed": 0.1, "discount": 0.9},
    c.powell_first_strike: {"advantage": 0.1, "destroyed": 0.1},
    c.burn_down: {"advantage": 0.3, "cost_a": 0.1, "cost_b": 0.1, "remaining": 0.9},
    c.fearon_autonomy: {
        "discount": 0.9,
        "strong_probability": 0.5,
        "rebel_cost": 0.1,
        "defeat_probability": 0.1,
        "victory_probability": 0.1,
    },
    c.gamblers_ruin: {"battle_win_probability": 0.5, "start": 5, "forts": 10},
    c.smith_stam_disagreement: {"mean_a": 0.6, "mean_b": 0.4, "strength": 10.0, "battles": 3},
    c.slantchev_complete: {
        "battle_win_probability": 0.5,
        "forts": 6,
        "discount": 0.9,
        "flow_1": 0.3,
        "flow_2": 0.3,
    },
    c.powell_private_cost: {
        "collapse_s": 0.1,
        "collapse_d": 0.1,
        "cost_low": 0.0,
        "cost_high": 0.3,
    },
    c.filson_werner: {
        "belief_weak": 0.6,
        "limit_a": 1,
        "limit_d": 2,
        "win_weak": 0.7,
        "win_strong": 0.4,
        "cost_a": 0.05,
        "cost_d": 0.05,
    },
    c.yildiz_optimism: {"strength": 4.0, "optimism": 2.0, "discount": 0.9},
    c.war_of_attrition: {"value_1": 1.0, "value_2": 2.0, "cost_1": 0.1, "cost_2": 0.1},
    c.war_of_attrition_private: {"value_high": 1.0, "cost": 1.0},
    c.war_of_attrition_exponential: {"mean_value": 1.0, "cost": 1.0},
    c.fearon_audience_costs: {"audience_1": 1.0, "audience_2": 1.0},
    c.lanchester_square: {"force_1": 10.0, "force_2": 8.0},
    c.lanchester_linear: {"force_1": 10.0, "force_2": 8.0},
    c.lanchester_mixed: {"hidden_force": 10.0, "open_force": 8.0},
    c.lanchester_osipov: {"force_1": 10.0, "force_2": 8.0, "exponent": 1.5},
    c.brown_square: {"force_1": 5, "force_2": 4, "quality_ratio": 1.0},
    c.brown_linear: {"force_1": 5, "force_2": 4, "hit_probability": 0.5},
    c.bermudan_put: {
        "spot": 36.0,
        "strike": 40.0,
        "rate": 0.06,
        "volatility": 0.2,
        "maturity": 1.0,
    },
    c.surrender_time: {"battle_win_probability": 0.5, "forts": 10, "cost": 0.02},
}
NUMBERS = [
    (model, name)
    for model, base in BASES.items()
    for name, value in base.items()
    if isinstance(value, float)
]
COUNTS = [
    (model, name)
    for model, base in BASES.items()
    for name, value in base.items()
    if isinstance(value, int)
]


@pytest.mark.parametrize("model", BASES, ids=lambda m: m.__name__)
def test_the_base_case_works(model):
    model(**BASES[model])


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, -1.0])
@pytest.mark.parametrize(("model", "name"), NUMBERS, ids=lambda x: getattr(x, "__name__", x))
def test_a_number_that_is_not_one_is_refused_by_name(model, name, bad):
    if name == "optimism" and bad == -1.0:
        model(**{**BASES[model], name: bad})  # pessimism is allowed
        return
    with pytest.raises(InputError) as caught:
        model(**{**BASES[model], name: bad})
    problem = caught.value.problems[0]
    assert problem.where.startswith(model.__name__)
    assert name in problem.what
    assert problem.remedy
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(("model", "name"), COUNTS, ids=lambda x: getattr(x, "__name__", x))
def test_a_negative_count_is_refused_by_name(model, name):
    with pytest.raises(InputError, match=name):
        model(**{**BASES[model], name: -1})


def test_all_problems_at_once():
    with pytest.raises(InputError) as caught:
        c.fearon_screening(1.2, -0.1, math.nan, math.inf)
    assert len(caught.value.problems) == 4


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: c.fearon_screening(0.5, 0.1, 0.4, 0.1), "at least `cost_low`"),
        (lambda: c.fearon_screening_types(0.5, 0.1, [0.1, 0.2], [0.5, 0.4]), "add to 1"),
        (lambda: c.fearon_screening_types(0.5, 0.1, [0.1], [0.5, 0.5]), "one probability per cost"),
        (lambda: c.fearon_first_strike(0.4, 0.5, 0.1, 0.1), "no handicap"),
        (lambda: c.rubinstein(1, 1), "every division is an equilibrium"),
        (lambda: c.rubinstein_limit(0, 0), "impatient"),
        (lambda: c.rubinstein_fixed_costs(0.1, 0.1), "not unique"),
        (lambda: c.outside_option(0.9, 0.9, 0.6, 0.6), "leave something to agree on"),
        (lambda: c.inside_option(0.9, 0.9, 0.6, 0.6), "leave something to agree on"),
        (lambda: c.breakdown(1, 0.3, 0.3), "Delay must be costly"),
        (lambda: c.powell_shadow_of_power(0.2, 0.6, 0.1, 0, 0.4), "S is satisfied"),
        (lambda: c.powell_commitment([1, 2], [1, 2, 3], 0.9), "same periods"),
        (lambda: c.powell_commitment([6, 6], [6, 6], 0.9), "wastes something"),
        (lambda: c.powell_commitment([1, math.nan], [1, 1], 0.9), "minmax_1"),
        (lambda: c.powell_preventive_war(0.8, 0.3, 0.1, 0.9), "must be a probability"),
        (lambda: c.powell_shifting_power([0.3, 1.3], 0.1, 0.1, 0.9), "power"),
        (lambda: c.powell_power_path([0.3], 0.1, 0.9), "2 or more"),
        (
            lambda: c.fearon_autonomy(
                0.9, 0.5, 0.1, defeat_probability=0.6, victory_probability=0.6
            ),
            "exclude each other",
        ),
        (lambda: c.gamblers_ruin(0.5, 11, 10), "from 0 to 10"),
        (lambda: c.smith_stam((0, 1), (1, 1)), "prior_a"),
        (lambda: c.smith_stam((1, 1), (1, 1), evidence=(-1, 0)), "evidence"),
        (lambda: c.slantchev_complete(0.5, 6, 0.9, 0.6, 0.5), "war wastes something"),
        (lambda: c.powell_private_cost(0.01, 0.9, 0, 0.9), "offers are shares"),
        (lambda: c.powell_private_cost(0.6, 0.6, 0, 0.3), "exclude each other"),
        (
            lambda: c.powell_private_cost(0.1, 0.1, 0, 0.3, own_cost=1e-300),
            "almost but not quite 0",
        ),
        (lambda: c.powell_private_cost(0.1, 0.1, 0, 0.3, offers_per_round=1e9), "too many offers"),
        (lambda: c.powell_private_cost(0.1, 0.1, 0.3, 0.3), "above `cost_low`"),
        (
            lambda: c.filson_werner(
                0.5, 1, 1, win_weak=0.4, win_strong=0.7, cost_a=0.1, cost_d=0.1
            ),
            "Exchange the two",
        ),
        (
            lambda: c.filson_werner(0.5, 1, 1, win_weak=0.7, win_strong=0.4, cost_a=0, cost_d=0),
            "must cost somebody",
        ),
        (lambda: c.yildiz_optimism(1, 2, 0.9), "at most `strength`"),
        (lambda: c.yildiz_optimism(1e8, 1e8, 0.999999999), "shorter|longer|smaller"),
        (lambda: c.war_of_attrition_private(1, 1, value_low=2), "above `value_low`"),
        (lambda: c.war_of_attrition_private(1, 1).quit_time(2), "value"),
        (lambda: c.war_of_attrition(1, 2, 0.1, 0.1).survival(-1), "duration"),
        (lambda: c.lanchester_square(0, 0), "Somebody must fight"),
        (lambda: c.brown_linear(0, 0), "Somebody must fight"),
        (lambda: c.longstaff_schwartz([[1.0], [1.0]], 1, 0.1), "two or more dates"),
        (lambda: c.longstaff_schwartz([[1.0, math.nan]], 1, 0.1), "finite"),
        (lambda: c.bermudan_put(36, 40, 5, 0.01, 1, steps_per_date=1), "too long"),
        (lambda: c.surrender_time(0.5, 10, 0.02).value(11), "from 0 to 10"),
    ],
)
def test_a_broken_assumption_is_named(call, words):
    with pytest.raises(InputError, match=words):
        call()
