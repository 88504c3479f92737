"""Random queries as people type them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from search.model import PostWithComments


def typed(chance: Random, contents: Sequence[PostWithComments]) -> str:
    """Words, phrases, patterns and fields of some post, joined somehow."""
    text = " ".join(_part(chance, chance.choice(contents)) for _ in range(chance.randint(1, 4)))
    if chance.random() < 0.2:
        return f"({text}) {_part(chance, chance.choice(contents))}"
    return text


def _part(chance: Random, content: PostWithComments) -> str:
    post = content.post
    text = f"{post.title} {post.readable}".split() or ["a"]
    start = chance.randrange(len(text))
    word, several = text[start], " ".join(text[start : start + chance.randint(2, 4)])
    tag = chance.choice(post.tags or ("rain",))
    author = chance.choice(post.authors or ("Ann",))
    commenter = chance.choice([comment.author for comment in content.comments] or ["Jo"])
    year = post.date.first_day.year if post.date else 2011
    parts: tuple[Callable[[], str], ...] = (
        *[lambda: word] * 5,
        lambda: f"{word} OR {chance.choice(text)}",
        lambda: f"-{word}",
        lambda: f"NOT ({several})",
        lambda: f'"{several}"',
        lambda: f'"{several}"~{chance.randint(1, 4)}',
        lambda: f"{word[:2]}*",
        lambda: f"{word[0]}?{word[2:]}",
        lambda: f"{word}~",
        lambda: f"title:{word}",
        lambda: f'body:"{several}"',
        lambda: f'tag:"{tag}"',
        lambda: f"author:{author.split()[0]}",
        lambda: f'commenter:"{commenter}"',
        lambda: f"commenter:{commenter[:2]}*",
        lambda: f"date:{year}",
        lambda: f"date:{year}..{year + 2}",
        lambda: f"after:{year}",
        lambda: f"before:{year}",
        lambda: chance.choice(("in:posts", "in:comments")),
        lambda: "OR",
    )
    return chance.choice(parts)()
