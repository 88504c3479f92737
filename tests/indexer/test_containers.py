from __future__ import annotations

import gzip
import io
import random
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

from indexer.containers import limits
from indexer.record import Skipped
from indexer.source import Source, walk
from search.errors import SourceRefused


def read(path: Path) -> tuple[dict[str, bytes], list[Skipped]]:
    """Everything in an archive: what could be read, by name, and what could not."""
    contents = {}
    skipped = []
    for found in walk(str(path)):
        if isinstance(found, Skipped):
            skipped.append(found)
        else:
            with found.open() as stream:
                contents[found.name] = stream.read()
    return contents, skipped


def zip_of(path: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def tar_of(path: Path, members: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload] # the mode is a parameter here
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


def test_members_of_a_zip_are_named_below_it_and_come_in_order(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "export.zip", {"posts/b.md": "second", "posts/a.md": "first"})
    assert list(read(path)[0].items()) == [
        ("export.zip/posts/a.md", b"first"),
        ("export.zip/posts/b.md", b"second"),
    ]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tars_are_read_whatever_they_are_compressed_with(tmp_path: Path, mode: str) -> None:
    path = tar_of(tmp_path / "backup", {"./b.md": b"two", "a/c.md": b"three"}, mode)
    assert read(path)[0] == {"backup/b.md": b"two", "backup/a/c.md": b"three"}


def test_a_compressed_file_is_named_without_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "export.xml.gz"
    path.write_bytes(gzip.compress(b"<rss/>"))
    assert read(path) == ({"export.xml.gz/export.xml": b"<rss/>"}, [])


def test_one_level_of_gzip_inside_an_archive_is_taken_off(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "backup.zip", {"export.xml.gz": gzip.compress(b"<rss/>")})
    assert read(path)[0] == {"backup.zip/export.xml.gz/export.xml": b"<rss/>"}


def test_a_member_can_be_opened_twice_at_once(tmp_path: Path) -> None:
    path = tar_of(tmp_path / "a.tar.gz", {"a.md": noise(300_000)}, "w:gz")
    for found in walk(str(path)):
        assert isinstance(found, Source)
        with found.open() as first, found.open() as second:
            assert first.read(10) == second.read(10) == found.head[:10]
            assert first.read() == second.read() == noise(300_000)[10:]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../evil.md", "leads out"),
        ("posts/../../evil.md", "leads out"),
        ("/etc/passwd.md", "absolute"),
        ("C:\\evil.md", "absolute"),
    ],
)
def test_members_with_unsafe_names_are_skipped(tmp_path: Path, name: str, why: str) -> None:
    for path in (
        zip_of(tmp_path / "a.zip", {name: "x", "good.md": "y"}),
        tar_of(tmp_path / "a.tar", {name: b"x", "good.md": b"y"}),
    ):
        contents, skipped = read(path)
        assert list(contents) == [f"{path.name}/good.md"]
        assert [why in one.why for one in skipped] == [True]


def test_the_posts_inside_a_zip_of_tumblrs_are_read_and_no_zip_below_them(tmp_path: Path) -> None:
    deeper = zip_of(tmp_path / "deeper.zip", {"html/3.html": "three"}).read_bytes()
    posts = zip_of(tmp_path / "inner.zip", {"html/2.html": "two", "posts.zip": deeper, "../4.html": "four"})
    path = zip_of(tmp_path / "tumblr.zip", {"posts.zip": posts.read_bytes(), "media/2.jpg": "a photo"})
    contents, skipped = read(path)
    assert contents == {"tumblr.zip/posts.zip/html/2.html": b"two"}
    assert [one.where for one in skipped] == [
        "tumblr.zip/posts.zip/../4.html",
        "tumblr.zip/posts.zip/posts.zip",
    ]


def test_posts_inside_a_zip_that_are_damaged_are_skipped_by_themselves(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "tumblr.zip", {"posts.zip": b"PK\x03\x04 cut off", "a.html": "one"})
    contents, skipped = read(path)
    assert list(contents) == ["tumblr.zip/a.html"]
    assert [one.where for one in skipped] == ["tumblr.zip/posts.zip"]


def test_posts_inside_a_zip_count_against_the_limits_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = zip_of(tmp_path / "inner.zip", {f"html/{number}.html": "x" for number in range(9)})
    path = zip_of(tmp_path / "tumblr.zip", {"posts.zip": posts.read_bytes()})
    monkeypatch.setattr(limits, "MOST_MEMBERS", 9)
    with pytest.raises(SourceRefused, match="more than 9 members"):
        read(path)


def test_archives_inside_archives_are_not_opened(tmp_path: Path) -> None:
    inner = zip_of(tmp_path / "inner.zip", {"a.md": "x"}).read_bytes()
    path = zip_of(tmp_path / "a.zip", {"inner.zip": inner, "twice.gz": gzip.compress(inner)})
    contents, skipped = read(path)
    assert contents == {}
    assert [one.where for one in skipped] == ["a.zip/inner.zip", "a.zip/twice.gz"]
    (tmp_path / "b.gz").write_bytes(gzip.compress(inner))
    with pytest.raises(SourceRefused, match="zip"):
        read(tmp_path / "b.gz")


