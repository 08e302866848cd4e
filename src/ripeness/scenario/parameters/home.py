"""Numbers of what stands behind the fighting: economies, sanctions, home fronts, escalation."""

from __future__ import annotations

from ripeness.scenario.quantity import Quantity, Strict, number, share

RATE = "per year"


class EconomyOfSide(Strict):
    """Output and its use."""

    output: Quantity = number("bn EUR per year", "gross domestic product at the start", least=0)
    growth: Quantity = number(
        RATE, "growth without war, sanctions and strain", least=-0.5, most=0.5
    )
    war_share: Quantity = share("share of output spent on the war at the start")
    war_share_ceiling: Quantity = share("highest share of output that can be spent on the war")
    sustainable_share: Quantity = share("share of output that can be spent without growing strain")
    equipment_share: Quantity = share("share of war spending that becomes equipment and munitions")
    strain: Quantity = share("economic strain at the start (0 none, 1 breakdown)")
    war_damage: Quantity = number(RATE, "output destroyed by the war", least=0, most=1)


class EconomyOfWar(Strict):
    """How economies react."""

    conversion_weeks: Quantity = number("weeks", "time to move output to the war", least=1)
    strain_gain: Quantity = number(
        RATE, "strain built per unit of unsustainable war spending", least=0
    )
    strain_relief: Quantity = number(RATE, "strain relieved", least=0)
    strain_drag: Quantity = number(RATE, "growth lost at full strain", least=0)
    aid_relief: Quantity = share("share of financial aid that replaces own war spending")
    investment_return: Quantity = number(
        RATE, "growth bought by a year's payments worth a year's output", least=0, most=2
    )


class SanctionsOfSide(Strict):
    """Sanctions on this side."""

    intensity: Quantity = share("intensity of the sanctions on this side at the start")
    evasion: Quantity = share("share of their effect evaded at the start")
    evasion_ceiling: Quantity = share("highest share evaded")
    evasion_rate: Quantity = number(RATE, "speed at which evasion is learned", least=0)
    damage: Quantity = number(
        RATE, "growth lost under full sanctions without evasion", least=0, most=1
    )
    strain: Quantity = number(RATE, "strain built under full sanctions without evasion", least=0)
    penalty: Quantity = number(
        "per month", "intensity added for every month without a deal", least=0, most=1
    )
    secondary: Quantity = share("intensity added if the ultimatum passes without progress")


class SanctionsOfWar(Strict):
    """Threats."""

    deadline_week: Quantity = number(
        "week", "week in which the ultimatum ends; 0 for none", least=0, most=520
    )
    ultimatum_kept: Quantity = share("chance that the threat is carried out")
    ultimatum_aid: Quantity = number(
        "ratio", "aid to the victim of a refusal, over what was pledged", least=0
    )


class HomeFrontOfSide(Strict):
    """Opinion and the leader."""

    support: Quantity = share("share of the public that supports going on at the start")
    casualty_effect: Quantity = number(
        "per log10", "support lost when cumulative losses grow tenfold", least=0
    )
    strain_effect: Quantity = number("per unit", "support lost at full strain", least=0)
    rally_effect: Quantity = number(
        "per unit", "support gained by a side that has just lost ground", least=0
    )
    repression: Quantity = share("how far the leader is shielded from opinion")
    losses: Quantity = number("soldiers", "killed and wounded before the start", least=1)
    leader_exit: Quantity = number(
        RATE, "chance that the leader leaves office, secure", least=0, most=1
    )
    leader_cost: Quantity = share(
        "leader's own cost of signing less than victory, in shares of the stakes"
    )


class HomeFrontOfWar(Strict):
    """How home fronts react."""

    opinion_weeks: Quantity = number("weeks", "time for opinion to adjust", least=1)
    insecurity_effect: Quantity = number(
        "per unit", "growth of leader exit with lost security", least=0
    )
    collapse_rate: Quantity = number(
        RATE, "collapse of a side of equal power and full support", least=0
    )
    collapse_advantage: Quantity = number(
        "per log ratio", "growth of that rate with the enemy's advantage", least=0
    )
    collapse_support: Quantity = number(
        "per unit", "growth of that rate with lost support", least=0
    )
    leader_costs: Quantity = share("leaders' own costs: 1 as stated, 0 switched off")


class EscalationOfSide(Strict):
    """Willingness to frighten."""

    doctrine: Quantity = share("readiness to threaten with the gravest weapons")
    dread: Quantity = share("loss if the war leaves the model, in shares of the stakes")


class EscalationOfWar(Strict):
    """Spread and exit beyond the model."""

    tension: Quantity = share("tension at the start")
    calm_weeks: Quantity = number("weeks", "time for tension to fade", least=1)
    aid_effect: Quantity = number("per unit", "tension raised when aid doubles", least=0)
    defeat_effect: Quantity = number(
        "per unit", "tension raised by a threatening side in retreat", least=0
    )
    signal_rate: Quantity = number(RATE, "signals of escalation at full tension", least=0)
    restraint: Quantity = share("patrons' willingness lost after a signal")
    exit_rate: Quantity = number(
        RATE, "spread of the war or use of the gravest weapons, without tension", least=0, most=1
    )
    exit_effect: Quantity = number("per unit", "growth of that rate with tension", least=0)
