"""The comments on a saved page: who, when, what, under which other comment, and whether published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.formats.pages import templates
from indexer.formats.pages.elements import ancestors, first_values, inner_html, remove, value_of
from indexer.formats.pages.narrowing import Narrowing
from indexer.formats.pages.signature import signature
from indexer.formats.reading.links import is_absolute
from indexer.record import RawComment

_AROUND_NAME = re.compile(
    r"^(?:posted )?by:?\s+|\s+(?:said|says|wrote|hat gesagt|a dit|dijo|ha detto|disse|zei)\s?[.:…]{0,3}$|:$",
    re.IGNORECASE,
)
_SAYS = re.compile(  # WordPress' default theme of many years: <cite>Max</cite> Says:<br />
    r"\A<cite\b(?:(?!</cite>).){0,1000}+</cite>\s*+(?:[^\W\d_]{1,12}\s?:)?\s*+(?:<br[\s/]*>\s*)?",
    re.DOTALL | re.IGNORECASE,
)
_NUMBER_OF_ID = re.compile(r"^(?:li-|div-)(?=comment)")  # WordPress themes put these before comment-123
_LONGEST_DATE = 100  # characters
_LONGEST_NAME = 200  # characters


def take_comments(tree: LexborHTMLParser, link: str, may_match: Narrowing) -> list[RawComment]:
    """Read the comments in the order of the page, and take them off it.

    `link` is the page's own address, empty where it is not known. The comments answer the post read
    just before.
    """
    nodes = next((nodes for selector in may_match(templates.COMMENTS) if (nodes := tree.css(selector))), [])
    if not nodes and (block := tree.css_first("#comments-block")) is not None:
        return list(_definition_list(block, link))
    ids: dict[int | None, str] = {node.mem_id: _own_id(node) for node in nodes}
    parents = [
        next((above.mem_id for above in ancestors(node) if above.mem_id in ids), None) for node in nodes
    ]
    comments = []
    # From the last to the first: replies lie inside what they answer, and are gone when that is read.
    for node, parent in zip(reversed(nodes), reversed(parents), strict=True):
        comment = _comment(node, link, ids[node.mem_id], ids.get(parent, ""), may_match)
        node.decompose()
        if comment.body or comment.author:
            comments.append(comment)
    return comments[::-1]


def _name(text: str) -> str:
    return _AROUND_NAME.sub("", text[:_LONGEST_NAME]).strip()


def _own_id(node: LexborNode) -> str:
    return _NUMBER_OF_ID.sub("", node.id or "")


def _comment(node: LexborNode, link: str, own_id: str, parent: str, may_match: Narrowing) -> RawComment:
    left_out = next((reason for sign, reason in templates.COMMENTS_LEFT_OUT if node.css_first(sign)), "")
    classes = (node.attributes.get("class") or "").split()
    signed = signature(node, may_match(templates.COMMENT_SIGNATURES))
    author = signed.name or _name(next(first_values(node, may_match(templates.COMMENT_AUTHORS)), ""))
    date = signed.date or _date(node, may_match)
    address = _address(node, link, own_id)
    remove(node, may_match.one(templates.COMMENT_FURNITURE))
    texts = (found for selector in may_match(templates.COMMENT_TEXTS) if (found := node.css_first(selector)))
    return RawComment(
        where=_where(own_id, author),
        own_id=own_id,
        parent_own_id=parent,
        author=author,
        body=_SAYS.sub("", inner_html(next(texts, node))),
        published=(date,) if date else (),
        link=address,
        left_out=next((kind for kind in ("pingback", "trackback") if kind in classes), left_out),
    )


def _where(own_id: str, author: str) -> str:
    return f"comment {own_id.removeprefix('comment-')}" if own_id else f"comment by {author or 'somebody'}"


def _date(node: LexborNode, may_match: Narrowing) -> str:
    """The date as written; in TypePad's `Posted by: Jo | June 14, 2008 at 04:12 PM` it is behind the bar."""
    date = next(first_values(node, may_match(templates.COMMENT_DATES)), "").rpartition("|")[2].strip()
    return date if len(date) <= _LONGEST_DATE else ""


def _address(node: LexborNode, link: str, own_id: str) -> str:
    """The comment's permalink, else its place on the page."""
    number = own_id.removeprefix("comment-").removeprefix("c")
    anchors = (anchor.attributes.get("href") or "" for anchor in node.css("a[href*='#']"))
    whole = (anchor for anchor in anchors if is_absolute(anchor) and number in anchor.rpartition("#")[2])
    place = f"{link}#{node.id or own_id}" if link and own_id else ""
    return next(whole, place) if number else place


@dataclass(slots=True)
class _Described:
    """One comment of a definition list, put together from its siblings."""

    id: str
    author: str
    link: str
    body: str = ""
    date: str = ""
    deleted: bool = False


def _definition_list(block: LexborNode, link: str) -> Iterator[RawComment]:
    """Blogger's older pages: `dt.comment-author`, `dd.comment-body` and `dd.comment-footer` in a row."""
    found: list[_Described] = []
    for node in block.css("dt, dd"):
        classes = (node.attributes.get("class") or "").split()
        if node.tag == "dt":
            own_id = node.id or ""
            found.append(_Described(own_id, _name(value_of(node)), _address(node, link, own_id)))
        elif found and "comment-body" in classes:
            found[-1].deleted = node.css_first(".deleted-comment") is not None
            found[-1].body = inner_html(node)
        elif found and "comment-footer" in classes:
            found[-1].date = value_of(node)
            found[-1].link = _address(node, link, found[-1].id)
    for comment in found:
        yield RawComment(
            where=_where(comment.id, comment.author),
            own_id=comment.id,
            author=comment.author,
            body=comment.body,
            published=(comment.date,) if comment.date else (),
            link=comment.link,
            left_out="removed" if comment.deleted else "",
        )
