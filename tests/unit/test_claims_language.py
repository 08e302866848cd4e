"""What can be said: joined conditions, events made of quantities, windows around events, the record."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from planted_claims import by_side, claim, planted
from planted_kinds import CASES
from ripeness.claims import evaluate, load_claims
from ripeness.claims.conditions import answer_of, event_clause, event_week, reading_of
from ripeness.claims.dating import check_dated, week_met
from ripeness.claims.events import EVENTS
from ripeness.claims.language import Condition, EventName, QuantityReading
from ripeness.claims.quantities import QUANTITIES
from ripeness.claims.record import Figure, heard
from ripeness.errors import InputError
from ripeness.outcomes.variables import BY_MONTH, PER_WORLD

CONDITION = TypeAdapter(Condition)
SETTLED = {"event": "settlement"}
STABLE = {"event": "front_stable"}
NOTHING_KNOWN = {
    "quantity": "reservation",
    "side": "north",
    "at_least": 0,
    "unit": "share of the stakes",
}
REAL = {"quantity": "real", "side": "north", "at_least": 1, "unit": "share"}


def holds(data, condition) -> list[bool | None]:
    answer = answer_of(data, CONDITION.validate_python(condition))
    pairs = zip(answer.yes.tolist(), answer.known.tolist(), strict=True)
    return [yes if known else None for yes, known in pairs]


def joined(join: str, *conditions: dict) -> dict:
    return {join: list(conditions)}


# joined conditions --------------------------------------------------------------------------------


def test_joined_conditions_follow_the_logic_of_three_values():
    """Worlds: yes and yes, yes and no, no and no; then with a third that is not known."""
    data = planted(3, settlement_week=[5.0, 5.0, np.nan], front_stable_week=[5.0, np.nan, np.nan],
                   reservation=np.nan)  # fmt: skip
    assert holds(data, joined("all_of", SETTLED, STABLE)) == [True, False, False]
    assert holds(data, joined("any_of", SETTLED, STABLE)) == [True, True, False]
    assert holds(data, joined("none_of", SETTLED, STABLE)) == [False, False, True]
    assert holds(data, joined("all_of", SETTLED, NOTHING_KNOWN)) == [None, None, False]
    assert holds(data, joined("any_of", SETTLED, NOTHING_KNOWN)) == [True, True, None]
    assert holds(data, joined("none_of", SETTLED, NOTHING_KNOWN)) == [False, False, None]
    nested = joined("none_of", joined("all_of", SETTLED, STABLE))
    assert holds(data, nested) == [False, True, True]


@pytest.mark.parametrize("bad", [{"all_of": []}, {"all_of": [SETTLED], "any_of": [SETTLED]}])
def test_joins_are_one_at_a_time_and_not_empty(bad):
    with pytest.raises(ValidationError):
        CONDITION.validate_python(bad)


# events made of quantities ------------------------------------------------------------------------


def week_of(data, **name) -> list[float]:
    return event_week(data, EventName.model_validate(name)).tolist()


def test_the_first_time_of_a_quantity_is_an_event():
    real = np.zeros((3, 27))
    real[0, 4:] = real[1, [2, 6, 7, 8, 9]] = 1
    data = planted(3, real=by_side(real, 0.0))
    assert week_of(data, first=REAL) == pytest.approx([16, 8, np.nan], nan_ok=True)
    # twelve weeks without a break are over at the fourth record in a row
    assert week_of(data, first=REAL, lasting=12) == pytest.approx([28, 36, np.nan], nan_ok=True)
    name = EventName.model_validate({"first": REAL})
    assert "(North) at least 1 share" in event_clause(data, name)
    called = EventName.model_validate({"first": REAL, "called": "North was ready"})
    assert event_clause(data, called) == "North was ready"


def test_after_and_before_are_strict():
    data = planted(
        4, settlement_week=[5.0, 9.0, 12.0, 12.0], front_stable_week=[5.0, 5.0, 5.0, np.nan]
    )
    assert holds(data, {**SETTLED, "after": STABLE}) == [False, True, True, False]
    assert holds(data, {**SETTLED, "before": STABLE}) == [False, False, False, True]
    assert holds(data, {**SETTLED, "after": STABLE, "within": 10}) == [False, True, False, False]


def test_every_recorded_week_is_an_event_and_every_number_a_quantity():
    for name, row in PER_WORLD.items():
        if name.endswith("_week"):
            weeks = [e for e in EVENTS if name.removesuffix("_week").removeprefix("first_") in e]
            assert weeks or name in ("resumed_week", "broken_week", "ended_week")
        elif row.units not in ("code", "weeks"):
            assert name in QUANTITIES
    assert set(BY_MONTH) - {"regime"} <= set(QUANTITIES)


# windows and members ------------------------------------------------------------------------------


def test_windows_around_events():
    month = np.arange(27.0)
    data = planted(3, troops=by_side(0.0, month), settlement_week=[8.0, 40.0, np.nan])
    reading = {"quantity": "troops", "side": "south", "unit": "soldiers", "reading": "last"}

    def last(**during) -> list[float]:
        given = QuantityReading.model_validate({**reading, "during": during})
        return reading_of(data, given).tolist()

    assert last(since=SETTLED, lasting=12) == pytest.approx([5, 13, np.nan], nan_ok=True)
    assert last(until=SETTLED) == [2, 10, 26]
    assert last(since=SETTLED, to=20) == pytest.approx([5, np.nan, np.nan], nan_ok=True)


def test_a_member_of_a_further_axis_is_named():
    values = np.stack([np.full((2, 27), 0.4), np.full((2, 27), 0.9)], axis=-1)
    data = planted(2, willingness=values)
    rich = {"quantity": "willingness", "of": "rich", "at_most": 0.5, "unit": "index"}
    assert holds(data, rich) == [True, True]
    assert holds(data, {**rich, "of": "poor"}) == [False, False]
    with pytest.raises(InputError, match="there is no patron `poot`"):
        holds(data, {**rich, "of": "poot"})
    for wrong, words in (
        ({"of": None}, "add `of`"),
        ({"quantity": "zone_width", "unit": "share of the stakes"}, "drop `of`"),
    ):
        with pytest.raises(ValidationError, match=words):
            CONDITION.validate_python({k: v for k, v in (rich | wrong).items() if v is not None})


# dates --------------------------------------------------------------------------------------------


def test_conditions_are_dated_when_they_are_met():
    month = np.arange(27.0)
    data = planted(2, settlement_week=[5.0, np.nan], front_stable_week=[9.0, 7.0],
                   troops=by_side(0.0, np.stack([month, -month])))  # fmt: skip
    troops = {"quantity": "troops", "side": "south", "unit": "soldiers", "at_least": 3}

    def met(*conditions) -> list[float]:
        return week_met(data, [CONDITION.validate_python(c) for c in conditions]).tolist()

    nan = pytest.approx([9, np.nan], nan_ok=True)
    assert met(SETTLED, STABLE) == nan
    assert met(joined("all_of", SETTLED, STABLE)) == nan
    assert met(joined("any_of", SETTLED, STABLE)) == [5, 7]
    assert met(joined("none_of", SETTLED)) == pytest.approx([np.nan, 104], nan_ok=True)
    assert met({**SETTLED, "happens": False}) == pytest.approx([np.nan, 104], nan_ok=True)
    assert met({**troops, "months": "ever"}) == pytest.approx([12, np.nan], nan_ok=True)
    assert met({**troops, "during": {"from": 8, "to": 40}}) == pytest.approx(
        [40, np.nan], nan_ok=True
    )
    # the mean of months 3 to 5 is 4, of months 2 to 4 is 3: the first eight weeks with it end in week 16
    assert met({**troops, "during": {"last": 8}}) == pytest.approx([16, np.nan], nan_ok=True)
    with pytest.raises(ValueError, match="must have a date"):
        check_dated([CONDITION.validate_python(joined("any_of", troops))])


# the record ---------------------------------------------------------------------------------------

COUNT = {"what": "peaces", "citation": "somebody 2000", "happened": 45, "of": 50}


@pytest.mark.parametrize(
    ("figure", "word"),
    [
        ({**COUNT, "more_than": 0.5}, "supported"),
        ({**COUNT, "less_than": 0.5}, "contradicted"),
        ({**COUNT, "more_than": 0.9}, "depends"),
        ({**COUNT, "happened": 9, "of": 9, "more_than": 0.5}, "untested"),
        ({"entry": "agreements_full", "years": 5, "more_than": 0.5}, "contradicted"),
        ({"published": "interstate_recurrence", "less_than": 0.6}, "supported"),
        ({"entry": "agreements_peacekeepers", "than": "agreements_no_peacekeepers", "years": 5,
          "less_than": 0.0}, "depends"),
    ],
)  # fmt: skip
def test_the_record_is_heard_by_itself(figure, word):
    found = heard(Figure.model_validate(figure))
    assert found.word == word
    assert found.low <= found.high
    assert found.words.endswith(".")
    assert set(found.as_mapping()) >= {"word", "words", "citation"}


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ({"entry": "agreement_full", "years": 5, "more_than": 0.5}, "no entry of the record"),
        ({"entry": "agreements_full", "years": 4, "more_than": 0.5}, "after 1, 2, 3, 5 years"),
        ({"entry": "agreements_full", "more_than": 0.5}, "go together"),
        ({**COUNT}, "`more_than` or `less_than`"),
        ({**COUNT, "of": 40, "more_than": 0.5}, "at least as many"),
        ({"more_than": 0.5}, "give `entry`, or `published`"),
    ],
)
def test_bad_figures_are_told(figure, words):
    with pytest.raises(ValidationError, match=words):
        Figure.model_validate(figure)


def test_the_record_stands_beside_a_verdict_and_moves_none():
    case = CASES["base rate"]
    data, _ = case.worlds(20)
    test = case.claim.test.model_dump(by_alias=True, exclude_unset=True)
    figures = [{"entry": "wars_won_war", "years": 5, "less_than": 0.5}, {**COUNT, "more_than": 0.5}]
    plain, told = (
        evaluate([claim("base rate", given)], data)[0]
        for given in (test, {**test, "record": figures})
    )
    assert plain.verdict == told.verdict == "contradicted"
    assert (plain.record, [found.word for found in told.record]) == ((), ["supported", "supported"])
    assert told.as_mapping()["record"][1]["n"] == 50
    assert any("less often than in the record: peaces" in remark for remark in told.remarks)


# files --------------------------------------------------------------------------------------------

HEAD = """\
about: ukraine
claims:
  C01:
    speaker: somebody
    kind: {kind}
    proposition: It is so.
    test:
