"""Words of ours by which kinds of claims, events and quantities are suggested. Data, no logic."""

from __future__ import annotations

from typing import Final

KIND_CUES: Final[dict[str, tuple[tuple[str, float], ...]]] = {
    "necessary": (
        (r"\bonly (\w+ )?(if|when|once|after|as a result|in case)|\bunless\b|\buntil\b", 3),
        (r"\b(cannot|not|no|never)\b.{0,90}\bwithout\b|\bpossible only\b|\bonly be possible\b", 3),
        (r"\brequires?\b|\bmust first\b|\bdepends? on\b|\bonly\b.{3,160}\b(can|could)\b", 2),
    ),
    "only way": ((r"\bonly (way|path|route|option|means)\b", 5),),
    "sufficient": (
        (r"\b(enough to|would suffice|suffices?|is all it takes)\b", 3),
        (r"\b(would|could) (force|make|bring|compel|convince)\b", 1.5),
    ),
    "insufficient": (
        (r"\b(not enough|insufficient|will not suffice|falls? short|toothless|work(s|ed)? around)\b", 3),
        (r"\b(limited|blunted?|undermined?|obstacles?|unpopular|despite|however)\b", 1),
    ),
    "not within": (
        (r"\b(not|cannot|n['\u2019]t)\b.{0,60}\b(weeks|days|months|horizon|soon|overnight)\b", 3),
        (r"\b(months|seasons|years)\b.{0,30}\b(rather|not weeks|or (even )?more)\b"
         r"|\btakes? (months|years)\b", 2),
        (r"\bmonths or\b|\blong (time|way)\b", 1),
    ),
    "no effect": (
        (r"\b(no (real )?(say|effect|influence|impact)|makes? no difference|will not change)\b", 4),
        (r"\b(cannot|not|n['\u2019]t)\b.{0,20}\b(change|settle|alter|affect|solve)\b", 1.5),
    ),
    "effect": (
        (r"\b(leads?|led) to\b|\bresults? in\b|\bcauses?\b|\bbecause of\b|\bdue to\b", 2),
        (r"\b(push(es|ing)?|forc(e|es|ing)|pressur(e|es|ing)|compel\w*|driv(e|es|ing)"
         r"|deters?|prevents?)\b", 1.5),
        (r"\b(helps?|allows?|enables?|improves?|increases?|reduces?|raises?|lowers?|motivat\w+|bridge)\b", 1),
        (r"\b(if|should)\b.{3,120}\b(will|would|could)\b", 0.5),
    ),
    "interaction": ((r"\b(together with|combined with|corroborated with|coupled with|alongside)\b", 2),),
    "association": (
        (r"\bthe (more|longer|higher|greater)\b.{3,80}\bthe (more|longer|higher|greater|less)\b", 4),
        (r"\b(increasingly|as .{3,60} (rise|grow|fall|increase)|whenever|tends? to"
         r"|accordingly|reassess)\b", 1.5),
    ),
    "trend": ((r"\b(becoming|growing|rising|more and more|intensif\w+|steadily|increasingly)\b", 2),),
    "base rate": (
        (r"\b(has|have) (always|never)\b|\bin the past\b|\bhistor(y|ically)\b"
         r"|\bprevious(ly)?\b|\balready been\b", 2),
        (r"\b(1[89]|20)\d\d\b.{0,120}\b(collapsed|failed|broken|violat\w+|agreed|invad\w+)\b", 2),
    ),
    "improbable": (
        (r"\b(very )?(low[- ]probability|unlikely|improbable|no chance|hardly)\b", 3),
        (r"\bcannot (achieve|win|reach)\b|\balmost certainly not\b", 2),
    ),
    "state": (
        (r"\b(believes?|feels?|thinks?|expects?|knows?|is convinced|seems? to (feel"
         r"|think))\b.{0,50}\b(win|lose|time|strong)", 3),
        (r"\b(no (reason|incentive|interest)|not interested|unwilling\w*|why (would"
         r"|bargain|compromise)|is winning)\b", 2.5),
        (r"\b(is|are) (preparing|ready|not ready|relying|relies)\b", 1),
    ),
    "instrument": (
        (r"\b(in order to|so as (not )?to|aims? to|to (gain|buy|win) time|as an? (tool"
         r"|instrument|tactic|maneuver))\b", 3),
        (r"\b(delay\w*|stall\w*|tactic\w*|pretext|rhetoric|strategy|maneuver"
         r"|want to be seen|uses?|hope)\b", 1.5),
    ),
    "diagnostic": (
        (r"\b(sign|signal|signs|signals|shows?|indicat\w+|reveal\w*|reflected in|points? to|proof)\b", 1.5),
        (r"\b(delegation|low[- ]?(level|rank)|composition)\b", 2),
    ),
    "information": ((r"\b(test(ed|ing)?|find out|know whether|untested|test the waters|probe)\b", 3),),
    "comparison": (
        (r"\b(more|less|bigger|greater|rather|better|worse)\b.{0,80}\bthan\b|\bbigger (concern|problem)\b", 2),
    ),
    "trade-off": (
        (r"\b(at the (cost|price|expense) of|trade[- ]?off|in exchange for"
         r"|on the other hand|but .{0,40} price)\b", 3),
        (r"\bguarantees?\b.{0,120}\b(go along|sign|accept|territor\w+)\b", 1.5),
    ),
    "empty zone": (
        (r"\b(no common ground|irreconcilable|incompatible|could not accept"
         r"|what .{2,20} could not|red lines?)\b", 3),
        (r"\b(while|yet|but)\b.{3,120}\b(reject\w*|insist\w*|refus\w*|unacceptable)\b", 1.5),
    ),
    "terms": (
        (r"\b(compromis\w+|concessions?|concede|terms|demands?|withdraw\w*|neutrality|recogni[sz]\w+)\b", 1.5),
        (r"\b(territor\w+|status of|security guarantees|membership)\b", 0.5),
    ),
    "binding constraint": (
        (r"\b(not (running )?(out of )?\w+,? but|bottleneck|limiting|running out of|shortage|short of)\b", 3),
    ),
    "asymmetric gain": (
        (r"\b(ceasefire|truce|pause)\b.{0,160}\b(regroup|rearm|rest|advantage|initiative"
         r"|great|benefit\w*)\b", 4),
        (r"\b(rest and recover|regroup|rearm)\b", 2),
    ),
    "alternative cause": (
        (r"\b(rather than because|not because|instead|following significant victor\w+"
         r"|lock in|consolidate)\b", 2),
    ),
}  # fmt: skip
"""Patterns and weights; the weights are assumed. Kinds that the program does not know are passed over."""

