"""Who is next: requests wait in a queue for a thread, and a probe waits behind none of them.

Whoever watches the server takes one that is busy for one that hangs, were its probes to wait with all others.
"""

from __future__ import annotations

from waitress.task import ThreadedTaskDispatcher

from web.conduct.kinds import PROBE, kind_of
from web.server.wire import Channel


class Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc] # waitress has no annotations
    """Threads that answer, and the queue before them."""

    def add_task(self, task: Channel) -> None:
        """Have a connection's next request answered when it is its turn."""
        # What could not be read as a request has no path.
        if kind_of(getattr(task.requests[0], "path", "")) is not PROBE:
            super().add_task(task)
            return
        with self.lock:
            self.queue.appendleft(task)
            self.queue_cv.notify()
