"""The page docs/model.md: the week, what can be signed, what the sides do, how it can end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType

from docs_numbers import (
    EXAMPLE,
    code_numbers,
    group_tables,
    members_table,
    numbers,
    range_of,
    source_of,
    told,
    war,
)
from docs_reading import (
    fields,
    first_line,
    header,
    module_of,
    processes,
    prose,
    streams,
    table,
    title_of,
)

from ripeness.bargaining import agreement, conduct, frontier, packages, play, prospects, view
from ripeness.bargaining import strategy as strategy_contract
from ripeness.bargaining.strategy import STRATEGIES
from ripeness.outcomes import endings
from ripeness.scenario import model, parameters
from ripeness.war import ratification, state
from ripeness.war.invariants import CHANGES, INVARIANTS

OPENING = """# The model, number by number

*This page is made from the code by `make docs`. Do not edit it: change the header of the module,
the field or the scenario, and make it again.*

Every world is one draw of all ranges, with its own luck. In it two belligerents fight week by week;
every fourth week they may talk. The page goes through the week in the order in which the program
does, then through what the sides could sign and what they decide, then through the ways in which a
world can end, and closes with what the model cannot say.

Ranges are those of the scenario `{example}`: {all} numbers, of which {open} are ranges and the rest
fixed. By source: {counts}. A range is written low / likely / high; worlds draw from a triangular
distribution unless another one is named. "In the code" are numbers that no scenario can change;
each is assumed unless its line names a source.

Notation: a prime is the value a week later, `_0` a value at the start, `dt` a week in years, `s` a
side and `o` its enemy, `r` a logarithmic advantage in power (0.7 is about twice as strong), `z` a
standard normal draw."""

LIMITS = """## What it cannot say

* **How likely anything is.** A share of worlds follows from the ranges and mechanisms on this page.
  It has not been scored against events.
* **What happens after an escalation.** "Beyond the model" is an exit with a share, not a description.
* **Anything about places.** The line has a length and the sides have areas; there is no map, and no
  war in the air or at sea of its own.
* **What a side learns from talking.** Sides learn from battle and from mediators. That an offer was
  refused teaches nobody anything, and no side bluffs about its strength.
* **What a threat does beforehand.** An ultimatum and a penalty act when they come; nobody adapts to
  them in advance.
* **A peace in steps.** A package is signed whole and ratified whole; it is not carried out in stages.
* **More than two belligerents,** factions within one, or a patron that fights before a settlement.
* **Which theory is right.** Rival theories are drawn by lot; the answer is told for each of them.
* **Whether a peace is just.** Values are what the sides are assumed to want.
"""

NUMBERS_OF = {
    "hurting_stalemate": "stalemate",
    "unequal_priors": "forts",
    "exhaustion": "exhaustion",
}
"""Groups of numbers that belong to a theory rather than to a process of the week."""


def model_page() -> str:
    """Return docs/model.md."""
    parts = [*_opening(), *_week(), *_bargaining(), *_endings(), *_limits()]
    text = "\n".join(part.rstrip() + "\n" for part in parts if part.strip())
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


def _opening() -> Iterator[str]:
    known = numbers()
    open_ = sum(not quantity.fixed for quantity in known.values())
    kinds = [quantity.source.kind for quantity in known.values()]
    counts = ", ".join(
        f"{kinds.count(kind)} {kind}" for kind in ("measured", "published", "elicited", "assumed")
    )
    yield OPENING.format(example=EXAMPLE, all=len(known), open=open_, counts=counts)


def _week() -> Iterator[str]:
    lines = [
        f"{place}. [{title_of(module)}](#{anchor(place, module)})"
        + (" *(every fourth week)*" if place == 12 else "")
        for place, _, module in processes()
    ]
    yield "## The week, in order\n\n" + "\n".join(lines)
    yield (
        "Each process sees what those before it have just written, and what those after it wrote the week "
        "before. Every fourth week begins with the talks: the sides decide on the state at its start, "
        "diplomacy (12) turns that into a regime, and four weeks follow."
    )
    for place, each, module in processes():
        yield f"## {place} {title_of(module).split(':')[0]}"
        yield f"*{title_of(module).partition(': ')[2].capitalize() or title_of(module)}.*"
        yield header(module)
        drawn = streams(module)
        if drawn:
            yield "Luck: " + ", ".join(f"`{name}`" for name in drawn) + "."
        if each.name == "patrons":
            yield "Stated for each patron, as `patrons.NAME.NUMBER`; aid (3) uses some of them:\n"
            yield members_table("patrons", parameters.PatronNumbers)
        yield from group_tables(each.name)
        if each.name == "information" and war().mediators:
            yield "Stated for each mediator, as `mediators.NAME.NUMBER`:\n"
            yield members_table("mediators", parameters.MediatorNumbers)
        if each.name == "calendar":
            yield from _events()
        yield code_numbers(module)


def anchor(place: int, module: ModuleType) -> str:
    """Return the anchor of a process's heading."""
    words = f"{place} {title_of(module).split(':')[0]}".lower()
    return re.sub(r"[^a-z0-9 -]", "", words).replace(" ", "-")


