"""A piece of text that matched or did not."""

from __future__ import annotations

from typing_extensions import TypedDict


class FragmentDocument(TypedDict):
    """A piece of text, and whether it is what was looked for. Never markup."""

    text: str
    matched: bool
