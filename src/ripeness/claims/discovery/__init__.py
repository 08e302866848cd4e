"""Discovery: where claims hold, what decides between them, what can be true together, what would tell.

Pure functions over arrays. Features are what differs between worlds (``features``), and a claim is two
flags per world: whether it can be tested there, and whether it holds.

    grid = grid_of(features_of_run(scenario, outcomes))
    found = describe(grid, tested, holds)
    print(*sentences(found.holds, "holds"), *sentences(found.fails, "fails"))
"""

from ripeness.claims.discovery.compatible import Compatibility, Excluded, TrueSet, compatibility
from ripeness.claims.discovery.cruxes import Crux, Truth, crux_between
from ripeness.claims.discovery.describe import (
    Description,
    Descriptions,
    Part,
    Restriction,
    describe,
)
from ripeness.claims.discovery.features import features_of, features_of_run
from ripeness.claims.discovery.grid import Feature, Grid, grid_of
from ripeness.claims.discovery.learnt import Learnt, Observation, Watch, learnt, watch_of
from ripeness.claims.discovery.observed import decided_week, observations_of, observed_features
from ripeness.claims.discovery.shared import Member, SharedBox, SharedBoxes, shared_boxes
from ripeness.claims.discovery.slices import crux_slices, where_slices
from ripeness.claims.discovery.told import as_mapping, condition, sentences

__all__ = [
    "Compatibility",
    "Crux",
    "Description",
    "Descriptions",
    "Excluded",
    "Feature",
    "Grid",
    "Learnt",
    "Member",
    "Observation",
    "Part",
    "Restriction",
    "SharedBox",
    "SharedBoxes",
    "TrueSet",
    "Truth",
    "Watch",
    "as_mapping",
    "compatibility",
    "condition",
    "crux_between",
    "crux_slices",
    "decided_week",
    "describe",
    "features_of",
    "features_of_run",
    "grid_of",
    "learnt",
    "observations_of",
    "observed_features",
    "sentences",
    "shared_boxes",
    "watch_of",
    "where_slices",
]
