"""What must be said about a war: one group of quantities per process of the week.

Groups ``...OfSide`` are stated for each belligerent, ``...OfWar`` once. Both kinds meet again in
the simulation under the name of their process (``parameters.manpower.pool`` has shape
``(side, world)``, ``parameters.front.theatre`` has shape ``(world,)``). Equations: the headers of
``ripeness.war.processes``.
"""

from __future__ import annotations

from ripeness.scenario.quantity import Quantity, Strict, number, share

RATE = "per year"


class FrontOfSide(Strict):
    """Territory."""

    area_held: Quantity = number("km2", "area of the theatre held at the start", least=0)
    aim_area: Quantity = number("km2", "area held if the side's territorial aims were met", least=0)
    defeat_area: Quantity = number(
        "km2", "area lost within eight weeks that counts as a major defeat", least=0
    )


class FrontOfWar(Strict):
    """How the line moves."""

    mobility: Quantity = number(
        "km2 per week", "drift per unit of logarithmic power advantage", least=0
    )
    advantage_needed: Quantity = number(
        "log ratio", "advantage at which defence stops absorbing attack", least=0
    )
    noise: Quantity = number(
        "km2 per week", "standard deviation of a week's change, not explained", least=0
    )
    fortification_effect: Quantity = share("share of drift stopped by a fully fortified line")
    fortification_weeks: Quantity = number(
        "weeks", "time to fortify a line that has come to rest", least=1
    )
    stable_pace: Quantity = number(
        "km2 per week", "mean pace below which the front counts as stable", least=0
    )
    stable_weeks: Quantity = number(
        "weeks", "weeks below that pace that make the front stable", least=1
    )
    breakthrough_rate: Quantity = number(
        RATE, "breakthroughs by a side of equal power", least=0, most=12
    )
    breakthrough_advantage: Quantity = number(
        "per log ratio", "growth of that rate with advantage", least=0
    )
    breakthrough_thinness: Quantity = number(
        "exponent", "growth of that rate as the line grows thin", least=0
    )
    thin_density: Quantity = number(
        "soldiers per km", "density below which a line counts as thin", least=0
    )
    breakthrough_area: Quantity = number("km2", "mean area of a breakthrough", least=0)
    length: Quantity = number("km", "length of the front", least=1)
    conquest_share: Quantity = share("share of the theatre at which a side has won outright")
    season: Quantity = share("amplitude of the seasons in the tempo of operations")
    worst_week: Quantity = number(
        "week of year", "week of the year with the slowest operations", least=0, most=53
    )


class CombatOfSide(Strict):
    """Losses and equipment."""

    casualties: Quantity = number(
        "soldiers per week", "killed and wounded at the start's tempo", least=0
    )
    killed_share: Quantity = share("share of casualties killed")
    disabled_share: Quantity = share("share of casualties who survive and never return")
    recovery_weeks: Quantity = number("weeks", "mean time until the other wounded return", least=1)
    quality: Quantity = number(
        "log ratio", "fighting power per unit of force that nobody can see", least=-3, most=3
    )
    equipment: Quantity = number(
        "bn EUR", "replacement value of equipment and munitions at the start", least=0.001
    )
    sufficiency: Quantity = number(
        "ratio", "equipment at the start over what the troops at the front need", least=0.05
    )
    wear: Quantity = number(
        RATE, "share of equipment worn out or destroyed at the start's tempo", least=0
    )
    assault: Quantity = share("share of effort spent on attack at the start")


class CombatOfWar(Strict):
    """The law of attrition."""

    cover: Quantity = share(
        "share of losses that a full fortification spares a side that only defends"
    )
    enemy_exponent: Quantity = number(
        "exponent", "losses grow with enemy force to this power", least=0, most=2
    )
    own_exponent: Quantity = number(
        "exponent", "losses grow with own troops exposed to this power", least=0, most=2
    )
    assault_response: Quantity = number(
        "per log ratio", "growth of attack with the expected advantage", least=0
    )
    loss_noise: Quantity = number(
        "log ratio", "standard deviation of a week's losses, not explained", least=0
    )
    assault_premium: Quantity = number("ratio", "extra losses of a side that only attacks", least=0)
    substitution: Quantity = number(
        "exponent", "how hard men and equipment replace each other", least=0.1, most=20
    )


