"""Kinds of claims, one file each. Importing this package registers them all."""

from ripeness.claims.kinds import (
    association,
    asymmetric_gain,
    binding_constraint,
    effect,
    necessary,
    not_within,
    state,
)
from ripeness.claims.kinds.kind import KINDS

__all__ = [
    "KINDS",
    "association",
    "asymmetric_gain",
    "binding_constraint",
    "effect",
    "necessary",
    "not_within",
    "state",
]
