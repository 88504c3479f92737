"""In which language and with which dates and numbers a reader is spoken to.

English is written in the code and the templates, where `gettext` or `trans` marks it; every other language is
a catalogue in `web/translations`: one text file, read as it is, so that nothing has to be compiled.

A page is in the language of the settings, else in its reader's. A document for programs is in that of the
settings, else in English, whoever asks: one address then has one answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from gettext import NullTranslations
from io import BytesIO
from itertools import islice
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, Response, request
from flask.templating import Environment
from flask_babel import Babel, get_locale

from web.conduct.kinds import kind_of
from web.presenters import markup
from web.presenters.dates import number
from web.settings import InvalidSetting, Settings
from web.voice import ENGLISH, Voice, gettext, ngettext, pgettext, speak, speaking

TRANSLATIONS = Path(__file__).parent / "translations"
CATALOGUE = "LC_MESSAGES/messages.po"
"""Where the catalogue of a language is in its folder."""

MOST_WANTED = 20
"""Languages of a reader that are considered: a browser names a handful, and anybody can name thousands."""

MOST_VOICES = 256
"""Languages with a country that are kept at hand: more than there are of any few languages."""


def set_up(app: Flask, settings: Settings) -> None:
    """Make the application speak the language of the settings, else the reader's.

    Raises `InvalidSetting` for a language that there is not.
    """
    languages = Languages(TRANSLATIONS)
    fixed = languages.understood(settings.language) if settings.language else None
    if settings.language and fixed is None:
        raise InvalidSetting(
            "language",
            f"{settings.language!r} is none of the languages there are: {', '.join(languages.names)}",
        )

    def choose() -> Locale:
        if fixed or not kind_of(request.path).spoken:
            return fixed or ENGLISH.locale
        return languages.negotiated(request.accept_languages.values())

    Babel(app, locale_selector=choose).domain_instance = _Domain()
    _let_templates_speak(app.jinja_env)
    app.before_request(lambda: speak(languages.voice(get_locale())))
    app.teardown_request(lambda _: speak(ENGLISH))
    app.after_request(_name_language)


def _let_templates_speak(templates: Environment) -> None:
    templates.install_gettext_callables(  # type: ignore[attr-defined]  # which Jinja's extension adds
        gettext, ngettext, newstyle=True, pgettext=pgettext
    )
    templates.policies["ext.i18n.trimmed"] = True  # how a template is wrapped is nothing to translators
    templates.filters["number"] = number
    templates.filters["both"] = markup.both
    templates.globals["speaking"] = speaking


class Languages:
    """The languages that have a catalogue in a folder, and English. `names` has them, English first."""

    def __init__(self, folder: Path) -> None:
        catalogues = folder.glob(f"*/{CATALOGUE}")
        self.names = ("en", *sorted(catalogue.parent.parent.name for catalogue in catalogues))
        self._folder = folder
        self._voices = {ENGLISH.locale: ENGLISH}
        self._catalogues = {"en": ENGLISH.catalogue}

    def negotiated(self, wanted: Iterable[str]) -> Locale:
        """The first wanted language that there is, with the dates and numbers of its country: `en-GB`."""
        tags = islice(wanted, MOST_WANTED)
        return next((found for tag in tags if (found := self.understood(tag))), ENGLISH.locale)

    def understood(self, tag: str) -> Locale | None:
        """The locale of a language that there is; without its country, where nobody knows that."""
        for name in (tag, tag.partition("-")[0]):
            try:
                found = Locale.parse(name, sep="-")
            except (ValueError, UnknownLocaleError):  # a country that there is not, or no language at all
                continue
            plain = Locale(found.language, territory=found.territory, script=found.script)
            if not set(_names(plain)).isdisjoint(self.names):
                return plain
        return None

    def voice(self, locale: Locale) -> Voice:
        """How readers of this locale are spoken to."""
        if (known := self._voices.get(locale)) is None:
            if len(self._voices) >= MOST_VOICES:
                self._voices.clear()
            known = self._voices[locale] = Voice(locale, locale, self._catalogue(locale))
        return known

    def _catalogue(self, locale: Locale) -> NullTranslations:
        name = next((name for name in _names(locale) if name in self.names), "en")
        if name not in self._catalogues:
            self._catalogues[name] = _read(self._folder / name / CATALOGUE)
        return self._catalogues[name]


def _names(locale: Locale) -> tuple[str, ...]:
    """What the folder of a locale's catalogue may be called, the most exact name first."""
    return str(locale), f"{locale.language}_{locale.script}", locale.language


def _read(file: Path) -> NullTranslations:
    compiled = BytesIO()
    with file.open("rb") as opened:
        write_mo(compiled, read_po(opened))
    compiled.seek(0)
    return Translations(compiled)


def _name_language(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.content_language.add(speaking().tag)
    return response


class _Domain:
    """The catalogue as Flask-Babel asks for it."""

    gettext = staticmethod(gettext)
    ngettext = staticmethod(ngettext)
    pgettext = staticmethod(pgettext)

    @staticmethod
    def get_translations() -> NullTranslations:
        """The catalogue of the current request."""
        return speaking().catalogue
