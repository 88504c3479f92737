"""How often bylines are found where there are some, and where there are none.

    python -m benchmarks.bylines posts.jsonl.gz

Recall is measured on pages of the shape that a person copies from a blog, one for each line of
`bylines.tsv`, read as plain text and as HTML; precision on real posts, nearly none of which quote an article
that way: each byline found there is printed, to be judged by a person.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from benchmarks.posts import corpus_posts
from indexer.formats import plaintext
from indexer.normalise.bylines.byline import find_byline_in
from indexer.normalise.normaliser import Normaliser
from indexer.record import RawPost
from indexer.source import Source
from search.model import Post

LINES = Path(__file__).with_name("bylines.tsv")

_ARTICLE = "The quoted article begins here, and goes on for a while. It says what happened, and to whom."
_PAGE = """A Blog by Jonathan Low

Mar 2, 2025

A Title Over What Is Quoted

What it is about, and why that matters to those who read it. JL

{line}

{article}

1 comments:

Ann Reader said...
A comment.
March 3, 2025 at 4:12 PM

Post a Comment
"""


@dataclass(frozen=True, slots=True)
class Expected:
    """A line of a blog, and whom it quotes."""

    line: str
    reporters: tuple[str, ...]
    publication: str

    def is_met_by(self, post: Post) -> bool:
        """Whether the post says the same, whatever article the publication has."""
        return post.reporters == self.reporters and _plain(post.publication) == _plain(self.publication)


def expected() -> Iterator[Expected]:
    """The lines of the table."""
    with LINES.open(encoding="utf-8", newline="") as rows:
        for line, reporters, publication in csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Expected(line, tuple(filter(None, reporters.split("|"))), publication)


def as_copied_page(line: str) -> Post:
    """The post of a page with this line, copied as text."""
    page = _PAGE.format(line=line, article=_ARTICLE).encode()
    posts = (read for read in plaintext.read(Source("page.txt", lambda: io.BytesIO(page))))
    return Normaliser().post(next(read for read in posts if isinstance(read, RawPost)), "page.txt")


def as_html(line: str) -> Post:
    """The post of any other format with this line as its second paragraph."""
    body = f"<p>A summary. JL</p><p><b>{escape(line)}</b><br>{_ARTICLE}</p>"
    return Normaliser().post(RawPost("item 1", title="A title", body=body), "export.xml")


def main(corpus: Path) -> None:
    """Print both measures, and every line that was missed or found."""
    lines = list(expected())
    for name, read in (("copied pages", as_copied_page), ("HTML", as_html)):
        missed = [each.line for each in lines if not each.is_met_by(read(each.line))]
        print(f"recall, {name}: {len(lines) - len(missed)} of {len(lines)}", *missed, sep="\n  missed: ")
    posts = corpus_posts(corpus)
    found = [(post.title, byline) for post in posts if (byline := find_byline_in(post.text))]
    print(f"found in real posts: {len(found)} in {len(posts):,}", *found, sep="\n  found: ")


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
