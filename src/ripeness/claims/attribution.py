"""What moved a verdict: where several things changed at once, each is tried by itself.

The earlier run is turned into the later one in a fixed order: how claims are tested, how the war is
simulated, the levers, the scenario, the drawing of worlds. After each step the moved claims are tried
anew, so that the parts add up to the whole difference. What a part comes to depends on that order;
where a step changes several numbers, each is therefore also tried alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from ripeness.claims.changed import IN_ORDER, KINDS_OF_CHANGE, Change, Tree, What, replaced
from ripeness.claims.drift import PHRASES
from ripeness.errors import InputError
from ripeness.outcomes.words import OUT_OF

MOST_ALONE: Final = 6
"""More changed numbers than this are not tried one by one: each costs a run."""

SMALLEST: Final = 0.05
"""Of 20 worlds: a part that moves a claim by less is not told."""

SHOWN: Final = 3
"""Changes that are named in a line."""

_PROGRAM: Final[tuple[What, ...]] = ("claim", "tests", "program", "record")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a run is made from, besides the program.

    Attributes:
        tree: the scenario as plain data, levers not moved.
        levers: levers moved, and to what.
        worlds: number of worlds.
        drawn: worlds drawn; more than there are if the run was stopped.
        seed: any integer.
        theory: one theory of ending for all worlds, or None.
    """

    tree: Tree
    levers: Mapping[str, float]
    worlds: int
    drawn: int
    seed: int
    theory: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a claim stands.

    Attributes:
        verdict: its word.
        holds: worlds in which it holds.
        of: worlds in which it was tested.
        value: the number over all worlds that decides, for claims that have one.
        unit: of that number; empty if it is a share of worlds.
    """

    verdict: str
    holds: int
    of: int
    value: float | None = None
    unit: str = ""

    @property
    def counted(self) -> bool:
        """Whether it was tested, so that it holds in a share of worlds."""
        return self.verdict != "untested" and self.of > 0

    @property
    def share(self) -> float | None:
        """What decides, if that is a share of worlds."""
        if not self.counted or (self.value is not None and self.unit):
            return None
        return self.holds / self.of if self.value is None else self.value

    def __str__(self) -> str:
        if self.share is not None:
            return f"{OUT_OF * self.share:.1f}"
        return f"{self.value:.3g} {self.unit}" if self.counted else self.verdict


Standings = Mapping[str, Standing]
Try = Callable[[Setting, Sequence[str]], Standings]
"""Plays a setting with the present program and returns where these claims stand."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one step does to a claim.

    Attributes:
        what: kinds of change made in this step.
        changes: the changes.
        before: where the claim stands before it.
        after: where it stands after it.
        alone: a change made by itself, and where the claim stands then; None if it cannot be made so.
    """

    what: tuple[What, ...]
    changes: tuple[Change, ...]
    before: Standing
    after: Standing
    alone: tuple[tuple[Change, Standing | None], ...] = ()

    @property
    def moved(self) -> bool:
        """Whether it moved the claim at all."""
        if self.before.verdict != self.after.verdict:
            return True
        one, other = self.before.share, self.after.share
        if one is None or other is None:
            return str(self.before) != str(self.after)
        return OUT_OF * abs(other - one) >= SMALLEST

    def as_mapping(self) -> dict[str, Any]:
        """Return it made of JSON's own types."""
        return {
            "what": list(self.what),
            "changes": [change.as_mapping() for change in self.changes],
            "before": asdict(self.before),
            "after": asdict(self.after),
            "alone": [
                {"change": change.as_mapping(), "standing": standing and asdict(standing)}
                for change, standing in self.alone
            ],
        }


@dataclass(frozen=True, slots=True)
class _Step:
    """A step from the earlier run to the later one."""

    what: tuple[What, ...]
    changes: tuple[Change, ...]
    setting: Setting
    alone: tuple[tuple[Change, Setting], ...] = ()


def attribute(
    claims: Sequence[str],
    stored: tuple[Standings, Standings],
    settings: tuple[Setting, Setting] | None,
    changes: Iterable[Change],
    attempt: Try,
    retest: Callable[[Sequence[str]], Standings] | None = None,
) -> dict[str, tuple[Part, ...]] | None:
    """Return what each step from the earlier to the later run does to each claim.

    Args:
        claims: ids of the claims that moved.
        stored: where they stand in the earlier run and in the later one.
        settings: of the earlier run and of the later one; None if one is not kept.
        changes: everything that differs between them.
        attempt: plays a setting with the present program.
        retest: tries claims on the earlier run's kept outcomes with the present program; may leave some out.

    Returns:
        The parts of each claim; None if they cannot be told apart.
    """
    changes = tuple(changes)
    kinds = _kinds(changes)
    if len({"program" if what in _PROGRAM else what for what in kinds}) == 1 and (
        settings is None or not _divisible(kinds, changes, retest)
    ):
        first, last = stored
        return {name: (Part(kinds, changes, first[name], last[name]),) for name in claims}
    if settings is None:
        return None if changes else dict.fromkeys(claims, ())
    return _walked(claims, stored, _steps(*settings, changes), attempt, retest)


