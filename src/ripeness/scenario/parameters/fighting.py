"""Numbers of the fighting: the front, combat, manpower."""

from __future__ import annotations

from ripeness.scenario.quantity import Quantity, Strict, number, share

RATE = "per year"


class FrontOfSide(Strict):
    """Territory."""

    area_held: Quantity = number("km2", "area of the theatre held at the start", least=0)
    occupied: Quantity = number(
        "km2", "of the area held at the start, what was the other side's before the war", least=0
    )
    aim_area: Quantity = number("km2", "area held if the side's territorial aims were met", least=0)
    defeat_area: Quantity = number(
        "km2", "area lost within eight weeks that counts as a major defeat", least=0
    )


class FrontOfWar(Strict):
    """How the line moves."""

    people: Quantity = number(
        "people per km2", "people who live in the land that changes hands", least=0, most=5000
    )
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
    refit_gain: Quantity = number(
        "log ratio", "force that units gain when fully rested behind a quiet line", least=0, most=2
    )
    refit_weeks: Quantity = number(
        "weeks", "time in which a quiet line brings two thirds of that gain", least=1
    )


class CombatOfWar(Strict):
    """The law of attrition."""

    refit_wear_weeks: Quantity = number(
        "weeks", "time in which renewed fighting takes two thirds of what rest has added", least=1
    )
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
