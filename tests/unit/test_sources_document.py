"""A document is what its bytes say: decoding, HTML, titles and dates."""

import hashlib
from pathlib import Path

import pytest

from ripeness.errors import InputError
from ripeness.sources.dates import FIRST_PART, agreed_date, dateline_dates, read_date
from ripeness.sources.decode import NotTextError, decode
from ripeness.sources.document import LONGEST_TITLE, Document, read_document
from ripeness.sources.html import is_html, read_html

PATH = Path("made-up.txt")


def document(text: str) -> Document:
    return read_document(text.encode(), PATH)


# ------------------------------------------------------------------------------------ decoding


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"one\r\ntwo\rthree\n", "one\ntwo\rthree\n", "utf-8"),
        (b"\xef\xbb\xbfmark", "mark", "utf-8"),
        ("\ufeffmark".encode("utf-16-le"), "mark", "utf-16-le"),
        ("\ufeffmark".encode("utf-16-be"), "mark", "utf-16-be"),
        ("\ufeffmark".encode("utf-32-le"), "mark", "utf-32-le"),
        (b"caf\xe9", "caf\u00e9", "windows-1252"),
        (
            b"<meta charset='windows-1251'>\xcc\xe8\xf0",
            "<meta charset='windows-1251'>Мир",
            "windows-1251",
        ),
        (b"<meta charset=zip>caf\xe9", "<meta charset=zip>caf\u00e9", "windows-1252"),
        ("שלום".encode(), "שלום", "utf-8"),
    ],
)
def test_bytes_are_decoded_by_the_documented_rule(data, text, encoding):
    decoded = decode(data)
    assert (decoded.text, decoded.encoding) == (text, encoding)


@pytest.mark.parametrize(
    "data",
    [
        b"a\0b",
        b"%PDF-1.7 words",
        b"PK\x03\x04words",
        b"{\\rtf1 words}",
        b"caf\xe9\x01",
        b"caf\xe9\x81",
        b"\xff\xfea\x00b",  # UTF-16 mark, then an odd number of bytes
        b"\xff\xfea\x00\x00\x00",  # UTF-16 with a NUL character
        b"\xef\xbb\xbf\xff",
    ],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(NotTextError):
        decode(data)


def test_a_binary_document_is_refused_with_a_remedy():
    with pytest.raises(InputError) as caught:
        read_document(b"%PDF-1.7", PATH)
    (problem,) = caught.value.problems
    assert problem.where == str(PATH)
    assert "PDF" in problem.what
    assert "HTML" in problem.remedy


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"<html><script>x</script></html>"]
)
def test_a_document_without_words_is_refused(data):
    with pytest.raises(InputError, match=r"empty|no words"):
        read_document(data, PATH)


def test_the_digest_is_of_the_bytes_and_the_path_is_no_part_of_the_identity():
    data = b"line\r\n"
    one, two = read_document(data, Path("a.txt")), read_document(data, Path("b.html"))
    assert one.digest == hashlib.sha256(data).hexdigest()
    assert one == two
    assert one.digest != document("line\n").digest


# ---------------------------------------------------------------------------------------- HTML


def test_html_becomes_lines_without_scripts_and_styles():
    markup = """<!DOCTYPE html>
    <html><head><title>Site &mdash; page</title><style>p { x }</style></head>
    <body><script>var a = "<p>no</p>";</script>
    <h1>A <em>head</em>line</h1><p>First&nbsp;&amp; second
       line.<br/>Third.</p><ul><li>one<li>two</ul><!-- no -->
    <table><tr><td>a</td><td>b</td></tr></table><noscript>no</noscript>
    <svg><title>no</title><text>no</text></svg><pre>x  y
z</pre></body></html>"""
    page = read_html(markup)
    assert page.text.split("\n") == [
        "A headline", "First\u00a0& second line.", "Third.", "one", "two", "a", "b", "x y", "z",
    ]  # fmt: skip
    assert (page.heading, page.title) == ("A headline", "Site \u2014 page")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<head><title>t</title><p>left open", "left open"),
        ("<html><head><meta charset=utf-8>bare words", "bare words"),
        ("<p>a<![if x]>b<![endif]>c", "abc"),
        ("<p>a<![CDATA[b]]>c", "ac"),
        ("<p>a < b & c <a href='x", "a < b & c"),
        ("<p>a</script>b</template>c", "abc"),
        ("<p>&#0;&#xD800;&nosuch;", "\ufffd\ufffd&nosuch;"),
        ("<p>שלום <b>עולם</b>", "שלום עולם"),
        ("<template><svg>no</svg>no</template><p>yes", "yes"),
    ],
)
def test_careless_html_is_read(markup, text):
    assert read_html(markup).text == text


