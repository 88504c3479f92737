"""Whether the archive is as it should be, for machines that watch it."""

from __future__ import annotations

from search.health import Health
from web.documents.health import Ready


def readiness(health: Health) -> Ready:
    """An archive that answers searches; what is wrong with a generation stays in the log, with its paths."""
    return {
        "status": "ready" if health.is_whole else "degraded",
        "generation": health.serving,
        "published": health.published,
        "broken": [each.name for each in health.broken],
    }
