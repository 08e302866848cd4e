"""Charts: arrays in, Vega-Lite dictionaries out, each with a sentence and a table twin.

Importing this package registers every chart. A new chart is one new file and one line here.
"""

from ripeness.charts import (
    costs,
    endings,
    expectations,
    front,
    later_war,
    losses,
    manpower,
    peace,
    rules,
    survival,
    weeks,
    zone,
)
from ripeness.charts.chart import CHARTS, Chart, Table
from ripeness.charts.claims import claims_chart

__all__ = [
    "CHARTS",
    "Chart",
    "Table",
    "claims_chart",
    "costs",
    "endings",
    "expectations",
    "front",
    "later_war",
    "losses",
    "manpower",
    "peace",
    "rules",
    "survival",
    "weeks",
    "zone",
]