def test_a_file_of_unclosed_tags_does_not_hang():
    assert read_html("<p>a" + "<a " * 1_000_000).text == "a"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!doctype HTML>", True),
        ("\n <?xml version='1.0'?>\n<html>", True),
        ("<!-- saved -->\n<html>", True),
        ("<p class=x>words", True),
        ("<!-- a note -->\nplain words", False),
        ("<pan-european> is a word", False),
        ("words <p>", False),
    ],
)
def test_html_is_known_by_its_opening(text, expected):
    assert is_html(text) is expected


# -------------------------------------------------------------------------------------- titles


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n  A plain  title \nmore", "A plain title"),
        ("# A heading\nmore", "A heading"),
        ("<title>Site</title><h1>Heading</h1>", "Heading"),
        ("<title>Site</title><p>words", "Site"),
        ("<p>words</p><p>more", "words"),
        ("# \nmore", "(untitled)"),
    ],
)
def test_a_title_is_found(text, title):
    assert document(text).title == title


@pytest.mark.parametrize("text", ["word " * 100, "w" * 1000])
def test_a_title_is_bounded(text):
    title = document(text).title
    assert len(title) <= LONGEST_TITLE
    assert title.endswith("\u2026")


# --------------------------------------------------------------------------------------- dates

JULY = "2025-07-21"


@pytest.mark.parametrize(
    "line",
    [
        "21 July 2025",
        "July 21, 2025",
        "Monday, 21 July 2025",
        "Kyiv, 21st July 2025",
        "By A. Writer | 21 July 2025 | Kyiv",
        "Published July 21, 2025 by A. Writer",
        "Published on 21 July 2025, updated 22 July 2025",
        "An assessment, July 21, 2025",
        "Published: 2025-07-21 14:03 GMT",
        "2025-07-21T14:03:00Z",
        "(2025/07/21)",
        "July 21, 2025 at 14:30",
    ],
)
def test_a_dateline_dates_a_document(line):
    assert document(f"A headline\n{line}\n\nWords about 3 May 1999 and so on.").date == JULY


@pytest.mark.parametrize(
    "line",
    [
        "The war that began on 24 February 2022",
        "It began on Monday, 24 February 2022",
        "The ceasefire of 21 July 2025 failed",
        "In a letter dated 21 July 2025 the minister agreed",
        "20-21 July 2025",
        "20 \u2013 21 July 2025",
        "20 July \u2013 3 August 2025",
        "July 21\u201323, 2025",
        "Updated 21 July 2025",
        "31 February 2025",
        "07/08/2025",
        "July 2025",
        "21 July",
        "21 Juillet 2025",
        "20 July 2025 | 21 July 2025",
        "x" * 200 + ", 21 July 2025",
    ],
)
def test_no_date_is_better_than_a_guess(line):
    assert document(f"A headline\n{line}\n").date is None


def test_only_the_first_part_is_searched():
    assert document("\n".join(["line"] * 12 + ["21 July 2025"])).date is None
    cut = "x" * (FIRST_PART - len("\n21 July 2025")) + "\n21 July 2025 was the day"
    assert dateline_dates(cut) == []


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<meta property='article:published_time' content='2025-07-21T23:30:00-05:00'>", JULY),
        ("<meta name=DC.date content='2025-07-21'><time datetime='2020-01-01'>", JULY),
        ("<meta itemprop=datePublished content='July 21, 2025'>", JULY),
        ("<meta name=date content=2025-07-21><meta name=pubdate content=2025-07-22>", None),
        ("<meta name=date content=yesterday><p>21 July 2025</p>", JULY),
        ("<time datetime=2025-07-21 pubdate>x</time><time datetime=2020-01-01>x</time>", JULY),
        ("<time datetime=2025-07-21>x</time>", JULY),
        ("<time datetime=2025-07-21>x</time><time datetime=2020-01-01>x</time>", None),
        ("<p>" + "x" * 3000 + "<time datetime=2025-07-21>x</time>", None),
        ("<meta name=viewport content=2025-07-21><meta name=date>", None),
    ],
)
def test_a_page_declares_its_date(markup, found):
    assert document(f"<html><head>{markup}<p>words").date == found


def test_a_date_value_is_a_date_and_nothing_else():
    assert read_date(" 3 Sept.  2024 ") == "2024-09-03"
    assert read_date("about 3 September 2024") is None
    assert agreed_date([None], [], ["2024-09-03", "2024-09-03"], ["1999-01-01"]) == "2024-09-03"
    assert agreed_date() is None
