"""A passage gives exactly the words it was made of, or says why not."""

import dataclasses
from pathlib import Path

import pytest

from ripeness.errors import InputError
from ripeness.sources import (
    Library,
    Passage,
    Unresolved,
    find,
    load_library,
    passage_from_mapping,
    passage_of,
    read_document,
)
from ripeness.sources import library as library_module
from ripeness.sources.passage import words_at

TEXT = "A made-up headline\n\nThe herald spoke of peace. The king spoke of war.\n"


@pytest.fixture
def library(tmp_path) -> Library:
    (tmp_path / "herald.txt").write_bytes(TEXT.encode())
    return load_library(tmp_path)


@pytest.fixture
def passage(library) -> Passage:
    return find(library.documents[0], "The herald spoke of peace.")


def test_found_words_come_back(library, passage):
    assert library.resolve(passage) == "The herald spoke of peace."
    assert library.verify([passage]) == []
    assert (passage.start, passage.end) == (20, 46)


def test_a_passage_holds_no_words(passage):
    assert set(passage.as_mapping()) == {"document", "start", "end", "digest"}
    assert "herald" not in repr(passage)
    assert passage_from_mapping(passage.as_mapping(), "here") == passage


@pytest.mark.parametrize(
    ("quotation", "message"),
    [("", "empty"), ("The queen", "does not say"), ("spoke of", "2 times, at characters 31, 56")],
)
def test_a_quotation_must_stand_at_one_place(library, quotation, message):
    with pytest.raises(InputError, match=message):
        find(library.documents[0], quotation)


def test_overlapping_places_are_ambiguous():
    with pytest.raises(InputError, match=r"19 times.*8, 9, \.\.\."):
        find(read_document(b"a" * 20, Path("a.txt")), "aa")


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 3), (0, len(TEXT) + 1)])
def test_a_passage_must_lie_within_the_document(library, start, end):
    with pytest.raises(InputError, match="not a range"):
        passage_of(library.documents[0], start, end)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"end": len(TEXT) + 1}, "out of range"),
        ({"start": -5}, "out of range"),
        ({"start": 46}, "out of range"),
        ({"start": 21}, "other words"),
        ({"digest": "0" * 64}, "other words"),
    ],
)
def test_a_wrong_reference_is_an_error(library, passage, change, reason):
    answer = library.resolve(dataclasses.replace(passage, **change))
    assert isinstance(answer, Unresolved)
    assert answer.reason == reason
    assert answer.problem.level == "error"
    assert "passage" in answer.problem.where
    assert answer.problem.remedy
    assert library.verify([answer.passage, answer.passage]) == [answer.problem]


def test_a_document_that_the_user_lacks_is_a_warning(library, passage):
    answer = library.resolve(dataclasses.replace(passage, document="0" * 64, digest="1" * 64))
    assert isinstance(answer, Unresolved)
    assert answer.reason == "no such document"
    assert answer.problem.level == "warning"
    assert str(library.folder) in answer.problem.what
    assert "same words" not in answer.problem.what


def test_without_a_folder_the_remedy_is_the_option(passage):
    answer = Library().resolve(passage)
    assert isinstance(answer, Unresolved)
    assert "--sources" in answer.problem.remedy


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        (TEXT.replace("\n", "\r\n"), "20:46"),  # saved again with other line ends
        (TEXT.replace("made-up", "made-up and changed"), "32:58"),
    ],
)
def test_words_of_a_changed_document_are_reported_and_not_returned(
    tmp_path, passage, changed, place
):
    other = tmp_path / "other"
    other.mkdir()
    (other / "herald.txt").write_bytes(changed.encode())
    answer = load_library(other).resolve(passage)
    assert isinstance(answer, Unresolved)
    assert f"herald.txt at {place}" in answer.problem.what
    assert "context" in answer.problem.remedy


def test_the_search_for_changed_documents_is_bounded(library, passage, monkeypatch):
    monkeypatch.setattr(library_module, "CHARACTERS_TRIED", 1000)
    changed = read_document(("word " * 50 + TEXT).encode(), Path("long.txt"))
    answer = Library(library.folder, (changed,)).resolve(passage)
    assert isinstance(answer, Unresolved)
    assert "same words" not in answer.problem.what


def test_words_are_read_from_the_named_document_only(passage):
    with pytest.raises(ValueError, match="is not of document"):
        words_at(read_document(b"other", Path("other.txt")), passage)


GOOD = {"document": "a" * 64, "start": 0, "end": 3, "digest": "b" * 64}


@pytest.mark.parametrize(
    "mapping",
    [
        None,
        [],
        {},
        GOOD | {"text": "words"},
        {"document": "a" * 64},
        GOOD | {"document": "A" * 64},
        GOOD | {"document": 10**63},
        GOOD | {"digest": "a" * 63},
        GOOD | {"digest": None},
        GOOD | {"start": True},
        GOOD | {"start": "0"},
        GOOD | {"start": 3},
        GOOD | {"start": -1},
        GOOD | {"end": 2.5},
    ],
)
def test_a_mapping_is_checked(mapping):
    with pytest.raises(InputError, match=r"claims.yaml:7"):
        passage_from_mapping(mapping, "claims.yaml:7")


def test_right_to_left_and_astral_words_are_counted_in_characters():
    document = read_document("אמר המלך: שלום 🕊 לכולם".encode(), Path("x.txt"))
    passage = find(document, "שלום 🕊")
    assert (passage.start, passage.end) == (10, 16)
    assert Library(None, (document,)).resolve(passage) == "שלום 🕊"
