"""A source in versions, and what an archive has of it: one version as a whole, or something is wrong.

A version is an export that is complete: what it no longer has is to go. From one to the next some posts
change, with their comments, some come, some go, and some stay: an index keeps segments and makes new ones.
Every text says of which version it is, in a word that is found by searching for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape

from search.archive import Archive
from search.errors import ArchiveNotFound, BlogsearchError
from search.query.parser import parse
from search.request import MAX_PAGE_SIZE, SearchRequest

_FILE = "torture.wordpress.xml"
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Torture</title><link>https://torture.example</link>
"""
_SAID = re.compile(r"(?:post|reply)(\d+) of (version\d+)")


@dataclass(frozen=True, slots=True)
class Said:
    """A post as its source tells it, or as an archive does: its title, its text and its comments' texts."""

    title: str
    text: str
    comments: tuple[str, ...]

    @property
    def words(self) -> frozenset[str]:
        """The word of each version that a text of it is of."""
        texts = (self.title, self.text, *self.comments)
        return frozenset(word for text in texts for _, word in _SAID.findall(text))


State = Mapping[str, Said]
"""All posts, by their links."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a source is to hold in its version of this `number`, counted from 1, made for so many `posts`.

    Of ten posts one changes each time, one is in every other version only, and the others stay as they are.
    Number 0 has none: it is what an archive holds before its first import. The first post has so many
    `replies`, for with 2,048 documents that stay a segment is kept, and linked into the next generation.
    """

    number: int
    posts: int = 40
    replies: int = 0

    @property
    def state(self) -> State:
        """The posts of this version."""
        if not self.number:
            return {}
        return {f"https://torture.example/{post}": self._said(post) for post in self._there()}

    def _there(self) -> Iterator[int]:
        return (post for post in range(self.posts) if post % 10 != 3 or (post // 10 + self.number) % 2)

    def _said(self, post: int) -> Said:
        of = self.number if post % 10 in (3, 7) else 1
        replies = tuple(
            f"Reply{reply} of version{of} under {post}, by reader {post * 7 + reply}."
            for reply in range(post % 4 if post else self.replies)
        )
        return Said(
            f"Post{post} of version{of}", f"What post{post} of version{of} tells is its own.", replies
        )

    @property
    def next(self) -> Version:
        """The version after this one."""
        return replace(self, number=self.number + 1)

    @property
    def before(self) -> Version:
        """The version before this one."""
        return replace(self, number=self.number - 1)

    @staticmethod
    def file(folder: Path) -> Path:
        """Where a version is written to in a folder."""
        return folder / _FILE

    def write(self, folder: Path) -> Path:
        """Write it as an export, in the place of the version before; returns the file."""
        return write_export(self.file(folder), self.state)


def write_export(path: Path, state: State) -> Path:
    """Write posts as a complete export, in the place of the file that was there; returns the path."""
    items = "".join(_item(link, said) for link, said in state.items())
    draft = path.with_suffix(".new")
    draft.write_text(f"{_HEAD}{items}</channel></rss>\n", encoding="utf-8")
    return draft.replace(path)


def _item(link: str, said: Said) -> str:
    comments = "".join(_comment(link, number, text) for number, text in enumerate(said.comments))
    return (
        f"<item><title>{escape(said.title)}</title><link>{link}</link><guid>{link}</guid>"
        f"<dc:creator>writer</dc:creator><content:encoded><![CDATA[<p>{said.text}</p>]]></content:encoded>"
        f"<wp:post_date_gmt>2024-03-01 08:00:00</wp:post_date_gmt><wp:status>publish</wp:status>"
        f"<wp:post_type>post</wp:post_type>{comments}</item>\n"
    )


def _comment(link: str, number: int, text: str) -> str:
    identity = 10_000 * int(link.rpartition("/")[2]) + number + 1
    return (
        f"<wp:comment><wp:comment_id>{identity}</wp:comment_id>"
        f"<wp:comment_author>A reader</wp:comment_author>"
        f"<wp:comment_date_gmt>2024-03-02 08:{number // 60:02}:{number % 60:02}</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{text}]]></wp:comment_content>"
        f"<wp:comment_approved>1</wp:comment_approved></wp:comment>"
    )


@dataclass(frozen=True, slots=True)
class Held:
    """What an archive has: what its store holds, and which posts its index finds by which word.

    `found` has the links of the posts of each version's word, `stored` whole posts, and `generation` is the
    one that answered.
    """

    stored: State
    found: Mapping[str, frozenset[str]]
    generation: str

    def differs_from(self, state: State, words: Collection[str]) -> str:
        """What is not as in `state`, in the index or the store; empty where all is."""
        if self.stored != state:
            return _difference(self.stored, state)
        return self.finds_other_than(state, words)

    def finds_other_than(self, state: State, words: Collection[str]) -> str:
        """What the index does not find as in `state`, of the posts that are stored; empty where it does."""
        there = {link: said for link, said in state.items() if link in self.stored}
        for word in ("", *words):
            expected = frozenset(link for link, said in there.items() if not word or word in said.words)
            if self.found.get(word, frozenset()) != expected:
                found = len(self.found.get(word, ()))
                return f"searching for {word or 'all'} finds {found} posts instead of {len(expected)}"
        return ""


def held(data: Path, words: Collection[str]) -> Held:
    """Read an archive through searches, and each post that it lists; raises what a reader would be told."""
    with Archive.open(data) as archive:
        ids = [listed.id for listed in archive.listing(0, 10_000)]
        posts = [archive.post(post_id) for post_id in ids]
        stored = {
            each.post.link: Said(each.post.title, each.post.text, tuple(c.text for c in each.comments))
            for each in posts
        }
        found = {word: frozenset(_links(archive, word)) for word in ("", *words)}
        return Held(stored, found, archive.generation)


def _links(archive: Archive, word: str) -> Iterator[str]:
    request = SearchRequest(query=parse(word), size=MAX_PAGE_SIZE)
    while True:
        page = archive.search(request)
        yield from (hit.post.link for hit in page.hits)
        if request.page * request.size >= page.total:
            return
        request = replace(request, page=request.page + 1)


def words_of(versions: Sequence[Version]) -> frozenset[str]:
    """The words by which the posts of some versions are found; whoever has another's has a mixture."""
    return frozenset(f"version{version.number}" for version in versions if version.number)


def verify(data: Path, acknowledged: Version, attempted: Version) -> tuple[str, Version | None]:
    """What is wrong with an archive (empty where nothing is), and which of these versions it has.

    `acknowledged` is the last that an import was said to have brought, `attempted` one whose import began
    and may not have ended: one of both is stored and found, as a whole. Before anything was acknowledged,
    there may be no archive.
    """
    words = words_of([acknowledged, attempted, acknowledged.next, Version(1)])
    try:
        has = held(data, words)
    except BlogsearchError as error:
        if acknowledged.number == 0 and isinstance(error, ArchiveNotFound):
            return "", acknowledged
        return f"the archive does not open: {type(error).__name__}: {error}", None
    differences = []
    for version in (attempted, acknowledged):
        difference = has.differs_from(version.state, words)
        if not difference:
            return "", version
        differences.append(f"not version {version.number}, as {difference}")
    return "; ".join(differences), None


def verify_index(data: Path, stored: Version, earlier: Version) -> tuple[str, Version | None]:
    """The same of an archive whose store has one version, and whose index has that or an earlier one."""
    words = words_of([stored, earlier, stored.next])
    try:
        has = held(data, words)
    except BlogsearchError as error:
        return f"the archive does not open: {type(error).__name__}: {error}", None
    if has.stored != stored.state:
        return _difference(has.stored, stored.state), None
    found = [version for version in (stored, earlier) if not has.finds_other_than(version.state, words)]
    return ("", found[0]) if found else (has.finds_other_than(stored.state, words), None)


def leftovers(data: Path) -> list[str]:
    """Files and folders, by their path in the data folder, that no archive at rest has."""
    index = data / "index"
    known = {"store.db", "store.db-wal", "store.db-shm", "LOCK", "index", "dead-letter.jsonl"}
    names = [path.name for path in data.iterdir() if path.name not in known]
    for path in index.iterdir() if index.is_dir() else ():
        if path.name != "CURRENT" and not re.fullmatch(r"\d{6,}", path.name):
            names.append(f"index/{path.name}")
        elif path.name != "CURRENT" and not (path / "MANIFEST.json").is_file():
            names.append(f"index/{path.name} without a manifest")
    return sorted(names)


def _difference(found: State, expected: State) -> str:
    missing, unknown = expected.keys() - found.keys(), found.keys() - expected.keys()
    if missing or unknown:
        return f"{len(missing)} posts are missing and {len(unknown)} should not be there"
    changed = next(link for link in expected if expected[link] != found[link])
    return f"{changed} is {found[changed]} instead of {expected[changed]}"
