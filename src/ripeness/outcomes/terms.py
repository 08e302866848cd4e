"""What was signed: on which terms, what they are worth, what each side gave up, and what red lines leave open.

    conceded_{s, i} = w_{s, i} (max over levels of value_{s, i} - value_{s, i}(level signed))
    deal_s          = sum over issues of w_{s, i} value_{s, i}(level signed) - the fear that guarantees leave

in shares of the stakes, as in ``bargaining.packages``; the line is valued where it was when it was signed. A
side's best level of an issue is taken whether or not the other would ever sign it: what is given up is
measured against what the side wants, not against what it could have had. It would mislead where one issue
was the price of another: it tells what was given, not for what.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from jaxtyping import Bool, Float, Int

from ripeness.bargaining.levels import line_worth
from ripeness.bargaining.packages import Packages, level_values, levels_ruled_out, weights_of
from ripeness.scenario.model import Scenario
from ripeness.types import SETTLEMENT
from ripeness.worlds.draw import Worlds

NOTHING_SIGNED = -1


def terms_of(
    line: Int[np.ndarray, "world"], point: Int[np.ndarray, "world"], packages: Packages
) -> Int[np.ndarray, "world issue"]:
    """Return the level of each issue in the deals at these places, -1 where there is no deal."""
    package = np.take_along_axis(packages.table.package, np.maximum(point, 0)[None], axis=0)[0]
    levels = np.concatenate([line[:, None], packages.levels_of(package)], axis=1)
    return np.where(line[:, None] < 0, NOTHING_SIGNED, levels).astype(np.int8)


def first_in_force(
    regime: Int[np.ndarray, "world month"], *rows: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Return monthly rows as they are in the first month of a settlement; -1 where there is none."""
    settled = regime == SETTLEMENT
    month = settled.argmax(axis=1)[:, None]
    there = settled.any(axis=1)
    return tuple(np.where(there, np.take_along_axis(row, month, axis=1)[:, 0], -1) for row in rows)


def at_last_signature(
    signatures: Int[np.ndarray, "world month"], row: np.ndarray
) -> Float[np.ndarray, "world"]:
    """Return a monthly row in the month of the last signature; of the start where nothing is signed.

    The count stands for the start of a month, before what is signed in it.
    """
    month = np.maximum((signatures < signatures[:, -1:]).sum(axis=1) - 1, 0)
    return np.take_along_axis(row, month[:, None], axis=1)[:, 0]


def conceded(
    scenario: Scenario,
    worlds: Worlds,
    packages: Packages,
    terms: Int[np.ndarray, "world issue"],
    area: Float[np.ndarray, "world"],
) -> Float[np.ndarray, "world side issue"]:
    """Return what each side gave up on each issue against its best level, shares of the stakes; NaN: no deal.

    Args:
        scenario: the war.
        worlds: the ensemble.
        packages: what could be signed.
        terms: level of each issue, -1 where nothing was signed.
        area: held by the first side when it was signed, km2.
    """
    issues = list(packages.issues)
    weight = weights_of(scenario, worlds, issues)
    given = np.full((worlds.count, 2, len(issues)), np.nan, dtype=np.float32)
    for place, name in enumerate(issues):
        worth = weight[:, place, None] * level_values(scenario, worlds, name)
        if not place:
            worth = line_worth(worlds, packages, lines_of(packages, area))
        level = np.maximum(terms[:, place], 0).astype(np.int64)
        got = np.take_along_axis(worth, level[None, None], axis=1)[:, 0]
        given[:, :, place] = (worth.max(axis=1) - got).T
    return np.where(terms[:, None, :] < 0, np.float32(np.nan), given)


def deal_worth(
    worlds: Worlds,
    packages: Packages,
    line: Int[np.ndarray, "world"],
    point: Int[np.ndarray, "world"],
    area: Float[np.ndarray, "world"],
) -> Float[np.ndarray, "world side"]:
    """Return what a deal is worth to each side, shares of the stakes; NaN where there is none.

    Args:
        worlds: the ensemble.
        packages: what could be signed.
        line: level of the territorial issue, -1 where there is no deal.
        point: place on the frontier.
        area: held by the first side under the deal, km2.
    """
    rest = np.take_along_axis(packages.table.value, np.maximum(point, 0)[None, None], axis=1)[:, 0]
    worth = rest + line_worth(worlds, packages, area.astype(np.float32))
    return np.where(line < 0, np.nan, worth).T.astype(np.float32)


def lines_of(
    packages: Packages, area: Float[np.ndarray, "world"]
) -> Float[np.ndarray, "line world"]:
    """Return the area of the first side at each level of the line, the line being here."""
    there = packages.table.line_area
    return np.where(np.isnan(there), area, there).astype(np.float32)


def levels_by_issue(packages: Packages) -> tuple[list[str], list[str]]:
    """Return every level as ``issue: level``, and beside each the issue that it belongs to."""
    pairs = [(issue, level) for issue in packages.issues for level in packages.levels[issue]]
    return [f"{issue}: {level}" for issue, level in pairs], [issue for issue, _ in pairs]


def ruled_out(
    scenario: Scenario, worlds: Worlds, packages: Packages
) -> Bool[np.ndarray, "world side issue_level"]:
    """Return which levels each side's own red lines rule out, all issues' levels in a row."""
    found = []
    for side in worlds.names.sides:
        ends = tuple(f".red_lines.{enemy}" for enemy in worlds.names.sides if enemy != side)
        own = {path: row for path, row in worlds.values.items() if not path.endswith(ends)}
        alone = replace(worlds, values=own)
        rows = [levels_ruled_out(scenario, alone, name) for name in packages.issues]
        found.append(np.concatenate(rows))
    return np.moveaxis(np.stack(found), -1, 0)


def patron_costs(
    scenario: Scenario,
    worlds: Worlds,
    packages: Packages,
    terms: Int[np.ndarray, "world issue"],
) -> Float[np.ndarray, "world patron"]:
    """Return what a deal costs each patron while it is in force, bn EUR a month; NaN where there is no deal."""
    slots = worlds.names.patron_slots
    found = np.zeros((len(terms), len(slots)), dtype=np.float32)
    for place, issue in enumerate(packages.issues):
        for index, (name, level) in enumerate(scenario.issues[issue].levels.items()):
            for patron in level.patron_costs:
                cost = worlds.values[f"issues.{issue}.levels.{name}.patron_costs.{patron}"]
                here = terms[:, place] == index
                found[:, slots.index(patron)] += np.where(here, cost, 0.0).astype(np.float32)
    return np.where(terms[:, :1] < 0, np.float32(np.nan), found)


def promised(
    scenario: Scenario, packages: Packages, terms: Int[np.ndarray, "world issue"]
) -> Float[np.ndarray, "world guarantor"]:
    """Return which guarantors a deal brings in, 1 yes and 0 no; NaN where there is no deal."""
    found = np.zeros((len(terms), len(scenario.guarantors)), dtype=np.float32)
    names = list(scenario.guarantors)
    for place, issue in enumerate(packages.issues):
        for index, level in enumerate(scenario.issues[issue].levels.values()):
            if level.guarantor is not None:
                found[terms[:, place] == index, names.index(level.guarantor)] = 1.0
    return np.where(terms[:, :1] < 0, np.float32(np.nan), found)
