"""Every parser that is fuzzed: a function of bytes that raises nothing but what it documents."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import httpx

from indexer.containers import Container, container_of, members
from indexer.fetching import headers
from indexer.formats import FORMATS
from indexer.formats.bodies.lexical import lexical_html
from indexer.formats.bodies.mobiledoc import mobiledoc_html
from indexer.formats.format import Format
from indexer.formats.reading.charset import guessed_charset
from indexer.formats.reading.csv_rows import csv_rows
from indexer.formats.reading.encoding import clean_utf8
from indexer.formats.reading.json_list import NotJson, load_items
from indexer.formats.reading.json_tables import rows
from indexer.formats.reading.repair import mended
from indexer.formats.sites.asciidoc import asciidoc_markdown
from indexer.formats.sites.metadata_block import UnsafeBlock, split
from indexer.formats.sites.org import org_markdown
from indexer.formats.sites.rest import rest_html
from indexer.live.discovery import linked_feeds
from indexer.live.lists import feeds_listed
from indexer.live.outlook import look
from indexer.normalise.batch import Batch, Item, KnownPost, normalise
from indexer.normalise.bodies.html import read_html
from indexer.normalise.bodies.markup import read_body
from indexer.normalise.bylines.byline import find_byline_in
from indexer.normalise.dates import read_date
from indexer.normalise.language import declared_language, detected_language
from indexer.normalise.names import person
from indexer.normalise.text import clean
from indexer.record import Markup, RawComment, RawPost, Record, Skipped
from indexer.source import Source
from search.errors import SourceRefused
from search.query.parser import parse
from search.sameness.identity import Held
from tests.fuzz import archives
from tests.fuzz.scenes import SCENES, Scene, staged
from tests.indexer.formats.cases import CASES_FOLDER, EXPECTED_SUFFIX

_MOST_RECORDS = 50  # of one input that are normalised


@dataclass(frozen=True, slots=True)
class Parser:
    """One parser under its name. `run` raises nothing where all is well.

    `seeds` are folders of test cases to begin with, `prefixes` what may stand before a file's content to
    make an input of it, `made` are inputs as they are, and `dictionary` names the words to try.
    """

    name: str
    run: Callable[[bytes], None]
    seeds: tuple[str, ...] = ()
    prefixes: tuple[bytes, ...] = (b"",)
    dictionary: str = ""
    made: tuple[bytes, ...] = ()

    def first_inputs(self) -> Iterator[bytes]:
        """What is made for it, and each file of the cases."""
        yield from self.made
        for folder in self.seeds:
            for path in sorted((CASES_FOLDER / folder).rglob("*")):
                if path.is_file() and not path.name.endswith(EXPECTED_SUFFIX):
                    content = path.read_bytes()
                    yield from (prefix + content for prefix in self.prefixes)


def _read(scenes: tuple[Scene, ...], formats: tuple[Format, ...], data: bytes) -> None:
    """As `Reader` does: whoever knows the source reads it, and what is published is normalised."""
    source = staged(scenes[data[0] % len(scenes)], data[1:]) if data else staged(scenes[0], b"")
    chosen = next((format_ for format_ in formats if format_.sniff(source)), formats[0])
    with suppress(SourceRefused):
        _normalise(chosen, source, islice(chosen.read(source), _MOST_RECORDS))


def _normalise(chosen: Format, source: Source, records: Iterable[Record]) -> None:
    held = Held(chosen.name, chosen.standing, chosen.complete)
    items = []
    for record in records:
        assert record.where, record
        if isinstance(record, Skipped):
            assert record.why
        elif not (isinstance(record, RawPost | RawComment) and record.left_out):
            items.append(Item(source.name, record, held))
    for outcome in normalise("", "a blog", Batch(tuple(items))).outcomes:
        if isinstance(outcome.value, KnownPost):
            post = outcome.value.post
            "".join((post.title, post.text, post.html, post.summary, post.link, *post.tags)).encode()
            assert "<script" not in post.html


def _text(run: Callable[[str], object], data: bytes) -> None:
    run(data.decode("utf-8", "surrogatepass" if b"\xed" in data else "replace") if _decodes(data) else "")


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass" if b"\xed" in data else "replace")
    except UnicodeDecodeError:
        return False
    return True


def _source(data: bytes, name: str = "file") -> Source:
    return Source(name, lambda: io.BytesIO(data), len(data), address="https://blog.example/")


class _All:
    """Wants every member of an archive."""

    def __call__(self, name: str) -> bool:
        return True

    def pass_over(self) -> None:
        """Counts nothing."""


def _unpack(container: Container, data: bytes) -> None:
    container_of(data[:512], "file")
    with suppress(SourceRefused):
        for member in members(io.BytesIO(data), container, "archive", _All()):
            if not isinstance(member, Skipped):
                with member.open() as stream:
                    assert len(stream.read()) == member.size


def _compressed(data: bytes) -> None:
    kind = container_of(data[:512], "file")
    if kind in (Container.GZIP, Container.BZIP2, Container.XZ):
        _unpack(kind, data)


def _json(text: str) -> None:
    with suppress(NotJson):
        load_items(text, "items", "posts")


def _json_tables(data: bytes) -> None:
    with suppress(SourceRefused):
        for _ in rows(_source(data), ("posts", "tags", "posts_tags"), (("db", "data"), ("data",), ())):
            pass


def _csv(data: bytes) -> None:
    with suppress(SourceRefused):
        for _ in csv_rows(_source(data)):
            pass


def _clean_utf8(data: bytes) -> None:
    guessed_charset(_source(data))
    for chunk in clean_utf8(_source(data)):
        chunk.decode()


def _mended(data: bytes) -> None:
    mended(data)


def _front_matter(text: str) -> None:
    with suppress(UnsafeBlock):
        split(text)


def _documents(text: str) -> None:
    for convert in (lexical_html, mobiledoc_html):
        with suppress(NotJson):
            convert(text, lambda _: None)


def _languages_of_sites(text: str) -> None:
    asciidoc_markdown(text)
    org_markdown(text)


def _dates(text: str) -> None:
    read_date(text.split("\n"))


def _languages(text: str) -> None:
    declared_language(text)
    detected_language(text)


def _html(text: str) -> None:
    html, seen = read_html(text, "https://blog.example/")
    assert "<script" not in html
    (html + seen).encode()


def _as(markup: Markup, text: str) -> None:
    body = read_body(text, markup, "https://blog.example/")
    assert "<script" not in body.html
    (body.html + body.text).encode()


def _small_texts(text: str) -> None:
    clean(text).encode()
    person(text)


def _byline(text: str) -> None:
    find_byline_in(text)


def _web_pages(data: bytes) -> None:
    linked_feeds(_source(data))
    look(_source(data))
    feeds_listed(_source(data))


def _headers(text: str) -> None:
    given = {"Retry-After", "Content-Type", "ETag", "Last-Modified"}
    found = httpx.Headers([(name.encode(), text.encode("utf-8", "replace")) for name in given])
    headers.retry_after(found)
    headers.charset(found)
    headers.content_type(found)
    headers.conditions_of(found)


_WORDS = {
    "jsonfeed": "json", "blogsearch": "json", "ghost": "json", "blogger-api": "json", "wordpress-api": "json",
    "blogarchive": "json", "page": "html", "medium": "html", "substack": "html", "tumblr": "json",
    "frontmatter": "markdown", "comments": "markdown", "movabletype": "movabletype", "plaintext": "plaintext",
    "beehiiv": "csv", "subscribers": "csv",
}  # fmt: skip


def _of_format(format_: Format) -> Parser:
    scenes = SCENES[format_.name]
    prefixes = tuple(bytes([number]) for number in range(len(scenes)))
    words = _WORDS.get(format_.name, "xml")
    return Parser(format_.name, partial(_read, scenes, (format_,)), (format_.name,), prefixes, words)


def _any_format() -> Parser:
    """Whatever format says that it knows the source, under a name of each."""
    scenes = tuple(scenes[0] for scenes in SCENES.values())
    prefixes = tuple(bytes([number]) for number in range(0, len(scenes), 6))
    return Parser("sniffing", partial(_read, scenes, (*FORMATS,)), ("",), prefixes, "xml")


def _of_text(name: str, run: Callable[[str], object], seeds: str = "", dictionary: str = "") -> Parser:
    return Parser(name, partial(_text, run), (seeds,) if seeds else (), dictionary=dictionary)


def _of_container(name: str, container: Container, made: tuple[bytes, ...]) -> Parser:
    return Parser(name, partial(_unpack, container), dictionary="archives", made=made)


PARSERS: tuple[Parser, ...] = (
    *map(_of_format, FORMATS),
    _any_format(),
    _of_container("zip", Container.ZIP, archives.zips()),
    _of_container("tar", Container.TAR, archives.tars()),
    _of_container("web-archive", Container.WEB_ARCHIVE, archives.web_archives()),
    Parser("compressed", _compressed, dictionary="archives", made=archives.compressed()),
    _of_text("json", _json, "jsonfeed", "json"),
    Parser("json-tables", _json_tables, ("ghost",), dictionary="json"),
    Parser("csv", _csv, ("beehiiv", "subscribers"), dictionary="csv"),
    Parser("encoding", _clean_utf8, ("wxr", "movabletype"), dictionary="xml"),
    Parser("repair", _mended, ("wxr",), dictionary="xml"),
    _of_text("front-matter", _front_matter, "frontmatter", "markdown"),
    _of_text("ghost-documents", _documents, "ghost", "json"),
    _of_text("asciidoc-org", _languages_of_sites, "frontmatter", "markdown"),
    _of_text("restructuredtext", rest_html, "frontmatter", "markdown"),
    _of_text("html", _html, "page", "html"),
    _of_text("markdown", partial(_as, Markup.MARKDOWN), "frontmatter", "markdown"),
    _of_text("wordpress-markup", partial(_as, Markup.WORDPRESS), "wxr", "html"),
    _of_text("lines-markup", partial(_as, Markup.LINES), "movabletype", "html"),
    _of_text("dates", _dates, dictionary="dates"),
    _of_text("byline", _byline, "plaintext", "plaintext"),
    _of_text("languages", _languages, "plaintext"),
    _of_text("texts", _small_texts, "plaintext"),
    _of_text("query", parse, dictionary="query"),
    Parser("web-pages", _web_pages, ("feed", "page", "opml", "jsonfeed"), dictionary="html"),
    _of_text("headers", _headers, dictionary="dates"),
)
"""All of them."""

CORPUS = Path(__file__).parent / "corpus"
"""Inputs worth keeping, in a folder for each parser."""


def named(name: str) -> Parser:
    """The parser of that name; raises `StopIteration` where there is none."""
    return next(parser for parser in PARSERS if parser.name == name)
