"""Words that attribute, in all their forms, and the small words that tell a clause from a noun.

Verbs are given by their base form and grouped by what follows them. *Bare* verbs take a clause
without a link ("said the talks would fail"), *linked* verbs need "that", a question word or a
quotation, and *asking* verbs a question word or a quotation. The lists are ours, from reading
reports; they were extended on the development half of the corpus that
``benchmarks/extraction.py`` names, and on no other text.
"""

from __future__ import annotations

from typing import Final

from ripeness.sources.statements.statement import Manner
from ripeness.sources.statements.words import word_set

_SAYING_BARE: Final = """
say said claim argue suggest state write wrote written add report announce declare assert allege
contend insist estimate predict admit acknowledge explain testify tell told maintain confirm
"""
_SAYING_LINKED: Final = """
warn note stress emphasise emphasize reiterate reaffirm repeat underline underscore point-out
mention indicate reveal show demonstrate conclude recommend propose promise pledge vow swear swore
sworn threaten caution complain reply respond answer remark comment observe concede deny agree
guarantee advise inform convince persuade assure remind teach taught post tweet signal hint imply
disclose recall clarify specify certify rule order demand urge request boast joke quip counter
retort recount relate proclaim profess affirm attest submit forecast foretell speculate theorize
theorise hypothesize calculate determine discover illustrate prove suspect accept recognise
recognize illustrate ensure see saw seen find found cite quote charge accuse
"""
_THINKING_BARE: Final = """
think thought believe hope know knew known feel felt expect guess suppose assume reckon wish fear
imagine doubt realise realize understand understood hear heard consider bet presume figure suspect
anticipate find found
"""
_THINKING_LINKED: Final = """
learn learnt remember forget forgot forgotten decide decided worry foresee foresaw notice
dream appreciate judge regret care
"""
_ASKING: Final = """
ask wonder question inquire enquire discuss describe examine explore outline detail address
investigate
"""

_IRREGULAR: Final = word_set(
    """said wrote written told swore sworn taught saw seen found meant thought knew known felt
    understood heard learnt forgot forgotten foresaw point-out"""
)


def _forms(verb: str) -> set[str]:
    """Return the forms of a regular verb; an irregular form stands for itself."""
    if verb in _IRREGULAR:
        return {verb}
    if verb.endswith("e"):
        return {verb, verb + "s", verb + "d", verb[:-1] + "ing"}
    if verb.endswith("y") and verb[-2] not in "aeou":
        return {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    if verb in ("submit", "admit", "regret", "quip"):
        return {verb, verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    if verb.endswith(("sh", "ch", "ss", "x")):
        return {verb, verb + "es", verb + "ed", verb + "ing"}
    return {verb, verb + "s", verb + "ed", verb + "ing"}


def _all_forms(verbs: str) -> frozenset[str]:
    return frozenset(form for verb in verbs.split() for form in _forms(verb))


BARE: Final = _all_forms(_SAYING_BARE) | _all_forms(_THINKING_BARE)
ASKING: Final = _all_forms(_ASKING)
THINKING: Final = _all_forms(_THINKING_BARE) | _all_forms(_THINKING_LINKED)
CUES: Final = (
    BARE | ASKING | THINKING | _all_forms(_SAYING_LINKED)
) - {"saiding", "rules", "order", "orders", "charges", "figures"}  # fmt: skip
CLAUSAL: Final = _all_forms(
    "say said think thought believe hope claim guess suppose reckon wish fear imagine bet presume"
)
"""Verbs behind which almost anything is a clause; other bare verbs need a plain finite verb."""

STRICT: Final = word_set("find finds found see sees saw seen show shows")
"""Verbs that mostly do not attribute; their clause must be plain to see."""

WITH_OUT: Final = frozenset({"point", "points", "pointed", "pointing"})
"""Cues if "out" follows."""

REFLEXIVES: Final = word_set("itself himself herself themselves myself ourselves yourself")
BEING: Final = word_set("is are was were be been being 's 're 'm")

TELLS: Final = word_set(
    """tell tells told telling inform informs informed warn warns warned remind reminds reminded assure
    assures assured advise advises advised convince convinces convinced persuade persuades persuaded
    teach teaches taught ask asks asked show shows showed promise promised promises"""
)
"""Verbs with somebody addressed between them and what they say."""

SURE: Final = word_set(
    """aware convinced confident certain sure pleased afraid surprised disappointed
    alarmed hopeful optimistic pessimistic adamant clear worried concerned
    doubtful sceptical skeptical"""
)
"""Adjectives with a clause: "is convinced that"."""

NOUNS: Final = word_set(
    """claim statement assertion conclusion view opinion belief hope fear warning prediction
    suggestion impression idea argument assumption assessment promise announcement declaration
    allegation doubt expectation conviction position"""
)
EXPRESSING: Final = word_set(
    """come comes came reach reached reaches express expresses expressed voice voiced make makes made
    issue issued repeat repeated repeats share shares shared hold holds held take takes took defend
    defends defended reject rejects rejected dismiss dismissed dismisses"""
)
"""Nouns with a clause, and the verbs that make them an attribution: "came to the conclusion that"."""

ASIDE: Final = word_set("what how why whether who")
KNOWING: Final = _all_forms(
    """know knew known ask wonder say said tell told explain decide decided see remember learn
    understand discuss describe sure announce reveal determine forget forgot show reveal"""
)
"""Question words that follow any cue, and cues that "which", "when", "where" and "if" follow too."""

PRONOUNS: Final = word_set("i you he she it we they who")
SUBJECTS: Final = PRONOUNS | word_set(
    "this that these those there one everybody everyone nobody someone anyone nothing"
)
DETERMINERS: Final = word_set(
    """the a an this that these those my your his her its our their some any no every each many
    several few most all both such what which whose more another"""
)
PREPOSITIONS: Final = word_set(
    """of in on at by for with from above below as than per via to into about over under between
    against during after before
    through without within upon near across toward towards among behind"""
)
LINKS: Final = frozenset({"and", "but", "or", "so", "yet"})
OPENERS: Final = LINKS | word_set(
    "because if as while when where although though since that who which whom whether"
)
QUESTIONS: Final = word_set("what how why who whom where when whether which whose if")
FINITE: Final = word_set(
    """is are was were am be been has have had will would can could shall should may might must do
    does did 's 're 've 'll 'd n't wo ca cannot 'm not"""
)
PAST: Final = word_set(
    """left went came took made gave got became began held kept lost met paid put ran sent stood won rose
    fell broke built brought bought led did set let cut hit spent sought fought drew grew threw flew
    chose drove rode spoke woke wore struck stuck"""
)
"""Past tenses that "-ed" does not tell."""

AUXILIARIES: Final = word_set(
    """have has had will would can could shall should may might must do does did to 'd 'll 've is are
    was were be been being 'm 're n't not ca wo cannot"""
)
ADVERBS: Final = word_set(
    """also now then still already recently never always only just even again further later
    repeatedly often once here there exactly too ultimately"""
)
NEGATIONS: Final = frozenset({"not", "n't", "never", "nobody", "none", "no", "neither", "cannot"})
CREDITS: Final = frozenset({"image", "photo", "video", "audio", "picture", "credit", "source"})


def manner_of(cue: str) -> Manner:
    """Return whether a cue, in lower case, is of saying or of thinking."""
    return "thinks" if cue in THINKING or cue in SURE else "says"


def is_adverb(word: str) -> bool:
    """Return whether a word may stand between a subject and its verb, or a verb and its clause."""
    return word in ADVERBS or (word.endswith("ly") and len(word) > 4)
