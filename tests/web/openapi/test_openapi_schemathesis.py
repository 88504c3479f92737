"""Whatever the OpenAPI document allows and forbids is answered as it says: cases made up by schemathesis.

`pytest tests/web/openapi/test_openapi_schemathesis.py --cases=250` makes up 2,000 random ones more.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from schemathesis import engine
from schemathesis.engine import events
from schemathesis.engine.recorder import ScenarioRecorder

from search.archive import Archive
from web.app import create_app
from web.settings import Settings

BEYOND_SCHEMAS = ("results deep", "opening brackets", "searched for at once")
"""What is said of a question beyond a limit that JSON Schema cannot say."""

Wrong = tuple[str, str, str]
"""Which check failed, of which request, and why."""


def configured(cases: int) -> schemathesis.Config:
    """Made up from one seed: what each path's examples and limits give, and so many random cases each."""
    return schemathesis.Config.from_dict(
        {
            "seed": 1,
            "headers": {"Accept-Encoding": "identity"},  # it does not uncompress what no network brought
            "generation": {"deterministic": True, "max-examples": cases, "database": "none"},
            "phases": {"stateful": {"enabled": False}},
            "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "410"]}},
        }
    )


def asked(data: Path, archive: Archive, cases: int) -> Iterator[ScenarioRecorder]:
    """All cases with their answers, path by path."""
    app = create_app(Settings(data), archive)
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app, config=configured(cases))
    for event in engine.from_schema(schema).execute():
        match event:
            case events.ScenarioFinished():
                yield event.recorder
            case events.NonFatalError():
                raise AssertionError(f"{event.label}: {event.value}")
            case events.FatalError():
                raise event.exception


def failures(recorder: ScenarioRecorder) -> Iterator[Wrong]:
    """Every answer that is not as described."""
    for number, checks in recorder.checks.items():
        for check in checks:
            response = recorder.interactions[number].response
            said = response.text if response else ""
            if check.failure_info and not any(limit in said for limit in BEYOND_SCHEMAS):
                request = recorder.cases[number].value.as_curl_command()
                yield check.name, request, f"{check.failure_info.failure} {said[:200]}"


@pytest.fixture(scope="module")
def cases(pytestconfig: pytest.Config) -> int:
    """How many random cases each path is asked."""
    count: int = pytestconfig.getoption("--cases")
    return count


def test_every_case_is_answered_as_described(data: Path, archive: Archive, cases: int) -> None:
    recorders = list(asked(data, archive, cases))
    assert sum(len(recorder.interactions) for recorder in recorders) > 100
    assert [wrong for recorder in recorders for wrong in failures(recorder)] == []