def _kinds(changes: Sequence[Change]) -> tuple[What, ...]:
    """Return the kinds of some changes in the order in which they are tried."""
    known = {change.what for change in changes}
    return tuple(what for what in IN_ORDER if what in known)


def _divisible(kinds: Sequence[What], changes: Sequence[Change], retest: object) -> bool:
    """Whether a single step has parts that can be tried."""
    if kinds[0] in _PROGRAM:
        return len(kinds) > 1 and retest is not None
    return kinds[0] != "worlds" and 1 < len(changes) <= MOST_ALONE


def _steps(old: Setting, new: Setting, changes: Sequence[Change]) -> Iterator[_Step]:
    """Yield the steps from the earlier run to the later one."""
    now = old
    ours = tuple(change for change in changes if change.what in _PROGRAM)
    if ours:
        yield _Step(_kinds(ours), ours, now)
    for what in ("lever", "scenario", "worlds"):
        some = tuple(change for change in changes if change.what == what)
        if not some:
            continue
        before, now = now, _after(what, now, new)
        alone = _alone(what, before, new, some) if 1 < len(some) <= MOST_ALONE else ()
        yield _Step((what,), some, now, alone)


def _after(what: What, now: Setting, new: Setting) -> Setting:
    if what == "lever":
        return replace(now, levers=new.levers)
    return replace(now, tree=new.tree) if what == "scenario" else new


def _alone(
    what: What, now: Setting, new: Setting, changes: Sequence[Change]
) -> tuple[tuple[Change, Setting], ...]:
    """Return each change of a step made by itself."""
    if what == "lever":
        return tuple(
            (change, replace(now, levers=_lever(now, new, change.path))) for change in changes
        )
    if what == "scenario":
        return tuple(
            (change, replace(now, tree=replaced(now.tree, new.tree, [change.keys])))
            for change in changes
        )
    return ()


def _lever(now: Setting, new: Setting, name: str) -> dict[str, float]:
    levers = {key: value for key, value in now.levers.items() if key != name}
    return levers | ({name: new.levers[name]} if name in new.levers else {})


def _walked(
    claims: Sequence[str],
    stored: tuple[Standings, Standings],
    steps: Iterable[_Step],
    attempt: Try,
    retest: Callable[[Sequence[str]], Standings] | None,
) -> dict[str, tuple[Part, ...]]:
    found: dict[str, list[Part]] = {name: [] for name in claims}
    now, last = dict(stored[0]), stored[1]
    steps = list(steps)
    for place, step in enumerate(steps):
        begun = dict(now)
        now = dict(last) if place == len(steps) - 1 else dict(attempt(step.setting, claims))
        alone = [(change, _if_possible(attempt, each, claims)) for change, each in step.alone]
        between = retest(claims) if retest is not None and len(step.what) > 1 else {}
        for name in claims:
            tried = tuple((change, each.get(name) if each else None) for change, each in alone)
            whole = Part(step.what, step.changes, begun[name], now[name], tried)
            found[name] += _split(whole, between.get(name))
    return {name: tuple(parts) for name, parts in found.items()}


def _if_possible(attempt: Try, setting: Setting, claims: Sequence[str]) -> Standings | None:
    """Return what becomes of a setting; None if the scenario makes no sense with this change alone."""
    try:
        return attempt(setting, claims)
    except InputError:
        return None


def _split(part: Part, between: Standing | None) -> list[Part]:
    """Split a step of the program into how claims are tested and how the war is simulated."""
    ours = tuple(change for change in part.changes if change.what in ("claim", "tests", "record"))
    if between is None or "program" not in part.what or not ours:
        return [part]
    theirs = tuple(change for change in part.changes if change.what == "program")
    return [
        Part(_kinds(ours), ours, part.before, between),
        Part(("program",), theirs, between, part.after),
    ]


def told(parts: Sequence[Part]) -> list[str]:
    """Say what moved a claim, one line per part and per change tried alone, numbers of 20 worlds."""
    if not parts:
        return ["Nothing that the two runs record differs."]
    lines = [line for part in parts if part.moved for line in _lines(part)]
    return lines or ["No single step moves it by more than a trace."]


def _lines(part: Part) -> Iterator[str]:
    kinds = " and ".join(KINDS_OF_CHANGE[what] for what in part.what)
    named = "" if part.alone or set(part.what) & set(_PROGRAM) else f" ({_paths(part)})"
    yield f"Moved by {kinds}{named}: {_from_to(part)}{_verdicts(part)}."
    for change, standing in part.alone:
        yield f"{change.path} alone: {'cannot be tried' if standing is None else standing}"


def _from_to(part: Part) -> str:
    one, other = part.before, part.after
    if one.share is not None and other.share is not None:
        return f"from {one} to {other} of {OUT_OF}"
    told_ends = [
        str(each) if each.share is None else f"{each} of {OUT_OF}" for each in (one, other)
    ]
    return f"from {told_ends[0]} to {told_ends[1]}" if one != other else f"still {told_ends[0]}"


def _paths(part: Part) -> str:
    shown = ", ".join(change.path for change in part.changes[:SHOWN])
    more = len(part.changes) - SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _verdicts(part: Part) -> str:
    one, other = part.before, part.after
    if one.verdict == other.verdict or not (one.counted and other.counted):
        return ""
    return f", so that it is {PHRASES[other.verdict]}"
