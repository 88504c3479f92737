"""In which language and with which dates and numbers a reader is spoken to.

English is written in the code and the templates, where `gettext` or `trans` marks it; every other language is
a catalogue in `web/translations`.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale, UnknownLocaleError
from flask import Flask, request
from flask_babel import Babel

from web.settings import InvalidSetting, Settings

TRANSLATIONS = Path(__file__).parent / "translations"
ENGLISH = "en"


def languages() -> tuple[str, ...]:
    """The languages that there are, English first."""
    others = (
        (folder.name for folder in TRANSLATIONS.iterdir() if folder.is_dir()) if TRANSLATIONS.is_dir() else ()
    )
    return (ENGLISH, *sorted(others))


def speak(app: Flask, settings: Settings) -> None:
    """Make the application speak the language of the settings, else the reader's.

    Raises `InvalidSetting` for a language that there is not.
    """
    if settings.language and settings.language.partition("-")[0] not in languages():
        offered = ", ".join(languages())
        raise InvalidSetting(
            "language", f"{settings.language!r} is none of the languages there are: {offered}"
        )

    def choose() -> Locale:
        if settings.language:
            return Locale.parse(settings.language, sep="-")
        return negotiated(list(request.accept_languages.values()))

    Babel(app, default_translation_directories=str(TRANSLATIONS), locale_selector=choose)


def negotiated(wanted: list[str]) -> Locale:
    """The first wanted language that there is, with the dates and numbers of its country: `en-GB`."""
    known = languages()
    for tag in wanted:
        if tag.partition("-")[0].lower() in known:
            try:
                return Locale.parse(tag, sep="-")
            except (ValueError, UnknownLocaleError):  # a country that there is not
                return Locale.parse(tag.partition("-")[0])
    return Locale.parse(ENGLISH)
