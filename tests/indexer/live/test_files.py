"""Addresses that are no feeds: whatever `reindex` reads here it reads from there."""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
from pathlib import Path

import pytest

from tests.indexer.exports import item, wordpress
from tests.indexer.fetching.faulty_server import FaultyServer, document, refusal
from tests.indexer.live.archive import LiveArchive
from tests.indexer.live.blogs import rss


def export(folder: Path, *names: str) -> bytes:
    items = [item(number, name, f"On {name}.") for number, name in enumerate(names, start=1)]
    return Path(wordpress(folder / "export.xml", *items)).read_bytes()


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return buffer.getvalue()


def test_an_export_at_an_address_is_read_and_only_adds(
    server: FaultyServer, archive: LiveArchive, tmp_path: Path
) -> None:
    server.answer("/export.xml", document(export(tmp_path, "Hail", "Frost")))
    archive.reindex(server.address("/export.xml"))
    server.answer("/export.xml", document(export(tmp_path, "Hail")))
    report = archive.reindex()
    assert report.changes.removed == 0
    assert archive.titles() == ["Frost", "Hail"]


def test_what_is_in_an_archive_at_an_address_is_read(
    server: FaultyServer, archive: LiveArchive, tmp_path: Path
) -> None:
    server.answer("/download?id=7", document(zipped(export_xml=export(tmp_path, "Hail"), notes_bin=b"\0\1")))
    report = archive.reindex(server.address("/download?id=7"))
    assert archive.titles() == ["Hail"]
    (skipped,) = report.skipped
    assert skipped.source == server.address("/download?id=7/notes.bin").removeprefix("http://")


def test_a_compressed_export_is_unpacked(server: FaultyServer, archive: LiveArchive, tmp_path: Path) -> None:
    server.answer("/export.xml.gz", document(gzip.compress(export(tmp_path, "Hail"))))
    archive.reindex(server.address("/export.xml.gz"))
    assert archive.titles() == ["Hail"]


def test_a_known_address_that_fails_is_told_of_and_the_others_are_read(
    server: FaultyServer, archive: LiveArchive, tmp_path: Path
) -> None:
    server.answer("/export.xml", document(export(tmp_path, "Hail")), refusal(500))
    server.answer("/feed", rss(server, ["sleet"]), rss(server, ["frost"]))
    archive.reindex(server.address("/export.xml"), server.address("/feed"))
    report = archive.reindex()
    assert any("/export.xml" in warning for warning in report.all_warnings)
    assert archive.titles() == ["Frost", "Hail", "Sleet"]


def test_nothing_that_was_fetched_is_left_behind(
    server: FaultyServer, archive: LiveArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answer("/feed", rss(server, ["hail"]))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    archive.reindex(server.address("/feed"))
    assert list((tmp_path / "temporary").iterdir()) == []
