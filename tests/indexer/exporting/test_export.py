"""Exports are valid JSON Feed, one item a line, and there as a whole or not at all."""

from __future__ import annotations

import gzip
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import blogsearch
from indexer.exporting.export import export
from search.errors import CannotExport
from search.store import Store
from tests.indexer.exporting.archives import exported, imported
from tests.indexer.exports import comment, item, wordpress


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of three posts."""
    folder = tmp_path_factory.mktemp("archive")
    items = [item(day, f"Rain {day}", "It <em>poured</em>.") for day in (1, 2)]
    told = item(3, "Hail", "Stones.", comments=[comment(1, "How large?")])
    imported(folder / "data", wordpress(folder / "rain.xml", *items, told))
    return folder / "data"


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(blogsearch, ["export", *map(str, arguments)])


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_an_export_is_a_json_feed_with_the_newest_post_first(data: Path, tmp_path: Path) -> None:
    feed = json.loads(exported(data, tmp_path / "feed.json").read_bytes())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Rain Gauge"
    assert [post["title"] for post in feed["items"]] == ["Hail", "Rain 2", "Rain 1"]
    for post in feed["items"]:
        assert isinstance(post["id"], str)
        assert post["content_html"]
        assert post["date_published"].endswith("T08:00:00Z")
        assert all(author["name"] for author in post["authors"])


def test_every_object_beside_those_of_json_feed_is_one_of_its_extensions(data: Path, tmp_path: Path) -> None:
    feed = json.loads(exported(data, tmp_path / "feed.json").read_bytes())
    known = {"version", "title", "items"}
    extensions = {name: value for name, value in feed.items() if name not in known}
    assert all(name.startswith("_") and isinstance(value, dict) for name, value in extensions.items())
    assert all(value["about"].startswith("https://") for value in extensions.values())


def test_every_post_and_comment_is_a_line(data: Path, tmp_path: Path) -> None:
    lines = exported(data, tmp_path / "feed.json").read_text("utf-8").splitlines()
    records = [json.loads(line.rstrip(",")) for line in lines if line.startswith('{"id"')]
    assert [record["id"] for record in records if "said" not in record][:3]
    assert len(records) == 4


def test_a_file_is_readable_by_its_owner_only_and_the_same_each_time(data: Path, tmp_path: Path) -> None:
    first, second = exported(data, tmp_path / "one.json"), exported(data, tmp_path / "two.json")
    assert mode(first) == 0o600
    assert first.read_bytes() == second.read_bytes()
    packed = exported(data, tmp_path / "one.json.gz")
    assert mode(packed) == 0o600
    assert gzip.decompress(packed.read_bytes()) == first.read_bytes()
    assert packed.read_bytes() == exported(data, tmp_path / "two.json.gz").read_bytes()


def test_a_file_that_is_there_is_replaced_only_by_force(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.json"
    target.write_text("mine", "utf-8")
    refused = call(target, "--data", data)
    assert refused.exit_code == 1
    assert (
        refused.stderr
        == f"blogsearch: {target} is there already: give another name, or --force to replace it\n"
    )
    assert target.read_text("utf-8") == "mine"
    assert call(target, "--data", data, "--force").exit_code == 0
    assert json.loads(target.read_bytes())["items"]


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (lambda data, _: data / "backup.json", "would lie in the archive's own folder"),
        (lambda data, _: data / "store.db", "would lie in the archive's own folder"),
        (lambda _, folder: folder, "is a folder"),
        (lambda _, folder: folder / "none" / "backup.json", "there is no folder"),
    ],
)
def test_a_place_where_no_export_can_be_is_refused(
    data: Path, tmp_path: Path, place: Callable[[Path, Path], Path], why: str
) -> None:
    result = call(place(data, tmp_path), "--data", data, "--force")
    assert result.exit_code == 1
    assert why in result.stderr
    assert result.stderr.count("\n") == 1


def test_what_was_not_finished_leaves_nothing(data: Path, tmp_path: Path) -> None:
    def interrupt(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(data, str(tmp_path / "backup.json"), interrupt)
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - hidden ones, too


def test_one_that_appeared_meanwhile_is_not_replaced(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.json"

    def appear(_done: int, _total: int) -> None:
        target.write_text("theirs", "utf-8")

    with pytest.raises(CannotExport):
        export(data, str(target), appear)
    assert target.read_text("utf-8") == "theirs"
    assert os.listdir(tmp_path) == ["backup.json"]  # noqa: PTH208 - hidden ones, too


def test_standard_output_gets_the_document_and_nothing_else(data: Path) -> None:
    result = call("-", "--data", data)
    assert json.loads(result.stdout)["_blogsearch"]["posts"] == 3
    assert "3 posts and 1 comment exported to standard output" in result.stderr
    assert call("-", "--data", data, "--quiet").stderr == ""


def test_an_archive_that_is_not_there_is_not_exported(tmp_path: Path) -> None:
    result = call(tmp_path / "backup.json", "--data", tmp_path / "none")
    assert (result.exit_code, os.listdir(tmp_path)) == (1, [])  # noqa: PTH208 - hidden ones, too
    assert "there is no archive in" in result.stderr


def test_what_an_import_changes_meanwhile_is_not_in_the_export(tmp_path: Path) -> None:
    data = tmp_path / "data"
    imported(data, wordpress(tmp_path / "rain.xml", item(1, "Rain", "It poured.")))
    store = Store.open(data / "store.db")
    with store.snapshot() as snapshot:
        imported(data, wordpress(tmp_path / "rain.xml", item(2, "Hail", "Stones.")))
        assert [whole.post.title for whole in snapshot.posts()] == ["Rain"]
    with store.snapshot() as snapshot:
        assert [whole.post.title for whole in snapshot.posts()] == ["Hail"]
    store.close()