class ManpowerOfSide(Strict):
    """Who can be sent, who is sent, who leaves."""

    troops: Quantity = number("soldiers", "soldiers in the theatre at the start", least=1)
    pool: Quantity = number(
        "people", "people who could be recruited or mobilised at the start", least=0
    )
    newly_eligible: Quantity = number(
        "people per year", "people who come of age and are eligible", least=0
    )
    intake: Quantity = number("soldiers per week", "recruits and mobilised at the start", least=0)
    intake_ceiling: Quantity = number(
        "ratio", "highest intake over the intake at the start", least=1
    )
    mobilisation_age: Quantity = number("years", "youngest age of mobilisation", least=16, most=60)
    reference_age: Quantity = number("years", "age for which `pool` is stated", least=16, most=60)
    cohort: Quantity = number(
        "people per year of age", "people added to the pool per year of lower age", least=0
    )
    training_weeks: Quantity = number("weeks", "time between intake and the front", least=2)
    desertion: Quantity = number(RATE, "desertions per soldier at the start's morale", least=0)
    discharge: Quantity = number(RATE, "discharges per soldier", least=0)
    morale: Quantity = share("morale at the start")
    mean_age: Quantity = number("years", "mean age of the troops at the start", least=16, most=60)


class ManpowerOfWar(Strict):
    """How soldiers react."""

    morale_effect: Quantity = number(
        "exponent", "fighting power over morale relative to the start", least=0
    )
    age_effect: Quantity = number(
        "per year", "fighting power lost per year of higher mean age", least=0
    )
    desertion_effect: Quantity = number("per unit", "growth of desertion with lost morale", least=0)
    loss_effect: Quantity = number("per unit", "morale lost when the loss rate doubles", least=0)
    retreat_effect: Quantity = number(
        "per unit", "morale lost while losing ground at the major-defeat pace", least=0
    )
    morale_weeks: Quantity = number("weeks", "time for morale to adjust", least=1)
    largest_force: Quantity = number(
        "ratio", "troops over the start's above which a side recruits no more", least=1
    )
    depletion: Quantity = number(
        "exponent", "intake falls with the share of the pool that is left", least=0, most=4
    )
    effort_weeks: Quantity = number("weeks", "time to change the rate of intake", least=1)


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
    ratification_chance: Quantity = share("chance that a signed settlement passes at home")
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


class PatronNumbers(Strict):
    """One patron: what it gives, how fast, and what it wants."""

    military: Quantity = number("bn EUR per month", "military aid pledged at the start", least=0)
    financial: Quantity = number("bn EUR per month", "financial aid pledged at the start", least=0)
    level: Quantity = number("ratio", "new pledges over those at the start", least=0)
    fatigue: Quantity = number(RATE, "share of willingness lost", least=-1, most=2)
    volatility: Quantity = number("per root year", "standard deviation of willingness", least=0)
    setback_effect: Quantity = number(
        "per unit", "willingness gained when the client suffers a major defeat"
    )
    attention_shift: Quantity = share("share of new pledges that stops while talks are on")
    delay_weeks: Quantity = number("weeks", "time from pledge to delivery", least=3)
    absorption: Quantity = number(
        "bn EUR per month", "deliveries that the client can train for and use", least=0.001
    )
    fit: Quantity = share("share of deliveries that fit the client's forces at best")
    surge: Quantity = number("ratio", "aid in the surge over what was pledged", least=0)
    surge_week: Quantity = number("week", "week in which the surge starts", least=0, most=520)
    surge_weeks: Quantity = number("weeks", "length of the surge", least=0, most=520)
    peace_share: Quantity = share("share of pledges that goes on after a settlement")
    client_leverage: Quantity = share(
        "cost of a year of war added to the client by an impatient patron"
    )
    enemy_leverage: Quantity = share(
        "cost of a year of war added to the enemy by an impatient patron"
    )
    impatience_months: Quantity = number(
        "months", "months of war after which the patron is impatient", least=1
    )


class GuarantorNumbers(Strict):
    """One guarantor of a settlement."""

    credibility: Quantity = share("chance that the guarantee is honoured")
    capacity: Quantity = number(
        "ratio", "force it would bring, over the force of the side protected at the start", least=0
    )
    delay_months: Quantity = number("months", "time until the guarantee is in place", least=0)
    cost: Quantity = number(
        "per doubling",
        "log odds of honouring it lost each time the enemy doubles its force over the side protected",
        least=0,
    )
    monitoring: Quantity = share("share of incidents along the line that it clears up")


class MediatorNumbers(Strict):
    """One mediator."""

    credibility: Quantity = share("weight of what it says")
    information: Quantity = share(
        "share of an ordinary error in beliefs that its information would remove in a year"
    )
    leverage: Quantity = number(
        "ratio", "growth of the chance that an open zone becomes a signature", least=0
    )
    entry_week: Quantity = number("week", "week in which it starts", least=0, most=520)
    bias: Quantity = share(
        "share of what it tells for its favourite that the other side does not believe"
    )
