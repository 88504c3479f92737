"""A blog's page as a person copied it: plain text, top to bottom.

    A Blog by Ada Low            the blog, and its owner
    Mar 2, 2025                  the day
    The Title
    Why it matters. AL           the editor's summary, signed with the owner's initials
    Max Lee reports in Wired:    whom the post quotes
    ...                          the body, sub-headings as short lines
    2 comments:                  and the comments, up to
    Post a Comment

Nothing marks these lines but their wording and order, so every field says from which lines it was read
and how sure that is. A line that nothing claims stays in the body.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from indexer.formats.format import Format
from indexer.formats.plaintext_comments import Line, PageComment, find_comments
from indexer.formats.plaintext_words import comment_count, date_in, is_below, is_form, owner_in
from indexer.formats.reading.text import read_text
from indexer.normalise.bylines.byline import Byline, find_byline
from indexer.record import Markup, RawBlog, RawComment, RawPost, Reading, Skipped
from indexer.source import Source
from search.model import Standing

_LARGEST = 10_000_000  # bytes
_HEAD_LINES = 8  # not blank, among which the day has to be
_BYLINE_LINES = 12  # not blank, below the title, among which a byline is looked for
_SUMMARY_LINES = 6  # the most paragraphs that are a summary without a signature
_LONGEST_TITLE = 200  # characters

_TEXT_SUFFIXES = frozenset({".txt", ".text"})
_ZEROS_IN_TEXT = 8  # one in so many characters may be a zero; of other bytes more are
_MARKUP = re.compile(r"[\ufeff\s]*(?:[{]|<[!?/a-z])", re.IGNORECASE)
_SIGNATURE = re.compile(r"(?<=[.!?…\"'”’)])\s+[-–—]?\s*(?P<initials>(?:[^\W\d_]\.?){2,4})$")


def sniff(source: Source) -> bool:
    """Text without markup, by its name or by a day among its first lines."""
    if source.head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return PurePosixPath(source.name).suffix.lower() in _TEXT_SUFFIXES
    head = source.head.decode("utf-8", "replace")
    is_called_text = PurePosixPath(source.name).suffix.lower() in _TEXT_SUFFIXES
    if head.count("\0") > (len(head) // _ZEROS_IN_TEXT if is_called_text else 0) or _MARKUP.match(head):
        return False
    return is_called_text or _day_at(_lines(head)) is not None


def read(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    """The post, then its comments."""
    lines = _lines(read_text(source, _LARGEST))
    day_at = _day_at(lines)
    if day_at is None:
        yield Skipped("the file", f"none of its first {_HEAD_LINES} lines is a date, as a blog's page has")
        return
    page, comments, announced = _split(lines, day_at)
    if not (page.body or page.summary):
        yield Skipped("the file", "there is no text under its title and date")
        return
    if announced > 0 and announced != len(comments):
        source.warn(f"it says {announced} comments, and {len(comments)} were found")
    yield page.post()
    for comment in comments:
        yield RawComment(
            where=_where(comment.where),
            author=comment.author,
            body=_text(comment.lines),
            body_markup=Markup.TEXT,
            published=tuple(filter(None, [comment.time])),
        )


def _lines(text: str) -> list[Line]:
    """The lines that are not blank; non-breaking spaces are white space like any other."""
    numbered = enumerate(text.split("\n"), start=1)
    return [Line(number, joined) for number, line in numbered if (joined := " ".join(line.split()))]


def _day_at(lines: Sequence[Line]) -> int | None:
    return next((at for at, line in enumerate(lines[:_HEAD_LINES]) if date_in(line.text)), None)


@dataclass(slots=True)
class _Page:
    """What the lines were read as. Each list holds the lines of one field."""

    day: Line
    blog: Line | None = None
    title: Line | None = None
    summary: list[Line] = field(default_factory=list)
    byline_at: Line | None = None
    byline: Byline | None = None
    body: list[Line] = field(default_factory=list)

    @property
    def owner(self) -> str:
        return owner_in(self.blog.text) if self.blog else ""

    def post(self) -> RawPost:
        summary, signed_by_owner = self._summary()
        return RawPost(
            where=_where([line for line in (self.blog, self.day, self.title, *self.body) if line]),
            blog=RawBlog(name=self.blog.text if self.blog else ""),
            title=self.title.text if self.title else "",
            body=_text(self.body),
            body_markup=Markup.TEXT,
            summary=summary,
            authors=(self.owner,) if self.owner else (),
            published=(date_in(self.day.text),),
            publication=self.byline.publication if self.byline else "",
            reporters=self.byline.reporters if self.byline else (),
            readings=tuple(self._readings(signed_by_owner=signed_by_owner)),
        )

    def _summary(self) -> tuple[str, bool]:
        """The summary without its owner's initials, and whether they were there."""
        text = _text(self.summary)
        unsigned, initials = _signature(text)
        if initials and initials == _initials(self.owner):
            return unsigned, True
        return text, False

    def _readings(self, *, signed_by_owner: bool) -> Iterator[Reading]:
        yield Reading("date", _where([self.day]), 0.95)
        if self.title:
            yield Reading("title", _where([self.title]), 0.9 if self.blog else 0.5)
        if self.blog:
            yield Reading("blog", _where([self.blog]), 0.95 if self.owner else 0.7)
        if self.blog and self.owner:
            yield Reading("authors", _where([self.blog]), 0.95 if signed_by_owner else 0.7)
        if self.summary:
            yield Reading("summary", _where(self.summary), 0.95 if signed_by_owner else 0.7)
        if self.byline_at and self.byline:
            yield Reading("reporters", _where([self.byline_at]), self.byline.confidence)
            yield Reading("publication", _where([self.byline_at]), self.byline.confidence)
        if self.body:
            yield Reading("text", _where(self.body), 0.9 if self.blog and self.title else 0.6)


