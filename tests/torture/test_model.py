"""Random operations against a model, for some seconds; and that what is not as it should be is seen."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from search import model as archived
from tests.search.archives import store
from tests.torture import model
from tests.torture.model_sources import Post


def test_an_archive_stays_as_its_model_whatever_is_done(tmp_path: Path) -> None:
    outcome = model.run(24, tmp_path, lambda _: None)
    assert outcome.wrong == ()
    assert outcome.times > 0


def test_a_post_that_is_lost_changed_or_not_found_is_seen(tmp_path: Path) -> None:
    data, post = tmp_path / "data", Post(1, "q1z")
    store(data, _stored(post))
    assert model.differences(data, {post.link: post}) == []
    assert model.differences(data, {}) != []
    assert model.differences(data, {post.link: Post(1, "q2z")}) != []
    with sqlite3.connect(data / "store.db") as connection:
        connection.execute("UPDATE posts SET text = 'Something else'")
    connection.close()
    assert len(model.differences(data, {post.link: post})) == 1


def test_an_archive_that_cannot_be_opened_is_seen(tmp_path: Path) -> None:
    assert model.differences(tmp_path / "none", {}) != []


def _stored(post: Post) -> archived.Post:
    blog = archived.Blog("Export")
    return archived.Post("post00000001", blog, title=post.title, text=post.text, link=post.link)
