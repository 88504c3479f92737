from __future__ import annotations

import pytest

from indexer.blog_name import blog_name


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("/home/jl/rain-gauge.wordpress.2024-02-11.000.xml", "Rain gauge"),
        ("/home/jl/rain-gauge/blog-02-11-2024.xml", "Rain gauge"),
        ("/home/jl/rain-gauge/2024-02-11-backup.zip", "Rain gauge"),
        ("/home/jl/rain-gauge.ghost.2024-02-11-10-11-12.json", "Rain gauge"),
        ("/home/jl/rain-gauge.bar", "Rain gauge"),
        ("/home/jl/the_low-down.tar.gz", "The low down"),
        ("/home/jl/rain-gauge/_posts", "Rain gauge"),
        ("/home/jl/rain-gauge/content/posts", "Rain gauge"),
        ("/home/jl/Rain Gauge/feed.atom", "Rain Gauge"),
        ("/home/jl/example.org", "Example.org"),
        ("/", "Blog"),
        ("/home/feed.xml", "Blog"),
    ],
)
def test_a_blog_without_a_name_is_called_by_the_last_telling_part_of_its_path(
    location: str, name: str
) -> None:
    assert blog_name(location) == name
