"""The inverse question: what is the least that would have to change for both to sign and the peace to hold?

    moves     a lever at its lower bound, half way to it, half way up or at its upper bound; or one level of an
              issue that any settlement must have
    share(S)  of the worlds, with the moves S made: settled at the horizon, and no settlement ever broken
    wanted    the smallest S with share(S) >= target, several unlike each other, those that cost least first

How sets are searched is said in ``inverse_hunt``. Trying many sets on the same worlds favours those that were
lucky in them, so that what is found is played again in fresh worlds and must hold there too. Sides that expect
keep what they learnt without the moves, a preliminary answer, unless asked to confirm answers with what they
learn anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from ripeness.errors import bad_input
from ripeness.explore.inverse_book import Book
from ripeness.explore.inverse_found import Inverse
from ripeness.explore.inverse_hunt import BEAM, TRIED, Hunt
from ripeness.explore.inverse_moves import moves_of
from ripeness.explore.inverse_play import Stage
from ripeness.explore.inverse_price import COSTS
from ripeness.registry import suggestion
from ripeness.scenario.model import Scenario
from ripeness.worlds.designs import MOST_WORLDS

MOST: Final = 6
"""Most moves in a set that can be asked for."""

FRESH: Final = 2
"""Fresh worlds in which answers are confirmed, for each world searched in."""

FRESH_SEED: Final = 7_000_003
"""Added to the seed for the worlds in which answers are confirmed."""

Progress = Callable[[int, int], None]


def search(  # noqa: PLR0913 - what is searched, and how far
    scenario: Scenario,
    *,
    target: float,
    worlds: int = 256,
    seed: int = 1,
    most: int = 3,
    terms: bool = True,
    only: Collection[str] = (),
    without: Collection[str] = (),
    held: Collection[str] = (),
    least: str = "deaths",
    anew: bool = False,
    theory: str | None = None,
    progress: Progress | None = None,
) -> Inverse:
    """Search for the smallest sets of moves with which peace comes and holds in a share of worlds.

    Args:
        scenario: the war, levers that are already moved included.
        target: share of worlds, above 0 up to 1.
        worlds: played for each set; answers are confirmed in twice as many fresh ones.
        seed: of the worlds.
        most: most moves in a set.
        terms: try levels of issues too, not levers alone.
        only: levers and issues that may be moved; empty for all.
        without: levers and issues that may not.
        held: levers that stay where they were moved.
        least: which cost decides among sets of one size, one of ``COSTS``.
        anew: confirm answers with what sides that expect learn anew with them (slow).
        theory: decide by this theory only.
        progress: called with (worlds played, worlds to play at most).

    Returns:
        What was found; what was found until then if the user stops it after the first worlds.

    Raises:
        InputError: if the target or the size is out of range, a name is unknown, or nothing can be moved.
    """
    _refuse(target, most, worlds, least)
    moves = moves_of(scenario, terms=terms, only=only, without=without, held=held)
    told = _counter(progress, _bound(len(moves), worlds, most))
    searched = Stage(scenario, worlds, seed, theory)
    fresh = Stage(scenario, FRESH * worlds, seed + FRESH_SEED, theory, anew=anew)
    hunt = Hunt(
        scenario, target, most, least, moves,
        Book(searched.play, worlds, told), Book(fresh.play, FRESH * worlds, told),
        laddered=not anew,
    )  # fmt: skip
    hunt.book.upto([()])
    try:
        hunt.run()
    except KeyboardInterrupt:
        hunt.stopped = True
    return hunt.found()


def _counter(progress: Progress | None, bound: int) -> Callable[[int], None]:
    done = 0

    def told(worlds: int) -> None:
        nonlocal done
        done += worlds
        if progress is not None:
            progress(min(done, bound), bound)

    return told


def _bound(moves: int, worlds: int, most: int) -> int:
    """Return about how many worlds are played at most."""
    pairs = moves * moves // 4  # what is left of all pairs when a lever is at its bounds only
    found = worlds * (1 + moves)
    if most > 1:
        found += 16 * (pairs + 1024) + 32 * (256 + BEAM * TRIED) + 64 * worlds
    found += (most - 2) * (16 * BEAM * moves // 2 + 48 * 256 + 48 * worlds) if most > 2 else 0  # noqa: PLR2004
    return found + 48 * worlds


def _refuse(target: float, most: int, worlds: int, least: str) -> None:
    if not 0.0 < target <= 1.0:
        what = f"{target:g} is no share of worlds."
        raise bad_input(
            "--target", what, "Give a number above 0 and up to 1: 0.5 is 10 of 20 worlds."
        )
    if not 1 <= most <= MOST:
        what = f"{most} moves cannot be searched."
        raise bad_input("--most", what, f"Give 1 to {MOST}; 3 is usual.")
    if not 1 <= worlds <= MOST_WORLDS // FRESH:
        what = f"must be between 1 and {MOST_WORLDS // FRESH:,}, but is {worlds:,}."
        raise bad_input("--worlds", what, "256 is usual.")
    if least not in COSTS:
        raise bad_input("--least", f"there is no cost `{least}`.", suggestion(least, COSTS))
