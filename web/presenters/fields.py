"""What of a search a form keeps in hidden fields while it asks for something anew."""

from __future__ import annotations

from search.request import SearchRequest
from web import params

Fields = tuple[tuple[str, str], ...]
"""Names and values of hidden fields."""


def fields_but(request: SearchRequest, *names: str) -> Fields:
    """The parameters of a search that a form keeps while it asks for `names` anew."""
    return tuple((name, value) for name, value in params.pairs(request) if name not in names)
