"""The texts of static sites, one post a file: Jekyll, Hugo, Zola, Eleventy, Pelican, Hexo, Nikola, nanoc.

They are Markdown, HTML, reStructuredText, Org or AsciiDoc, with metadata in one of many ways. What is not in
it is read from the path (`_posts/2012-03-04-hello.md`, `2012/03/04/hello.md`), from the first heading, and
from the settings of the site, where they lie in the same folder: the blog's name, and the post's address. A
post's own id is its path, so a folder gives the same ids wherever it lies.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from indexer.formats.format import Format
from indexer.formats.reading.links import is_absolute
from indexer.formats.reading.text import read_text
from indexer.formats.sites.comment_data import comment_of
from indexer.formats.sites.documents import HAVE_OWN_HEADER, Document, companion, document_of
from indexer.formats.sites.metadata import Metadata
from indexer.formats.sites.metadata_block import UnsafeBlock
from indexer.formats.sites.permalinks import PATTERN_NAMES, Page, link_of
from indexer.formats.sites.publication import NIKOLA_TAGS, is_outside, is_page_of, is_template, why_left_out
from indexer.formats.sites.settings import Generator, Site, site_of
from indexer.record import Hint, Markup, RawBlog, RawComment, RawPost, Reading, Skipped
from indexer.source import Source

_LARGEST = 10_000_000  # bytes

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx"})
_MAY_HAVE_FRONT_MATTER = frozenset(
    {".html", ".htm", ".txt", ".rst", ".rest", ".textile", ".org", ".adoc", ".asciidoc", ".xml", ".json"}
)
_FRONT_MATTER = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:(?:<!--\s*)?\.\. "
    rb"(?:title|slug|date|updated|tags|category|link|description|type|author|status):[^:]"
    rb"|(?:-{3,}|\+{3})[ \t]*\r?\n(?:(?:[ \t]*|#.*)\r?\n)*[\"']?\w[\w -]*[\"']?[ \t]*[:=])"
)

_TITLE = ("title", "headline")
_PUBLISHED = (
    "date", "published_at", "publishdate", "publish_date", "pubdate", "published", "created", "created_at",
)  # fmt: skip
_UPDATED = (
    "updated", "lastmod", "modified", "last_modified_at", "last_modified", "updated_at", "updateddate",
)  # fmt: skip
_AUTHORS = ("authors", "author", "author_name", "byline", "by", "creator")
_TAGS = ("tags", "tag", "categories", "category", "topics", "labels")
_SUMMARY = ("description", "summary", "excerpt", "dek", "deck", "subtitle", "abstract")
_LINK = ("permalink", "url", "canonical_url", "canonicalurl", "canonical")
_ELSEWHERE = ("original_url", "source_url", "link", "tumblr_url", "aliases")
_LANGUAGE = ("lang", "language", "locale")
_BLOG = ("blog", "site_name")  # in a folder that holds several blogs, or away from its site's settings
_OWNER = ("author", "blog_author")  # in the settings of a site
_PATHS = ("path", "permalink", "url", "slug")

_DIGIT = re.compile(r"\d")
_DAY_IN_PATH = re.compile(r"(?<!\d)(19[89]\d|20\d\d)[-/_](0?[1-9]|1[0-2])[-/_](0?[1-9]|[12]\d|3[01])(?!\d)")
_DAY_BEFORE_SLUG = re.compile(r"\A\d{4}[-_]\d{1,2}[-_]\d{1,2}[-_]")
_MONTH_IN_PATH = re.compile(r"(?:^|/)(19[89]\d|20\d\d)/(0?[1-9]|1[0-2])/")
_LANGUAGE_IN_NAME = re.compile(r"\.([a-z]{2}(?:-[A-Za-z]{2})?)$")  # post.fr.md


def sniff(source: Source) -> bool:
    """Any Markdown file, and other text that begins with metadata, has some beside it, or is of a site."""
    suffix = PurePosixPath(source.name).suffix.lower()
    if suffix in _MARKDOWN:
        return True
    if suffix not in _MAY_HAVE_FRONT_MATTER:
        return False
    own_header = HAVE_OWN_HEADER.get(suffix)
    return (
        _FRONT_MATTER.match(source.head) is not None
        or (own_header is not None and own_header.search(source.head) is not None)
        or bool(companion(source))
        or ((own_header is not None or is_template(source.path)) and site_of(source) is not None)
        or (suffix == ".txt" and _is_no_text_of_its_site(source))
    )


def _is_no_text_of_its_site(source: Source) -> bool:
    """Whether it is a text in a site, but beside those that it is made of, which only Nikola calls `.txt`."""
    site = site_of(source)
    return site is not None and (site.generator is not Generator.NIKOLA or is_outside(site, source))


def read(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    """The one post of the file, and the comments that its metadata holds."""
    text = read_text(source, _LARGEST)
    try:
        document = document_of(source, text)
    except UnsafeBlock as error:
        yield Skipped("front matter", str(error))
        return
    if document.problem:
        source.warn(f"its front matter is not well-formed and was read line by line: {document.problem}")
    post = _post(source, document)
    is_titled = document.has_block and all(reading.field != "title" for reading in post.readings)
    if not (post.body or post.summary or post.left_out or is_titled):
        if not document.has_block:
            yield Skipped(post.where, "there is no text in it")
            return
        post = replace(post, left_out="not a post")  # Such as an `index.md` that only names its layout.
    yield post
    comments = document.fields.get("comments")
    for number, fields in enumerate(comments if isinstance(comments, list) else (), start=1):
        if isinstance(fields, dict) and (comment := comment_of(fields, f"comment {number}")):
            yield replace(comment, blog=post.blog, post_own_id=post.own_id, post_slug="", post_link="")


def _post(source: Source, document: Document) -> RawPost:
    path = PurePosixPath(source.name)
    site = site_of(source)
    metadata = Metadata(document.fields)
    title, body, title_markup = _title(document, metadata)
    readings: tuple[Reading, ...] = ()
    if not title:
        title, title_markup = _title_in(path), Markup.TEXT
        readings += (Reading("title", "file name", 0.5),)
    published = tuple(filter(_DIGIT.search, metadata.texts(_PUBLISHED)))  # `published: true` is no date
    hints = _hints_in(source.name, *metadata.texts(_PATHS))
    summary = metadata.text(_SUMMARY)
    in_name = _LANGUAGE_IN_NAME.search(path.stem)
    language = metadata.text(_LANGUAGE) or (in_name[1] if in_name else "")
    is_page = "page" in metadata.texts(("layout", "type")) or is_page_of(site, source)
    post = RawPost(
        where="the file",
        blog=_blog(metadata, site),
        own_id=source.name,
        slug=metadata.text(("slug",)) or _slug_in(path),
        title=title,
        title_markup=title_markup,
        body=body,
        body_markup=document.markup,
        summary=summary,
        summary_markup=Markup.MARKDOWN if summary else Markup.TEXT,
        authors=metadata.people(_AUTHORS) or (Metadata(dict(site.settings)).people(_OWNER) if site else ()),
        tags=metadata.labels(_TAGS, words_apart="_posts" in path.parts),
        published=published,
        published_hints=hints,
        updated=metadata.texts(_UPDATED),
        language=language,
        kind="page" if is_page else "post",
        left_out=_left_out(source, document, site, has_date=bool(published or hints)),
        readings=readings,
    )
    return replace(post, link=_link(source, metadata, site, post))


def _left_out(source: Source, document: Document, site: Site | None, *, has_date: bool) -> str:
    if site and (is_outside(site, source) or (source.name.endswith(".txt") and not document.has_block)):
        return "not a post"
    metadata, path = Metadata(document.fields), PurePosixPath(source.name)
    is_of_nikola = site is not None and site.generator is Generator.NIKOLA
    tags = metadata.labels(("tags",), words_apart=False) if is_of_nikola else ()
    reason = next((tag for tag in tags if tag in NIKOLA_TAGS), "")
    return reason or why_left_out(path, metadata, has_block=document.has_block, has_date=has_date)


def _title(document: Document, metadata: Metadata) -> tuple[str, str, Markup]:
    """The title of the metadata, or else the heading the text begins with; and what is left of the text."""
    title = html.unescape(metadata.text(_TITLE))
    if title or document.markup is not Markup.MARKDOWN:
        return title, document.body, Markup.TEXT
    return *_heading(document.body), Markup.MARKDOWN


def _blog(metadata: Metadata, site: Site | None) -> RawBlog:
    own = metadata.text(_BLOG)
    if own or site is None:
        return RawBlog(own)
    return site.blog


def _link(source: Source, metadata: Metadata, site: Site | None, post: RawPost) -> str:
    """Its own whole address, else the one its site gives it, else the one of what it is about."""
    own = next(filter(is_absolute, metadata.texts(_LINK)), "")
    if own or site is None:
        return own or next(filter(is_absolute, metadata.texts(_ELSEWHERE)), "")
    page = Page(
        path=PurePosixPath(source.path).relative_to(site.folder),
        title=post.title,
        slug=_slug_in(PurePosixPath(source.path)),
        own_slug=metadata.text(("slug",)),
        pattern=metadata.text(PATTERN_NAMES[site.generator]),
        date=next(iter((*post.published, *(hint.text for hint in post.published_hints))), ""),
        categories=metadata.labels(("category", "categories"), words_apart="_posts" in source.path),
        author=next(iter(post.authors), ""),
        language=post.language,
        is_page=post.kind == "page",
    )
    return link_of(site, page) or next(filter(is_absolute, metadata.texts(_ELSEWHERE)), "")


def _heading(body: str) -> tuple[str, str]:
    """The heading that a body begins with, and the rest; without one, an empty title and the body."""
    first, _, rest = body.partition("\n")
    marks = len(first) - len(first.lstrip("#"))
    if 1 <= marks <= 2 and first[marks : marks + 1].isspace():
        return first.strip("#").strip(), rest.lstrip("\n")
    underline, _, below = rest.partition("\n")
    if first.strip() and len(underline.strip()) > 1 and underline.rstrip().strip("=-") == "":
        return first.strip(), below.lstrip("\n")
    return "", body


def _title_in(path: PurePosixPath) -> str:
    """A title of the file's name, or of its folder's where it is called `index`."""
    stem = path.parent.name if path.stem.lower() == "index" and path.parent.name else path.stem
    words = re.sub(r"[-_\s]+", " ", _DAY_IN_PATH.sub("", _LANGUAGE_IN_NAME.sub("", stem))).strip()
    return words[:1].upper() + words[1:]


def _slug_in(path: PurePosixPath) -> str:
    """The part of the address that the file's name gives: without its day, language and suffix."""
    stem = _LANGUAGE_IN_NAME.sub("", path.stem)
    if stem.lower() == "index" and path.parent.name:
        stem = path.parent.name
    return _DAY_BEFORE_SLUG.sub("", stem)


def _hints_in(*paths: str) -> tuple[Hint, ...]:
    """The day, or only the month, that the first of the paths to name one names."""
    for path in paths:
        if days := _DAY_IN_PATH.findall(path):
            year, month, day = days[-1]
            # Jekyll and its kin have no other way to say it.
            where, sure = (
                ("file name", 0.95) if _DAY_BEFORE_SLUG.match(PurePosixPath(path).name) else ("path", 0.8)
            )
            return (Hint(f"{year}-{month:0>2}-{day:0>2}", where, sure),)
        if month_found := _MONTH_IN_PATH.search(path):
            return (Hint(f"{month_found[1]}-{month_found[2]:0>2}", "path", 0.8),)
    return ()


FORMAT = Format(
    name="frontmatter",
    title="Markdown with front matter",
    sniff=sniff,
    read=read,
    known_by="a Markdown file, or other text that begins with metadata",
)
