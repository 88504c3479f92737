"""In which language a reader is spoken to, by the application and its templates.

A page is in the language of the settings, else in its reader's. A document for programs is in that of the
settings, else in English, whoever asks: one address then has one answer.
"""

from __future__ import annotations

from collections.abc import Callable
from gettext import NullTranslations

from babel import Locale
from flask import Flask, Response, request
from flask.templating import Environment
from flask_babel import Babel, get_locale
from markupsafe import Markup

from web.language.languages import TRANSLATIONS, Languages
from web.language.voice import ENGLISH, gettext, ngettext, pgettext, speak, speaking
from web.settings import InvalidSetting, Settings


def set_up(app: Flask, settings: Settings, is_spoken: Callable[[str], bool]) -> None:
    """Make the application speak the language of the settings, else the reader's.

    `is_spoken` tells the paths of what people read, not programs. Raises `InvalidSetting` for a language that
    there is not.
    """
    languages = Languages(TRANSLATIONS)
    fixed = languages.understood(settings.language) if settings.language else None
    if settings.language and fixed is None:
        raise InvalidSetting(
            "language",
            f"{settings.language!r} is none of the languages there are: {', '.join(languages.names)}",
        )

    def choose() -> Locale:
        if fixed or not is_spoken(request.path):
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
    # Jinja's own are called by way of the context, which is copied for each in a loop: the page of a search,
    # of which some ninety texts are so said, took a quarter longer.
    templates.globals["gettext"] = templates.globals["_"] = _markup
    templates.policies["ext.i18n.trimmed"] = True  # how a template is wrapped is nothing to translators
    templates.globals["speaking"] = speaking


def _markup(text: str, /, **values: object) -> Markup:
    """What `gettext` says, in a template: its own markup is kept, values are escaped."""
    return Markup(gettext(text)) % values  # noqa: S704 - the catalogue's, which is part of the program


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