def test_links_and_devices_in_archives_are_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        for name, kind in (
            ("soft.md", tarfile.SYMTYPE),
            ("hard.md", tarfile.LNKTYPE),
            ("pipe.md", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert [one.where for one in read(path)[1]] == ["a.tar/soft.md", "a.tar/hard.md", "a.tar/pipe.md"]

    link = zipfile.ZipInfo("link.md")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zipped:
        zipped.writestr(link, "/etc/passwd")
    assert [one.why for one in read(tmp_path / "a.zip")[1]] == ["is a link, which is not followed"]


def test_a_bomb_in_a_zip_is_skipped_and_the_rest_read(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"bomb.md": bytes(5_000_000), "good.md": "y"})
    contents, skipped = read(path)
    assert list(contents) == ["a.zip/good.md"]
    assert "100 times" in skipped[0].why


@pytest.mark.parametrize("name", ["bomb.xml.gz", "bomb.tar.gz"])
def test_a_compressed_bomb_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if "tar" in name:
        tar_of(path, {"bomb.md": bytes(30_000_000)}, "w:gz")
    else:
        path.write_bytes(gzip.compress(bytes(30_000_000)))
    with pytest.raises(SourceRefused, match="100 times"):
        read(path)


def test_a_bomb_made_of_gzip_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"bomb.xml.gz": gzip.compress(bytes(30_000_000))})
    with pytest.raises(SourceRefused, match="100 times"):
        read(path)


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"a.md": noise(500), "b.md": noise(500)})
    data = bytearray(path.read_bytes())
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, 0)  # its offset: where the first one lies
    path.write_bytes(data)
    with pytest.raises(SourceRefused, match="overlap"):
        read(path)


def test_an_archive_may_not_hold_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_READ", 1_500)
    members = {"a.md": noise(1_000), "b.md": noise(1_000)}
    for path in (
        zip_of(tmp_path / "a.zip", {**members}),
        tar_of(tmp_path / "a.tar", members),
        zip_of(tmp_path / "b.zip", {"a.xml.gz": gzip.compress(noise(1_000))}),
    ):
        with pytest.raises(SourceRefused, match="holds more than"):
            read(path)


def test_an_archive_may_not_have_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_MEMBERS", 2)
    names = ["a.md", "b.md", "c.md"]
    for path in (
        zip_of(tmp_path / "a.zip", dict.fromkeys(names, b"x")),
        tar_of(tmp_path / "a.tar", dict.fromkeys(names, b"x")),
    ):
        with pytest.raises(SourceRefused, match="more than 2 members"):
            read(path)


def test_a_zip_with_a_huge_directory_is_refused_before_it_is_read(tmp_path: Path) -> None:
    directory = bytes(17 << 20)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, len(directory), 0, 0)
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04" + directory[4:] + end)
    with pytest.raises(SourceRefused, match="too many members"):
        read(path)


def test_lying_sizes_are_found_out(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"a.md": noise(500), "b.md": "good"})
    data = bytearray(path.read_bytes())
    for header, offset in ((data.index(b"PK\x01\x02"), 24), (0, 22)):
        struct.pack_into("<L", data, header + offset, 100)
    path.write_bytes(data)
    contents, skipped = read(path)
    assert list(contents) == ["a.zip/b.md"]
    assert [one.where for one in skipped] == ["a.zip/a.md"]


def test_encrypted_members_are_skipped(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"a.md": "secret"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "encrypted" in read(path)[1][0].why


def test_a_member_with_a_wrong_checksum_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.md", "the quick brown fox")
        archive.writestr("b.md", "good")
    path.write_bytes(path.read_bytes().replace(b"quick", b"quack"))
    contents, skipped = read(path)
    assert list(contents) == ["a.zip/b.md"]
    assert "damaged" in skipped[0].why


def test_what_comes_before_the_cut_in_a_gzip_is_kept_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "export.xml.gz"
    path.write_bytes(gzip.compress(noise(500_000))[:-100_000])
    (source,) = [(found, found.open().read()) for found in walk(str(path)) if isinstance(found, Source)]
    assert 300_000 < len(source[1]) < 500_000
    assert noise(500_000).startswith(source[1])
    assert "cut off" in source[0].warnings[0]


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_members_before_the_cut_in_a_tar_are_kept_and_the_rest_reported(tmp_path: Path, mode: str) -> None:
    path = tar_of(tmp_path / "a.tar", {"a.md": noise(5_000), "b.md": noise(50_000)}, mode)
    path.write_bytes(path.read_bytes()[:30_000])
    contents, skipped = read(path)
    assert list(contents) == ["a.tar/a.md"]
    assert [(one.where, "cut off" in one.why) for one in skipped] == [("a.tar/b.md", True)]


def test_a_damaged_header_does_not_end_a_tar_in_silence(tmp_path: Path) -> None:
    path = tar_of(tmp_path / "a.tar", {"a.md": b"x", "b.md": b"y"})
    data = bytearray(path.read_bytes())
    data[1024 + 100] ^= 0xFF  # in the header of the second
    path.write_bytes(data)
    contents, skipped = read(path)
    assert list(contents) == ["a.tar/a.md"]
    assert [one.where for one in skipped] == ["a.tar, after a.md"]


def test_a_tar_header_made_to_exhaust_memory_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, 1 << 30
    path = tmp_path / "a.tar"
    path.write_bytes(info.tobuf() + bytes(10_240))
    with pytest.raises(SourceRefused, match="header"):
        read(path)


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00"])
def test_what_only_begins_like_an_archive_is_refused(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(start + b"and then something else entirely")
    with pytest.raises(SourceRefused, match=r"a\.bin: "):
        read(path)


def test_nothing_is_written_to_a_named_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    path = zip_of(tmp_path / "a.zip", {"a.md": noise(10 << 20)})
    for found in walk(str(path)):
        assert isinstance(found, Source)
        assert found.size == 10 << 20
        assert list(folder.iterdir()) == []


def test_a_member_without_a_name_harms_no_other(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("#"), "Low water.")
        archive.writestr("b.md", "High water.")
    path.write_bytes(path.read_bytes().replace(b"#", b"\0"))
    found = {source.name for source in walk(str(path)) if isinstance(source, Source)}
    assert "export.zip/b.md" in found
