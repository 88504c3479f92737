"""What worker processes make of a batch."""

from __future__ import annotations

from dataclasses import replace

from indexer.normalise.batch import Batch, Item
from indexer.preparing import prepare
from indexer.record import RawBlog, RawComment, RawPost
from search.sameness.identity import Held

HELD = Held("notes")
POST = RawPost("item 1", RawBlog("Rain Gauge"), own_id="1", title="Rain", body="<p>It rained all day.</p>")
COMMENT = RawComment("comment 1", RawBlog("Rain Gauge"), own_id="c1", author="Ivo", body="Wet.")


def batch(*records: RawPost | RawComment) -> Batch:
    return Batch(tuple(Item("export.xml", raw, HELD) for raw in records))


def test_posts_and_comments_become_rows_of_their_tables() -> None:
    done = prepare("", "", batch(POST, COMMENT))
    (post,), (comment,) = done.posts, done.comments
    assert (post["title"], post["text"], post["format"]) == ("Rain", "It rained all day.", "notes")
    assert (comment["author"], comment["post_record"]) == ("Ivo", post["id"])


def test_what_is_no_post_is_counted_by_its_reason() -> None:
    done = prepare("", "", batch(replace(POST, title="", body="")))
    assert (done.posts, sum(done.left_out.values())) == ([], 1)


def test_a_row_tells_by_its_digest_whether_anything_is_different() -> None:
    same, again = (prepare("", "", batch(POST)).posts[0] for _ in range(2))
    other = prepare("", "", batch(replace(POST, title="Sun"))).posts[0]
    assert same == again
    assert same["digest"] != other["digest"]
