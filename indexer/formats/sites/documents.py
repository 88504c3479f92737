"""One file of a site as its metadata and its text, whatever language it is written in.

The metadata may stand at the top of the file, in the way of any generator; in a file beside it
(Nikola's `post.meta`); or be given to a whole folder (Eleventy's `posts.json`). The nearest counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from indexer.formats.bodies.template_tags import without_template_tags
from indexer.formats.reading.json_list import NotJson, load
from indexer.formats.sites.asciidoc import asciidoc_header, asciidoc_markdown
from indexer.formats.sites.components import plain_markdown
from indexer.formats.sites.metadata_block import MetadataBlock, comment_lines, split
from indexer.formats.sites.org import org_header, org_markdown
from indexer.formats.sites.rest import rest_header, rest_html, rest_title
from indexer.record import Markup
from indexer.source import Source

_LARGEST_COMPANION = 64_000  # bytes
_OLD_META = ("title", "slug", "date", "tags", "link", "description")  # Nikola's first versions: a line each


@dataclass(frozen=True, slots=True)
class Document:
    """The metadata by lower-case names, and the text and how it is written.

    `has_block` is whether any metadata was there; `problem` as in `MetadataBlock`.
    """

    fields: dict[str, object]
    body: str
    markup: Markup
    has_block: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Language:
    """How a language has its metadata, and how its text becomes one that is known further on."""

    header: Callable[[str], MetadataBlock | None]
    converted: Callable[[str], tuple[str, Markup]]


def document_of(source: Source, text: str) -> Document:
    """The metadata and the text of a file; raises `UnsafeBlock`."""
    path = PurePosixPath(source.name)
    block = split(text)
    suffix = path.suffix.lower()
    if suffix == ".txt" and (text.lstrip().startswith(".. ") or companion(source)):
        suffix = ".rst"  # as Nikola has it
    language = _LANGUAGES.get(suffix, _MARKDOWN)
    block = block or language.header(text)
    fields = {**_of_folders(source), **_beside(source), **(block.fields if block else {})}
    body, markup = language.converted(block.body if block else text)
    return Document(fields, body, markup, bool(fields), block.problem if block else "")


def _no_header(text: str) -> None:
    """Its metadata stands in a block, or not at all."""


def _from_markdown(text: str) -> tuple[str, Markup]:
    return plain_markdown(without_template_tags(text), is_mdx=False).strip(), Markup.MARKDOWN


def _from_mdx(text: str) -> tuple[str, Markup]:
    return plain_markdown(text, is_mdx=True).strip(), Markup.MARKDOWN


def _from_html(text: str) -> tuple[str, Markup]:
    return without_template_tags(text).strip(), Markup.HTML


def _from_rest(text: str) -> tuple[str, Markup]:
    html = rest_html(text)
    return (text.strip(), Markup.TEXT) if html is None else (html.strip(), Markup.HTML)


def _from_org(text: str) -> tuple[str, Markup]:
    return org_markdown(text).strip(), Markup.MARKDOWN


def _from_asciidoc(text: str) -> tuple[str, Markup]:
    return asciidoc_markdown(text).strip(), Markup.MARKDOWN


def _rest_header(text: str) -> MetadataBlock | None:
    if block := rest_header(text):
        return block
    title, body = rest_title(text)
    return MetadataBlock({"title": title}, body) if title else None


_MARKDOWN = _Language(_no_header, _from_markdown)
_LANGUAGES = {
    ".html": _Language(_no_header, _from_html),
    ".htm": _Language(_no_header, _from_html),
    ".mdx": _Language(_no_header, _from_mdx),
    ".rst": _Language(_rest_header, _from_rest),
    ".rest": _Language(_rest_header, _from_rest),
    ".org": _Language(org_header, _from_org),
    ".adoc": _Language(asciidoc_header, _from_asciidoc),
    ".asciidoc": _Language(asciidoc_header, _from_asciidoc),
}

HAVE_OWN_HEADER = {
    ".rst": re.compile(
        rb"(?:\A|\n):(?:date|title|author|authors|category|tags|slug|status|modified):[ \t]", re.I
    ),
    ".org": re.compile(rb"(?:\A|\n)#\+title:", re.I),
    ".adoc": re.compile(rb"\A(?::[\w-]+:.*\n)*= \S"),
    ".asciidoc": re.compile(rb"\A(?::[\w-]+:.*\n)*= \S"),
}
"""What in its first bytes tells a text of a language, by its suffix, from one without any metadata."""


def companion(source: Source) -> bytes:
    """Nikola's file of metadata beside a post; empty where there is none."""
    if source.neighbours is None or not source.path:
        return b""
    found = source.neighbours.read(str(PurePosixPath(source.path).with_suffix(".meta"))) or b""
    return found[:_LARGEST_COMPANION]


def _beside(source: Source) -> dict[str, object]:
    text = companion(source).decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if not text.strip():
        return {}
    if block := comment_lines(text) or split(text):
        return block.fields
    return dict(zip(_OLD_META, map(str.strip, text.split("\n")), strict=False))


def _of_folders(source: Source) -> dict[str, object]:
    """What Eleventy's files of data give to all texts of their folders, the nearest folder last."""
    fields: dict[str, object] = {}
    if source.neighbours is None:
        return fields
    for folder in reversed(PurePosixPath(source.path).parents[:-1]):
        for name in (f"{folder.name}.json", f"{folder.name}.11tydata.json"):
            content = source.neighbours.read(str(folder / name)) or b""
            fields |= _json_fields(content)
    return fields


def _json_fields(content: bytes) -> dict[str, object]:
    if not content or len(content) > _LARGEST_COMPANION:
        return {}
    try:
        value = load(content.decode("utf-8-sig", "replace"))
    except NotJson:
        return {}
    return {name.lower(): inner for name, inner in value.items()} if isinstance(value, dict) else {}
