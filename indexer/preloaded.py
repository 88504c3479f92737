"""What processes that prepare records begin with: they find it loaded, and share the model of languages."""

from __future__ import annotations

from indexer import preparing
from indexer.normalise.language import language_model
from indexer.program import program

__all__ = ["preparing"]

language_model()
program()