def _events() -> Iterator[str]:
    rows = [
        [
            event.label, event.date.isoformat(), f"`{event.target}`",
            range_of(event.change), source_of(event.change),
        ]
        for event in war().events.values()
    ]  # fmt: skip
    if rows:
        yield f"Dated events of `{EXAMPLE}`:\n"
        yield table(["event", "date", "changes", "by (share)", "source"], rows)


def _votes() -> Iterator[str]:
    rows = [
        [
            vote.label, war().belligerents[vote.side].label, vote.first.isoformat(), str(vote.weeks),
            "once" if vote.every_weeks is None else f"every {vote.every_weeks} weeks",
            "every settlement" if vote.always else "levels that name it",
        ]
        for vote in war().votes.values()
    ]  # fmt: skip
    if rows:
        yield f"Votes on the calendar of `{EXAMPLE}`:\n"
        yield table(["vote", "at home in", "first", "weeks", "again", "waited for by"], rows)


def _bargaining() -> Iterator[str]:
    yield "## What the sides could sign\n"
    yield header(packages)
    yield from _issues()
    yield "### Dates of ratification\n"
    yield header(ratification)
    yield from _votes()
    if war().guarantors:
        yield "### Guarantors\n"
        yield "A level may bring in a guarantor. Stated as `guarantors.NAME.NUMBER`:\n"
        yield members_table("guarantors", parameters.GuarantorNumbers)
    yield "### The efficient frontier\n"
    yield header(frontier)
    yield "### The zone of agreement\n"
    yield header(agreement)
    yield code_numbers(packages, frontier, agreement)
    yield "## What a side sees\n"
    yield header(view)
    yield table(["field", "meaning"], [[f"`{name}`", note] for name, note in fields(view.View)])
    yield "## What a side expects\n"
    yield header(prospects)
    yield code_numbers(prospects)
    yield "## What the sides do\n"
    yield header(strategy_contract)
    yield header(conduct)
    yield header(play)
    yield "An act says:\n"
    yield table(["field", "meaning"], [[f"`{name}`", note] for name, note in fields(state.Acts)])
    yield code_numbers(conduct)
    for theory in STRATEGIES.values():
        module = module_of(theory)
        yield f"### {theory.label}\n"
        yield f"`{theory.name}`: {first_line(module)}.\n"
        yield header(module)
        yield "Its rules, as a run prints them:\n"
        yield "\n".join(f"* {rule}" for rule in theory.rules) + "\n"
        if theory.name in NUMBERS_OF:
            yield from group_tables(NUMBERS_OF[theory.name])
        yield code_numbers(module)


