"""Text with what matched told apart, as documents have it."""

from __future__ import annotations

from search.results import Fragments
from web.documents.fragment import FragmentDocument


def fragments(text: Fragments) -> list[FragmentDocument]:
    """The fragments of a text or passage, in their order."""
    return [{"text": fragment.text, "matched": fragment.matched} for fragment in text]
