"""Posts to index, and what an index of them has to hold, worked out word by word."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from search.engines.whoosh.segment.field import Field
from search.model import Blog, Comment, Period, Post, PostWithComments
from search.text.words import terms

WORDS = (
    "the", "of", "and", "a", "rain", "rains", "raining", "Rained", "harbour's", "harbours", "U.S.", "35,000",
    "naïve", "C#", "東京都", "Die", "die", "gift", "🤞",
)  # fmt: skip
LANGUAGES = ("en", "de", "", "fr-CA")

Occurrences = dict[str, dict[int, list[int]]]
"""For each term, the documents that have it, and where."""


def some_posts(count: int, seed: int = 1, comments: int = 3) -> list[PostWithComments]:
    """Posts in several languages, with up to so many comments each."""
    chance = random.Random(seed)

    def text(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randrange(most)))

    def post(number: int) -> PostWithComments:
        post_id = f"{number:012}"
        replies = tuple(
            Comment(id=f"{number:06}{reply:06}", post_id=post_id, author=f"Jo {reply}", text=text(12))
            for reply in range(chance.randint(0, comments))
        )
        written = Post(
            id=post_id,
            blog=Blog("Café"),
            title=text(5),
            text=text(30),
            html="<p>never looked at</p>",
            summary=text(4),
            authors=("Ann",),
            tags=("rain", f"tag {number % 3}"),
            date=Period.parse(f"20{number % 20:02}"),
            language=chance.choice(LANGUAGES),
        )
        return PostWithComments(written, replies)

    return [post(number) for number in range(count)]


def occurrences(texts: Sequence[tuple[str, str]]) -> Occurrences:
    """The terms of texts, each with its language."""
    found: defaultdict[str, dict[int, list[int]]] = defaultdict(dict)
    for document, (text, language) in enumerate(texts):
        for position, term in enumerate(terms(text, language)):
            found[term].setdefault(document, []).append(position)
    return dict(found)


def bodies(contents: Sequence[PostWithComments]) -> list[tuple[str, str]]:
    """The texts and languages of a segment's documents: posts, then their comments."""
    posts = [(content.post.readable, content.post.language) for content in contents]
    return posts + [(each.text, content.post.language) for content in contents for each in content.comments]


def titles(contents: Sequence[PostWithComments]) -> list[tuple[str, str]]:
    """The same of titles, which comments have none of."""
    posts = [(content.post.title, content.post.language) for content in contents]
    return posts + [("", "") for content in contents for _ in content.comments]


def unstemmed(texts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same texts in no language."""
    return [(text, "") for text, _ in texts]


def held(field: Field, positions: bool = True) -> Occurrences:
    """What a field holds; without positions, no place for each document."""
    found: Occurrences = {}
    for number, term in enumerate(field.terms(range(len(field)))):
        documents = field.documents(number).tolist()
        if not positions:
            found[term.decode()] = {document: [] for document in documents}
            continue
        at = field.positions(number)
        places = [at.places[start:end].tolist() for start, end in zip(at.starts, at.starts[1:], strict=False)]
        assert field.frequencies(number).tolist() == list(map(len, places))
        found[term.decode()] = dict(zip(documents, places, strict=True))
    return found


def without_positions(found: Occurrences) -> Occurrences:
    """Only which documents have a term."""
    return {term: {document: [] for document in documents} for term, documents in found.items()}
