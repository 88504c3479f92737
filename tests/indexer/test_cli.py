from __future__ import annotations

import fcntl
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from indexer.cli import COMMANDS, LazyCommand, LazyGroup, blogsearch
from indexer.settings import SETTINGS
from search.errors import ArchiveLocked, PostNotFound
from search.layout import lock_file
from tests.indexer.exports import feed_item, item, json_feed, wordpress


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and `./data` are looked for in the current folder."""
    monkeypatch.chdir(tmp_path)
    for name in SETTINGS:
        monkeypatch.delenv(f"BLOGSEARCH_{name.upper()}", raising=False)


def call(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(blogsearch, [str(argument) for argument in arguments], env=env)


def process(
    *arguments: str | Path, code: str = "", before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command as its users run it; `before` is done in its process first."""
    start = ["-c", code] if code else ["-c", "from indexer.cli import main; main()"]
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-W", "error", *start, *map(str, arguments)],
        preexec_fn=before,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@click.command()
@click.argument("kind")
def failing(kind: str) -> None:
    """Fail in the way that is asked for."""
    errors: Mapping[str, BaseException] = {
        "plainly": PostNotFound("abc"),
        "locked": ArchiveLocked("another process writes"),
        "interrupted": KeyboardInterrupt(),
        "interrupted late": KeyboardInterrupt("interrupted; all was stored"),
        "disk full": OSError(28, "No space left on device", "store.db"),
    }
    raise errors[kind]


def fail(kind: str) -> Result:
    table = {"failing": LazyCommand(f"{__name__}:failing", "Fail.")}
    return CliRunner().invoke(LazyGroup(lazy=table), ["failing", kind])


@pytest.mark.parametrize("arguments", [["--help"], ["reindex", "--help"], ["sync", "--help"]], ids=" ".join)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        f"import sys; sys.argv[1:] = {arguments}\n"
        "from indexer.cli import main\n"
        "try: main()\n"
        "except SystemExit: print([m for m in ('flask', 'numpy', 'whoosh', 'sqlalchemy', 'lxml', 'rich')"
        " if m in sys.modules])"
    )
    done = process(code=code)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_search_loads_no_format() -> None:
    code = (
        "import sys, web.terminal, web.server.command\n"
        "print([m for m in sys.modules if m.partition('.')[0] in ('indexer', 'lxml', 'docutils')])"
    )
    assert process(code=code).stdout == "[]\n"


def test_a_format_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    done = call("reindex", "--format", "papyrus", tmp_path)
    assert done.exit_code == 2
    assert "'papyrus' is not one of wxr, " in done.stderr


