"""What a run keeps: every variable with its axes, unit and meaning, in one table."""

# ruff: noqa: E501 - a table, one line per variable
from __future__ import annotations

from typing import Final, NamedTuple


class Variable(NamedTuple):
    """A variable of the result."""

    axes: tuple[str, ...]
    units: str
    meaning: str


WORLD = ("world",)
BY_SIDE = ("world", "side")
PATH = ("world", "month")
PATH_BY_SIDE = ("world", "month", "side")

PER_WORLD: Final[dict[str, Variable]] = {
    "ending": Variable(WORLD, "code", "how the world stands at the horizon"),
    "theory": Variable(WORLD, "code", "theory of ending that holds in the world"),
    "rule": Variable(WORLD, "code", "what decided the world"),
    "ended_week": Variable(WORLD, "weeks", "week in which the final state began"),
    "first_ceasefire_week": Variable(WORLD, "weeks", "first ceasefire, signed deals awaiting ratification included"),
    "settlement_week": Variable(WORLD, "weeks", "first settlement in force"),
    "resumed_week": Variable(WORLD, "weeks", "first resumption of the war from a ceasefire"),
    "broken_week": Variable(WORLD, "weeks", "first breach of a settlement in force"),
    "resumed_by": Variable(WORLD, "code", "side that first resumed the war; -1 nobody"),
    "broken_by": Variable(WORLD, "code", "side that first broke a settlement; -1 nobody"),
    "ceasefire_signed": Variable(WORLD, "flag", "the first ceasefire came with a signed deal that awaits ratification"),
    "first_guarantee": Variable(WORLD, "share", "help promised in the first settlement in force: chance that it comes x force over the protected side's"),
    "peace_holds": Variable(WORLD, "flag", "settled at the horizon, and no settlement was ever broken"),
    "attempts": Variable(WORLD, "count", "signatures"),
    "failed_ratifications": Variable(WORLD, "count", "signed settlements that failed at home"),
    "guarantors_called": Variable(WORLD, "count", "breaches after which a guarantor in place was called upon"),
    "guarantors_came": Variable(WORLD, "count", "of these, breaches after which it came"),
    "terms": Variable(("world", "issue"), "code", "level of each issue last signed; -1 nothing signed"),
    "first_terms": Variable(("world", "issue"), "code", "level of each issue in the first settlement in force; -1 none"),
    "deal_worth": Variable(BY_SIDE, "share of the stakes", "worth to the side of the first settlement in force"),
    "conceded": Variable(("world", "side", "issue"), "share of the stakes", "worth given up on the issue in the deal last signed, against the side's best level"),
    "patron_cost": Variable(("world", "patron"), "bn EUR per month", "what the first settlement in force costs the patron"),
    "promised": Variable(("world", "guarantor"), "flag", "the first settlement in force brings the guarantor in"),
    "ruled_out": Variable(("world", "side", "issue_level"), "flag", "a red line of the side rules the level out"),
    "major_defeat_week": Variable(BY_SIDE, "weeks", "first major defeat of the side"),
    "front_stable_week": Variable(WORLD, "weeks", "first week in which the front was stable"),
    "spread_week": Variable(WORLD, "weeks", "spread of the war beyond the model"),
    "war_returned_week": Variable(WORLD, "weeks", "first return of war, from a ceasefire or by breach of a settlement"),
    "killed_after_return": Variable(WORLD, "soldiers", "number of killed on both sides since war first came back"),
    "breakthroughs": Variable(BY_SIDE, "count", "breakthroughs made by the side"),
    "men_bound_share": Variable(BY_SIDE, "share", "share of the months of war in which men, not equipment, bound"),
    "zone_open_share": Variable(WORLD, "share", "share of months of war and ceasefire with an open zone of agreement"),
    "zone_open_week": Variable(WORLD, "weeks", "first week with an open zone of agreement"),
    "killed": Variable(BY_SIDE, "soldiers", "killed since the start"),
    "disabled": Variable(BY_SIDE, "soldiers", "disabled for good since the start"),
    "deserted": Variable(BY_SIDE, "soldiers", "deserted since the start"),
    "war_spending": Variable(BY_SIDE, "bn EUR", "own output spent on the war until the world ends"),
    "occupied_people": Variable(BY_SIDE, "million people x years", "people who live in the other side's land that the side holds, until the world ends"),
    "area_change": Variable(WORLD, "km2", "area gained by the first side at the horizon"),
    "new_leader": Variable(BY_SIDE, "flag", "the leader of the start has left office"),
    "ultimatum_kept": Variable(WORLD, "flag", "the ultimatum passed in vain and was carried out"),
    "signals": Variable(WORLD, "count", "signals of escalation"),
}  # fmt: skip

