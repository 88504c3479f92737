"""A secret comes from the environment, and goes nowhere from there."""

from __future__ import annotations

import re
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest
from click.testing import CliRunner

from indexer.cli import COMMANDS, blogsearch
from indexer.settings import SETTINGS
from tests.web.serving import server
from web.watching.access import TOKEN

SECRET = "correct-horse-battery-staple"  # noqa: S105 - of this test alone
SECRETIVE = re.compile(r"token|secret|passw|credential|auth(?!or)|key(?!word)", re.IGNORECASE)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_takes_a_secret(name: str) -> None:
    options = [option for option in COMMANDS[name].load().params if isinstance(option, click.Option)]
    taken = [flag for option in options for flag in (*option.opts, str(option.envvar or ""))]
    assert [flag for flag in taken if SECRETIVE.search(flag)] == []


def test_no_setting_of_the_file_is_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [name for name in SETTINGS if SECRETIVE.search(name)] == []
    monkeypatch.chdir(tmp_path)
    Path("blogsearch.toml").write_text(f'metrics_token = "{SECRET}"\n', encoding="utf-8")
    result = CliRunner().invoke(blogsearch, ["status"])
    assert result.exit_code == 2
    assert "'metrics_token' is not a setting" in result.output
    assert SECRET not in result.output


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_no_help_shows_a_secret(name: str) -> None:
    arguments = [name, "--help"] if name else ["--help"]
    result = CliRunner().invoke(blogsearch, arguments, env={TOKEN: SECRET})
    assert result.exit_code == 0
    assert SECRET not in result.output


def test_a_secret_too_short_is_not_repeated() -> None:
    result = CliRunner().invoke(blogsearch, ["serve"], env={TOKEN: "tiny-zebra"})
    assert result.exit_code != 0
    assert TOKEN in result.output
    assert "tiny-zebra" not in result.output


def test_a_secret_is_in_no_answer_no_log_and_no_command_line(data: Path, tmp_path: Path) -> None:
    said = tmp_path / "log"
    answers = []
    with (
        said.open("w") as log,
        server(data, "--workers", "2", log=log, **{TOKEN: SECRET}) as (process, address),
    ):
        connection = HTTPConnection(urlsplit(address).netloc, timeout=20)
        for path in (
            "/metrics",
            "/search?q=roses",
            "/search.json?page=-1",
            "/nothing",
            "/readyz",
            "/metrics",
        ):
            for scheme in ("Bearer", "Basic", "Bearer x"):
                connection.request("GET", path, headers={"Authorization": f"{scheme} {SECRET}"})
                answer = connection.getresponse()
                answers.append((path, scheme, answer.status, str(answer.headers), answer.read().decode()))
        connection.close()
        children = Path(f"/proc/{process}/task/{process}/children")
        workers = children.read_text(encoding="ascii").split() if children.exists() else []
        for each in (str(process), *workers):
            command = Path(f"/proc/{each}/cmdline")
            assert not command.exists() or SECRET not in command.read_text(errors="replace")
    told = {scheme: status for path, scheme, status, *_ in answers if path == "/metrics"}
    assert told == {"Bearer": 200, "Basic": 404, "Bearer x": 404}
    assert not any(SECRET in text for *_, headers, body in answers for text in (headers, body))
    assert SECRET not in said.read_text(encoding="utf-8")
