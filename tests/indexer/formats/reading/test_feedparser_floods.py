"""Feeds with floods that feedparser would take hours over are read, and others as it would read them."""

from __future__ import annotations

import io

import pytest

from indexer.formats.reading.feedparser_floods import LONGEST_AUTHOR, MOST_ATTRIBUTES, MOST_NAMESPACES, parse

MANY = 40_000


def entry(*elements: str) -> dict[str, object]:
    content = f"<rss version='2.0'><channel><item>{''.join(elements)}</item></channel></rss>"
    (read,) = parse(io.BytesIO(content.encode())).entries
    return dict(read)


@pytest.mark.parametrize("end", ["", "</broken>"])
def test_each_of_many_tags_is_kept_once(end: str) -> None:
    tags = [f"<category>t{number}</category>" for number in range(MANY)]
    read = entry(*tags, tags[0], "<category domain='other'>t0</category>", end)["tags"]
    assert isinstance(read, list)
    assert [tag["term"] for tag in read] == [*(f"t{number}" for number in range(MANY)), "t0"]
    assert [tag["scheme"] for tag in read if tag["term"] == "t0"] == [None, "other"]


def test_entries_may_have_the_same_tags() -> None:
    item = "<category>tides</category></item>"
    content = f"<rss version='2.0'><channel><item>{item}<item>{item}</channel></rss>"
    assert [one.tags[0].term for one in parse(io.BytesIO(content.encode())).entries] == ["tides", "tides"]


@pytest.mark.parametrize("name", ["a" * MANY, "a@" + "a." * MANY])
def test_of_a_long_author_the_beginning_is_kept(name: str) -> None:
    assert len(str(entry(f"<author>{name}</author>")["author"])) <= LONGEST_AUTHOR


def test_an_address_is_told_from_the_name_beside_it() -> None:
    assert entry("<author>ada@tide.org (Ada Low)</author>")["author_detail"] == {
        "name": "Ada Low",
        "email": "ada@tide.org",
    }


def test_of_many_attributes_the_first_are_seen() -> None:
    others = " ".join(f'a{number}="x"' for number in range(MANY))
    assert entry(f'<enclosure url="tide.png" {others}/>')["links"] == [
        {
            "href": "tide.png",
            "rel": "enclosure",
            **{f"a{number}": "x" for number in range(MOST_ATTRIBUTES - 1)},
        }
    ]


def test_many_namespaces_are_not_looked_through_for_each_element() -> None:
    declared = " ".join(f'xmlns:n{number}="u{number}"' for number in range(20_000))
    elements = '<x xmlns="unknown"/>' * 20_000
    content = (
        f"<rss version='2.0' {declared}><channel><item><title>Tide</title>{elements}</item></channel></rss>"
    )
    parsed = parse(io.BytesIO(content.encode()))
    assert parsed.entries[0].title == "Tide"
    assert len(parsed.namespaces) <= MOST_NAMESPACES
