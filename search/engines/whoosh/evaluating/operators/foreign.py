"""Any other kind of query: Whoosh's own matchers find its documents, one after the other."""

from __future__ import annotations

from array import array

import numpy as np
from whoosh.query import Query

from search.deadline import DeadlinePassed
from search.engines.whoosh.evaluating.hits import NOTHING, Documents, Hits, common
from search.engines.whoosh.evaluating.operators.operator import Operator
from search.engines.whoosh.evaluating.run import Run


class Foreign(Operator):
    """A query of a kind that is not planned for. After the deadline it has what it found by then."""

    __slots__ = ("_query", "_run", "_searcher")

    def __init__(self, run: Run, query: Query) -> None:
        self._run = run
        self._query = query
        self._searcher = run.index.searcher()
        self.size = run.numbering.documents

    def hits(self, within: Documents | None = None) -> Hits:
        """All documents that the query's matcher goes through."""
        documents, scores = array("i"), array("f")
        try:
            for start, (leaf, _) in zip(
                self._run.numbering.starts, self._searcher.leaf_searchers(), strict=False
            ):
                matching = self._query.matcher(leaf, self._searcher.context())
                while matching.is_active():
                    self._run.deadline.check()
                    documents.append(start + matching.id())
                    scores.append(matching.score())
                    matching.next()
        except DeadlinePassed:
            if not documents:
                raise
        if not documents:
            return NOTHING
        hits = Hits(np.array(documents, np.int32), np.array(scores, np.float32))
        if within is None:
            return hits
        return hits.take(common(hits.documents, within, self._run.numbering.documents)[0])
