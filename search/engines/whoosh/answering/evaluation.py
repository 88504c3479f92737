"""Answering one request on one generation: match, lift, filter, count, sort, and cut out a page."""

from __future__ import annotations

import numpy as np
import numpy.ma  # which `np.unique` would import at the first search that needs it

from search.deadline import Deadline
from search.engines.whoosh.answering.correction import correct
from search.engines.whoosh.answering.similarity import like
from search.engines.whoosh.arrays import Floats, Ints
from search.engines.whoosh.columns.columns import Columns
from search.engines.whoosh.columns.selection import Selection
from search.engines.whoosh.compiling.compiler import Compiler
from search.engines.whoosh.compiling.evidence import evidence, needs_evidence
from search.engines.whoosh.compiling.queries import AnyOf
from search.engines.whoosh.counting.facets import FilterMasks, count_facets
from search.engines.whoosh.counting.ordering import page
from search.engines.whoosh.evaluating.evaluate import Found, evaluate
from search.engines.whoosh.evaluating.hits import common
from search.engines.whoosh.evaluating.lifting import Lifted, lift
from search.engines.whoosh.patterns.expansion import Expansion
from search.engines.whoosh.publishing.snapshot import Snapshot
from search.query.ast import And, Everything, InComments, InPosts, Node
from search.request import Scope, SearchRequest, Sort
from search.results import Match, Matches


def answer(
    request: SearchRequest, snapshot: Snapshot, deadline: Deadline | None = None, places: range | None = None
) -> Matches:
    """Find the posts of a request: those of its page or, of all results, those at these places.

    After the deadline, what was found until then has to do.
    """
    if places is None:
        places = range(request.offset, request.offset + request.size)
    node = in_scope(request.query.node, request.scope)
    masks = FilterMasks.of(request.filters, snapshot.columns, snapshot.cache)
    if isinstance(node, Everything):
        return _browse(request, snapshot, masks, places)
    deadline = deadline or Deadline()
    compiler = Compiler(Expansion(snapshot, deadline), snapshot.languages)
    found = find(node, compiler, snapshot, deadline)
    lifted = lift(found.parts, found.numbering, snapshot.columns)
    posts, scores = lifted.posts, lifted.scores
    if request.filters:
        passing = masks.places(posts)
        posts, scores = posts.take(passing), scores.take(passing)
    partial = found.partial or compiler.partial
    unsure = len(posts) or partial
    respelt = None if unsure else correct(request.query, snapshot, snapshot.languages, deadline)
    columns = snapshot.columns
    best = page(request.sort, posts, scores, columns, offset=places.start, size=len(places))
    return Matches(
        matches=_matches(lifted, posts.take(best), scores.take(best), columns),
        total=len(posts),
        facets=count_facets(request, lifted.posts, masks, columns, posts),
        generation=snapshot.generation.name,
        partial=partial,
        correction=respelt.text if respelt else None,
        changes=respelt.changes if respelt else (),
    )


def similar(post_id: str, size: int, snapshot: Snapshot, deadline: Deadline) -> list[Match]:
    """The posts most like the one with this id, best first, without it; none where there is no such post."""
    columns = snapshot.columns
    post = columns.find(post_id)
    query = like(snapshot, *columns.place(post)) if post >= 0 else None
    if query is None:
        return []
    found = evaluate(query, snapshot, deadline, comments=False)
    lifted = lift(found.parts, found.numbering, columns)
    others = lifted.posts != post
    posts, scores = lifted.posts[others], lifted.scores[others]
    best = page(Sort.RELEVANCE, posts, scores, columns, offset=0, size=size)
    return list(map(Match, columns.ids(posts.take(best)), scores.take(best).tolist()))


def in_scope(node: Node, scope: Scope) -> Node:
    """The query limited to posts or to comments."""
    match scope:
        case Scope.ALL:
            return node
        case Scope.POSTS:
            return And((node, InPosts()))
        case Scope.COMMENTS:
            return And((node, InComments()))


def find(node: Node, compiler: Compiler, snapshot: Snapshot, deadline: Deadline) -> Found:
    """Posts that match, and comments that match and have something of the query in them themselves."""
    query = compiler.compile(node)
    if not needs_evidence(node):
        return evaluate(query, snapshot, deadline)
    leaves = tuple(evidence(node))
    found = evaluate(query, snapshot, deadline, comments=bool(leaves))
    posts, comments = found.numbering.posts_and_comments(found.hits)
    if not leaves or not len(comments):
        return Found([posts], found.numbering, found.partial)
    proof = AnyOf([compiler.compile(leaf) for leaf in leaves])
    proven = evaluate(proof, snapshot, deadline, within=comments.documents)
    places = common(comments.documents, proven.hits.documents, found.numbering.documents)[0]
    return Found([posts, comments.take(places)], found.numbering, proven.partial)


def _browse(request: SearchRequest, snapshot: Snapshot, masks: FilterMasks, places: range) -> Matches:
    """All posts that pass the filters, of which none scores."""
    columns = snapshot.columns
    every = snapshot.cache.get(("every post",), lambda: np.arange(columns.posts))
    posts = masks.select(Selection(None, columns.posts)).posts if request.filters else every
    sort = Sort.NEWEST if request.sort is Sort.RELEVANCE else request.sort
    nothing = np.zeros(0, np.float32)
    chosen = page(sort, posts, nothing, columns, offset=places.start, size=len(places))
    return Matches(
        matches=tuple(Match(post_id, 0.0) for post_id in columns.ids(posts.take(chosen))),
        total=len(posts),
        facets=count_facets(request, None, masks, columns, posts),
        generation=snapshot.generation.name,
    )


def _matches(lifted: Lifted, posts: Ints, scores: Floats, columns: Columns) -> tuple[Match, ...]:
    """These of the posts that were lifted, with what each scores."""
    ids, scored = columns.ids(posts), scores.tolist()
    if not len(lifted.comments):
        return tuple(map(Match, ids, scored))
    matches = []
    for post, post_id, score in zip(posts.tolist(), ids, scored, strict=True):
        comment_ids, matched = lifted.best_comments(post, columns)
        matches.append(Match(post_id, score, tuple(comment_ids), matched))
    return tuple(matches)
