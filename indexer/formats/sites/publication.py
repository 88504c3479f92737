"""Whether a text of a site is a published post: what its metadata and its path say."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePosixPath

from indexer.formats.sites.metadata import Metadata, text_of
from indexer.formats.sites.settings import Generator, Site
from indexer.source import Source

_HTML = frozenset({".html", ".htm"})
_FEEDS = frozenset({".xml", ".json"})  # front matter makes templates of them

_YES = frozenset({"true", "yes", "on", "1"})
_NO = frozenset({"false", "no", "off", "0"})
_LEFT_OUT: tuple[tuple[str, frozenset[str], str], ...] = (
    ("draft", _YES, "draft"),
    ("published", _NO, "draft"),
    ("publish", _NO, "draft"),
    ("private", _YES, "private"),
    ("render", _NO, "private"),
    ("status", frozenset({"draft"}), "draft"),
    ("status", frozenset({"private", "hidden"}), "private"),
    ("status", frozenset({"pending"}), "pending"),
    ("status", frozenset({"trash", "trashed", "deleted"}), "trashed"),
)
_NEVER_BUILT = _NO | {"never"}
_SCHEDULED = ("publishdate", "publish_date")

NIKOLA_TAGS = frozenset({"draft", "private"})
"""The tags by which Nikola knew, before it had a status, what not to publish."""

_OF_JEKYLL = frozenset({"_posts", "_drafts", "_trash"})
_FOLDERS_LEFT_OUT = {"_drafts": "draft", "_trash": "trashed"}
_NO_POST_FOLDERS = frozenset(
    {
        "_layouts",
        "_includes",
        "_sass",
        "layouts",
        "archetypes",
        "node_modules",
        "themes",
        "vendor",
        "scaffolds",
    }
)
_PROJECT_FILES = frozenset(
    {
        *("readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "authors"),
        *("security", "404"),
    }
)


def is_template(path: str) -> bool:
    """Whether the file lies among those that a site is made with, rather than of."""
    place = PurePosixPath(path)
    is_markup = place.suffix.lower() in _HTML | _FEEDS
    return not _NO_POST_FOLDERS.isdisjoint(place.parts[:-1]) or (
        is_markup and "templates" in place.parts[:-1]
    )


def is_outside(site: Site, source: Source) -> bool:
    """Whether the generator would not look at the file: it is in none of the folders the site is made of."""
    path = PurePosixPath(source.path).relative_to(site.folder)
    if site.generator is Generator.JEKYLL:
        return _is_private_to_jekyll(site, path)
    folders = [folder for folder in site.source_folders if _has_files(site, source, folder)]
    return bool(folders) and not any(path.is_relative_to(folder) for folder in folders)


def _has_files(site: Site, source: Source, folder: str) -> bool:
    return source.neighbours is not None and bool(source.neighbours.names(str(site.folder / folder)))


def _is_private_to_jekyll(site: Site, path: PurePosixPath) -> bool:
    """Whether it is in a folder whose name begins with `_`, and Jekyll is not told to read that."""
    told = (site.settings.get(name) for name in ("collections", "include"))
    named = {text_of(name).strip("_/") for names in told if isinstance(names, dict | list) for name in names}
    private = (part for part in path.parts[:-1] if part.startswith("_") and part not in _OF_JEKYLL)
    return any(part.strip("_") not in named for part in private)


def is_page_of(site: Site | None, source: Source) -> bool:
    """Whether the file is a page by its place alone."""
    folders = PurePosixPath(source.path).parts[:-1]
    is_of_hexo = site is not None and site.generator is Generator.HEXO
    return "pages" in folders or (is_of_hexo and _OF_JEKYLL.isdisjoint(folders))


def why_left_out(path: PurePosixPath, metadata: Metadata, *, has_block: bool, has_date: bool) -> str:
    """Why the file is not published, or not a post; empty for what is."""
    for folder, reason in _FOLDERS_LEFT_OUT.items():
        if folder in path.parts:
            return reason
    if _is_no_post(path, has_block=has_block, has_date=has_date):
        return "not a post"
    for name, words, reason in _LEFT_OUT:
        if metadata.text([name]).lower() in words:
            return reason
    build = next(metadata.values(["_build", "build"]), None)
    if isinstance(build, dict) and _NEVER_BUILT.intersection(map(text_of, build.values())):
        return "unlisted"
    if metadata.text(["password"]):
        return "password"
    return _scheduled(metadata)


def _is_no_post(path: PurePosixPath, *, has_block: bool, has_date: bool) -> bool:
    """Whether it is a section's page, a template, or a file about the project the posts are kept in."""
    stem = path.stem.lower()
    return (
        stem == "_index"
        or (path.suffix.lower() in _HTML and not has_date)
        or (stem in _PROJECT_FILES and not (has_block and has_date))
        or path.suffix.lower() in _FEEDS
        or is_template(str(path))
    )


def _scheduled(metadata: Metadata) -> str:
    """Whether the generator would publish it only later: days in ISO 8601 sort as text.

    What has expired was published once, and is what an archive is for.
    """
    publishes = metadata.text(_SCHEDULED)
    later = publishes[:4].isdigit() and publishes[:10] > datetime.now(UTC).date().isoformat()
    return "scheduled" if later else ""
