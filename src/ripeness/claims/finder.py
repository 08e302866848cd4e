"""What is dear to find in a run: where claims hold, what decides between two, what would tell, and by when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ripeness.claims.language import Claim

if TYPE_CHECKING:
    import xarray as xr

    from ripeness.claims.discovery import Descriptions, Truth
    from ripeness.claims.evaluate import Evaluation

LAST_SEEN: Final = 104.0
"""Weeks for which it is looked for what would tell whether a claim is true: two years."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Where:
    """Where a claim holds and where it fails, one sentence per description.

    Attributes:
        holds: worlds in which it holds, in words; empty if nothing tells them apart.
        fails: worlds in which it fails; likewise.
        neither: why, if nothing tells either apart.
        details: the same as numbers.
        slices: how it turns along the quantities of its first box, for a picture; None if no quantity is in it.
    """

    holds: tuple[str, ...]
    fails: tuple[str, ...]
    neither: str
    details: Mapping[str, Any]
    slices: Mapping[str, Any] | None = None


class Finder:
    """Finds where claims hold, what decides between two, and which can be true together.

    Args:
        features: what differs between the worlds, see ``ripeness.claims.discovery``.
        wanted: which of ``where``, ``cruxes``, ``together`` and ``learnt`` are looked for.
        progress: called with (claims described, claims in all).
        data: outcomes of the run, of which ``learnt`` asks what can be seen in it.
    """

    def __init__(
        self,
        features: Sequence[Any],
        wanted: Iterable[str] = ("where", "cruxes", "together"),
        progress: Progress | None = None,
        data: xr.Dataset | None = None,
    ) -> None:
        from ripeness.claims.discovery import grid_of

        self._grid = grid_of(features)
        self._wanted = frozenset(wanted)
        self._progress = progress or (lambda done, total: None)
        self._data = data

    def where(
        self, evaluations: Sequence[Evaluation]
    ) -> tuple[dict[str, Where], Mapping[str, Any] | None]:
        """Return where each claim holds and fails, and the same by box; untested claims are left out."""
        if "where" not in self._wanted:
            return {}, None
        from ripeness.claims.discovery import Truth, describe, shared_boxes

        tried = [each for each in evaluations if each.verdict.verdict != "untested"]
        found = {}
        for place, each in enumerate(tried):
            described = describe(self._grid, each.tested, each.holds)
            found[each.verdict.id] = (Truth(each.tested, each.holds), described)
            self._progress(place + 1, len(tried))
        where = {name: _where(*each) for name, each in found.items()}
        return where, shared_boxes(found).as_mapping()

    def crux(
        self, first: Evaluation, second: Evaluation
    ) -> tuple[str, Mapping[str, Any] | None, Mapping[str, Any] | None]:
        """Return what decides between two claims: in words, as numbers, and slice by slice."""
        if "cruxes" not in self._wanted:
            return "", None, None
        from ripeness.claims.discovery import Truth, crux_between, crux_slices

        names = (first.verdict.id, second.verdict.id)
        one, other = (Truth(each.tested, each.holds) for each in (first, second))
        found = crux_between(self._grid, one, other, names=names)
        return found.words, found.as_mapping(), crux_slices(one, other, found)

    def learnt(
        self, claims: Sequence[Claim], evaluations: Sequence[Evaluation]
    ) -> dict[str, Mapping[str, Any]]:
        """Return what would tell whether each claim is true, and by when; untested claims are left out."""
        if "learnt" not in self._wanted or self._data is None:
            return {}
        from ripeness.claims.discovery import Truth, learnt, watch_of
        from ripeness.claims.discovery.observed import decided_week, observations_of
        from ripeness.claims.reading import weeks_of

        data = self._data
        watch = watch_of(observations_of(data), weeks_of(data), last=LAST_SEEN)
        found = {}
        for claim, each in zip(claims, evaluations, strict=True):
            if each.verdict.verdict == "untested":
                continue
            truth = Truth(each.tested, each.holds)
            told = learnt(watch, truth, decided_week(claim, data), name=claim.id)
            found[claim.id] = told.as_mapping()
        return found

    def together(self, evaluations: Sequence[Evaluation]) -> Mapping[str, Any] | None:
        """Return which claims can be true in one world; untested claims are left out."""
        if "together" not in self._wanted:
            return None
        from ripeness.claims.discovery import Truth, compatibility

        truths = {
            each.verdict.id: Truth(each.tested, each.holds)
            for each in evaluations
            if each.verdict.verdict != "untested"
        }
        found = compatibility(truths)
        return {"words": list(found.words), **found.as_mapping()}


def _where(truth: Truth, found: Descriptions) -> Where:
    """Return where a claim holds and where it fails, in words, as numbers, and slice by slice."""
    from ripeness.claims.discovery import as_mapping, sentences, where_slices

    holds = sentences(found.holds, "holds")
    return Where(
        holds if found.holds.stands else (),
        sentences(found.fails, "fails") if found.fails.stands else (),
        "" if found.holds.stands or found.fails.stands else " ".join(holds),
        as_mapping(found),
        where_slices(found.holds, truth, "holds") or where_slices(found.fails, truth, "fails"),
    )
