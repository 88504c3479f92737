from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from indexer.assets import is_asset


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
