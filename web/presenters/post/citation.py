"""How a post is cited in words, to be pasted where somebody writes of it."""

from __future__ import annotations

from search.model import Post
from web import links
from web.language.voice import gettext
from web.presenters import words
from web.presenters.naming import date_of, title


def citation(post: Post, address: str) -> str:
    """Author, title, blog, date as exactly as it is known, the original's link and the archive's.

    `address` is where the archive has the post; it is left out where that is not known from outside.
    """
    when = date_of(post)
    named = gettext("“%(title)s”", title=title(post))
    authors = words.both(post.authors)
    published = when.text if when else gettext("undated")
    sentences = [
        ", ".join(part for part in (authors, named) if part) + ".",
        ", ".join(part for part in (post.blog.name, published) if part) + ".",
        links.outside(post.link),
        gettext("Archived at %(address)s", address=address) if links.outside(address) else "",
    ]
    return " ".join(" ".join(sentence.split()) for sentence in sentences if sentence)
