"""The address that a site's generator gives a post, by the pattern of its settings.

Only where the settings say everything: the site's address, and a pattern whose every part is known of the
post. Each generator has a function that fills its own kind of pattern; None stands for a part not known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote

from indexer.formats.sites.settings import Generator, Site

_TIME = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d\d)(?::(\d\d))?)?")
_SAFE = "/%~:@!$&'()*+,;="  # in the path of an address
_PLACEHOLDER = re.compile(r":([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Page:
    """What of a post its address is made of.

    `path` is where its file lies below the site's folder, `slug` its name without day and language.
    `own_slug` is the one its metadata gives, `pattern` its own permalink or path, `date` its first date.
    """

    path: PurePosixPath
    title: str
    slug: str
    own_slug: str = ""
    pattern: str = ""
    date: str = ""
    categories: tuple[str, ...] = ()
    author: str = ""
    language: str = ""
    is_page: bool = False

    @property
    def time(self) -> datetime | None:
        """When it was published, as its date is written: a permalink knows no time zones."""
        found = _TIME.match(self.date.strip())
        if not found:
            return None
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        try:
            return datetime(year, month, day, hour, minute, second)
        except ValueError:
            return None


def link_of(site: Site, page: Page) -> str:
    """The whole address of a post; empty where the settings do not say it."""
    if not site.address:
        return ""
    made = _MAKERS[site.generator](site, page)
    return f"{site.address}/{quote(made.lstrip('/'), safe=_SAFE)}" if made else ""


_JEKYLL_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}


def _jekyll(site: Site, page: Page) -> str | None:
    path = _below(page.path, site.text("source") or ".", "src") or page.path
    in_posts = "_posts" in path.parts
    style = page.pattern or (_jekyll_default(site) if in_posts else "")
    if not in_posts:
        return page.pattern or (None if path.parts[0].startswith("_") else _jekyll_page(site, path))
    around = path.parts[: path.parts.index("_posts")]
    categories = [_slug(name, keep=".") for name in (*around, *page.categories)]
    values = {
        **_times(page),
        "title": page.own_slug or page.slug,
        "slug": page.own_slug or page.slug,
        "categories": "/".join(dict.fromkeys(categories)),
        "slugified_categories": "/".join(dict.fromkeys(categories)),
        "output_ext": ".html",
    }
    return _filled(_JEKYLL_STYLES.get(style, style), values)


def _jekyll_default(site: Site) -> str:
    """The pattern for posts, of the `defaults` for their type or else of the whole site."""
    defaults = site.settings.get("defaults")
    for default in defaults if isinstance(defaults, list) else []:
        match default:
            case {"scope": {"type": "posts"}, "values": {"permalink": str(pattern)}}:
                return pattern
    return site.text("permalink") or "date"


def _jekyll_page(site: Site, path: PurePosixPath) -> str:
    stem = path.with_suffix("").as_posix()
    if path.stem == "index":
        return stem.removesuffix("index")
    return f"{stem}/" if site.text("permalink") == "pretty" else f"{stem}.html"


def _hexo(site: Site, page: Page) -> str | None:
    if page.pattern:
        return page.pattern
    beneath = _below(page.path, "source/_posts", "_posts")
    if beneath is None:
        return _hexo_page(page)
    named = site.text("new_post_name")
    name = page.slug if ":day" in named else page.path.stem
    category = "/".join(_slug(name) for name in page.categories[:1]) or site.text("default_category")
    values = {
        **_times(page),
        "title": (beneath.parent / name).as_posix().removeprefix("./"),
        "name": name,
        "post_title": _slug(page.title),
        "category": category or "uncategorized",
        "lang": page.language,
    }
    return _filled(site.text("permalink") or ":year/:month/:day/:title/", values)


def _hexo_page(page: Page) -> str | None:
    beneath = _below(page.path, "source")
    if beneath is None or beneath.parts[0].startswith("_"):
        return None
    return beneath.with_suffix(".html").as_posix().removesuffix("index.html")


def _hugo(site: Site, page: Page) -> str | None:
    beneath = _below(page.path, "content")
    if page.pattern:
        return page.pattern
    languages = site.settings.get("languages")
    if beneath is None or (isinstance(languages, dict) and len(languages) > 1):
        return None  # each language may have folders and an address of its own
    is_bundle = beneath.stem.partition(".")[0] == "index"
    folders = beneath.parent.parts[: -1 if is_bundle else None]
    filename = (
        beneath.parent.name
        if is_bundle
        else beneath.name.partition(".")[0]
        if page.language
        else beneath.stem
    )
    own = page.own_slug or filename
    section = folders[0] if folders else ""
    pattern = _hugo_pattern(site, section)
    values = {
        **_times(page),
        "section": section,
        "sections": "/".join(folders),
        "title": _slug(page.title),
        "slug": page.own_slug or _slug(page.title),
        "filename": filename,
        "contentbasename": filename,
        "slugorfilename": own,
        "slugorcontentbasename": own,
    }
    made = _filled(pattern, values) if pattern else "/".join((*folders, own)) + "/"
    if made is None:
        return None
    prefix = f"{page.language}/" if page.language and page.language != _hugo_language(site) else ""
    return prefix + re.sub(r"\s+", "-", made.lower()).lstrip("/")


def _hugo_pattern(site: Site, section: str) -> str:
    patterns = site.settings.get("permalinks")
    tables = [patterns, patterns.get("page")] if isinstance(patterns, dict) else []
    found = (table.get(section) for table in tables if isinstance(table, dict))
    return next((pattern for pattern in found if isinstance(pattern, str)), "")


def _hugo_language(site: Site) -> str:
    return site.text("defaultcontentlanguage") or "en"


def _zola(site: Site, page: Page) -> str | None:
    if page.pattern:
        return f"{page.pattern.strip('/')}/"
    beneath = _below(page.path, "content")
    if beneath is None:
        return None
    is_bundle = beneath.stem.partition(".")[0] == "index"
    folders = beneath.parent.parts[: -1 if is_bundle else None]
    if not all(map(str.isascii, (*folders, page.slug))):
        return None  # it spells other letters in its own way
    words = (
        re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") for name in (*folders, page.own_slug or page.slug)
    )
    prefix = [page.language] if page.language and page.language != site.text("default_language") else []
    return "/".join((*prefix, *words)) + "/"


def _pelican(site: Site, page: Page) -> str | None:
    source = page.slug if site.text("slugify_source") == "basename" else page.title
    slug = page.own_slug or _slug(source, ascii_only=True)
    kind, default = ("page", "pages/{slug}.html") if page.is_page else ("article", "{slug}.html")
    beneath = _below(page.path, site.text("path") or "content", "content") or page.path
    folder = beneath.parts[0] if len(beneath.parts) > 1 else ""
    category = page.categories[0] if page.categories else folder or site.text("default_category") or "misc"
    values = {
        "slug": slug,
        "category": _slug(category, ascii_only=True),
        "author": _slug(page.author or site.text("author"), ascii_only=True),
        "lang": page.language or site.text("default_lang") or "en",
    }
    pattern = page.pattern or site.text(f"{kind}_url") or site.text(f"{kind}_save_as") or default
    time = page.time
    dated = re.sub(
        r"\{date:([^{}]*)\}", lambda found: _strftime(time, found[1]) if time else found[0], pattern
    )
    made = re.sub(r"\{(\w+)\}", lambda found: values.get(found[1]) or found[0], dated)
    return None if "{" in made else made.removesuffix("index.html")


def _nikola(site: Site, page: Page) -> str | None:
    for pattern, target in site.nikola_folders:
        folder, _, _ = pattern.rpartition("/")
        if page.path.suffix == PurePosixPath(pattern).suffix and page.path.is_relative_to(folder or "."):
            beneath = page.path.relative_to(folder).parent
            is_pretty = site.settings.get("pretty_urls", True)
            name = page.own_slug or page.path.name.partition(".")[0]
            return (PurePosixPath(target) / beneath / name).as_posix() + ("/" if is_pretty else ".html")
    return None


def _eleventy(_site: Site, page: Page) -> str | None:
    return page.pattern if page.pattern.startswith("/") and "{" not in page.pattern else None


def _unknown(_site: Site, _page: Page) -> None:
    """The pattern of a nanoc site is a program."""


PATTERN_NAMES: Mapping[Generator, tuple[str, ...]] = {
    Generator.JEKYLL: ("permalink",),
    Generator.HEXO: ("permalink",),
    Generator.HUGO: ("url",),
    Generator.ZOLA: ("path",),
    Generator.PELICAN: ("url", "save_as"),
    Generator.NIKOLA: (),
    Generator.NANOC: (),
    Generator.ELEVENTY: ("permalink",),
}
"""Under which names a post's own metadata gives its address or a pattern for it."""

