"""The benchmark rows: id on the sheet, case, expected number, tolerance, and how we compute ours.

The models never import this module: expected numbers live here only. ``published``: the formula or
number is in the source cited; ``derived``: worked out independently for a special case (the game
form and timing are then the sheet's). Tolerances are half a unit of the last digit printed, unless
a comment says otherwise. Rows on the sheet without a model (B41, B42: statistics of battles) are
not here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Literal

from ripeness.classics.attrition import war_of_attrition, war_of_attrition_private
from ripeness.classics.audience_costs import fearon_audience_costs
from ripeness.classics.bargaining_options import breakdown, outside_option
from ripeness.classics.bermudan_put import bermudan_put
from ripeness.classics.brown import brown_linear, brown_square
from ripeness.classics.burn_down import burn_down
from ripeness.classics.fearon_autonomy import fearon_autonomy
from ripeness.classics.fearon_preventive_war import fearon_preventive_war
from ripeness.classics.fearon_range import fearon_first_strike, fearon_optimism, fearon_range
from ripeness.classics.fearon_screening import fearon_screening
from ripeness.classics.filson_werner import FilsonWerner, filson_werner
from ripeness.classics.gamblers_ruin import gamblers_ruin
from ripeness.classics.lanchester import lanchester_linear, lanchester_osipov, lanchester_square
from ripeness.classics.longstaff_schwartz import LongstaffSchwartz, longstaff_schwartz
from ripeness.classics.powell_commitment import powell_power_path, powell_preventive_war
from ripeness.classics.powell_private_cost import PowellPrivateCost, powell_private_cost
from ripeness.classics.powell_shadow import powell_shadow_of_power
from ripeness.classics.rubinstein import rubinstein, rubinstein_limit
from ripeness.classics.slantchev import slantchev_complete
from ripeness.classics.smith_stam import SmithStam, smith_stam, smith_stam_disagreement
from ripeness.classics.surrender import surrender_time
from ripeness.classics.yildiz import yildiz_optimism

Origin = Literal["published", "derived"]
Case = tuple[str, float | int, Callable[[], float]]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One expected number and the callable that computes ours; fields as in ``table.Row``."""

    id: str
    what: str
    origin: Origin
    source: str
    expected: float | int
    tolerance: float
    solve: Callable[[], float]


def _group(
    row: str, model: str, origin: Origin, source: str, tolerance: float, *cases: Case
) -> list[Benchmark]:
    return [
        Benchmark(row, f"{model}: {what}", origin, source, expected, tolerance, solve)
        for what, expected, solve in cases
    ]


@cache
def _priors(wins: float | int, losses: float | int, true_chance: float = 0.5) -> SmithStam:
    """A's prior Beta(wins, losses), B's its mirror image."""
    return smith_stam((wins, losses), (losses, wins), true_chance=true_chance)


def _fight(what: str, k: int) -> float:
    return getattr(slantchev_complete(0.5, 6, 0.9, 0.3, 0.3), what)[k]


def _attacks(power: float) -> float:
    return powell_shadow_of_power(power, 0.3, 0.1, 0.05, 0.4).war_probability


def _private(offers_per_round: int = 1) -> PowellPrivateCost:
    return powell_private_cost(0.1, 0.1, 0, 0.3, offers_per_round=offers_per_round)


def _screened() -> FilsonWerner:
    return filson_werner(0.6, 1, 2, **_BATTLE)


def _put(spot: int, volatility: float, years: int) -> float:
    return bermudan_put(spot, 40, 0.06, volatility, years)


@cache
def _paths() -> LongstaffSchwartz:
    return longstaff_schwartz(_EIGHT_PATHS, strike=1.10, rate=0.06)


