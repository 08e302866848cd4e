"""Where the content of a cue stands, before it or after it, and where it ends.

Works on the tokens of one sentence, within the *room* that the cue can speak about: the quotation
that it stands in, or else the whole sentence. All places are numbers of tokens.
"""

from __future__ import annotations

from dataclasses import dataclass

from ripeness.sources.statements import lexicon
from ripeness.sources.statements.quotations import MARKS
from ripeness.sources.statements.sentences import Sentence
from ripeness.sources.statements.words import word_set

ADDRESSED = 14  # tokens; assumed: how much may stand between a cue and "that" or a quotation
ASIDE = 9  # tokens; assumed: how much may stand between two commas behind a cue
SUBJECT = 30  # tokens; assumed: the longest subject between a quotation and its cue
SOON = 24  # tokens; assumed: a clause shows its verb within so many
_AFTER_VERB = (lexicon.DETERMINERS - {"that"}) | {"to", "it", "them", "."}
_OBJECTS = frozenset({"him", "them", "me", "us", "like", "to"})
_TIMES = word_set(
    "today yesterday monday tuesday wednesday thursday friday saturday sunday earlier later"
)
_RELATIVES = frozenset({"that", "which", "who", "whom", "whose", "where", "when"})
_STOPS = frozenset(";:\u2014\u2013")


@dataclass(frozen=True, slots=True)
class Room:
    """The tokens from ``low`` up to, not including, ``high`` of a sentence."""

    low: int
    high: int


def room_of(sentence: Sentence, place: int) -> Room:
    """Return the room of the token at a place."""
    number = sentence.inside[place]
    if number < 0:
        return Room(0, len(sentence))
    low = high = place
    while low > 0 and sentence.inside[low - 1] == number:
        low -= 1
    while high < len(sentence) and sentence.inside[high] == number:
        high += 1
    return Room(low, high)


def quotation_after(sentence: Sentence, place: int, room: Room) -> int | None:
    """Return the number of the quotation that a cue introduces, or None.

    Between the two may stand whom it is said to, and where: no other verb, no clause.
    """
    here = sentence.inside[place]
    for other in range(_behind_aside(sentence, place + 1, room), min(room.high, place + ADDRESSED)):
        number = sentence.inside[other]
        if number not in (here, -1):
            return number
        word = sentence.words[other]
        if word in lexicon.FINITE or word in _STOPS - {":"} or word in lexicon.CUES:
            return None
        if word == "," and not _quotes_soon(sentence, other, here):
            return None
    return None


def _quotes_soon(sentence: Sentence, place: int, here: int) -> bool:
    following = sentence.inside[place + 1 : place + 2]
    return bool(following) and following[0] not in (here, -1)


def clause_after(sentence: Sentence, place: int, room: Room, *, bare: bool) -> int | None:
    """Return the first token of the clause that a cue introduces, its link included, or None."""
    words = sentence.words
    start = _behind_aside(sentence, place + 1, room)
    while start < room.high and (lexicon.is_adverb(words[start]) or words[start] == "out"):
        start += 1
    if start < room.high and words[start] in (":", ",") and start + 1 < room.high:
        if words[start] == ":" or words[start + 1] == "that":
            return start + 1 if _has_verb(sentence, start + 1, room) else None
        return (
            _linked(sentence, start, room, words[place]) if words[place] in lexicon.TELLS else None
        )
    if start >= room.high:
        return None
    if words[start] == "that" and start + 2 < room.high and _links(words[start + 1]):
        return start
    if words[start] in lexicon.ASIDE or (
        words[start] in lexicon.QUESTIONS and words[place] in lexicon.KNOWING | lexicon.ASKING
    ):
        return start
    if bare and _begins_clause(sentence, start, room, words[place]):
        return start
    return _linked(sentence, start, room, words[place])


def _behind_aside(sentence: Sentence, start: int, room: Room) -> int:
    """Return the token behind ", in a satirical fashion," if that stands here."""
    words = sentence.words
    if words[start : start + 1] != (",",) or words[start + 1 : start + 2] == ("that",):
        return start
    for place in range(start + 1, min(room.high - 1, start + ASIDE)):
        if words[place] in lexicon.FINITE or sentence.inside[place] != sentence.inside[start]:
            return start
        if words[place] == ",":
            return place + 1
    return start


