"""A corpus small enough to read, large enough to draw from."""

from __future__ import annotations

import random

from search.model import Blog, Period, Post

SUBJECTS = ("The gardener", "My neighbour", "A travelling baker", "Our librarian", "The old captain")
VERBS = ("describes", "mends", "remembers", "photographs", "paints")
THINGS = (
    "wooden boats", "bread", "forgotten recipes", "morning markets", "quiet harbours", "broken lanterns",
    "copper kettles", "garden fences", "winter coats", "paper kites", "stone walls", "apple orchards",
    "clay ovens", "leather saddles", "silver spoons", "railway timetables", "church organs", "tin soldiers",
    "velvet curtains", "cedar chests", "marble statues", "glass beads", "straw hats", "brass telescopes",
)  # fmt: skip
"""From the most to the least frequent."""
PLACES = ("near the river", "under the bridge", "behind the station", "in the mountains", "at home")
AUTHORS = ("ann", "ben", "cleo", "dora", "emil")
TAGS = ("food", "travel", "craft", "letters")


def corpus(count: int = 80) -> list[Post]:
    """Posts with ids from 1 in twelve digits, the same every time."""
    chance = random.Random(7)
    return [_post(number, chance) for number in range(1, count + 1)]


def _post(number: int, chance: random.Random) -> Post:
    sentences = [_sentence(chance) for _ in range(chance.randint(2, 9))]
    return Post(
        id=f"{number:012}",
        blog=Blog(chance.choice(("north", "south"))),
        title=_sentence(chance).removesuffix("."),
        text=" ".join(sentences) + f" Letter {number} was answered the same evening.",
        authors=tuple(chance.sample(AUTHORS, chance.randint(1, 2))),
        tags=tuple(chance.sample(TAGS, chance.randint(0, 3))),
        date=Period.of(2020 + number % 3, 1 + number % 12, 1 + number % 28),
        language="en",
    )


def _sentence(chance: random.Random) -> str:
    [thing] = chance.choices(THINGS, [1 / rank for rank in range(1, len(THINGS) + 1)])
    return f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} {thing} {chance.choice(PLACES)}."