def test_help_lists_every_command() -> None:
    printed = call("--help").output
    for name, command in COMMANDS.items():
        assert f"{name} " in printed
        assert command.summary in printed


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_each_command_has_an_example(name: str) -> None:
    done = call(name, "--help")
    assert done.exit_code == 0
    assert "Example" in done.output
    assert f"blogsearch {name}" in done.output.split("Example", 1)[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_is_for(name: str) -> None:
    options = [option for option in COMMANDS[name].load().params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_every_option_of_serve_is_a_setting_and_others_belong_to_reindex() -> None:
    names = {option.name for option in COMMANDS["serve"].load().params}
    assert names <= set(SETTINGS)
    assert set(SETTINGS) - names <= {option.name for option in COMMANDS["reindex"].load().params}


def test_the_version_is_told() -> None:
    assert call("--version").output.startswith("blogsearch 0.")


def test_an_unknown_command_is_wrong_usage() -> None:
    done = call("reinxed")
    assert done.exit_code == 2
    assert "reinxed" in done.stderr


@pytest.mark.parametrize(
    ("kind", "code", "message"),
    [
        ("plainly", 1, "blogsearch: no post has the id 'abc'\n"),
        ("locked", 75, "blogsearch: another process writes\n"),
        ("interrupted", 130, "blogsearch: interrupted; nothing was changed\n"),
        ("interrupted late", 130, "blogsearch: interrupted; all was stored\n"),
        ("disk full", 1, "blogsearch: No space left on device: store.db\n"),
    ],
)
def test_errors_are_told_in_one_line(kind: str, code: int, message: str) -> None:
    done = fail(kind)
    assert (done.exit_code, done.stderr, done.stdout) == (code, message, "")


def test_a_clean_import_ends_with_0_and_says_what_it_did(tmp_path: Path) -> None:
    export = wordpress(
        tmp_path / "export.xml", item(1, "Hail", "Ice."), item(2, "Unfinished", "To do.", status="draft")
    )
    done = process("reindex", export)
    assert done.returncode == 0, done.stderr
    first, second, *_, last = done.stdout.splitlines()
    assert first.startswith("Imported 1 post and 0 comments from 1 source in ")
    assert first.endswith(" (1 draft left out).")
    assert second == "1 added. The archive holds 1 post and 0 comments."
    assert last.endswith("blogsearch serve")
    assert done.stderr.startswith("reading export.xml (")
    assert "indexing 1 post" in done.stderr


def test_a_failed_import_ends_with_1(tmp_path: Path) -> None:
    done = process("reindex", tmp_path / "nothing.xml")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("blogsearch: ")
    assert "nothing.xml" in done.stderr
    assert not (tmp_path / "data").exists()


def test_an_import_of_nothing_ends_with_2() -> None:
    done = process("reindex")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("blogsearch: nothing was imported into data yet")


def test_an_import_that_skipped_records_ends_with_3(tmp_path: Path) -> None:
    done = process("reindex", json_feed(tmp_path / "feed.json", feed_item(1, "High."), "17"))
    assert done.returncode == 3
    assert "1 record could not be read:\n  feed.json, item 2: " in done.stdout
    assert "dead-letter.jsonl" in done.stdout


def test_an_import_that_skipped_too_much_ends_with_1_and_changes_nothing(tmp_path: Path) -> None:
    done = process("reindex", json_feed(tmp_path / "feed.json", feed_item(1, "High."), "17", "18"))
    assert done.returncode == 1
    assert "--force" in done.stderr
    assert "0 posts" in call("status").stdout


def test_an_import_beside_another_ends_with_75(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with lock_file(data).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = process("reindex", wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice.")))
    assert done.returncode == 75
    assert "--wait" in done.stderr


def no_file_over(size: int) -> Callable[[], None]:
    """What makes a process fail to write more than so many bytes to a file, as on a full disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_full_disk_ends_with_1_and_the_next_run_succeeds(tmp_path: Path) -> None:
    feed = tmp_path / "feed.json"
    assert process("reindex", json_feed(feed, feed_item(1, "High."))).returncode == 0
    # Their language is declared, as the model that detects it would be unpacked to the disk, too.
    items = [feed_item(day, "tide " * 3_000)[:-1] + ', "language": "en"}' for day in range(1, 29)]
    json_feed(feed, *items)
    done = process("reindex", feed, before=no_file_over(500_000))
    assert done.returncode == 1
    assert "store.db cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
    assert json.loads(call("search", "high", "--json").stdout)["total"] == 1
    assert process("reindex", feed).returncode == 0
    assert json.loads(call("search", "tide", "--json").stdout)["total"] == 28


def test_an_index_that_cannot_be_written_ends_with_1_and_nothing_is_changed(tmp_path: Path) -> None:
    export = wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice."))
    in_the_way = tmp_path / "data" / "index"
    in_the_way.parent.mkdir()
    in_the_way.touch()
    done = process("reindex", export)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "blogsearch: Not a directory: data/index/CURRENT"
    assert "Traceback" not in done.stderr
    in_the_way.unlink()
    assert json.loads(call("search", "ice", "--json").stdout)["total"] == 0
    assert process("reindex", export).returncode == 0
    assert json.loads(call("search", "ice", "--json").stdout)["total"] == 1


def test_to_be_ended_is_to_be_interrupted(tmp_path: Path) -> None:
    export = wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice."))
    # The signal comes while the command waits for the lock, however long it took to get there.
    code = (
        "import fcntl, os, signal, threading\n"
        "from indexer.cli import main\n"
        "lock = fcntl.flock\n"
        "def lock_and_be_ended(*arguments):\n"
        "    fcntl.flock = lock\n"
        "    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGTERM)).start()\n"
        "    lock(*arguments)\n"
        "fcntl.flock = lock_and_be_ended\n"
        "main()"
    )
    (tmp_path / "data").mkdir()
    with lock_file(tmp_path / "data").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = process("reindex", "--wait", export, code=code)
    assert (done.returncode, done.stderr) == (130, "blogsearch: interrupted; nothing was changed\n")


def test_the_json_report_is_alone_on_standard_output(tmp_path: Path) -> None:
    done = process("reindex", "--json", wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice.")))
    assert json.loads(done.stdout)["read"] == {"posts": 1, "comments": 0}


def test_quiet_prints_nothing_when_all_is_well(tmp_path: Path) -> None:
    done = call("reindex", "--quiet", wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice.")))
    assert (done.exit_code, done.output) == (0, "")


def test_quiet_still_tells_that_records_were_skipped(tmp_path: Path) -> None:
    done = call("reindex", "--quiet", json_feed(tmp_path / "feed.json", feed_item(1, "High."), "17"))
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr == "blogsearch: 1 record could not be read: see data/dead-letter.jsonl\n"


def test_the_data_folder_is_set_by_flag_then_environment_then_file(tmp_path: Path) -> None:
    (tmp_path / "blogsearch.toml").write_text('data = "from-file"', encoding="utf-8")
    export = wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice."))
    environment = {"BLOGSEARCH_DATA": "from-environment"}
    call("reindex", export)
    assert (tmp_path / "from-file").is_dir()
    call("reindex", export, env=environment)
    assert (tmp_path / "from-environment").is_dir()
    call("reindex", export, "--data", "from-flag", env=environment)
    assert (tmp_path / "from-flag").is_dir()
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("data = ", "blogsearch.toml cannot be read"),
        ('prot = "80"', "'prot' is not a setting; there are data, host, port"),
        ("data = [1]", "data is to be one text"),
        ("port = 'high'", "'high' is not a valid integer"),
    ],
)
def test_a_broken_settings_file_is_wrong_usage(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "blogsearch.toml").write_text(text, encoding="utf-8")
    done = call("serve")
    assert done.exit_code == 2
    assert message in done.stderr


def test_status_without_an_archive_says_what_to_do() -> None:
    done = call("status")
    assert done.exit_code == 1
    assert "reindex" in done.stderr


def test_status_says_what_is_in_the_archive(tmp_path: Path) -> None:
    export = wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice."), item(9, "Dry", "Dust."))
    call("reindex", export)
    lines = call("status").stdout.splitlines()
    assert lines[0] == "2 posts and 0 comments, from 2019-03-01 to 2019-03-09."
    assert "  Rain Gauge (2 posts)" in lines
    assert f"  {export}" in lines
    assert lines[-1].endswith("2 added")


def test_status_in_json_has_the_sources_and_imports(tmp_path: Path) -> None:
    export = wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice."))
    call("reindex", export)
    found = json.loads(call("status", "--json").stdout)
    assert found["posts"] == 1
    assert found["sources"] == [{"location": export, "format": "", "blog": ""}]
    assert found["imports"][0]["changes"]["added"] == 1


def test_formats_are_listed_with_what_they_are_known_by() -> None:
    heading, *rows = call("formats").stdout.splitlines()
    assert heading.split() == ["NAME", "FORMAT", "KNOWN", "BY"]
    column = heading.index("KNOWN")
    assert len(rows) >= 2
    assert all(row[column:].strip() for row in rows)


def test_what_a_terminal_cannot_show_is_replaced(tmp_path: Path) -> None:
    export = wordpress(tmp_path / "export.xml", item(1, "Grêle ☂", "Ice."))
    call("reindex", export)
    done = subprocess.run(
        [sys.executable, "-c", "from indexer.cli import main; main()", "search", "ice"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"Gr?le ?" in done.stdout
