"""Where a fuzzed input stands: under which name, and beside which other files."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from indexer.neighbours import Neighbours
from indexer.source import Source
from tests.indexer.formats.cases import CASES_FOLDER, EXPECTED_SUFFIX

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Scene:
    """The file that a format reads, in a folder like that of a test case, `site`.

    The input is that file, or with `stands_for` another one of the folder, that the format looks into.
    """

    reads: str
    site: str = ""
    stands_for: str = ""


class Surroundings:
    """Files in memory, as the neighbours of a source."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._made: dict[object, object] = {}

    def read(self, path: str) -> bytes | None:
        """As `Neighbours.read`."""
        return self._files.get(path)

    def names(self, folder: str = "") -> Sequence[str]:
        """As `Neighbours.names`."""
        beginning = f"{folder.strip('/')}/" if folder.strip("/") else ""
        return sorted(path for path in self._files if path.startswith(beginning))

    def once(self, make: Callable[[Neighbours], _Made]) -> _Made:
        """As `Neighbours.once`, but made anew: each input is a folder of its own."""
        return make(self)


def staged(scene: Scene, content: bytes) -> Source:
    """The source that a format reads, with the input in its place."""
    files = {**_files(scene.site), (scene.stands_for or scene.reads): content}
    read = files[scene.reads]
    return Source(
        name=f"site/{scene.reads}",
        opener=lambda: io.BytesIO(read),
        size=len(read),
        path=scene.reads,
        neighbours=Surroundings(files),
        address="https://blog.example/2012/03/hello.html" if "html" in scene.reads else "",
    )


@cache
def _files(site: str) -> Mapping[str, bytes]:
    root = CASES_FOLDER / site
    inside = root.rglob("*") if site else ()
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in inside
        if path.is_file() and not path.name.endswith(EXPECTED_SUFFIX)
    }


SCENES: Mapping[str, tuple[Scene, ...]] = {
    "wxr": (Scene("export.xml"),),
    "takeout": (Scene("feed.atom"),),
    "blogger": (Scene("blog-03-04-2012.xml"),),
    "disqus": (Scene("disqus.xml"),),
    "blogsearch": (Scene("backup.json"),),
    "ghost": (Scene("export.ghost.json"),),
    "blogml": (Scene("blogml.xml"),),
    "livejournal": (
        Scene("boatlog-2008-03.xml"),
        Scene("L-1"),
        Scene("C-1"),
        Scene("comments-xml/comment_body-0.xml", "livejournal/boatlog.site"),
        Scene(
            "comments-xml/comment_body-0.xml",
            "livejournal/boatlog.site",
            "comments-xml/comment_meta-0.xml",
        ),
    ),
    "tumblr": (Scene("posts/html/54759400073.html"), Scene("api.json"), Scene("api-v1.xml")),
    "blogger-api": (
        Scene("comments.json", "blogger-api/dump.site"),
        Scene("comments.json", "blogger-api/dump.site", "blog.json"),
    ),
    "wordpress-api": (
        Scene("posts-1.json", "wordpress-api/dump.site"),
        Scene("posts-1.json", "wordpress-api/dump.site", "users.json"),
    ),
    "blogarchive": (
        Scene("feed.json", "blogarchive/gull-notes.bar.site"),
        Scene("index.html", "blogarchive/gull-notes.bar.site"),
    ),
    "jsonfeed": (Scene("feed.json"),),
    "feed": (Scene("feed.xml"),),
    "opml": (Scene("blog.opml"),),
    "medium": (
        Scene("posts/2018-08-11_A-boat-for-two-0a1b2c3d4e5f.html", "medium/export.site"),
        Scene(
            "posts/2018-08-11_A-boat-for-two-0a1b2c3d4e5f.html", "medium/export.site", "profile/profile.html"
        ),
    ),
    "substack": (
        Scene("posts/101.low-water.html", "substack/letters.site"),
        Scene("posts.csv", "substack/letters.site"),
        Scene("posts/101.low-water.html", "substack/letters.site", "posts.csv"),
    ),
    "beehiiv": (Scene("posts.csv"),),
    "subscribers": (Scene("members.csv"),),
    "movabletype": (Scene("export.txt"),),
    "comments": (
        Scene("_data/comments/the-ferry/entry1.yml", "comments/staticman.site"),
        Scene("data/comments/in-hugo/1331028000.json", "comments/staticman.site"),
        Scene("_comments/2012-03-04-so-it-is.md", "comments/staticman.site"),
    ),
    "frontmatter": (
        Scene("2020-01-05-frost.md"),
        Scene("_posts/2012-03-04-the-ferry.md", "frontmatter/jekyll.site"),
        Scene("_posts/2012-03-04-the-ferry.md", "frontmatter/jekyll.site", "_config.yml"),
        Scene("content/posts/own.md", "frontmatter/hugo.site", "hugo.toml"),
        Scene("content/rest.rst", "frontmatter/pelican.site"),
        Scene("content/rest.rst", "frontmatter/pelican.site", "pelicanconf.py"),
        Scene("posts/old.rst", "frontmatter/nikola.site", "posts/old.meta"),
        Scene("posts/ferry.md", "frontmatter/eleventy.site", "posts/posts.json"),
        Scene("post.html"),
        Scene("post.org"),
        Scene("post.adoc"),
    ),
    "page": (Scene("2012/03/hello.html"), Scene("www.blog.example/2012/index.html")),
    "plaintext": (Scene("page.txt"), Scene("page")),
}
"""The scenes of each format. The first byte of an input says which of them it is for."""
