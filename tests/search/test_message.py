"""What is said to a reader, as data."""

from __future__ import annotations

from search.message import Message, message


def test_a_message_is_its_english_sentence() -> None:
    said = message("%(name)s has %(number)s posts", name="Ann", number=1234)
    assert str(said) == "Ann has 1,234 posts"


def test_a_value_is_never_read_as_a_place() -> None:
    assert str(message("'%(typed)s' was left out", typed="%(name)s 100%")) == "'%(name)s 100%' was left out"


def test_messages_that_say_the_same_are_equal() -> None:
    assert message("%(n)s", n=1) == Message("%(n)s", (("n", 1),))
    assert len({message("a"), message("a"), message("b")}) == 2
