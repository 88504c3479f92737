"""The small tables of a Ghost export: who wrote what, how it is tagged, and what the blog is called."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter

from indexer.formats.bodies.ghost_cards import Values
from indexer.formats.reading.json_list import Json, text_of
from indexer.formats.reading.json_tables import rows
from indexer.formats.reading.links import is_absolute
from indexer.record import RawBlog
from indexer.source import Source

WITHIN = (("db", "", "data"), ("data",))
"""Where the tables are: in Ghost's own exports, and in those of other programs."""

_TABLES = ("users", "tags", "posts_authors", "posts_tags", "posts_meta", "settings", "comments", "members")
_META = ("feature_image_alt", "feature_image_caption", "meta_description")
_LANGUAGES = ("locale", "lang", "default_locale", "defaultLang")


@dataclass(slots=True)
class Tables:
    """What the posts of an export refer to, by id. It takes some hundred bytes for each post.

    Ids are numbers in the oldest exports; here they are text, as in all others.
    """

    users: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    meta: dict[str, Values] = field(default_factory=dict)
    authors: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    tagged: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    settings: dict[str, str] = field(default_factory=dict)
    has_comments: bool = False

    @property
    def blog(self) -> RawBlog:
        """The blog as its settings name it; its address is seldom among them."""
        address = self.settings.get("url", "")
        return RawBlog(
            name=self.settings.get("title", ""),
            link=address if is_absolute(address) else "",
            language=next(filter(None, (self.settings.get(key, "") for key in _LANGUAGES)), ""),
        )

    def authors_of(self, post: Values, post_id: str) -> tuple[str, ...]:
        """The names of a post's authors, in their order."""
        ids = [author for _, author in sorted(self.authors.get(post_id, ()), key=itemgetter(0))] or [
            text_of(post.get("author_id"))
        ]
        names = [self.users.get(author, "") for author in ids]
        return (
            tuple(filter(None, names)) or _names(post.get("authors")) or _names([post.get("primary_author")])
        )

    def tags_of(self, post: Values, post_id: str) -> tuple[str, ...]:
        """A post's tags that readers see, in their order."""
        names = [self.tags.get(tag, "") for _, tag in sorted(self.tagged.get(post_id, ()), key=itemgetter(0))]
        return tuple(filter(None, names)) or tuple(
            name for name in _names(post.get("tags")) if name[0] != "#"
        )


def read_tables(source: Source) -> Tables:
    """All of them, in one reading of the export; bad rows are told of as warnings."""
    found = Tables()
    for row in rows(source, _TABLES, WITHIN):
        if row.table == "comments":
            found.has_comments = True
        elif isinstance(row.value, dict):
            _take(found, row.table, row.value)
        elif row.table:
            source.warn(f"a row of the table {row.table} cannot be read")
    return found


def _take(tables: Tables, table: str, row: Values) -> None:
    row_id, post_id = text_of(row.get("id")), text_of(row.get("post_id"))
    match table:
        case "users":
            tables.users[row_id] = text_of(row.get("name"))
        case "members":
            tables.members[row_id] = text_of(row.get("name"))
        case "tags":
            name = text_of(row.get("name"))
            if text_of(row.get("visibility")) != "internal" and not name.startswith("#"):
                tables.tags[row_id] = name
        case "posts_authors":
            tables.authors[post_id].append((_order(row), text_of(row.get("author_id"))))
        case "posts_tags":
            tables.tagged[post_id].append((_order(row), text_of(row.get("tag_id"))))
        case "posts_meta":
            tables.meta[post_id] = {name: row[name] for name in _META if row.get(name)}
        case "settings":
            if (key := text_of(row.get("key"))) in ("title", "url", *_LANGUAGES):
                tables.settings[key] = text_of(row.get("value"))


def _order(row: Values) -> int:
    order = text_of(row.get("sort_order"))
    return int(order) if order.isdecimal() and len(order) < 10 else 0


def _names(people: Json) -> tuple[str, ...]:
    """The names in a list of names, or of objects that have one."""
    items = people if isinstance(people, list) else []
    names = (text_of(item.get("name")) if isinstance(item, dict) else text_of(item) for item in items)
    return tuple(filter(None, names))
