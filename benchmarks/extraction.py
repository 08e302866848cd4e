"""How well statements are found in text: against the gold attributions of the GUM corpus.

    python benchmarks/extraction.py ATTRIBUTIONS.jsonl [--half development|held-out] [--missed]
        [--reader rules|parsed] [--tokenised]

The file has a document a line: its elementary discourse units (EDUs, [number, words]) and its gold
relations (EDUs of the source and of the content, satellites included). Documents are sorted by name;
the first, third ... are the half that the rules were developed on, the others are held out.

What is counted, over all relations of a half:

tokens      Gold and found contents are matched one to one, the largest overlap over their union
            first. Precision: tokens in common of matched pairs / tokens of all found contents.
            Recall: the same / tokens of all gold contents. A content that is found but matches
            nothing costs precision with all its tokens.
relations   As tokens, but every content weighs the same, however long: the mean over found contents of
            the part that is matched, and the mean over gold contents. (Added when the held-out half
            turned out to have one content of 1,098 tokens, a whole speech, and one of 288: two of its
            116 relations hold two fifths of its tokens.)
exact EDUs  A found content is widened or narrowed to the EDUs of which it has half the tokens or
            more. It is right if these are exactly the EDUs of a gold content not yet taken.
union       Every token counts once, however many contents it is in: is it in any content?
sources     As tokens, for the words that attribute: gold knows source and cue as one span.
speakers    Of the contents matched with half their tokens: how many have their speaker in the gold source.

The words are put together again as prose would have them (no blank before a comma, and so on);
``--tokenised`` leaves them apart. Marks and punctuation are not counted as tokens.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ripeness.sources.statements import lexicon
from ripeness.sources.statements.quotations import quotations
from ripeness.sources.statements.read import READERS
from ripeness.sources.statements.sentences import paragraphs, sentences
from ripeness.sources.statements.statement import Span, Statement
from ripeness.sources.statements.words import word_set

Tokens = frozenset[int]
Found = tuple[Tokens, Tokens, Span | None]
NO_BLANK_BEFORE = frozenset(".,;:!?)]%") | {"n't", "'s", "'re", "'ve", "'ll", "'d", "'m", "\u2019s"}
NO_BLANK_AFTER = frozenset("([$#")
CREDIT = re.compile(r"\s*\(?\s*(Image|Audio|Video|source)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Gold:
    """A gold relation: the tokens and the EDUs of its content, the tokens of its source."""

    content: Tokens
    edus: frozenset[int]
    source: Tokens
    words: str
    attributed: str


@dataclass(frozen=True)
class Text:
    """A document put together again: its text, and for each token its span and its EDU."""

    name: str
    text: str
    spans: tuple[Span, ...]
    edu_of: tuple[int, ...]
    gold: tuple[Gold, ...]

    def tokens(self, span: Span) -> Tokens:
        """Return the tokens with a letter or digit of which half or more lies in a span."""
        return frozenset(
            number
            for number, token in enumerate(self.spans)
            if 2 * token.overlap(span) >= token.end - token.start
            and any(sign.isalnum() for sign in token.of(self.text))
        )

    def edus(self, tokens: Tokens) -> frozenset[int]:
        """Return the EDUs of which half the countable tokens or more are among some."""
        have = Counter(self.edu_of[token] for token in tokens)
        return frozenset(edu for edu, count in have.items() if 2 * count >= self._sizes[edu])

    @property
    def _sizes(self) -> Counter[int]:
        return Counter(
            edu
            for span, edu in zip(self.spans, self.edu_of, strict=True)
            if any(sign.isalnum() for sign in span.of(self.text))
        )


@dataclass
class Count:
    """Sums behind a precision and a recall."""

    common: int = 0
    found: int = 0
    gold: int = 0

    def __str__(self) -> str:
        return told(self.common / max(1, self.found), self.common / max(1, self.gold))


def told(precision: float, recall: float) -> str:
    """Say a precision, a recall and their harmonic mean."""
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"


@dataclass
class Scores:
    """All that is counted for one reader on one half."""

    tokens: Count = field(default_factory=Count)
    relations: list[list[float]] = field(default_factory=lambda: [[], []])
    edus: Count = field(default_factory=Count)
    union: Count = field(default_factory=Count)
    sources: Count = field(default_factory=Count)
    speakers: list[int] = field(default_factory=lambda: [0, 0])
    missed: list[tuple[str, Gold]] = field(default_factory=list)
    extra: list[tuple[str, str, str]] = field(default_factory=list)


def assemble(entry: dict, *, tokenised: bool) -> Text:
    """Put a document together, EDU after EDU, without a line end."""
    text, spans, edu_of, quoted = "", [], [], False
    glue = True
    for edu, words in entry["edus"]:
        for word in words.split():
            mark = word == '"'
            apart = not (glue or word in NO_BLANK_BEFORE or (mark and quoted)) or tokenised
            text += " " if apart and text else ""
            spans.append(Span(len(text), len(text) + len(word)))
            edu_of.append(int(edu))
            text += word
            glue = word in NO_BLANK_AFTER or (mark and not quoted)
            quoted ^= mark
    whole = Text(entry["doc"], text, tuple(spans), tuple(edu_of), ())
    gold = tuple(_gold(whole, relation) for relation in entry["attributions"])
    return Text(whole.name, text, whole.spans, whole.edu_of, gold)


def _gold(whole: Text, relation: dict) -> Gold:
    edus = frozenset(int(edu) for edu in relation["content_edus"])
    sources = {int(edu) for edu in relation["source_edus"]}
    countable = [any(sign.isalnum() for sign in span.of(whole.text)) for span in whole.spans]
    pick = [n for n, edu in enumerate(whole.edu_of) if countable[n] and edu in edus]
    source = [n for n, edu in enumerate(whole.edu_of) if countable[n] and edu in sources]
    words = " ".join(whole.spans[n].of(whole.text) for n in pick)
    return Gold(frozenset(pick), edus, frozenset(source), words, relation["source_text"])


def matched(gold: Sequence[Tokens], found: Sequence[Tokens]) -> list[tuple[int, int]]:
    """Match one to one, the largest overlap over the union first; ties by place."""
    pairs = [
        (len(a & b) / len(a | b), -i, -j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if a & b
    ]
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    result = []
    for _, i, j in sorted(pairs, reverse=True):
        if -i not in taken_gold and -j not in taken_found:
            taken_gold.add(-i)
            taken_found.add(-j)
            result.append((-i, -j))
    return result


def count(text: Text, found: list[Found], scores: Scores) -> None:
    """Add the counts of a document."""
    gold = [relation.content for relation in text.gold]
    contents = [content for content, _, _ in found]
    pairs = matched(gold, contents)
    _add(scores.tokens, gold, contents, pairs)
    by_gold, by_found = dict(pairs), {j: i for i, j in pairs}
    for i, content in enumerate(gold):
        common = len(content & contents[by_gold[i]]) if i in by_gold else 0
        scores.relations[1].append(common / len(content))
    for j, content in enumerate(contents):
        common = len(content & gold[by_found[j]]) if j in by_found else 0
        scores.relations[0].append(common / len(content))
    sources = [relation.source for relation in text.gold]
    frames = [frame for _, frame, _ in found]
    _add(scores.sources, sources, frames, matched(sources, frames))
    everything = frozenset().union(*gold), frozenset().union(*contents)
    scores.union.common += len(everything[0] & everything[1])
    scores.union.gold += len(everything[0])
    scores.union.found += len(everything[1])
    edus = Counter(relation.edus for relation in text.gold)
    snapped = Counter(text.edus(content) for content in contents)
    scores.edus.common += sum((edus & snapped).values())
    scores.edus.gold += len(gold)
    scores.edus.found += len(contents)
    good = {i: j for i, j in pairs if 2 * len(gold[i] & contents[j]) >= len(gold[i] | contents[j])}
    for i, j in good.items():
        speaker = found[j][2]
        scores.speakers[1] += 1
        scores.speakers[0] += speaker is not None and bool(text.tokens(speaker) & sources[i])
    scores.missed += [(text.name, g) for i, g in enumerate(text.gold) if i not in good]
    taken = set(good.values())
    for j, (content, frame, _) in enumerate(found):
        if j not in taken:
            words = [
                " ".join(text.spans[n].of(text.text) for n in sorted(some))
                for some in (frame, content)
            ]
            scores.extra.append((text.name, *words))


def _add(
    total: Count, gold: list[Tokens], found: list[Tokens], pairs: list[tuple[int, int]]
) -> None:
    total.common += sum(len(gold[i] & found[j]) for i, j in pairs)
    total.gold += sum(map(len, gold))
    total.found += sum(map(len, found))


def by_reader(name: str) -> Callable[[Text], list[Found]]:
    """Return a function that finds statements by one of the program's readers."""

    def read(text: Text) -> list[Found]:
        return [_found(text, statement) for statement in READERS[name](text.text)]

    return read


