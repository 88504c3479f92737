from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.plot import draw, growth_picture, latency_picture
from benchmarks.svg import LogScale, Picture, decades
from tests.benchmarks.figures import REPORT

SVG = "{http://www.w3.org/2000/svg}"


def texts(picture: Picture) -> list[str]:
    root = ElementTree.fromstring(str(picture))  # noqa: S314 - our own
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def test_ten_times_as_much_is_as_far_again() -> None:
    scale = LogScale(1, 1_000, start=100, end=400)
    assert [scale.place(value) for value in (1, 10, 100, 1_000)] == pytest.approx([100, 200, 300, 400])
    assert list(scale.ticks()) == [1, 10, 100, 1_000]


def test_what_is_beyond_the_scale_is_at_its_end() -> None:
    scale = LogScale(1, 1_000, start=100, end=400)
    assert (scale.place(0.5), scale.place(2_000)) == (100, 400)


def test_a_scale_reaches_from_power_to_power_of_ten() -> None:
    assert decades([0.02, 3, 700]) == (0.01, 1_000)
    assert decades([10]) == (10, 100)


def test_a_picture_of_a_collection_has_each_class_and_its_ratio() -> None:
    found = texts(latency_picture(REPORT.sizes[0]))
    assert {"browse", "phrase", "blogsearch", "tantivy"} <= set(found)
    assert {"0.50 ×", "0.75 ×"} <= set(found)
    assert "fts5" not in found


def test_a_picture_of_growth_has_a_panel_a_class() -> None:
    found = texts(growth_picture(REPORT.generated))
    assert (found.count("browse"), found.count("phrase")) == (1, 1)
    assert (found.count("10k"), found.count("100k")) == (2, 2)


def test_pictures_are_files_of_svg_for_light_and_dark_pages(tmp_path: Path) -> None:
    files = draw(REPORT, tmp_path / "images")
    assert [file.name for file in files] == [
        "latency-corpus.svg",
        "latency-10000.svg",
        "latency-100000.svg",
        "growth.svg",
    ]
    for file in files:
        text = file.read_text("utf-8")
        assert ElementTree.fromstring(text).tag == f"{SVG}svg"  # noqa: S314 - our own
        assert "prefers-color-scheme: dark" in text


def test_text_in_a_picture_is_text() -> None:
    picture = Picture(10, 10, "<title>")
    picture.text((1, 1), "a < b & c")
    assert texts(picture) == ["a < b & c"]
