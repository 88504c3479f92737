"""Files of comments that lie beside a static site's posts, one comment or a list of them a file.

    _data/comments/the-ferry/entry1331000000.yml     Staticman, for Jekyll
    data/comments/the-ferry/1331000000.json          Staticman, for Hugo
    _data/comments/the-ferry.yml                     all comments of a post
    _comments/2012-03-04-so-it-is.md                 jekyll-static-comments: `post_id` says whose

The post is known by its slug, which is the folder's name, wherever that post lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

import yaml

from indexer.formats.format import Format
from indexer.formats.reading.json_list import NotJson, load
from indexer.formats.reading.text import read_text
from indexer.formats.sites.comment_data import comment_of
from indexer.formats.sites.metadata_block import UnsafeBlock, load_yaml, split
from indexer.formats.sites.settings import site_of
from indexer.record import RawBlog, RawComment, Skipped
from indexer.source import Source

_LARGEST = 2_000_000  # bytes; a comment has a thousandth of that
_NUMBER = re.compile(r"[1-9]\d{0,4}\Z")
_IN_COMMENTS = re.compile(r"(?:^|/)_comments/.+\.(?:md|markdown|html|yml|yaml|json)$", re.IGNORECASE)
_DATA = re.compile(r"(?:^|/)_?data/(?:comments|staticman)/.+\.(?:ya?ml|json)$", re.IGNORECASE)


def sniff(source: Source) -> bool:
    """By its path alone: a comment's file looks like any other."""
    return bool(_DATA.search(source.name) or _IN_COMMENTS.search(source.name))


def read(source: Source) -> Iterator[RawComment | Skipped]:
    """The comments of the file."""
    text = read_text(source, _LARGEST)
    try:
        entries = _entries(source, text)
    except (yaml.YAMLError, UnsafeBlock, NotJson, RecursionError, ValueError) as error:
        yield Skipped("the file", " ".join(f"it cannot be read: {error}".split())[:300])
        return
    site = site_of(source)
    blog = site.blog if site else RawBlog()
    slug, is_alone = _slug(source)
    for number, (fields, body) in enumerate(entries, start=1):
        where = f"comment {number}"
        comment = comment_of(fields, where, body) if isinstance(fields, dict) else None
        if comment is None:
            yield Skipped(where, "there is no text in it")
            continue
        names_its_post = bool(comment.post_slug or comment.post_link)
        found = replace(comment, blog=blog, parent_own_id=_parent(source, comment.parent_own_id))
        yield found if names_its_post and is_alone else replace(found, post_slug=slug, post_link="")


def _entries(source: Source, text: str) -> list[tuple[object, str]]:
    """The tables of the file, each with the text below it; raises what reading them raises."""
    if _IN_COMMENTS.search(source.name) and (block := split(text)):
        return [(block.fields, block.body)]
    value = load(text) if source.name.lower().endswith(".json") else load_yaml(text)
    return [(one, "") for one in (value if isinstance(value, list) else [value])]


def _slug(source: Source) -> tuple[str, bool]:
    """The post's slug, and whether that is only the file's name, which counts less than what is in it."""
    path = PurePosixPath(source.name)
    is_alone = path.parent.name in {"comments", "staticman", "_comments"}
    return (path.stem if is_alone else path.parent.name), is_alone


def _parent(source: Source, parent: str) -> str:
    """The id of the comment that is answered, where it is only counted: the n-th in the folder."""
    if source.neighbours is None or not _NUMBER.match(parent):
        return parent
    names = source.neighbours.names(str(PurePosixPath(source.path).parent))
    path = names[int(parent) - 1] if int(parent) <= len(names) else ""
    content = (source.neighbours.read(path) or b"")[:_LARGEST].decode("utf-8-sig", "replace") if path else ""
    found = re.search(r"""^[ \t{]*["']?_id["']?:[ \t]*["']?([\w-]{1,100})""", content, re.MULTILINE)
    return found[1] if found else parent


FORMAT = Format(
    name="comments",
    title="comments of a static site (Staticman and others)",
    sniff=sniff,
    read=read,
    known_by="a file in `_data/comments`, `data/comments` or `_comments`",
)
