from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from indexer.assets import is_asset, is_asset_by_its_start


@pytest.mark.parametrize(
    "path",
    [
        "photos/Gull.JPG",
        "photos/gull.jpg.json",
        "photos/gull.jpeg.supplemental-metadata.json",
        "Blogger/Blogs/Gull Watch/settings.csv",
        "site/style.css",
        "site/robots.txt",
        "CNAME",
        "posts/101.low-water.opens.csv",
        "posts/102.delivers.csv",
        "content/themes/casper/post.hbs",
        "content/data/redirects.json",
        "_data/authors.json",
        "posts/posts.11tydata.json",
        "posts/old.meta",
        "blog.example/xmlrpc.php?rsd",
        "blog.example/osd.xml",
        "blog.example/wp-json/index.html",
        "blog.example/wp-json/oembed/1.0/embed?url=x",
    ],
)
def test_pictures_what_belongs_to_them_styles_and_settings_hold_no_posts(path: str) -> None:
    assert is_asset(PurePosixPath(path))


@pytest.mark.parametrize(
    "path",
    [
        "_data/comments/the-ferry/1.yml",
        "src/data/comments/the-ferry/1.json",
        "_comments/1.yaml",
        "feed.json",
        "gull.example.json",
        "posts.csv",
        "jpg.json",
        "settings.xml",
        "settings.csv/post.md",
    ],
)
def test_anything_else_is_offered_to_the_formats(path: str) -> None:
    assert not is_asset(PurePosixPath(path))


def test_what_no_format_knows_is_a_picture_or_script_by_its_start_and_data_where_a_page_asked_for_it() -> (
    None
):
    assert is_asset_by_its_start(b"\x89PNG\r\n\x1a\n", "")
    assert is_asset_by_its_start(b"#!/bin/sh\njekyll build", "")
    assert is_asset_by_its_start(b' {"likes": 3}', "https://blog.example/likes")
    assert not is_asset_by_its_start(b'{"likes": 3}', "")
    assert not is_asset_by_its_start(b"Some words", "https://blog.example/words")
