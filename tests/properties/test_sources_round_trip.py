"""Whatever the bytes: the right words or none, and never a crash."""

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ripeness.errors import InputError
from ripeness.sources import (
    Document,
    Library,
    Passage,
    Unresolved,
    find,
    passage_of,
    read_document,
    shared_runs,
)
from ripeness.sources.html import read_html

PATH = Path("made-up.txt")

plain = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
markup = st.lists(
    st.one_of(
        plain,
        st.sampled_from(
            ["<p>", "</p>", "<br>", "<h1>", "</h1>", "<script>", "</script>", "<!--", "-->", "<![",
             "]]>", "<title>", "</title>", "<head>", "<svg>", "</svg>", "&amp;", "&#", "<?", "<",
             "<pre>", "<time datetime='2025-07-21'>", "<meta name=date content=x>", "\r\n", "</"]
        ),
    )
).map("".join)  # fmt: skip
texts = st.one_of(plain, markup, markup.map("<html>{}".format))


def read(data: bytes) -> Document | None:
    """The document, or None where the bytes are refused."""
    try:
        return read_document(data, PATH)
    except InputError:
        return None


@st.composite
def references(draw) -> tuple[bytes, Document, Passage]:
    data = draw(texts).encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])))
    document = read(data)
    assume(document is not None)
    start = draw(st.integers(0, len(document.text) - 1))
    end = draw(st.integers(start + 1, len(document.text)))
    return data, document, passage_of(document, start, end)


@given(references())
def test_any_slice_comes_back(reference):
    _, document, passage = reference
    words = document.text[passage.start : passage.end]
    assert Library(None, (document,)).resolve(passage) == words


@given(references())
def test_a_quotation_is_found_where_it_stands_or_reported_as_ambiguous(reference):
    _, document, passage = reference
    words = document.text[passage.start : passage.end]
    if document.text.find(words) == document.text.rfind(words):
        assert find(document, words) == passage
    else:
        with pytest.raises(InputError, match="times"):
            find(document, words)


@given(references(), st.data())
def test_a_changed_byte_gives_no_words(reference, data):
    original, _, passage = reference
    place = data.draw(st.integers(0, len(original) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != original[place]))
    changed = read(original[:place] + bytes([byte]) + original[place + 1 :])
    library = Library(PATH.parent, () if changed is None else (changed,))
    answer = library.resolve(passage)
    assert isinstance(answer, Unresolved)
    assert library.verify([passage]) == [answer.problem]


@given(references(), st.integers(-5, 50), st.integers(-5, 50))
def test_a_changed_reference_gives_the_same_words_or_none(reference, start, end):
    _, document, passage = reference
    changed = Passage(passage.document, start, end, passage.digest)
    answer = Library(None, (document,)).resolve(changed)
    words = document.text[passage.start : passage.end]
    assert isinstance(answer, Unresolved) or answer == words


@given(st.one_of(st.binary(), texts.map(str.encode), texts.map(lambda text: text.encode("utf-16"))))
def test_any_bytes_are_a_document_or_bad_input(data):
    document = read(data)
    if document is not None:
        assert document == read(data)
        assert document.text.strip()
        assert "\r\n" not in document.text
        assert "\n" not in document.title
        document.text.encode()


@given(markup)
def test_any_markup_is_read_and_blank_lines_are_gone(text):
    page = read_html(text)
    assert all(line.strip(" ") for line in page.text.split("\n")) or page.text == ""


@given(plain.filter(lambda text: "\0" not in text))
def test_plain_text_is_left_as_it_is_but_for_line_ends(text):
    document = read(("words\n" + text).encode())
    assert document is not None
    assert document.text == "words\n" + text.replace("\r\n", "\n")


@given(texts, texts)
def test_looking_for_shared_words_never_fails(tmp_path_factory, first, second):
    document = read(first.encode())
    path = tmp_path_factory.mktemp("files") / "file.txt"
    path.write_bytes(second.encode())
    library = Library(None, () if document is None else (document,))
    for problem in shared_runs(library, [path], words=1):
        assert problem.level == "error"
