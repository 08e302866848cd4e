"""THE week, in order. Adding a process is one file and one line here."""

from __future__ import annotations

from typing import Final

from ripeness.war.process import Process
from ripeness.war.processes.aid import Aid
from ripeness.war.processes.calendar import Calendar
from ripeness.war.processes.combat import Combat
from ripeness.war.processes.diplomacy import Diplomacy
from ripeness.war.processes.economy import Economy
from ripeness.war.processes.escalation import Escalation
from ripeness.war.processes.front import Front
from ripeness.war.processes.home_front import HomeFront
from ripeness.war.processes.information import Information
from ripeness.war.processes.manpower import Manpower
from ripeness.war.processes.patrons import Patrons
from ripeness.war.processes.sanctions import Sanctions

EVERY_WEEK: Final[tuple[Process, ...]] = (
    Calendar(),  # 1 dated inputs, elections, deadlines, surges
    Patrons(),  # 2 willingness, pledges, pressure
    Aid(),  # 3 pipeline, delay, absorption
    Sanctions(),  # 4 intensity, evasion, secondary measures, penalties for delay
    Economy(),  # 5 output, war share, strain, production
    Manpower(),  # 6 pool, mobilisation, training, desertion, morale, age
    Combat(),  # 7 force, tempo, losses
    Front(),  # 8 drift, breakthrough, stability
    HomeFront(),  # 9 opinion, leader, collapse
    Escalation(),  # 10 tension, signals, exit beyond the model
    Information(),  # 11 what each side believes
)

EVERY_MONTH: Final = Diplomacy()  # 12 attendance, signature, ratification, compliance
