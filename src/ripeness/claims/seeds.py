"""Does a verdict stand when the worlds are drawn anew? Several runs with different seeds, side by side.

pooled   word on the sum of the counts, by the same rule as for one run (``verdict.py``); where a
         number decides instead of the count, the word that most seeds give, and none if they tie
flips    some seed supports what another contradicts, or a seed that tested it differs in its word
         from the pooled one
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ripeness.claims.verdict import Verdict, Word, word_for
from ripeness.outcomes.words import of_twenty


@dataclass(frozen=True, slots=True)
class Replicated:
    """A claim over several seeds.

    Attributes:
        id: of the claim.
        verdict: over all seeds.
        words: seed -> verdict.
        shares: seed -> share of the tested worlds in which it holds; None if it was not tested.
        holds: worlds of all seeds in which it holds.
        of: worlds of all seeds in which it could be tested.
        flips: whether the word depends on the seed.
        sentence: for people.
    """

    id: str
    verdict: Word
    words: Mapping[int, Word]
    shares: Mapping[int, float | None]
    holds: int
    of: int
    flips: bool
    sentence: str

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        for name in ("words", "shares"):
            plain[name] = {str(seed): value for seed, value in plain[name].items()}
        return plain


def over_seeds(by_seed: Mapping[int, Sequence[Verdict]]) -> list[Replicated]:
    """Put the verdicts of several seeds together, claim by claim.

    Args:
        by_seed: seed -> verdicts on the same claims in the same order.

    Raises:
        ValueError: if no seed is given, or the seeds are not about the same claims.
    """
    listed = list(by_seed.values())
    if not listed:
        raise ValueError("give the verdicts of at least one seed")
    ids = [[verdict.id for verdict in verdicts] for verdicts in listed]
    if any(each != ids[0] for each in ids):
        raise ValueError("the seeds must be about the same claims, in the same order")
    return [
        _together({seed: verdicts[place] for seed, verdicts in by_seed.items()})
        for place in range(len(ids[0]))
    ]


def _together(found: Mapping[int, Verdict]) -> Replicated:
    words: dict[int, Word] = {seed: verdict.verdict for seed, verdict in found.items()}
    tested = [verdict for verdict in found.values() if verdict.verdict != "untested"]
    holds, of = sum(v.holds for v in tested), sum(v.of for v in tested)
    pooled = _pooled(tested, holds, of)
    flips = any(verdict.verdict != pooled for verdict in tested)
    name = next(iter(found.values())).id
    return Replicated(
        id=name,
        verdict=pooled,
        words=words,
        shares={seed: verdict.strength for seed, verdict in found.items()},
        holds=holds,
        of=of,
        flips=flips,
        sentence=_told(name, words, pooled, holds, of, flips),
    )


def _pooled(tested: Sequence[Verdict], holds: int, of: int) -> Word:
    """Return the word over all seeds that tested the claim."""
    if not tested:
        return "untested"
    counts: Counter[Word] = Counter(verdict.verdict for verdict in tested)
    (word, most), *others = counts.most_common()
    if any(count == most for _, count in others):
        return "depends"
    # A doubt, a measured number or rival theories may have the last word over the count.
    counted = all(verdict.verdict == word_for(verdict.holds, verdict.of) for verdict in tested)
    return word_for(holds, of) if counted else word


def _told(  # noqa: PLR0913 - a sentence of six parts
    name: str, words: Mapping[int, Word], pooled: Word, holds: int, of: int, flips: bool
) -> str:
    seeds = len(words)
    if not of:
        return f"{name} is untested with all {seeds} seeds."
    where = f"over {seeds} seeds it holds in {of_twenty(holds, of)}"
    if not flips:
        return f"{name} is {pooled} whatever the seed: {where}."
    counts = Counter(words.values())
    split = ", ".join(f"{word} with {count}" for word, count in counts.most_common())
    return f"{name} depends on the seed ({split}): {where}."
