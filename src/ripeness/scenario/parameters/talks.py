"""Numbers of what sides believe and how they bargain, the rival theories of ending included."""

from __future__ import annotations

from ripeness.scenario.quantity import Quantity, Strict, number, share

RATE = "per year"


class InformationOfSide(Strict):
    """What this side believes."""

    optimism: Quantity = number(
        "log ratio", "own prior of the hidden advantage, beyond the truth's mean", least=-2, most=2
    )


class InformationOfWar(Strict):
    """How quickly battle teaches."""

    prior_spread: Quantity = number(
        "log ratio", "standard deviation of the prior of the hidden advantage", least=0.001
    )
    obscurity: Quantity = number(
        "ratio", "noise that sides see in battle over the noise there is", least=1
    )
    drift_of_belief: Quantity = number(
        "log ratio", "standard deviation a year of changes nobody announces", least=0
    )
    trend: Quantity = share(
        "share of the last half year's change in power that sides expect to go on"
    )


class DiplomacyOfSide(Strict):
    """What this side wants from talks and peace."""

    war_cost: Quantity = number(
        RATE, "cost of a year of war at the start's rates, in shares of the stakes", least=0, most=2
    )
    casualty_weight: Quantity = share(
        "share of that cost which moves with casualties; the rest with the economy"
    )
    patience: Quantity = share("weight of a year from now relative to now")
    planning: Quantity = number(
        "months", "how far ahead this side looks when it weighs fighting on", least=1, most=120
    )
    image: Quantity = share(
        "value of being seen at talks, which makes this side attend without interest"
    )
    attack_cost: Quantity = share(
        "cost of resuming the war from a ceasefire, in shares of the stakes"
    )
    fear: Quantity = share(
        "value given up to be sure that the enemy keeps a settlement, in shares of the stakes"
    )
    breach_cost: Quantity = share("cost of breaking a signed settlement, in shares of the stakes")


class DiplomacyOfWar(Strict):
    """How talks work."""

    signing_chance: Quantity = share(
        "monthly chance that an open zone of agreement becomes a signature"
    )
    ceasefire_chance: Quantity = share("monthly chance that a ceasefire both prefer is declared")
    precision: Quantity = number(
        "per stake", "how sharply decisions follow expected gains (logit)", least=1, most=1000
    )
    reconsider: Quantity = number(
        RATE, "how often a side that is indifferent breaks what was agreed", least=0
    )
    decisiveness: Quantity = number(
        "per log ratio", "how sharply terms at the end of a war follow power", least=0, most=20
    )
    violations: Quantity = share("losses in a ceasefire over those of the war")
    provocation: Quantity = share(
        "what answering a month's incidents along a ceasefire line is worth, in shares of the stakes"
    )
    incidents_in_peace: Quantity = share("incidents in a settlement over those in a ceasefire")
    monitoring: Quantity = share("share of incidents cleared up before anything is signed")
    guarantor_caution: Quantity = number(
        "per unit", "log odds that a guarantor honours its word, lost at full tension", least=0
    )
    ceasefire_cost: Quantity = share("cost of a month of ceasefire over that of a month of war")
    ratification_months: Quantity = number(
        "months", "time from signature to force", least=0, most=24
    )
    ratification_chance: Quantity = share(
        "chance that a settlement passes at home whose levels move nobody there"
    )
    pause_months: Quantity = number(
        "months", "time before talks resume after a failure at home", least=0, most=36
    )
    attention: Quantity = number(
        "months", "months of talks that count as a reputation for delay", least=1
    )


class StalemateOfWar(Strict):
    """Zartman's ripeness."""

    months: Quantity = number(
        "months", "months without movement that count as a stalemate", least=1
    )
    pain: Quantity = number(
        RATE, "cost of war a year at which a stalemate hurts, in shares of the stakes", least=0
    )
    hope: Quantity = number(
        "log ratio", "expected advantage below which a side sees no way to win", least=0
    )


class FortsOfWar(Strict):
    """War as a walk over forts, as sides with unequal priors picture it."""

    count: Quantity = number(
        "forts",
        "forts between the sides' territorial aims (a battle is about one)",
        least=2,
        most=60,
    )
    battle_weeks: Quantity = number(
        "weeks", "weeks of fighting at the start's tempo that make a battle", least=1, most=260
    )
    decisiveness: Quantity = number(
        "per log ratio", "how sharply the odds of a battle follow power", least=0, most=5
    )
    prior_battles: Quantity = number(
        "battles", "battles that a side's own prior is worth to it", least=1, most=200
    )


class ExhaustionOfSide(Strict):
    """When this side can bear no more."""

    breaking_point: Quantity = share(
        "what is left to endure, over the start's, at which this side gives way"
    )


class ExhaustionOfWar(Strict):
    """Wars of attrition."""

    assessment: Quantity = share("how far a side reckons with what the enemy has left")
