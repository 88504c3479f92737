"""What an archive holds: posts, comments and their dates, as plain values."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import IntEnum, StrEnum


class Precision(StrEnum):
    """How much of a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    TIME = "time"


class InvalidPeriod(ValueError):
    """The text is not `2025`, `2025-03`, `2025-03-02` or a time in ISO 8601."""


_TELLING = 80  # characters of a summary to look for in the text; the end of an extract is often cut

_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """A date with its precision: a year, a month, a day, or an instant.

    `start` is the first instant of the period, always aware and in UTC.
    """

    start: datetime
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ISO 8601 with as much as is given; raises `InvalidPeriod`.

        A time without a zone is taken as UTC.
        """
        text = text.strip()
        try:
            if match := _PERIOD.fullmatch(text):
                year, month, day = match.groups()
                return cls.of(int(year), *(int(part) for part in (month, day) if part))
            return cls.at(datetime.fromisoformat(text))
        except (ValueError, OverflowError) as error:
            raise InvalidPeriod(f"{text[:40]!r} is not a date: write 2025, 2025-03 or 2025-03-02") from error

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> Period:
        """The year, month or day; raises `ValueError` for a date the calendar does not have."""
        if month is None:
            return cls(datetime(year, 1, 1, tzinfo=UTC), Precision.YEAR)
        if day is None:
            return cls(datetime(year, month, 1, tzinfo=UTC), Precision.MONTH)
        return cls(datetime(year, month, day, tzinfo=UTC), Precision.DAY)

    @classmethod
    def at(cls, moment: datetime) -> Period:
        """The instant, converted to UTC and cut to whole seconds; naive times are taken as UTC."""
        aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        return cls(aware.replace(microsecond=0), Precision.TIME)

    @property
    def first_day(self) -> date:
        """The first day of the period."""
        return self.start.date()

    @property
    def last_day(self) -> date:
        """The last day of the period, included in it."""
        first = self.first_day
        match self.precision:
            case Precision.YEAR:
                return first.replace(month=12, day=31)
            case Precision.MONTH:
                return first.replace(day=calendar.monthrange(first.year, first.month)[1])
            case _:
                return first

    def __str__(self) -> str:
        first = self.first_day
        match self.precision:
            case Precision.YEAR:
                return f"{first.year:04d}"
            case Precision.MONTH:
                return f"{first.year:04d}-{first.month:02d}"
            case Precision.DAY:
                return first.isoformat()
            case Precision.TIME:
                return self.start.strftime("%Y-%m-%dT%H:%M:%SZ")


class Standing(IntEnum):
    """How much of a post a kind of source keeps: of several, fields come from the highest that has them."""

    PAGE = 1
    FEED = 2
    EXPORT = 3


@dataclass(frozen=True, slots=True)
class Blog:
    """Where a post was published. `name` is what people see and filter by; `link` may be empty."""

    name: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one field of a post came from, and how sure that reading is.

    `field` is a field of `Post`; `source` and `where` name the file and the place in it
    (`lines 3-5`); `confidence` runs from 0 to 1, 1 for a field the source states outright.
    """

    field: str
    source: str
    where: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Post:
    """One entry of a blog: the unit of every result.

    `html` is sanitised and safe to show; `text` is what a reader of it sees, for searching and
    fragments. `reporters` and `publication` are whom the post quotes, not who wrote it. Text
    fields are plain text and empty where nothing is known; `kind` is `post` or `page`.
    """

    id: str
    blog: Blog
    title: str = ""
    html: str = ""
    text: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    date: Period | None = None
    updated: Period | None = None
    link: str = ""
    language: str = ""
    publication: str = ""
    reporters: tuple[str, ...] = ()
    kind: str = "post"
    origins: tuple[Origin, ...] = ()

    @property
    def standfirst(self) -> str:
        """The summary, where it says something that the text does not begin or contain."""
        beginning = " ".join(self.summary.split())[:_TELLING]
        return "" if not beginning or _has_words(self.text, beginning) else self.summary

    @property
    def byline(self) -> str:
        """Whom the post quotes, where its text does not name them: `David Axe in Forbes`."""
        names = (*self.reporters, self.publication)
        if all(name in self.text for name in names):
            return ""
        return " in ".join(part for part in (", ".join(self.reporters), self.publication) if part)

    @property
    def readable(self) -> str:
        """Everything under the title that can be found and quoted: standfirst, byline and text."""
        return "\n\n".join(part for part in (self.standfirst, self.byline, self.text) if part)


def _has_words(text: str, words: str) -> bool:
    """Whether a text has these words, however far apart white space puts them."""
    if words in text or words in " ".join(text[: 4 * _TELLING].split()):
        return True
    # Not to take a long text apart: one of another wording lacks some word of it.
    return all(word in text for word in words.split()) and words in " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Comment:
    """One reply under a post. `parent` is the id of the comment it answers, or empty."""

    id: str
    post_id: str
    author: str = ""
    date: Period | None = None
    html: str = ""
    text: str = ""
    link: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class PostWithComments:
    """A post and its comments, oldest first: what a post page shows and an engine indexes."""

    post: Post
    comments: tuple[Comment, ...] = ()
