from __future__ import annotations

from indexer.normalise.batch import MOST_ITEMS, Batch, Item, KnownComment, KnownPost, batches, normalise
from indexer.normalise.normaliser import LeftOut
from indexer.record import EMPTY, ORPHAN, RawBlog, RawComment, RawPost
from search.sameness.identity import Held

BLOG = RawBlog("Rain Gauge")


def post(number: int, body: str = "<p>Rain.</p>") -> Item:
    raw = RawPost(f"item {number}", BLOG, own_id=str(number), title=f"Day {number}", body=body)
    return Item("export.xml", raw, Held())


def comment(number: int) -> Item:
    raw = RawComment(f"comment {number}", BLOG, own_id=f"c{number}", author="Ivo", body="Wet.")
    return Item("export.xml", raw, Held())


def test_no_record_is_lost_or_moved_between_batches() -> None:
    items = [post(0), *(comment(number) for number in range(MOST_ITEMS)), post(1), comment(-1)]
    cut = list(batches(items))
    assert [item for batch in cut for item in batch.items] == items
    assert [len(batch.items) for batch in cut] == [MOST_ITEMS, 3]


def test_a_batch_that_begins_with_a_comment_knows_the_post_before() -> None:
    items = [post(0), *(comment(number) for number in range(2 * MOST_ITEMS))]
    assert [batch.previous for batch in batches(items)] == [None, items[0], items[0]]


def test_long_bodies_make_small_batches() -> None:
    items = [post(number, "x" * 300_000) for number in range(5)]
    assert [len(batch.items) for batch in batches(items)] == [2, 2, 1]


def test_comments_belong_to_the_post_before_them_even_across_batches() -> None:
    first = normalise("", "", Batch((post(0), comment(1))))
    second = normalise("", "", Batch((comment(2),), previous=post(0)))
    found, reply = (outcome.value for outcome in first.outcomes)
    later = second.outcomes[0].value
    assert isinstance(found, KnownPost)
    assert isinstance(reply, KnownComment)
    assert isinstance(later, KnownComment)
    assert reply.comment.post_id == later.comment.post_id == found.post.id


def test_comments_of_an_empty_post_are_left_out_and_not_given_to_another() -> None:
    empty = Item("export.xml", RawPost("item 2", BLOG, own_id="2"), Held())
    done = normalise("", "", Batch((post(1), empty, comment(1))))
    reasons = [outcome.value.reason for outcome in done.outcomes if isinstance(outcome.value, LeftOut)]
    assert reasons == [EMPTY, ORPHAN]
