"""From a format's own words to posts and comments: the one place where they are given meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from indexer.normalise.bodies.html import LONGEST
from indexer.normalise.bodies.markup import Body, read_body, read_text
from indexer.normalise.bodies.safety import absolute_link
from indexer.normalise.bylines.byline import Byline, find_byline_in
from indexer.normalise.date_order import Order, order_in, order_of
from indexer.normalise.dates import Dated, read_date
from indexer.normalise.identity import blog_identity, comment_id, post_id
from indexer.normalise.language import declared_language, detected_language, marked_language
from indexer.normalise.names import LONGEST_NAME, distinct, person
from indexer.normalise.text import has_bad_characters, one_line
from indexer.record import EMPTY, ORPHAN, Markup, RawBlog, RawComment, RawPost
from search.model import Blog, Comment, Origin, Period, Post
from search.sameness.origins import OTHERWISE

_Guess = tuple[str, str, float]
"""A field, what it was guessed from, and how sure that is."""

MOST_TAGS = 1_000
"""How many tags of one post are kept."""

_LONGEST_TITLE = 1_000
_LONGEST_SUMMARY = 10_000
_LONGEST_LINK = 2_000


class LeftOut(Exception):
    """A record that no post or comment is made of; `reason` is the word it is counted under."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Normaliser:
    """Makes posts and comments of raw ones, the same way for every format.

    `blog` overrides the blog a source names; `fallback_blog` is used where it names none. `now` is the
    moment from which dates are in the future, the current one unless given. `warnings` counts what was
    recovered from or cut short, by message, over all records so far. `lasting` is whether none of them has
    a date that was passed over because it is in the future, and counts once it is not.
    """

    def __init__(self, blog: str = "", fallback_blog: str = "", *, now: datetime | None = None) -> None:
        self.warnings: Counter[str] = Counter()
        self.lasting = True
        self._blog = one_line(blog)
        self._fallback_blog = one_line(fallback_blog)
        self._now = now or datetime.now(UTC)
        self._orders: dict[RawBlog, Order | None] = {}

    def learn(self, records: Iterable[RawPost | RawComment]) -> None:
        """See how each blog writes dates, so that those are read alike which could be read in two ways."""
        texts: dict[RawBlog, list[str]] = {}
        for raw in records:
            texts.setdefault(raw.blog, []).extend(raw.published)
        self._orders = {blog: order_of(dates) for blog, dates in texts.items()}

    def post(self, raw: RawPost, source: str) -> Post:
        """The post, with the origins of its fields in `source`; raises `LeftOut` where nothing is in it."""
        blog = self._blog_of(raw.blog)
        link = _link(raw.link, blog.link)
        title = one_line(read_text(raw.title, raw.title_markup))[:_LONGEST_TITLE]
        body = self._body(raw.body, raw.body_markup, link or blog.link)
        if not (title or body.html or link):
            raise LeftOut(EMPTY)
        byline, guessed = _byline(raw, body.text)
        language, language_from = _language(raw, body.html, body.text)
        order = self._orders.get(raw.blog) or order_in(_regional(language, raw))
        published, date_from = self._published(raw, order)
        guesses = (*date_from, *language_from, *self._blog_guess(raw.blog, blog))
        return Post(
            id=post_id(
                self._identity(blog),
                one_line(raw.own_id),
                link,
                title or body.text[:200],
                str(published.first_day) if published else "",
            ),
            blog=blog,
            title=title,
            html=body.html,
            text=body.text,
            summary=read_text(raw.summary, raw.summary_markup).strip()[:_LONGEST_SUMMARY],
            authors=distinct(map(person, raw.authors)),
            tags=self._tags(raw.tags),
            date=published,
            updated=self._date(raw.updated, order),
            link=link,
            language=language,
            publication=byline.publication,
            reporters=byline.reporters,
            kind=raw.kind,
            origins=_origins(raw, source, guesses, guessed),
        )

    def comment(self, raw: RawComment, previous: Post | None) -> Comment:
        """The comment, under its own post or else under `previous`; raises `LeftOut`.

        Its `post_id` is empty where another source has its post (see `comment_identity`).
        """
        blog = self.blog_of_comment(raw, previous)
        elsewhere = one_line(raw.post_link) or one_line(raw.post_slug)
        if raw.post_own_id:
            post = post_id(self._identity(blog), one_line(raw.post_own_id), "", "", "")
        elif elsewhere:
            post = post_id(self._identity(blog), "", elsewhere, "", "")
        elif previous:
            post = previous.id
        else:
            raise LeftOut(ORPHAN)
        link = _link(raw.link, previous.link if previous and previous.id == post else blog.link)
        body = self._body(raw.body, raw.body_markup, link or blog.link)
        if not body.html:
            raise LeftOut(EMPTY)
        author = person(raw.author)
        published = self._date(raw.published, self._orders.get(raw.blog) or order_in(raw.blog.language))
        return Comment(
            id=comment_id(
                post,
                one_line(raw.own_id),
                link=link,
                author=author,
                time=str(published or ""),
                text=body.text,
            ),
            post_id=post if raw.post_own_id or not elsewhere else "",
            author=author,
            date=published,
            html=body.html,
            text=body.text,
            link=link,
            parent=comment_id(post, one_line(raw.parent_own_id)) if raw.parent_own_id else "",
        )

    def blog_of_comment(self, raw: RawComment, previous: Post | None) -> Blog:
        """The blog that the comment's source names, else the one of the post before it."""
        return previous.blog if previous and raw.blog == RawBlog() else self._blog_of(raw.blog)

    def _blog_guess(self, raw: RawBlog, blog: Blog) -> tuple[_Guess, ...]:
        """How the blog's name was guessed, where nobody says it."""
        if self._blog or one_line(raw.name):
            return ()
        return (
            ("blog", "the address", 0.6) if blog.link else ("blog", "the name of the file or folder", 0.4),
        )

    def _blog_of(self, raw: RawBlog) -> Blog:
        link = _link(raw.link, "")
        name = self._blog or one_line(raw.name)[:LONGEST_NAME] or urlsplit(link).netloc or self._fallback_blog
        return Blog(name, link)

    def _identity(self, blog: Blog) -> str:
        return blog_identity(self._blog, blog.link, blog.name)

    def _body(self, body: str, markup: Markup, base: str) -> Body:
        if len(body) > LONGEST:
            self.warnings["a text of over 10 million characters was cut there"] += 1
        if has_bad_characters(body):
            self.warnings["control characters or broken ones were removed from a text"] += 1
        return read_body(body, markup, base)

    def _published(self, raw: RawPost, order: Order) -> tuple[Period | None, tuple[_Guess, ...]]:
        """When it was published: as it says, else as something suggests; and what of that is a guess."""
        if dated := self._dated(raw.published, order):
            where = f"{raw.where}, {dated.guessed}"
            return dated.period, (("date", where, dated.confidence),) if dated.guessed else ()
        for hint in raw.published_hints:
            if dated := self._dated((hint.text,), order):
                return dated.period, (("date", hint.where, min(hint.confidence, dated.confidence)),)
        return None, ()

    def _date(self, candidates: Sequence[str], order: Order) -> Period | None:
        dated = self._dated(candidates, order)
        return dated.period if dated else None

    def _dated(self, candidates: Sequence[str], order: Order) -> Dated | None:
        dated = read_date(candidates, self._now, order)
        if dated is None or len(candidates) > 1:  # an earlier one may have been passed over
            self.lasting &= dated == read_date(candidates, None, order)
        if dated is None and any(map(str.strip, candidates)):
            self.warnings["a date is not one, or lies in the future: it was left out"] += 1
        return dated

    def _tags(self, raw: Sequence[str]) -> tuple[str, ...]:
        return first_tags(distinct(one_line(tag[:LONGEST_NAME]) for tag in raw), self.warnings)


