"""The guarantees of a run read back from its outcomes: counts by kind, and paired differences between kinds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr
from jaxtyping import Bool, Float

FEW: Final = 30
"""Signing worlds below which no finding is drawn from how a kind's deals hold."""

CLEAR: Final = 2.0
"""Standard errors beyond which two kinds are told apart."""

CLEAR_OF_MANY: Final = 3.0
"""The same for the most of several kinds, which luck makes larger: of ten, one in forty by luck alone."""


@dataclass(frozen=True)
class Kinds:
    """What became of each kind, "none" first; worlds in which nothing could be signed are left out.

    Attributes:
        names: as the scenario has them.
        protects: place of the protected side, -1 for "none".
        signs: whether each side would sign.
        watched: worlds in which deals were played.
        holds: whether the deal holds; False where it was not played.
        empty: whether it would hold with the guarantor never there.
        broken: whether it came into force and was broken.
        years: for which deals must hold.
        tried: worlds drawn for it, those included in which nothing could be signed.
        guarantors: of each kind.
    """

    names: tuple[str, ...]
    protects: tuple[int, ...]
    signs: Bool[np.ndarray, "kind 2 world"]
    watched: Bool[np.ndarray, "world"]
    holds: Bool[np.ndarray, "kind world"]
    empty: Bool[np.ndarray, "kind world"]
    broken: Bool[np.ndarray, "kind world"]
    years: int
    tried: int
    guarantors: dict[str, list[str]]

    @property
    def worlds(self) -> int:
        """Worlds in which something could be signed."""
        return len(self.watched)

    @property
    def both(self) -> Bool[np.ndarray, "kind world"]:
        """Whether both would sign."""
        return self.signs[:, 0] & self.signs[:, 1]

    @property
    def kept(self) -> Bool[np.ndarray, "kind world"]:
        """Whether both would sign and it holds."""
        return self.both & self.holds

    @property
    def adversary(self) -> int:
        """Place of the side against which all guarantees are given; -1 if they are given against both."""
        against = {1 - side for side in self.protects if side >= 0}
        return against.pop() if len(against) == 1 else -1

    @property
    def best(self) -> int:
        """The kind that is signed and holds in most worlds; of equals the one signed in most."""
        return int(np.lexsort((self.both.sum(axis=1), self.kept.sum(axis=1)))[-1])


def kinds_in(data: xr.Dataset) -> Kinds | None:
    """Return the guarantees of a run; None if there were none to try."""
    if "guarantee_holds" not in data.variables:
        return None
    signs = data["guarantee_would_sign"].values
    asked = np.isfinite(signs[0, 0])
    holds = data["guarantee_holds"].values[:, asked]
    about = data["guarantee_protects"].attrs
    return Kinds(
        names=tuple(str(name) for name in data["guarantee"].values),
        protects=tuple(int(side) for side in data["guarantee_protects"].values),
        signs=signs[:, :, asked] > 0,
        watched=np.isfinite(holds[0]),
        holds=holds > 0,
        empty=data["guarantee_holds_empty"].values[:, asked] > 0,
        broken=data["guarantee_broken"].values[:, asked] > 0,
        years=int(about["years"]),
        tried=int(about["worlds_tried"]),
        guarantors=json.loads(about["guarantors"]),
    )


def paired(one: Bool[np.ndarray, "world"], other: Bool[np.ndarray, "world"]) -> tuple[float, float]:
    """Return by how much a share of worlds exceeds another of the same worlds, and its standard error."""
    return spread_of(one.astype(float) - other)


def spread_of(change: Float[np.ndarray, "world"]) -> tuple[float, float]:
    """Return the mean of a change over worlds, and its standard error."""
    if len(change) < 2:  # noqa: PLR2004 - no spread in one world
        return float(change.sum()), float("inf")
    return float(change.mean()), float(change.std(ddof=1) / np.sqrt(len(change)))


def clearly(
    one: Bool[np.ndarray, "world"], other: Bool[np.ndarray, "world"], errors: float = CLEAR
) -> int:
    """Return 1 if the one share is clearly the larger, -1 if clearly the smaller, else 0."""
    change, error = paired(one, other)
    return 0 if abs(change) <= errors * error else int(np.sign(change))
