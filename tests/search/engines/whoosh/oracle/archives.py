"""The same posts in an index of arrays and in one of Whoosh's own codec, changed in the same steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Self

import pytest
from whoosh.fields import STORED, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.searching import Searcher

from search.engine import Change
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.evaluating.scoring import RANKING
from search.engines.whoosh.publishing.generations import Generations
from search.engines.whoosh.publishing.serving import Serving
from search.engines.whoosh.publishing.snapshot import Snapshot
from search.engines.whoosh.schema import COMMENT, POST, SCHEMA
from search.engines.whoosh.values import facet_values, folded, words
from search.model import Comment, Post, PostWithComments
from search.text.words import terms

_SCHEMA = Schema(**{name: SCHEMA[name] for name in SCHEMA.names()}, key=STORED())

Steps = Sequence[Sequence[Change]]
"""Changes that are published one after the other; the first are all there is."""


def in_steps(contents: Sequence[PostWithComments]) -> Steps:
    """Three steps: half of the posts; some of these anew, and more; the rest, and a few are removed."""
    half, most = len(contents) // 2, len(contents) * 3 // 4
    added = [Change(content.post.id, content) for content in contents]
    removed = [Change(content.post.id, None) for content in contents[: half // 4 : 3]]
    return added[:half], added[half - half // 16 : most], [*added[most:], *removed]


@dataclass(frozen=True)
class Archives:
    """A generation of several segments of which some have deleted documents; `folder` is its index."""

    folder: Path
    steps: Steps
    snapshot: Snapshot

    @classmethod
    def publish(cls, folder: Path, steps: Steps) -> Self:
        """Publish the steps, each as a segment of its own."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("search.engines.whoosh.merging.policy.FLOOR", 1)
            with WhooshEngine(folder, jobs=1) as engine:
                for number, changes in enumerate(steps):
                    engine.publish(changes, rebuild=number == 0)
        snapshot = Serving(Generations(folder)).snapshot()
        assert snapshot is not None
        assert len(snapshot.segments) == len(steps)
        assert any(deleted is not None for deleted in snapshot.deleted)
        return cls(folder, steps, snapshot)

    @property
    def contents(self) -> list[PostWithComments]:
        """All posts that were ever there."""
        return [change.content for change in chain(*self.steps) if change.content is not None]

    def stock(self) -> Searcher:
        """Whoosh's searcher of the same steps in its own codec, with the same numbers of documents."""
        index = RamStorage().create_index(_SCHEMA)
        for segment, changes in zip(self.snapshot.segments, self.steps, strict=True):
            writer = index.writer()
            for change in changes:
                writer.delete_by_term("post", change.post_id)
            added = {change.post_id: change.content for change in changes if change.content}
            ids = [post_id.decode() for post_id in segment.columns.ids.tolist()]
            for document in stock_documents(added[post_id] for post_id in ids):
                writer.add_document(**document)
            writer.commit(merge=False)
        searcher: Searcher = index.searcher(weighting=RANKING)
        return searcher


def keys(searcher: Searcher) -> list[str]:
    """Which post or comment each document is."""
    reader = searcher.reader()
    stored = [reader.stored_fields(document) for document in range(reader.doc_count_all())]
    return [fields.get("key") or f"{fields['post']}/{fields.get('comment', '')}" for fields in stored]


def stock_documents(contents: Iterable[PostWithComments]) -> list[dict[str, object]]:
    """What Whoosh's own writer takes, in the order of a segment: all posts, then all of their comments."""
    posts, comments = [], []
    for content in contents:
        post = content.post
        shared = _of_the_post(post)
        title = {"title": terms(post.title, post.language), "title_word": sorted(set(words(post.title)))}
        own = {"kind": [POST], "key": f"{post.id}/", **title, **_body(post.readable, post.language)}
        posts.append(_present({**shared, **own}))
        comments += [_present({**shared, **_of_the_comment(each, post)}) for each in content.comments]
    return posts + comments


def _of_the_post(post: Post) -> dict[str, object]:
    fields: dict[str, object] = {facet: list(values) for facet, values in facet_values(post).items()}
    fields["post"] = [post.id]
    fields["author_word"] = sorted({word for author in post.authors for word in words(author)})
    if post.date is not None:
        fields["first_day"] = post.date.first_day.toordinal()
        fields["last_day"] = post.date.last_day.toordinal()
    return fields


def _of_the_comment(comment: Comment, post: Post) -> dict[str, object]:
    name = folded(comment.author)
    return {
        "kind": [COMMENT],
        "key": f"{post.id}/{comment.id}",
        "commenter": [name] if name else [],
        "commenter_word": sorted(set(words(comment.author))),
        **_body(comment.text, post.language),
    }


def _body(text: str, language: str) -> dict[str, object]:
    return {"body": terms(text, language), "body_word": sorted(set(words(text)))}


def _present(fields: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value != []}
