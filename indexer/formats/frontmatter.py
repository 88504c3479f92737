"""Markdown with front matter, one post a file: Jekyll, Hugo, Zola, Eleventy, Pelican and their kin.

What the metadata does not say is read from the path (`_posts/2012-03-04-hello.md`, `2012/03/04/hello.md`)
and from the first heading. A post's own id is its path, so a folder gives the same ids wherever it lies.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath

from indexer.formats.format import Format
from indexer.formats.metadata import Metadata, text_of
from indexer.formats.metadata_block import MetadataBlock, UnsafeBlock, split
from indexer.formats.template_tags import without_template_tags
from indexer.formats.text import read_text
from indexer.record import Markup, RawBlog, RawPost, Reading, Skipped
from indexer.source import Source

_LARGEST = 10_000_000  # bytes

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx"})
_HTML = frozenset({".html", ".htm"})
_MAY_HAVE_FRONT_MATTER = _HTML | {".txt", ".rst", ".textile", ".org", ".adoc"}
_FRONT_MATTER = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:-{3,}|\+{3})[ \t]*\r?\n(?:(?:[ \t]*|#.*)\r?\n)*[\"']?\w[\w -]*[\"']?[ \t]*[:=]"
)

_TITLE = ("title", "headline")
_PUBLISHED = (
    "date", "published_at", "publishdate", "publish_date", "pubdate", "published", "created", "created_at",
)  # fmt: skip
_UPDATED = (
    "updated", "lastmod", "modified", "last_modified_at", "last_modified", "updated_at", "updateddate",
)  # fmt: skip
_AUTHORS = ("authors", "author", "byline", "by", "creator")
_TAGS = ("tags", "tag", "categories", "category", "topics", "labels")
_SUMMARY = ("description", "summary", "excerpt", "dek", "deck", "subtitle", "abstract")
_LINK = (
    "permalink", "url", "canonical_url", "canonicalurl", "canonical", "original_url", "source_url", "link",
    "tumblr_url", "aliases",
)  # fmt: skip
_LANGUAGE = ("lang", "language", "locale")
_BLOG = ("blog", "site_name")  # in a folder that holds several blogs, or away from its site's settings
_PATHS = ("path", "permalink", "url", "slug")

_YES = frozenset({"true", "yes", "on", "1"})
_NO = frozenset({"false", "no", "off", "0"})
_LEFT_OUT: tuple[tuple[str, frozenset[str], str], ...] = (
    ("draft", _YES, "draft"),
    ("published", _NO, "draft"),
    ("publish", _NO, "draft"),
    ("private", _YES, "private"),
    ("render", _NO, "private"),
    ("status", frozenset({"draft"}), "draft"),
    ("status", frozenset({"private", "hidden"}), "private"),
    ("status", frozenset({"pending"}), "pending"),
    ("status", frozenset({"trash", "trashed", "deleted"}), "trashed"),
)
_NEVER_BUILT = _NO | {"never"}
_SCHEDULED = ("publishdate", "publish_date")

_FOLDERS_LEFT_OUT = {"_drafts": "draft", "_trash": "trashed"}
_NO_POST_FOLDERS = frozenset(
    {"_layouts", "_includes", "_sass", "layouts", "archetypes", "node_modules", "themes", "vendor"}
)
_PROJECT_FILES = frozenset(
    {
        *("readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "authors"),
        *("security", "404"),
    }
)

_DIGIT = re.compile(r"\d")
_DAY_IN_PATH = re.compile(r"(?<!\d)(19[89]\d|20\d\d)[-/_](0?[1-9]|1[0-2])[-/_](0?[1-9]|[12]\d|3[01])(?!\d)")
_MONTH_IN_PATH = re.compile(r"(?:^|/)(19[89]\d|20\d\d)/(0?[1-9]|1[0-2])/")
_LANGUAGE_IN_NAME = re.compile(r"\.([a-z]{2}(?:-[A-Za-z]{2})?)$")  # post.fr.md


def sniff(source: Source) -> bool:
    """Any Markdown file, and other text that begins with front matter."""
    suffix = PurePosixPath(source.name).suffix.lower()
    return suffix in _MARKDOWN or (
        suffix in _MAY_HAVE_FRONT_MATTER and _FRONT_MATTER.match(source.head) is not None
    )


def read(source: Source) -> Iterator[RawPost | Skipped]:
    """The one post of the file."""
    text = read_text(source, _LARGEST)
    try:
        block = split(text)
    except UnsafeBlock as error:
        yield Skipped("front matter", str(error))
        return
    if block and block.problem:
        source.warn(f"its front matter is not well-formed and was read line by line: {block.problem}")
    post = _post(source.name, block or MetadataBlock({}, text), has_block=block is not None)
    if not (post.body.strip() or post.summary or post.left_out):
        yield Skipped(post.where, "there is no text in it")
    else:
        yield post


def _post(name: str, block: MetadataBlock, *, has_block: bool) -> RawPost:
    path = PurePosixPath(name)
    metadata = Metadata(block.fields)
    is_html = path.suffix.lower() in _HTML
    title, body = html.unescape(metadata.text(_TITLE)), without_template_tags(block.body).strip()
    readings: tuple[Reading, ...] = ()
    title_markup = Markup.TEXT
    if not title and not is_html:
        title, body = _heading(body)
        title_markup = Markup.MARKDOWN
    if not title:
        title, title_markup = _title_in(path), Markup.TEXT
        readings += (Reading("title", "file name", 0.5),)
    published = tuple(filter(_DIGIT.search, metadata.texts(_PUBLISHED)))  # `published: true` is no date
    if not published and (day := _day_in(name, *metadata.texts(_PATHS))):
        published = (day,)
        readings += (Reading("date", "path", 0.9),)
    summary = metadata.text(_SUMMARY)
    in_name = _LANGUAGE_IN_NAME.search(path.stem)
    return RawPost(
        where="the file",
        blog=RawBlog(metadata.text(_BLOG)),
        own_id=name,
        title=title,
        title_markup=title_markup,
        body=body,
        body_markup=Markup.HTML if is_html else Markup.MARKDOWN,
        summary=summary,
        summary_markup=Markup.MARKDOWN if summary else Markup.TEXT,
        authors=metadata.people(_AUTHORS),
        tags=metadata.labels(_TAGS, words_apart="_posts" in path.parts),
        published=published,
        updated=metadata.texts(_UPDATED),
        link=_link(metadata),
        language=metadata.text(_LANGUAGE) or (in_name[1] if in_name else ""),
        kind="page" if "page" in metadata.texts(("layout", "type")) else "post",
        left_out=_left_out(path, metadata, has_block=has_block, has_date=bool(published)),
        readings=readings,
    )


def _left_out(path: PurePosixPath, metadata: Metadata, *, has_block: bool, has_date: bool) -> str:
    """Why the file is not published, or not a post; empty for what is."""
    for folder, reason in _FOLDERS_LEFT_OUT.items():
        if folder in path.parts:
            return reason
    if _is_no_post(path, has_block=has_block, has_date=has_date):
        return "not a post"
    for name, words, reason in _LEFT_OUT:
        if metadata.text([name]).lower() in words:
            return reason
    build = next(metadata.values(["_build", "build"]), None)
    if isinstance(build, dict) and _NEVER_BUILT.intersection(map(text_of, build.values())):
        return "unlisted"
    if metadata.text(["password"]):
        return "password"
    return _scheduled(metadata)


def _is_no_post(path: PurePosixPath, *, has_block: bool, has_date: bool) -> bool:
    """Whether it is a section's page, a template, or a file about the project the posts are kept in."""
    stem = path.stem.lower()
    return (
        stem == "_index"
        or (path.suffix.lower() in _HTML and not has_date)
        or (stem in _PROJECT_FILES and not (has_block and has_date))
        or not _NO_POST_FOLDERS.isdisjoint(path.parts[:-1])
    )


def _scheduled(metadata: Metadata) -> str:
    """Whether the generator would publish it only later: days in ISO 8601 sort as text.

    What has expired was published once, and is what an archive is for.
    """
    publishes = metadata.text(_SCHEDULED)
    later = publishes[:4].isdigit() and publishes[:10] > datetime.now(UTC).date().isoformat()
    return "scheduled" if later else ""


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


def _day_in(*paths: str) -> str:
    """The day, or only the month, that the first of the paths to name one names."""
    for path in paths:
        if days := _DAY_IN_PATH.findall(path):
            year, month, day = days[-1]
            return f"{year}-{month:0>2}-{day:0>2}"
        if month_found := _MONTH_IN_PATH.search(path):
            return f"{month_found[1]}-{month_found[2]:0>2}"
    return ""


def _link(metadata: Metadata) -> str:
    """The first whole address, for a path alone does not say of which site."""
    return next((link for link in metadata.texts(_LINK) if link.startswith(("http://", "https://"))), "")


FORMAT = Format(
    name="frontmatter",
    title="Markdown with front matter",
    sniff=sniff,
    read=read,
    known_by="a Markdown file, or text that begins with front matter",
)
