"""The languages that there are: English, written in the code, and one catalogue for every other.

A catalogue is a text file in `web/translations`, read as it is, so that nothing has to be compiled.
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

from web.language.voice import ENGLISH, Voice

TRANSLATIONS = Path(__file__).parents[1] / "translations"
CATALOGUE = "LC_MESSAGES/messages.po"
"""Where the catalogue of a language is in its folder."""

MOST_WANTED = 20
"""Languages of a reader that are considered: a browser names a handful, and anybody can name thousands."""

MOST_VOICES = 256
"""Languages with a country that are kept at hand: more than there are of any few languages."""


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
