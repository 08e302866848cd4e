"""Whatever is done to a scenario file, the answer is a scenario or problems, never a crash."""

import copy
import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ripeness.errors import Problem
from ripeness.scenario.load import as_yaml, load, read_scenario, yaml_text
from ripeness.scenario.merge import LIBRARY
from ripeness.scenario.model import Scenario
from ripeness.scenario.yaml_lines import parse

TEXT = (LIBRARY / "template.yaml").read_text(encoding="utf-8")
LINES = TEXT.splitlines()
WHOLE = parse(as_yaml(load("template")), "template.yaml").plain()

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.sampled_from(["current", "norland", "1e6", "km2", "patrons.*.military", "2025-07-01"]),
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def outcome(text: str) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """Check a text as a file; assert what holds for every answer."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "war.yaml"
        file.write_text(text, encoding="utf-8", errors="surrogatepass")
        reading = read_scenario(file)
        errors = [problem for problem in reading.problems if problem.level == "error"]
        assert (reading.scenario is None) <= bool(errors)
        for problem in reading.problems:
            assert problem.what.strip()
            assert problem.remedy.strip()
            assert problem.where.startswith((str(file), "base.yaml:")), problem
        return reading.scenario, reading.problems


def places(value, keys=()):
    """Yield the keys of everything in a plain scenario."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in pairs:
        yield (*keys, key)
        if isinstance(child, dict | list):
            yield from places(child, (*keys, key))


PLACES = sorted(places(WHOLE), key=str)


@quick
@given(st.lists(st.tuples(st.sampled_from(PLACES), values), min_size=1, max_size=3))
def test_any_value_may_be_replaced_by_anything(changes):
    plain = copy.deepcopy(WHOLE)
    for keys, value in changes:
        holder = plain
        try:
            for key in keys[:-1]:
                holder = holder[key]
            holder[keys[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    outcome(json.dumps(plain, ensure_ascii=False, indent=1))  # JSON is YAML


@quick
@given(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4))
def test_any_entries_may_be_missing(removed):
    plain = copy.deepcopy(WHOLE)
    for keys in removed:
        holder = plain
        try:
            for key in keys[:-1]:
                holder = holder[key]
            del holder[keys[-1]]
        except (KeyError, IndexError, TypeError):
            continue
    outcome(json.dumps(plain, indent=1))


@quick
@given(st.data())
def test_lines_may_be_lost_doubled_or_moved(data):
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["lose", "double", "indent", "swap"])):
            case "lose":
                del lines[place]
            case "double":
                lines.insert(place, lines[place])
            case "indent":
                lines[place] = "  " + lines[place]
            case "swap":
                other = data.draw(st.integers(0, len(lines) - 1))
                lines[place], lines[other] = lines[other], lines[place]
    outcome("\n".join(lines))


@quick
@given(st.integers(0, len(TEXT)), st.integers(0, 40), st.text(max_size=12))
def test_any_characters_may_be_typed_anywhere(start, length, typed):
    outcome(TEXT[:start] + typed + TEXT[start + length :])


words = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True).filter(
    lambda word: word not in ("null", "true", "false")
)
# Control characters are refused when a scenario is read; see the bad input tests.
clean_text = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)
plain_data = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(10**14), 10**14), st.floats(allow_nan=False),
        clean_text, st.sampled_from(["1e6", "0E0", "~", "no", "1_0", ".5", "2025-07-01"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(words, inner, max_size=4)
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(plain_data)
def test_plain_data_survives_being_written_and_read(value):
    assert parse(yaml_text({"key": value}), "war.yaml").plain() == {"key": value}