NAME_WORDS: Final[dict[str, str]] = {
    "settlement": "peace deal agreement treaty negotiated accord settle end war talks negotiate resolution",
    "ceasefire": "truce armistice pause freeze hostilities",
    "front_stable": "stabilise stabilized lines stalemate frozen frontline battlefield",
    "zone_open": "compromise common ground acceptable both agree terms deal",
    "major_defeat": "defeats setbacks failures losses collapse rout lost territory battlefield",
    "victory": "win winning victorious triumph liberate liberation defeat conquer",
    "resumption": "restart renewed invade again resume attack rearm truce",
    "breach": "violate violation break broken collapsed betray assurances",
    "spread": "escalate escalation nuclear alliance neighbouring wider larger NATO spill",
    "war_returned": "again return renewed recover invade larger later",
    "area_held": "territory occupied land regions control hold ceding",
    "casualties": "losses dead wounded killed casualties toll soldiers",
    "casualty_rate": "losses casualties attrition heavy rate",
    "troops": "soldiers army forces men manpower brigade personnel",
    "equipment": "weapons tanks missiles munitions arms artillery hardware",
    "men_bind": "manpower shortage thin men not weapons running out",
    "men_bound_share": "manpower shortage men weapons running out peril",
    "output": "economy economic production GDP",
    "strain": "economy economic damage sanctions strain pressure growing mounting",
    "support": "public opinion population society people domestic home weary",
    "security": "leader regime power elite position legitimacy dissent",
    "leader_exit_risk": "leader ousted removed coup lose power",
    "aid_pledged": "aid support military assistance West deliveries pledge supply supplying",
    "aid_absorbed": "training equipment delivered absorbed logistics brigade desertion command",
    "sanctions_felt": "sanctions tariffs evade evasion penalties economy secondary",
    "morale": "morale desertion desert exhausted spirit",
    "mean_age": "age old young average",
    "intake": "mobilise mobilisation draft conscription recruits recruitment manpower address",
    "deserted": "desertion deserted desertions",
    "pace": "advance slow progress stalemate stalled gains",
    "own_expected_advantage": "believes winning expects confident optimistic thinks feels victory",
    "own_advantage": "stronger weaker balance power regroup initiative rest recover",
    "own_area_change": "gains gained advance reclaim reclaiming lost conquer progress",
    "reservation": "demands willing compromise concessions concession settle accept conciliatory readiness",
    "real": "sincere earnest serious ready willing genuine interest readiness authentic dialogue",
    "attending": "talks negotiations attend participate participation table seen",
    "rank": "delegation level low-rank composition sent",
    "zone_width": "common ground positions gap distance bridge divides",
    "attempts": "signed signing sign deals",
    "failed_ratifications": "parliament vote voting ratify ratification referendum approve pass",
    "peace_holds": "lasting durable permanent hold safe peace prevent",
    "breach_chance": "violate break guarantee deter attack again",
    "resume_chance": "restart resume truce rearm attack",
    "first_guarantee": "guarantee guarantees assurances protection NATO alliance membership umbrella",
    "guarantee_would_sign": "guarantee accept go along sign membership alliance reject",
    "guarantee_holds": "guarantee hold deter deters respect alliance clause article attack",
    "guarantee_attacks": "guarantee attack tripwire deter peacekeepers",
    "conceded": "concessions concede compromise territorial give up withdraw neutrality",
    "deal_worth": "unfavourable terms poor deal worse favourable",
    "tension": "nuclear escalation missiles sabre-rattling signalling",
    "exit_risk": "nuclear escalation NATO wider war alliance neighbouring invasion",
    "willingness": "patience fatigue attention focus limbo support domestic base",
    "gain_from_attending": "gain time delay pressure tool postponement diplomatic",
    "breakthroughs": "breakthrough offensive counteroffensive",
    "killed": "killed dead deaths lives",
}
"""Synonyms, for names whose own meaning uses other words than reports do."""
