"""Every page a reader can come to, so that what holds of pages is held by all of them.

A new page is one more line of `PAGES`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from logging import CRITICAL, Logger
from pathlib import Path

from flask import Flask

from search.archive import Archive
from search.layout import lock_file
from search.lock import held
from search.model import Comment, Period, Post
from tests.web.blog import COMMENTS, POSTS, build
from tests.web.made import LEDGER
from web import links
from web.app import create_app
from web.conduct.limits import Limiter
from web.settings import Settings

THREAD = Post(
    id="ttttttttttt2",
    blog=LEDGER,
    title="What shall we plant?",
    html="<h2>In spring</h2><p>Peas.</p><h3>Late in spring</h3><ul><li>Beans</li></ul>",
    text="In spring\n\nPeas.\n\nLate in spring\n\nBeans",
    authors=("Ann Ames",),
    tags=("garden",),
    date=Period.parse("2021"),
    link="https://ledger.example/plant",
    language="en",
)
REPLIES = tuple(
    Comment(
        f"reply{number:06d}2".translate(str.maketrans("0189", "abcd")),
        THREAD.id,
        ("Cy", "Dee", "")[number % 3],
        Period.parse(f"2021-05-{1 + number % 28:02d}T10:00:00Z"),
        f"<p>Plant number {number}.</p>",
        f"Plant number {number}.",
        parent=f"reply{number - 1:06d}2".translate(str.maketrans("0189", "abcd")) if number % 9 else "",
    )
    for number in range(60)
)
ARABIC = Post(
    id="rrrrrrrrrrr2",
    blog=LEDGER,
    title="حديقة الورود",
    html="<p>الورود في الحديقة جميلة، and roses are roses.</p>",
    text="الورود في الحديقة جميلة، and roses are roses.",
    authors=("ليلى",),
    tags=("حديقة",),
    date=Period.parse("2022-02-02"),
    link="https://ledger.example/garden",
    language="ar",
)
_HOURS = tuple(f"{hour:02d}:00" for hour in range(24))
_WORD = "tidetable" * 12
WIDE = Post(
    id="wwwwwwwwwww2",
    blog=LEDGER,
    title=f"Tides of a day, and {_WORD}",
    html=(
        f"<p>High water, {_WORD}.</p><table><tr>{''.join(f'<th>{hour}</th>' for hour in _HOURS)}</tr></table>"
        f"<pre><code>high_water = {list(_HOURS)}</code></pre>"
    ),
    text=f"High water, {_WORD}.\n\n{' '.join(_HOURS)}\n\nhigh_water = {list(_HOURS)}",
    authors=("Ann Ames",),
    tags=("tides",),
    date=Period.parse("2023-07-01"),
    link="https://ledger.example/tides",
    language="en",
)

SILENT = Logger("sites of tests", CRITICAL + 1)
"""One of its own, as all applications share theirs, and other tests read what is logged."""


@dataclass(frozen=True, slots=True)
class PageCase:
    """A page: its name, what is asked for, the status it comes with, and which of `sites` has it."""

    name: str
    path: str
    status: int = 200
    site: str = "blog"
    method: str = "GET"


PAGES = (
    PageCase("home", "/"),
    PageCase("results", "/search?q=roses"),
    PageCase(
        "a page of the results with filters",
        "/search?q=roses&tag=garden&-tag=rose+1&after=2010&page=2&size=5",
    ),
    PageCase("results in a year", "/search?q=roses&date=2011&size=2"),
    PageCase("results sorted by date", "/search?q=roses&sort=oldest&in=posts&size=2"),
    PageCase("comments that match", "/search?q=lighthouse"),
    PageCase("some of the words", "/search?q=lighthouse+pruning&size=2"),
    PageCase("a query read otherwise than typed", '/search?q="roses'),
    PageCase("a search cut short", "/search?q=roses", site="hasty"),
    PageCase("markup everywhere", "/search?q=evil"),
    PageCase("text from right to left", "/search?q=الورود"),
    PageCase("a misspelt word", "/search?q=lighthuose"),
    PageCase("nothing found", "/search?q=drones&tag=garden&author=Ann+Ames&language=de"),
    PageCase("nothing found of words", "/search?q=zeppelin+tag:garden+roses"),
    PageCase("past the end", "/search?q=roses&page=90"),
    PageCase("a facet", "/facets/tag?q=roses"),
    PageCase("a facet narrowed to nothing", "/facets/author?prefix=zzz"),
    PageCase("a facet of dates", "/facets/date?q=roses"),
    PageCase("browsing", "/browse"),
    PageCase("what programs can ask", "/api"),
    PageCase("a kind of problem", "/problems/invalid-parameter"),
    PageCase("a second page of values", "/facets/tag?size=10&page=2"),
    PageCase("a post", "/posts/aaaaaaaaaaa2/drones-over-the-harbour"),
    PageCase("a post found by a search", "/posts/aaaaaaaaaaa2/drones-over-the-harbour?q=drones"),
    PageCase("a post of little", "/posts/bbbbbbbbbbb2/post"),
    PageCase("a post of markup", "/posts/eeeeeeeeeee2/script-alert-title-script-evil?q=evil"),
    PageCase("a long thread", "/posts/ttttttttttt2/what-shall-we-plant"),
    PageCase("a post from right to left", "/posts/rrrrrrrrrrr2/post?q=roses"),
    PageCase("a wide post", f"{links.post(WIDE)}?q=water"),
    PageCase("no such page", "/nowhere/at/all", 404),
    PageCase("no such post", "/posts/zzzzzzzzzzz2/roses-and-thorns", 404),
    PageCase("not to be posted to", "/search", 405, method="POST"),
    PageCase("no such page of the results", "/search?q=roses&page=-1", 400),
    PageCase("no date", "/search?q=roses&after=soon&tag=garden", 400),
    PageCase("too long a query", "/search?q=" + "a" * 1_001, 400),
    PageCase("too many words", "/search?q=" + "word+" * 65, 400),
    PageCase("an empty archive", "/", site="empty"),
    PageCase("a search of an empty archive", "/search?q=roses", site="empty"),
    PageCase("an archive that cannot be read", "/search?q=roses", 503, site="hidden"),
    PageCase("an archive of which nothing is published yet", "/", 503, site="imported"),
    PageCase("too many requests", "/search?q=roses", 429, site="busy"),
    PageCase("a fault of the program", "/fault", 500, site="faulty"),
)
"""Every page of the sites."""


def build_all(data: Path, *, publish: bool = True) -> None:
    """Write an archive with every kind of post into the folder, and publish it."""
    build(data, (*POSTS, THREAD, ARABIC, WIDE), (*COMMENTS, *REPLIES), publish=publish)


@contextmanager
def sites(folder: Path) -> Iterator[Mapping[str, Flask]]:
    """The sites that `PAGES` are of, by their names, with archives in the folder.

    `blog` is a small blog, `hasty` the same searched in no time at all, `faulty` the same with a fault, and
    `busy` where too much was asked. `empty` has no posts yet, `hidden` has posts but no index to search them
    by, and of `imported` the first import is at work.
    """
    build_all(folder / "blog")
    build(folder / "empty", (), ())
    build_all(folder / "hidden", publish=False)
    build(folder / "imported", (), (), publish=False)
    with ExitStack() as stack:

        def site(name: str, *, seconds: float = 1.0, limiter: Limiter | None = None) -> Flask:
            archive = stack.enter_context(Archive.open(folder / name, seconds=seconds))
            app = create_app(Settings(folder / name, title="Ledgers & Gardens"), archive, limiter=limiter)
            app.logger = SILENT  # some of these archives are broken, as they are meant to be
            return app

        faulty, busy = site("blog"), site("blog", limiter=Limiter(1, now=lambda: 0.0))
        faulty.add_url_rule("/fault", view_func=_fault)
        busy.test_client().get("/")
        stack.enter_context(held(lock_file(folder / "imported"), wait=False))
        yield {
            "blog": site("blog"),
            "hasty": site("blog", seconds=1e-9),
            "faulty": faulty,
            "busy": busy,
            "empty": site("empty"),
            "hidden": site("hidden"),
            "imported": site("imported"),
        }


def _fault() -> str:
    raise RuntimeError("a secret of the program")
