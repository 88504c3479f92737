"""Which site a post belongs to: its settings lie in the post's folder or in one around it.

Jekyll and Hexo keep them in `_config.yml`, Hugo in `hugo.toml` or `config/_default/`, Zola in `config.toml`,
Pelican in `pelicanconf.py` and `publishconf.py`, Nikola in `conf.py`, nanoc in `nanoc.yaml`, and Eleventy's
starters in `_data/site.json` or `metadata.json`. They say what the blog is called, where it is, and which
address a post gets. An address that a generator puts into every new site is none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import assert_never

import yaml

from indexer.formats.reading.json_list import NotJson, load
from indexer.formats.sites.metadata import text_of
from indexer.formats.sites.metadata_block import UnsafeBlock, load_yaml
from indexer.formats.sites.python_settings import python_settings
from indexer.neighbours import Neighbours
from indexer.record import RawBlog
from indexer.source import Source

_LARGEST = 200_000  # bytes; Nikola's, with all its comments, has 50,000
_MOST_SITES = 1_000

_NOWHERE = re.compile(
    r"//(?:(?:www\.)?(?:example\.(?:com|org|net)|your-?(?:site|domain|blog|name|username)\b)|localhost|127\.|0\.0\.0\.0)"
    r"|\{|<",
    re.IGNORECASE,
)


class Generator(StrEnum):
    """The program that makes the site."""

    JEKYLL = "jekyll"
    HEXO = "hexo"
    HUGO = "hugo"
    ZOLA = "zola"
    PELICAN = "pelican"
    NIKOLA = "nikola"
    NANOC = "nanoc"
    ELEVENTY = "eleventy"


@dataclass(frozen=True, slots=True)
class Site:
    """One site: the folder it is made of, from the root of the walk on, and what its settings say.

    The names of `settings` are in lower case, its values as their language has them.
    """

    generator: Generator
    folder: PurePosixPath
    settings: Mapping[str, object] = field(default_factory=dict)

    def text(self, *names: str) -> str:
        """The first of the settings that is a text, or empty."""
        return next(filter(None, (text_of(self.settings.get(name)) for name in names)), "")

    @property
    def address(self) -> str:
        """Where the site is, without a slash at its end; empty where the settings do not say."""
        address = self.text("url", "baseurl", "base_url", "siteurl", "site_url")
        if not address.startswith(("http://", "https://")) or _NOWHERE.search(address):
            return ""
        beneath = self.text("baseurl") if self.generator is Generator.JEKYLL else ""
        return f"{address.rstrip('/')}/{beneath.strip('/')}".rstrip("/")

    @property
    def source_folders(self) -> tuple[str, ...]:
        """The folders below the site's that posts and pages are in; none where that is the site's own."""
        match self.generator:
            case Generator.HUGO:
                return (self.text("contentdir") or "content",)
            case Generator.HEXO:
                return (self.text("source_dir") or "source",)
            case Generator.PELICAN:
                return (self.text("path") or "content",)
            case Generator.ZOLA | Generator.NANOC:
                return ("content",)
            case Generator.NIKOLA:
                return tuple(pattern.rpartition("/")[0] for pattern, _ in self.nikola_folders)
            case Generator.JEKYLL | Generator.ELEVENTY:
                return ()
            case _:
                assert_never(self.generator)

    @property
    def nikola_folders(self) -> tuple[tuple[str, str], ...]:
        """Nikola's pairs of a pattern for the files of posts or pages, and where they are published."""
        rows = [row for name in ("posts", "pages") for row in _rows(self.settings.get(name))]
        return tuple((row[0], row[1]) for row in rows if all(isinstance(part, str) for part in row[:2]))

    @property
    def blog(self) -> RawBlog:
        """The blog, as far as the settings say."""
        name = self.text("title", "sitename", "blog_title", "site_title", "name")
        language = self.text("lang", "language", "languagecode", "default_language", "default_lang", "locale")
        return RawBlog(name, self.address, language)


def _rows(value: object) -> list[tuple[str, ...]]:
    rows = value if isinstance(value, tuple | list) else ()
    return [tuple(row) for row in rows if isinstance(row, tuple | list) and len(row) > 1]


def site_of(source: Source) -> Site | None:
    """The site whose settings lie nearest to the source; None where there are none."""
    if source.neighbours is None:
        return None
    sites = source.neighbours.once(_sites)
    around = PurePosixPath(source.path).parents
    return next((sites[folder] for folder in around if folder in sites), None)


