"""Reads all of a segment's fields, to know that they can be read."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from search.engines.whoosh.segment.field import Field
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.segment import Segment


def verify(segment: Segment) -> None:
    """Raises `ValueError` for terms or postings that cannot be read or that contradict one another."""
    for name, field in segment.fields.items():
        try:
            _verify(field, field.inverted())
        except ValueError as error:
            raise ValueError(f"{name} of segment {segment.name} is damaged: {error}") from error


def _verify(field: Field, whole: Inverted) -> None:
    if any(one >= other for one, other in pairwise(whole.terms)):
        raise ValueError("terms do not ascend")
    ascends = np.diff(whole.documents, prepend=-1) > 0
    ascends[whole.starts[:-1][np.diff(whole.starts) > 0]] = True
    if not ascends.all():
        raise ValueError("the documents of a term do not ascend")
    if (field.document_frequencies(range(len(field))) < 1).any():
        raise ValueError("a term is in no document")
    if whole.frequencies is not None:
        times = np.bincount(whole.documents, whole.frequencies, len(whole.lengths))
        if (times != whole.lengths).any():
            raise ValueError("documents are not as long as their terms are many")