"""
BAD = {
    "no cause": ("sufficient", "      outcome: {event: settlement}\n", 7, "give `causes`"),
    "no date": (
        "sufficient",
        "      outcome: {event: settlement}\n      causes:\n"
        "        - {quantity: pace, at_most: 5, unit: km2 per week}\n",
        7, "must have a date",
    ),
    "unknown issue": ("empty zone", "      issues: [alliance_x]\n", 8, "no issue `alliance_x`"),
    "unknown patron": (
        "improbable",
        "      what:\n        - {quantity: willingness, of: china, at_least: 1, unit: index}\n",
        9, "no patron `china`",
    ),
    "nested event": (
        "improbable",
        "      what:\n        - any_of:\n            - {event: settlement}\n            - {event: setlement}\n",
        11, "no event `setlement`",
    ),
    "lever of another way": (
        "only way",
        "      outcome: {event: settlement}\n"
        "      way: [{lever: aid_level, to: 2, unit: ratio}]\n"
        "      others:\n        talk: [{lever: aid_levle, to: 2, unit: ratio}]\n",
        11, "no lever `aid_levle`",
    ),
    "once a world": (
        "instrument",
        "      act: [{quantity: killed, side: russia, at_least: 1, unit: soldiers}]\n"
        "      while: [{quantity: real, side: russia, at_most: 0, unit: share}]\n",
        8, "one value per world",
    ),
    "different axes": (
        "trade-off",
        "      first: {quantity: guarantee_holds, unit: share}\n"
        "      second: {quantity: killed, side: russia, unit: soldiers}\n",
        7, "same further axis",
    ),
    "different units": (
        "comparison",
        "      more: {quantity: killed, side: russia, unit: soldiers}\n"
        "      than: {quantity: war_spending, side: russia, unit: bn EUR}\n",
        7, "cannot be compared",
    ),
    "both at once": (
        "comparison",
        "      more: {move: [{lever: aid_level, to: 2, unit: ratio}]}\n"
        "      than: {quantity: killed, side: russia, unit: soldiers}\n",
        7, "both be quantities, or both be moves",
    ),
    "unknown figure": (
        "improbable",
        "      what: [{event: settlement}]\n      record:\n"
        "        - {entry: peaces, years: 5, more_than: 0.5}\n",
        10, "no entry of the record `peaces`",
    ),
    "two bounds": (
        "base rate",
        "      event: {event: breach}\n      within: 52\n      more_than: 0.5\n      less_than: 0.6\n",
        7, "either `more_than` or `less_than`",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_claims_of_new_kinds_are_told_with_file_and_line(case, tmp_path):
    kind, test, line, what = BAD[case]
    path = tmp_path / "mine.yaml"
    path.write_text(HEAD.format(kind=kind) + test, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_claims(path)
    found = [problem for problem in caught.value.problems if what in problem.what]
    assert found, [str(problem) for problem in caught.value.problems]
    assert found[0].where.startswith(f"mine.yaml:{line}"), found[0].where
    assert found[0].remedy
