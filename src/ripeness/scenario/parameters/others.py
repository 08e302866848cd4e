"""Numbers of who else is in it: patrons, guarantors, mediators."""

from __future__ import annotations

from ripeness.scenario.quantity import Quantity, Strict, number, share

RATE = "per year"


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
