"""What must be said about a war: one group of quantities per process of the week.

Groups ``...OfSide`` are stated for each belligerent, ``...OfWar`` once. Both kinds meet again in
the simulation under the name of their process (``parameters.manpower.pool`` has shape
``(side, world)``, ``parameters.front.theatre`` has shape ``(world,)``). Equations: the headers of
``ripeness.war.processes``.
"""

from __future__ import annotations

from ripeness.scenario.parameters.fighting import (
    CombatOfSide,
    CombatOfWar,
    FrontOfSide,
    FrontOfWar,
    ManpowerOfSide,
    ManpowerOfWar,
)
from ripeness.scenario.parameters.home import (
    EconomyOfSide,
    EconomyOfWar,
    EscalationOfSide,
    EscalationOfWar,
    HomeFrontOfSide,
    HomeFrontOfWar,
    SanctionsOfSide,
    SanctionsOfWar,
)
from ripeness.scenario.parameters.others import (
    GuarantorNumbers,
    MediatorNumbers,
    PatronNumbers,
)
from ripeness.scenario.parameters.talks import (
    DiplomacyOfSide,
    DiplomacyOfWar,
    ExhaustionOfSide,
    ExhaustionOfWar,
    FortsOfWar,
    InformationOfSide,
    InformationOfWar,
    StalemateOfWar,
)

__all__ = [
    "CombatOfSide",
    "CombatOfWar",
    "DiplomacyOfSide",
    "DiplomacyOfWar",
    "EconomyOfSide",
    "EconomyOfWar",
    "EscalationOfSide",
    "EscalationOfWar",
    "ExhaustionOfSide",
    "ExhaustionOfWar",
    "FortsOfWar",
    "FrontOfSide",
    "FrontOfWar",
    "GuarantorNumbers",
    "HomeFrontOfSide",
    "HomeFrontOfWar",
    "InformationOfSide",
    "InformationOfWar",
    "ManpowerOfSide",
    "ManpowerOfWar",
    "MediatorNumbers",
    "PatronNumbers",
    "SanctionsOfSide",
    "SanctionsOfWar",
    "StalemateOfWar",
]