def _sites(neighbours: Neighbours) -> dict[PurePosixPath, Site]:
    found: dict[PurePosixPath, Site] = {}
    paths = map(PurePosixPath, neighbours.names())
    of_sites = sorted(
        (kind.rank, path, kind) for path in paths for kind in _KINDS if kind.path.search(path.as_posix())
    )
    for _, path, kind in of_sites[:_MOST_SITES]:
        folder = path.parents[kind.depth - 1]
        settings = _lower(
            kind.load((neighbours.read(str(path)) or b"")[:_LARGEST].decode("utf-8-sig", "replace"))
        )
        known = found.get(folder)
        generator = known.generator if known else kind.generator(settings)
        if generator and settings:
            found[folder] = Site(generator, folder, {**(known.settings if known else {}), **settings})
    return found


def _lower(settings: object) -> dict[str, object]:
    if not isinstance(settings, dict):
        return {}
    return {str(name).lower(): value for name, value in settings.items()}


def _yaml(text: str) -> object:
    try:
        return load_yaml(text)
    except (yaml.YAMLError, UnsafeBlock, RecursionError, ValueError):
        return {}


def _toml(text: str) -> object:
    try:
        return tomllib.loads(text, parse_float=str)
    except (ValueError, RecursionError):
        return {}


def _json(text: str) -> object:
    try:
        return load(text)
    except NotJson:
        return {}


_HEXO_NAMES = frozenset(
    {"public_dir", "source_dir", "new_post_name", "archive_dir", "category_dir", "deploy"}
)


def _jekyll_or_hexo(settings: Mapping[str, object]) -> Generator:
    return Generator.JEKYLL if _HEXO_NAMES.isdisjoint(settings) else Generator.HEXO


def _hugo_or_zola(settings: Mapping[str, object]) -> Generator | None:
    if "base_url" in settings:
        return Generator.ZOLA
    return (
        Generator.HUGO if "baseurl" in settings or "languagecode" in settings or "theme" in settings else None
    )


@dataclass(frozen=True, slots=True, order=True)
class _Kind:
    """One way settings are kept: in files with such a path, so many folders below the site's."""

    rank: int  # later ones count over earlier ones in the same folder
    path: re.Pattern[str] = field(compare=False)
    load: Callable[[str], object] = field(compare=False)
    generator: Callable[[Mapping[str, object]], Generator | None] = field(compare=False)
    depth: int = field(default=1, compare=False)


def _kinds() -> Iterator[_Kind]:
    languages = ((r"ya?ml", _yaml), (r"toml", _toml), (r"json", _json))
    yield _Kind(0, re.compile(r"(?:^|/)_config\.ya?ml$"), _yaml, _jekyll_or_hexo)
    yield _Kind(0, re.compile(r"(?:^|/)_config\.toml$"), _toml, _jekyll_or_hexo)
    for suffix, load_language in languages:
        for name, depth in ((r"(?:hugo|config)", 1), (r"config/_default/(?:hugo|config)", 3)):
            path = re.compile(rf"(?:^|/){name}\.{suffix}$")
            yield _Kind(1, path, load_language, _hugo_or_zola, depth)
        path = re.compile(rf"(?:^|/)config/_default/permalinks\.{suffix}$")
        yield _Kind(2, path, _under("permalinks", load_language), lambda _: Generator.HUGO, 3)
    yield _Kind(1, re.compile(r"(?:^|/)zola\.toml$"), _toml, lambda _: Generator.ZOLA)
    yield _Kind(1, re.compile(r"(?:^|/)pelicanconf\.py$"), python_settings, lambda _: Generator.PELICAN)
    yield _Kind(2, re.compile(r"(?:^|/)publishconf\.py$"), python_settings, lambda _: Generator.PELICAN)
    yield _Kind(
        1,
        re.compile(r"(?:^|/)conf\.py$"),
        python_settings,
        lambda settings: Generator.NIKOLA if "site_url" in settings or "blog_title" in settings else None,
    )
    yield _Kind(1, re.compile(r"(?:^|/)(?:nanoc|config)\.yaml$"), _yaml, _nanoc)
    for folder, depth in (("", 1), (r"src/", 2), (r"content/", 2)):
        path = re.compile(rf"(?:^|/){folder}_data/(?:site|metadata|meta)\.json$")
        yield _Kind(3, path, _json, lambda _: Generator.ELEVENTY, depth + 1)


def _under(name: str, load_language: Callable[[str], object]) -> Callable[[str], object]:
    """Settings that a file of their own holds, as if they were under a name of the whole."""
    return lambda text: {name: load_language(text)}


def _nanoc(settings: Mapping[str, object]) -> Generator | None:
    is_its_own = not {
        "data_sources",
        "text_extensions",
        "output_dir",
        "base_url",
        "string_pattern_type",
    }.isdisjoint(settings)
    return Generator.NANOC if is_its_own else None


_KINDS = tuple(_kinds())
