"""Words compared with patterns."""

from __future__ import annotations


def matches_wildcard(pattern: str, word: str) -> bool:
    """Whether the word is like the pattern, where `*` is any characters and `?` exactly one.

    When a guess at how much a `*` takes turns out too short, only the last `*` takes more: the ones
    before it never need to. So the time is the product of the lengths at most, whatever the pattern.
    """
    place = in_word = 0
    star, star_in_word = -1, 0
    while in_word < len(word):
        if place < len(pattern) and pattern[place] == "*":
            star, star_in_word = place, in_word
            place += 1
        elif place < len(pattern) and pattern[place] in ("?", word[in_word]):
            place += 1
            in_word += 1
        elif star >= 0:
            star_in_word += 1
            place, in_word = star + 1, star_in_word
        else:
            return False
    return not pattern[place:].strip("*")