BY_MONTH: Final[dict[str, Variable]] = {
    "regime": Variable(PATH, "code", "0 war, 1 ceasefire, 2 settlement, 3 ended"),
    "area_held": Variable(PATH_BY_SIDE, "km2", "area held"),
    "casualties": Variable(PATH_BY_SIDE, "soldiers", "killed and wounded since the start"),
    "casualty_rate": Variable(PATH_BY_SIDE, "soldiers per week", "killed and wounded, mean of the month before"),
    "troops": Variable(PATH_BY_SIDE, "soldiers", "soldiers in the theatre"),
    "equipment": Variable(PATH_BY_SIDE, "bn EUR", "replacement value of equipment and munitions"),
    "men_bind": Variable(PATH_BY_SIDE, "flag", "men, not equipment, bind the side's force"),
    "force_ratio": Variable(PATH, "log ratio", "true advantage in power of the first side"),
    "expected_advantage": Variable(PATH_BY_SIDE, "log ratio", "advantage of the first side as each side believes"),
    "expected_area": Variable(PATH_BY_SIDE, "km2", "own area the side expects at its planning date"),
    "reservation": Variable(PATH_BY_SIDE, "share of the stakes", "least value the side would sign for"),
    "zone_open": Variable(PATH, "flag", "some package gives both sides their reservation value"),
    "zone_width": Variable(PATH, "share of the stakes", "best package's smaller surplus, the way home reckoned with; negative when the zone is empty"),
    "attending": Variable(PATH_BY_SIDE, "flag", "attends talks"),
    "real": Variable(PATH_BY_SIDE, "flag", "would sign something that leaves the other no worse than now"),
    "rank": Variable(PATH_BY_SIDE, "share", "rank of the delegation, 0 nobody to 1 the leader"),
    "resume_chance": Variable(PATH_BY_SIDE, "share", "chance that the side resumes the war this month, in a ceasefire"),
    "breach_chance": Variable(PATH_BY_SIDE, "share", "chance that the side breaks the settlement this month"),
    "breach_chance_alone": Variable(PATH_BY_SIDE, "share", "what that chance would be if nobody guaranteed the settlement"),
    "help_in_place": Variable(PATH_BY_SIDE, "share", "of the side's force at the start, what guarantors in place would bring on average"),
    "output": Variable(PATH_BY_SIDE, "index", "economic output, 1 at the start"),
    "strain": Variable(PATH_BY_SIDE, "share", "economic strain, 0 none to 1 breakdown"),
    "support": Variable(PATH_BY_SIDE, "share", "public support for going on"),
    "security": Variable(PATH_BY_SIDE, "share", "security of the leader"),
    "leader_exit_risk": Variable(PATH_BY_SIDE, "per year", "risk that the leader leaves office"),
    "collapse_risk": Variable(PATH_BY_SIDE, "per year", "risk that the side collapses"),
    "signing": Variable(PATH, "flag", "a deal is signed this month"),
    "aid_pledged": Variable(PATH_BY_SIDE, "bn EUR per month", "military aid pledged to the side, mean of the month before"),
    "aid_absorbed": Variable(PATH_BY_SIDE, "bn EUR per month", "aid turned into equipment in use"),
    "sanctions_felt": Variable(PATH_BY_SIDE, "share", "sanctions on the side after evasion and relief"),
    "morale": Variable(PATH_BY_SIDE, "share", "morale of the troops"),
    "mean_age": Variable(PATH_BY_SIDE, "years", "mean age of the troops"),
    "intake": Variable(PATH_BY_SIDE, "soldiers per week", "recruits and mobilised"),
    "exit_risk": Variable(PATH, "per year", "risk that the war leaves the model"),
    "tension": Variable(PATH, "share", "nearness of escalation"),
    "willingness": Variable(("world", "month", "patron"), "index", "willingness of the patron, 1 at the start"),
}  # fmt: skip
