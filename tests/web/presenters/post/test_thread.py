"""Comments come in the order of their conversation, each once."""

from __future__ import annotations

from itertools import accumulate

from search.model import Comment
from web.presenters.post.thread import DEEPEST, threaded


def comments(*pairs: str) -> list[Comment]:
    """`b<a` is comment b, which answers a."""
    split = [pair.partition("<") for pair in pairs]
    return [Comment(id=name, post_id="p", parent=parent) for name, _, parent in split]


def shape(*pairs: str) -> list[tuple[str, int]]:
    return [(reply.comment.id, reply.depth) for reply in threaded(comments(*pairs))]


def test_answers_follow_what_they_answer() -> None:
    assert shape("a", "b", "c<a", "d<c", "e<a") == [("a", 0), ("c", 1), ("d", 2), ("e", 1), ("b", 0)]


def test_an_answer_to_a_missing_comment_begins_a_conversation() -> None:
    assert shape("a<gone", "b<a") == [("a", 0), ("b", 1)]


def test_comments_that_answer_each_other_in_a_circle_are_shown_once() -> None:
    assert shape("a<b", "b<a", "c<c", "d") == [("d", 0), ("a", 0), ("b", 1), ("c", 0)]


def test_a_long_quarrel_stops_being_indented() -> None:
    depths = [reply.depth for reply in threaded(comments("0", *(f"{n}<{n - 1}" for n in range(1, 5000))))]
    assert depths == [min(n, DEEPEST) for n in range(5000)]


def nested(*pairs: str) -> str:
    """The lists that a template makes of it: `(a(b)(c))` is a, and its answers b and c."""
    found = threaded(comments(*pairs))
    return "".join(f"({reply.comment.id}{'' if reply.opens else ')'}{')' * reply.closes}" for reply in found)


def test_lists_open_and_close_around_the_answers() -> None:
    assert nested("a", "b", "c<a", "d<c", "e<a") == "(a(c(d))(e))(b)"
    assert nested() == ""


def test_lists_of_any_conversation_close_where_they_opened() -> None:
    for pairs in (("a<b", "b<a", "c<c", "d"), ("0", *(f"{n}<{n - 1}" for n in range(1, 50)), "last")):
        lists = nested(*pairs)
        depths = list(accumulate({"(": 1, ")": -1}.get(sign, 0) for sign in lists))
        assert depths[-1] == 0
        assert 0 <= min(depths) <= max(depths) <= DEEPEST + 1


def test_an_answer_names_what_it_answers() -> None:
    _, answer = threaded(comments("a", "b<a"))
    assert answer.parent is not None
    assert answer.parent.id == "a"
