"""A place among the sorted terms of a field, which Whoosh moves about."""

from __future__ import annotations

from collections.abc import Callable

from whoosh.codec.base import FieldCursor
from whoosh.fields import FieldType
from whoosh.reading import TermInfo

from search.engines.whoosh.reading.term_lists import TermList


class TermCursor(FieldCursor):
    """At one term of a field, beginning with the first; at none behind the last.

    Whoosh's own cursors show terms as the field decodes them, and are found by either form. `describe`
    tells what is known of a term.
    """

    def __init__(self, terms: TermList, field: FieldType, describe: Callable[[bytes], TermInfo]) -> None:
        self._terms = terms
        self._field = field
        self._describe = describe
        self._number = 0

    def first(self) -> str | None:
        """Go to the first term."""
        return self._at(0)

    def find(self, string: str | bytes) -> str | None:
        """Go to the first term that does not sort before this one."""
        wanted = string if isinstance(string, bytes) else self._field.to_bytes(string)
        return self._at(self._terms.first_from(wanted))

    def next(self) -> str | None:
        """Go to the next term."""
        return self._at(self._number + 1)

    def text(self) -> str | None:
        """The term it is at; None behind the last."""
        term = self._term()
        return None if term is None else self._field.from_bytes(term)

    def term(self) -> str | None:
        """The same."""
        return self.text()

    def term_info(self) -> TermInfo | None:
        """What is known of the term."""
        term = self._term()
        return None if term is None else self._describe(term)

    def is_valid(self) -> bool:
        """Whether it is at a term."""
        return self._number < len(self._terms)

    def _at(self, number: int) -> str | None:
        self._number = number
        return self.text()

    def _term(self) -> bytes | None:
        return self._terms.terms(range(self._number, self._number + 1))[0] if self.is_valid() else None
