from __future__ import annotations

import io

from indexer.steps import steps_on


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def import_something(stream: io.StringIO, *, quiet: bool = False) -> str:
    with steps_on(stream, quiet=quiet) as steps:
        steps.reading("export\x1b[2J.xml", 4_000_000)
        steps.read(2_000_000)
        steps.read(4_000_000)
        for done in range(1, 1205):
            steps.indexing(done, 1204)
    return stream.getvalue()


def test_each_step_is_one_line_in_a_log() -> None:
    assert import_something(io.StringIO()) == "reading export[2J.xml (4.0 MB)\nindexing 1,204 posts\n"


def test_a_terminal_shows_bars_with_amounts() -> None:
    shown = import_something(Terminal())
    assert "4.0 MB of 4.0 MB" in shown
    assert "1,204 of 1,204 posts" in shown
    assert "\x1b[2J" not in shown


def test_quiet_says_nothing() -> None:
    assert import_something(Terminal(), quiet=True) == ""
