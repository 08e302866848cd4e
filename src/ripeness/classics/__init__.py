"""Published models of war and bargaining, solved exactly: oracles, and a textbook to run.

Each model is one function with named parameters; its module states the game, the equation and the
source. ``benchmark_table`` compares them with the numbers on the benchmark sheet.
"""

from ripeness.classics.attrition import (
    war_of_attrition,
    war_of_attrition_exponential,
    war_of_attrition_private,
)
from ripeness.classics.audience_costs import fearon_audience_costs
from ripeness.classics.bargaining_options import breakdown, inside_option, outside_option
from ripeness.classics.bermudan_put import bermudan_put
from ripeness.classics.brown import brown_linear, brown_square
from ripeness.classics.burn_down import burn_down
from ripeness.classics.fearon_autonomy import fearon_autonomy
from ripeness.classics.fearon_preventive_war import fearon_preventive_war
from ripeness.classics.fearon_range import fearon_first_strike, fearon_optimism, fearon_range
from ripeness.classics.fearon_screening import (
    fearon_screening,
    fearon_screening_power,
    fearon_screening_types,
)
from ripeness.classics.filson_werner import filson_werner
from ripeness.classics.gamblers_ruin import gamblers_ruin
from ripeness.classics.lanchester import (
    lanchester_linear,
    lanchester_mixed,
    lanchester_osipov,
    lanchester_square,
)
from ripeness.classics.longstaff_schwartz import longstaff_schwartz
from ripeness.classics.powell_commitment import (
    powell_commitment,
    powell_first_strike,
    powell_power_path,
    powell_preventive_war,
)
from ripeness.classics.powell_private_cost import powell_private_cost
from ripeness.classics.powell_shadow import powell_shadow_of_power
from ripeness.classics.powell_shifting_power import powell_shifting_power
from ripeness.classics.rubinstein import rubinstein, rubinstein_fixed_costs, rubinstein_limit
from ripeness.classics.slantchev import slantchev_complete
from ripeness.classics.smith_stam import smith_stam, smith_stam_disagreement
from ripeness.classics.surrender import surrender_time
from ripeness.classics.table import Row, benchmark_table
from ripeness.classics.yildiz import yildiz_optimism

__all__ = [
    "Row",
    "benchmark_table",
    "bermudan_put",
    "breakdown",
    "brown_linear",
    "brown_square",
    "burn_down",
    "fearon_audience_costs",
    "fearon_autonomy",
    "fearon_first_strike",
    "fearon_optimism",
    "fearon_preventive_war",
    "fearon_range",
    "fearon_screening",
    "fearon_screening_power",
    "fearon_screening_types",
    "filson_werner",
    "gamblers_ruin",
    "inside_option",
    "lanchester_linear",
    "lanchester_mixed",
    "lanchester_osipov",
    "lanchester_square",
    "longstaff_schwartz",
    "outside_option",
    "powell_commitment",
    "powell_first_strike",
    "powell_power_path",
    "powell_preventive_war",
    "powell_private_cost",
    "powell_shadow_of_power",
    "powell_shifting_power",
    "rubinstein",
    "rubinstein_fixed_costs",
    "rubinstein_limit",
    "slantchev_complete",
    "smith_stam",
    "smith_stam_disagreement",
    "surrender_time",
    "war_of_attrition",
    "war_of_attrition_exponential",
    "war_of_attrition_private",
    "yildiz_optimism",
]
