from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import blogsearch
from indexer.reindex import Options, reindex
from tests.indexer.exports import comment, feed_item, item, json_feed, wordpress
from web.app import create_app
from web.settings import Settings


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    hail = item(1, "Hail over the valley", "Stones fell.", comments=[comment(7, "Mine were stones too")])
    export = wordpress(folder / "export.xml", hail, item(2, "A dry week", "No stones, no rain."))
    feed = json_feed(folder / "feed.json", feed_item(1, "High water over stones."))
    reindex([export, feed], Options(folder / "data"))
    return folder / "data"


def search(data: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(blogsearch, ["search", "--data", str(data), *arguments], env=env)


def titles(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [line.split(". ", 1)[1] for line in result.stdout.splitlines() if line[:3].strip().isdigit()]


def test_words_find_posts(data: Path) -> None:
    assert titles(search(data, "valley")) == ["Hail over the valley"]


def test_words_need_no_quotes(data: Path) -> None:
    assert titles(search(data, "dry", "week")) == ["A dry week"]


def test_without_words_posts_are_listed_newest_first(data: Path) -> None:
    assert titles(search(data)) == ["Tide 1", "A dry week", "Hail over the valley"]


def test_any_of_the_values_of_a_filter_will_do(data: Path) -> None:
    assert titles(search(data, "stones", "--blog", "tide table")) == ["Tide 1"]
    assert len(titles(search(data, "stones", "--blog", "Tide Table", "--blog", "Rain Gauge"))) == 3


def test_dates_narrow_the_results(data: Path) -> None:
    assert titles(search(data, "stones", "--date", "2021")) == ["Tide 1"]
    assert titles(search(data, "--after", "2019-03-02", "--before", "2019")) == ["A dry week"]


def test_comments_alone_can_be_searched(data: Path) -> None:
    assert titles(search(data, "stones", "--in", "comments")) == ["Hail over the valley"]


def test_pages_and_orders_are_chosen(data: Path) -> None:
    assert titles(search(data, "--sort", "oldest", "--size", "1", "--page", "2")) == ["A dry week"]


def test_json_is_what_the_endpoint_answers(data: Path) -> None:
    printed = json.loads(search(data, "stones", "--blog", "Rain Gauge", "--size", "1", "--json").stdout)
    client = create_app(Settings(data)).test_client()
    answered = client.get("/search.json?q=stones&blog=Rain+Gauge&size=1").get_json()
    assert {**printed, "took_ms": 0} == {**answered, "took_ms": 0}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--page", "0"], "blogsearch: page: 0 is not from 1 to 10,000\n"),
        (["--after", "soon"], "blogsearch: after: 'soon' is not a date"),
        (["--in", "titles"], "'titles' is not one of 'all', 'posts', 'comments'"),
        (["word " * 65], "blogsearch: q: "),
    ],
)
def test_a_search_beyond_a_limit_is_wrong_usage(data: Path, arguments: list[str], message: str) -> None:
    done = search(data, *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_without_an_archive_the_way_to_one_is_told(tmp_path: Path) -> None:
    done = search(tmp_path / "nothing", "rain")
    assert done.exit_code == 1
    assert "blogsearch reindex" in done.stderr


def test_in_a_pipe_each_passage_is_one_plain_line(data: Path) -> None:
    plain = search(data, "stones", "--date", "2021").stdout
    assert "\x1b" not in plain
    assert "     High water over stones.\n" in plain


def test_on_a_terminal_matched_words_stand_out(data: Path) -> None:
    terminal = {"FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": "80"}
    assert "\x1b[1;31mstones\x1b[0m" in search(data, "stones", env=terminal).stdout


def test_no_color_leaves_only_bold(data: Path) -> None:
    terminal = {"FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": "80", "NO_COLOR": "1"}
    shown = search(data, "stones", env=terminal).stdout
    assert "\x1b[1mstones\x1b[0m" in shown
    assert "31m" not in shown


def test_a_terminal_of_no_width_still_shows_results(data: Path) -> None:
    assert titles(search(data, "valley", env={"COLUMNS": "0"})) == ["Hail over the valley"]
