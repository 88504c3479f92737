"""A post as an entry of BibTeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from search.model import Period, Post, Precision
from search.sameness.origins import sureness
from web import links
from web.presenters.naming import title

MEDIA_TYPE = "application/x-bibtex"
"""What publishers and bibliography programs call it; no name is registered."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_COMMANDS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # BibTeX counts a brace even after a backslash
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
"""What TeX takes for a command, and the command that prints it."""

_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_SEVERAL_NAMES = re.compile(r",|\band\b", re.IGNORECASE)
_NOT_IN_LINKS = re.compile(r"[\s\\{}\x00-\x1f\x7f]")
_NOT_IN_KEYS = re.compile(r"[^a-z0-9]+")


def entry(post: Post, address: str) -> str:
    """The post as `@misc`, which every style knows.

    `address` is where the archive has it; it is left out where that is not known from outside.

    The fields are those of Oren Patashnik, *BibTeXing* (1988), with `url` and `day`, which styles of today
    know and others pass over. What is not known is left out.
    """
    fields = ",\n".join(f"  {name} = {value}" for name, value in _fields(post, address))
    return f"@misc{{{_key(post)},\n{fields}\n}}\n"


def _fields(post: Post, address: str) -> Iterator[tuple[str, str]]:
    if post.authors:
        yield "author", f"{{{' and '.join(map(_author, post.authors))}}}"
    yield "title", f"{{{{{_text(title(post))}}}}}"  # two pairs of braces keep its capitals
    if post.blog.name:
        yield "howpublished", f"{{{_text(post.blog.name)}}}"
    if post.date:
        yield from _date(post.date)
    if link := links.outside(post.link):
        yield "url", f"{{{_link(link)}}}"
    if notes := "; ".join(_notes(post, address)):
        yield "note", f"{{{notes}}}"


def _notes(post: Post, address: str) -> Iterator[str]:
    if links.outside(address):
        yield f"Archived at {_text(_link(address))}"
    if post.date and (sure := sureness(post, "date")) < 1:
        yield _text(f"the date is {sure:.0%} sure")


def _date(date: Period) -> Iterator[tuple[str, str]]:
    """As much of the date as is known; a month is the abbreviation that styles spell out."""
    first = date.first_day
    yield "year", f"{{{first.year:04d}}}"
    if date.precision is not Precision.YEAR:
        yield "month", _MONTHS[first.month - 1]
    if date.precision in (Precision.DAY, Precision.TIME):
        yield "day", f"{{{first.day}}}"


def _author(name: str) -> str:
    """A name as `author` takes it; one that reads like several stays one."""
    return f"{{{_text(name)}}}" if _SEVERAL_NAMES.search(name) else _text(name)


def _text(text: str) -> str:
    return _UNSEEN.sub(" ", text).strip().translate(_COMMANDS)


def _link(link: str) -> str:
    """An address, with what would end the field written as addresses write it."""
    return _NOT_IN_LINKS.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), link)


def _key(post: Post) -> str:
    """`ames2024drones`, or what there is of it, and the post's id, which no other entry has."""
    author = post.authors[0].split()[-1:] if post.authors else []
    year = [str(post.date.first_day.year)] if post.date else []
    parts = (_plain(part) for part in (*author, *year, *post.title.split()[:1]))
    return "-".join(part for part in ("".join(parts), post.id) if part)


def _plain(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_IN_KEYS.sub("", ascii_only.lower())[:30]