_MAKERS: dict[Generator, Callable[[Site, Page], str | None]] = {
    Generator.JEKYLL: _jekyll,
    Generator.HEXO: _hexo,
    Generator.HUGO: _hugo,
    Generator.ZOLA: _zola,
    Generator.PELICAN: _pelican,
    Generator.NIKOLA: _nikola,
    Generator.NANOC: _unknown,
    Generator.ELEVENTY: _eleventy,
}


def _filled(pattern: str, values: Mapping[str, str]) -> str | None:
    """The pattern with its `:names` filled in; None where one of them is not known."""
    names = _PLACEHOLDER.findall(pattern)
    if any(name not in values for name in names):
        return None
    return re.sub(r"/{2,}", "/", _PLACEHOLDER.sub(lambda found: values[found[1]], pattern))


def _times(page: Page) -> dict[str, str]:
    """The parts of the date by the names that Jekyll, Hexo and Hugo have for them; none without a date."""
    time = page.time
    if time is None:
        return {}
    names = {
        **{"year": "%Y", "month": "%m", "day": "%d", "hour": "%H", "minute": "%M", "second": "%S"},
        **{
            "short_year": "%y",
            "y_day": "%j",
            "yearday": "%-j",
            "week": "%V",
            "i_month": "%-m",
            "i_day": "%-d",
        },
    }
    return {
        **{name: time.strftime(form) for name, form in names.items()},
        "short_month": _MONTHS[time.month - 1][:3],
        "long_month": _MONTHS[time.month - 1],
        "monthname": _MONTHS[time.month - 1].lower(),
    }


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)  # the locale of this process is not the generator's


def _strftime(time: datetime, form: str) -> str:
    """The date by a pattern of Python's, with English months."""
    form = form.replace("%b", _MONTHS[time.month - 1][:3]).replace("%B", _MONTHS[time.month - 1])
    try:
        return time.strftime(form)
    except ValueError:
        return "{}"  # which is not filled in


def _below(path: PurePosixPath, *folders: str) -> PurePosixPath | None:
    """Where the path lies below the first of the folders that it is in; None where it is in none."""
    return next((path.relative_to(folder) for folder in folders if path.is_relative_to(folder)), None)


def _slug(text: str, *, keep: str = "", ascii_only: bool = False) -> str:
    """Words as a part of an address: lower case, dashes for blanks, no punctuation."""
    if ascii_only:
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    text = re.sub(rf"[^\w\s{re.escape(keep)}-]", "", text.lower())
    return re.sub(r"[-\s]+", "-", text).strip("-")
