"""`python -m benchmarks.pages CORPUS`: how many saved pages a second one core reads and normalises.

The pages hold the posts of a corpus in a blog's template, with its scripts, its menus, a sidebar of links and
comments: what a post makes of a page's bytes is less than half.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path

from benchmarks.corpus import read_corpus
from indexer.formats import page
from indexer.normalise.bodies.markup import read_body
from indexer.normalise.normaliser import LeftOut, Normaliser
from indexer.record import Markup, RawComment, RawPost
from indexer.source import Source
from search.model import Post

_ROUNDS = 5
_LINKS = "".join(
    f'<li class="menu-item menu-item-{n}"><a href="http://blog.example/tag/{n}/">Tag number {n}</a></li>'
    for n in range(120)
)
_SCRIPT = (
    "<script>"
    + "window.dataLayer = window.dataLayer || []; if (a < b) { track('page'); }\n" * 60
    + "</script>"
)
_STYLE = "<style>" + ".widget-area .menu-item a { color: #336699; margin: 0 auto; }\n" * 60 + "</style>"
_COMMENT = """<li class="comment even depth-1" id="comment-{n}"><article class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard"><b class="fn"><a href="http://c{n}.example/">Reader
{n}</a></b></div><div class="comment-metadata"><a href="http://blog.example/{post}#comment-{n}">
<time datetime="2012-03-0{n}T10:00:00+00:00">March {n}</time></a></div></footer>
<div class="comment-content"><p>I read this twice, and the second time was better.</p></div></article></li>"""
_PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} - The Log</title>
<link rel="canonical" href="http://blog.example/{post}"><meta property="og:type" content="article">
<meta property="article:published_time" content="2012-03-01T09:00:00+00:00">{style}{script}</head>
<body class="single single-post"><nav><ul>{links}</ul></nav>
<article class="post hentry"><h1 class="entry-title">{title}</h1>
<div class="entry-content">{body}<div class="sharedaddy"><a href="#">Share</a></div></div></article>
<div id="comments" class="comments-area"><ol class="comment-list">{comments}</ol></div>
<aside class="widget-area"><ul>{links}</ul></aside>{script}</body></html>"""


def pages(corpus: Path, count: int) -> Iterator[bytes]:
    """So many posts of the corpus, each as a saved page with five comments."""
    for number, post in enumerate(islice(read_corpus(corpus), count)):
        comments = "".join(_COMMENT.format(n=n, post=number) for n in range(1, 6))
        body = read_body(post["body"], Markup(post["format"])).html
        text = {"title": post["title"], "body": body, "comments": comments, "post": number}
        yield _PAGE.format(links=_LINKS, script=_SCRIPT, style=_STYLE, **text).encode()


def read_pages(contents: Sequence[bytes]) -> int:
    """Read and normalise all pages; how many posts and comments were in them."""
    normaliser, found = Normaliser(), 0
    for number, content in enumerate(contents):
        source = Source(f"mirror/{number}.html", partial(BytesIO, content), len(content))
        previous: Post | None = None
        for record in page.read(source):
            try:
                if isinstance(record, RawPost) and not record.left_out:
                    previous = normaliser.post(record, source.name)
                elif isinstance(record, RawComment):
                    normaliser.comment(record, previous)
            except LeftOut:
                continue
            found += 1
    return found


def measure_pages(corpus: Path, count: int) -> dict[str, float]:
    """The median of several rounds, after one that loads what is loaded once."""
    contents = list(pages(corpus, count))
    records = read_pages(contents)
    seconds = []
    for _ in range(_ROUNDS):
        started = time.process_time()
        read_pages(contents)
        seconds.append(time.process_time() - started)
    return {
        "pages": len(contents),
        "pages, median KB": statistics.median(map(len, contents)) / 1e3,
        "pages, posts and comments": records,
        "pages, read and normalised, a second of one core": len(contents) / statistics.median(seconds),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--count", type=int, default=500, help="how many pages")
    options = parser.parse_args()
    for name, value in measure_pages(options.corpus, options.count).items():
        print(f"{name}: {value:,.1f}")


if __name__ == "__main__":
    main()
