"""YAML is read with lines, as data, and never explodes."""

import pytest

from ripeness.errors import InputError, Problem
from ripeness.scenario.yaml_file import MOST_BYTES, read
from ripeness.scenario.yaml_lines import MOST_DEPTH, MOST_NODES, parse


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as raised:
        parse(text, "war.yaml")
    assert all(problem.remedy for problem in raised.value.problems)
    return raised.value.problems


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("560e3", 560e3), ("1e6", 1e6), ("1E-3", 1e-3), (".5", 0.5), ("-1.", -1.0), ("+2", 2),
        ("640_000", 640_000), ("010", 10), ("0", 0), ("-0.25", -0.25), ("9" * 400, float("inf")),
        (".inf", float("inf")), ("true", True), ("False", False), ("~", None), ("null", None),
        ("no", "no"), ("on", "on"), ("1:30", "1:30"), ("0x1F", "0x1F"), ("'560e3'", "560e3"),
        ('"null"', "null"), ("2025-07-01", "2025-07-01"), ("e3", "e3"), ("1e", "1e"), ("_1", "_1"),
        ("", None),
    ],
)  # fmt: skip
def test_plain_words_are_read_as_in_yaml_1_2(written, value):
    read_as = parse(f"key: {written}\n", "war.yaml").plain()["key"]
    assert read_as == value
    assert type(read_as) is type(value)


def test_every_key_and_item_has_its_line():
    root = parse("a:\n  b: {c: 1,\n      d: 2}\n  list:\n    - x\n    - y\n", "war.yaml")
    inner = root.content["a"].content
    assert str(inner["b"].place) == "war.yaml:2"
    assert inner["b"].content["d"].place.line == 3
    assert [item.place.line for item in inner["list"].content] == [5, 6]


def test_an_alias_repeats_a_value_at_the_line_where_it_is_used():
    root = parse("a: &x {b: 1}\nc: *x\n", "war.yaml")
    assert root.plain() == {"a": {"b": 1}, "c": {"b": 1}}
    assert root.content["c"].place.line == 2


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("", "war.yaml:1", "empty"),
        ("# only a comment\n", "war.yaml:1", "empty"),
        ("- a\n- b\n", "war.yaml:1", "mapping"),
        ("just words\n", "war.yaml:1", "mapping"),
        ("a: 1\nb: 2\na: 3\n", "war.yaml:3", "already used in line 1"),
        ("a: 1\n2: b\n", "war.yaml:2", "must be a word"),
        ("a: 1\ntrue: b\n", "war.yaml:2", "must be a word"),
        ("a: 1\n? [x, y]\n: b\n", "war.yaml:2", "must be a word"),
        ("a: 1\nb: !!python/object/apply:os.system [id]\n", "war.yaml:2", "tag"),
        ("a: !!float 3\n", "war.yaml:1", "tag"),
        ("a: 1\n---\nb: 2\n", "war.yaml:2", "second document"),
        ("a: 1\nb: *nothing\n", "war.yaml:2", "alias"),
        ("a: &x [1, *x]\n", "war.yaml:1", "alias"),
        ("a: [1, 2\n\nb: 3\n", "war.yaml:3", "not YAML"),
        ("a: 'open\n", "war.yaml:2", "not YAML"),
        ("a:\n\t- b\n", "war.yaml:2", "not YAML"),
        ("a: \x07\n", "war.yaml:1", "not YAML"),
    ],
)
def test_what_is_not_a_scenario_is_one_clear_problem(text, where, what):
    problem = problems_of(text)[-1]
    assert problem.where == where
    assert what in problem.what


def test_all_problems_of_the_text_are_reported_at_once():
    found = problems_of("a: !x 1\na: 2\n3: c\n")
    assert [problem.where for problem in found] == ["war.yaml:1", "war.yaml:2", "war.yaml:3"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_is_limited(opening):
    (problem,) = problems_of("a:\n  " + opening * 50_000)
    assert f"more than {MOST_DEPTH}" in problem.what


def test_aliases_cannot_multiply():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (problem,) = problems_of("\n".join(lines))
    assert f"{MOST_NODES:,}" in problem.what


def test_aliases_cannot_nest_without_end():
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 60))]
    assert "levels deep" in problems_of("\n".join(lines))[0].what


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "UTF-8"),
        ("a: 1\nb: caf\u00e9\n".encode("latin-1"), "UTF-8"),
        (b"a: 1\nb: \x00\n", "not YAML"),
        (b"a" * (MOST_BYTES + 1), "larger than 2 MB"),
    ],
)
def test_what_is_not_text_is_turned_away(tmp_path, content, what):
    file = tmp_path / "war.yaml"
    file.write_bytes(content)
    with pytest.raises(InputError, match=what) as raised:
        read(file)
    assert raised.value.problems[0].where.startswith(str(file))


@pytest.mark.parametrize(
    ("name", "what"), [("no.yaml", "no such file"), ("", "a folder"), ("x" * 999, "file")]
)
def test_what_is_not_a_file_is_turned_away(tmp_path, name, what):
    with pytest.raises(InputError, match=what):
        read(tmp_path / name)


def test_a_byte_order_mark_does_no_harm(tmp_path):
    file = tmp_path / "war.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert read(file).plain() == {"a": 1, "b": 2}