def first_tags(tags: tuple[str, ...], warnings: Counter[str]) -> tuple[str, ...]:
    """As many of a post's tags as are kept; `warnings` counts where that is not all."""
    if len(tags) > MOST_TAGS:
        warnings[f"a post has more than {MOST_TAGS:,} tags: the first of them were kept"] += 1
    return tags[:MOST_TAGS]


def _link(link: str, base: str) -> str:
    """The link made absolute; empty where it is none, or longer than any that works."""
    return absolute_link(one_line(link), base) if 0 < len(link) <= _LONGEST_LINK else ""


def _language(raw: RawPost, html: str, text: str) -> tuple[str, tuple[_Guess, ...]]:
    """What the post declares, else what its text is clearly in or marked as, else what its blog declares.

    A blog's declaration is often its software's default, and blogs are written in several languages.
    """
    if declared := declared_language(raw.language):
        return declared, ()
    if detected := detected_language(text):
        return detected, (("language", "the words of the text", 0.9),)
    if marked := marked_language(html):
        return marked, (("language", "the marks in the text", 0.7),)
    of_blog = declared_language(raw.blog.language)
    return of_blog, (("language", "what the blog declares", 0.5),) if of_blog else ()


def _regional(language: str, raw: RawPost) -> str:
    """The language as it was declared with its region, where that is the one that counts."""
    declared = raw.language or raw.blog.language
    return declared if declared_language(declared) == language else language


def _byline(raw: RawPost, text: str) -> tuple[Byline, Byline | None]:
    """Whom the post quotes: what the format read, else what the text says; and that guess by itself."""
    if raw.reporters or raw.publication:
        return Byline(
            distinct(map(person, raw.reporters)), one_line(raw.publication)[:LONGEST_NAME], 1.0
        ), None
    guess = find_byline_in(text)
    return guess or Byline((), "", 0.0), guess


def _origins(
    raw: RawPost, source: str, guesses: Iterable[_Guess], byline: Byline | None
) -> tuple[Origin, ...]:
    """Where each field was read; all that are not named, at the place of the record."""
    found = {read.field: Origin(read.field, source, read.where, read.confidence) for read in raw.readings}
    for field, where, confidence in guesses:
        found.setdefault(field, Origin(field, source, where, confidence))
    if byline:
        where = f"{raw.where}, first paragraphs"
        for field in ("reporters", "publication"):
            found[field] = Origin(field, source, where, byline.confidence)
    return (*found.values(), Origin(OTHERWISE, source, raw.where, 1.0))