def _found(text: Text, statement: Statement) -> Found:
    return text.tokens(statement.content), text.tokens(statement.frame), statement.speaker


def verb_and_complement(text: Text) -> list[Found]:
    """Baseline: reporting verb, all before it as subject, all after it as complement."""
    found = []
    for sentence in sentences(text.text):
        for place in range(1, len(sentence) - 1):
            if sentence.words[place] in REPORTING:
                found.append(
                    (
                        text.tokens(sentence.between(place + 1, len(sentence))),
                        text.tokens(sentence.between(0, place + 1)),
                        sentence.between(0, place),
                    )
                )
                break
    return found


REPORTING = word_set(
    "say says said tell tells told claim claims claimed think thinks thought believe believes believed "
    "report reports reported argue argues argued state states stated"
)


def quotation_marks(text: Text) -> list[Found]:
    """Baseline: what stands in quotation marks, with the rest of its sentence as source."""
    return [
        (text.tokens(quotation.span), frozenset(), None)
        for paragraph in paragraphs(text.text)
        for quotation in quotations(text.text, paragraph)
    ]


def category(gold: Gold) -> str:
    """Return to which sort a gold relation belongs, by its source's words."""
    source = gold.attributed.lower()
    if CREDIT.match(gold.attributed):
        return "credit of a picture"
    words = re.findall(r"[\w']+", source)
    if "according" in words:
        return "according to"
    if "to" in words[:2] or not any(word in lexicon.CUES | lexicon.SURE for word in words):
        return "no cue in our list"
    if {"i", "you", "we"} & set(words):
        return "first or second person"
    return "verb, third person"