def _split(lines: list[Line], day_at: int) -> tuple[_Page, list[PageComment], int]:
    """The page, its comments, and how many of them it announces (-1 where it does not)."""
    count_at = _last(lines, day_at, lambda text: comment_count(text) is not None)
    body_end = count_at if count_at is not None else _last(lines, day_at, is_form) or len(lines)
    announced = comment_count(lines[count_at].text) or 0 if count_at is not None else 0
    form_at = next((at for at in range(body_end, len(lines)) if is_form(lines[at].text)), len(lines))
    comments, left = find_comments(lines[body_end + 1 : form_at], announced)
    below = [line for line in lines[form_at + 1 :] if not is_below(line.text)]
    page = _head(lines[:body_end], day_at)
    page.body += left + below
    return page, comments, announced


def _last(lines: list[Line], after: int, matches: Callable[[str], bool]) -> int | None:
    return next((at for at in range(len(lines) - 1, after, -1) if matches(lines[at].text)), None)


def _head(lines: list[Line], day_at: int) -> _Page:
    """Read the lines above the body; those that fit nothing begin the body."""
    page = _Page(day=lines[day_at])
    above, below = lines[:day_at], lines[day_at + 1 :]
    names_owner = len(above) == 1 and bool(owner_in(above[0].text))
    if below and (names_owner or (len(below) > 1 and (not above or _is_title(below[0])))):
        page.title, below = below[0], below[1:]
        page.blog, above = (above[0], above[1:]) if above else (None, above)
    elif above:
        page.title, above = above[-1], above[:-1]
        page.blog, above = (above[0], above[1:]) if above else (None, above)
    page.body = [*above, *_below_title(page, below)]
    return page


def _is_title(line: Line) -> bool:
    return len(line.text) <= _LONGEST_TITLE and not line.text.endswith((".", ":", ";", ","))


def _below_title(page: _Page, lines: list[Line]) -> list[Line]:
    """Take summary and byline off the lines below the title; what is left is the body."""
    found = ((at, find_byline(line.text)) for at, line in enumerate(lines[:_BYLINE_LINES]))
    byline_at, page.byline = next(((at, byline) for at, byline in found if byline), (None, None))
    if byline_at is not None:
        page.byline_at = lines[byline_at]
    head = lines[: _SUMMARY_LINES if byline_at is None else byline_at]
    signed_at = next((at for at, line in enumerate(head) if _signature(line.text)[1]), None)
    if signed_at is not None:
        page.summary = head[: signed_at + 1]
    elif byline_at is not None and byline_at <= _SUMMARY_LINES:
        page.summary = head
    taken = {*page.summary, page.byline_at}
    return [line for line in lines if line not in taken]


def _signature(text: str) -> tuple[str, str]:
    """The text before the initials that sign it, and the initials; these are empty where none do."""
    found = _SIGNATURE.search(text)
    if not found or not found["initials"].isupper():
        return text, ""
    return text[: found.start()], found["initials"].replace(".", "")


def _initials(name: str) -> str:
    return "".join(part[0] for part in re.split(r"[\s-]+", name) if part[:1].isupper())


def _text(lines: Iterable[Line]) -> str:
    """The lines as paragraphs: lines with a blank one between them are apart."""
    parts: list[str] = []
    last = 0
    for line in lines:
        parts.append(("" if not parts else "\n" if line.number == last + 1 else "\n\n") + line.text)
        last = line.number
    return "".join(parts)


def _where(lines: Sequence[Line]) -> str:
    numbers = [line.number for line in lines]
    first, last = min(numbers), max(numbers)
    return f"line {first}" if first == last else f"lines {first}-{last}"


FORMAT = Format(
    name="plaintext",
    title="Plain-text page",
    sniff=sniff,
    read=read,
    standing=Standing.PAGE,
    known_by="text without markup that has a date near its top, or is called .txt",
)