# fmt: off
_EIGHT_PATHS = (
    (1.00, 1.09, 1.08, 1.34), (1.00, 1.16, 1.26, 1.54), (1.00, 1.22, 1.07, 1.03),
    (1.00, 0.93, 0.97, 0.92), (1.00, 1.11, 1.56, 1.52), (1.00, 0.76, 0.77, 0.90),
    (1.00, 0.92, 0.84, 1.01), (1.00, 0.88, 1.22, 1.34),
)
# fmt: on

_FEARON = "Fearon 1995, IO 49:379-414"
_POWELL = "Powell 2006, IO 60:169-203"
_BATTLE = {"win_weak": 0.7, "win_strong": 0.4, "cost_a": 0.05, "cost_d": 0.05}
_REBELS = {"defeat_probability": 0.02, "victory_probability": 0.05}
_PUTS = {
    36: (4.478, 4.840, 7.101, 8.508),
    40: (2.314, 2.885, 5.312, 6.920),
    44: (1.110, 1.690, 3.948, 5.647),
}
_TERMS = ((0.2, 1), (0.2, 2), (0.4, 1), (0.4, 2))

# fmt: off
BENCHMARKS: tuple[Benchmark, ...] = (
    *_group("B01", "bargaining range, p=.6", "published", f"{_FEARON}, p. 387", 1e-6,
        ("low", 0.50, lambda: fearon_range(0.6, 0.1, 0.15).low),
        ("high", 0.75, lambda: fearon_range(0.6, 0.1, 0.15).high),
        ("width", 0.25, lambda: fearon_range(0.6, 0.1, 0.15).width)),
    *_group("B02", "screening, c ~ U[0,.4]", "published", f"{_FEARON}, pp. 410-411", 1e-6,
        ("demand", 0.65, lambda: fearon_screening(0.5, 0.1, 0, 0.4).demand),
        ("P(war)", 0.375, lambda: fearon_screening(0.5, 0.1, 0, 0.4).war_probability),
        ("EU_A", 0.55625, lambda: fearon_screening(0.5, 0.1, 0, 0.4).utility_a),
        ("P(war), own cost = C", 0, lambda: fearon_screening(0.5, 0.4, 0, 0.4).war_probability)),
    *_group("B05", "empty range", "published", f"{_FEARON}, pp. 391, 403", 1e-6,
        ("optimism, width at the edge", 0, lambda: fearon_optimism(0.65, 0.55, 0.1, 0.1).width),
        ("optimism .66+.55, empty", 1, lambda: fearon_optimism(0.66, 0.55, 0.1, 0.1).empty),
        ("optimism .64+.55, empty", 0, lambda: fearon_optimism(0.64, 0.55, 0.1, 0.1).empty),
        ("first strike .65 v .44, empty", 1,
            lambda: fearon_first_strike(0.65, 0.44, 0.1, 0.1).empty),
        ("first strike .65 v .46, empty", 0,
            lambda: fearon_first_strike(0.65, 0.46, 0.1, 0.1).empty)),
    *_group("B06", "preventive war, d=.9", "published", f"{_FEARON}, pp. 405-406", 1e-6,
        (".35 to .65, war", 1, lambda: fearon_preventive_war(0.35, 0.65, 0.1, 0.9).war),
        (".55 to .60, war", 0, lambda: fearon_preventive_war(0.55, 0.60, 0.1, 0.9).war),
        (".5392 to .60, war", 0, lambda: fearon_preventive_war(0.5392, 0.60, 0.1, 0.9).war),
        (".5388 to .60, war", 1, lambda: fearon_preventive_war(0.5388, 0.60, 0.1, 0.9).war)),
    *_group("B07", "alternating offers", "published", "Rubinstein 1982, Econometrica 50", 1e-6,
        ("d=.9/.9", 0.526316, lambda: rubinstein(0.9, 0.9).share_1),
        ("d=.9/.8", 0.714286, lambda: rubinstein(0.9, 0.8).share_1),
        ("limit r=.05/.10", 2 / 3, lambda: rubinstein_limit(0.05, 0.10).share_1)),
    *_group("B08a", "outside option, d=.9", "derived", "Binmore, Shaked & Sutton 1989", 1e-6,
        ("w=.3", 0.473684, lambda: outside_option(0.9, 0.9, 0, 0.3).share_2),
        ("w=.6", 0.6, lambda: outside_option(0.9, 0.9, 0, 0.6).share_2)),
    *_group("B08c", "breakdown, rho=.9", "derived", "Binmore, Rubinstein & Wolinsky 1986", 1e-6,
        ("b=(.5,.3)", 0.605263, lambda: breakdown(0.9, 0.5, 0.3).share_1)),
    *_group("B09", "shadow of power", "derived", "special case in the sense of Powell 1996", 1e-6,
        ("p-q=.05", 0, partial(_attacks, 0.35)),
        ("p-q=.10", 1 / 7, partial(_attacks, 0.4)),
        ("p-q=.15", 2 / 7, partial(_attacks, 0.45)),
        ("p-q=.40", 2 / 7, partial(_attacks, 0.7))),
    *_group("B10", "preventive war, p=.3, w=.1", "published", f"{_POWELL}, p. 183", 1e-6,
        ("D*, d=.9", 0.156790, lambda: powell_preventive_war(0.3, 0.1, 0.1, 0.9).critical_shift),
        ("D*, d=1", 1 / 9, lambda: powell_preventive_war(0.3, 0.1, 0.1, 1).critical_shift),
        ("D*, d=1, p=.6", 1 / 9, lambda: powell_preventive_war(0.6, 0.1, 0.1, 1).critical_shift)),
    *_group("B13", "speed, not size", "published", f"{_POWELL}, condition (1) p. 182", 1e-6,
        ("slow, war", 0, lambda: powell_power_path((0.3, 0.35, 0.4, 0.45, 0.5), 0.1, 0.9).war),
        ("one jump, period of war", 2,
            lambda: powell_power_path((0.3, 0.3, 0.3, 0.5), 0.1, 0.9).first_war or 0)),
    *_group("B14", "autonomy", "derived", "special case in the sense of Fearon 2004", 1e-6,
        ("W", 2.900, lambda: fearon_autonomy(0.95, 0.9, 0.2, **_REBELS).value_peace),
        ("V", 6.437768, lambda: fearon_autonomy(0.95, 0.9, 0.2, **_REBELS).value_war),
        ("settlement", 0, lambda: fearon_autonomy(0.95, 0.9, 0.2, **_REBELS).settlement),
        ("e*", 0.713802, lambda: fearon_autonomy(0.95, 0.9, 0.2, **_REBELS).critical_strong),
        ("length", 100 / 7, lambda: fearon_autonomy(0.95, 0.9, 0.2, **_REBELS).expected_length)),
    *_group("B14b", "burn-down", "derived", "in the sense of Fearon 1995, p. 403", 5e-4,
        ("rounds", 11, lambda: burn_down(0.3, 0.1, 0.1, 0.9).rounds or 0),
        ("prize left", 0.314, lambda: burn_down(0.3, 0.1, 0.1, 0.9).prize_left)),
    *_group("B16", "random walk", "published", "gambler's ruin, Feller vol. 1 ch. XIV", 1e-6,
        ("p=.5 5/10, P", 0.5, lambda: gamblers_ruin(0.5, 5, 10).win_probability),
        ("p=.5 5/10, D", 25, lambda: gamblers_ruin(0.5, 5, 10).expected_battles),
        ("p=.6 5/10, P", 0.883636, lambda: gamblers_ruin(0.6, 5, 10).win_probability),
        ("p=.6 5/10, D", 19.181818, lambda: gamblers_ruin(0.6, 5, 10).expected_battles),
        ("p=.55 3/10, P", 0.522536, lambda: gamblers_ruin(0.55, 3, 10).win_probability),
        ("p=.55 3/10, D", 22.253641, lambda: gamblers_ruin(0.55, 3, 10).expected_battles),
        ("p=.4 7/20, P", 0.004839, lambda: gamblers_ruin(0.4, 7, 20).win_probability),
        ("p=.4 7/20, D", 34.516104, lambda: gamblers_ruin(0.4, 7, 20).expected_battles),
        ("p=.6, V_A", 0.5, lambda: gamblers_ruin(0.6, 5, 10, cost_a=0.02).value_a),
        ("p=.6, V_B", -0.267273, lambda: gamblers_ruin(0.6, 5, 10, cost_b=0.02).value_b)),
    *_group("B17", "disagreement, s=10, .8 v .2", "derived", "Beta updating", 1e-6,
        ("after 5", 0.4, lambda: smith_stam_disagreement(0.8, 0.2, 10, 5)),
        ("after 10", 0.3, lambda: smith_stam_disagreement(0.8, 0.2, 10, 10)),
        ("after 40", 0.12, lambda: smith_stam_disagreement(0.8, 0.2, 10, 40))),
    *_group("B18", "priors", "derived",
        "special case in the sense of Smith & Stam 2003, 2004", 5e-5,
        ("(5,5) common, battles", 0, lambda: _priors(5, 5).expected_battles),
        ("(5,5) common, P(collapse)", 0, lambda: _priors(5, 5).collapse_probability),
        ("(5,5) common, battles, p=.7", 0, lambda: _priors(5, 5, 0.7).expected_battles),
        ("(5,5) common, V_A", 0.8576, lambda: _priors(5, 5).value_a),
        ("(5,5) common, V_B", 0.1424, lambda: _priors(5, 5).value_b),
        ("(6,4)/(4,6), battles", 4.4844, lambda: _priors(6, 4).expected_battles),
        ("(6,4)/(4,6), P(collapse)", 0, lambda: _priors(6, 4).collapse_probability),
        ("(6,4)/(4,6), battles, p=.7", 3.4709, lambda: _priors(6, 4, 0.7).expected_battles),
        ("(6,4)/(4,6), V_A", 0.6748, lambda: _priors(6, 4).value_a),
        ("(6,4)/(4,6), V_B", 0.3903, lambda: _priors(6, 4).value_b),
        ("weak, battles", 6.5664, lambda: _priors(1.6, 0.4).expected_battles),
        ("weak, P(collapse)", 0, lambda: _priors(1.6, 0.4).collapse_probability),
        ("weak, battles, p=.7", 5.1921, lambda: _priors(1.6, 0.4, 0.7).expected_battles),
        ("weak, V_A", 0.8205, lambda: _priors(1.6, 0.4).value_a),
        ("weak, V_B", 0.6823, lambda: _priors(1.6, 0.4).value_b),
        ("(8,2)/(2,8), battles", 17.4698, lambda: _priors(8, 2).expected_battles),
        ("(8,2)/(2,8), P(collapse)", 0.5036, lambda: _priors(8, 2).collapse_probability),
        ("(8,2)/(2,8), battles, p=.7", 11.0831, lambda: _priors(8, 2, 0.7).expected_battles),
        ("(8,2)/(2,8), V_A", 0.7876, lambda: _priors(8, 2).value_a),
        ("(8,2)/(2,8), V_B", 0.7759, lambda: _priors(8, 2).value_b)),
    *_group("B19", "bargaining while fighting, N=6", "published",
        "Slantchev 2003, APSR 97:621-632, Prop. 1, app. eq. 1", 1e-6,
        *((f"x_{k}", x, partial(_fight, "share_1", k))
          for k, x in enumerate((0.235575, 0.378136, 0.515414, 0.632055, 0.799839), 1)),
        *((f"W1_{k}", w, partial(_fight, "war_1", k))
          for k, w in enumerate((0.154301, 0.276225, 0.392866, 0.530144, 0.718565), 1)),
        ("range at 3, high", 0.607134, partial(_fight, "range_high", 3))),
    *_group("B21", "private cost, U[0,.3]", "derived",
        "special case in the sense of Powell 2004; Gul, Sonnenschein & Wilson 1986", 1e-6,
        ("x1", 0.407295, lambda: _private().offers[0]),
        ("r", 0.690983, lambda: _private().fights_on[0]),
        ("gamma", 0.309017, lambda: (0.5 - _private().offers[0]) / 0.3),
        ("E[battles]", 1.545085, lambda: _private().expected_battles),
        ("P(collapse)", 0.309017, lambda: _private().collapse_probability)),
    *_group("B23", "offers per unit of fighting", "derived", "as B21; Coase", 5e-6,
        *((f"x1, m={m}", x, lambda m=m: _private(m).offers[0])
          for m, x in ((1, 0.40729), (4, 0.44332), (16, 0.46841), (64, 0.48329))),
        *((f"E[fighting], m={m}", n, lambda m=m: _private(m).expected_battles)
          for m, n in ((1, 1.54508), (4, 0.87050), (16, 0.47516), (64, 0.25009)))),
    *_group("B24", "screening by battle (1,1)", "derived",
        "special case in the sense of Filson & Werner 2002", 1e-6,
        ("screens above", 0.25, lambda: filson_werner(0.2, 1, 1, **_BATTLE).pools_below),
        ("pooling offer", 0.55, lambda: filson_werner(0.2, 1, 1, **_BATTLE).offer or 0)),
    *_group("B25", "screening by battle (1,2), mu=.6", "derived",
        "special case in the sense of Filson & Werner 2002", 1e-6,
        ("first offer", 0.425, lambda: _screened().offer or 0),
        ("P(accept)", 0.523810, lambda: _screened().accept_probability),
        ("belief after refusal", 0.16, lambda: _screened().belief_after_refusal or 0),
        ("U_A", 0.373381, lambda: _screened().value_a),
        ("V_weak", 0.425, lambda: _screened().value_weak),
        ("F_strong", 0.77, lambda: _screened().value_strong),
        ("E[battles]", 0.636190, lambda: _screened().expected_battles),
        ("pools below", 0.315541, lambda: _screened().pools_below)),
    *_group("B26", "attrition, V=(1,2), c=.1", "published", "textbook war of attrition", 1e-6,
        ("h1", 0.05, lambda: war_of_attrition(1, 2, 0.1, 0.1).hazard_1),
        ("h2", 0.10, lambda: war_of_attrition(1, 2, 0.1, 0.1).hazard_2),
        ("E[T]", 20 / 3, lambda: war_of_attrition(1, 2, 0.1, 0.1).expected_duration),
        ("P(1 first)", 1 / 3, lambda: war_of_attrition(1, 2, 0.1, 0.1).yields_first_1)),
    *_group("B27", "attrition, values U[0,1]", "published", "textbook; Riley 1980", 5e-6,
        ("E[T]", 1 / 6, lambda: war_of_attrition_private(1, 1).expected_duration),
        ("payoff", 1 / 6, lambda: war_of_attrition_private(1, 1).payoff),
        ("P(T>.2)", 0.243285, lambda: war_of_attrition_private(1, 1).survival(0.2)),
        ("v(.05)", 0.28381, lambda: war_of_attrition_private(1, 1).marginal_value(0.05)),
        ("v(.2)", 0.50676, lambda: war_of_attrition_private(1, 1).marginal_value(0.2)),
        ("v(.5)", 0.69829, lambda: war_of_attrition_private(1, 1).marginal_value(0.5))),
    *_group("B30", "audience costs, a=(1,1)", "published", "Fearon 1994, APSR 88:577-592", 1e-6,
        ("t*", 1, lambda: fearon_audience_costs(1, 1).horizon),
        ("P(war)", 0.25, lambda: fearon_audience_costs(1, 1).war_probability)),
    *_group("B31", "optimism about proposing, t*", "derived", "Yildiz 2004, QJE 119", 1e-6,
        ("(4,2,.9)", 0, lambda: yildiz_optimism(4, 2, 0.9).settlement_date),
        ("(4,2,.99)", 8, lambda: yildiz_optimism(4, 2, 0.99).settlement_date),
        ("(40,20,.99)", 0, lambda: yildiz_optimism(40, 20, 0.99).settlement_date),
        ("(10,2,.99)", 2, lambda: yildiz_optimism(10, 2, 0.99).settlement_date)),
    *_group("B32", "Lanchester and Osipov", "published", "Lanchester 1916; Osipov 1915", 1e-6,
        ("square 1000 v 800", 600, lambda: lanchester_square(1000, 800, 0.01, 0.01).left_1),
        ("square, time", 109.861229,
            lambda: lanchester_square(1000, 800, 0.01, 0.01).duration),
        ("square 500 x4 v 800", 300, lambda: lanchester_square(500, 800, 0.04, 0.01).left_1),
        ("linear 1000 x2 v 1500", 250, lambda: lanchester_linear(1000, 1500, 2, 1).left_1)),
    *_group("B32", "Lanchester and Osipov", "published", "Lanchester 1916; Osipov 1915", 5e-4,
        ("Osipov 1000 v 800", 432.526, lambda: lanchester_osipov(1000, 800).left_1)),
    *_group("B34", "stochastic battle", "published", "Brown 1963, OR 11:418", 1e-6,
        ("square 5 v 4", 0.715209, lambda: brown_square(5, 4).win_probability),
        ("square 10 v 8", 0.791358, lambda: brown_square(10, 8).win_probability),
        ("square 20 v 16", 0.875340, lambda: brown_square(20, 16).win_probability),
        ("square 8 v 10, r=1.5625", 0.508417, lambda: brown_square(8, 10, 1.5625).win_probability),
        ("linear 3 v 2", 0.6875, lambda: brown_linear(3, 2).win_probability)),
    # The source prints coefficients cut off, not rounded, after the third decimal.
    *_group("B36", "regression on eight paths", "published", "Longstaff & Schwartz 2001", 1e-3,
        ("t=2, 1", -1.070, lambda: _paths().coefficients[1][0]),
        ("t=2, x", 2.983, lambda: _paths().coefficients[1][1]),
        ("t=2, x^2", -1.813, lambda: _paths().coefficients[1][2]),
        ("t=1, 1", 2.038, lambda: _paths().coefficients[0][0]),
        ("t=1, x", -3.335, lambda: _paths().coefficients[0][1]),
        ("t=1, x^2", 1.356, lambda: _paths().coefficients[0][2])),
    *_group("B36", "regression on eight paths", "published", "Longstaff & Schwartz 2001", 5e-5,
        ("value", 0.1144, lambda: _paths().value),
        ("European", 0.0564, lambda: _paths().european)),
    # The published values are finite differences: the sheet's own tree is within .0052 of them.
    *_group("B37", "Bermudan put, K=40", "published", "Longstaff & Schwartz 2001, table 1", 6e-3,
        *((f"S={spot}, sigma={sigma}, T={years}", value, partial(_put, spot, sigma, years))
          for spot, values in _PUTS.items()
          for (sigma, years), value in zip(_TERMS, values, strict=True))),
    *_group("B38", "surrender, N=10", "derived", "optimal stopping", 1e-6,
        ("fair, c=.02, quit at", 3, lambda: surrender_time(0.5, 10, 0.02).quit_at),
        ("fair, c=.02, V(5)", 0.085714, lambda: surrender_time(0.5, 10, 0.02).value(5)),
        ("p=.6, c=.03, quit at", 1, lambda: surrender_time(0.6, 10, 0.03).quit_at),
        ("p=.6, c=.03, V(5)", 0.311635, lambda: surrender_time(0.6, 10, 0.03).value(5))),
)
# fmt: on
