"""From a place in (0, 1) to a value: the quantile functions of the distributions of a range."""

from __future__ import annotations

import numpy as np
from scipy import stats

from ripeness.scenario.quantity import Quantity

PERT_WEIGHT = 4.0
"""Weight of the likely value in a PERT distribution (Malcolm, Roseboom, Clark and Fazar 1959)."""


def quantile(quantity: Quantity, unit: np.ndarray) -> np.ndarray:
    """Return the values of a quantity at these places.

    Args:
        quantity: the range and its distribution.
        unit: places in (0, 1), any shape.

    Returns:
        Values in the quantity's unit, same shape.
    """
    low, likely, high = quantity.low, quantity.likely, quantity.high
    if quantity.fixed:
        return np.full_like(unit, low)
    width = high - low
    peak = (likely - low) / width
    if quantity.distribution == "uniform":
        values = low + width * unit
    elif quantity.distribution == "loguniform":
        values = low * (high / low) ** unit
    elif quantity.distribution == "pert":
        values = low + width * stats.beta.ppf(
            unit, 1 + PERT_WEIGHT * peak, 1 + PERT_WEIGHT * (1 - peak)
        )
    else:
        rising = np.sqrt(unit * peak)
        falling = 1.0 - np.sqrt((1.0 - unit) * (1.0 - peak))
        values = low + width * np.where(unit <= peak, rising, falling)
    return np.clip(values, low, high)