def report(texts: Iterable[Text], read: Callable[[Text], list[Found]], *, missed: bool) -> Scores:
    """Print the scores of a reader."""
    scores = Scores()
    texts = list(texts)
    for text in texts:
        count(text, [item for item in read(text) if item[0]], scores)
    for name, total in (
        ("tokens", scores.tokens),
        ("exact EDUs", scores.edus),
        ("union", scores.union),
        ("sources", scores.sources),
    ):
        print(f"    {name:11} {total}")
    print(f"    relations   {told(*(sum(part) / max(1, len(part)) for part in scores.relations))}")
    right, of = scores.speakers
    print(f"    speakers    {right} of {of}")
    if missed:
        sorts = Counter(category(gold) for _, gold in scores.missed)
        alls = Counter(category(gold) for text in texts for gold in text.gold)
        for sort, number in alls.most_common():
            print(f"    missed: {sorts[sort]:3} of {number:3} {sort}")
        for name, gold in scores.missed:
            print(f"      - {name[4:]}: <{gold.attributed}> {gold.words[:150]}")
        for name, frame, content in scores.extra:
            print(f"      + {name[4:]}: <{frame[:90]}> {content[:120]}")
    return scores


def main() -> None:
    """Print the scores of readers and baselines."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--half", choices=("development", "held-out"), default="development")
    parser.add_argument("--reader", choices=tuple(READERS), action="append")
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--tokenised", action="store_true")
    given = parser.parse_args()
    lines = given.file.read_text(encoding="utf-8").splitlines()
    entries = sorted(map(json.loads, lines), key=lambda entry: entry["doc"])
    entries = entries[given.half == "held-out" :: 2]
    texts = [assemble(entry, tokenised=given.tokenised) for entry in entries]
    print(
        f"{given.half}: {len(texts)} documents, {sum(len(text.gold) for text in texts)} relations"
    )
    for name in given.reader or READERS:
        print(f"  {name}")
        report(texts, by_reader(name), missed=given.missed)
    if not given.missed:
        print("  baseline: reporting verb, subject, complement")
        report(texts, verb_and_complement, missed=False)
        print("  baseline: quotation marks alone")
        report(texts, quotation_marks, missed=False)


if __name__ == "__main__":
    main()
