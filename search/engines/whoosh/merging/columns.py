"""The columns of several segments as one segment's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints, smallest
from search.engines.whoosh.merging.renumbering import Renumbering
from search.engines.whoosh.segment.columns import COMMENTER, KEYWORDS, SegmentColumns
from search.engines.whoosh.segment.keyword import Keyword
from search.engines.whoosh.segment.spans import edges, sizes, spans
from search.engines.whoosh.segment.strings import Strings


def merge_columns(
    parts: Sequence[SegmentColumns], renumbered: Sequence[Renumbering], terms: Sequence[Ints]
) -> SegmentColumns:
    """Merge columns; `terms` has for each segment the new number of each term of `body`."""
    pairs = list(zip(parts, renumbered, strict=True))
    counts = [sizes(part.key_starts)[of.posts] for part, of in pairs]
    return SegmentColumns(
        ids=np.concatenate([part.ids[of.posts] for part, of in pairs]),
        titles=Strings.joined([part.titles.take(of.posts) for part, of in pairs]),
        level=smallest(np.concatenate([part.level[of.posts].astype(np.int64) for part, of in pairs])),
        start=smallest(np.concatenate([part.start[of.posts].astype(np.int64) for part, of in pairs])),
        first_day=smallest(np.concatenate([part.first_day[of.posts].astype(np.int64) for part, of in pairs])),
        last_day=smallest(np.concatenate([part.last_day[of.posts].astype(np.int64) for part, of in pairs])),
        comment_ids=np.concatenate([part.comment_ids[of.comments] for part, of in pairs]),
        parents=smallest(np.concatenate([of.documents[part.parents[of.comments]] for part, of in pairs])),
        keywords={name: _merge_keyword(name, parts, renumbered) for name in KEYWORDS},
        key_starts=smallest(edges(np.concatenate(counts))),
        key_terms=smallest(_key_terms(pairs, counts, terms)),
    )


def _key_terms(
    pairs: Sequence[tuple[SegmentColumns, Renumbering]], counts: Sequence[Ints], terms: Sequence[Ints]
) -> NDArray[np.int64]:
    return np.concatenate(
        [
            new[part.key_terms[spans(part.key_starts[of.posts], count)]]
            for (part, of), count, new in zip(pairs, counts, terms, strict=True)
        ]
    )


def _merge_keyword(name: str, parts: Sequence[SegmentColumns], renumbered: Sequence[Renumbering]) -> Keyword:
    keywords = [part.keywords[name] for part in parts]
    owners, staying = [], []
    for keyword, of in zip(keywords, renumbered, strict=True):
        new = of.new_comments(keyword.owners) if name == COMMENTER else of.documents[keyword.owners]
        owners.append(new[new >= 0])
        staying.append(new >= 0)
    of_owners = [np.repeat(np.arange(len(each.values)), sizes(each.starts)) for each in keywords]
    values, value = _united([each.values for each in keywords], of_owners, staying)
    spellings, spelling = _united(
        [each.spellings for each in keywords], [each.spelling for each in keywords], staying
    )
    owner = np.concatenate(owners)
    order = np.lexsort((owner, value))
    starts = edges(np.bincount(value, minlength=len(values)))
    return Keyword(values, smallest(starts), smallest(owner[order]), smallest(spelling[order]), spellings)


def _united(
    parts: Sequence[Strings], uses: Sequence[Ints], staying: Sequence[NDArray[np.bool_]]
) -> tuple[Strings, NDArray[np.int64]]:
    """All strings that are still used, in order, and the number among them at each use that stays."""
    used = [np.unique(numbers[keep]) for numbers, keep in zip(uses, staying, strict=True)]
    texts = [list(part.take(numbers)) for part, numbers in zip(parts, used, strict=True)]
    united = sorted({text for texts_of_part in texts for text in texts_of_part})
    number_of = {text: number for number, text in enumerate(united)}
    found = [np.zeros(0, np.int64)]
    for numbers, keep, of_part, names in zip(uses, staying, used, texts, strict=True):
        new = np.array([number_of[name] for name in names], np.int64)
        found.append(new[np.searchsorted(of_part, numbers[keep])])
    return Strings.of(united), np.concatenate(found)