def _linked(sentence: Sentence, start: int, room: Room, cue: str) -> int | None:
    """Return where "that" stands behind words that tell to whom, where or when it is said."""
    first = sentence.words[start]
    if cue not in lexicon.TELLS and first not in lexicon.PREPOSITIONS | _TIMES:
        return None
    for other in range(start, min(room.high, start + ADDRESSED)):
        word = sentence.words[other]
        if word == "that" and other > start and _verb_follows_that(sentence, other, room):
            before = sentence.words[other - 1]
            return None if before in lexicon.PREPOSITIONS else other
        if word in lexicon.FINITE or word in _STOPS or word in lexicon.CUES or word == ",":
            return None
    return None


def _verb_follows_that(sentence: Sentence, place: int, room: Room) -> bool:
    """Return whether "that" links a clause, rather than pointing or standing for a subject."""
    if place + 1 >= room.high:
        return False
    return _links(sentence.words[place + 1]) and _has_verb(sentence, place + 1, room)


def _links(following: str) -> bool:
    """Return whether what follows "that" leaves it a link, as against "said that is so"."""
    return following not in lexicon.FINITE | {"of"} and following[0] not in ",.;:"


def _has_verb(sentence: Sentence, start: int, room: Room) -> bool:
    """Return whether something that looks like a finite verb comes soon."""
    return any(
        word in lexicon.FINITE
        or word in lexicon.PAST
        or (len(word) > 3 and word.endswith(("ed", "es")) and word.isalpha())
        or (len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word.isalpha())
        or word in lexicon.CUES
        for word in sentence.words[start + 1 : min(room.high, start + SOON)]
    )


def _begins_clause(sentence: Sentence, start: int, room: Room, cue: str) -> bool:
    """Return whether a clause without a link begins here."""
    words = sentence.words
    word = words[start]
    if word in lexicon.PRONOUNS | {"there"}:
        return start + 1 < room.high and words[start + 1] not in (",", ".")
    begins = word[0].isalnum() or word in MARKS or word == "["
    if not begins or word in lexicon.OPENERS | lexicon.FINITE | _OBJECTS:
        return False
    if word in lexicon.PREPOSITIONS and (word == "of" or cue not in lexicon.CLAUSAL):
        return False
    reach = min(room.high, start + (8 if cue in lexicon.STRICT else SOON))
    if cue in lexicon.CLAUSAL:
        return _has_verb(sentence, start, Room(room.low, reach))
    plain = True
    for place in range(start + 1, reach):
        if words[place] in lexicon.FINITE:
            return True
        plain &= words[place] not in lexicon.PREPOSITIONS
        if words[place] in _RELATIVES or (cue in lexicon.STRICT and words[place] == ","):
            return False
        if plain and _past_verb(sentence, place, room):
            return True
    return False


def _past_verb(sentence: Sentence, place: int, room: Room) -> bool:
    """Return whether a token looks like a verb with an object: "Russia attacked the ..."."""
    words = sentence.words
    if place + 1 >= room.high or not words[place].isalpha() or len(words[place]) < 3:
        return False
    before, following = words[place - 1], words[place + 1]
    if words[place] in lexicon.PAST:
        return before not in lexicon.DETERMINERS
    if not words[place].endswith(("ed", "s")) or words[place].endswith("ss"):
        return False
    if words[place].endswith("ed") and before in lexicon.DETERMINERS:
        return False
    plural = words[place].endswith("s") and before in lexicon.DETERMINERS | lexicon.PREPOSITIONS
    return not plural and following in _AFTER_VERB


def end_of_clause(
    sentence: Sentence, start: int, room: Room, borders: list[int], *, conditional: bool = False
) -> int:
    """Return where a clause ends: with its room, at a semicolon, or before another attribution.

    Args:
        sentence: the sentence.
        start: first token of the clause.
        room: the room of its cue.
        conditional: whether the frame begins with "if" or the like: then a comma ends it.
        borders: where frames that are joined by "and", "but" ... or trail behind begin.
    """
    end = room.high
    if conditional:
        commas = (n for n in range(start + 2, room.high) if sentence.words[n] == ",")
        end = next(commas, end)
    number = sentence.inside[start - 1] if start else -1
    for place in range(start + 1, end):
        word = sentence.words[place]
        if word == ";" and sentence.inside[place] == number:
            end = place
            break
        if place in borders:
            end = place
            break
    while end - 1 > start and sentence.words[end - 1] in (",", "("):
        end -= 1
    return end
