"""One segment in the making: the numbers of its words so far, and the rows of its posts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from search.engines.whoosh.building.inversion import invert, invert_words
from search.engines.whoosh.building.key_terms import key_terms
from search.engines.whoosh.building.lexicon import Lexicon
from search.engines.whoosh.building.pairs import common_stems, invert_pairs
from search.engines.whoosh.building.rows import row_of
from search.engines.whoosh.building.tokens import Tokens
from search.engines.whoosh.segment.columns import SegmentColumns
from search.engines.whoosh.segment.files import write_segment
from search.engines.whoosh.segment.row import Row
from search.model import PostWithComments
from search.text.vocabulary import Vocabulary


class Assembly:
    """The posts of one segment, in the order in which they were added."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._titles: list[Tokens] = []
        self._bodies: list[Tokens] = []
        self._comments: list[Tokens] = []
        self._rows: list[Row] = []
        self.order: list[int] = []
        self.documents = 0
        self.tokens = 0

    def add(self, contents: Sequence[PostWithComments], places: Iterable[int], language: str) -> None:
        """Add posts of one language; `places` are kept in `order`."""
        self._titles.append(self._read([content.post.title for content in contents], language))
        self._bodies.append(self._read([content.post.readable for content in contents], language))
        replies = [comment.text for content in contents for comment in content.comments]
        self._comments.append(self._read(replies, language))
        self._rows += map(row_of, contents)
        self.order += places
        self.documents += len(contents) + len(replies)

    def _read(self, texts: Sequence[str], language: str) -> Tokens:
        looked = self._vocabulary.look_up(texts, language)
        self.tokens += len(looked.readings)
        return Tokens(looked.readings, looked.counts)

    def write(self, path: Path) -> None:
        """Invert and write it. The texts are given up on the way: nothing can be added any more."""
        titles = Tokens.joined(self._titles).followed_by_empty(self.documents - len(self._rows))
        self._bodies += self._comments
        self._comments.clear()
        bodies = Tokens.joined(self._bodies)
        title, body = (Lexicon.of(self._vocabulary, tokens) for tokens in (titles, bodies))
        stems = Tokens(body.stem_of[bodies.numbers], bodies.lengths)
        common = common_stems(len(body.stems), stems)
        fields = {
            "title": invert(title.stems, Tokens(title.stem_of[titles.numbers], titles.lengths)),
            "title_word": invert_words(title, titles),
            "body_word": invert_words(body, bodies),
            "body_pair": invert_pairs(body.stems, stems, common),
            "body": invert(body.stems, stems),
        }
        columns = SegmentColumns.of(self._rows, *key_terms(fields["body"], len(self._rows)))
        write_segment(path, fields, columns, [body.stems[number] for number in common.tolist()])
