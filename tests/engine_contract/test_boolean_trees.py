"""Random trees of every kind of node over random posts, against deciding one document after the other."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import assert_never

import pytest

from search.model import Blog, Comment, Period, Post, PostWithComments
from search.query.ast import (
    And,
    DateRange,
    Everything,
    Fuzzy,
    InComments,
    InPosts,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Wildcard,
    Word,
)
from search.request import SearchRequest
from search.text.edits import distance_within
from tests.engine_contract.engines import ENGINES, changes

WORDS = ("alpha", "alps", "beta", "bet", "gamma", "delta")
TAGS = ("war", "sea")
NAMES = ("ann low", "bob")
DATES = (None, "2019", "2020-02", "2020-02-29", "2021-07-04")
VALUES: dict[str | None, tuple[str, ...]] = {
    "tag": TAGS,
    "author": ("ann", *NAMES),
    "commenter": ("low", *NAMES),
}
FIELDS = (None, None, None, "title", "body", "tag", "author", "commenter")


@dataclass(frozen=True)
class Document:
    """A post, or one of its comments, as a query sees it."""

    post: Post
    comment: Comment | None

    def texts(self, field: str | None) -> list[list[str]]:
        """The words of each text in a field of text, or in any."""
        title = [] if self.comment else self.post.title.split()
        body = (self.comment or self.post).text.split()
        return {None: [title, body], "title": [title], "body": [body]}[field]

    def values(self, field: str) -> tuple[str, ...]:
        if field == "commenter":
            return (self.comment.author,) if self.comment else ()
        return self.post.tags if field == "tag" else self.post.authors


def random_posts(chance: random.Random) -> list[PostWithComments]:
    def text() -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(0, 4)))

    found = []
    for number in range(60):
        date = chance.choice(DATES)
        post = Post(
            id=f"post-{number:02}",
            blog=Blog("Blog"),
            title=text(),
            text=text(),
            tags=tuple(chance.sample(TAGS, chance.randint(0, 2))),
            authors=tuple(chance.sample(NAMES, chance.randint(0, 1))),
            date=Period.parse(date) if date else None,
        )
        comments = [
            Comment(f"{post.id}-{place}", post.id, author=chance.choice(NAMES), text=text())
            for place in range(chance.randint(0, 3))
        ]
        found.append(PostWithComments(post, tuple(comments)))
    return found


def random_leaf(chance: random.Random) -> Node:
    field = chance.choice(FIELDS)
    word = chance.choice(
        {"tag": TAGS, "author": ("ann", *NAMES), "commenter": ("low", *NAMES)}.get(field or "", WORDS)
    )
    text = field in (None, "title", "body")
    leaves: list[Callable[[], Node]] = [
        lambda: Word(word, field),
        lambda: Word(word, field),
        lambda: Phrase(
            f"{word} {chance.choice(WORDS)}" if text else word, field, chance.randint(0, 2) if text else 0
        ),
        lambda: Prefix(word[:2], field),
        lambda: Wildcard(f"{word[0]}*{word[-1]}", field),
        lambda: Fuzzy(word, field, chance.randint(1, 2)),
        lambda: DateRange(Period.parse("2020"), chance.choice((None, Period.parse("2020-02")))),
        InPosts,
        InComments,
        Everything,
    ]
    return chance.choice(leaves)()


def random_tree(chance: random.Random, depth: int) -> Node:
    kind = chance.random()
    if depth == 0 or kind < 0.3:
        return random_leaf(chance)
    if kind < 0.45:
        return Not(random_tree(chance, depth - 1))
    children = tuple(random_tree(chance, depth - 1) for _ in range(chance.randint(2, 4)))
    return And(children) if kind < 0.75 else Or(children)


def terms(document: Document, field: str | None) -> list[str]:
    """What patterns are compared with: words of texts; of names the whole value and its words."""
    if field in (None, "title", "body"):
        return [word for text in document.texts(field) for word in text]
    values = document.values(field or "")
    return [*values, *(word for value in values if field != "tag" for word in value.split())]


def matches(node: Node, document: Document) -> bool:
    match node:
        case Everything():
            return True
        case Word(text, field):
            whole = text in terms(document, field)
            return whole or (
                field in ("author", "commenter") and set(text.split()) <= set(terms(document, field))
            )
        case Phrase(text, field, slop):
            if field not in (None, "title", "body"):
                return text in document.values(field)
            first, second = text.split()
            return any(
                first == one and second in words[place + 1 : place + 2 + slop]
                for words in document.texts(field)
                for place, one in enumerate(words)
            )
        case Prefix(text, field):
            return any(term.startswith(text) for term in terms(document, field))
        case Wildcard(pattern, field):
            return any(fnmatchcase(term, pattern) for term in terms(document, field))
        case Fuzzy(text, field, distance):
            return any(distance_within(text, term, distance) for term in terms(document, field))
        case DateRange(first_period, last_period):
            date = document.post.date
            return (
                date is not None
                and (first_period is None or date.first_day >= first_period.first_day)
                and (last_period is None or date.last_day <= last_period.last_day)
            )
        case InPosts():
            return document.comment is None
        case InComments():
            return document.comment is not None
        case And(nodes):
            return all(matches(child, document) for child in nodes)
        case Or(nodes):
            return any(matches(child, document) for child in nodes)
        case Not(child):
            return not matches(child, document)
        case _:
            assert_never(node)


def own_words(node: Node, wanted: bool = True) -> Iterator[Node]:
    """The leaves, not negated, by which a comment matches for something of its own."""
    match node:
        case And(nodes) | Or(nodes):
            for child in nodes:
                yield from own_words(child, wanted)
        case Not(child):
            yield from own_words(child, not wanted)
        case InComments():
            if wanted:
                yield node
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            if wanted and node.field in (None, "body", "commenter"):
                yield node
        case _:
            return


def expected(node: Node, content: PostWithComments) -> tuple[bool, int]:
    """Whether a post is found, and how many of its comments match."""
    comments = [Document(content.post, comment) for comment in content.comments]
    leaves = list(own_words(node))
    counted = sum(matches(node, each) and any(matches(leaf, each) for leaf in leaves) for each in comments)
    return matches(node, Document(content.post, None)) or counted > 0, counted


@pytest.mark.parametrize("name", list(ENGINES))
@pytest.mark.parametrize("seed", range(3))
def test_trees_find_what_deciding_every_document_finds(
    name: str, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)
    posts = random_posts(chance)
    with ENGINES[name](tmp_path_factory.mktemp(name)) as engine:
        engine.publish(changes(posts[:40]), rebuild=True)
        engine.publish(changes(posts[20:]), rebuild=False)
        for _ in range(150):
            node = random_tree(chance, depth=3)
            found = engine.search(SearchRequest(Query("?", node), size=100, facets=()))
            wanted = {content.post.id: expected(node, content) for content in posts}
            counted = {match.post_id: match.comments_matched for match in found.matches}
            assert counted == {post_id: count for post_id, (is_found, count) in wanted.items() if is_found}, (
                node
            )
