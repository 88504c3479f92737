"""JSON-LD in a web page: the post as the page describes it to search engines (https://schema.org/Article)."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from indexer.formats.reading.json_list import Json, NotJson, load, text_of
from indexer.record import Markup, RawComment

Facts = dict[str, tuple[str, ...]]
"""What is said of a post: values by the name of the field, best first."""

_ARTICLES = frozenset(
    {
        "Article", "BlogPosting", "NewsArticle", "SocialMediaPosting", "LiveBlogPosting", "Report",
        "TechArticle", "ScholarlyArticle", "OpinionNewsArticle", "AnalysisNewsArticle", "ReviewNewsArticle",
        "ReportageNewsArticle", "BackgroundNewsArticle", "AdvertiserContentArticle",
    }
)  # fmt: skip
_INTO = ("@graph", "mainEntity", "mainEntityOfPage")
_MOST_OBJECTS = 1_000

_OPENING = re.compile(r"<script\b[^<>]*application/ld\+json[^<>]*>", re.IGNORECASE)
_TRACKBACK = re.compile(r"<rdf:Description\b([^<>]{1,4000})>")
_DUBLIN_CORE = re.compile(r'\bdc:(\w{1,20})\s{0,9}=\s{0,9}"([^"]*)"')
_OF_TRACKBACK = {
    "title": "title",
    "identifier": "link",
    "creator": "authors",
    "date": "published",
    "description": "summary",
}
_WRAPPING = re.compile(r"\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)")


def article_facts(page: str) -> Facts:
    """What the page's JSON-LD, or Movable Type's RDF, says of the article it holds.

    `page` are the types of all that is described; there is nothing more where it holds no article, or
    more than one.
    """
    objects = [found for script in _scripts(page) for found in _objects(script)]
    by_id = {text_of(found.get("@id")): found for found in objects if "@id" in found}
    articles = [found for found in objects if not _ARTICLES.isdisjoint(_texts(found.get("@type")))]
    types = tuple(sorted({kind for found in objects for kind in _texts(found.get("@type"))}))
    described = [found[1] for found in islice(_TRACKBACK.finditer(page), 2)]
    if len(articles) == 1:
        return {"page": types, **_facts(articles[0], by_id)}
    if len(described) == 1 and not articles:
        return {"page": types, **_trackback_facts(described[0])}
    return {"page": (*types, *["ItemList"] * (len(described) > 1))}


def described_comments(page: str) -> Iterator[RawComment]:
    """The comments that the page's JSON-LD describes, without those that answer them."""
    if '"comment"' not in page:
        return
    for found in (found for script in _scripts(page) for found in _objects(script)):
        for comment in filter(_is_comment, _items(found.get("comment"))):
            whole = comment if isinstance(comment, dict) else {}
            author = next(iter(_named(whole.get("author"), {})), "")
            yield RawComment(
                where=f"comment by {author or 'somebody'} in the structured data",
                own_id=text_of(whole.get("identifier")),
                author=author,
                body=text_of(whole.get("text")),
                body_markup=Markup.TEXT,
                published=_clean(list(_texts(whole.get("dateCreated")) + _texts(whole.get("datePublished")))),
                link=text_of(whole.get("url")),
            )


def _is_comment(value: Json) -> bool:
    return isinstance(value, dict) and bool(text_of(value.get("text")))


def _trackback_facts(attributes: str) -> Facts:
    """What a page of Movable Type or TypePad says of its entry to those who link to it, in a comment.

    https://www.movabletype.org/documentation/trackback/specification.html
    """
    said = {found[1]: html.unescape(found[2]).strip() for found in _DUBLIN_CORE.finditer(attributes)}
    return {field: (said[name],) for name, field in _OF_TRACKBACK.items() if said.get(name)}


def _scripts(page: str) -> Iterator[Json]:
    """Every JSON-LD script that is JSON; found by its tags, which costs no parsing of the page."""
    place = 0
    while opening := _OPENING.search(page, place):
        end = page.find("</script", opening.end())
        place = end if end >= 0 else len(page)
        text = page[opening.end() : place]
        if wrapping := _WRAPPING.match(text):
            text = text[wrapping.end() :]
        with suppress(NotJson):  # what it says is on the page as well
            yield load(text.rstrip().removesuffix("-->").removesuffix("]]>").rstrip(" /\n"))


def _objects(value: Json) -> Iterator[dict[str, Json]]:
    """The things a script describes, without what they are made of."""
    waiting, seen = deque([value]), 0
    while waiting and seen < _MOST_OBJECTS:
        seen += 1
        found = waiting.popleft()
        if isinstance(found, list):
            waiting += found[:_MOST_OBJECTS]
        elif isinstance(found, dict):
            yield found
            waiting += [found[name] for name in _INTO if name in found]


def _facts(article: dict[str, Json], by_id: dict[str, dict[str, Json]]) -> Facts:
    def names(value: Json) -> tuple[str, ...]:
        return _named(value, by_id)

    def texts(*keys: str) -> tuple[str, ...]:
        return _clean([text for key in keys for text in _texts(article.get(key))])

    publisher = article.get("publisher")
    return {
        "title": texts("headline", "name"),
        "text": texts("articleBody"),
        "summary": texts("description"),
        "authors": names(article.get("author")) or names(article.get("creator")),
        "tags": _clean([tag for text in names(article.get("keywords")) for tag in text.split(",")]),
        "published": texts("datePublished", "dateCreated"),
        "updated": texts("dateModified"),
        "link": (*texts("url", "mainEntityOfPage"), *_texts([_id_of(article.get("mainEntityOfPage"))])),
        "language": texts("inLanguage"),
        "blog": names(article.get("isPartOf")) or names(publisher),
        "blog_link": _clean([_field(publisher, "url")]),
    }


def _named(value: Json, by_id: dict[str, dict[str, Json]]) -> tuple[str, ...]:
    """The names of the people or things; one that is only an `@id` is described elsewhere."""
    found = []
    for item in _items(value):
        whole = by_id.get(text_of(item.get("@id")), item) if isinstance(item, dict) else item
        found.append(text_of(whole.get("name")) if isinstance(whole, dict) else text_of(whole))
    return _clean(found)


def _items(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(filter(None, map(text_of, _items(value))))


def _field(value: Json, name: str) -> str:
    return text_of(value.get(name)) if isinstance(value, dict) else ""


def _id_of(value: Json) -> Json:
    return value.get("@id") if isinstance(value, dict) else None


def _clean(texts: list[str]) -> tuple[str, ...]:
    """The texts, each once; publishing software escapes HTML in them, so entities are characters here."""
    return tuple(dict.fromkeys(filter(None, (html.unescape(text).strip() for text in texts))))
