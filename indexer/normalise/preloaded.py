"""What normalising needs: processes that find this module loaded begin at once, and share the model."""

from __future__ import annotations

from indexer.normalise import batch
from indexer.normalise.language import language_model

__all__ = ["batch"]

language_model()
