"""Everything that is said to readers can be said in any language, and is said in German."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from flask import Flask
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.web import pages, pseudo
from tests.web.blog import COMMENTS, POSTS
from tests.web.pages import PAGES, PageCase
from tests.web.translations import extracted, untranslated
from web.language import choice
from web.language.languages import CATALOGUE, TRANSLATIONS
from web.presenters import words

CATALOGUES = sorted(TRANSLATIONS.glob(f"*/{CATALOGUE}"))
SAID_ATTRIBUTES = ("aria-label", "aria-description", "aria-valuetext", "placeholder", "title", "alt")
NOT_SAID = "script, style, code, pre, kbd, .where, .api .prose[lang=en]"
"""What stands on a page as it would in any language: what is typed, places in files, and the reference of the
endpoint, which is in English as all documents for programs are.
"""

TOO_SHORT = {"a", "an", "and", "by", "from", "in", "of", "on", "or", "the", "to", "with"}
"""Words that some post has, but that a page should not."""

NAMES = ("UTC", "JSON", "BibTeX", "Ledgers & Gardens")
"""What is called so in every language."""

_SIGNS = " .,;:—–·×…“”„\"'()|"
_ADDRESS = re.compile(r"(?:https?:/|/posts)/\S+")
_BETWEEN = re.compile(r" [—·–] |: |[\d\u0600-\u06ff]+")  # between texts of the archive, as a date is
_PLACES = re.compile(r"%\((\w+)\)[sd]")
_WORD = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(scope="module")
def in_arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Flask]]:
    """The sites with a translation in which what was looked up is in brackets."""
    folder = tmp_path_factory.mktemp("translations")
    pseudo.translate(folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(choice, "TRANSLATIONS", folder)
        with pages.sites(tmp_path_factory.mktemp("sites")) as made:
            yield made


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.name)
def test_everything_on_a_page_can_be_translated(case: PageCase, in_arabic: Mapping[str, Flask]) -> None:
    client = in_arabic[case.site].test_client()
    answer = client.open(case.path, method=case.method, headers={"Accept-Language": pseudo.LANGUAGE})
    assert answer.status_code == case.status
    known = from_the_archive(case)
    left = [piece for text in texts_of(answer.text) for piece in pseudo.unmarked(text)]
    assert [piece for piece in left if is_english(piece, known)] == []


def test_a_page_says_which_language_it_is_in_and_where_its_lines_run(in_arabic: Mapping[str, Flask]) -> None:
    answer = in_arabic["blog"].test_client().get("/", headers={"Accept-Language": "ar-EG, de;q=0.5"})
    root = LexborHTMLParser(answer.text).css("html")[0]
    assert (root.attributes["lang"], root.attributes["dir"]) == ("ar-EG", "rtl")
    assert answer.headers["Content-Language"] == "ar-EG"


def texts_of(page: str) -> Iterator[str]:
    """Everything that a reader sees or hears of a page."""
    tree = LexborHTMLParser(page)
    for node in tree.css(NOT_SAID):
        node.decompose()
    for node in tree.css("*"):
        yield from own_texts(node)
        yield from (text for name in SAID_ATTRIBUTES if (text := node.attributes.get(name)))


def own_texts(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.is_text_node:
            yield child.text()


def from_the_archive(case: PageCase) -> str:
    """All that a page may quote: posts, and what was asked for."""
    posts = [
        f"{post.title} {post.readable} {post.publication} {post.blog.name} "
        + " ".join((*post.authors, *post.tags, *post.reporters, *(origin.source for origin in post.origins)))
        for post in (*POSTS, pages.THREAD, pages.ARABIC, pages.WIDE)
    ]
    comments = [f"{comment.author} {comment.text}" for comment in (*COMMENTS, *pages.REPLIES)]
    asked = [value for values in parse_qs(urlsplit(case.path).query).values() for value in values]
    asked += [case.path, case.path.replace("-", " ")]
    languages = [words.value("language", code) for code in ("ar", "de", "en")]
    return " ".join(" ".join((*posts, *comments, *asked, *languages, *NAMES)).split())


def is_english(piece: str, known: str) -> bool:
    """Whether a piece of text is of the page, not of the archive."""
    if piece.strip(_SIGNS) in known:
        return piece.strip(_SIGNS) in TOO_SHORT
    parts = [part.strip(_SIGNS) for part in _BETWEEN.split(_ADDRESS.sub("", piece))]
    return any(_WORD.search(part) and (part in TOO_SHORT or part not in known) for part in parts)


@pytest.fixture(scope="module")
def said() -> Catalog:
    """Everything that is said to readers."""
    return extracted()


def test_there_is_a_translation() -> None:
    assert [file.parent.parent.name for file in CATALOGUES] == ["de"]


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parent.parent.name)
class TestTranslation:
    def test_it_has_all_that_is_said_and_nothing_else(self, file: Path, said: Catalog) -> None:
        """`make translations` brings it up."""
        assert keys(catalogue(file)) == keys(said)

    def test_nothing_in_it_waits_for_a_translator(self, file: Path) -> None:
        assert untranslated(catalogue(file)) == []

    def test_its_sentences_have_the_places_of_the_english(self, file: Path) -> None:
        for each in catalogue(file):
            if each.id:
                english = each.id if isinstance(each.id, str) else each.id[1]
                strings = each.string if isinstance(each.string, tuple) else (each.string,)
                for string in strings:
                    assert set(_PLACES.findall(str(string))) == set(_PLACES.findall(english)), each.id
                    assert str(string).count("<") == english.count("<"), each.id


def catalogue(file: Path) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened)


def keys(read: Catalog) -> set[object]:
    return {(each.context, each.id) for each in read if each.id}
