"""What parts of the program log while a command runs: lines like any other message of the command."""

from __future__ import annotations

import logging
import sys
from typing import Final

from search.text.inert import printable

HANDLER: Final = "blogsearch"


class Lines(logging.Formatter):
    """`blogsearch: …` on one line, whatever is in the message."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return f"blogsearch: {printable(record.getMessage())}"


def begin_log() -> None:
    """Show warnings and errors on standard error. A server that begins finds the handler by its name."""
    handler = logging.StreamHandler(sys.stderr)
    handler.name = HANDLER
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
