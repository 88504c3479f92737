"""Answering one request on one generation: match, lift, filter, count, sort, and cut out a page."""

from __future__ import annotations

from array import array

import numpy as np
from whoosh.query import Query
from whoosh.searching import Searcher

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.compiler import Compiler
from search.engines.whoosh.evidence import evidence, needs_evidence
from search.engines.whoosh.queries import AnyOf
from search.engines.whoosh.stock_columns import Columns
from search.engines.whoosh.stock_correction import correct
from search.engines.whoosh.stock_expansion import Expansion
from search.engines.whoosh.stock_facets import FilterMasks, count_facets
from search.engines.whoosh.stock_lifting import Found, Lifted, lift
from search.engines.whoosh.stock_snapshot import Snapshot
from search.query.ast import And, Everything, InComments, InPosts, Node
from search.request import Scope, SearchRequest, Sort
from search.results import Match, Matches


def answer(request: SearchRequest, snapshot: Snapshot) -> Matches:
    """Find the posts of a request."""
    columns = snapshot.columns
    node = in_scope(request.query.node, request.scope)
    with snapshot.searcher() as searcher:
        reader, languages = searcher.reader(), snapshot.languages
        compiler = Compiler(Expansion(reader, snapshot.lexicons), languages)
        found = find(node, compiler, searcher, snapshot)
        lifted = lift(found, snapshot.documents, len(columns.ids))
        masks = FilterMasks.of(request.filters, columns)
        passing = masks.passing(lifted.matched)
        total = int(np.count_nonzero(passing))
        unsure = total or compiler.partial
        correction = None if unsure else correct(request.query, reader, snapshot.lexicons, languages)
    page = in_order(request.sort, passing, lifted, columns)[request.offset : request.offset + request.size]
    return Matches(
        matches=tuple(_match(post, lifted, columns) for post in page.tolist()),
        total=total,
        facets=count_facets(request, lifted.matched, masks, columns),
        generation=snapshot.generation.name,
        partial=compiler.partial,
        correction=correction,
    )


def in_scope(node: Node, scope: Scope) -> Node:
    """The query limited to posts or to comments."""
    match scope:
        case Scope.ALL:
            return node
        case Scope.POSTS:
            return And((node, InPosts()))
        case Scope.COMMENTS:
            return And((node, InComments()))


def find(node: Node, compiler: Compiler, searcher: Searcher, snapshot: Snapshot) -> Found:
    """Posts that match, and comments that match and have something of the query in them themselves."""
    if isinstance(node, Everything):
        return _all_posts(snapshot)
    found = collect(compiler.compile(node), searcher)
    if not needs_evidence(node):
        return found
    counts = snapshot.documents.comment[found.documents] < 0
    if leaves := tuple(evidence(node)):
        proven = collect(AnyOf([compiler.compile(leaf) for leaf in leaves]), searcher)
        counts |= np.isin(found.documents, proven.documents)
    return found.only(counts)


def collect(query: Query, searcher: Searcher) -> Found:
    """All matching documents of a query, by number, and their scores."""
    documents, scores = array("q"), array("d")
    for segment, offset in searcher.leaf_searchers():
        matching = query.matcher(segment, searcher.context())
        while matching.is_active():
            documents.append(offset + matching.id())
            scores.append(matching.score())
            matching.next()
    return Found(np.frombuffer(documents, np.int64), np.frombuffer(scores, np.float64))


def in_order(sort: Sort, passing: Bools, lifted: Lifted, columns: Columns) -> Ints:
    """The passing posts in the order asked for. Ties are newest first, which is how posts are numbered."""
    posts = np.flatnonzero(passing)
    match sort:
        case Sort.RELEVANCE:
            return posts[np.argsort(-lifted.scores[posts], kind="stable")]
        case Sort.NEWEST:
            return posts
        case Sort.OLDEST:
            return columns.oldest_first[passing[columns.oldest_first]]
        case Sort.COMMENTS:
            return posts[np.argsort(-columns.numbers.comments[posts], kind="stable")]


def _all_posts(snapshot: Snapshot) -> Found:
    """What browsing shows, without asking the index."""
    is_post = (snapshot.documents.post >= 0) & (snapshot.documents.comment < 0)
    documents = np.flatnonzero(is_post)
    return Found(documents, np.zeros(len(documents)))


def _match(post: int, lifted: Lifted, columns: Columns) -> Match:
    comments, matched = lifted.best_comments(post)
    return Match(
        post_id=columns.ids[post],
        score=float(lifted.scores[post]),
        comment_ids=tuple(columns.comment_ids[comment] for comment in comments.tolist()),
        comments_matched=matched,
    )
