"""HTML to plain text, by one fixed rule, so that offsets mean the same on every machine.

The same markup always gives the same text:

* Scripts, styles, templates, drawings, fallback content and everything in ``<head>`` are dropped.
* Each block element, table cell, list item and ``<br>`` begins and ends a line.
* Runs of blanks become one space (no-break spaces stay), blank lines go, entities are decoded.
* A tag that the file's end cuts off is dropped, with what follows it. (Browsers do so; and the
  standard parser may need hours for a file of nothing but such tags.)
* Menus and footers stay: telling them from the article would be a guess.

What would break it: the parser is the standard library's, and a later Python may mend how it
reads *malformed* markup. The offsets of such a page then shift, and its passages are reported as
unresolved; the digest of the passage makes sure that wrong words are never shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

FIRST_PART = 2000  # characters of text within which a <time> may date the page; assumption

# The openings by which browsers know HTML (WHATWG, MIME Sniffing, section 7.1), with those that
# saved articles also begin with. Anything else is plain text, whatever the file is called.
_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    r"(?:<!doctype\s+html|<(?:html|head|body|title|meta|script|style|article|main|section|header|div|p|h[1-6]|table"
    r"|iframe|font|a|b|br)(?=[\s/>]))",
    re.IGNORECASE | re.DOTALL,
)
_DROPPED = frozenset(
    {"script", "style", "template", "noscript", "svg", "math", "iframe", "object", "select"}
)
# fmt: off
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center",
        "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main",
        "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td",
        "tfoot", "th", "thead", "title", "tr", "ul",
    }
)
# fmt: on
_PUBLISHED = frozenset(
    {
        "article:published_time",
        "citation_date",
        "citation_publication_date",
        "date",
        "datepublished",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "dcterms.issued",
        "parsely-pub-date",
        "pubdate",
        "publish-date",
        "publish_date",
        "publication_date",
    }
)
_TAG_BEGIN = re.compile(r"<[A-Za-z/!?]")
_BLANKS = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML document says.

    Attributes:
        text: the plain text, one block a line.
        heading: the first ``<h1>``, or "".
        title: the ``<title>``, or "".
        published: values of the elements that state a date of publication, as written.
        times: values of the other ``<time>`` elements in the first part, as written.
    """

    text: str
    heading: str
    title: str
    published: tuple[str, ...]
    times: tuple[str, ...]


def is_html(text: str) -> bool:
    """Say whether decoded text begins as an HTML document does."""
    return _OPENING.match(text) is not None


def read_html(markup: str) -> Page:
    """Turn HTML into plain text by the rule in the module's header; any string is accepted."""
    unclosed = _TAG_BEGIN.search(markup, markup.rfind(">") + 1)
    reader = _Reader()
    reader.feed(markup[: unclosed.start()] if unclosed else markup)
    reader.close()
    return reader.page()


class _Reader(HTMLParser):
    """Collects text, titles and dates while the standard parser walks through the markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._length = 0
        self._dropped: list[str] = []  # open elements whose content is dropped, outermost first
        self._in_head = False
        self._verbatim = 0  # depth of <pre>
        self._titles: dict[str, list[str]] = {"h1": [], "title": []}
        self._title: str | None = None  # the title element that is being read
        self._published: list[str] = []
        self._times: list[str] = []

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Read ``<![...`` as a comment, as browsers do; the inherited method may raise."""
        return self.parse_bogus_comment(i, report)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"meta", "time"}:
            self._note_date(tag, {name: value or "" for name, value in attrs})
        if tag == "head":
            self._in_head = True
        elif tag in _BLOCKS and tag != "title":
            self._in_head = False  # the end tag of <head> may be left out
        if tag in _DROPPED:
            self._dropped.append(tag)
        if tag in self._titles and not self._dropped and not self._titles[tag]:
            self._title = tag
        if tag == "pre":
            self._verbatim += 1
        if tag in _BLOCKS:
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "head":
            self._in_head = False
        if tag in self._dropped:
            del self._dropped[self._dropped.index(tag) :]
        if tag == self._title:
            self._title = None
        if tag == "pre" and self._verbatim:
            self._verbatim -= 1
        if tag in _BLOCKS:
            self._add("\n")

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        if self._title is not None:
            self._titles[self._title].append(data)
        if self._title == "title":
            return
        if self._in_head and data.strip():
            self._in_head = False
        self._add(data if self._verbatim else _BLANKS.sub(" ", data))

    def _add(self, piece: str) -> None:
        if not self._in_head:
            self._pieces.append(piece)
            self._length += len(piece)

    def _note_date(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep the date that a ``<meta>`` or ``<time>`` element states."""
        names = {attributes.get(name, "").lower() for name in ("name", "property", "itemprop")}
        if tag == "meta":
            if names & _PUBLISHED and attributes.get("content"):
                self._published.append(attributes["content"])
        elif attributes.get("datetime"):
            if names & _PUBLISHED or "pubdate" in attributes:
                self._published.append(attributes["datetime"])
            elif self._length <= FIRST_PART:
                self._times.append(attributes["datetime"])

    def page(self) -> Page:
        """Return what has been collected."""
        lines = (_squeeze(line) for line in "".join(self._pieces).split("\n"))
        return Page(
            text="\n".join(line for line in lines if line),
            heading=_squeeze("".join(self._titles["h1"])),
            title=_squeeze("".join(self._titles["title"])),
            published=tuple(self._published),
            times=tuple(self._times),
        )


def _squeeze(text: str) -> str:
    """Make each run of blanks one space and cut those at the ends."""
    return _BLANKS.sub(" ", text).strip(" ")
