"""In which language a reader is spoken to."""

from __future__ import annotations

import json
from pathlib import Path

import flask_babel
import pytest
from babel import Locale
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser, LexborNode

from search.archive import Archive
from search.model import Period
from web.app import create_app
from web.language.choice import set_up
from web.language.languages import MOST_WANTED, TRANSLATIONS, Languages
from web.language.voice import ENGLISH, gettext, ngettext, pgettext, speaking, spoken
from web.presenters import words
from web.settings import InvalidSetting, Settings

LANGUAGES = Languages(TRANSLATIONS)
GERMAN = LANGUAGES.voice(Locale("de"))
ROSES = "/search?q=roses"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("", "en"),
        ("*", "en"),
        ("de", "de"),
        ("DE-at", "de_AT"),
        ("en-GB,de", "en_GB"),
        ("tlh,xx-YY,de;q=0.5,en;q=0.1", "de"),
        ("en;q=0.1,de;q=0.5", "de"),
        ("de-419", "de"),
        ("de-x-nonsense,en", "de"),
        ("de@euro", "de"),
        ("fr,it", "en"),
        (",".join(["fr"] * MOST_WANTED + ["de"]), "en"),
    ],
)
def test_a_reader_is_spoken_to_in_the_first_wanted_language_that_there_is(
    wanted: str, expected: str, client: FlaskClient
) -> None:
    answer = client.get("/", headers={"Accept-Language": wanted})
    assert answer.headers["Content-Language"] == expected.replace("_", "-")
    assert root(answer.text).attributes["lang"] == expected.replace("_", "-")


def test_numbers_and_dates_are_those_of_the_country(client: FlaskClient) -> None:
    def first_date(language: str) -> str:
        page = client.get("/posts/aaaaaaaaaaa2", headers={"Accept-Language": language}, follow_redirects=True)
        time = LexborHTMLParser(page.text).css("time")[0]
        assert str(time.attributes["datetime"]).startswith("2024-03-02")  # which no language changes
        return time.text()

    assert [first_date(language) for language in ("en", "en-GB", "en-US", "de")] == [
        "2 March 2024",
        "2 March 2024",
        "March 2, 2024",
        "2. März 2024",
    ]


def test_a_page_in_german_is_german(client: FlaskClient) -> None:
    page = LexborHTMLParser(client.get(ROSES, headers={"Accept-Language": "de"}).text)
    assert page.css("title")[0].text() == "roses – 25 Beiträge — Ledgers & Gardens"
    assert page.css("button[type=submit]")[0].text() == "Suchen"


def test_warnings_and_refusals_are_said_in_the_language_of_the_reader(client: FlaskClient) -> None:
    german = {"Accept-Language": "de"}
    assert "Eine Klammer wurde nicht geschlossen" in client.get("/search?q=(roses", headers=german).text
    refused = client.get("/search?q=" + "a" * 1001, headers=german)
    assert "1.001 Zeichen; höchstens 1.000" in refused.text


@pytest.mark.parametrize(
    "path", ["/search.json?q=(roses&date=2011-03", "/search.json?page=x", "/search.atom?q=roses"]
)
def test_a_document_for_programs_is_the_same_whoever_asks(path: str, client: FlaskClient) -> None:
    def fetched(language: str) -> str:
        text = client.get(path, headers={"Accept-Language": language}).text
        return json.dumps(json.loads(text) | {"took_ms": 0, "request_id": ""}) if ".json" in path else text

    assert fetched("de") == fetched("en-US")


def test_the_language_of_the_settings_is_that_of_everything(data: Path, archive: Archive) -> None:
    client = create_app(Settings(data, language="de"), archive).test_client()
    english = {"Accept-Language": "en"}
    assert root(client.get("/", headers=english).text).attributes["lang"] == "de"
    found = client.get("/search.json?q=(roses&date=2011-03", headers=english).json
    assert found is not None
    assert found["query"]["warnings"] == [
        "Eine Klammer wurde nicht geschlossen; sie endet hier mit der Suchanfrage."
    ]
    months = [month["label"] for year in found["facets"]["date"] for month in year["children"]]
    assert "März 2011" in months


def test_a_language_that_there_is_not_is_refused(data: Path) -> None:
    with pytest.raises(InvalidSetting, match="'tlh' is none of the languages there are: en, de"):
        set_up(Flask(__name__), Settings(data, language="tlh"), lambda _: True)


def test_no_cookie_remembers_the_language(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/", headers={"Accept-Language": "de"}).headers


def test_english_is_spoken_where_nobody_asks(client: FlaskClient) -> None:
    client.get("/", headers={"Accept-Language": "de"})
    assert speaking() is ENGLISH
    assert gettext("Title") == flask_babel.gettext("Title") == "Title"


def test_flask_babel_says_the_same(data: Path, archive: Archive) -> None:
    app = create_app(Settings(data, language="de"), archive)

    @app.get("/said")
    def said() -> str:
        assert flask_babel.gettext("Title") == gettext("Title") == "Titel"
        return str(flask_babel.ngettext("%(number)s post", "%(number)s posts", 2, number=2))

    assert app.test_client().get("/said").text == "2 Beiträge"


def test_a_text_without_a_translation_is_english() -> None:
    with spoken(GERMAN):
        assert gettext("of no catalogue, %(name)s", name="Ann") == "of no catalogue, Ann"
        assert ngettext("one", "%(number)s of no catalogue", 2, number=2) == "2 of no catalogue"
        assert pgettext("menu", "of no catalogue") == "of no catalogue"


def test_one_voice_speaks_to_all_readers_of_a_country() -> None:
    voice = LANGUAGES.voice(Locale("de", "AT"))
    assert LANGUAGES.voice(Locale("de", "AT")) is voice
    assert (voice.catalogue is GERMAN.catalogue, voice.tag, voice.direction) == (True, "de-AT", "ltr")
    with spoken(voice):
        assert words.day(Period.parse("2025-01-02")) == "2. Jänner 2025"


def root(page: str) -> LexborNode:
    return LexborHTMLParser(page).css("html")[0]