def _issues() -> Iterator[str]:
    known, sides = numbers(), list(war().belligerents)
    yield f"### Issues of `{EXAMPLE}`\n"
    yield (
        "Weight: points, made to add to one in each world. Value: the share of the weight that a level gives. "
        "Red line: in what share of worlds the level is out of the question.\n"
    )
    labels = [war().belligerents[side].label for side in sides]
    for key, issue in war().issues.items():
        weights = "; ".join(
            f"{label} {range_of(known[f'issues.{key}.weight.{side}'])}"
            for side, label in zip(sides, labels, strict=True)
        )
        yield f"**{issue.label}** (`{key}`). Weight: {weights}. Without a deal: `{issue.without_deal}`.\n"
        rows = []
        for name, level in issue.levels.items():
            value = [range_of(level.value[side]) if side in level.value else "" for side in sides]
            red = [
                range_of(level.red_lines[side]) if side in level.red_lines else "" for side in sides
            ]
            rows.append([f"{level.label} (`{name}`)", *value, *red, _brings(level)])
        heads = [f"value: {label}" for label in labels] + [f"red line: {label}" for label in labels]
        yield table(["level", *heads, "brings"], rows) + "\n"


def _brings(level: model.Level) -> str:
    """Return what a level means besides its value."""
    parts = []
    if level.area_held == "current":
        parts.append("the line where it is")
    elif level.area_held:
        parts += [f"{side} holds {range_of(area)} km2" for side, area in level.area_held.items()]
    if level.guarantor:
        parts.append(f"guarantor `{level.guarantor}`")
    if level.sanctions_relief is not None:
        parts.append(f"relief of {range_of(level.sanctions_relief)} of sanctions")
    parts += [f"{side}: at most {range_of(cap)} soldiers" for side, cap in level.force_cap.items()]
    return "; ".join(parts)


def _endings() -> Iterator[str]:
    first, second = war().belligerents
    names = endings.ending_names((first, second))
    yield "## How a world can end\n"
    yield (
        "A world is in one of three regimes (war, ceasefire, settlement) until it leaves them for good. Endings are a "
        "partition: every world has exactly one, and they add to all worlds.\n"
    )
    meaning = {
        "settled": "a settlement is in force at the horizon, the first or a later one",
        "ceasefire holding": "a ceasefire at the horizon, deals that await ratification included",
        "frozen at horizon": "still at war at the horizon",
        "beyond the model": "the war spread, the gravest weapons were used, or both sides collapsed at once",
    }
    rows = [
        [name, meaning.get(name, "the enemy collapsed, or the theatre was conquered")]
        for name in names
    ]
    yield table(["ending", "meaning"], rows)
    yield "What decides a world without a signature (strategies add the rules listed above):\n"
    yield "\n".join(f"* {rule}" for rule in state.RULES) + "\n"
    yield "## What must hold in every world\n"
    yield "Checked by tests, and cheap enough to check in any run (`ripeness.war.invariants`):\n"
    rows = [
        [name, each.holds, "exact" if each.tolerance == 0 else f"{each.tolerance:g}"]
        for registry in (INVARIANTS, CHANGES)
        for name, each in registry.items()
    ]
    yield table(["invariant", "what holds", "relative error allowed"], rows)
    yield f"## Levers of `{EXAMPLE}`\n"
    yield (
        "A lever sets, scales or adds to some numbers in every world; results stay within the bounds of each "
        "number. One without a default leaves the ranges as drawn until it is moved.\n"
    )
    rows = [
        [
            f"`{key}`", lever.label, lever.unit, told(lever.minimum),
            "as drawn" if lever.default is None else told(lever.default), told(lever.maximum),
            "; ".join(f"{effect.operation} `{effect.parameter}`" for effect in lever.effects),
        ]
        for key, lever in war().levers.items()
    ]  # fmt: skip
    yield table(["lever", "what", "unit", "lowest", "default", "highest", "moves"], rows)


def _limits() -> Iterator[str]:
    yield "## What would break it\n"
    yield "From the headers above, collected:\n"
    lines = [
        f"* {title_of(module).split(':')[0]}: {sentence}."
        for _, _, module in processes()
        for sentence in re.findall(r"It would break (.+?)\.(?= |$)", prose(module))
    ]
    yield "\n".join(lines) + "\n"
    yield LIMITS
