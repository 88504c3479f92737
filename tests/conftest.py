"""Options and fixtures for every test.

`--samples=DIR` names a folder of real exports, one folder a format. Tests that read them are skipped
without it; so are those of the page the project began with and of the corpus, which lie beside it.
`--queries=N` says how many random queries are compared with Whoosh's own answers, and `--cases=N` how many
random requests are made of each path for programs.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("blogsearch", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("blogsearch")  # what a busy machine is slow at is no fault


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--samples", type=Path, metavar="DIR", help="folder of real exports to read all of")
    parser.addoption("--cases", type=int, default=10, metavar="N", help="random requests of each path; 10")
    parser.addoption("--queries", type=int, default=100, metavar="N", help="random queries of a seed; 100")


def _beside_samples(config: pytest.Config, name: str) -> Path:
    samples: Path | None = config.getoption("--samples")
    if samples is None:
        pytest.skip("needs real exports: pytest --samples=DIR")
    path = samples.resolve().parent / name
    if not path.exists():
        pytest.skip(f"needs {name} beside the folder given with --samples")
    return path


@pytest.fixture(scope="session")
def samples(pytestconfig: pytest.Config) -> Path:
    """The folder of real exports."""
    name = pytestconfig.getoption("--samples")
    return _beside_samples(pytestconfig, name.resolve().name if name else "")


@pytest.fixture(scope="session")
def queries(pytestconfig: pytest.Config) -> int:
    """How many random queries a test draws from one seed."""
    count: int = pytestconfig.getoption("--queries")
    return count


@pytest.fixture(scope="session")
def seed(pytestconfig: pytest.Config) -> Path:
    """The folder with the saved page the project began with."""
    return _beside_samples(pytestconfig, "seed")


@pytest.fixture(scope="session")
def corpus(pytestconfig: pytest.Config) -> Path:
    """4,733 real posts, one JSON object a line, compressed."""
    return _beside_samples(pytestconfig, "corpus/posts.jsonl.gz")
