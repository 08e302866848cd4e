"""Pictures of the classics: one for every page in docs/classics, drawn from the models themselves.

Importing this package registers every picture; ``make docs`` draws them. A new one is one new file
and one line here.
"""

from ripeness.charts.classics import (
    attrition,
    audience_costs,
    bargaining_options,
    brown,
    burn_down,
    fearon_autonomy,
    fearon_preventive_war,
    fearon_range,
    fearon_screening,
    filson_werner,
    gamblers_ruin,
    index,
    lanchester,
    longstaff_schwartz,
    powell_commitment,
    powell_private_cost,
    powell_shadow,
    powell_shifting_power,
    rubinstein,
    slantchev,
    smith_stam,
    surrender,
    yildiz,
)
from ripeness.charts.classics.picture import PICTURES, Picture

__all__ = [
    "PICTURES",
    "Picture",
    "attrition",
    "audience_costs",
    "bargaining_options",
    "brown",
    "burn_down",
    "fearon_autonomy",
    "fearon_preventive_war",
    "fearon_range",
    "fearon_screening",
    "filson_werner",
    "gamblers_ruin",
    "index",
    "lanchester",
    "longstaff_schwartz",
    "powell_commitment",
    "powell_private_cost",
    "powell_shadow",
    "powell_shifting_power",
    "rubinstein",
    "slantchev",
    "smith_stam",
    "surrender",
    "yildiz",
]
