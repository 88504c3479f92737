"""The terms of one post, by which Whoosh finds others like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from search.engines.whoosh.segment.columns import SegmentColumns
from search.engines.whoosh.segment.segment import Segment
from search.text.words import terms


def vector(segment: Segment, document: int, fieldname: str) -> Mapping[bytes, int]:
    """Terms that a document has in a field, and how often. Only posts have any, in `title` and `body`.

    Of a title they are all stems, which are made anew, for they are not stored. Of a body they are its key
    terms, the most telling first, which were chosen when the segment was written. Raises `ValueError` where
    they contradict its postings.
    """
    if document >= segment.columns.posts:
        return {}
    if fieldname == "title":
        columns = segment.columns
        stems = Counter(terms(columns.titles[document], _language(columns, document)))
        return {stem.encode(): times for stem, times in stems.items()}
    return _key_terms(segment, document) if fieldname == "body" else {}


def _key_terms(segment: Segment, document: int) -> dict[bytes, int]:
    columns, body = segment.columns, segment.fields["body"]
    times: dict[bytes, int] = {}
    for number in columns.key_terms[columns.key_starts[document] : columns.key_starts[document + 1]].tolist():
        having = body.documents(number) if number < len(body) else ()
        place = int(np.searchsorted(having, document))
        if place == len(having) or having[place] != document:
            raise ValueError("a post has a key term that it does not have")
        times[body.terms(range(number, number + 1))[0]] = int(body.frequencies(number)[place])
    return times


def _language(columns: SegmentColumns, document: int) -> str:
    keyword = columns.keywords["language"]
    place = np.flatnonzero(keyword.owners == document)
    value = np.searchsorted(keyword.starts, place, side="right") - 1
    return keyword.values[int(value[0])] if len(value) else ""
