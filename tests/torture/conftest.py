"""What the short forms of tortures share: one warm process, as each takes a second to begin."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.torture.outcome import CannotRun
from tests.torture.tracing import check_machine
from tests.torture.warm import Warm


@pytest.fixture(scope="session")
def warm_process() -> Iterator[Warm]:
    """A process from which runs are forked."""
    with Warm() as process:
        yield process


@pytest.fixture(scope="session")
def warm(warm_process: Warm) -> Warm:
    """The same, whose runs are followed; tests are skipped where they cannot be."""
    try:
        check_machine()
    except CannotRun as reason:
        pytest.skip(str(reason))
    return warm_process
